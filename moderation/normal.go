package moderation

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// class says what a folded rune is, as far as finding words and numbers cares.
type class uint8

const (
	other class = iota // punctuation, emoji, control
	blank
	digit
	latin
	cyrillic
	greek
	arabic
	han
	letter   // of any other script
	currency // a sign such as €
)

// isLetter says whether the class belongs to a letter of any script.
func (c class) isLetter() bool { return c >= latin && c <= letter }

// inWord says whether the class can stand inside a word.
func (c class) inWord() bool { return c >= digit && c <= letter }

// glyph is a folded rune together with the bytes of the original that it stands for. One
// original rune may fold into several glyphs, all with the same bytes.
type glyph struct {
	r        rune
	from, to int32
	class    class
	upper    bool // the original was a capital
	taken    bool // part of a link, an address or an account: no number is looked for here
}

// fold is what one original rune becomes: nothing, one rune, or, rarely, several.
type fold struct {
	r     rune
	class class
	upper bool
	how   foldKind
}

type foldKind uint8

const (
	foldOne foldKind = iota
	foldDrop
	foldMark // dropped, and belongs to the letter before it
	foldMany
)

// The folds below tableEnd, and of the Arabic and full-width forms from formsBegin on, are worked
// out once. Between them live Han, which folds to itself, and rare signs, which are worked out as
// they come.
const (
	tableEnd   = 0x3100
	formsBegin = 0xFB00
	formsEnd   = 0x10000
)

type foldTables struct {
	low   [tableEnd]fold
	forms [formsEnd - formsBegin]fold
}

var foldTable = sync.OnceValue(func() *foldTables {
	t := new(foldTables)
	for r := range t.low {
		t.low[r] = foldOf(rune(r))
	}
	for i := range t.forms {
		t.forms[i] = foldOf(rune(formsBegin + i))
	}
	return t
})

// normalise folds text into glyphs: compatibility forms, capitals, accents, other digits and
// invisible runes all disappear, and every glyph knows its bytes. The glyphs are appended to out.
func normalise(out []glyph, text string) []glyph {
	table := foldTable()
	out = slices.Grow(out, len(text)+8)
	size := 0
	for i := 0; i < len(text); i += size {
		r := rune(text[i])
		if size = 1; r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if r >= hanBegin && r < hanEnd {
			out = append(out, glyph{r: r, from: int32(i), to: int32(i + size), class: han})
			continue
		}
		var f fold
		switch {
		case r < tableEnd:
			f = table.low[r]
		case r >= formsBegin && r < formsEnd:
			f = table.forms[r-formsBegin]
		default:
			f = foldOf(r)
		}
		switch f.how {
		case foldOne:
			out = append(out, glyph{r: f.r, from: int32(i), to: int32(i + size), class: f.class, upper: f.upper})
		case foldMark:
			// A finding that ends on this letter must take the mark along.
			if n := len(out); n > 0 && int(out[n-1].to) == i {
				out[n-1].to = int32(i + size)
			}
		case foldMany:
			for _, part := range parts(r) {
				if p := foldOf(part); p.how == foldOne {
					out = append(out, glyph{r: p.r, from: int32(i), to: int32(i + size), class: p.class, upper: f.upper})
				}
			}
		}
	}
	return out
}

// parts lists the runes that stand behind one rune.
func parts(r rune) []rune {
	if s, ok := ligatures[r]; ok {
		return []rune(s)
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	if d := norm.NFKD.Properties(buf[:n]).Decomposition(); d != nil {
		return []rune(string(d))
	}
	return []rune{r}
}

// foldOf works out the fold of one rune.
func foldOf(r rune) fold {
	if plain, ok := plainForms[r]; ok {
		return fold{r: plain, class: classOf(plain)}
	}
	switch {
	case r == utf8.RuneError:
		return fold{r: ' ', class: other}
	case invisible(r):
		return fold{how: foldDrop}
	case unicode.In(r, unicode.Mn, unicode.Me):
		return fold{how: foldMark}
	case unicode.IsDigit(r):
		return fold{r: '0' + digitValue(r), class: digit}
	}
	if v, ok := enclosed(r); ok {
		return v
	}
	if list := parts(r); len(list) > 1 || list[0] != r {
		return foldParts(list, unicode.IsUpper(r))
	}
	low := unicode.ToLower(r)
	if plain, ok := plainForms[low]; ok {
		low = plain
	}
	return fold{r: low, class: classOf(low), upper: unicode.IsUpper(r)}
}

// foldParts folds a decomposition: an accented letter is one letter again, a ligature several.
func foldParts(list []rune, upper bool) fold {
	var one fold
	kept := 0
	for _, part := range list {
		if f := foldOf(part); f.how == foldOne {
			one, kept = f, kept+1
		} else if f.how == foldMany {
			kept += 2
		}
	}
	switch kept {
	case 0:
		return fold{how: foldMark}
	case 1:
		one.upper = one.upper || upper
		return one
	}
	return fold{how: foldMany, upper: upper || unicode.IsUpper(list[0])}
}

// invisible says whether nobody sees r: zero-width joiners, soft hyphens, direction marks,
// variation tags, and letters that are drawn as nothing.
func invisible(r rune) bool {
	switch r {
	case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5, 0x0640:
		return true
	}
	return unicode.Is(unicode.Cf, r) || (r < ' ' && r != '\n' && r != '\t' && r != '\r') || r == 0x7F
}

// digitValue reads a decimal digit of any script. The Unicode table lists them in runs of ten.
func digitValue(r rune) rune {
	for _, span := range unicode.Nd.R16 {
		if r >= rune(span.Lo) && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	for _, span := range unicode.Nd.R32 {
		if r >= rune(span.Lo) && r <= rune(span.Hi) {
			return (r - rune(span.Lo)) % 10
		}
	}
	return 0
}

// classOf sorts a folded rune.
func classOf(r rune) class {
	switch {
	case r == ' ' || r == '\n' || unicode.IsSpace(r):
		return blank
	case r >= '0' && r <= '9':
		return digit
	case r >= 'a' && r <= 'z' || unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Sc, r):
		return currency
	case !unicode.IsLetter(r):
		return other
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Greek, r):
		return greek
	case unicode.Is(unicode.Arabic, r):
		return arabic
	case unicode.Is(unicode.Han, r):
		return han
	}
	return letter
}
