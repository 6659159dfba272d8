package server_test

import (
	"context"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/forum"
	"portico/app/store"
)

var anyLink = regexp.MustCompile(`href="(/[^"#]*)`)

// stroll opens every page that a visitor finds by following links, at most n of them.
func (h *house) stroll(t *testing.T, n int, more ...string) []string {
	t.Helper()
	seen := map[string]bool{}
	ahead := append([]string{"/"}, more...)
	for len(ahead) > 0 && len(seen) < n {
		path := ahead[0]
		ahead = ahead[1:]
		if seen[path] || strings.HasPrefix(path, "/static/") || strings.HasPrefix(path, "/link") {
			continue
		}
		seen[path] = true
		for _, found := range anyLink.FindAllStringSubmatch(h.ask(t, http.MethodGet, path, "", nil).body, -1) {
			ahead = append(ahead, html.UnescapeString(found[1]))
		}
	}
	var paths []string
	for path := range seen {
		paths = append(paths, path)
	}
	return paths
}

// TestAKeptPageIsAlwaysTheOneThatWouldBeDrawn changes what visitors see in many ways, and after
// each opens all their pages: each that comes from the shelf is drawn anew and compared. The
// clock stands still, so that nothing is saved by the end of a minute.
func TestAKeptPageIsAlwaysTheOneThatWouldBeDrawn(t *testing.T) {
	h, ctx := build(t), context.Background()
	author, moderator, reader := h.hand(t, h.person(t, "member")), h.hand(t, h.person(t, "moderator")), h.hand(t, h.person(t, "peer"))
	coordinator := h.hand(t, h.person(t, "coordinator"))
	path, post, topic := author.talks(t, "Which lock is good?")
	otherPath, _, other := author.talks(t, "Something else")
	h.Web.Kept(true)
	var kept []string
	doing := "nothing"
	h.Web.Doubt(func(path string, same bool) {
		kept = append(kept, path)
		if !same {
			t.Errorf("after %s, %s is not as it would be drawn", doing, path)
		}
	})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", doing, err)
		}
	}
	inTx := func(fn func(tx *gorm.DB) error) { t.Helper(); must(h.Store.Tx(ctx, fn)) }
	var reply store.ID
	steps := []struct {
		what string
		do   func()
		drop []string // pages that must be drawn anew
		stay []string // pages that must not
	}{
		{"a look around", func() {}, nil, []string{"/", "/forum", path, otherPath, "/rules", "/learn"}},
		{"a reply", func() {
			r, err := h.Forum.Reply(ctx, author.Actor, topic, forum.Draft{Body: "One with a chain.", Lang: "en"})
			must(err)
			if reply = r.Post; r.Held {
				inTx(func(tx *gorm.DB) error { return h.Forum.Keep(ctx, tx, r.Post) })
			}
		}, []string{path, "/forum/start"}, []string{otherPath, "/rules", "/learn"}},
		{"a reaction", func() { must(h.Forum.React(ctx, reader.Actor, topic, 1, "thanks")) }, []string{path}, []string{otherPath}},
		{"a mask", func() {
			inTx(func(tx *gorm.DB) error { return h.Forum.Mask(ctx, tx, reply, []string{"chain"}, "[removed]") })
		}, []string{path}, []string{otherPath}},
		{"a hidden post", func() { inTx(func(tx *gorm.DB) error { return h.Forum.Hide(ctx, tx, reply) }) }, []string{path, "/forum/start"}, []string{otherPath}},
		{"a post that is back", func() { inTx(func(tx *gorm.DB) error { return h.Forum.Keep(ctx, tx, reply) }) }, []string{path}, []string{otherPath}},
		{"a post taken away", func() { inTx(func(tx *gorm.DB) error { return h.Forum.Remove(ctx, tx, reply) }) }, []string{path}, []string{otherPath}},
		{"a revised post", func() {
			_, err := h.Forum.Revise(ctx, author.Actor, post, forum.Revision{Body: "It lies beside my bed.", Version: 1})
			must(err)
		}, []string{path}, []string{otherPath}},
		{"a closed talk", func() { inTx(func(tx *gorm.DB) error { return h.Forum.CloseTopic(ctx, tx, other) }) }, []string{otherPath}, nil},
		{"a decision at the desk", func() { moderator.posts(t, "/desk", "post", post.String(), "act", "keep") }, nil, nil},
		{"a handle that is withdrawn", func() { reader.posts(t, "/me/low", "on", "1") }, nil, nil},
		{"a board edited", func() {
			coordinator.posts(t, "/boards/start/edit", "name_en", "Beginning", "about_en", "Begin here.")
		}, nil, nil},
		{"a withdrawn talk", func() { _, _, err := h.Forum.Withdraw(ctx, author.Actor, post); must(err) }, []string{path, "/forum/start"}, nil},
	}
	const pages = 120
	h.stroll(t, pages, path, otherPath)
	for _, step := range steps {
		doing = step.what
		step.do()
		kept = nil
		opened := h.stroll(t, pages, path, otherPath)
		for _, path := range step.drop {
			if slices.Contains(kept, path) {
				t.Errorf("after %s, %s still came from the shelf", doing, path)
			}
		}
		for _, path := range step.stay {
			if !slices.Contains(kept, path) {
				t.Errorf("after %s, %s was drawn anew for nothing", doing, path)
			}
		}
		t.Logf("after %s: %d of %d pages from the shelf", doing, len(kept), len(opened))
	}
}

// TestNobodySignedInReadsFromTheShelf: what is drawn for somebody is hers, and what is kept is
// nobody's.
func TestNobodySignedInReadsFromTheShelf(t *testing.T) {
	h := build(t)
	w := h.hand(t, h.person(t, "member"))
	h.Web.Kept(true)
	h.Web.Doubt(func(path string, _ bool) {
		if path == "/forum" {
			return
		}
		t.Errorf("%s came from the shelf", path)
	})
	hers := w.gets(t, "/forum").body
	visitors := h.ask(t, http.MethodGet, "/forum", "", nil)
	if visitors.body == hers || !strings.Contains(h.ask(t, http.MethodGet, "/forum", "", nil).body, "/sign-in") {
		t.Error("a visitor reads the page of somebody")
	}
	if again := w.gets(t, "/forum").body; !strings.Contains(again, "/sign-out") {
		t.Error("she reads the page of a visitor")
	}
	// A page with a form has the token of one browser in it.
	if first, second := h.ask(t, http.MethodGet, "/sign-in", "", nil), h.ask(t, http.MethodGet, "/sign-in", "", nil); first.body == second.body {
		t.Error("two browsers have one token")
	}
	// A language that is asked for in the address is remembered in a cookie, each time.
	for range 2 {
		if a := h.ask(t, http.MethodGet, "/rules?lang=ar", "", nil); !strings.Contains(strings.Join(a.header.Values("Set-Cookie"), ";"), "lang=ar") {
			t.Error("the wish for Arabic was not remembered")
		}
	}
}
