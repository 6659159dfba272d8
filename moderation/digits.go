package moderation

// numeral is one group of digits, written in digits of any script or in words.
type numeral struct {
	first, last int    // words
	digits      string // in ASCII
	spelled     bool
	sep         rune // what stands before it: 0 at the start, ' ' or a sign
}

// maxBetween bounds the signs between two groups of one number.
const maxBetween = 4

// findNumbers gathers numerals that stand together and judges each gathering.
func (pg *page) findNumbers() {
	pg.findIBANs()
	var run []numeral
	plus := false
	for i := 0; i < len(pg.words); {
		if len(run) == 0 && (pg.words[i].wordy() || pg.standsAlone(i)) {
			i++ // most words: nothing is gathered, and this begins nothing of interest
			continue
		}
		if part, ok := pg.nextPart(run, i); ok {
			run, i = append(run, part), part.last+1
			continue
		}
		n, ok := pg.numeral(i, len(run) > 0)
		if !ok || pg.glyphs[pg.words[i].first].taken {
			pg.judge(run, plus)
			run, i = run[:0], i+1
			continue
		}
		if len(run) > 0 {
			sep, joined := pg.between(&run[len(run)-1], &n)
			if !joined {
				pg.judge(run, plus)
				run = run[:0]
			}
			n.sep = sep
		}
		if len(run) == 0 {
			n.sep = 0
			first := pg.words[i].first
			plus = first > 0 && pg.glyphs[first-1].r == '+'
		}
		run = append(run, n)
		i = n.last + 1
	}
	pg.judge(run, plus)
}

// nextPart reads the next part of a phone number that is told in parts: "number: 333 then 123". Only
// an announced number is, since people count and reckon in the same words.
func (pg *page) nextPart(run []numeral, i int) (numeral, bool) {
	next := i
	for next < len(pg.words) && next < i+2 && pg.words[next].roles&roleThen != 0 && !pg.words[next].breaks {
		next++
	}
	if len(run) == 0 || next == i || next == len(pg.words) || !pg.near(run[0].first, i-1, rolePhone) {
		return numeral{}, false
	}
	part, ok := pg.numeral(next, false)
	part.sep = ' '
	return part, ok
}

// numeral reads the numeral that begins at word i. A lone letter o is a zero only inside a number.
func (pg *page) numeral(i int, inside bool) (numeral, bool) {
	w := &pg.words[i]
	if w.number >= 0 && !w.digits {
		return pg.spelledNumeral(i), true
	}
	if w.han || w.money || w.spaced {
		return numeral{}, false
	}
	if !w.digits && !w.mixed && (w.last != w.first+1 || !inside || !pg.digitsAt(i+1)) {
		return numeral{}, false
	}
	var buf [maxWord]byte
	n := 0
	for _, g := range pg.glyphs[w.first:w.last] {
		r := g.r
		if g.class != digit {
			like, ok := digitLike(r)
			if !ok || !w.mixed && g.class == cyrillic && like != '0' {
				return numeral{}, false // "9 з 10" is "9 of 10"
			}
			r = like
		}
		if n < maxWord {
			buf[n] = byte(r)
			n++
		}
	}
	return numeral{first: i, last: i, digits: string(buf[:n])}, true
}

// wordy says whether a word can neither be a number nor begin one.
func (w *word) wordy() bool { return w.number < 0 && !w.digits && !w.mixed }

// standsAlone says whether word i is a number word after which no number goes on. It is too short to
// be anything that is looked for, and in Chinese "one" stands everywhere.
func (pg *page) standsAlone(i int) bool {
	if w := &pg.words[i]; w.digits || w.mixed {
		return false
	}
	if i+1 == len(pg.words) {
		return true
	}
	next := &pg.words[i+1]
	return next.wordy() && next.roles&(roleThen|roleAnd) == 0 && (next.han || next.last > next.first+1)
}

func (pg *page) digitsAt(i int) bool { return i < len(pg.words) && pg.words[i].digits }

// spelledNumeral composes number words: "trente-quatre" is 34, and French counts on to
// "soixante-dix-neuf".
func (pg *page) spelledNumeral(i int) numeral {
	value := int(pg.words[i].number)
	last := i
	for next := i + 1; next < len(pg.words); next++ {
		w := &pg.words[next]
		if w.roles&roleAnd != 0 && w.number < 0 && next+1 < len(pg.words) && value >= 20 {
			next++
			w = &pg.words[next]
		}
		part := int(w.number)
		switch {
		case part < 0 || w.digits:
			return numeral{first: i, last: last, digits: decimal(value), spelled: true}
		case value == 4 && part == 20:
			value = 80 // quatre-vingt
		case composes(value, part):
			value += part
		default:
			return numeral{first: i, last: last, digits: decimal(value), spelled: true}
		}
		last = next
	}
	return numeral{first: i, last: last, digits: decimal(value), spelled: true}
}

// composes says whether part continues the number that stands at value.
func composes(value, part int) bool {
	switch {
	case part == 0:
		return false
	case value >= 100 && value%100 == 0:
		return part < 100
	case value >= 20 && value%10 == 0:
		return part < 10 || part < 20 && (value == 60 || value == 80)
	}
	return value == 70 && part < 10
}

func decimal(v int) string {
	const ones = "0123456789"
	if v < 10 {
		return ones[v : v+1]
	}
	return decimal(v/10) + ones[v%10:v%10+1]
}

// between looks at the signs between two numerals and says whether they may belong to one
// number, and which sign separates them.
func (pg *page) between(a, b *numeral) (rune, bool) {
	before, after := &pg.words[a.last], &pg.words[b.first]
	gap := pg.glyphs[before.last:after.first]
	ones := len(a.digits) == 1 && len(b.digits) == 1 || a.spelled && b.spelled
	if len(gap) > maxBetween || after.breaks && !ones {
		return 0, false
	}
	sep := rune(' ')
	for _, g := range gap {
		switch g.r {
		case '\n', ':', ';', '=', '%', '+', '!', '?', '<', '>':
			return 0, false
		case ',':
			if !ones {
				return 0, false
			}
			sep = ','
		case ' ':
		default:
			sep = g.r
		}
	}
	return sep, true
}
