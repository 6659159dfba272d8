package timesheet

import (
	"context"

	"portico/app/store"
)

// Counted adds up what was paid in a month, in whole hours, with the people who were paid.
func (s *Service) Counted(ctx context.Context, month string) (hours, people int, err error) {
	first, last := store.DaysOf(month)
	var r struct{ Minutes, People int }
	err = s.store.DB.WithContext(ctx).Raw(`SELECT COALESCE(SUM(minutes), 0) AS minutes, COUNT(DISTINCT account_id) AS people
		FROM payments WHERE day BETWEEN ? AND ?`, first, last).Scan(&r).Error
	return r.Minutes / 60, r.People, store.Translate(err)
}

// CountedWaits lists for every week that was paid in a month how many days lay between the
// day she handed it in and the last payment for it, with the people who waited.
func (s *Service) CountedWaits(ctx context.Context, month string) (days []int, people int, err error) {
	first, last := store.DaysOf(month)
	var rows []struct {
		AccountID      store.ID
		ClosedDay, Day string
	}
	err = s.store.DB.WithContext(ctx).Raw(`SELECT w.account_id, w.closed_day, MAX(p.day) AS day FROM work_weeks w
		JOIN work_lines l ON l.week_id = w.id JOIN payments p ON p.id = l.payment_id
		WHERE w.closed_day IS NOT NULL GROUP BY w.id, w.account_id, w.closed_day HAVING MAX(p.day) BETWEEN ? AND ?`, first, last).Scan(&rows).Error
	seen := map[store.ID]bool{}
	for _, r := range rows {
		days, seen[r.AccountID] = append(days, max(0, store.DaysBetween(r.ClosedDay, r.Day))), true
	}
	return days, len(seen), store.Translate(err)
}
