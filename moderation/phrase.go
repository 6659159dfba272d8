package moderation

import (
	"fmt"
	"strings"
	"unicode/utf8"
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

// element is one field of a line. A choice of several words is a run, or, in Chinese, where a
// character is a word and most choices have several, a Han word.
type element struct {
	kind     elementKind
	optional bool
	reach    int32 // of a gap
	first    marks // of words that it can begin with; of a gap, what must follow
	last     marks // of words that it can end with; of a gap, what must precede
	atoms    []atomID
	runs     [][]atomID
	han      []hanWord
}

// hanWord is a choice of several Han characters. It has an atom of its own, which lookUp gives to the
// first of the characters when all of them stand there.
type hanWord struct {
	atom   atomID
	length int32
	end    rune // the last of the characters
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

// compile adds a phrase to the book.
func (b *builder) compile(g *group, line string) error {
	var elements []element
	for _, field := range strings.Fields(line) {
		e, err := b.element(field)
		if err != nil {
			return fmt.Errorf("%q: %w", line, err)
		}
		e.setMarks()
		elements = append(elements, e)
	}
	setGapMarks(elements)
	if err := checkShape(elements); err != nil {
		return fmt.Errorf("%q: %w", line, err)
	}
	b.book.phrases = append(b.book.phrases, phrase{group: g, elements: elements})
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
		case e.kind == kindWords && !e.optional && (len(e.atoms) == 0 || e.atoms[0] >= namedAtoms):
			words++
		}
	}
	if words == 0 || gaps > maxGaps {
		return fmt.Errorf("%d fixed words, %d gaps", words, gaps)
	}
	return nil
}

// element compiles one field of a line.
func (b *builder) element(field string) (element, error) {
	optional := strings.HasSuffix(field, ")?")
	field = strings.TrimSuffix(field, "?")
	field = strings.Trim(field, "()")
	switch field {
	case "*":
		return element{kind: kindAny, optional: optional}, nil
	case "...":
		return element{kind: kindGap, reach: b.reach}, nil
	case "....":
		return element{kind: kindGap, reach: 3 * b.reach}, nil
	}
	field, err := b.expand(field)
	if err != nil {
		return element{}, err
	}
	e := element{kind: kindWords, optional: optional}
	for alt := range strings.SplitSeq(field, "|") {
		for _, c := range readChoices(alt) {
			if b.hanChoice(&e, c) {
				continue
			}
			switch atoms := b.choiceAtoms(c); len(atoms) {
			case 0:
				return element{}, fmt.Errorf("an empty choice in %q", field)
			case 1:
				e.atoms = append(e.atoms, atoms[0])
			default:
				e.runs = append(e.runs, atoms)
			}
		}
	}
	return e, nil
}

// hanChoice adds a choice that is several Han characters and nothing else.
func (b *builder) hanChoice(e *element, c choice) bool {
	if len(c.words) < 2 || c.open {
		return false
	}
	var end rune
	for _, w := range c.words {
		if end, _ = utf8.DecodeRuneInString(w); classOf(end) != han {
			return false
		}
	}
	atom := b.atom(strings.Join(c.words, ""), false)
	e.han = append(e.han, hanWord{atom, int32(len(c.words)), end})
	return true
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
	if joined := withoutApostrophe.Replace(alt); joined != alt && len(joined) > 2 {
		out = append(out, choice{words: foldWords(joined), open: open})
	}
	return out
}

var withoutApostrophe = strings.NewReplacer("'", "", "’", "")

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
