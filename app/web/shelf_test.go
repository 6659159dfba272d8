package web

import (
	"strconv"
	"testing"

	"portico/app/store"
)

func page(name string, reads ...store.Read) *kept {
	return &kept{name: name, whole: []byte(name), reads: reads}
}

func TestAChangeTakesExactlyThePagesThatItTouches(t *testing.T) {
	posts := func(scope string) store.Read { return store.Read{Table: "posts", Scope: scope} }
	boards := store.Read{Table: "boards"}
	for _, row := range []struct {
		what   string
		change store.Change
		left   []string
	}{
		{"a reply in one talk", store.Change{Tables: []string{"posts"}, Scopes: []string{"talk/a", "board/x"}}, []string{"b", "boards", "rules"}},
		{"a post somewhere", store.Change{Tables: []string{"posts"}}, []string{"boards", "rules"}},
		{"a board", store.Change{Tables: []string{"boards"}}, []string{"b", "rules", "front"}},
		{"another table", store.Change{Tables: []string{"tips"}}, []string{"a", "b", "boards", "rules", "front"}},
	} {
		s := newShelf()
		s.Whole(true)
		for _, k := range []*kept{page("a", posts("talk/a"), boards), page("b", posts("talk/b")), page("boards", boards), page("rules"), page("front", posts(""))} {
			s.put(k, s.begin())
		}
		s.Drop(row.change)
		for _, name := range []string{"a", "b", "boards", "rules", "front"} {
			want := false
			for _, left := range row.left {
				want = want || left == name
			}
			if got := s.take(name, 0) != nil; got != want {
				t.Errorf("%s: page %q is there: %t; want %t", row.what, name, got, want)
			}
		}
	}
}

func TestAPageThatWasOvertakenWhileItWasDrawnIsNotKept(t *testing.T) {
	s := newShelf()
	s.Whole(true)
	begun := s.begin()
	s.Drop(store.Change{Tables: []string{"posts"}, Scopes: []string{"talk/a"}})
	s.put(page("a", store.Read{Table: "posts", Scope: "talk/a"}), begun)
	s.put(page("b", store.Read{Table: "posts", Scope: "talk/b"}), begun)
	if s.take("a", 0) != nil || s.take("b", 0) == nil {
		t.Error("the page of the talk that changed is kept, or that of another is not")
	}
	for range recent + 1 {
		s.Drop(store.Change{Tables: []string{"tips"}})
	}
	s.put(page("c"), begun)
	if s.take("c", 0) != nil {
		t.Error("a page is kept although nobody knows any more what changed meanwhile")
	}
}

func TestAClosedShelfIsEmptyAndStaysSo(t *testing.T) {
	s := newShelf()
	s.put(page("early"), s.begin())
	s.Whole(true)
	begun := s.begin()
	s.put(page("kept"), begun)
	s.Whole(false)
	s.put(page("late"), s.begin())
	s.Whole(true)
	s.put(page("begun before"), begun)
	for _, name := range []string{"early", "kept", "late", "begun before"} {
		if s.take(name, 0) != nil {
			t.Errorf("%q is on the shelf", name)
		}
	}
}

func TestTheShelfHasItsRoomAndNoPageOutlivesItsMinute(t *testing.T) {
	s := newShelf()
	s.Whole(true)
	big := make([]byte, shelfRoom/20)
	for i := range 60 {
		s.put(&kept{name: strconv.Itoa(i), minute: int64(i), whole: big, reads: []store.Read{{Table: "posts", Scope: strconv.Itoa(i)}}}, s.begin())
	}
	if s.bytes > shelfRoom {
		t.Errorf("%d bytes are kept; there is room for %d", s.bytes, shelfRoom)
	}
	if s.take("0", 0) != nil || s.take("59", 59) == nil || s.take("59", 60) != nil {
		t.Error("the oldest is there, or the newest is not, or it outlives its minute")
	}
	s.Drop(store.Change{Tables: []string{"posts"}})
	if s.bytes != 0 || len(s.by) != 0 || len(s.parts) != 0 {
		t.Errorf("an empty shelf holds %d bytes, %d and %d marks", s.bytes, len(s.by), len(s.parts))
	}
}
