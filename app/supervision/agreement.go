package supervision

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// peerRoles may have supervision of their own: everybody who works here. The host of the
// server alone has no work that it would be about.
var peerRoles = []member.Role{
	member.RolePeer, member.RoleSupervisor, member.RoleModerator, member.RoleMediator, member.RoleLeader, member.RoleCoordinator,
}

// Choices are the people between whom she may propose a relation.
func (s *Service) Choices(ctx context.Context, who member.Actor) (peers, supervisors []member.RoleAccount, err error) {
	if !mayPropose(who) {
		return nil, nil, fault.Missing()
	}
	if peers, err = s.choosable(ctx, who, peerRoles...); err != nil {
		return nil, nil, err
	}
	supervisors, err = s.choosable(ctx, who, member.RoleSupervisor)
	return peers, supervisors, err
}

func mayPropose(who member.Actor) bool { return who.Role != nil && who.Has(peerRoles...) }

// Propose proposes a relation. The agreement is sealed for its people alone: whoever
// proposes for others cannot read it again. Whoever proposes for herself says yes with it.
func (s *Service) Propose(ctx context.Context, who member.Actor, f ProposalForm) (Receipt, error) {
	peers, supervisors, err := s.Choices(ctx, who)
	if err != nil {
		return Receipt{}, err
	}
	if err := f.check(who, peers, supervisors); err != nil {
		return Receipt{}, err
	}
	if f.Review == "" {
		f.Review = s.store.DayAfter(usualReview)
	}
	if !store.DayIn(f.Review, s.store.DayAfter(1), s.store.DayAfter(2*longestCadence)) {
		return Receipt{}, fault.Mend(fault.Field{Name: "review", Key: "supervision.review.range"})
	}
	receipt, stop := screen(f.Insist, f.Agreement, f.Reads, f.Limits)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = store.FormID("supervision", f.Nonce), true
	err = s.store.Tx(ctx, func(tx *gorm.DB) error { return s.propose(ctx, tx, who, proposal{receipt.ID, store.ID{}, f}) })
	if store.IsDuplicate(err) {
		return receipt, nil // the same form again
	}
	return receipt, err
}

// proposal is a relation on its way in.
type proposal struct {
	id, replaces store.ID
	form         ProposalForm
}

func (s *Service) propose(ctx context.Context, tx *gorm.DB, who member.Actor, p proposal) error {
	f := p.form
	t := Team{Relation: Relation{
		ID: p.id, Kind: f.Kind, CadenceDays: f.CadenceDays, Outside: f.Outside, Paid: f.Paid, State: Proposed, ProposedBy: who.Role.ID,
		Terms: 2, ReviewDay: &f.Review, ReplacesID: p.replaces,
	}}
	add := func(part string, list []store.ID) error {
		for _, id := range list {
			print, err := printOf(ctx, tx, id)
			if err != nil {
				return err
			}
			t.Members = append(t.Members, Member{RelationID: p.id, AccountID: id, Part: part, Print: print, SinceDay: s.store.Today()})
		}
		return nil
	}
	if err := add(Peer, f.Peers); err != nil {
		return err
	}
	if err := add(Supervisor, f.Supervisors); err != nil {
		return err
	}
	sortMembers(t.Members)
	var err error
	if t.AgreementID, err = s.seal(ctx, tx, accounts(t.Members), "supervision agreement", Terms{f.Agreement, f.Reads, f.Limits}); err != nil {
		return err
	}
	message, err := t.message(ctx, tx)
	if err != nil {
		return err
	}
	if err := gorm.G[Relation](tx).Create(ctx, &t.Relation); err != nil {
		return err
	}
	for i := range t.Members {
		if t.Members[i].AccountID == who.Role.ID {
			t.Members[i].Sign = who.Role.Identity.Sign(message)
		}
		if err := gorm.G[Member](tx).Create(ctx, &t.Members[i]); err != nil {
			return err
		}
	}
	return nil
}

// Accept says yes to a proposal or an invitation. With the last yes the relation is open,
// and one that it replaces ends.
func (s *Service) Accept(ctx context.Context, who member.Actor, id store.ID) error {
	t, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return err
	}
	me, _ := t.Of(who)
	if me.Accepted() || t.State != Proposed && (t.State != Open || me.AddedBy.IsZero()) {
		return fault.New(fault.Conflict, "error.changed")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		// Writing the row holds it until the end: two who say yes at once do so in turn.
		if n, err := gorm.G[Relation](tx).Where("id = ? AND state = ?", id, t.State).Update(ctx, "state", t.State); err != nil || n == 0 {
			return or(err, fault.New(fault.Conflict, "error.changed"))
		}
		if err := s.allHold(ctx, tx, who, t); err != nil {
			return err
		}
		message, err := t.messageFor(ctx, tx, me)
		if err != nil {
			return err
		}
		n, err := gorm.G[Member](tx).Where("relation_id = ? AND account_id = ? AND sign IS NULL AND left_day IS NULL", id, who.Role.ID).
			Select("Sign", "SinceDay").Updates(ctx, Member{Sign: who.Role.Identity.Sign(message), SinceDay: s.store.Today()})
		if err != nil || n == 0 {
			return or(err, fault.New(fault.Conflict, "error.changed"))
		}
		if t.State == Open {
			return nil
		}
		return s.openWhenAll(ctx, tx, t)
	})
}

// allHold stops a yes when the key of somebody in the agreement is not the one that it was
// sealed for.
func (s *Service) allHold(ctx context.Context, tx *gorm.DB, who member.Actor, t Team) error {
	if err := t.sure(ctx, tx, who); err != nil {
		return err
	}
	if t.State == Open {
		return nil
	}
	for _, m := range t.Members {
		if why, err := reach(ctx, tx, m); err != nil || why != "" {
			return or(err, keyChanged())
		}
	}
	return nil
}

func (s *Service) openWhenAll(ctx context.Context, tx *gorm.DB, t Team) error {
	waiting, err := gorm.G[Member](tx).Where("relation_id = ? AND sign IS NULL", t.ID).Count(ctx, "account_id")
	if err != nil || waiting > 0 {
		return err
	}
	today := s.store.Today()
	if _, err := gorm.G[Relation](tx).Where("id = ?", t.ID).Select("State", "OpenDay").Updates(ctx, Relation{State: Open, OpenDay: &today}); err != nil {
		return err
	}
	if _, err := gorm.G[Member](tx).Where("relation_id = ?", t.ID).Update(ctx, "since_day", today); err != nil {
		return err
	}
	if t.ReplacesID.IsZero() {
		return nil
	}
	_, err = gorm.G[Relation](tx).Where("id = ? AND state = ?", t.ReplacesID, Open).Select("State", "NextDay").Updates(ctx, Relation{State: Ended})
	return err
}

// Refuse says no to a proposal or an invitation; no reason is asked. A proposal ends for
// everybody with it, because all of them stand in what the others signed.
func (s *Service) Refuse(ctx context.Context, who member.Actor, id store.ID) error {
	t, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return err
	}
	if me, _ := t.Of(who); t.State == Open && !me.Accepted() {
		return s.leave(ctx, who, t)
	}
	return s.move(ctx, id, Proposed, Refused)
}

func (s *Service) move(ctx context.Context, id store.ID, from, to string) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Relation](tx).Where("id = ? AND state = ?", id, from).Select("State", "NextDay").Updates(ctx, Relation{State: to})
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "error.changed")
		}
		return err
	})
}

// Plan sets the day of the next conversation; "" takes it back.
func (s *Service) Plan(ctx context.Context, who member.Actor, id store.ID, day string) error {
	if _, err := s.mine(ctx, s.store.DB, who, id); err != nil {
		return err
	}
	if day != "" && !store.DayIn(day, s.store.Today(), s.store.DayAfter(longestCadence)) {
		return fault.Mend(fault.Field{Name: "next", Key: "supervision.next.range"})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error { return plan(ctx, tx, id, day) })
}

func plan(ctx context.Context, tx *gorm.DB, id store.ID, day string) error {
	var next *string
	if day != "" {
		next = &day
	}
	n, err := gorm.G[Relation](tx).Where("id = ? AND state = ?", id, Open).Select("NextDay").Updates(ctx, Relation{NextDay: next})
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "supervision.not-open")
	}
	return err
}
