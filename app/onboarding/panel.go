package onboarding

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Panelist is somebody who reads an application. Her note is sealed for the panel alone.
type Panelist struct {
	CandidacyID store.ID `gorm:"primaryKey"`
	AccountID   store.ID `gorm:"primaryKey"`
	Peer        bool
	Day         *string
	NoteID      store.ID
}

// TableName names the table.
func (Panelist) TableName() string { return "panel_members" }

// MostPanel is how many people a panel has at most.
const MostPanel = 7

func panelOf(ctx context.Context, db *gorm.DB, id store.ID) ([]Panelist, error) {
	rows, err := gorm.G[Panelist](db).Where("candidacy_id = ?", id).Order("account_id").Find(ctx)
	return rows, store.Translate(err)
}

// NamePanel names who reads an application: at least one of them a peer worker. Once
// somebody has noted, the panel stays as it is.
func (s *Service) NamePanel(ctx context.Context, who member.Actor, id store.ID, people []store.ID) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, _, err := s.at(ctx, tx, id, StepPanel)
		if err != nil {
			return err
		}
		now, err := panelOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(now, func(p Panelist) bool { return p.Day != nil }) {
			return fault.New(fault.Conflict, "joining.panel.noted")
		}
		panel, err := s.panel(ctx, tx, c, people)
		if err != nil {
			return err
		}
		if _, err := gorm.G[Panelist](tx).Where("candidacy_id = ?", id).Delete(ctx); err != nil {
			return err
		}
		if err := gorm.G[Panelist](tx).CreateInBatches(ctx, &panel, 20); err != nil {
			return err
		}
		return s.letRead(ctx, tx, who, c, panel)
	})
}

// letRead seals the application anew, so that the panel reads it too: the coordinator who
// names the panel opens it and hands it on.
func (s *Service) letRead(ctx context.Context, tx *gorm.DB, who member.Actor, c Candidacy, panel []Panelist) error {
	open, err := words(ctx, tx, who, c.WordsID)
	if err != nil || open[c.WordsID] == "" {
		return err
	}
	readers := []store.ID{c.AccountID}
	for _, p := range panel {
		readers = append(readers, p.AccountID)
	}
	id, err := s.sealForDesk(ctx, tx, "joining interest", open[c.WordsID], readers...)
	if err != nil {
		return err
	}
	if _, err := gorm.G[Candidacy](tx).Where("id = ?", c.ID).Update(ctx, "words_id", id); err != nil {
		return err
	}
	return shred(ctx, tx, c.WordsID)
}

func (s *Service) panel(ctx context.Context, tx *gorm.DB, c Candidacy, people []store.ID) ([]Panelist, error) {
	team, err := member.Colleagues(ctx, tx, member.GivenRoles...)
	if err != nil {
		return nil, err
	}
	var panel []Panelist
	peers := 0
	for _, r := range team {
		if !slices.Contains(people, r.ID) || r.ID == c.AccountID {
			continue
		}
		one := Panelist{CandidacyID: c.ID, AccountID: r.ID, Peer: slices.Contains(r.RoleList(), member.RolePeer)}
		if one.Peer {
			peers++
		}
		panel = append(panel, one)
	}
	switch {
	case len(panel) < 2 || len(panel) > MostPanel:
		return nil, fault.Mend(fault.Field{Name: "panel", Key: "joining.panel.range", Args: []any{"Most", MostPanel}})
	case peers == 0:
		return nil, fault.Mend(fault.Field{Name: "panel", Key: "joining.panel.peer"})
	}
	return panel, nil
}

// at finds a path that stands at a step, locked for this transaction.
func (s *Service) at(ctx context.Context, tx *gorm.DB, id store.ID, name string) (Candidacy, Step, error) {
	c, steps, err := s.running(ctx, tx, id)
	if err != nil {
		return c, Step{}, err
	}
	i := current(steps)
	if i < 0 || steps[i].Step != name {
		return c, Step{}, fault.New(fault.Conflict, "joining.step.order")
	}
	return c, steps[i], nil
}

// NotePanel keeps what one of the panel notes against the criteria, once.
func (s *Service) NotePanel(ctx context.Context, who member.Actor, id store.ID, text string) error {
	if who.Role == nil {
		return fault.Missing()
	}
	text = tidy(text)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		now, err := panelOf(ctx, tx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(now, func(p Panelist) bool { return p.AccountID == who.Role.ID })
		if i < 0 {
			return fault.Missing()
		}
		if now[i].Day != nil {
			return fault.New(fault.Conflict, "joining.panel.once")
		}
		if err := fault.Mended(asked("words", text, 3, LongestWords)); err != nil {
			return err
		}
		if _, _, err := s.at(ctx, tx, id, StepPanel); err != nil {
			return err
		}
		readers := make([]store.ID, len(now))
		for j, p := range now {
			readers[j] = p.AccountID
		}
		today := s.store.Today()
		now[i].Day = &today
		if now[i].NoteID, err = s.seal(ctx, tx, "joining panel", text, readers...); err != nil {
			return err
		}
		_, err = gorm.G[Panelist](tx).Where("candidacy_id = ? AND account_id = ?", id, who.Role.ID).Select("Day", "NoteID").Updates(ctx, now[i])
		return err
	})
}

// SettlePanel says what the panel came to, when everybody of it has noted: an offer comes
// next, or the path ends with a word for her.
func (s *Service) SettlePanel(ctx context.Context, who member.Actor, id store.ID, take bool, reason string) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	if reason = tidy(reason); !take || reason != "" {
		if err := fault.Mended(asked("reason", reason, 3, LongestWords)); err != nil {
			return err
		}
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, st, err := s.at(ctx, tx, id, StepPanel)
		if err != nil {
			return err
		}
		if c.AccountID == who.Role.ID {
			return fault.Missing()
		}
		now, err := panelOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(now) == 0 || slices.ContainsFunc(now, func(p Panelist) bool { return p.Day == nil }) {
			return fault.New(fault.Refused, "joining.panel.waits")
		}
		if st.NoteID, err = s.sealForDesk(ctx, tx, "joining step", reason, c.AccountID); err != nil {
			return err
		}
		st.Shared = !st.NoteID.IsZero()
		if err := s.done(ctx, tx, c, st); err != nil {
			return err
		}
		if !take {
			if err := s.refuse(ctx, tx, c); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, who, "panel", id)
	})
}
