package server_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portico/app/member"
	"portico/seed"
)

var linkPattern = regexp.MustCompile(`href="(/[^"#]*)"`)

// alike cuts from an address what tells pages apart that were written by the same lines and
// for no person: the words after a question mark (filters, orders, pages of a list), which
// service of the directory, unit of a module, post, practice, table or passage.
var alike = regexp.MustCompile(`\?.*$|^(/directory|/learn/[^/]*|/posts|/practices|/what-we-hold)/[^/]*|^(/translate)/[^/]*/.*`)

// crawl opens every page that links lead to, from some on, and returns what was read. Of
// pages that are alike it opens four.
func (h *house) crawl(t *testing.T, cookie string, from ...string) map[string]string {
	t.Helper()
	read, asked, waiting := map[string]string{}, map[string]int{}, slices.Clone(from)
	for len(waiting) > 0 && len(read) < 900 {
		path := strings.ReplaceAll(waiting[0], "&amp;", "&")
		waiting = waiting[1:]
		if _, seen := read[path]; seen || strings.HasPrefix(path, "/static") || strings.HasPrefix(path, "/languages") || strings.Contains(path, "calendar") {
			continue
		}
		if shape := alike.ReplaceAllString(path, "$1$2"); shape != path {
			if asked[shape]++; asked[shape] > 4 {
				continue
			}
		}
		read[path] = h.ask(t, http.MethodGet, path, cookie, nil).body
		for _, m := range linkPattern.FindAllStringSubmatch(read[path], -1) {
			waiting = append(waiting, m[1])
		}
	}
	if len(read) == 900 {
		t.Error("there are more pages than this crawl opens")
	}
	return read
}

// names lists the pages on which one of the words stands as a whole.
func names(read map[string]string, words ...string) (pages []string) {
	for _, word := range words {
		pattern := regexp.MustCompile(`(^|[^\p{L}\d-])` + regexp.QuoteMeta(word) + `($|[^\p{L}\d-])`)
		for path, body := range read {
			if strings.Contains(body, word) && pattern.MatchString(body) && !slices.Contains(pages, path) {
				pages = append(pages, path)
			}
		}
	}
	slices.Sort(pages)
	return pages
}

// named finds somebody of the cast.
func (h *house) named(t *testing.T, name string) seed.Person {
	t.Helper()
	at := slices.IndexFunc(h.cast.People, func(p seed.Person) bool { return p.Name == name })
	if at < 0 {
		t.Fatalf("nobody is called %s", name)
	}
	return h.cast.People[at]
}

// TestLowProfileWithdrawsANameFromFourPairsOfEyes lets everybody read every page that leads
// from where they are, before and after one peer enters low profile and after she leaves it.
func TestLowProfileWithdrawsANameFromFourPairsOfEyes(t *testing.T) {
	h, ctx := build(t), context.Background()
	her := h.enter(t, h.named(t, "Folake"))
	handle := her.Actor.Role.Handle
	eyes := map[string]string{
		"visitor": "", "member": h.enter(t, h.named(t, "Robin")).Cookie,
		"colleague": h.enter(t, h.named(t, "Bahia")).Cookie, "coordinator": h.enter(t, h.named(t, "Rowan")).Cookie,
	}
	starts := []string{"/", "/peers", "/read", "/forum", "/forum/search?q=night", "/my", "/desk/rota", "/desk", "/meetings", "/translate", "/supervision", "/supervision/new", "/work/career", "/learn", "/transparency", "/directory.csv", "/team"}
	look := func(who string) []string { return names(h.crawl(t, eyes[who], starts...), handle, "Juni") }
	for _, who := range []string{"visitor", "member", "colleague", "coordinator"} {
		if pages := look(who); len(pages) == 0 {
			t.Errorf("a %s reads her name nowhere: what follows proves nothing", who)
		}
	}
	if err := h.Peerwork.LowProfile(ctx, her.Actor, true); err != nil {
		t.Fatal(err)
	}
	// Who coordinates works with her: her contract, hours, supervision, learning and keys are
	// the organisation's duty, and these rooms keep her handle.
	rooms := regexp.MustCompile(`^/(work/team|team|supervision|learn/team|desk/keys|read/work)`)
	for _, who := range []string{"visitor", "member", "colleague", "coordinator"} {
		for _, page := range look(who) {
			if who != "coordinator" || !rooms.MatchString(page) {
				t.Errorf("in low profile a %s reads her name on %s", who, page)
			}
		}
	}
	if pages := names(h.crawl(t, her.Cookie, "/forum", "/work/profile"), handle); len(pages) == 0 {
		t.Error("she does not read her own name")
	}
	if err := h.Peerwork.LowProfile(ctx, her.Actor, false); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"visitor", "member"} {
		if pages := look(who); len(pages) > 0 {
			t.Errorf("she left low profile alone, and a %s reads her name on %v", who, pages)
		}
	}
	lead := h.enter(t, h.named(t, "Rowan"))
	if err := h.Peerwork.ComeBack(ctx, lead.Actor, her.Actor.Role.ID); err != nil {
		t.Fatal(err)
	}
	if pages := look("visitor"); len(pages) == 0 {
		t.Error("two people said yes, and her name came back nowhere: something was deleted")
	}
}

// TestASearchFindsNoHiddenName looks for the handle of somebody in low profile.
func TestASearchFindsNoHiddenName(t *testing.T) {
	h, ctx := build(t), context.Background()
	her := h.enter(t, h.named(t, "Folake"))
	if err := h.Peerwork.LowProfile(ctx, her.Actor, true); err != nil {
		t.Fatal(err)
	}
	hits, err := h.Forum.Search(ctx, member.Actor{}, "night", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range hits {
		if hit.Handle == her.Actor.Role.Handle {
			t.Error("a hit of a search names her")
		}
	}
	body := h.ask(t, http.MethodGet, "/forum/search?q="+url.QueryEscape(her.Actor.Role.Handle), "", nil).body
	if strings.Contains(strings.ReplaceAll(body, `value="`+her.Actor.Role.Handle+`"`, ""), "<bdi>"+her.Actor.Role.Handle) {
		t.Error("searching for her handle finds her")
	}
}
