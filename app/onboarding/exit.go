package onboarding

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Farewell is words of somebody who leaves, for whom she chose. Who wrote them, and where
// she worked, stands nowhere.
type Farewell struct {
	ID      store.ID `gorm:"primaryKey"`
	Month   string
	WordsID store.ID
}

// TableName names the table.
func (Farewell) TableName() string { return "farewells" }

// Reasons are why peers leave, in the order of pages.
var Reasons = []string{"moved", "unpaid", "no-interest", "risk", "job", "health", "conflict", "not-said"}

// Stop ends her own path, without a reason and at any time. An open vote about her ends.
func (s *Service) Stop(ctx context.Context, who member.Actor) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, err := held(ctx, tx, who)
		if err != nil {
			return err
		}
		// Who is a peer by now leaves by the other way, which asks what shall become of her work.
		if c.State == Here && c.Mode != Consultation {
			return fault.Missing()
		}
		if !c.Running() {
			return nil // twice is once
		}
		return s.stop(ctx, tx, c)
	})
}

func (s *Service) stop(ctx context.Context, tx *gorm.DB, c Candidacy) error {
	today := s.store.Today()
	if _, err := gorm.G[Vote](tx).Where("candidacy_id = ? AND state = ?", c.ID, VoteOpen).Select("State", "ClosedDay").Updates(ctx, Vote{State: VoteStopped, ClosedDay: &today}); err != nil {
		return err
	}
	if err := s.count(ctx, tx, c.OrganisationID, "stopped"); err != nil {
		return err
	}
	return s.move(ctx, tx, c, Stopped)
}

// LeaveForm is how a peer leaves: a reason of the list, and words if she wants, for whom she
// names.
type LeaveForm struct {
	Reason, Words string
	Readers       []store.ID
}

// Readers lists whom somebody who leaves can write to.
func (s *Service) Readers(ctx context.Context, who member.Actor) ([]member.RoleAccount, error) {
	if !isPeer(who) {
		return nil, fault.Missing()
	}
	rows, err := member.Colleagues(ctx, s.store.DB, member.RoleCoordinator, member.RoleSupervisor)
	return slices.DeleteFunc(rows, func(r member.RoleAccount) bool { return r.ID == who.Role.ID }), err
}

// Leave ends her work with an organisation: her place and all that is shown of her go at
// once. Her account stays, and with it her weeks, her contract and what she is owed. Only
// figures keep the reason.
func (s *Service) Leave(ctx context.Context, who member.Actor, f LeaveForm) error {
	f.Words = tidy(f.Words)
	able, err := s.Readers(ctx, who)
	if err != nil {
		return err
	}
	mend := asked("words", f.Words, 0, LongestWords)
	if !slices.Contains(Reasons, f.Reason) {
		mend = append(mend, fault.Field{Name: "reason", Key: "joining.leave.reason.missing"})
	}
	f.Readers = slices.DeleteFunc(f.Readers, func(id store.ID) bool {
		return !slices.ContainsFunc(able, func(r member.RoleAccount) bool { return r.ID == id })
	})
	if f.Words != "" && len(f.Readers) == 0 {
		mend = append(mend, fault.Field{Name: "for", Key: "joining.leave.for.missing"})
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		at, err := s.orgs.Of(ctx, tx, who.Role.ID)
		if err != nil {
			return err
		}
		if at.IsZero() {
			return fault.New(fault.Conflict, "joining.leave.nowhere")
		}
		if err := s.orgs.Depart(ctx, tx, who.Role.ID); err != nil {
			return err
		}
		if c, there, err := mine(ctx, tx, who); err != nil {
			return err
		} else if there && c.Running() {
			if err := s.move(ctx, tx, c, Stopped); err != nil {
				return err
			}
		}
		return s.count(ctx, tx, at, "left-"+f.Reason)
	})
	if err != nil || f.Words == "" {
		return err
	}
	// A transaction of its own: nothing beside the words says who wrote them.
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		row := Farewell{ID: store.NewID(), Month: s.store.Today()[:7]}
		var err error
		if row.WordsID, err = s.seal(ctx, tx, "farewell", f.Words, f.Readers...); err != nil {
			return err
		}
		return gorm.G[Farewell](tx).Create(ctx, &row)
	})
}

// Letter is a farewell that somebody may read.
type Letter struct{ Month, Words string }

// Farewells are the words that were written to her, the newest first.
func (s *Service) Farewells(ctx context.Context, who member.Actor) ([]Letter, error) {
	if who.Role == nil || !who.Has(member.RoleCoordinator, member.RoleSupervisor) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Farewell](s.store.DB).Order("month DESC, id").Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.WordsID
	}
	open, err := words(ctx, s.store.DB, who, ids...)
	var letters []Letter
	for _, r := range rows {
		if text, ok := open[r.WordsID]; ok {
			letters = append(letters, Letter{r.Month, text})
		}
	}
	return letters, err
}
