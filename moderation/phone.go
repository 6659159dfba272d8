package moderation

import "strings"

// The digits that a phone number can have. Few digits need a word such as "call" beside them,
// because case numbers and amounts have as many.
const (
	fewestDigits = 7
	plainDigits  = 9
	mostDigits   = 15
)

// judge decides what a gathering of numerals is. Dates, hours, years, amounts and help lines are
// taken out first; what remains on either side of them is judged on its own.
func (pg *page) judge(run []numeral, plus bool) {
	total := 0
	for _, n := range run {
		total += len(n.digits)
	}
	if total < fewestDigits {
		return
	}
	plain := make([]bool, len(run))
	pg.markTimes(run, plain)
	pg.markAmounts(run, plain)
	for i := 0; i < len(run); {
		if plain[i] {
			i++
			continue
		}
		end := i
		for end < len(run) && !plain[end] {
			end++
		}
		pg.judgePart(run[i:end], plus && i == 0)
		i = end
	}
}

// judgePart decides about numerals that are neither times nor amounts.
func (pg *page) judgePart(run []numeral, plus bool) {
	digits := joinDigits(run)
	start, end := int(pg.words[run[0].first].from), int(pg.words[run[len(run)-1].last].to)
	switch {
	case len(digits) < fewestDigits || pg.book.helpful(run, digits):
	case isCard(digits):
		pg.add(ruleCard, start, end)
	case pg.isPhone(run, digits, plus):
		if plus {
			start = int(pg.glyphs[pg.words[run[0].first].first-1].from)
		}
		pg.add(rulePhone, start, end)
	}
}

func joinDigits(run []numeral) string {
	if len(run) == 1 {
		return run[0].digits
	}
	var s strings.Builder
	for _, n := range run {
		s.WriteString(n.digits)
	}
	return s.String()
}

// isPhone says whether the digits look like a number to call.
func (pg *page) isPhone(run []numeral, digits string, plus bool) bool {
	n := len(digits)
	if n > mostDigits || allSame(digits) || climbs(run) || round(run) {
		return false
	}
	if plus || strings.HasPrefix(digits, "00") {
		return n >= fewestDigits+1
	}
	lone, spelled := 0, 0
	for _, g := range run {
		if len(g.digits) == 1 {
			lone++
		}
		if g.spelled {
			spelled++
		}
	}
	switch {
	case lone == len(run) && len(run) >= fewestDigits:
		return true // pulled apart on purpose
	case spelled > 0 && len(run) < 4 && n < plainDigits:
		return false
	case spelled == len(run):
		return len(run) >= 4 && n >= fewestDigits+1
	}
	announced := pg.near(run[0].first, run[len(run)-1].last, rolePhone)
	if lone > 1 && lone < 4 && !announced && spelled == 0 {
		return false // a list of small numbers
	}
	return n >= plainDigits || announced || localShape(run)
}

// near says whether a word with the role stands just before the words first..last, or just after.
func (pg *page) near(first, last int, r role) bool {
	for i := max(0, first-5); i < min(len(pg.words), last+3); i++ {
		if (i < first || i > last) && pg.words[i].roles&r != 0 {
			return true
		}
	}
	return false
}

// localShape knows the ways in which a number without its area is written: 555-1234, 123-45-67.
func localShape(run []numeral) bool {
	var shape strings.Builder
	for _, n := range run {
		shape.WriteByte(byte('0' + min(len(n.digits), 9)))
		if n.sep != 0 && n.sep != '-' {
			return false
		}
	}
	return shape.String() == "34" || shape.String() == "322"
}

func allSame(digits string) bool { return strings.Count(digits, digits[:1]) == len(digits) }

// climbs says whether four or more numerals only rise, as in a count or a list of ages.
func climbs(run []numeral) bool {
	if len(run) < 4 || run[0].digits[0] == '0' {
		return false
	}
	for i := 1; i < len(run); i++ {
		a, b := run[i-1].digits, run[i].digits
		if len(b) < len(a) || len(a) == len(b) && b <= a || len(b) > 2 || b[0] == '0' {
			return false
		}
	}
	return true
}

// round says whether the numerals are thousands, as in 1 500 000.
func round(run []numeral) bool {
	if len(run) < 2 || len(run[0].digits) > 3 {
		return false
	}
	for _, n := range run[1:] {
		if len(n.digits) != 3 {
			return false
		}
	}
	return run[len(run)-1].digits == "000"
}

// helpful says whether the numerals are help lines and nothing else.
func (b *book) helpful(run []numeral, digits string) bool {
	for _, prefix := range []string{"", "0039", "0033", "0040", "0044", "0034", "00", "39", "33", "40", "34", "44", "7"} {
		if rest, ok := strings.CutPrefix(digits, prefix); ok && (b.helpLines[rest] || prefix != "" && b.helpLines["0"+rest]) {
			return true
		}
	}
	return b.allHelpful(run)
}

// maxHelpLines bounds the groups of digits that are tried as a row of help lines, since a row can
// be cut in many ways.
const maxHelpLines = 24

// allHelpful cuts the numerals into help lines: 112 1522 800 290 290.
func (b *book) allHelpful(run []numeral) bool {
	if len(run) == 0 {
		return true
	}
	if len(run) > maxHelpLines {
		return false
	}
	digits := ""
	for i, n := range run {
		digits += n.digits
		if b.helpLines[digits] && b.allHelpful(run[i+1:]) {
			return true
		}
		if i == 5 {
			break
		}
	}
	return false
}

// markTimes marks dates, hours, ranges of hours and years.
func (pg *page) markTimes(run []numeral, plain []bool) {
	years := 0
	for i, n := range run {
		if isYear(n.digits) {
			years++
		}
		if i+2 < len(run) && isDate(run, i) {
			plain[i], plain[i+1], plain[i+2] = true, true, true
		}
		if i+1 < len(run) && (isClock(run, i) || isSpan(run, i)) {
			plain[i], plain[i+1] = true, true
		}
	}
	if years == len(run) {
		for i := range plain {
			plain[i] = true
		}
	}
}

func isYear(d string) bool { return len(d) == 4 && (d[:2] == "19" || d[:2] == "20") }

// isDate says whether three numerals from i on are a day, a month and a year.
func isDate(run []numeral, i int) bool {
	a, b, c := run[i], run[i+1], run[i+2]
	sep := b.sep
	if c.sep != sep || sep != '/' && sep != '.' && sep != '-' || i+3 < len(run) && run[i+3].sep == sep || i > 0 && a.sep == sep {
		return false
	}
	if isYear(a.digits) {
		return atMost(b.digits, 12) && atMost(c.digits, 31)
	}
	return (atMost(a.digits, 31) && atMost(b.digits, 12) || atMost(a.digits, 12) && atMost(b.digits, 31)) &&
		(isYear(c.digits) || len(c.digits) == 2)
}

// isClock says whether two numerals are hours and minutes, as in 9.30, or "24/7".
func isClock(run []numeral, i int) bool {
	a, b := run[i], run[i+1]
	if i+2 < len(run) && run[i+2].sep == b.sep || i > 0 && a.sep == b.sep {
		return false
	}
	switch b.sep {
	case '.':
		return atMost(a.digits, 24) && len(b.digits) == 2 && atMost(b.digits, 59)
	case '/':
		return b.digits == "7" && (a.digits == "24" || a.digits == "7")
	}
	return false
}

// isSpan says whether two numerals are opening hours, as in 9-13.
func isSpan(run []numeral, i int) bool {
	a, b := run[i], run[i+1]
	if b.sep != '-' || i+2 < len(run) && run[i+2].sep == '-' || i > 0 && a.sep == '-' {
		return false
	}
	if isYear(a.digits) && isYear(b.digits) {
		return true
	}
	if len(a.digits)+len(b.digits) == 2 && (i > 0 && len(run[i-1].digits) == 1 || i+2 < len(run) && len(run[i+2].digits) == 1) {
		return false // single digits pulled apart: 3 3 3 - 4 5 6
	}
	return a.digits[0] != '0' && atMost(a.digits, 24) && atMost(b.digits, 24) &&
		(len(a.digits) < len(b.digits) || a.digits < b.digits)
}

// atMost says whether one or two digits are a number up to limit.
func atMost(d string, limit int) bool {
	if len(d) > 2 {
		return false
	}
	v := int(d[0] - '0')
	if len(d) == 2 {
		v = v*10 + int(d[1]-'0')
	}
	return v <= limit
}

// markAmounts marks the last numeral before a currency or a unit, or after a currency sign, with
// the groups of three that belong to it.
func (pg *page) markAmounts(run []numeral, plain []bool) {
	last := len(run) - 1
	next := run[last].last + 1
	before := run[0].first - 1
	if next < len(pg.words) && !pg.words[next].breaks && (pg.words[next].money || pg.words[next].roles&roleUnit != 0) {
		for i := last; i >= 0; i-- {
			plain[i] = true
			if len(run[i].digits) != 3 {
				break
			}
		}
	}
	if before >= 0 && pg.words[before].money {
		plain[0] = true
		for i := 1; i <= last && len(run[i].digits) == 3; i++ {
			plain[i] = true
		}
	}
}
