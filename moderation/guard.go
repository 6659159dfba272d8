package moderation

import "fmt"

// A phrase whose words are not all in a sentence cannot be there. So each phrase has a guard, the
// rarest of its places besides the anchor, and matching starts only where a word of the sentence
// calls the guard. Several guards share a bit: one that was not called is surely not there.
type guardSet [guardBits / 64]uint64

const guardBits = 512

// noGuard is that of phrases with one fixed place only: nothing needs to call it.
const noGuard = -1

func (s *guardSet) add(other *guardSet) {
	s[0] |= other[0]
	s[1] |= other[1]
	s[2] |= other[2]
	s[3] |= other[3]
	s[4] |= other[4]
	s[5] |= other[5]
	s[6] |= other[6]
	s[7] |= other[7]
}

func (s *guardSet) has(g int16) bool {
	return g == noGuard || s[uint(g)/64%uint(len(s))]>>(uint(g)%64)&1 != 0
}

// guardOf numbers the guard of a phrase and notes under its words that they call it. Guards with the
// same words are one.
func (a *anchors) guardOf(b *book, p *phrase) int16 {
	k := a.rarestPlace(p, p.anchor)
	if k < 0 {
		return noGuard
	}
	words := a.words(&p.elements[k])
	name := fmt.Sprint(words)
	g, ok := a.guards[name]
	if !ok {
		g = int16(len(a.guards) % guardBits)
		a.guards[name] = g
		for _, w := range words {
			b.atoms[w].calls[g/64] |= 1 << (g % 64)
		}
	}
	return g
}

// words lists the atoms of which one must be in a sentence that an element is in.
func (a *anchors) words(e *element) []atomID {
	list := append([]atomID(nil), e.atoms...)
	for _, run := range e.runs {
		list = append(list, run[rarest(run, a.uses)])
	}
	for _, h := range e.han {
		list = append(list, h.atom)
	}
	return list
}
