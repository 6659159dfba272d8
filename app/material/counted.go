package material

import (
	"context"

	"gorm.io/gorm"

	"portico/app/store"
)

// Counted counts the materials that could be read at the end of a month, by language; one in
// four languages counts four times. The second label is always "".
func (s *Service) Counted(ctx context.Context, month string) (map[[2]string]int, error) {
	_, last := store.DaysOf(month)
	rows, err := gorm.G[Material](s.store.DB).Select("id", "lang").Where("state = ? AND published_day <= ?", Published, last).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	cells, ids := map[[2]string]int{}, make([]store.ID, len(rows))
	for i, m := range rows {
		ids[i] = m.ID
		cells[[2]string{m.Lang, ""}]++
	}
	shelf, ok := s.texts.(Shelf)
	if !ok {
		return cells, nil
	}
	others, err := shelf.LanguagesOf(ctx, ids)
	for _, languages := range others {
		for _, l := range languages {
			if l.Day <= last {
				cells[[2]string{l.Lang, ""}]++
			}
		}
	}
	return cells, err
}
