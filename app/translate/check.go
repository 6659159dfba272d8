package translate

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Pair is a segment with its translation, as the checks see it. They are pure functions:
// the same pair always gives the same findings.
type Pair struct {
	From, To       string
	Source, Target string
	Piece          Piece // where the segment stands in the text
}

// Finding is what a check says. One that fails blocks the review; the others are advice.
type Finding struct {
	Key   string // of the message
	What  string // what is missing or too much, as it stands in the text
	Where string // the words around it
	By    string // whose decision it is where a group made one
	Fails bool
}

// Check looks at a segment in every way that needs no understanding of its words.
// Words that the group of the text decided on go before those of the glossary.
func Check(p Pair, terms []TermRow, own ...GroupWord) []Finding {
	if strings.TrimSpace(p.Target) == "" {
		return []Finding{{Key: "translate.check.empty", Fails: true}}
	}
	names := namesIn(terms, p.Source)
	bare := p.without(names)
	same, script := checkSame(p, bare), checkScript(p)
	var denial []Finding
	if len(same)+len(script) == 0 { // in another language nobody finds a denial
		denial = lostDenial(bare)
	}
	return slices.Concat(same, checkPhones(p), checkNumbers(p), checkLinks(p), checkPlaceholders(p), checkMarks(p),
		checkTable(p), checkNames(p, names), denial, checkGroup(bare, terms, own), checkTerms(bare, terms, own), checkLength(p), script, checkDirection(p), checkIsolation(p))
}

// checkSame finds a source that was left standing. A name alone may stay as it is.
func checkSame(p, bare Pair) []Finding {
	words := tokens(p.Source)
	if !slices.Equal(words, tokens(p.Target)) || !strings.ContainsFunc(bare.Source, isLetter) {
		return nil
	}
	return []Finding{{Key: "translate.check.same", Fails: len(words) > 3}}
}

// checkNumbers compares the numbers of both texts, in the digits of any script.
func checkNumbers(p Pair) []Finding {
	bare := func(text string) string {
		for _, shape := range shapes {
			text = shape.ReplaceAllString(text, " ")
		}
		return phoneShape.ReplaceAllString(foldDigits(text), " ")
	}
	missing, extra := difference(numbers(bare(p.Source)), numbers(bare(p.Target)))
	list := findings("translate.check.number.missing", missing, p.Source, true)
	for _, n := range extra {
		// One digit may be a number that the source writes in letters.
		list = append(list, Finding{Key: "translate.check.number.extra", What: n, Where: around(p.Target, n), Fails: len(n) > 1})
	}
	return list
}

// checkPhones compares phone numbers: how their digits are grouped does not matter.
func checkPhones(p Pair) []Finding {
	missing, extra := difference(phones(p.Source), phones(p.Target))
	return append(findings("translate.check.phone.missing", missing, p.Source, true), findings("translate.check.phone.extra", extra, p.Target, true)...)
}

func checkLinks(p Pair) []Finding {
	missing, extra := difference(links(p.Source), links(p.Target))
	return append(findings("translate.check.link.missing", missing, p.Source, true), findings("translate.check.link.extra", extra, p.Target, true)...)
}

func checkPlaceholders(p Pair) []Finding {
	missing, extra := difference(placeholders.FindAllString(p.Source, -1), placeholders.FindAllString(p.Target, -1))
	return append(findings("translate.check.placeholder.missing", missing, p.Source, true), findings("translate.check.placeholder.extra", extra, p.Target, true)...)
}

// checkMarks compares the marks of Markdown, and sees that the words stay one segment.
func checkMarks(p Pair) []Finding {
	missing, extra := difference(markdown(p.Source), markdown(p.Target))
	list := append(findings("translate.check.mark.missing", missing, p.Source, true), findings("translate.check.mark.extra", extra, p.Target, true)...)
	if !whole(p.Piece, p.Target) {
		list = append(list, Finding{Key: "translate.check.structure", Fails: true})
	}
	return list
}

// checkTerms looks for words that must not be used, and for the preferred ones. Where the
// source does not hold the term, a refused word may mean something else: that is advice.
// What the group of the text has spoken about is not the glossary's matter any more.
func checkTerms(p Pair, terms []TermRow, own []GroupWord) []Finding {
	var list []Finding
	for _, t := range terms {
		stands := t.standsIn(p.From, p.Source)
		for _, word := range t.RefusedWords() {
			if holds(p.To, p.Target, word) && !decided(own, p.To, word) {
				list = append(list, Finding{Key: "translate.check.refused", What: word, Where: t.Preferred, Fails: stands})
				break
			}
		}
		if stands && t.Kind != Keep && t.Kind != Refuse && !decided(own, p.To, t.Preferred) && !holds(p.To, p.Target, t.Preferred) {
			list = append(list, Finding{Key: "translate.check.preferred", What: t.Term, Where: t.Preferred})
		}
	}
	return list
}

// checkLength compares the lengths. Chinese says in one sign what others say in a word.
func checkLength(p Pair) []Finding {
	from, to := utf8.RuneCountInString(p.Source)*density(p.From), utf8.RuneCountInString(p.Target)*density(p.To)
	switch {
	case from < 30:
		return nil
	case to*2 < from:
		return []Finding{{Key: "translate.check.short", Fails: to*6 < from}}
	case to > from*5/2:
		return []Finding{{Key: "translate.check.long", Fails: to > from*6}}
	}
	return nil
}

func density(lang string) int {
	if strings.HasPrefix(lang, "zh") {
		return 3
	}
	return 1
}

// checkScript finds words in the letters of another language. Names that stand in the
// source in the same letters do not count.
func checkScript(p Pair) []Finding {
	script := scriptOf(p.To)
	text := p.Target
	for _, shape := range shapes {
		text = shape.ReplaceAllString(text, " ")
	}
	kept := map[string]bool{}
	for _, w := range tokens(p.Source) {
		kept[w] = true
	}
	right, wrong, first := 0, 0, ""
	for _, field := range strings.Fields(text) {
		known := tokens(field)
		if len(known) > 0 && !slices.ContainsFunc(known, func(w string) bool { return !kept[w] }) {
			continue
		}
		for _, r := range field {
			switch {
			case !isLetter(r):
			case script(r):
				right++
			default:
				wrong++
				if first == "" {
					first = field
				}
			}
		}
	}
	if wrong < 3 || wrong <= right {
		return nil
	}
	return []Finding{{Key: "translate.check.script", What: first, Fails: true}}
}

// checkDirection finds marks of direction that are opened and not closed, and overrides,
// which show letters in another order than they are written.
func checkDirection(p Pair) []Finding {
	isolates, embeddings := 0, 0
	for _, r := range p.Target {
		switch r {
		case '\u202d', '\u202e':
			return []Finding{{Key: "translate.check.override", Fails: true}}
		case '\u2066', '\u2067', '\u2068':
			isolates++
		case '\u2069':
			isolates--
		case '\u202a', '\u202b':
			embeddings++
		case '\u202c':
			embeddings--
		}
		if isolates < 0 || embeddings < 0 {
			break
		}
	}
	if isolates != 0 || embeddings != 0 {
		return []Finding{{Key: "translate.check.direction", Fails: true}}
	}
	return nil
}

func findings(key string, things []string, text string, fails bool) []Finding {
	var list []Finding
	for _, thing := range things {
		list = append(list, Finding{Key: key, What: thing, Where: around(text, thing), Fails: fails})
	}
	return list
}
