package material

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Story says that a material tells what somebody lived, and how she shows that it is hers.
// Her name or account stands nowhere.
type Story struct {
	MaterialID store.ID    `gorm:"primaryKey"`
	CodeHash   []byte      // of the code that she keeps
	Tag        store.Bytes // that only her live session makes; nothing before she kept it with her key
}

// TableName names the table.
func (Story) TableName() string { return "material_stories" }

const purposeStory = "story"

// MarkStory says that a material tells what somebody lived. Code is the fingerprint of the
// code that she will keep; own says that the story is of whoever marks it.
func (s *Service) MarkStory(ctx context.Context, who member.Actor, id store.ID, code []byte, own bool) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := s.led(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if m.State == Archived || m.Story {
			return fault.New(fault.Conflict, "material.step.not-now")
		}
		row := Story{MaterialID: id, CodeHash: code}
		if own {
			row.Tag = who.Tags(purposeStory, id)[0]
		}
		if err := gorm.G[Story](tx).Create(ctx, &row); err != nil {
			return err
		}
		_, err = gorm.G[Material](tx).Where("id = ?", id).Update(ctx, "story", true)
		return err
	})
}

// UnmarkStory takes the mark off, as long as nobody said yes to anything: afterwards only
// the end of a consent ends it.
func (s *Service) UnmarkStory(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := s.led(ctx, tx, who, id)
		if err != nil {
			return err
		}
		n, err := gorm.G[Consent](tx).Where("material_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n > 0 || !m.Story || m.PublishedVersion > 0 {
			return fault.New(fault.Refused, "material.story.stays")
		}
		if _, err := gorm.G[Story](tx).Where("material_id = ?", id).Delete(ctx); err != nil {
			return err
		}
		_, err = gorm.G[Material](tx).Where("id = ?", id).Update(ctx, "story", false)
		return err
	})
}

// led holds a material for a leader of its group.
func (s *Service) led(ctx context.Context, tx *gorm.DB, who member.Actor, id store.ID) (Material, error) {
	m, err := mine(ctx, tx, who, id)
	if err == nil && !who.Has(member.RoleLeader) {
		err = fault.Missing()
	}
	return m, err
}

// Ledger is a story with every use that was ever allowed, newest first.
type Ledger struct {
	Material
	Consents []Consent
	Kept     bool // she keeps it with her key
	Mine     bool // and is the one who asks
}

// Ledger shows the consents of a story to its group.
func (s *Service) Ledger(ctx context.Context, who member.Actor, id store.ID) (Ledger, error) {
	in, err := inGroup(ctx, s.store.DB, who, id)
	if err == nil && !in {
		err = fault.Missing()
	}
	if err != nil {
		return Ledger{}, err
	}
	m, err := find(ctx, s.store.DB, id)
	if err != nil {
		return Ledger{}, err
	}
	return s.ledger(ctx, who, m)
}

func (s *Service) ledger(ctx context.Context, who member.Actor, m Material) (Ledger, error) {
	l := Ledger{Material: m}
	stories, err := gorm.G[Story](s.store.DB).Where("material_id = ?", m.ID).Limit(1).Find(ctx)
	if err != nil {
		return l, store.Translate(err)
	}
	if len(stories) == 1 {
		l.Kept, l.Mine = len(stories[0].Tag) > 0, stories[0].of(who)
	}
	l.Consents, err = gorm.G[Consent](s.store.DB).Where("material_id = ?", m.ID).Order("from_day DESC, id").Limit(mostConsents).Find(ctx)
	return l, store.Translate(err)
}

// of reports whether a story is kept with the key of a live session.
func (r Story) of(who member.Actor) bool {
	return who.SignedIn() && len(r.Tag) > 0 && slices.ContainsFunc(who.Tags(purposeStory, r.MaterialID), func(tag []byte) bool { return string(tag) == string(r.Tag) })
}
