package seed

import (
	"context"
	"fmt"
	"time"
)

// shiftData is a shift at the desk: every week from Back weeks before the present one to
// Ahead weeks after it on a Weekday, or once, DaysAgo days before the present.
type shiftData struct {
	Person, Weekday string
	Back, Ahead     int
	DaysAgo         int `toml:"days_ago"`
	Hour, Hours     int
}

// A shift is taken a week before its day, and one that has not come at the latest lately.
const (
	takenBefore = 7 // days before the shift
	takenLately = 2 // days before the present
)

// planRota plans who takes which shift, and when she writes herself in.
func (l *loader) planRota() ([]event, error) {
	var events []event
	for _, d := range l.world.Shifts {
		days, err := l.daysOf(d)
		if err != nil {
			return nil, err
		}
		for _, on := range days {
			taken := on.AddDate(0, 0, -takenBefore)
			if latest := l.ago(takenLately); taken.After(latest) {
				taken = latest
			}
			events = append(events, event{taken, func(ctx context.Context) error {
				day := on.Format(time.DateOnly)
				who, err := l.colleague(d.Person)
				if err == nil {
					err = l.desk.TakeShift(ctx, who, day, d.Hour, d.Hours)
				}
				return about(err, "%s takes a shift on %s", d.Person, day)
			}})
		}
	}
	return events, nil
}

// daysOf are the days of a shift.
func (l *loader) daysOf(d shiftData) ([]time.Time, error) {
	if d.Weekday == "" {
		return []time.Time{l.ago(d.DaysAgo)}, nil
	}
	for n := range 7 {
		if monday := l.mondayBack(0); monday.AddDate(0, 0, n).Weekday().String() != d.Weekday {
			continue
		}
		var days []time.Time
		for back := d.Back; back >= -d.Ahead; back-- {
			days = append(days, l.mondayBack(back).AddDate(0, 0, n))
		}
		return days, nil
	}
	return nil, fmt.Errorf("a shift of %s is on %q, which is no day", d.Person, d.Weekday)
}
