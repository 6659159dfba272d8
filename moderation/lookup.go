package moderation

import "iter"

// atomID numbers the words and word beginnings that the rule files know.
type atomID int32

// Words are looked up by a hash that grows with each letter, so that all beginnings of a word
// cost one pass. Whole words and beginnings live in one table, told apart by a salt.
const (
	hashSeed   = 0xcbf29ce484222325
	hashPrime  = 0x9E3779B97F4A7C15
	beginsSalt = 0x5bd1e9955bd1e995
)

func hashStep(h uint64, r rune) uint64 {
	h = (h ^ uint64(r)) * hashPrime
	return h ^ h>>29
}

func hashWord(word []rune) uint64 {
	h := uint64(hashSeed)
	for _, r := range word {
		h = hashStep(h, r)
	}
	return h
}

// atomTable is an open-addressing table from hashes to atoms. It is filled once and then only
// read, so it can be smaller and quicker than a map.
type atomTable struct {
	keys  []uint64
	atoms []atomID
	mask  uint64
	sieve []uint64 // a bit for each key: small enough to stay at hand, it answers most misses
}

func newAtomTable(from map[uint64]atomID) atomTable {
	size := 64
	for size < len(from)*3 {
		size *= 2
	}
	t := atomTable{keys: make([]uint64, size), atoms: make([]atomID, size), mask: uint64(size - 1),
		sieve: make([]uint64, max(1, size/32))}
	for key, atom := range from {
		bit := t.bit(key)
		t.sieve[bit/64] |= 1 << (bit % 64)
		i := key & t.mask
		for t.keys[i] != 0 {
			i = (i + 1) & t.mask
		}
		t.keys[i], t.atoms[i] = key, atom
	}
	return t
}

// bit places a key in the sieve, by other bits than those that place it in the table.
func (t *atomTable) bit(key uint64) uint64 { return key >> 32 & uint64(len(t.sieve)*64-1) }

func (t *atomTable) get(key uint64) (atomID, bool) {
	if bit := t.bit(key); t.sieve[bit/64]&(1<<(bit%64)) == 0 {
		return 0, false
	}
	for i := key & t.mask; t.keys[i] != 0; i = (i + 1) & t.mask {
		if t.keys[i] == key {
			return t.atoms[i], true
		}
	}
	return 0, false
}

// spelling holds the ways to read the word at hand, so that no word costs memory of its own.
type spelling struct {
	letters [maxWord]rune
	forms   [8][]rune
	n       int
}

func (s *spelling) add(form []rune) {
	if s.n < len(s.forms) {
		s.forms[s.n] = form
		s.n++
	}
}

// lookUp finds what the rule files know about word i.
func (pg *page) lookUp(i int, s *spelling) {
	w := &pg.words[i]
	w.atoms = span{int32(len(pg.atoms)), int32(len(pg.atoms))}
	w.marks = leastMarks
	if w.han {
		pg.addHanAtoms(i)
	} else {
		pg.addReadings(i, s)
	}
}

// withRole goes over the words that have one of the roles, if the page has any such word.
func (pg *page) withRole(r role) iter.Seq[int] {
	return func(yield func(int) bool) {
		if pg.roles&r == 0 {
			return
		}
		for i := range pg.words {
			if pg.words[i].roles&r != 0 && !yield(i) {
				return
			}
		}
	}
}

// learn notes that word i is what an atom stands for.
func (pg *page) learn(i int, a atomID) {
	w, entry := &pg.words[i], &pg.book.atoms[a]
	pg.atoms = append(pg.atoms, a)
	w.atoms.to++
	w.marks = w.marks.with(markOf(a))
	r := entry.rolesIn(pg.spoken)
	w.roles |= r
	pg.roles |= r
	if entry.number >= 0 {
		w.number = entry.number
	}
	pg.called.add(&entry.calls)
	if entry.starts.from < entry.starts.to {
		pg.hits = append(pg.hits, hit{i, entry.starts})
	}
}

// addReadings learns the atoms of all ways to read word i, and those for what it looks like.
func (pg *page) addReadings(i int, s *spelling) {
	w := &pg.words[i]
	pg.read(w, s)
	for _, form := range s.forms[:s.n] {
		pg.addAtoms(form, i)
	}
	if pg.leadingDigits(w) > 0 {
		pg.learn(i, anyNumber)
	} else if w.upper {
		pg.learn(i, anyCapital)
	}
}

// addAtoms learns the atoms of one way to read word i.
func (pg *page) addAtoms(form []rune, i int) {
	table := &pg.book.table
	h := uint64(hashSeed)
	for k, r := range form {
		h = hashStep(h, r)
		if k > 0 {
			if a, ok := table.get(h ^ beginsSalt); ok {
				pg.learn(i, a)
			}
			if pg.watching != nil {
				pg.watch(h^beginsSalt, i)
			}
		}
	}
	if a, ok := table.get(h); ok {
		pg.learn(i, a)
	}
	if pg.watching != nil {
		pg.watch(h, i)
	}
}

// read lists the ways to read a word: as it stands, with digits read as letters, without a short
// word before its letters if they were pulled apart, with letters that were held down let go, and in Arabic without the particles written onto it.
func (pg *page) read(w *word, s *spelling) {
	s.n = 0
	buf := s.letters[:0]
	for _, g := range pg.glyphs[w.first:w.last] {
		if len(buf) == maxWord {
			break
		}
		if w.spaced && !g.class.inWord() || g.r == '\'' {
			continue
		}
		buf = append(buf, g.r)
	}
	s.add(buf)
	switch {
	case w.mixed && pg.glyphs[w.first].class == cyrillic:
		s.add(readLeet(buf, 'з', leetCyrillic))
		s.add(readLeet(buf, 'е', leetCyrillic))
	case w.mixed:
		s.add(readLeet(buf, 'i', leet))
		s.add(readLeet(buf, 'l', leet))
	}
	if w.spaced {
		s.add(buf[1:]) // languages have words of one letter, which people write before a name
	}
	if held(buf) {
		s.add(letGo(buf, 1))
		s.add(letGo(buf, 2))
	}
	if pg.glyphs[w.first].class == arabic {
		s.addBare(buf)
	}
}

func readLeet(word []rune, either rune, read func(r, either rune) rune) []rune {
	out := make([]rune, len(word))
	for i, r := range word {
		out[i] = read(r, either)
	}
	return out
}

// held says whether a letter stands three times in a row, which no language of ours spells.
func held(word []rune) bool {
	for i := 2; i < len(word); i++ {
		if word[i] == word[i-1] && word[i] == word[i-2] && (word[i] < '0' || word[i] > '9') {
			return true
		}
	}
	return false
}

// letGo shortens runs of three and more to keep.
func letGo(word []rune, keep int) []rune {
	var out []rune
	for i := 0; i < len(word); {
		end := i
		for end < len(word) && word[end] == word[i] {
			end++
		}
		n := end - i
		if n > 2 {
			n = keep
		}
		for range n {
			out = append(out, word[i])
		}
		i = end
	}
	return out
}

// addBare adds an Arabic word without "and", "so", the article, and "by", "for" or "like" before
// it, as far as three letters remain.
func (s *spelling) addBare(w []rune) {
	if len(w) > 3 && (w[0] == 'و' || w[0] == 'ف') {
		w = w[1:]
		s.add(w)
	}
	switch {
	case len(w) > 4 && w[0] == 'ا' && w[1] == 'ل':
		s.add(w[2:])
	case len(w) > 5 && (w[0] == 'ب' || w[0] == 'ك') && w[1] == 'ا' && w[2] == 'ل':
		s.add(w[3:])
		s.add(w[1:])
	case len(w) > 4 && w[0] == 'ل' && w[1] == 'ل':
		s.add(w[2:])
	case len(w) > 4 && (w[0] == 'ب' || w[0] == 'ل'):
		s.add(w[1:])
	}
}
