package store_test

import (
	"testing"
	"time"

	"portico/app/store"
)

func at(t *testing.T, moment, zone string) store.Clock {
	t.Helper()
	now, err := time.Parse(time.RFC3339Nano, moment)
	if err != nil {
		t.Fatal(err)
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return store.Clock{Now: func() time.Time { return now }, Zone: place}
}

func TestDaysAreCountedInTheHostsZone(t *testing.T) {
	for _, c := range []struct{ moment, zone, today, tomorrow, yesterday string }{
		{"2026-03-07T22:59:59Z", "Europe/Rome", "2026-03-07", "2026-03-08", "2026-03-06"},
		{"2026-03-07T23:00:00Z", "Europe/Rome", "2026-03-08", "2026-03-09", "2026-03-07"},
		{"2026-03-07T10:00:00Z", "Pacific/Kiritimati", "2026-03-08", "2026-03-09", "2026-03-07"},
		{"2026-03-07T04:59:00Z", "America/Bogota", "2026-03-06", "2026-03-07", "2026-03-05"},
		{"2026-03-08T02:30:00+05:00", "UTC", "2026-03-07", "2026-03-08", "2026-03-06"},
		// the nights when clocks change: a day has 23 or 25 hours
		{"2026-03-28T22:30:00Z", "Europe/Rome", "2026-03-28", "2026-03-29", "2026-03-27"},
		{"2026-10-25T22:30:00Z", "Europe/Rome", "2026-10-25", "2026-10-26", "2026-10-24"},
		{"2028-02-28T12:00:00Z", "UTC", "2028-02-28", "2028-02-29", "2028-02-27"},
		{"2026-12-31T23:30:00Z", "Europe/Rome", "2027-01-01", "2027-01-02", "2026-12-31"},
	} {
		clock := at(t, c.moment, c.zone)
		if got := [3]string{clock.Today(), clock.DayAfter(1), clock.DayAfter(-1)}; got != [3]string{c.today, c.tomorrow, c.yesterday} {
			t.Errorf("%s in %s: today, tomorrow and yesterday are %v; want %s, %s, %s", c.moment, c.zone, got, c.today, c.tomorrow, c.yesterday)
		}
	}
}

func TestRetentionMarksAreQuartersAndHalves(t *testing.T) {
	for _, c := range []struct {
		moment, zone  string
		years         int
		quarter, half string
	}{
		{"2026-01-01T00:00:00Z", "UTC", 0, "2026Q1", "2026H1"},
		{"2026-03-31T23:59:59Z", "UTC", 0, "2026Q1", "2026H1"},
		{"2026-04-01T00:00:00Z", "UTC", 0, "2026Q2", "2026H1"},
		{"2026-06-30T12:00:00Z", "UTC", 5, "2031Q2", "2031H1"},
		{"2026-07-01T12:00:00Z", "UTC", 5, "2031Q3", "2031H2"},
		{"2026-09-30T12:00:00Z", "UTC", 1, "2027Q3", "2027H2"},
		{"2026-10-01T12:00:00Z", "UTC", 1, "2027Q4", "2027H2"},
		{"2026-12-31T22:30:00Z", "UTC", 0, "2026Q4", "2026H2"},
		{"2026-12-31T23:30:00Z", "Europe/Rome", 0, "2027Q1", "2027H1"},
		{"2026-06-30T22:30:00Z", "Europe/Rome", 2, "2028Q3", "2028H2"},
		{"2028-02-29T12:00:00Z", "UTC", 1, "2029Q1", "2029H1"},
	} {
		clock := at(t, c.moment, c.zone)
		if q, h := clock.Quarter(c.years), clock.Half(c.years); q != c.quarter || h != c.half {
			t.Errorf("%s in %s and %d years: %s, %s; want %s, %s", c.moment, c.zone, c.years, q, h, c.quarter, c.half)
		}
	}
}

func TestHoursAreRoundedUpAndMinutesCut(t *testing.T) {
	for _, c := range []struct{ moment, hour, minute string }{
		{"2026-03-07T03:00:00Z", "2026-03-07T03", "2026-03-07T03:00"},
		{"2026-03-07T03:00:00.000000001Z", "2026-03-07T04", "2026-03-07T03:00"},
		{"2026-03-07T03:59:59Z", "2026-03-07T04", "2026-03-07T03:59"},
		{"2026-03-07T23:30:00Z", "2026-03-08T00", "2026-03-07T23:30"},
		{"2026-03-08T00:30:00+05:30", "2026-03-07T19", "2026-03-07T19:00"},
	} {
		now := at(t, c.moment, "UTC").Now()
		if h, m := store.Hour(now), store.Minute(now); h != c.hour || m != c.minute {
			t.Errorf("%s: hour %s, minute %s; want %s, %s", c.moment, h, m, c.hour, c.minute)
		}
		if back, err := store.ParseMinute(store.Minute(now)); err != nil || !back.Equal(now.Truncate(time.Minute)) {
			t.Errorf("%s: read back as %v, %v", c.moment, back, err)
		}
	}
	for _, odd := range []string{"", "2026-03-07", "2026-13-07T03:00", "2026-03-07T03:00:00", "now"} {
		if _, err := store.ParseMinute(odd); err == nil {
			t.Errorf("%q is read as a minute", odd)
		}
	}
	if clock := at(t, "2026-03-08T00:30:00+05:30", "Europe/Rome"); clock.Time().Location() != time.UTC || clock.Time().Hour() != 19 {
		t.Errorf("the present moment is %v; want it in UTC", clock.Time())
	}
}
