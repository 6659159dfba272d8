package server_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/forum"
)

// TestNoBoardHidesAPage holds the forum's list of taken addresses to the route table: a
// board with the name of a page would never be found.
func TestNoBoardHidesAPage(t *testing.T) {
	h := build(t)
	boss := h.enter(t, h.person(t, "coordinator")).Actor
	looked := 0
	for _, r := range h.Web.Routes {
		rest, ok := strings.CutPrefix(r.Path, "/forum/")
		name, _, _ := strings.Cut(rest, "/")
		if !ok || strings.HasPrefix(name, ":") {
			continue
		}
		looked++
		err := h.Forum.OpenBoard(context.Background(), boss, forum.BoardForm{
			Slug: name, Audience: forum.Public, Texts: []forum.BoardText{{Lang: "en", Name: "A board", Purpose: "To talk"}},
		})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("a board may be called %q, which is a page: %v", name, err)
		}
	}
	if looked == 0 {
		t.Fatal("no page lies under /forum")
	}
}
