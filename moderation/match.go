package moderation

// matchPhrases finds every phrase of the rule files. Phrases that only give words a role, such
// as "at" in a spelled address, run along with the others; harmless uses silence the rule.
func (pg *page) matchPhrases() {
	var silent []found
	for i := range pg.words {
		w := &pg.words[i]
		for _, a := range pg.atoms[w.atoms.from:w.atoms.to] {
			for _, s := range pg.book.starts[a] {
				p := &pg.book.phrases[s.phrase]
				if !p.group.langs.has(pg.spoken) {
					continue
				}
				from, to, ok := pg.match(p, s, i)
				if !ok {
					continue
				}
				silent = pg.note(p.group, from, to, silent)
			}
		}
	}
	if len(silent) == 0 {
		return
	}
	kept := pg.found[:0]
	for _, f := range pg.found {
		if !silenced(f, silent) {
			kept = append(kept, f)
		}
	}
	pg.found = kept
}

// note records what a matched phrase means for the words from..to.
func (pg *page) note(g *group, from, to int, silent []found) []found {
	if g.role != 0 {
		for i := from; i <= to; i++ {
			pg.words[i].roles |= g.role
		}
		return silent
	}
	f := found{rule: g.rule, outcome: g.outcome, urgency: g.urgency,
		start: int(pg.words[from].from), end: int(pg.words[to].to)}
	if g.except {
		return append(silent, f)
	}
	pg.found = append(pg.found, f)
	return silent
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
func (pg *page) match(p *phrase, s start, i int) (from, to int, ok bool) {
	first := i - int(s.at)
	if s.run != noRun && !pg.runs(p.elements[p.anchor].runs[s.run], first) {
		return 0, 0, false
	}
	to, ok = pg.ahead(p, p.anchor+1, first+int(s.length)-1)
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
			if last, ok := pg.ahead(p, e+1, i+skip); ok {
				return last, true
			}
			if skip == el.reach || i+skip+1 >= len(pg.words) || pg.words[i+skip+1].breaks {
				return 0, false
			}
		}
	}
	if next := i + 1; next < len(pg.words) && !pg.words[next].breaks {
		if pg.fits(el, next) {
			if last, ok := pg.ahead(p, e+1, next); ok {
				return last, true
			}
		}
		for _, h := range el.han {
			if pg.words[next].hanWords && pg.has(next, h.atom) {
				if last, ok := pg.ahead(p, e+1, i+h.length); ok {
					return last, true
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
			if first, ok := pg.behind(p, e-1, i-skip); ok {
				return first, true
			}
			if skip == el.reach || i-skip == 0 || pg.words[i-skip].breaks {
				return 0, false
			}
		}
	}
	if i > 0 && !pg.words[i].breaks {
		if pg.fits(el, i-1) {
			if first, ok := pg.behind(p, e-1, i-1); ok {
				return first, true
			}
		}
		for _, h := range el.han {
			if first := i - h.length; first >= 0 && pg.words[first].hanWords && pg.has(first, h.atom) {
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
