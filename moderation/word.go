package moderation

import "sync"

// word is a run of letters and digits, one Han character, or one currency sign.
type word struct {
	first, last int32 // glyphs, half open
	from, to    int32 // bytes of the original, half open
	atoms       span  // what the rule files know about it, in page.atoms
	marks       marks // of these atoms, and of a Han character
	roles       role
	number      int16 // the value, if it is a number word; -1 otherwise
	digits      bool  // digits alone
	mixed       bool  // letters and digits, or letters and a leet sign
	upper       bool  // begins with a capital
	han         bool
	hanWords    bool // begins a word of several Han characters that the rule files know
	money       bool // a currency sign
	spaced      bool // single letters that were pulled apart
	breaks      bool // a sentence ends before it
}

type span struct{ from, to int32 }

// maxWord bounds how much of one word is looked at; a longer one is noise.
const maxWord = 48

// page is one text while it is being read.
type page struct {
	book   *book
	text   string
	spoken languageSet

	glyphs  []glyph
	classes uint16  // the classes among the glyphs, a bit each
	signs   []int32 // glyphs that are @ . or :
	words   []word
	roles   role // of all words
	atoms   []atomID
	found   []found
	silent  []found // harmless uses, which silence the findings of their rule over the same words

	called guardSet // by the words of the sentence at hand
	hits   []hit    // in that sentence

	watching *watchlist
	seen     []sighting
}

// pages are pages to be used again, so that reading a post leaves little to collect.
var pages = sync.Pool{New: func() any { return new(page) }}

// newPage takes a page for a text.
func newPage(b *book, text string, spoken languageSet) *page {
	pg := pages.Get().(*page)
	pg.book, pg.text, pg.spoken = b, text, spoken
	return pg
}

// maxKept bounds the glyphs of a page that is kept, so that one huge text does not stay.
const maxKept = 1 << 15

// release gives the page back, wiped: what somebody wrote does not lie around in memory.
func (pg *page) release() {
	if cap(pg.glyphs) > maxKept {
		return
	}
	clear(pg.glyphs)
	clear(pg.atoms)
	*pg = page{glyphs: pg.glyphs[:0], words: pg.words[:0], atoms: pg.atoms[:0], found: pg.found[:0],
		silent: pg.silent[:0], signs: pg.signs[:0], seen: pg.seen[:0], hits: pg.hits[:0]}
	pages.Put(pg)
}

// fold folds the text and cuts its words.
func (pg *page) fold() {
	pg.glyphs = normalise(pg.glyphs, pg.text)
	var classes uint16
	for i := range pg.glyphs {
		g := &pg.glyphs[i]
		classes |= 1 << g.class
		if g.r == '@' || g.r == '.' || g.r == ':' {
			pg.signs = append(pg.signs, int32(i))
		}
	}
	pg.classes = classes
	pg.cutWords()
	pg.joinSpaced()
	if pg.classes&(1<<cyrillic|1<<greek) != 0 && pg.classes&(1<<latin) != 0 {
		pg.unmask()
	}
}

// cutWords walks the glyphs once and notes where sentences end.
func (pg *page) cutWords() {
	g := pg.glyphs
	breaks := false
	for i := 0; i < len(g); {
		c := g[i].class
		if !c.inWord() && c != currency {
			breaks = breaks || pg.endsSentence(i)
			i++
			continue
		}
		end := i + 1
		if c != han && c != currency {
			for end < len(g) && pg.sameWord(end) {
				end++
			}
		}
		pg.words = append(pg.words, word{first: int32(i), last: int32(end), breaks: breaks, number: -1,
			from: g[i].from, to: g[end-1].to, upper: g[i].upper, han: c == han, money: c == currency})
		if c != han {
			pg.words[len(pg.words)-1].describe(g[i:end])
		}
		breaks, i = false, end
	}
}

// sameWord says whether the glyph at i continues the word before it. Between two letters @ and $
// stand for a letter; between two Cyrillic ones an apostrophe is Ukrainian spelling.
func (pg *page) sameWord(i int) bool {
	g := pg.glyphs
	switch c := g[i].class; {
	case c == han:
		return false
	case c.inWord():
		return true
	}
	if i+1 == len(g) || g[i-1].class != g[i+1].class {
		return false
	}
	switch g[i].r {
	case '@', '$':
		return g[i-1].class == latin || g[i-1].class == cyrillic
	case '\'':
		return g[i-1].class == cyrillic
	}
	return false
}

// endsSentence says whether the glyph at i ends a sentence. A full stop does so only before a
// blank, since people write "t.me" and "3.5", and not in "no. 5"; a line alone does not, since they
// wrap lines.
func (pg *page) endsSentence(i int) bool {
	g := pg.glyphs
	switch g[i].r {
	case '!', '?', ';':
		return true
	case '\n':
		return i+1 < len(g) && g[i+1].r == '\n'
	case '.':
		if i+1 == len(g) || g[i+1].class == blank {
			return i == 0 || g[i-1].class != blank && !pg.abbreviated(i)
		}
		return i > 0 && g[i-1].class == han || g[i+1].class == han
	}
	return false
}

// abbreviated says whether the full stop at i belongs to a short word before a number: "бл. 210".
func (pg *page) abbreviated(i int) bool {
	g := pg.glyphs
	from := i
	for from > 0 && i-from <= 3 && g[from-1].class.isLetter() && g[from-1].class != han {
		from--
	}
	return from < i && i-from <= 3 && i+2 < len(g) && g[i+2].class == digit
}

// describe fills what can be told from the glyphs of a word.
func (w *word) describe(glyphs []glyph) {
	letters, digits, signs := 0, 0, 0
	for i := range glyphs {
		switch c := glyphs[i].class; {
		case c == digit:
			digits++
		case c.isLetter():
			letters++
		case glyphs[i].r != '\'':
			signs++
		}
	}
	w.digits = letters == 0 && digits > 0
	w.mixed = letters > 0 && digits > 0 || letters > 2 && signs > 0
}

// joinSpaced makes one word of letters that were pulled apart, as in "t e l e g r a m".
func (pg *page) joinSpaced() {
	n := 0 // words that stay
	for i := 0; i < len(pg.words); n++ {
		end := i + 1
		if pg.single(i) {
			end = max(pg.spacedRun(i), end)
		}
		if n < i {
			pg.words[n] = pg.words[i]
		}
		if w := &pg.words[n]; end > i+1 {
			w.last, w.to = pg.words[end-1].last, pg.words[end-1].to
			w.spaced = true
			w.mixed = pg.anyDigit(*w)
		}
		i = end
	}
	pg.words = pg.words[:n]
}

// spacedRun returns the end of the run of single letters that begins at word i, one of them, or i. The same
// separator must stand between all of them, so that "l e g a l  h e l p" is two words. A blank
// needs four letters, since languages have words of one letter.
func (pg *page) spacedRun(i int) int {
	if i+2 >= len(pg.words) || !pg.single(i+1) {
		return i
	}
	g := pg.glyphs
	between := g[pg.words[i].last].r
	letters, end := 0, i
	for ; end < len(pg.words) && end < i+maxWord && pg.single(end); end++ {
		w := pg.words[end]
		if end > i && (w.first != pg.words[end-1].last+1 || g[w.first-1].r != between) {
			break
		}
		if g[w.first].class.isLetter() {
			letters++
		}
	}
	least := 3
	if between == ' ' {
		least = 4
	}
	if letters < least || letters*2 <= end-i {
		return i
	}
	return end
}

// single says whether word i is one letter or digit.
func (pg *page) single(i int) bool {
	w := &pg.words[i]
	return w.last == w.first+1 && !w.han && !w.money
}

func (pg *page) anyDigit(w word) bool {
	for _, g := range pg.glyphs[w.first:w.last] {
		if g.class == digit {
			return true
		}
	}
	return false
}

// unmask turns letters of another alphabet that only look Latin, or only look Cyrillic, into
// what the reader sees. It touches a word only if the word mixes alphabets, or if the whole text
// is Latin otherwise, so that ordinary Russian or Greek stays as it is. A word that the rule files
// know stays too: all letters of "інста" look Latin.
func (pg *page) unmask() {
	plainLatin, foreign := false, false
	for i := range pg.glyphs {
		switch g := &pg.glyphs[i]; g.class {
		case latin:
			plainLatin = true
		case cyrillic, greek:
			if _, ok := latinLike[g.r]; !ok {
				foreign = true
			}
		}
	}
	for i := range pg.words {
		w := &pg.words[i]
		if lat, oth := pg.alphabets(w); oth > 0 && (lat > 0 || plainLatin && !foreign && !pg.known(w)) {
			if !pg.rewrite(w, toLatin) {
				pg.rewrite(w, toCyrillic)
			}
		}
	}
}

// known says whether the rule files have the word as it stands.
func (pg *page) known(w *word) bool {
	h := uint64(hashSeed)
	for _, g := range pg.glyphs[w.first:w.last] {
		h = hashStep(h, g.r)
	}
	_, ok := pg.book.table.get(h)
	return ok
}

// alphabets counts the Latin letters of a word, and the Cyrillic and Greek ones.
func (pg *page) alphabets(w *word) (lat, oth int) {
	if w.digits || w.han {
		return 0, 0
	}
	for _, g := range pg.glyphs[w.first:w.last] {
		switch g.class {
		case latin:
			lat++
		case cyrillic, greek:
			oth++
		}
	}
	return lat, oth
}

// rewrite replaces all letters of a word by their look-alikes, or none if one has none.
func (pg *page) rewrite(w *word, like func(glyph) (glyph, bool)) bool {
	for _, g := range pg.glyphs[w.first:w.last] {
		if _, ok := like(g); !ok {
			return false
		}
	}
	for i := w.first; i < w.last; i++ {
		pg.glyphs[i], _ = like(pg.glyphs[i])
	}
	return true
}

func toLatin(g glyph) (glyph, bool) {
	if g.class != cyrillic && g.class != greek {
		return g, true
	}
	r, ok := latinLike[g.r]
	if capital, is := greekCapitals[g.r]; is && g.upper {
		r = capital
	}
	g.r, g.class = r, latin
	return g, ok
}

func toCyrillic(g glyph) (glyph, bool) {
	if g.class != latin {
		return g, g.class != greek
	}
	r, ok := cyrillicLike[g.r]
	g.r, g.class = r, cyrillic
	return g, ok
}
