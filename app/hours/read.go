package hours

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Longest is the length of a text of hours in bytes; the longest of a real city is shorter.
const Longest = 300

// mostRules is how many rules a text may have: overlaps are looked for between all of them.
const mostRules = 24

var weekdays = map[string]time.Weekday{
	"su": time.Sunday, "mo": time.Monday, "tu": time.Tuesday, "we": time.Wednesday,
	"th": time.Thursday, "fr": time.Friday, "sa": time.Saturday,
}

var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// daysIn is how many days a month may have.
var daysIn = [...]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// Read reads hours. An empty text is no fault: then nothing is known. The error is a Fault.
func Read(text string) (Hours, error) {
	h := Hours{text: squeezed(text)}
	if len(h.text) > Longest {
		return Hours{}, Fault{Longest, Long, h.text[:20], ""}
	}
	if h.text == "" {
		return h, nil
	}
	at := 0
	for _, part := range strings.Split(h.text, ";") {
		if err := h.readRules(part, at); err != nil {
			return Hours{}, err
		}
		at += len(part) + 1
	}
	if len(h.rules) > mostRules {
		return Hours{}, Fault{at - 1, Long, h.text[:min(20, len(h.text))], ""}
	}
	if err := h.overlap(); err != nil {
		return Hours{}, err
	}
	return h, nil
}

// readRules reads what stands between two semicolons: a rule and those that a comma adds.
func (h *Hours) readRules(part string, at int) error {
	s := &scanner{text: part, at: at}
	for added := false; ; added = true {
		r, err := s.rule()
		if err != nil {
			return err
		}
		r.added = added
		h.rules = append(h.rules, r)
		if s.rest() == "" {
			return nil
		}
		if !s.take(",") {
			return s.odd()
		}
	}
}

// scanner goes through one part of the text.
type scanner struct {
	text string
	pos  int
	at   int // of the part in the whole text
}

func (s *scanner) rest() string {
	for s.pos < len(s.text) && s.text[s.pos] == ' ' {
		s.pos++
	}
	return s.text[s.pos:]
}

func (s *scanner) take(word string) bool {
	if !strings.HasPrefix(strings.ToLower(s.rest()), word) {
		return false
	}
	s.pos += len(word)
	return true
}

// find takes what a pattern, anchored at the beginning, matches; nil is nothing.
func (s *scanner) find(p *regexp.Regexp) []string {
	m := p.FindStringSubmatch(s.rest())
	if m != nil {
		s.pos += len(m[0])
	}
	return m
}

func (s *scanner) odd() error {
	rest := s.rest()
	if len(rest) > 20 {
		rest = strings.ToValidUTF8(rest[:20], "")
	}
	return Fault{s.at + s.pos, Odd, rest, ""}
}

var (
	dateSpan = regexp.MustCompile(`(?i)^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?: (\d{1,2})\b)?(?: ?- ?(?:(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b)? ?(?:(\d{1,2})\b)?)?`)
	daySpan  = regexp.MustCompile(`(?i)^(mo|tu|we|th|fr|sa|su|ph)\b(?: ?- ?(mo|tu|we|th|fr|sa|su)\b)?`)
	timeSpan = regexp.MustCompile(`^(\d{1,2}):(\d\d) ?- ?(\d{1,2}):(\d\d)`)
	langList = regexp.MustCompile(`^"((?:[a-zA-Z]{2,3}(?:-[A-Za-z]{2,4})?[ ,]*)+)"`)
)

func (s *scanner) rule() (rule, error) {
	start := s.pos
	var r rule
	if s.take("24/7") {
		r.anyDay, r.spans = true, []Span{{From: 0, To: day}}
		return s.end(r, start)
	}
	if err := s.days(&r); err != nil {
		return r, err
	}
	switch {
	case s.take("off"), s.take("closed"):
	case s.rest() == "" || s.rest()[0] < '0' || s.rest()[0] > '9':
		return r, s.odd()
	default:
		if err := s.times(&r); err != nil {
			return r, err
		}
	}
	return s.end(r, start)
}

// end reads the languages behind a rule and keeps its own words.
func (s *scanner) end(r rule, start int) (rule, error) {
	if m := s.find(langList); m != nil {
		r.langs = strings.FieldsFunc(m[1], func(c rune) bool { return c == ' ' || c == ',' })
	}
	r.text = strings.TrimSpace(s.text[start:s.pos])
	return r, nil
}

// days reads months, dates, days of the week and holidays, as far as there are any.
func (s *scanner) days(r *rule) error {
	for {
		m := s.find(dateSpan)
		if m == nil {
			break
		}
		d, ok := readDates(m)
		if !ok {
			s.pos -= len(m[0])
			return s.odd()
		}
		r.dates = append(r.dates, d)
		if !s.take(",") {
			break
		}
	}
	r.anyDay = true
	for {
		m := s.find(daySpan)
		if m == nil {
			break
		}
		r.anyDay = false
		from := strings.ToLower(m[1])
		if from == "ph" {
			if m[2] != "" {
				s.pos -= len(m[0])
				return s.odd()
			}
			r.holidays = true
		} else {
			last := weekdays[from]
			if m[2] != "" {
				last = weekdays[strings.ToLower(m[2])]
			}
			for d := weekdays[from]; ; d = (d + 1) % 7 {
				r.weekdays[d] = true
				if d == last {
					break
				}
			}
		}
		if !s.take(",") {
			break
		}
	}
	return nil
}

// readDates turns the parts of dateSpan into days of the year.
func readDates(m []string) (dates, bool) {
	from := months[strings.ToLower(m[1])]
	to := from
	if m[3] != "" {
		to = months[strings.ToLower(m[3])]
	}
	d := dates{monthDay{from, 1}, monthDay{to, daysIn[to]}}
	if m[2] != "" {
		d.from.day, _ = strconv.Atoi(m[2])
		if m[3] == "" && m[4] == "" {
			d.to.day = d.from.day
		}
	}
	if m[4] != "" {
		d.to.day, _ = strconv.Atoi(m[4])
	}
	whole := strings.TrimSpace(m[0])
	ok := d.from.day >= 1 && d.from.day <= daysIn[from] && d.to.day >= 1 && d.to.day <= daysIn[to] &&
		!strings.HasSuffix(whole, "-") && (m[4] == "" || m[2] != "") && (m[3] == "" || m[2] == "" || m[4] != "")
	return d, ok
}

func (s *scanner) times(r *rule) error {
	for {
		m := s.find(timeSpan)
		if m == nil {
			return s.odd()
		}
		from, okFrom := minutes(m[1], m[2], day-1)
		to, okTo := minutes(m[3], m[4], 2*day)
		if okFrom && okTo && to <= from {
			to += day
		}
		if !okFrom || !okTo || to-from > day {
			s.pos -= len(m[0])
			return s.odd()
		}
		r.spans = append(r.spans, Span{From: from, To: to})
		// A comma may add a time or a whole rule: a rule begins with a letter.
		before := s.pos
		if !s.take(",") {
			return nil
		}
		if rest := s.rest(); rest == "" || rest[0] < '0' || rest[0] > '9' || strings.HasPrefix(rest, "24/7") {
			s.pos = before
			return nil
		}
	}
}

// minutes of the day; most is the latest that a time may be.
func minutes(hour, minute string, most int) (int, bool) {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	return h*60 + m, m < 60 && h*60+m <= most
}
