package store_test

import (
	"fmt"
	"testing"

	"portico/app/store"
)

// TestWeeksThatWereDecidedAsAWholeBecomeLines brings a database with a week in each state
// over the migration that decides hours line by line: no minute is lost or won.
func TestWeeksThatWereDecidedAsAWholeBecomeLines(t *testing.T) {
	o := olderAt(t, 20)
	weeks := []struct {
		state    string
		approved int
		want     string // states and approved minutes of the lines of 60, 90 and 30 minutes
	}{
		{"open", 0, "open 0, open 0, open 0"}, {"closed", 0, "closed 0, closed 0, closed 0"}, {"approved", 180, "approved 60, approved 90, approved 30"},
		{"cut", 100, "approved 60, cut 40, cut 0"}, {"disputed", 150, "approved 60, approved 90, disputed 0"}, {"paid", 100, "paid 60, paid 40, cut 0"},
	}
	her, boss, words, ids := store.NewID(), store.NewID(), store.NewID(), make([]store.ID, len(weeks))
	for i, w := range weeks {
		ids[i] = store.NewID()
		var day any
		if w.state == "paid" {
			day = "2026-03-09"
		}
		o.do(t, "INSERT INTO work_weeks (id, account_id, monday, state, closed_day, closed_minutes, decided_by, decided_day, approved_minutes, reason_id, dispute_until, dispute_id, paid_by, paid_day, paid_reference) VALUES (?, ?, ?, ?, '2026-02-01', 180, ?, '2026-02-02', ?, ?, '2026-02-16', NULL, ?, ?, '2026-10')",
			ids[i], her, fmt.Sprintf("2026-01-%02d", i+1), w.state, boss, w.approved, words, boss, day)
		for n, minutes := range []int{60, 90, 30} {
			o.do(t, "INSERT INTO work_lines (id, week_id, account_id, day, kind, minutes) VALUES (?, ?, ?, ?, 'forum', ?)", store.NewID(), ids[i], her, fmt.Sprintf("2026-01-%02d", n+10), minutes)
		}
	}
	o.update(t)
	for i, w := range weeks {
		var lines []struct {
			State           string
			ApprovedMinutes int
		}
		if err := o.DB.Raw("SELECT state, approved_minutes FROM work_lines WHERE week_id = ? ORDER BY day", ids[i]).Scan(&lines).Error; err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range lines {
			got += fmt.Sprintf(", %s %d", l.State, l.ApprovedMinutes)
		}
		if got != ", "+w.want {
			t.Errorf("a week that was %s has the lines%s; want %s", w.state, got, w.want)
		}
	}
	var paid, rest int
	if err := o.DB.Raw("SELECT COUNT(*) FROM payments p JOIN work_lines l ON l.payment_id = p.id WHERE p.minutes = 100 AND p.day = '2026-03-09' AND p.reference = '2026-10'").Scan(&paid).Error; err != nil || paid != 2 {
		t.Errorf("%d lines have the payment, %v; want two", paid, err)
	}
	if err := o.DB.Raw("SELECT COUNT(*) FROM work_lines WHERE reason_id IS NOT NULL").Scan(&rest).Error; err != nil || rest != 5 {
		t.Errorf("%d lines have a reason, %v; want those that were cut", rest, err)
	}
}
