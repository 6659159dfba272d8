package supervision

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// ChangeForm names the supervisor whom she chooses next.
type ChangeForm struct {
	Supervisor store.ID
	Outside    bool // she works for another organisation
	Nonce      string
}

// mayChange says whether somebody may choose another supervisor here: the peer of a
// relation of two, which is open or ended because the other is gone.
func (t Team) mayChange(who member.Actor) error {
	me, ok := t.Of(who)
	if !ok || me.Part != Peer || t.Several() || t.Kind == "pair" || len(t.In(Supervisor)) == 0 && t.State == Open {
		return fault.Missing()
	}
	if t.State != Open && t.State != Ended {
		return fault.New(fault.Conflict, "error.changed")
	}
	return nil
}

// Others are the supervisors whom she may choose instead.
func (s *Service) Others(ctx context.Context, who member.Actor, id store.ID) ([]member.RoleAccount, error) {
	t, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return nil, err
	}
	if err := t.mayChange(who); err != nil {
		return nil, err
	}
	people, err := s.choosable(ctx, who, member.RoleSupervisor)
	return slices.DeleteFunc(people, func(r member.RoleAccount) bool {
		_, there := t.member(r.ID)
		return there
	}), err
}

// Change is the act of the peer: it proposes the same agreement to a supervisor whom she
// chooses. When that one says yes, the new relation opens and the old one ends; until then
// nothing changes, and nobody is asked for a reason.
func (s *Service) Change(ctx context.Context, who member.Actor, id store.ID, f ChangeForm) (Receipt, error) {
	others, err := s.Others(ctx, who, id)
	if err != nil {
		return Receipt{}, err
	}
	t, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return Receipt{}, err
	}
	if !slices.ContainsFunc(others, func(r member.RoleAccount) bool { return r.ID == f.Supervisor }) {
		return Receipt{}, fault.Mend(fault.Field{Name: "supervisor", Key: "supervision.supervisor.missing"})
	}
	terms, err := s.terms(ctx, who, t.Relation)
	if err != nil {
		return Receipt{}, err
	}
	form := ProposalForm{
		Peers: []store.ID{who.Role.ID}, Supervisors: []store.ID{f.Supervisor}, Kind: t.Kind, CadenceDays: t.CadenceDays, Outside: f.Outside, Paid: t.Paid,
		Agreement: terms.Agreement, Reads: terms.Reads, Limits: terms.Limits, Review: s.store.DayAfter(usualReview),
	}
	receipt := Receipt{ID: store.FormID("supervision", f.Nonce), Stored: true}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		// Writing the row holds it: a second choice at the same moment waits and is counted.
		if _, err := gorm.G[Relation](tx).Where("id = ?", t.ID).Update(ctx, "terms", t.Terms); err != nil {
			return err
		}
		waiting, err := gorm.G[Relation](tx).Where("replaces_id = ? AND id <> ? AND state IN ?", t.ID, receipt.ID, []string{Proposed, Open}).Count(ctx, "id")
		if err != nil {
			return err
		}
		if waiting > 0 {
			return fault.New(fault.Conflict, "supervision.change.waits")
		}
		return s.propose(ctx, tx, who, proposal{receipt.ID, t.ID, form})
	})
	if store.IsDuplicate(err) {
		return receipt, nil
	}
	return receipt, err
}

// Earlier is an entry from before a change, with who of the new relation reads it already.
type Earlier struct {
	Entry
	Shared bool
}

// Before lists what a peer wrote before she changed her supervisor and can still open. The
// new supervisor sees by it what she was given, and nothing else.
func (s *Service) Before(ctx context.Context, who member.Actor, id store.ID) ([]Earlier, error) {
	t, err := s.once(ctx, s.store.DB, who, id)
	if err != nil {
		return nil, err
	}
	relations, err := s.former(ctx, t.Relation)
	if err != nil {
		return nil, err
	}
	var list []Earlier
	for _, old := range relations {
		entries, err := s.entriesOf(ctx, who, old)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			list = append(list, Earlier{Entry: e})
		}
	}
	return list, s.markShared(ctx, t, list)
}

// mostChanges bounds how far back a chain of changes is followed.
const mostChanges = 20

// former lists the relations that one took the place of, the latest first.
func (s *Service) former(ctx context.Context, r Relation) (list []store.ID, err error) {
	for !r.ReplacesID.IsZero() && len(list) < mostChanges {
		list = append(list, r.ReplacesID)
		if r, err = gorm.G[Relation](s.store.DB).Where("id = ?", r.ReplacesID).First(ctx); err != nil {
			return nil, store.Translate(err)
		}
	}
	return list, nil
}

// markShared says of each entry whether the present supervisor reads it.
func (s *Service) markShared(ctx context.Context, t Team, list []Earlier) error {
	for i := range list {
		for _, m := range t.In(Supervisor) {
			n, err := gorm.G[member.SealedKey](s.store.DB).
				Where("sealed_id = ? AND reader_kind = 'role' AND reader_id = ?", list[i].WordsID, m.AccountID.String()).Count(ctx, "sealed_id")
			if err != nil {
				return store.Translate(err)
			}
			list[i].Shared = n > 0
		}
	}
	return nil
}

// Share is the act of the peer: she gives her new supervisor entries from before, with what
// was said under them. Nobody else can, and nobody is asked.
func (s *Service) Share(ctx context.Context, who member.Actor, id store.ID, chosen []store.ID) error {
	t, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return err
	}
	supervisors := t.In(Supervisor)
	if t.Part(who) != Peer || t.ReplacesID.IsZero() || len(supervisors) != 1 {
		return fault.Missing()
	}
	if t.State != Open {
		return fault.New(fault.Refused, "supervision.not-open")
	}
	earlier, err := s.Before(ctx, who, id)
	if err != nil {
		return err
	}
	records, err := s.recordsOf(ctx, who, earlier, chosen)
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return fault.Mend(fault.Field{Name: "entries", Key: "supervision.share.none"})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := t.sure(ctx, tx, who); err != nil {
			return err
		}
		if why, err := reach(ctx, tx, supervisors[0]); err != nil || why != "" {
			return or(err, keyChanged())
		}
		return member.ShareSealed(ctx, tx, who, records, supervisors[0].AccountID)
	})
}

// recordsOf lists the sealed records of chosen entries that are hers.
func (s *Service) recordsOf(ctx context.Context, who member.Actor, earlier []Earlier, chosen []store.ID) ([]store.ID, error) {
	var records, entries []store.ID
	for _, id := range chosen {
		i := slices.IndexFunc(earlier, func(e Earlier) bool { return e.ID == id && e.LedBy == who.Role.ID })
		if i < 0 {
			return nil, fault.Missing()
		}
		entries = append(entries, id)
		records = append(records, earlier[i].WordsID)
	}
	for batch := range slices.Chunk(entries, 400) {
		links, err := gorm.G[Link](s.store.DB).Where("entry_id IN ? AND words_id IS NOT NULL", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, l := range links {
			records = append(records, l.WordsID)
		}
	}
	return records, nil
}
