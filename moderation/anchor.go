package moderation

// start says that a phrase may be found around a word that belongs to the phrase's anchor, and
// what is known before the phrase itself is looked at.
type start struct {
	phrase int32
	langs  languageSet
	before marks // that the word before the anchor must have
	after  marks // that the word after it must have
	guard  int16 // or noGuard
	run    int16 // the run, or noRun
	at     int16 // the place of the word in the run
	length int16 // the words of the anchor
}

const noRun = -1

// anchors chooses where the matching of each phrase starts, once it is known how often each word is
// used.
type anchors struct {
	uses   []int     // by atom, how often the phrases have it
	starts [][]start // by atom
	guards map[string]int16
}

// setAnchors chooses an anchor and a guard for each phrase, and tells the words about them.
func (b *book) setAnchors() {
	n := len(b.atoms)
	a := anchors{uses: b.uses(), starts: make([][]start, n), guards: map[string]int16{}}
	for i := range b.phrases {
		p := &b.phrases[i]
		p.anchor = a.rarestPlace(p, -1)
		a.addStarts(p, start{phrase: int32(i), langs: p.group.langs, guard: a.guardOf(b, p), run: noRun, length: 1,
			before: needBefore(p.elements, p.anchor), after: needAfter(p.elements, p.anchor)})
	}
	for i := range b.atoms {
		from := int32(len(b.starts))
		b.starts = append(b.starts, a.starts[i]...)
		b.atoms[i].starts = span{from, int32(len(b.starts))}
	}
}

// uses counts how often the phrases have each atom.
func (b *book) uses() []int {
	uses := make([]int, len(b.atoms))
	for _, p := range b.phrases {
		for _, e := range p.elements {
			for _, a := range e.atoms {
				uses[a]++
			}
			for _, run := range e.runs {
				for _, a := range run {
					uses[a]++
				}
			}
			for _, h := range e.han {
				uses[h.atom]++
			}
		}
	}
	uses[anyNumber] += len(b.phrases) // numbers and capitals are everywhere
	uses[anyCapital] += len(b.phrases)
	return uses
}

// rarestPlace returns the element, other than one, whose words the phrases use least, or -1.
func (a *anchors) rarestPlace(p *phrase, other int) int {
	place, best := -1, -1
	for k := range p.elements {
		if e := &p.elements[k]; e.kind == kindWords && !e.optional && k != other {
			if cost := e.cost(a.uses); best < 0 || cost < best {
				best, place = cost, k
			}
		}
	}
	return place
}

// addStarts notes under which words the matching of a phrase starts.
func (a *anchors) addStarts(p *phrase, s start) {
	anchor := &p.elements[p.anchor]
	for _, w := range anchor.atoms {
		a.starts[w] = append(a.starts[w], s)
	}
	for _, h := range anchor.han {
		s.length = int16(h.length)
		a.starts[h.atom] = append(a.starts[h.atom], s)
	}
	for k, run := range anchor.runs {
		at := rarest(run, a.uses)
		s.run, s.at, s.length = int16(k), int16(at), int16(len(run))
		a.starts[run[at]] = append(a.starts[run[at]], s)
	}
}

// cost says how often matching would start at the element.
func (e *element) cost(uses []int) int {
	cost := 0
	for _, a := range e.atoms {
		cost += uses[a]
	}
	for _, run := range e.runs {
		cost += uses[run[rarest(run, uses)]]
	}
	for _, h := range e.han {
		cost += uses[h.atom]
	}
	return cost
}

// rarest returns the place in a run of the word that is used least.
func rarest(run []atomID, uses []int) int {
	at := 0
	for k, a := range run {
		if uses[a] < uses[run[at]] {
			at = k
		}
	}
	return at
}
