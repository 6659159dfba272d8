package moderation

import "fmt"

// A phrase whose words are not all in a sentence cannot be there. So each phrase has a guard, the
// rarest of its places besides the anchor, and matching starts only where the sentence has a word for
// the guard. Guards with the same words are one.

// guardID numbers the guards; 0 is that of phrases with one fixed place only, and always there.
type guardID int32

// guardOf numbers the guard of a phrase and notes under its words that they call it.
func (a *anchors) guardOf(p *phrase) guardID {
	k := a.rarestPlace(p, p.anchor)
	if k < 0 {
		return 0
	}
	words := a.words(&p.elements[k])
	name := fmt.Sprint(words)
	id, ok := a.guards[name]
	if !ok {
		id = guardID(len(a.guards) + 1)
		a.guards[name] = id
		for _, w := range words {
			a.calls[w] = append(a.calls[w], id)
		}
	}
	return id
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
