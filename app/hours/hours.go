package hours

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Hours are the opening times of one place. The zero value knows nothing.
type Hours struct {
	text  string
	rules []rule
}

// rule is a part of the text: on which days, at which times, in which languages.
type rule struct {
	text     string
	added    bool // it was joined by a comma and takes nothing's place
	dates    []dates
	weekdays [7]bool // Sunday first, as package time counts
	anyDay   bool    // it names no day of the week and no holiday
	holidays bool    // "PH"
	spans    []Span  // none means off
	langs    []string
}

// dates is a span of days of the year, both included; it may go over New Year.
type dates struct{ from, to monthDay }

type monthDay struct {
	month time.Month
	day   int
}

func (a monthDay) before(b monthDay) bool {
	return a.month < b.month || a.month == b.month && a.day < b.day
}

// Span is a piece of a day in minutes after midnight. To is more than a day where it goes
// over midnight; Langs are tags of the languages spoken then, none where nobody said.
type Span struct {
	From, To int
	Langs    []string
}

// Fault is something wrong with a text of hours, at a place in it.
type Fault struct {
	At   int    // byte of the text
	What string // Odd, Overlap or Long
	Part string // the words that are wrong
	With string // of an overlap, the other rule
}

// What can be wrong.
const (
	Odd     = "odd"     // not of this notation
	Overlap = "overlap" // two rules open the same minutes of the same day
	Long    = "long"    // more than any timetable says
)

func (f Fault) Error() string {
	if f.What == Overlap {
		return fmt.Sprintf("hours: at %d: %q is open at the same time as %q", f.At, f.Part, f.With)
	}
	return fmt.Sprintf("hours: at %d: %s: %q", f.At, f.What, f.Part)
}

// Known says whether anything is known.
func (h Hours) Known() bool { return len(h.rules) > 0 }

// String is the text, as it was read.
func (h Hours) String() string { return h.text }

// Always says that a place never closes.
func (h Hours) Always() bool {
	return len(h.rules) == 1 && h.rules[0].anyDay && len(h.rules[0].dates) == 0 &&
		len(h.rules[0].spans) == 1 && h.rules[0].spans[0].From == 0 && h.rules[0].spans[0].To == day
}

// day is the minutes of a day.
const day = 24 * 60

// Day lists the times of one day, the earliest first. country names whose public holidays
// count, as an ISO code.
func (h Hours) Day(year int, month time.Month, dayOf int, country string) []Span {
	at := time.Date(year, month, dayOf, 12, 0, 0, 0, time.UTC)
	var spans []Span
	for _, r := range h.rules[h.first(at, country):] {
		if !r.on(at, country) {
			continue
		}
		for _, s := range r.spans {
			s.Langs = r.langs
			spans = append(spans, s)
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return a.From - b.From })
	return spans
}

// on says whether a rule speaks of a day. Holidays are days of the week as well: only a rule
// for "PH" changes them.
func (r rule) on(at time.Time, country string) bool {
	if len(r.dates) > 0 && !slices.ContainsFunc(r.dates, func(d dates) bool { return d.hold(at) }) {
		return false
	}
	return r.anyDay || r.weekdays[at.Weekday()] || r.holidays && Holiday(country, at)
}

func (d dates) hold(at time.Time) bool {
	on := monthDay{at.Month(), at.Day()}
	if d.to.before(d.from) {
		return !on.before(d.from) || !d.to.before(on)
	}
	return !on.before(d.from) && !d.to.before(on)
}

// SaysHolidays says whether the hours speak of public holidays. Where they do not, nobody
// knows whether the door is open on one.
func (h Hours) SaysHolidays() bool {
	return h.Always() || slices.ContainsFunc(h.rules, func(r rule) bool { return r.holidays })
}

// Langs lists the languages of any hour, in the order of the text.
func (h Hours) Langs() []string {
	var all []string
	for _, r := range h.rules {
		for _, l := range r.langs {
			if !slices.Contains(all, l) {
				all = append(all, l)
			}
		}
	}
	return all
}

// Must reads hours that stand in the program itself.
func Must(text string) Hours {
	h, err := Read(text)
	if err != nil {
		panic(err)
	}
	return h
}

// squeezed is a text with single blanks.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// during says whether a place is open at some minute from one wall time to another. They are
// minutes after the midnight of a day in the zone of the place; to may lie days later.
func (h Hours) during(midnight time.Time, from, to int, country string) bool {
	for shift := -1; shift*day < to; shift++ {
		at := time.Date(midnight.Year(), midnight.Month(), midnight.Day()+shift, 12, 0, 0, 0, time.UTC)
		for i := h.first(at, country); i < len(h.rules); i++ {
			if r := &h.rules[i]; r.on(at, country) {
				for _, s := range r.spans {
					if s.From+shift*day < to && from < s.To+shift*day {
						return true
					}
				}
			}
		}
	}
	return false
}

// first is the rule from which on those that speak of a day count: a rule that is not added
// takes the place of all before it.
func (h Hours) first(at time.Time, country string) int {
	first := 0
	for i := range h.rules {
		if !h.rules[i].added && h.rules[i].on(at, country) {
			first = i
		}
	}
	return first
}
