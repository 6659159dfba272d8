package moderation

import "sort"

// findContacts looks for e-mail addresses, links and handles, in this order, since each lies
// within what the next would take for its own.
func (pg *page) findContacts() {
	pg.eachAt(pg.emailAt)
	for i := range pg.withRole(roleAt) {
		pg.spelledEmail(i)
	}
	pg.findLinks()
	pg.eachAt(pg.handleAt)
	for i := range pg.withRole(roleMessenger) {
		pg.namedHandle(i)
	}
}

// eachAt looks at every @.
func (pg *page) eachAt(look func(i int)) {
	for _, i := range pg.signs {
		if pg.glyphs[i].r == '@' {
			look(int(i))
		}
	}
}

// mailRune says whether a glyph can stand before the @ of an address.
func mailRune(g glyph) bool {
	switch g.r {
	case '.', '_', '-', '%', '+':
		return true
	}
	return g.class.inWord() && g.class != han
}

// hostRune says whether a glyph can stand in the name of a host.
func hostRune(g glyph) bool {
	return g.r == '.' || g.r == '-' || g.class.inWord() && g.class != han
}

// emailAt reads an address around the @ at glyph i. Blanks may stand around the @ and the dots
// if what comes is a mail provider or ends in a known top-level domain.
func (pg *page) emailAt(i int) {
	g := pg.glyphs
	left := i
	for left > 0 && g[left-1].r == ' ' && i-left < 2 {
		left--
	}
	from := left
	for from > 0 && mailRune(g[from-1]) {
		from--
	}
	if from == left {
		return
	}
	right := i + 1
	for right < len(g) && g[right].r == ' ' && right-i <= 2 {
		right++
	}
	first := pg.wordAt(right)
	if first < 0 {
		return
	}
	tight := left == i && right == i+1
	to, ok := pg.hostFrom(first, tight)
	if !ok && !pg.providerAt(right, first) {
		return
	}
	pg.take(ruleEmail, int(g[from].from), to)
}

// providerAt says whether the glyphs from i to the end of a word name a mail provider. The word
// may begin before i, since an @ between letters is read as a letter too.
func (pg *page) providerAt(i, word int) bool {
	end := int(pg.words[word].last)
	if end-i > maxWord {
		return false
	}
	h := uint64(hashSeed)
	for _, g := range pg.glyphs[i:end] {
		h = hashStep(h, g.r)
	}
	a, ok := pg.book.table.get(h)
	return ok && pg.book.atoms[a].roles&roleProvider != 0
}

// hostFrom reads the host of an address from word first on, and returns where it ends.
func (pg *page) hostFrom(first int, tight bool) (end int, ok bool) {
	known := pg.words[first].roles&roleProvider != 0
	end, ok = int(pg.words[first].to), known
	for i := first; i+1 < len(pg.words); i++ {
		dot, blanks, spelled, next := pg.dotAfter(i)
		if !dot || next >= len(pg.words) || blanks && !spelled && !known {
			break
		}
		w := &pg.words[next]
		if w.digits || w.han {
			break
		}
		if w.roles&roleTop != 0 || tight && !blanks && !w.mixed && w.last-w.first >= 2 {
			ok, end = true, int(w.to)
		} else if blanks {
			break
		}
		i = next - 1
	}
	return end, ok
}

// dotAfter says whether a dot follows word i: a sign, with or without blanks, or the word for
// it. next is the word after the dot.
func (pg *page) dotAfter(i int) (dot, blanks, spelled bool, next int) {
	next = i + 1
	if next >= len(pg.words) {
		return false, false, false, next
	}
	if pg.words[next].roles&roleDot != 0 {
		for next < len(pg.words) && pg.words[next].roles&roleDot != 0 {
			next++
		}
		return true, true, true, next
	}
	gap := pg.glyphs[pg.words[i].last:pg.words[next].first]
	if len(gap) > 3 {
		return false, false, false, next
	}
	for _, g := range gap {
		switch g.r {
		case '.':
			dot = true
		case ' ', '(', ')', '[', ']':
			blanks = true
		default:
			return false, false, false, next
		}
	}
	return dot, blanks, false, next
}

// spelledEmail reads an address whose @ is a word: "rosa chiocciola gmail punto com".
func (pg *page) spelledEmail(i int) {
	w := &pg.words[i]
	after := i + 1
	for after < len(pg.words) && pg.words[after].roles&roleAt != 0 && pg.words[after].han {
		after++
	}
	if i == 0 || after >= len(pg.words) || w.breaks || pg.words[after].breaks {
		return
	}
	bracketed := w.first > 0 && (pg.glyphs[w.first-1].r == '(' || pg.glyphs[w.first-1].r == '[')
	known := pg.words[after].roles&roleProvider != 0
	_, _, spelled, _ := pg.dotAfter(after)
	if !known && !spelled && !bracketed {
		return
	}
	end, ok := pg.hostFrom(after, bracketed)
	if !ok {
		return
	}
	from := int(pg.words[i-1].first)
	for from > 0 && mailRune(pg.glyphs[from-1]) {
		from--
	}
	pg.take(ruleEmail, int(pg.glyphs[from].from), end)
}

// wordAt finds the word that begins at, or contains, glyph i, or -1.
func (pg *page) wordAt(i int) int {
	low, high := 0, len(pg.words)
	for low < high {
		mid := (low + high) / 2
		if int(pg.words[mid].last) <= i {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(pg.words) && int(pg.words[low].first) <= i {
		return low
	}
	return -1
}

// take adds a finding in whose bytes no number is looked for.
func (pg *page) take(rule ruleID, start, end int) {
	pg.add(rule, start, end)
	first := sort.Search(len(pg.glyphs), func(i int) bool { return int(pg.glyphs[i].from) >= start })
	for i := first; i < len(pg.glyphs) && int(pg.glyphs[i].to) <= end; i++ {
		pg.glyphs[i].taken = true
	}
}

// handleAt reads "@name" at glyph i.
func (pg *page) handleAt(i int) {
	g := pg.glyphs
	if i > 0 && (g[i-1].class.inWord() || g[i-1].r == '@') || g[i].taken {
		return
	}
	end, letters := i+1, 0
	for end < len(g) && (g[end].class.inWord() && g[end].class != han || g[end].r == '_' || g[end].r == '.' && end+1 < len(g) && g[end+1].class.inWord()) {
		if g[end].class.isLetter() {
			letters++
		}
		end++
	}
	if letters >= 2 && end-i > 3 {
		pg.take(ruleMessenger, int(g[i].from), int(g[end-1].to))
	}
}

// namedHandle reads "Telegram: rosanera": the messenger at word i, a colon, and one word that ends
// the line or cannot be a word of a language.
func (pg *page) namedHandle(i int) {
	if i+1 == len(pg.words) {
		return
	}
	w, next := &pg.words[i], &pg.words[i+1]
	straight := w.han && next.mixed && !next.breaks // Chinese needs no colon: 薇 luna66
	if next.han || next.money || next.digits || !straight && !pg.colonBetween(w, next) {
		return
	}
	end := next.last
	for int(end) < len(pg.glyphs) && (pg.glyphs[end].class.inWord() || pg.glyphs[end].r == '_') {
		end++
	}
	odd := end > next.last || next.mixed
	closed := int(end) == len(pg.glyphs) || pg.glyphs[end].r == '\n' || pg.glyphs[end].r == '.' || pg.glyphs[end].r == ','
	if odd || closed {
		pg.add(ruleMessenger, int(w.from), int(pg.glyphs[end-1].to))
	}
}

func (pg *page) colonBetween(a, b *word) bool {
	gap := pg.glyphs[a.last:b.first]
	if len(gap) > 3 {
		return false
	}
	for _, g := range gap {
		if g.r == ':' || g.r == '=' || g.r == '@' {
			return true
		}
	}
	return false
}
