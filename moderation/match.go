package moderation

// hit is a word at which phrases start.
type hit struct {
	word   int
	starts span // in book.starts
}

// findPhrases looks every word up and finds every phrase of the rule files, sentence by sentence.
// Phrases that only give words a role, such as "at" in a spelled address, run along with the others;
// harmless uses silence the rule.
func (pg *page) findPhrases() {
	var s spelling
	for i := 0; i < len(pg.words); {
		pg.called = guardSet{}
		pg.hits = pg.hits[:0]
		pg.lookUp(i, &s)
		for i++; i < len(pg.words) && !pg.words[i].breaks; i++ {
			pg.lookUp(i, &s)
		}
		for _, h := range pg.hits {
			pg.startAt(h)
		}
	}
	pg.silence()
}

// silence drops the findings that are harmless uses.
func (pg *page) silence() {
	if len(pg.silent) == 0 {
		return
	}
	kept := pg.found[:0]
	for _, f := range pg.found {
		if !silenced(f, pg.silent) {
			kept = append(kept, f)
		}
	}
	pg.found = kept
}

// startAt tries the phrases that start at a hit.
func (pg *page) startAt(h hit) {
	starts := pg.book.starts[h.starts.from:h.starts.to]
	for k := range starts {
		s := &starts[k]
		if !pg.called.has(s.guard) || !s.langs.has(pg.spoken) {
			continue
		}
		p := &pg.book.phrases[s.phrase]
		if from, to, ok := pg.match(p, s, h.word); ok {
			pg.note(p.group, from, to)
		}
	}
}

// note records what a matched phrase means for the words from..to.
func (pg *page) note(g *group, from, to int) {
	if g.role != 0 {
		for i := from; i <= to; i++ {
			pg.words[i].roles |= g.role
		}
		pg.roles |= g.role
		return
	}
	f := found{rule: g.rule, outcome: g.outcome, urgency: g.urgency,
		start: int(pg.words[from].from), end: int(pg.words[to].to)}
	if g.except {
		pg.silent = append(pg.silent, f)
	} else {
		pg.found = append(pg.found, f)
	}
}

func silenced(f found, silent []found) bool {
	for _, s := range silent {
		if s.rule == f.rule && s.start < f.end && f.start < s.end {
			return true
		}
	}
	return false
}

// match tries a phrase whose anchor has word i in it, and returns the first and last word of the
// phrase.
func (pg *page) match(p *phrase, s *start, i int) (from, to int, ok bool) {
	first := i - int(s.at)
	last := first + int(s.length) - 1
	if first < 0 || !pg.goesOn(last, &s.after) || !pg.comesFrom(first, &s.before) {
		return 0, 0, false
	}
	if s.run != noRun && !pg.runs(p.elements[p.anchor].runs[s.run], first) {
		return 0, 0, false
	}
	to, ok = pg.ahead(p, p.anchor+1, last)
	if !ok {
		return 0, 0, false
	}
	from, ok = pg.behind(p, p.anchor-1, first)
	return from, to, ok
}

// runs says whether the words of a run stand at word i and after it, within one sentence.
func (pg *page) runs(run []atomID, i int) bool {
	if i < 0 || i+len(run) > len(pg.words) {
		return false
	}
	for k, want := range run {
		if k > 0 && pg.words[i+k].breaks || !pg.has(i+k, want) {
			return false
		}
	}
	return true
}

// ahead matches the elements from e on after word i, which is already matched, and returns the
// last word.
func (pg *page) ahead(p *phrase, e, i int) (int, bool) {
	if e == len(p.elements) {
		return i, true
	}
	el := &p.elements[e]
	if el.kind == kindGap {
		for skip := 0; ; skip++ {
			if pg.goesOn(i+skip, &el.first) {
				if last, ok := pg.ahead(p, e+1, i+skip); ok {
					return last, true
				}
			}
			if skip == int(el.reach) || i+skip+1 >= len(pg.words) || pg.words[i+skip+1].breaks {
				return 0, false
			}
		}
	}
	if next := i + 1; pg.goesOn(i, &el.first) {
		if pg.fits(el, next) {
			if last, ok := pg.ahead(p, e+1, next); ok {
				return last, true
			}
		}
		if pg.words[next].hanWords {
			for _, h := range el.han {
				if pg.has(next, h.atom) {
					if last, ok := pg.ahead(p, e+1, i+int(h.length)); ok {
						return last, true
					}
				}
			}
		}
		for _, run := range el.runs {
			if pg.runs(run, next) {
				if last, ok := pg.ahead(p, e+1, i+len(run)); ok {
					return last, true
				}
			}
		}
	}
	if el.optional {
		return pg.ahead(p, e+1, i)
	}
	return 0, false
}

// behind matches the elements from e down before word i, and returns the first word.
func (pg *page) behind(p *phrase, e, i int) (int, bool) {
	if e < 0 {
		return i, true
	}
	el := &p.elements[e]
	if el.kind == kindGap {
		for skip := 0; ; skip++ {
			if pg.comesFrom(i-skip, &el.last) {
				if first, ok := pg.behind(p, e-1, i-skip); ok {
					return first, true
				}
			}
			if skip == int(el.reach) || i-skip == 0 || pg.words[i-skip].breaks {
				return 0, false
			}
		}
	}
	if pg.comesFrom(i, &el.last) {
		if pg.fits(el, i-1) {
			if first, ok := pg.behind(p, e-1, i-1); ok {
				return first, true
			}
		}
		end := pg.glyphs[pg.words[i-1].first].r
		for _, h := range el.han {
			if first := i - int(h.length); h.end == end && first >= 0 && pg.words[first].hanWords && pg.has(first, h.atom) {
				if first, ok := pg.behind(p, e-1, first); ok {
					return first, true
				}
			}
		}
		for _, run := range el.runs {
			if pg.runs(run, i-len(run)) {
				if first, ok := pg.behind(p, e-1, i-len(run)); ok {
					return first, true
				}
			}
		}
	}
	if el.optional {
		return pg.behind(p, e-1, i)
	}
	return 0, false
}

// fits says whether word i alone can stand for an element.
func (pg *page) fits(el *element, i int) bool {
	if el.kind == kindAny {
		return true
	}
	w := &pg.words[i]
	for _, has := range pg.atoms[w.atoms.from:w.atoms.to] {
		if !el.first.meets(markOf(has)) {
			continue
		}
		for _, want := range el.atoms {
			if has == want {
				return true
			}
		}
	}
	return false
}

// has says whether word i is what an atom stands for.
func (pg *page) has(i int, want atomID) bool {
	w := &pg.words[i]
	if !w.marks.meets(markOf(want)) {
		return false
	}
	for _, has := range pg.atoms[w.atoms.from:w.atoms.to] {
		if has == want {
			return true
		}
	}
	return false
}

// leadingDigits counts the digits of a word such as "80" or "80e"; a long tail of letters makes
// it something else.
func (pg *page) leadingDigits(w *word) int {
	n := 0
	for _, g := range pg.glyphs[w.first:w.last] {
		if g.class != digit {
			break
		}
		n++
	}
	if int(w.last-w.first)-n > 3 {
		return 0
	}
	return n
}
