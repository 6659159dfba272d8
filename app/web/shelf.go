package web

import (
	"slices"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"portico/app/store"
)

// shelfRoom is how many bytes of finished pages a server keeps.
const shelfRoom = 24 << 20

// recent is how many changes a page may be overtaken by while it is drawn; with more it is not kept.
const recent = 256

// shelf keeps finished pages that are the same for everybody who is not signed in. A page
// remembers which rows it was drawn from; a change takes exactly the pages away that it
// touches, here at once and on the other servers before whoever changed something hears that
// it is done. No page stays longer than the minute in which it was drawn, because help lines
// open and close.
type shelf struct {
	mu    sync.Mutex
	open  bool // false while changes of other servers may be missed
	pages *simplelru.LRU[string, *kept]
	bytes int
	by    map[store.Read]map[*kept]bool // who was drawn from these rows
	parts map[string]map[*kept]bool     // who was drawn from a scope of this table
	past  [recent]store.Change
	count int // changes so far
}

// kept is one finished page.
type kept struct {
	name        string
	minute      int64
	whole, gzip []byte
	reads       []store.Read
}

func (k *kept) size() int { return len(k.whole) + len(k.gzip) + len(k.name) + 512 }

func newShelf() *shelf {
	s := &shelf{by: map[store.Read]map[*kept]bool{}, parts: map[string]map[*kept]bool{}}
	s.pages, _ = simplelru.NewLRU(1<<20, func(_ string, k *kept) { s.forget(k) }) // fails for sizes below one only
	return s
}

// Whole opens or closes the shelf; a closed one is empty and keeps nothing.
func (s *shelf) Whole(open bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = open
	s.count += recent + 1 // what is being drawn now was begun before
	s.pages.Purge()
}

// take returns a page that was drawn in this minute.
func (s *shelf) take(name string, minute int64) *kept {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.pages.Get(name)
	if !ok || k.minute != minute {
		return nil
	}
	return k
}

// begin marks the moment before a page is drawn.
func (s *shelf) begin() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// put keeps a page, unless something that it was drawn from has changed since begin.
func (s *shelf) put(k *kept, begun int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open || s.count-begun > recent || k.size() > shelfRoom/16 {
		return
	}
	for i := begun; i < s.count; i++ {
		if touches(s.past[i%recent], k.reads) {
			return
		}
	}
	s.pages.Remove(k.name)
	s.pages.Add(k.name, k)
	s.bytes += k.size()
	for _, read := range k.reads {
		enlist(s.by, read, k)
		if read.Scope != "" {
			enlist(s.parts, read.Table, k)
		}
	}
	for s.bytes > shelfRoom {
		s.pages.RemoveOldest()
	}
}

// Drop takes away what a change touches.
func (s *shelf) Drop(change store.Change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.past[s.count%recent] = change
	s.count++
	for _, table := range change.Tables {
		s.dropAll(s.by[store.Read{Table: table}])
		if len(change.Scopes) == 0 {
			s.dropAll(s.parts[table])
		}
		for _, scope := range change.Scopes {
			s.dropAll(s.by[store.Read{Table: table, Scope: scope}])
		}
	}
}

func (s *shelf) dropAll(pages map[*kept]bool) {
	for k := range pages {
		s.pages.Remove(k.name)
	}
}

// forget is called for each page that leaves.
func (s *shelf) forget(k *kept) {
	s.bytes -= k.size()
	for _, read := range k.reads {
		delist(s.by, read, k)
		delist(s.parts, read.Table, k)
	}
}

// touches reports whether a change wrote any row that a page may have been drawn from.
func touches(change store.Change, reads []store.Read) bool {
	return slices.ContainsFunc(reads, func(r store.Read) bool {
		if !slices.Contains(change.Tables, r.Table) {
			return false
		}
		return r.Scope == "" || len(change.Scopes) == 0 || slices.Contains(change.Scopes, r.Scope)
	})
}

func enlist[K comparable](index map[K]map[*kept]bool, key K, k *kept) {
	if index[key] == nil {
		index[key] = map[*kept]bool{}
	}
	index[key][k] = true
}

func delist[K comparable](index map[K]map[*kept]bool, key K, k *kept) {
	delete(index[key], k)
	if len(index[key]) == 0 {
		delete(index, key)
	}
}
