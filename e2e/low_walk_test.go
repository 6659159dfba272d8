//go:build e2e

package e2e

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// halls are the parts of the portal where somebody with a role can be named, as far as a
// page of each leads to the next.
var halls = []string{"/peers", "/read", "/translate", "/desk", "/meetings", "/learn", "/my", "/me", "/work", "/supervision", "/team", "/groups", "/transparency", "/asked", "/directory.csv"}

// coordination is where a coordinator works with a peer: her handle stays there, and what
// she wanted others to see does not.
var coordination = []string{"/work/team", "/work/career", "/supervision", "/learn/team", "/learn/team.csv", "/team"}

// find walks through all that each of four people can come to, and says on which pages
// something stands of one person, also where her words are looked for.
func (s screens) find(p *portal, of shown, talk, said string) map[string][]string {
	found := map[string][]string{}
	for name, j := range map[string]*journey{"visitor": s.visitor, "member": s.member, "colleague": s.colleague, "coordinator": s.coordinator} {
		for path, page := range j.everything(p, "/", "/peers", "/read", "/meetings", "/my", talk, "/forum/search?q="+url.QueryEscape(said), "/directory.csv") {
			words := []string{of.name, of.title, of.handle}
			if j == s.coordinator && within(path, coordination) {
				words = []string{of.name, of.title}
			}
			if says(page, words...) {
				found[name] = append(found[name], path)
			}
		}
		slices.Sort(found[name])
	}
	return found
}

// everything reads the pages and the files to which the links of some pages lead.
func (j *journey) everything(p *portal, from ...string) map[string]string {
	j.t.Helper()
	pages, next, exchanged := map[string]string{}, slices.Clone(from), ""
	for ; len(next) > 0; next = next[1:] {
		if _, seen := pages[next[0]]; seen {
			continue
		}
		status, page := p.get(j.t, j, next[0])
		if status != http.StatusOK && !slices.Contains(from, next[0]) {
			j.t.Errorf("%s answers %d", next[0], status)
		}
		pages[next[0]] = page
		for _, href := range links(page) {
			// The files for translators are written by the same lines for every text and
			// language; those of the first stand for all.
			if room, _, found := strings.Cut(href, "/exchange"); found {
				if exchanged == "" {
					exchanged = room
				}
				if room != exchanged {
					continue
				}
			}
			if !strings.Contains(href, "?") && within(href, halls) {
				next = append(next, href)
			}
		}
	}
	return pages
}

// within reports whether an address is one of some, or lies under one.
func within(path string, some []string) bool {
	return slices.ContainsFunc(some, func(one string) bool { return path == one || strings.HasPrefix(path, one+"/") })
}
