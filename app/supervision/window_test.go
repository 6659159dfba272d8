package supervision_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"portico/app/supervision"
)

func TestEarlyCheckInsAreKeptInTheirWeeks(t *testing.T) {
	const opened = "2026-01-01" // the windows are 9 to 22 January, 6 to 19 February, 20 March to 2 April
	for _, c := range []struct {
		name  string
		held  []string
		today string
		want  string // k kept, a ahead, m missed, l missed and held later
	}{
		{"nothing yet, on the first day", nil, "2026-01-01", "aaa"},
		{"the clock was set back before the beginning", nil, "2025-06-01", "aaa"},
		{"the last day of the first window is not over", nil, "2026-01-22", "aaa"},
		{"the day after it is", nil, "2026-01-23", "maa"},
		{"the clock set back again", nil, "2026-01-22", "aaa"},
		{"a conversation before the window keeps nothing", []string{"2026-01-08"}, "2026-01-23", "maa"},
		{"on its first day", []string{"2026-01-09"}, "2026-01-23", "kaa"},
		{"on its last day", []string{"2026-01-22"}, "2026-01-23", "kaa"},
		{"a day late", []string{"2026-01-23"}, "2026-01-24", "laa"},
		{"late, and in the window as well", []string{"2026-01-23", "2026-01-20"}, "2026-01-24", "kaa"},
		{"late and in the next window", []string{"2026-02-10"}, "2026-03-01", "lka"},
		{"all three, in any order", []string{"2026-03-25", "2026-01-10", "2026-02-19"}, "2026-12-31", "kkk"},
		{"all missed", nil, "2027-01-01", "mmm"},
		{"the clock set forward by years", nil, "2099-01-01", "mmm"},
		{"one conversation after all of it", []string{"2026-04-03"}, "2026-05-01", "lll"},
		{"a conversation of a day to come", []string{"2026-01-15"}, "2026-01-02", "kaa"},
	} {
		var got string
		for _, one := range supervision.CheckInsOf(opened, c.held, c.today) {
			switch {
			case one.Held != "":
				got += "k"
			case one.Missed && one.Later != "":
				got += "l"
			case one.Missed:
				got += "m"
			default:
				got += "a"
			}
			if one.Owed() != (one.Missed && one.Later == "") {
				t.Errorf("%s: week %d says it is owed and is not, or the other way round", c.name, one.Week)
			}
		}
		if got != c.want {
			t.Errorf("%s: got %s; want %s", c.name, got, c.want)
		}
	}
}

func TestAPromiseIsReckonedPeriodByPeriod(t *testing.T) {
	q := supervision.Requirement{Minutes: 720, Months: 12, FromDay: "2026-01-01"}
	quarter := supervision.Requirement{Minutes: 120, Months: 3, FromDay: "2025-11-30"}
	sat := func(pairs ...any) (list []supervision.Sat) {
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, supervision.Sat{Day: pairs[i].(string), Minutes: pairs[i+1].(int)})
		}
		return list
	}
	for _, c := range []struct {
		name   string
		q      supervision.Requirement
		joined string
		sat    []supervision.Sat
		today  string
		want   string // until, need, held, owed, to come
	}{
		{"nothing yet", q, "2025-01-01", nil, "2026-01-01", "2026-12-31 720 0 0 720"},
		{"a part of it", q, "2025-01-01", sat("2026-03-01", 520), "2026-06-01", "2026-12-31 720 520 0 200"},
		{"what was before does not count", q, "2025-01-01", sat("2025-12-31", 520), "2026-06-01", "2026-12-31 720 0 0 720"},
		{"kept, and more", q, "2025-01-01", sat("2026-03-01", 900), "2026-06-01", "2026-12-31 720 900 0 0"},
		{"the period is over", q, "2025-01-01", sat("2026-03-01", 520), "2027-01-01", "2027-12-31 720 0 200 920"},
		{"made up a little", q, "2025-01-01", sat("2026-03-01", 520, "2027-01-05", 150), "2027-02-01", "2027-12-31 720 150 50 770"},
		{"made up, and on with the new one", q, "2025-01-01", sat("2026-03-01", 520, "2027-01-05", 300), "2027-02-01", "2027-12-31 720 300 0 620"},
		{"too much is not taken from the next", q, "2025-01-01", sat("2026-03-01", 2000), "2027-02-01", "2027-12-31 720 0 0 720"},
		{"before it begins", q, "2025-01-01", nil, "2025-06-01", "2026-12-31 720 0 0 720"},
		{"the clock set back behind an end", q, "2025-01-01", sat("2027-01-05", 300), "2026-12-31", "2026-12-31 720 0 0 720"},
		{"she came in the middle", q, "2026-07-02", nil, "2026-08-01", "2026-12-31 360 0 0 360"},
		{"she came after it", q, "2027-06-01", nil, "2026-08-01", "2026-12-31 0 0 0 0"},
		{"she came on the last day", q, "2026-12-31", nil, "2027-01-01", "2027-12-31 720 0 1 721"},
		{"a period that begins on the last day of a month", quarter, "2025-01-01", sat("2026-02-27", 60), "2026-02-27", "2026-02-27 120 60 0 60"},
		{"and the day after", quarter, "2025-01-01", sat("2026-02-27", 60), "2026-02-28", "2026-05-29 120 0 60 180"},
	} {
		b := supervision.BalanceOf(c.q, c.joined, c.sat, c.today)
		if got := fmt.Sprintf("%s %d %d %d %d", b.Until, b.Need, b.Held, b.Owed, b.ToCome); got != c.want {
			t.Errorf("%s: got %s; want %s", c.name, got, c.want)
		}
	}
}

// TestNoPromiseGoesWrongAtAnyTime reckons random promises on random days: nothing is ever
// below zero, what is owed is part of what is to come, and every minute lies in exactly one
// period.
func TestNoPromiseGoesWrongAtAnyTime(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	day := func(n int) string { return start.AddDate(0, 0, n).Format(time.DateOnly) }
	for range 60 {
		q := supervision.Requirement{Minutes: 1 + r.IntN(2000), Months: 1 + r.IntN(14), FromDay: day(r.IntN(500))}
		joined := day(r.IntN(900))
		var sat []supervision.Sat
		for range r.IntN(30) {
			sat = append(sat, supervision.Sat{Day: day(r.IntN(1200)), Minutes: 1 + r.IntN(300)})
		}
		want, last := 0, ""
		for _, s := range sat {
			if s.Day >= q.FromDay {
				want += s.Minutes
			}
		}
		got, owed := 0, 0
		for n := -30; n < 1250+15*31; n += 1 + r.IntN(7) {
			b := supervision.BalanceOf(q, joined, sat, day(n))
			if b.Owed < 0 || b.Need < 0 || b.Held < 0 || b.ToCome < b.Owed || b.Need > q.Minutes {
				t.Fatalf("%+v on %s: %+v", q, day(n), b)
			}
			if b.From != last {
				if last != "" && b.From <= last {
					t.Fatalf("the periods overlap: %s after %s", b.From, last)
				}
				got, last, owed = got+b.Held, b.From, b.Owed
			}
			if b.Owed != owed {
				t.Fatalf("what is owed changed within a period without a conversation: %d, %d", owed, b.Owed)
			}
		}
		if got != want {
			t.Fatalf("%+v: the periods hold %d minutes, the conversations %d", q, got, want)
		}
	}
}
