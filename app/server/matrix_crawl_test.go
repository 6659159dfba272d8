package server_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// variables says what stands in the variables of paths: kinds of ids in their order, by the
// longest beginning that fits. A path of another area has none and is left out.
var variables = map[string][]string{
	"/supervision/entries/": {"entry"}, "/supervision/debriefs/": {"debrief"}, "/supervision/": {"relation"},
	"/work/career/talks/": {"talk"}, "/work/career/skills/": {"skill"}, "/work/career/outside/": {"note"}, "/work/career/notes/": {"note"},
	"/work/contract/texts/": {"text", "part"}, "/work/team/contracts/": {"contract"}, "/work/team/texts/": {"text"},
	"/work/team/people/": {"owner"}, "/work/team/circles/": {"circle"}, "/work/weeks/": {"monday", "line"}, "/work/team/weeks/": {"week", "line"},
	"/work/team/months/": {"month"}, "/work/profile/as/": {"eyes"}, "/team/joining/pages/": {"org"}, "/team/joining/": {"path"},
	"/work/joining/steps/": {"path"}, "/work/joining/panel/": {"path"}, "/work/joining/votes/": {"vote"}, "/join-us/": {"org"}, "/learn/team/": {"owner"},
}

var variable = regexp.MustCompile(`:\w+`)

// paths are the addresses of a route with everything that exists in its variables.
func (m *matrix) paths(route string) []string {
	if !strings.Contains(route, ":") {
		return []string{route}
	}
	best := ""
	for prefix := range variables {
		if strings.HasPrefix(route, prefix) && len(prefix) > len(best) {
			best = prefix
		}
	}
	list, kinds := []string{route}, variables[best]
	for _, kind := range kinds {
		var next []string
		for _, path := range list {
			at := variable.FindStringIndex(path)
			if at == nil {
				next = append(next, path)
				continue
			}
			for _, id := range m.ids[kind] {
				next = append(next, path[:at[0]]+id+path[at[1]:])
			}
		}
		list = next
	}
	return slices.DeleteFunc(list, func(path string) bool { return strings.Contains(path, ":") })
}

// leaves are pages that would end the session or have nothing of anybody.
var leaves = []string{"/exit", "/sign-out", "/left", "/healthz", "/static"}

// crawl reads every page that somebody is admitted to, the files and the links of the matter
// that she finds there.
func (m *matrix) crawl(t *testing.T, column string) {
	t.Helper()
	m.ids["part"], m.ids["circle"], m.ids["eyes"] = []string{"1"}, []string{"payroll"}, []string{"me", "team", "members", "public"}
	var list []string
	for _, r := range m.Web.Routes {
		if r.Method == http.MethodGet && r.For.Admits(m.who(column)) && !slices.ContainsFunc(leaves, func(p string) bool { return strings.HasPrefix(r.Path, p) }) {
			list = append(list, m.paths(r.Path)...)
		}
	}
	if m.who(column).Role != nil {
		for _, month := range m.ids["month"] {
			list = append(list, "/work/team/pay.csv?month="+month)
		}
		list = append(list, "/work/statement?from="+m.Store.DayAfter(-30)+"&to="+m.Store.Today())
	}
	seen := map[string]bool{}
	for len(list) > 0 {
		path := list[0]
		if list = list[1:]; seen[path] {
			continue
		}
		seen[path] = true
		for _, link := range m.links(m.visit(t, column, path)) {
			if !seen[link] {
				list = append(list, link)
			}
		}
	}
	if m.who(column).Role != nil {
		for _, id := range m.ids["paid"] {
			form := url.Values{"token": {m.who(column).Token.FormToken()}, "person": {id}, "purpose": {"pay"}}
			a := m.ask(t, http.MethodPost, "/work/team/circles/payroll/open", m.people[column].Cookie, form)
			m.note(column, "payroll/open", a.body)
		}
	}
}

var hrefPattern = regexp.MustCompile(`href="(/[^"]*)"`)

// links are those of a page that name something of the matter.
func (m *matrix) links(body string) (list []string) {
	for _, found := range hrefPattern.FindAllStringSubmatch(body, -1) {
		link := html.UnescapeString(found[1])
		if strings.HasPrefix(link, "/languages") || strings.Contains(link, "lang=") {
			continue
		}
		link, _, _ = strings.Cut(link, "#")
		for _, ids := range m.ids {
			if slices.ContainsFunc(ids, func(id string) bool { return len(id) > 9 && strings.Contains(link, id) }) {
				list = append(list, link)
				break
			}
		}
	}
	return list
}

// visit reads one page and looks for every field in it.
func (m *matrix) visit(t *testing.T, column, path string) string {
	t.Helper()
	a := m.ask(t, http.MethodGet, path, m.people[column].Cookie, nil)
	if a.status == http.StatusTooManyRequests {
		m.time.advance(61 * time.Second)
		a = m.ask(t, http.MethodGet, path, m.people[column].Cookie, nil)
	}
	if a.status >= 500 || a.status == http.StatusTooManyRequests {
		t.Errorf("%s at %s: status %d", column, path, a.status)
	}
	m.pages++
	m.note(column, path, a.body)
	return a.body
}

// search looks for the sealed words in every search. A page of results repeats the words
// that were asked for; but for them it has to be the page that finds nothing.
func (m *matrix) search(t *testing.T) {
	t.Helper()
	for _, column := range []string{"visitor", "admin"} {
		for _, at := range []string{"/forum/search?q=", "/directory?q=", "/read?q="} {
			nothing := "zanthezzquil"
			empty := bare(m.found0(t, column, at+nothing))
			for _, f := range m.fields {
				if f.clear != "" || !strings.HasPrefix(f.words[0], "zanthe") {
					continue
				}
				got := strings.ReplaceAll(bare(m.found0(t, column, at+f.words[0])), f.words[0], nothing)
				if got != empty {
					t.Errorf("%s: %s finds something for %s", f.name, at, column)
				}
			}
		}
	}
}

// found0 asks without counting what is found: the page repeats the question.
func (m *matrix) found0(t *testing.T, column, path string) string {
	t.Helper()
	a := m.ask(t, http.MethodGet, path, m.people[column].Cookie, nil)
	if a.status == http.StatusTooManyRequests {
		m.time.advance(61 * time.Second)
		a = m.ask(t, http.MethodGet, path, m.people[column].Cookie, nil)
	}
	if a.status != http.StatusOK {
		t.Errorf("%s at %s: status %d", column, path, a.status)
	}
	return a.body
}
