package supervision

import (
	"slices"
	"time"

	"portico/app/store"
)

// Early check-ins: in the first weeks it shows whether a relation carries, so the
// organisation owes a look at it in these weeks. Days count from the day it opened.
var checkInWindows = []struct{ week, first, last int }{{2, 8, 21}, {6, 36, 49}, {12, 78, 91}}

// kindsWithCheckIns are the relations of two people that begin something.
var kindsWithCheckIns = []Kind{"individual", "mentoring"}

// CheckIn is one early conversation that is due in the first weeks of a relation.
type CheckIn struct {
	Relation    store.ID
	People      []string // handles, those whose supervision it is first
	Week        int      // 2, 6 or 12
	From, Until string   // days, both included
	Held        string   // the first conversation in the window, "" for none
	// Later is the first conversation after the window, where none was in it: the duty was
	// missed and nothing is owed any more.
	Later string
	// Missed says that the window passed without a conversation.
	Missed bool
	Ahead  bool // the window has not begun
}

// Owed reports whether the organisation still owes it: missed, and nothing came later.
func (c CheckIn) Owed() bool { return c.Missed && c.Later == "" }

// checkIns are the three windows of a relation that opened on a day, with what became of
// them. Held are the days of its conversations in any order.
func checkIns(opened string, held []string, today string) []CheckIn {
	days := slices.Sorted(slices.Values(held))
	list := make([]CheckIn, len(checkInWindows))
	for i, w := range checkInWindows {
		c := CheckIn{Week: w.week, From: store.DaysAfter(opened, w.first), Until: store.DaysAfter(opened, w.last)}
		for _, day := range days {
			switch {
			case day < c.From:
			case day <= c.Until:
				c.Held = first(c.Held, day)
			default:
				c.Later = first(c.Later, day)
			}
		}
		if c.Held != "" {
			c.Later = ""
		}
		c.Missed, c.Ahead = c.Held == "" && today > c.Until, today < c.From
		list[i] = c
	}
	return list
}

// first keeps the first of several days that come in order.
func first(have, next string) string {
	if have != "" {
		return have
	}
	return next
}

// monthsAfter is the same day of the month some months later, or the last day of that
// month where it is shorter: the 31st of January and one month are the 28th of February.
func monthsAfter(day string, months int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	start := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, months, 0)
	last := start.AddDate(0, 1, -1).Day()
	return start.AddDate(0, 0, min(t.Day(), last)-1).Format(time.DateOnly)
}

// daysFrom counts the days from one to another, both included; never below zero.
func daysFrom(from, until string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, until)
	if errA != nil || errB != nil || b.Before(a) {
		return 0
	}
	return int(b.Sub(a).Hours()/24) + 1
}

// Balance is what a requirement promises one person in its running period, and what the
// organisation has kept of it. Minutes; none is ever below zero.
type Balance struct {
	Requirement
	From, Until string // the running period, both days included
	Held        int    // in the running period
	Need        int    // of the running period, less for somebody who came during it
	Owed        int    // of periods that are over and was not made up: the organisation missed it
	ToCome      int    // until the period ends, with what is owed
}

// balance reckons period by period: what a period lacked is owed until a later one makes
// it up, and what a period had too much is not taken from the next. Joined is the day on
// which she took up her role; sessions are hers that count for the requirement.
func balance(q Requirement, joined string, sessions []attended, today string) Balance {
	b := Balance{Requirement: q}
	for k := range mostPeriods {
		b.From = monthsAfter(q.FromDay, k*q.Months)
		b.Until = store.DaysAfter(monthsAfter(q.FromDay, (k+1)*q.Months), -1)
		b.Held, b.Need = 0, share(q.Minutes, b.From, b.Until, joined)
		for _, s := range sessions {
			if s.Day >= b.From && s.Day <= b.Until {
				b.Held += s.Minutes
			}
		}
		lacks := max(0, b.Owed+b.Need-b.Held)
		if b.Until >= today {
			b.Owed, b.ToCome = max(0, b.Owed-b.Held), lacks
			return b
		}
		b.Owed = lacks
	}
	return b
}

// mostPeriods is more than a century of months: a clock that is wrong ends somewhere.
const mostPeriods = 2000

// share is how much of a period's minutes is promised to somebody who was there from a day.
func share(minutes int, from, until, joined string) int {
	if joined <= from {
		return minutes
	}
	return minutes * daysFrom(joined, until) / daysFrom(from, until)
}
