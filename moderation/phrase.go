package moderation

import (
	"fmt"
	"strings"
)

// The language of phrases in the rule files. Elements stand between blanks:
//
//	word            this word, however it is accented or capitalised
//	word*           any word that begins so
//	a|b|c_d         one of these; _ joins the words of one choice
//	(a|b)?          may be missing
//	*               any one word
//	...             up to three words, within the sentence
//	....            up to nine
//	#               a number in digits, alone or as a choice
//	^               a word with a capital, alone or as a choice
//	{he}            the words listed under that name in the same file, or for all languages

type elementKind uint8

const (
	kindWords elementKind = iota
	kindAny
	kindGap
)

// Two atoms stand for no word of the rule files but for what a word looks like.
const (
	anyNumber  atomID = iota // written # in a phrase
	anyCapital               // written ^
	namedAtoms
)

// maxGaps bounds the gaps in one phrase, and so the time that matching can take.
const maxGaps = 3

// maxVariants bounds the phrases that one line makes.
const maxVariants = 1000

type element struct {
	kind     elementKind
	optional bool
	reach    int // of a gap
	atoms    []atomID
}

// phrase is one compiled line of a rule file. Matching starts at its anchor, the element whose
// words are rarest in the rule files, and goes both ways from there.
type phrase struct {
	group    *group
	elements []element
	anchor   int
}

// group is what the phrases of one entry in a rule file share.
type group struct {
	rule    ruleID
	outcome Outcome
	urgency int
	langs   languageSet
	role    role // set: the phrase is a name for a role, not a finding
	except  bool // set: the words are harmless, and silence the rule over them
}

// choice is one alternative of an element: one or several folded words.
type choice struct {
	words []string
	open  bool // any ending
}

// compile adds a phrase to the book. A choice of several words makes a phrase of its own, since
// an element is one word.
func (b *builder) compile(g *group, line string) error {
	variants := [][]element{nil}
	for _, field := range strings.Fields(line) {
		next, err := b.element(g, field)
		if err != nil {
			return fmt.Errorf("%q: %w", line, err)
		}
		var grown [][]element
		for _, head := range variants {
			for _, tail := range next {
				grown = append(grown, append(append([]element(nil), head...), tail...))
			}
		}
		variants = grown
	}
	if len(variants) > maxVariants {
		return fmt.Errorf("%q: makes %d phrases", line, len(variants))
	}
	for _, elements := range variants {
		if err := checkShape(elements); err != nil {
			return fmt.Errorf("%q: %w", line, err)
		}
		b.book.phrases = append(b.book.phrases, phrase{group: g, elements: elements})
	}
	return nil
}

// checkShape refuses phrases that could match nothing in particular.
func checkShape(elements []element) error {
	words, gaps := 0, 0
	for i, e := range elements {
		switch {
		case e.kind == kindGap && (i == 0 || i == len(elements)-1):
			return fmt.Errorf("a gap at the edge")
		case e.kind == kindGap:
			gaps++
		case e.kind == kindWords && !e.optional && e.atoms[0] >= namedAtoms:
			words++
		}
	}
	if words == 0 || gaps > maxGaps {
		return fmt.Errorf("%d fixed words, %d gaps", words, gaps)
	}
	return nil
}

// element compiles one field of a line into its variants, each a run of elements.
func (b *builder) element(g *group, field string) ([][]element, error) {
	optional := strings.HasSuffix(field, ")?")
	field = strings.TrimSuffix(field, "?")
	field = strings.Trim(field, "()")
	switch field {
	case "*":
		return [][]element{{{kind: kindAny, optional: optional}}}, nil
	case "...":
		return [][]element{{{kind: kindGap, reach: b.reach}}}, nil
	case "....":
		return [][]element{{{kind: kindGap, reach: 3 * b.reach}}}, nil
	}
	field, err := b.expand(field)
	if err != nil {
		return nil, err
	}
	single := element{kind: kindWords, optional: optional}
	var out [][]element
	for alt := range strings.SplitSeq(field, "|") {
		for _, c := range readChoices(alt) {
			atoms := b.choiceAtoms(c)
			switch len(atoms) {
			case 0:
				return nil, fmt.Errorf("an empty choice in %q", field)
			case 1:
				single.atoms = append(single.atoms, atoms[0])
			default:
				var run []element
				for _, a := range atoms {
					run = append(run, element{kind: kindWords, atoms: []atomID{a}})
				}
				out = append(out, run)
			}
		}
	}
	if optional && len(out) > 0 && len(single.atoms) == 0 {
		return append(out, nil), nil
	}
	if len(single.atoms) > 0 {
		out = append(out, []element{single})
	}
	return out, nil
}

// expand replaces {name} by the words listed under that name.
func (b *builder) expand(field string) (string, error) {
	for range 4 {
		open := strings.IndexByte(field, '{')
		if open < 0 {
			return field, nil
		}
		end := strings.IndexByte(field, '}')
		if end < open {
			break
		}
		name := field[open+1 : end]
		words, ok := b.words[name]
		if !ok {
			words, ok = b.everywhere[name]
		}
		if !ok {
			return "", fmt.Errorf("no words are listed under %q", name)
		}
		field = field[:open] + strings.Join(words, "|") + field[end+1:]
	}
	if strings.ContainsAny(field, "{}") {
		return "", fmt.Errorf("braces do not close, or lists go in circles, in %q", field)
	}
	return field, nil
}

// readChoices folds one alternative. An apostrophe cuts words, and people leave it out, so a
// choice with one is read both ways.
func readChoices(alt string) []choice {
	if alt == "#" || alt == "^" {
		return []choice{{words: []string{alt}}}
	}
	open := strings.HasSuffix(alt, "*")
	alt = strings.TrimSuffix(alt, "*")
	out := []choice{{words: foldWords(alt), open: open}}
	// Two letters left would be another word: "l'a" is not "la".
	if joined := strings.NewReplacer("'", "", "’", "").Replace(alt); joined != alt && len(joined) > 2 {
		out = append(out, choice{words: foldWords(joined), open: open})
	}
	return out
}

// foldWords folds words of a rule file or of a watched term exactly as a text is folded.
func foldWords(s string) []string {
	pg := page{glyphs: normalise(nil, s)}
	for i, g := range pg.glyphs {
		if g.r == '_' {
			pg.glyphs[i] = glyph{r: ' ', class: blank}
		}
	}
	pg.cutWords()
	var out []string
	for _, w := range pg.words {
		var runes []rune
		for _, g := range pg.glyphs[w.first:w.last] {
			if g.r != '\'' {
				runes = append(runes, g.r)
			}
		}
		out = append(out, string(runes))
	}
	return out
}

// choiceAtoms returns the atom of each word of a choice, making new ones as needed.
func (b *builder) choiceAtoms(c choice) []atomID {
	var atoms []atomID
	for i, w := range c.words {
		switch w {
		case "#":
			atoms = append(atoms, anyNumber)
			continue
		case "^":
			atoms = append(atoms, anyCapital)
			continue
		}
		atoms = append(atoms, b.atom(w, c.open && i == len(c.words)-1))
	}
	return atoms
}

// setAnchors chooses where matching starts, once it is known how often each word is used.
func (b *book) setAnchors() {
	uses := make([]int, len(b.atoms))
	for _, p := range b.phrases {
		for _, e := range p.elements {
			for _, a := range e.atoms {
				uses[a]++
			}
		}
	}
	b.starts = make([][]int32, len(b.atoms))
	for i := range b.phrases {
		p := &b.phrases[i]
		best := -1
		for k, e := range p.elements {
			if e.kind != kindWords || e.optional {
				continue
			}
			cost := 0
			for _, a := range e.atoms {
				cost += uses[a]
				if a < namedAtoms {
					cost += len(b.phrases) // words with a capital are everywhere
				}
			}
			if best < 0 || cost < best {
				best, p.anchor = cost, k
			}
		}
		for _, a := range p.elements[p.anchor].atoms {
			b.starts[a] = append(b.starts[a], int32(i))
		}
	}
}
