package notice

import (
	"context"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// Written is a tip with its texts.
type Written struct {
	Tip
	Texts []TipText
}

// In is the text in a language, else the first; only shown ones stand in what readers get.
func (w Written) In(lang string) TipText {
	for _, t := range w.Texts {
		if t.Lang == lang {
			return t
		}
	}
	return w.Texts[0]
}

// Tips lists what everybody may read, the newest month first; country narrows it. A tip is
// listed once a second moderator has read it in some language, and until its time is over.
func (s *Service) Tips(ctx context.Context, country string) ([]Written, error) {
	q := gorm.G[Tip](s.store.DB).Where("until >= ? AND id IN (SELECT tip_id FROM tip_texts WHERE shown_by IS NOT NULL)", s.store.Today()[:7])
	if country != "" {
		q = q.Where("country = ?", country)
	}
	return s.written(ctx, q, "shown_by IS NOT NULL")
}

// Desk lists every tip for a moderator, with the texts that wait for a second reader.
func (s *Service) Desk(ctx context.Context, who member.Actor) ([]Written, error) {
	if err := moderates(who); err != nil {
		return nil, err
	}
	return s.written(ctx, gorm.G[Tip](s.store.DB).Where("1 = 1"), "1 = 1")
}

func (s *Service) written(ctx context.Context, q gorm.ChainInterface[Tip], which string) ([]Written, error) {
	tips, err := q.Order("month DESC, id").Limit(tipsShown).Find(ctx)
	if err != nil || len(tips) == 0 {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(tips))
	for i, t := range tips {
		ids[i] = t.ID
	}
	texts, err := gorm.G[TipText](s.store.DB).Where("tip_id IN ? AND "+which, ids).Order("lang").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	by := map[store.ID][]TipText{}
	for _, t := range texts {
		by[t.TipID] = append(by[t.TipID], t)
	}
	var list []Written
	for _, t := range tips {
		if len(by[t.ID]) > 0 {
			list = append(list, Written{t, by[t.ID]})
		}
	}
	return list, nil
}
