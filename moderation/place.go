package moderation

// findPlaces looks for streets with a number, and for plates.
func (pg *page) findPlaces() {
	for i := range pg.withRole(roleStreet | roleStreetMark | roleStreetAfter) {
		if pg.words[i].roles&(roleStreet|roleStreetMark) != 0 {
			pg.streetBefore(i)
		}
		if pg.words[i].roles&roleStreetAfter != 0 {
			pg.streetAfter(i)
		}
	}
	pg.findPlates()
}

// maxStreetWords bounds the name of a street.
const maxStreetWords = 4

// streetBefore reads "via Roma 12", "12 rue des Lilas", "str. Florilor nr. 5" around the word
// for a street at i.
func (pg *page) streetBefore(i int) {
	spoken := pg.spokenAt(i, roleStreet|roleStreetMark)
	if from, ok := pg.numberBefore(i); ok {
		last := i
		for last+1 < len(pg.words) && last < i+maxStreetWords && pg.streetName(last+1, i, spoken) {
			last++
		}
		if last > i {
			pg.add(ruleAddress, int(pg.words[from].from), int(pg.words[last].to))
			return
		}
	}
	marked := false
	for k := i + 1; k < len(pg.words) && k <= i+maxStreetWords+2; k++ {
		w := &pg.words[k]
		switch {
		case w.breaks && !pg.words[k-1].abbreviates():
			return
		case w.roles&roleNumberMark != 0 && k > i+1:
			marked = true
		case pg.leadingDigits(w) > 0:
			needed := pg.words[i].roles&roleStreet == 0
			if k > i+1 && (marked || !needed && pg.houseNumber(k)) {
				pg.add(ruleAddress, int(pg.words[i].from), int(w.to))
			}
			return
		case pg.stops(k, spoken) || w.roles&roleUnit != 0 || w.number > 0 && !w.upper:
			return
		}
	}
}

// spokenAt lists the languages of the page in which word i has one of the roles.
func (pg *page) spokenAt(i int, r role) languageSet {
	var s languageSet
	w := &pg.words[i]
	for _, a := range pg.atoms[w.atoms.from:w.atoms.to] {
		for _, l := range pg.book.atoms[a].local {
			if l.roles&r != 0 {
				s |= l.langs & pg.spoken
			}
		}
	}
	if s == 0 {
		return pg.spoken // the role belongs to several words, or to every language
	}
	return s
}

// stops says whether word k cannot stand in the name of a street, in the languages of the word
// for the street: "la" ends one in Romanian, and "Avenida de la Paz" is Spanish.
func (pg *page) stops(k int, spoken languageSet) bool {
	w := &pg.words[k]
	for _, a := range pg.atoms[w.atoms.from:w.atoms.to] {
		if pg.book.atoms[a].rolesIn(spoken)&roleStop != 0 {
			return true
		}
	}
	return false
}

// abbreviates says whether a dot after the word belongs to it, as in "nr. 5" or "str. Florilor".
func (w *word) abbreviates() bool {
	return w.roles&(roleNumberMark|roleStreet|roleStreetMark) != 0 && w.last-w.first <= 4
}

// streetName says whether word k can stand in the name of the street that begins at i: a word
// with a capital, or a small word with a capital after it.
func (pg *page) streetName(k, i int, spoken languageSet) bool {
	w := &pg.words[k]
	if w.breaks || w.digits || pg.stops(k, spoken) {
		return false
	}
	if w.upper || pg.glyphs[w.first].class == arabic || k == i+1 {
		return true
	}
	return w.last-w.first <= 3 && k+1 < len(pg.words) && pg.words[k+1].upper
}

// numberBefore says whether a house number stands just before word i, with "bis" or "ter".
func (pg *page) numberBefore(i int) (int, bool) {
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		if pg.words[k+1].breaks {
			return 0, false
		}
		w := &pg.words[k]
		if n := pg.leadingDigits(w); n > 0 {
			return k, n <= 3 && !pg.amountWords(k)
		}
		if w.last-w.first > 3 {
			return 0, false
		}
	}
	return 0, false
}

// amountWords says whether a currency sign stands before word k.
func (pg *page) amountWords(k int) bool { return k > 0 && pg.words[k-1].money }

// houseNumber says whether the number at word k can be that of a house: up to four digits, not a
// year, and not an amount, an hour or a date.
func (pg *page) houseNumber(k int) bool {
	w := &pg.words[k]
	n := pg.leadingDigits(w)
	if n == 0 || n > 4 || pg.amountWords(k) {
		return false
	}
	if n == 4 && isYear(runesOf(pg.glyphs[w.first:w.first+4])) {
		return false
	}
	if int(w.last) < len(pg.glyphs) && pg.glyphs[w.last].r == ':' || pg.unitWithin(w, n) {
		return false
	}
	if k+1 == len(pg.words) {
		return true
	}
	next := &pg.words[k+1]
	return next.breaks || next.roles&roleUnit == 0 && !next.money
}

// unitWithin says whether a unit is written onto the n digits of a word, as in "4pm" and "18h". A
// single letter else belongs to a house: 12a.
func (pg *page) unitWithin(w *word, n int) bool {
	tail := pg.glyphs[w.first+int32(n) : w.last]
	if len(tail) == 0 || len(tail) == 1 && tail[0].r != 'h' {
		return false
	}
	h := uint64(hashSeed)
	for _, g := range tail {
		h = hashStep(h, g.r)
	}
	a, ok := pg.book.table.get(h)
	return ok && pg.book.atoms[a].rolesIn(pg.spoken)&roleUnit != 0
}

// streetAfter reads "12 Rose Street" before the word for a street at i.
func (pg *page) streetAfter(i int) {
	spoken := pg.spokenAt(i, roleStreetAfter)
	small := 0
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		w := &pg.words[k]
		if pg.words[k+1].breaks {
			return
		}
		if n := pg.leadingDigits(w); n > 0 {
			if k < i-1 && n <= 4 && small <= 1 && !pg.amountWords(k) && pg.words[k+1].roles&roleUnit == 0 &&
				!(n == 4 && isYear(runesOf(pg.glyphs[w.first:w.first+4]))) {
				pg.add(ruleAddress, int(w.from), int(pg.words[i].to))
			}
			return
		}
		if pg.stops(k, spoken) {
			return
		}
		if !w.upper {
			small++
		}
	}
}

// The letters and digits that a plate can have.
const (
	minPlate = 6
	maxPlate = 9
)

// findPlates looks for shapes of plates. Some shapes are only plates if a word says so. A plate has a
// digit in its first, second or third word, which spares most words a look.
func (pg *page) findPlates() {
	next := 0 // the first word from i on that has digits
	for i := 0; i < len(pg.words); i++ {
		for next = max(next, i); next < len(pg.words) && !pg.words[next].digits && !pg.words[next].mixed; {
			next++
		}
		if next == len(pg.words) {
			return
		}
		i = max(i, next-2)
		if w := &pg.words[i]; w.last-w.first <= maxPlate {
			pg.plateAt(i)
		}
	}
}

// plateAt looks for a plate that begins at word i.
func (pg *page) plateAt(i int) {
	var buf [maxPlate]byte
	shape := buf[:0]
	for k := i; k < len(pg.words) && k < i+4 && len(shape) < maxPlate; k++ {
		if k > i && pg.words[k].first > pg.words[k-1].last+1 {
			return
		}
		var ok bool
		if shape, ok = pg.addShape(shape, &pg.words[k]); !ok {
			return
		}
		if len(shape) >= minPlate && pg.isPlate(shape, i, k) {
			pg.add(rulePlate, int(pg.words[i].from), int(pg.words[k].to))
			return
		}
	}
}

// addShape appends a letter L, or Han H, or a digit D for each glyph of a word.
func (pg *page) addShape(shape []byte, w *word) ([]byte, bool) {
	for _, g := range pg.glyphs[w.first:w.last] {
		if len(shape) == maxPlate {
			return shape, false
		}
		switch {
		case g.class == digit:
			shape = append(shape, 'D')
		case g.class == han && len(shape) > 0:
			return shape, false // plates begin with the one that they have, if any
		case g.class == han:
			shape = append(shape, 'H')
		case g.class.isLetter():
			shape = append(shape, 'L')
		default:
			return shape, false
		}
	}
	return shape, true
}

// isPlate says whether the words i..k, of that shape, are a plate.
func (pg *page) isPlate(shape []byte, i, k int) bool {
	strict := pg.book.strict[string(shape)]
	if !strict && !pg.book.announced[string(shape)] {
		return false
	}
	if pg.near(i, k, rolePlate) {
		return true
	}
	if !strict {
		return false
	}
	for _, g := range pg.glyphs[pg.words[i].first:pg.words[k].last] {
		if g.class.isLetter() && !g.upper {
			return false
		}
	}
	return i == k || !pg.shouts(i-1) && !pg.shouts(k+1)
}

// shouts says whether word i is written in capitals, so that capitals mean nothing around it.
func (pg *page) shouts(i int) bool {
	if i < 0 || i >= len(pg.words) || pg.words[i].last-pg.words[i].first < 2 {
		return false
	}
	w := &pg.words[i]
	for _, g := range pg.glyphs[w.first:w.last] {
		if !g.upper {
			return false
		}
	}
	return true
}
