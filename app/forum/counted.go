package forum

import (
	"context"

	"portico/app/store"
)

// Counted counts the contacts of a month by language and kind: talks that somebody began,
// names that answered in a talk (one for each talk, however much she wrote), and questions to
// peers. Words of people with roles are no contacts. Nobody can count people across talks, so
// whoever shows these counts keeps to the rules for small ones.
func (s *Service) Counted(ctx context.Context, month string) (map[[2]string]int, error) {
	first, last := store.DaysOf(month)
	var rows []struct {
		Lang, Kind string
		N          int
	}
	err := s.store.DB.WithContext(ctx).Raw(`
		SELECT lang, 'talk' AS kind, COUNT(*) AS n FROM posts WHERE no = 1 AND role_account_id IS NULL AND day BETWEEN ? AND ? GROUP BY lang
		UNION ALL
		SELECT lang, 'answer' AS kind, COUNT(*) AS n FROM (
			SELECT topic_id, tag, MIN(lang) AS lang FROM posts WHERE no > 1 AND tag IS NOT NULL AND day BETWEEN ? AND ? GROUP BY topic_id, tag
		) AS named GROUP BY lang
		UNION ALL
		SELECT q.lang, 'question' AS kind, COUNT(*) AS n FROM questions q JOIN question_parts p ON p.question_id = q.id AND p.no = 1
			WHERE p.day BETWEEN ? AND ? GROUP BY q.lang`, first, last, first, last, first, last).Scan(&rows).Error
	cells := map[[2]string]int{}
	for _, r := range rows {
		cells[[2]string{r.Lang, r.Kind}] += r.N
	}
	return cells, store.Translate(err)
}
