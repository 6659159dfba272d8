package moderation

import (
	"slices"
	"sync/atomic"
)

// watched is a host's term, ready to be compared.
type watched struct {
	hashes  []uint64 // of each word; the last may be that of a beginning
	outcome Outcome
	next    int32 // another term with the same first word, or -1
}

// watchlist is a host's terms, folded, with a table of their first words.
type watchlist struct {
	terms     []Term
	languages []string
	watched   []watched
	table     atomTable
}

// lastWatchlist spares the folding of terms that are the same at every call, as a host's are. It
// changes nothing but the time that a call takes.
var lastWatchlist atomic.Pointer[watchlist]

// sighting says that the first word of a term stands at a word of the page.
type sighting struct {
	term atomID
	word int
}

// watchFor readies the terms that concern the page.
func (pg *page) watchFor(terms []Term, languages []string) {
	if len(terms) == 0 {
		return
	}
	list := lastWatchlist.Load()
	if list == nil || !slices.Equal(list.terms, terms) || !slices.Equal(list.languages, languages) {
		list = newWatchlist(terms, languages)
		lastWatchlist.Store(list)
	}
	if len(list.watched) > 0 {
		pg.watching = list
	}
}

func newWatchlist(terms []Term, languages []string) *watchlist {
	list := &watchlist{terms: slices.Clone(terms), languages: slices.Clone(languages)}
	first := make(map[uint64]atomID, len(terms))
	for _, t := range terms {
		w, ok := readTerm(t, languages)
		if !ok {
			continue
		}
		w.next = -1
		if same, ok := first[w.hashes[0]]; ok {
			w.next = int32(same)
		}
		first[w.hashes[0]] = atomID(len(list.watched))
		list.watched = append(list.watched, w)
	}
	list.table = newAtomTable(first)
	return list
}

// watch notes that word i, or its beginning, has a hash that a term may begin with.
func (pg *page) watch(hash uint64, i int) {
	if t, ok := pg.watching.table.get(hash); ok {
		pg.seen = append(pg.seen, sighting{t, i})
	}
}

// readTerm folds a term; one of another language or without a letter is left out.
func readTerm(t Term, languages []string) (watched, bool) {
	w := watched{outcome: t.Outcome}
	if w.outcome.severity() == 0 && w.outcome != Publish {
		w.outcome = Hold
	}
	if !spoken(t.Language, languages) {
		return w, false
	}
	c := readChoices(t.Text)[0]
	for i, word := range c.words {
		h := hashWord([]rune(word))
		if c.open && i == len(c.words)-1 {
			h ^= beginsSalt
		}
		w.hashes = append(w.hashes, h)
	}
	return w, len(w.hashes) > 0
}

// spoken says whether a term in lang concerns a page in languages.
func spoken(lang string, languages []string) bool {
	return lang == "" || len(languages) == 0 || slices.Contains(languages, lang)
}

// findWatched compares the rest of the terms whose first word was seen.
func (pg *page) findWatched() {
	for _, s := range pg.seen {
		for k := int32(s.term); k >= 0; k = pg.watching.watched[k].next {
			t := &pg.watching.watched[k]
			last := s.word + len(t.hashes) - 1
			if last < len(pg.words) && pg.followedBy(s.word+1, t.hashes[1:]) {
				pg.found = append(pg.found, found{rule: ruleWatched, outcome: t.outcome,
					start: int(pg.words[s.word].from), end: int(pg.words[last].to)})
			}
		}
	}
}

// followedBy says whether the words from i on have these hashes.
func (pg *page) followedBy(i int, hashes []uint64) bool {
	for k, want := range hashes {
		if !pg.hasHash(&pg.words[i+k], want) {
			return false
		}
	}
	return true
}

// hasHash says whether a word, or a beginning of it, has the hash.
func (pg *page) hasHash(w *word, want uint64) bool {
	var s spelling
	pg.read(w, &s)
	for _, form := range s.forms[:s.n] {
		h := uint64(hashSeed)
		for _, r := range form {
			h = hashStep(h, r)
			if h^beginsSalt == want {
				return true
			}
		}
		if h == want {
			return true
		}
	}
	return false
}
