package supervision

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// InviteForm says who is to come into an open group.
type InviteForm struct {
	Account store.ID
	Part    string // Peer or Supervisor
}

// Newcomers are the people whom a group may invite.
func (s *Service) Newcomers(ctx context.Context, who member.Actor, relation store.ID) ([]member.RoleAccount, error) {
	t, err := s.mine(ctx, s.store.DB, who, relation)
	if err != nil {
		return nil, err
	}
	if me, _ := t.Of(who); !t.Several() || t.State != Open || !me.Here() {
		return nil, fault.Missing()
	}
	people, err := s.choosable(ctx, who, peerRoles...)
	return slices.DeleteFunc(people, func(r member.RoleAccount) bool {
		_, there := t.member(r.ID)
		return there
	}), err
}

// Invite asks somebody into an open group. She reads the agreement and decides; once she
// said yes she reads what is written from then on, and nothing from before.
func (s *Service) Invite(ctx context.Context, who member.Actor, relation store.ID, f InviteForm) error {
	people, err := s.Newcomers(ctx, who, relation)
	if err != nil {
		return err
	}
	t, err := s.mine(ctx, s.store.DB, who, relation)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(people, func(r member.RoleAccount) bool { return r.ID == f.Account })
	if i < 0 {
		return fault.Mend(fault.Field{Name: "account", Key: "supervision.invite.missing"})
	}
	_, supervisors := seats(t.Kind)
	switch {
	case f.Part == Supervisor && (!slices.Contains(people[i].RoleList(), member.RoleSupervisor) || len(t.In(Supervisor)) >= supervisors[1]),
		f.Part != Peer && f.Part != Supervisor:
		return fault.Mend(fault.Field{Name: "part", Key: "supervision.invite.part"})
	case f.Part == Peer && len(t.In(Peer)) >= MostPeers:
		return fault.Mend(fault.Field{Name: "account", Key: "supervision.invite.full", Args: []any{"Most", MostPeers}})
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := t.sure(ctx, tx, who); err != nil {
			return err
		}
		m := Member{RelationID: t.ID, AccountID: f.Account, Part: f.Part, SinceDay: s.store.Today(), AddedBy: who.Role.ID}
		if m.Print, err = printOf(ctx, tx, f.Account); err != nil {
			return err
		}
		message, err := t.messageFor(ctx, tx, m)
		if err != nil {
			return err
		}
		m.AddedSign = who.Role.Identity.Sign(message)
		if err := gorm.G[Member](tx).Create(ctx, &m); err != nil {
			return err
		}
		return member.ShareSealed(ctx, tx, who, []store.ID{t.AgreementID}, f.Account)
	})
	if store.IsDuplicate(err) {
		return nil // the same form again
	}
	return err
}

// Leave takes her out of a relation, at any time and without a reason. What is written
// later is not sealed for her; what was hers to read stays. Where too few are left, the
// relation ends.
func (s *Service) Leave(ctx context.Context, who member.Actor, id store.ID) error {
	t, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return err
	}
	if !t.Several() {
		return s.move(ctx, id, Open, Ended)
	}
	if t.State != Open {
		return fault.New(fault.Conflict, "error.changed")
	}
	return s.leave(ctx, who, t)
}

func (s *Service) leave(ctx context.Context, who member.Actor, t Team) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		// Writing the row holds it: two who leave at once do so in turn.
		if _, err := gorm.G[Relation](tx).Where("id = ?", t.ID).Update(ctx, "terms", t.Terms); err != nil {
			return err
		}
		n, err := gorm.G[Member](tx).Where("relation_id = ? AND account_id = ? AND left_day IS NULL", t.ID, who.Role.ID).Update(ctx, "left_day", s.store.Today())
		if err != nil || n == 0 {
			return or(err, fault.New(fault.Conflict, "error.changed"))
		}
		return s.endWhenFew(ctx, tx, t)
	})
}

// endWhenFew ends a group in which nobody could speak with anybody any more.
func (s *Service) endWhenFew(ctx context.Context, tx *gorm.DB, t Team) error {
	teams, err := with(ctx, tx, []Relation{t.Relation})
	if err != nil || len(teams[0].here()) >= 2 {
		return err
	}
	_, err = gorm.G[Relation](tx).Where("id = ? AND state = ?", t.ID, Open).Select("State", "NextDay").Updates(ctx, Relation{State: Ended})
	return err
}

// EndForm may give a reason, which mentoring asks for; it is sealed for the people of it.
type EndForm struct {
	Reason string
	Insist bool
}

// End closes a relation without a reason: either of the two may, because she chooses her
// supervisor. What was written stays for both.
func (s *Service) End(ctx context.Context, who member.Actor, id store.ID) error {
	_, err := s.EndWith(ctx, who, id, EndForm{})
	return err
}

// EndWith closes a relation with or without a reason. A group is closed by who supervises
// it; in an intervision nobody stands above the others, so that each leaves for herself.
func (s *Service) EndWith(ctx context.Context, who member.Actor, id store.ID, f EndForm) (Receipt, error) {
	t, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return Receipt{}, err
	}
	if t.Several() && t.Part(who) != Supervisor {
		return Receipt{}, fault.New(fault.Refused, "supervision.leave-instead")
	}
	if mend := tooLong("reason", f.Reason); len(mend) > 0 {
		return Receipt{}, fault.Mend(mend...)
	}
	receipt, stop := screen(f.Insist, f.Reason)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = id, true
	return receipt, s.store.Tx(ctx, func(tx *gorm.DB) error {
		next := Relation{State: Ended}
		if strings.TrimSpace(f.Reason) != "" {
			readers, err := t.readers(ctx, tx, who)
			if err != nil {
				return err
			}
			if next.EndID, err = s.seal(ctx, tx, readers, "supervision end", f.Reason); err != nil {
				return err
			}
		}
		n, err := gorm.G[Relation](tx).Where("id = ? AND state = ?", id, Open).Select("State", "NextDay", "EndID").Updates(ctx, next)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "error.changed")
		}
		return err
	})
}

// Reason reads why a relation ended, "" when nobody said.
func (s *Service) Reason(ctx context.Context, who member.Actor, r Relation) (reason string, err error) {
	found, err := member.OpenAllForRole(ctx, s.store.DB, who, []store.ID{r.EndID})
	if err != nil || found[r.EndID] == "" {
		return "", err
	}
	return reason, read(found[r.EndID], &reason)
}

// Review sets the day on which the agreement is looked at again, once that has been done.
func (s *Service) Review(ctx context.Context, who member.Actor, id store.ID, day string) error {
	t, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return err
	}
	if me, _ := t.Of(who); t.State != Open || !me.Here() {
		return fault.New(fault.Conflict, "supervision.not-open")
	}
	if !store.DayIn(day, s.store.DayAfter(1), s.store.DayAfter(2*longestCadence)) {
		return fault.Mend(fault.Field{Name: "review", Key: "supervision.review.range"})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[Relation](tx).Where("id = ?", id).Update(ctx, "review_day", day)
		return err
	})
}
