package store

import (
	"fmt"
	"time"
)

// Clock tells the time and counts days in the host's zone. It is injected, so that tests
// decide what time it is.
type Clock struct {
	Now  func() time.Time
	Zone *time.Location
}

// RealClock is the machine's clock in the given zone.
func RealClock(zone *time.Location) Clock { return Clock{Now: time.Now, Zone: zone} }

// Time is the present moment in UTC.
func (c Clock) Time() time.Time { return c.Now().UTC() }

// Today is the day as it is stored: "2026-03-07". Forum rows know no finer time.
func (c Clock) Today() string { return c.DayAfter(0) }

// DayAfter is the day that lies days after today; negative counts back.
func (c Clock) DayAfter(days int) string {
	return c.Now().In(c.Zone).AddDate(0, 0, days).Format(time.DateOnly)
}

// Minute is a moment as queue rows keep it while they wait, in UTC: "2026-03-07T04:12".
// Text of this form sorts as time does.
func Minute(t time.Time) string { return t.UTC().Format("2006-01-02T15:04") }

// ParseMinute reads what Minute wrote.
func ParseMinute(text string) (time.Time, error) { return time.Parse("2006-01-02T15:04", text) }

// Hour rounds a moment up to the hour, in UTC: sessions end on the hour.
func Hour(t time.Time) string { return t.UTC().Add(time.Hour - 1).Format("2006-01-02T15") }

// Quarter is the retention mark of boxes, "2031Q1", years from now.
func (c Clock) Quarter(years int) string {
	t := c.Now().In(c.Zone).AddDate(years, 0, 0)
	return fmt.Sprintf("%dQ%d", t.Year(), (int(t.Month())+2)/3)
}

// Half is the retention mark of accounts, "2031H1", years from now.
func (c Clock) Half(years int) string {
	t := c.Now().In(c.Zone).AddDate(years, 0, 0)
	return fmt.Sprintf("%dH%d", t.Year(), (int(t.Month())+5)/6)
}
