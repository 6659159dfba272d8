//go:build e2e

package e2e

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

// What a phone may have to load, in bytes on the wire with the headers of the answers.
const (
	firstVisit = 45 << 10 // a page with everything it needs, in a browser that has seen nothing
	firstAsks  = 4        // requests of that visit
	nextPage   = 12 << 10 // any page after it
)

// opened are the pages of the table: what people open first.
var opened = []string{"/", "/forum", "/forum/:board/:topic", "/learn", "/learn/:module/units/:unit", "/read", "/read/:id", "/directory", "/help", "/help/now", "/join", "/notices"}

// weighs wants every page in every language within its budget, and prints the table of the
// pages that people open first.
func (ps *pages) weighs(t *testing.T, tags []string) {
	t.Helper()
	table := map[string]map[string]int{}
	for _, s := range append(ps.ends(), ps.longest("")...) {
		for _, lang := range tags {
			page, links := ps.wire(t, s, lang)
			if page > nextPage {
				t.Errorf("%s (%s) as %q in %s: %d bytes as a next page, at most %d", s.Route, s.Path, s.Who, lang, page, nextPage)
			}
			if s.Who != "" {
				continue
			}
			first, asks := page, 1
			for _, link := range links {
				first, asks = first+ps.size(t, link), asks+1
			}
			if first > firstVisit || asks > firstAsks {
				t.Errorf("%s in %s: %d bytes in %d requests as a first visit, at most %d in %d", s.Path, lang, first, asks, firstVisit, firstAsks)
			}
			if slices.Contains(opened, s.Route) {
				row := table[s.Route]
				if row == nil {
					row = map[string]int{}
					table[s.Route] = row
				}
				row[lang], row["first "+lang] = max(row[lang], page), max(row["first "+lang], first)
			}
		}
	}
	t.Log("\n" + drawn(table, tags))
}

// drawn is the table in bytes: a next page / a first visit.
func drawn(table map[string]map[string]int, tags []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-30s", "next page / first visit, KB")
	for _, lang := range tags {
		fmt.Fprintf(&b, "%11s", lang)
	}
	routes := make([]string, 0, len(table))
	for route := range table {
		routes = append(routes, route)
	}
	sort.Strings(routes)
	for _, route := range routes {
		fmt.Fprintf(&b, "\n%-30s", route)
		for _, lang := range tags {
			fmt.Fprintf(&b, "%5.1f /%4.1f", float64(table[route][lang])/1024, float64(table[route]["first "+lang])/1024)
		}
	}
	return b.String()
}

// needs are the files that a page cannot be shown without.
var needs = regexp.MustCompile(`<(?:link rel="(?:stylesheet|icon)"[^>]*href|script[^>]*src|img[^>]*src)="(/[^"]+)"`)

// wire is what a page weighs, and the files that it needs.
func (ps *pages) wire(t *testing.T, s sheet, lang string) (bytes int, links []string) {
	t.Helper()
	body, _ := ps.read(t, s.Who, lang, s.Path)
	for _, found := range needs.FindAllStringSubmatch(body, -1) {
		links = append(links, found[1])
	}
	return ps.weight(t, s.Who, lang, s.Path), links
}

// size is what a file weighs; it is the same for everybody.
func (ps *pages) size(t *testing.T, path string) int {
	t.Helper()
	if _, ok := ps.sizes[path]; !ok {
		ps.sizes[path] = ps.weight(t, "", "en", path)
	}
	return ps.sizes[path]
}

// weight asks as a browser does and counts the bytes of the answer with its headers.
func (ps *pages) weight(t *testing.T, who, lang, path string) int {
	t.Helper()
	answer := ps.fetch(t, who, lang, path, "gzip")
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	head := len(answer.Proto) + len(answer.Status) + 5
	for name, values := range answer.Header {
		for _, value := range values {
			head += len(name) + len(value) + 4
		}
	}
	return head + len(body)
}

// fetch asks for an address as somebody, in a language, in an encoding.
func (ps *pages) fetch(t *testing.T, who, lang, path, encoding string) *http.Response {
	t.Helper()
	ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, ps.base+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	ask.Header.Set("Accept-Language", lang)
	ask.Header.Set("Accept-Encoding", encoding)
	if cookie := ps.cookies[who]; cookie != "" {
		ask.AddCookie(&http.Cookie{Name: "__Host-portico", Value: cookie})
	}
	answer, err := http.DefaultTransport.RoundTrip(ask)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}
