package hours

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// moment reads a moment, with its offset where the clock shows it twice.
func moment(t testing.TB, text string, z *time.Location) time.Time {
	t.Helper()
	if m, err := time.Parse(time.RFC3339, text); err == nil {
		return m
	}
	m, err := time.ParseInLocation("2006-01-02 15:04", text, z)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestOpenAtAMoment goes over zones, midnight, the two nights on which clocks jump, and
// holidays. until is on the clock of the place; "" is never within two weeks.
func TestOpenAtAMoment(t *testing.T) {
	for _, row := range []struct {
		name, text, zone, country, now string
		open                           bool
		until                          string
	}{
		{"a weekday", "Mo-Fr 09:00-17:00", "Europe/Rome", "IT", "2026-11-23 12:00", true, "2026-11-23 17:00"},
		{"the first minute", "Mo-Fr 09:00-17:00", "Europe/Rome", "IT", "2026-11-23 09:00", true, "2026-11-23 17:00"},
		{"the minute after the last", "Mo-Fr 09:00-17:00", "Europe/Rome", "IT", "2026-11-23 17:00", false, "2026-11-24 09:00"},
		{"Friday evening", "Mo-Fr 09:00-17:00", "Europe/Rome", "IT", "2026-11-27 18:00", false, "2026-11-30 09:00"},
		{"the same moment elsewhere", "Mo-Fr 09:00-17:00", "Europe/Lisbon", "", "2026-11-23T17:30:00+01:00", true, "2026-11-23 17:00"},
		{"never closed", "24/7", "Europe/Rome", "IT", "2026-12-25 04:00", true, ""},
		{"before midnight", "Mo-Su 22:00-06:00", "Europe/Rome", "IT", "2026-11-23 23:59", true, "2026-11-24 06:00"},
		{"after midnight", "Mo-Su 22:00-06:00", "Europe/Rome", "IT", "2026-11-24 04:00", true, "2026-11-24 06:00"},
		{"after a night that began on Friday", "Fr 22:00-06:00", "Europe/Rome", "IT", "2026-11-28 04:00", true, "2026-11-28 06:00"},
		{"the morning of a Friday", "Fr 22:00-06:00", "Europe/Rome", "IT", "2026-11-27 04:00", false, "2026-11-27 22:00"},
		{"until midnight and on", "Mo 18:00-24:00; Tu 00:00-02:00", "Europe/Rome", "IT", "2026-11-23 20:00", true, "2026-11-24 02:00"},
		{"two in the morning written as 26", "Fr 20:00-26:00", "Europe/Rome", "IT", "2026-11-28 01:30", true, "2026-11-28 02:00"},
		{"at noon it rests", "Mo 09:00-12:00,14:00-18:00", "Europe/Rome", "IT", "2026-11-23 13:00", false, "2026-11-23 14:00"},
		{"the clock jumps over the beginning", "Su 02:30-04:00", "Europe/Rome", "IT", "2027-03-28T03:05:00+02:00", true, "2027-03-28 04:00"},
		{"nothing is left of the night's hour", "Su 02:00-03:00", "Europe/Rome", "IT", "2027-03-28T03:00:00+02:00", false, "2027-04-04 02:00"},
		{"a night one hour shorter", "Sa 22:00-06:00", "Europe/Rome", "IT", "2027-03-28 05:59", true, "2027-03-28 06:00"},
		{"the first of two hours", "Su 02:00-03:00", "Europe/Rome", "IT", "2026-10-25T02:30:00+02:00", true, "2026-10-25 03:00"},
		{"the second of two hours", "Su 02:00-02:30", "Europe/Rome", "IT", "2026-10-25T02:15:00+01:00", true, "2026-10-25T02:30:00+01:00"},
		{"London jumps an hour later", "Su 01:00-02:00", "Europe/London", "GB", "2026-10-25T01:30:00Z", true, "2026-10-25 02:00"},
		{"a zone that jumps at midnight", "Su 00:00-01:00", "America/Asuncion", "", "2026-11-22 00:30", true, "2026-11-22 01:00"},
		{"Lord Howe moves by half an hour", "Su 01:45-03:00", "Australia/Lord_Howe", "", "2026-04-05T01:50:00+10:30", true, "2026-04-05 03:00"},
		{"closed on holidays", "Mo-Fr 09:00-17:00; PH off", "Europe/Rome", "IT", "2026-12-08 10:00", false, "2026-12-09 09:00"},
		{"the same day elsewhere is none", "Mo-Fr 09:00-17:00; PH off", "Europe/Berlin", "DE", "2026-12-08 10:00", true, "2026-12-08 17:00"},
		{"only on holidays", "PH 10:00-12:00", "Europe/Rome", "IT", "2026-12-08 10:30", true, "2026-12-08 12:00"},
		{"Easter Monday in the West", "Mo-Su 09:00-12:00; PH off", "Europe/Paris", "FR", "2026-04-06 10:00", false, "2026-04-07 09:00"},
		{"and not in the East", "Mo-Su 09:00-12:00; PH off", "Europe/Bucharest", "RO", "2026-04-06 10:00", true, "2026-04-06 12:00"},
		{"Easter Monday in the East", "Mo-Su 09:00-12:00; PH off", "Europe/Bucharest", "RO", "2026-04-13 10:00", false, "2026-04-14 09:00"},
		{"over Christmas and New Year", "Mo-Su 09:00-12:00; Dec 24-Jan 6 off", "Europe/Rome", "", "2027-01-06 10:00", false, "2027-01-07 09:00"},
		{"summer hours", "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 09:00-12:00", "Europe/Rome", "", "2026-07-01 13:00", false, "2026-07-02 09:00"},
		{"a leap day", "Feb 29 10:00-11:00", "Europe/Rome", "", "2028-02-29 10:30", true, "2028-02-29 11:00"},
		{"far away", "Feb 29 10:00-11:00", "Europe/Rome", "", "2027-02-28 10:30", false, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			z := zone(t, row.zone)
			got := Must(row.text).At(moment(t, row.now, z), z, row.country)
			var until time.Time
			if row.until != "" {
				until = moment(t, row.until, z)
			}
			if got.Open != row.open || !got.Until.Equal(until) {
				t.Errorf("open %v until %v, want %v until %v", got.Open, got.Until, row.open, until)
			}
		})
	}
}

func TestAHolidayOfWhichTheHoursSayNothingIsTold(t *testing.T) {
	z := zone(t, "Europe/Rome")
	at := moment(t, "2026-12-08 10:00", z)
	if got := Must("Mo-Fr 09:00-17:00").At(at, z, "IT"); !got.Open || !got.Holiday {
		t.Errorf("%+v, want open with a word about the holiday", got)
	}
	for _, text := range []string{"Mo-Fr 09:00-17:00; PH 09:00-12:00", "24/7"} {
		if got := Must(text).At(at, z, "IT"); got.Holiday {
			t.Errorf("%s says what happens on holidays, and a word about it came", text)
		}
	}
}

func TestLanguagesByHour(t *testing.T) {
	z := zone(t, "Europe/Rome")
	h := Must(`Mo-Fr 09:00-17:00 "it en", We 18:00-20:00 "ro"`)
	for at, want := range map[string]string{"2026-11-25 10:00": "it en", "2026-11-25 17:30": "ro", "2026-11-25 19:00": "ro", "2026-11-25 21:00": "it en"} {
		if got := strings.Join(h.At(moment(t, at, z), z, "").Langs, " "); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
	if got := strings.Join(h.Langs(), " "); got != "it en ro" {
		t.Errorf("all languages: %q", got)
	}
}

func TestFaultsSayWhereAndWhat(t *testing.T) {
	for text, want := range map[string]Fault{
		"Monday 9-17":                       {0, Odd, "Monday 9-17", ""},
		"Mo-Fr 09:00-17:00; Xx off":         {19, Odd, "Xx off", ""},
		"Mo 25:00-26:00":                    {3, Odd, "25:00-26:00", ""},
		"Mo 09:60-10:00":                    {3, Odd, "09:60-10:00", ""},
		"Mo 09:00-10:00 maybe":              {15, Odd, "maybe", ""},
		"Feb 30 off":                        {0, Odd, "Feb 30 off", ""},
		"Jan- off":                          {0, Odd, "Jan- off", ""},
		"PH-Mo off":                         {0, Odd, "PH-Mo off", ""},
		"Mo":                                {2, Odd, "", ""},
		"Mo 09:00-12:00,11:00-13:00":        {0, Overlap, "11:00-13:00", "09:00-12:00"},
		"Mo-Fr 09:00-17:00, We 16:00-20:00": {19, Overlap, "We 16:00-20:00", "Mo-Fr 09:00-17:00"},
		"Mo-Su 22:00-06:00, Sa 05:00-08:00": {0, Overlap, "22:00-06:00", "05:00-08:00"},
		"Mo 22:00-06:00; Tu 05:00-08:00":    {0, Overlap, "22:00-06:00", "05:00-08:00"},
		strings.Repeat("Mo 09:00-10:00; ", 30) + "x": {Longest, Long, "Mo 09:00-10:00; Mo 0", ""},
	} {
		_, err := Read(text)
		var got Fault
		if !errors.As(err, &got) || got != want {
			t.Errorf("%q: %#v, want %#v", text, err, want)
		}
	}
}

func TestALaterRuleTakesThePlaceOfAnEarlierOne(t *testing.T) {
	h := Must("Mo-Fr 09:00-17:00; We off; We 18:00-19:00")
	if got := h.Day(2026, 11, 25, ""); len(got) != 1 || got[0].From != 18*60 {
		t.Errorf("Wednesday: %v", got)
	}
	if Must("").Known() || !Must("24/7").Always() || Must("Mo-Su 09:00-10:00").Always() {
		t.Error("known or always is wrong")
	}
}

// TestEveryMinuteAgrees compares At with the openings themselves, minute by minute over the
// two nights of the year on which somebody is easily sent to a closed door, and a common one.
func TestEveryMinuteAgrees(t *testing.T) {
	z := zone(t, "Europe/Rome")
	for _, text := range []string{"Mo-Su 22:00-03:30", "Su 01:00-02:30,03:00-05:00", "Sa 20:00-26:30; Su 04:00-06:00"} {
		h := Must(text)
		for _, night := range []string{"2026-10-24 20:00", "2027-03-27 20:00", "2026-11-21 20:00"} {
			from := moment(t, night, z)
			for m := range 14 * 60 {
				now := from.Add(time.Duration(m) * time.Minute)
				inside := false
				for _, o := range h.Between(now.AddDate(0, 0, -1), 3, z, "IT") {
					inside = inside || !now.Before(o.From) && now.Before(o.To)
				}
				got := h.At(now, z, "IT")
				if h.OpenIn(NewWindow(now, now.Add(time.Minute), z), "IT") != inside {
					t.Fatalf("%s at %v: the window says otherwise than %v", text, now.In(z), inside)
				}
				if got.Open != inside || !got.Until.IsZero() && !got.Until.After(now) {
					t.Fatalf("%s at %v: %+v, inside %v", text, now.In(z), got, inside)
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"24/7", "Mo-Fr 09:00-17:00; PH off", `Jun-Aug Mo,We 22:00-06:00 "ro ar", Fr 10:00-12:00`, "Dec 24-Jan 6 off", "Fr 20:00-26:00", "-", `"`, "Feb 29 00:00-24:00"} {
		f.Add(seed)
	}
	z := zone(f, "Europe/Rome")
	now := moment(f, "2026-10-25T02:30:00+01:00", z)
	f.Fuzz(func(t *testing.T, text string) {
		h, err := Read(text)
		if err != nil {
			var fault Fault
			if !errors.As(err, &fault) || fault.At < 0 {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		again, err := Read(h.String())
		if err != nil || again.String() != h.String() || len(again.rules) != len(h.rules) {
			t.Fatalf("%q is read as %q, which is read as %q (%v)", text, h, again, err)
		}
		if got := h.At(now, z, "IT"); !got.Until.IsZero() && !got.Until.After(now) {
			t.Fatalf("%q: %+v is over already", text, got)
		}
	})
}

func BenchmarkAt(b *testing.B) {
	z := zone(b, "Europe/Rome")
	h := Must("Mo-Fr 09:00-12:30,14:00-18:00; Sa 09:00-12:00; PH off; Aug off")
	now := moment(b, "2026-11-23 04:00", z)
	b.ReportAllocs()
	for b.Loop() {
		h.At(now, z, "IT")
	}
}
