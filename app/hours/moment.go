package hours

import (
	"fmt"
	"slices"
	"time"
)

// State is whether a place is open at a moment, and what changes next.
type State struct {
	Open bool
	// Until is when it closes, or, where it is closed, when it opens next. Zero is not
	// within the next two weeks.
	Until time.Time
	// Langs are the languages of the hours that Open or Until speak of.
	Langs []string
	// Holiday says that the day is a public holiday of which the hours say nothing: whoever
	// goes there should call first.
	Holiday bool
}

// ahead is how many days are looked at for the next opening.
const ahead = 14

// At says how things stand at a moment, in a zone and a country.
func (h Hours) At(now time.Time, zone *time.Location, country string) State {
	if h.Always() {
		return State{Open: true, Langs: h.rules[0].langs}
	}
	here := now.In(zone)
	state := State{Holiday: !h.SaysHolidays() && Holiday(country, here)}
	for _, s := range h.Between(here.AddDate(0, 0, -1), ahead+2, zone, country) {
		switch {
		case !s.To.After(now):
		case s.From.After(now):
			if !state.Open && state.Until.IsZero() {
				state.Until, state.Langs = s.From, s.Langs
			}
			if state.Open && s.From.Equal(state.Until) {
				state.Until = s.To // it closes and opens in the same minute: it stays open
			}
			if !state.Open || s.From.After(state.Until) {
				return state
			}
		default:
			state.Open, state.Until, state.Langs = true, s.To, s.Langs
		}
	}
	return state
}

// Opening is a piece of time in which a place is open, the end not included.
type Opening struct {
	From, To time.Time
	Langs    []string
}

// Between lists the openings that begin on each of some days, the earliest first, starting
// with the day of from in the zone.
func (h Hours) Between(from time.Time, days int, zone *time.Location, country string) []Opening {
	here := from.In(zone)
	var all []Opening
	for i := range days {
		d := time.Date(here.Year(), here.Month(), here.Day()+i, 12, 0, 0, 0, time.UTC)
		for _, s := range h.Day(d.Year(), d.Month(), d.Day(), country) {
			o := Opening{wall(d, s.From, zone, false), wall(d, s.To, zone, true), s.Langs}
			if o.From.Before(o.To) { // a span that the clock left out is none
				all = append(all, o)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Opening) int { return a.From.Compare(b.From) })
	return all
}

// Window is a piece of time in one zone, made ready for asking many places whether they are
// open at some moment of it.
type Window struct {
	from, to time.Time
	steady   bool // no clock jumps near it
	start    int  // minutes after the midnight of from
	minutes  int
}

// NewWindow makes a window; to lies after from, by a minute at least to ask about a moment.
func NewWindow(from, to time.Time, zone *time.Location) Window {
	from, to = from.In(zone), to.In(zone)
	_, before := from.AddDate(0, 0, -1).Zone()
	_, after := to.AddDate(0, 0, 1).Zone()
	return Window{
		from: from, to: to, steady: before == after,
		start: from.Hour()*60 + from.Minute(), minutes: max(1, int(to.Sub(from)/time.Minute)),
	}
}

// OpenIn says whether a place of a country is open at some moment of a window.
func (h Hours) OpenIn(w Window, country string) bool {
	switch {
	case !h.Known():
		return false
	case h.Always():
		return true
	case w.steady:
		// Where no clock jumps, minutes on the wall are minutes, and nothing has to be made.
		return h.during(w.from, w.start, w.start+w.minutes, country)
	}
	days := w.minutes/day + 3
	for _, o := range h.Between(w.from.AddDate(0, 0, -1), days, w.from.Location(), country) {
		if o.From.Before(w.to) && w.from.Before(o.To) {
			return true
		}
	}
	return false
}

// wall is the moment at which the clock on the wall shows so many minutes after the midnight
// of a day. Where it shows them twice, the last is meant for an end and the first for a
// beginning, because open is the safer promise of a line that answers. Where it never shows
// them, the moment of the jump is meant.
func wall(d time.Time, minutes int, zone *time.Location, end bool) time.Time {
	t := time.Date(d.Year(), d.Month(), d.Day(), 0, minutes, 0, 0, zone)
	want := time.Date(d.Year(), d.Month(), d.Day(), 0, minutes, 0, 0, time.UTC)
	if !sameClock(t, want) {
		began, ends := t.ZoneBounds()
		if !began.IsZero() && t.Sub(began) < 3*time.Hour {
			return began
		}
		return ends
	}
	for _, shift := range []time.Duration{-2 * time.Hour, -time.Hour, -30 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour} {
		if other := t.Add(shift); sameClock(other, want) && (shift > 0) == end {
			return other
		}
	}
	return t
}

func sameClock(t, want time.Time) bool {
	return t.Day() == want.Day() && t.Hour() == want.Hour() && t.Minute() == want.Minute()
}

// Clock writes minutes after midnight as a clock shows them; midnight at the end of a day is
// 24:00, and what goes on after it begins anew.
func Clock(minutes int) string {
	if minutes > day {
		minutes -= day
	}
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}
