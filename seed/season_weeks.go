package seed

import (
	"context"
	"fmt"
	"slices"
	"time"

	"portico/app/member"
	"portico/app/timesheet"
)

// weekData is one week of somebody's hours. Back counts weeks before the present one; On
// and Closed count days from its Monday, and 0 is never.
type weekData struct {
	Person  string
	Back    int
	Closed  int
	Lines   []lineData     `toml:"line"`
	Decided []weekDecision `toml:"decide"` // a second one follows a dispute
	Answer  weekAnswer
	Pay     []weekPay // the rest of a week first, and what was disputed later
}

// lineData is a piece of work; Day counts from Monday as 0.
type lineData struct {
	Day, Minutes int
	Kind, Note   string
}

type weekDecision struct {
	On     int
	By     string
	Cut    int // minutes
	Reason string
}

// weekAnswer is what she says to a cut; without words she leaves it at that.
type weekAnswer struct {
	On    int
	Words string
}

// weekPay pays what can be paid on its day. Amount is for contracts that are not by the hour.
type weekPay struct {
	On                    int
	By, Reference, Amount string
}

// lockedData is a month that somebody locks.
type lockedData struct {
	By      string
	DaysAgo int `toml:"days_ago"`
	DayIn   int `toml:"day_in"` // a day of that month, counted back from the present
}

// sheet is a week on its way.
type sheet struct {
	weekData
	who    member.Actor
	begins time.Time // on its Monday
}

func (s sheet) day(n int) string { return s.begins.AddDate(0, 0, n).Format(time.DateOnly) }

func (s sheet) monday() string { return s.day(0) }

// afternoon is five o'clock on one of its days, or of the days after it.
func (s sheet) afternoon(n int) time.Time {
	return time.Date(s.begins.Year(), s.begins.Month(), s.begins.Day()+n, 17, 0, 0, 0, s.begins.Location())
}

// check refuses a week that would have to happen in the future on some day of this week.
func (d weekData) check() error {
	days := []int{d.Closed, d.Answer.On}
	for _, one := range d.Pay {
		days = append(days, one.On)
	}
	for _, one := range d.Decided {
		days = append(days, one.On)
	}
	if latest := slices.Max(days); latest > 0 && latest >= 7*d.Back {
		return fmt.Errorf("the week %d back of %s goes on until its day %d, which may not have come", d.Back, d.Person, latest)
	}
	return nil
}

// planWeeks plans the time sheets: hours, closing, decisions, disputes, pay.
func (l *loader) planWeeks() ([]event, error) {
	var events []event
	for _, d := range l.world.Weeks {
		who, err := l.colleague(d.Person)
		if err != nil {
			return nil, err
		}
		part, err := l.planWeek(sheet{d, who, l.mondayBack(d.Back)})
		if err != nil {
			return nil, err
		}
		events = append(events, part...)
	}
	return events, nil
}

func (l *loader) planWeek(s sheet) ([]event, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	var events []event
	add := func(on int, do func(context.Context, sheet) error) {
		if on > 0 {
			events = append(events, event{s.afternoon(on), func(ctx context.Context) error {
				return about(do(ctx, s), "the week %d back of %s", s.Back, s.Person)
			}})
		}
	}
	if s.Closed == 0 {
		events = append(events, event{l.clock.end, func(ctx context.Context) error { return about(l.fill(ctx, s), "the open week of %s", s.Person) }})
	}
	add(s.Closed, l.handIn)
	for _, d := range s.Decided {
		add(d.On, func(ctx context.Context, s sheet) error { return l.decideWeek(ctx, s, d) })
	}
	add(s.Answer.On, l.answerCut)
	for _, d := range s.Pay {
		add(d.On, func(ctx context.Context, s sheet) error { return l.payWeek(ctx, s, d) })
	}
	return events, nil
}

// planLocked plans the months that are locked.
func (l *loader) planLocked() ([]event, error) {
	var events []event
	for _, d := range l.world.Locked {
		by, err := l.colleague(d.By)
		if err != nil {
			return nil, err
		}
		month := timesheet.MonthOf(l.ago(d.DayIn).Format(time.DateOnly))
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.hours.Lock(ctx, by, month, true), "the month %s", month)
		}})
	}
	return events, nil
}
