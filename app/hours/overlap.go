package hours

import "time"

// overlap looks for two rules that open the same minutes of the same kind of day. A later
// rule takes an earlier one's place, so only times of one rule and of rules added to it can
// meet on a day; on the day after, what went over midnight can meet the morning, whichever
// rule it comes from.
func (h Hours) overlap() error {
	at := 0
	for i, r := range h.rules {
		if err := r.own(at); err != nil {
			return err
		}
		for _, other := range h.chain(i) {
			if err := r.meets(other, at); err != nil {
				return err
			}
		}
		at += len(r.text) + 2
	}
	return h.midnight()
}

// own compares the times of one rule among themselves.
func (r rule) own(at int) error {
	for i, a := range r.spans {
		for _, b := range r.spans[:i] {
			if a.From < b.To && b.From < a.To {
				return Fault{at, Overlap, clockOf(a), clockOf(b)}
			}
		}
	}
	return nil
}

// chain are the rules before rule i that it was added to.
func (h Hours) chain(i int) []rule {
	first := i
	for first > 0 && h.rules[first].added {
		first--
	}
	return h.rules[first:i]
}

// meets compares two rules of one chain on every day that both may speak of.
func (r rule) meets(other rule, at int) error {
	if !r.shares(other) {
		return nil
	}
	for _, a := range r.spans {
		for _, b := range other.spans {
			if a.From < b.To && b.From < a.To {
				return Fault{at, Overlap, r.text, other.text}
			}
		}
	}
	return nil
}

// shares says whether some day belongs to both rules.
func (r rule) shares(other rule) bool {
	if !datesShare(r.dates, other.dates) {
		return false
	}
	if r.anyDay || other.anyDay || r.holidays && other.holidays {
		return true
	}
	for d := range r.weekdays {
		if r.weekdays[d] && other.weekdays[d] {
			return true
		}
	}
	return false
}

func datesShare(a, b []dates) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	// 2028 is a leap year, so that 29 February is among its days.
	for d := time.Date(2028, 1, 1, 12, 0, 0, 0, time.UTC); d.Year() == 2028; d = d.AddDate(0, 0, 1) {
		inA, inB := false, false
		for _, x := range a {
			inA = inA || x.hold(d)
		}
		for _, x := range b {
			inB = inB || x.hold(d)
		}
		if inA && inB {
			return true
		}
	}
	return false
}

// midnight walks through an ordinary leap year and looks whether what went over midnight
// meets the morning of the day after.
func (h Hours) midnight() error {
	over := false
	for _, r := range h.rules {
		for _, s := range r.spans {
			over = over || s.To > day
		}
	}
	if !over {
		return nil
	}
	var last []Span
	for d := time.Date(2027, 12, 31, 12, 0, 0, 0, time.UTC); d.Year() <= 2028; d = d.AddDate(0, 0, 1) {
		spans := h.Day(d.Year(), d.Month(), d.Day(), "")
		for _, a := range last {
			for _, b := range spans {
				if a.To-day > b.From {
					return Fault{0, Overlap, clockOf(a), clockOf(b)}
				}
			}
		}
		last = spans
	}
	return nil
}

// clockOf writes a span as the notation does.
func clockOf(s Span) string {
	return Clock(s.From) + "-" + Clock(s.To)
}
