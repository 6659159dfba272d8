package translate

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/store"
)

// GroupWord is a word that the group of a text decided on in the language of a translation.
// It goes before the glossary, in this text alone.
type GroupWord struct {
	Preferred string
	Refused   []string // each may end in * for any ending
	Group     string   // how pages name the group: by the title of its text
}

// Groups knows the words that the group of a text decided on; the areas do not know each
// other.
type Groups interface {
	// WordsFor lists them for one language, in the caller's transaction where there is one.
	WordsFor(ctx context.Context, db *gorm.DB, doc store.ID, lang string) ([]GroupWord, error)
}

// Heed makes the words of groups count. It is called once, before anybody translates.
func (s *Service) Heed(groups Groups) { s.groups = groups }

// lexicon is all that is known about words for one language of a text.
type lexicon struct {
	terms []TermRow
	own   []GroupWord
}

func (s *Service) lexiconFor(ctx context.Context, db *gorm.DB, doc DocumentRow, lang string) (l lexicon, err error) {
	if l.terms, err = termsFor(ctx, db, doc.Lang, lang); err != nil || s.groups == nil {
		return l, err
	}
	l.own, err = s.groups.WordsFor(ctx, db, doc.ID, lang)
	for i := range l.own {
		l.own[i].Group = doc.Title
	}
	return l, store.Translate(err)
}

func (l lexicon) check(p Pair) []Finding { return Check(p, l.terms, l.own...) }

// checkGroup looks for the words of the group. Its no is a decision about this text, so it
// blocks; that its own word is missing is advice, because the sentence may go without.
func checkGroup(p Pair, terms []TermRow, own []GroupWord) []Finding {
	var list []Finding
	for _, g := range own {
		wanted := slices.ContainsFunc(terms, func(t TermRow) bool { return g.speaksOf(p.To, t) && t.standsIn(p.From, p.Source) })
		for _, form := range g.Refused {
			if word := formIn(p.To, p.Target, form); word != "" {
				list = append(list, Finding{Key: "translate.check.group.refused", What: word, Where: g.Preferred, By: g.Group, Fails: true})
				wanted = true
				break
			}
		}
		if wanted && !holds(p.To, p.Target, g.Preferred) {
			list = append(list, Finding{Key: "translate.check.group.preferred", What: g.Preferred, By: g.Group})
		}
	}
	return list
}

// speaksOf reports whether the group chose its own word for a term of the glossary: it
// refuses the word of the glossary, or prefers one that the glossary names. Only through
// such a term is known where in the source its word belongs.
func (g GroupWord) speaksOf(lang string, t TermRow) bool {
	return g.decides(lang, t.Preferred) || slices.ContainsFunc(t.RefusedWords(), func(word string) bool { return same(word, g.Preferred) })
}

// decides reports whether the group has spoken about a word, for it or against it.
func (g GroupWord) decides(lang, word string) bool {
	return word != "" && (same(word, g.Preferred) || slices.ContainsFunc(g.Refused, func(form string) bool { return formIn(lang, word, form) != "" }))
}

func decided(own []GroupWord, lang, word string) bool {
	return slices.ContainsFunc(own, func(g GroupWord) bool { return g.decides(lang, word) })
}

func same(a, b string) bool { return slices.Equal(tokens(a), tokens(b)) }

// formIn is a form of a refused word as it stands in a text, or "". A word of the form may
// end in * for any ending.
func formIn(lang, text, form string) string {
	if !strings.Contains(form, "*") {
		if holds(lang, text, form) {
			return form
		}
		return ""
	}
	have, wanted := tokens(text), strings.Fields(form)
	for at := 0; len(wanted) > 0 && at+len(wanted) <= len(have); at++ {
		if matches(have[at:at+len(wanted)], wanted) {
			return strings.Join(have[at:at+len(wanted)], " ")
		}
	}
	return ""
}

func matches(have, wanted []string) bool {
	for i, form := range wanted {
		stem, open := strings.CutSuffix(form, "*")
		folded := strings.Join(tokens(stem), "")
		if open && (folded == "" || !strings.HasPrefix(have[i], folded)) || !open && !inflected(folded, have[i]) {
			return false
		}
	}
	return true
}

// asked are the words that a machine needs for a source: the terms that stand in it, each
// with the group's word in the place of the glossary's where there is one, and what else the
// group decided, which no term of the source names.
func (l lexicon) asked(from, to, source string) []AskTerm {
	var list []AskTerm
	tied := map[int]bool{}
	for _, t := range l.terms {
		at := slices.IndexFunc(l.own, func(g GroupWord) bool { return t.Kind != Keep && g.speaksOf(to, t) })
		if at >= 0 {
			tied[at] = true
		}
		if !t.standsIn(from, source) {
			continue
		}
		ask := AskTerm{Term: t.Term, Preferred: t.Preferred, Refused: t.RefusedWords(), Keep: t.Kind == Keep}
		if at >= 0 {
			g := l.own[at]
			ask.Preferred = g.Preferred
			ask.Refused = append(slices.DeleteFunc(ask.Refused, func(word string) bool { return same(word, g.Preferred) }), g.Refused...)
		}
		list = append(list, ask)
	}
	for i, g := range l.own {
		if !tied[i] {
			list = append(list, AskTerm{Preferred: g.Preferred, Refused: g.Refused})
		}
	}
	return list
}
