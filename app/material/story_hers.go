package material

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Claim is how somebody shows that a story is hers: the fingerprint of its code, or, with
// her live session, the number of a story that she keeps with her key.
type Claim struct {
	Code []byte
	ID   store.ID
}

// WrongCode is what is said of a code that fits no story.
const WrongCode = "material.story.code.wrong"

// hers finds the story that is claimed. A code that fits nothing is told so; a story that
// is another's does not exist.
func hers(ctx context.Context, db *gorm.DB, who member.Actor, c Claim) (Material, Story, error) {
	q := gorm.G[Story](db).Where("material_id = ?", c.ID)
	if len(c.Code) > 0 {
		q = gorm.G[Story](db).Where("code_hash = ?", c.Code)
	}
	rows, err := q.Limit(1).Find(ctx)
	switch {
	case err != nil:
		return Material{}, Story{}, store.Translate(err)
	case len(rows) == 0 && len(c.Code) > 0:
		return Material{}, Story{}, fault.Mend(fault.Field{Name: "code", Key: WrongCode})
	case len(rows) == 0 || len(c.Code) == 0 && !rows[0].of(who):
		return Material{}, Story{}, fault.Missing()
	}
	m, err := find(ctx, db, rows[0].MaterialID)
	return m, rows[0], err
}

// Hers shows somebody her story: where it stands, and every use that she allowed.
func (s *Service) Hers(ctx context.Context, who member.Actor, c Claim) (Ledger, error) {
	m, _, err := hers(ctx, s.store.DB, who, c)
	if err != nil {
		return Ledger{}, err
	}
	return s.ledger(ctx, who, m)
}

// Stories lists those that she keeps with her key, newest words first. Only her session
// can tell which they are.
func (s *Service) Stories(ctx context.Context, who member.Actor) ([]Material, error) {
	if !who.SignedIn() {
		return nil, nil
	}
	rows, err := gorm.G[Story](s.store.DB).Where("tag IS NOT NULL").Limit(mostStories).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var ids []store.ID
	for _, r := range rows {
		if r.of(who) {
			ids = append(ids, r.MaterialID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := gorm.G[Material](s.store.DB).Where("id IN ?", ids).Order("title, id").Find(ctx)
	return list, store.Translate(err)
}

// mostStories is how many marks a session compares.
const mostStories = 5000

// Keep joins a story to her key, so that she needs its code no more. Who keeps it already
// stays the one.
func (s *Service) Keep(ctx context.Context, who member.Actor, c Claim) error {
	if !who.SignedIn() {
		return signIn()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, story, err := hers(ctx, tx, who, c)
		if err != nil || story.of(who) {
			return err
		}
		n, err := gorm.G[Story](tx).Where("material_id = ? AND tag IS NULL", m.ID).Update(ctx, "tag", store.Bytes(who.Tags(purposeStory, m.ID)[0]))
		if err == nil && n == 0 {
			err = fault.New(fault.Conflict, "material.story.kept")
		}
		return err
	})
}

// Allow gives a consent by her own act.
func (s *Service) Allow(ctx context.Context, who member.Actor, c Claim, f ConsentForm) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := holdHers(ctx, tx, who, c)
		if err != nil {
			return err
		}
		return s.consent(ctx, tx, m, f, true)
	})
}

// EndMine takes one of her consents back.
func (s *Service) EndMine(ctx context.Context, who member.Actor, c Claim, consent store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := holdHers(ctx, tx, who, c)
		if err != nil {
			return err
		}
		return s.end(ctx, tx, m.ID, consent)
	})
}

func holdHers(ctx context.Context, tx *gorm.DB, who member.Actor, c Claim) (Material, error) {
	m, _, err := hers(ctx, tx, who, c)
	if err != nil {
		return m, err
	}
	return hold(ctx, tx, m.ID)
}
