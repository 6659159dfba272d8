package material

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
)

// allowed answers for which languages the stories among materials may be used: every for
// all languages. A material that is no story is not in it.
type allowed map[store.ID][]Consent

func (a allowed) ok(m Material, lang string) bool {
	return !m.Story || slices.ContainsFunc(a[m.ID], func(c Consent) bool { return c.For(lang) })
}

// any reports whether a material may be used in some language.
func (a allowed) any(m Material) bool { return !m.Story || len(a[m.ID]) > 0 }

// living reads the consents for one use that hold today, in one question for all.
func (s *Service) living(ctx context.Context, db *gorm.DB, use Use, rows ...Material) (allowed, error) {
	found := allowed{}
	var ids []store.ID
	for _, m := range rows {
		if m.Story {
			ids = append(ids, m.ID)
		}
	}
	if len(ids) == 0 {
		return found, nil
	}
	consents, err := gorm.G[Consent](db).Where("material_id IN ? AND use = ? AND ended_day IS NULL", ids, use).Find(ctx)
	for _, c := range consents {
		if c.Lives(s.store.Today()) {
			found[c.MaterialID] = append(found[c.MaterialID], c)
		}
	}
	return found, store.Translate(err)
}

// shown reports whether readers see a material now.
func (s *Service) shown(ctx context.Context, db *gorm.DB, m Material) (bool, error) {
	if !m.Public() {
		return false, nil
	}
	may, err := s.living(ctx, db, OnPage, m)
	return may.any(m), err
}

// mayAppear refuses to publish a story in its language before she allowed that.
func (s *Service) mayAppear(ctx context.Context, tx *gorm.DB, m Material) error {
	may, err := s.living(ctx, tx, OnPage, m)
	if err == nil && !may.ok(m, m.Lang) {
		err = fault.New(fault.Refused, "material.story.consent")
	}
	return err
}
