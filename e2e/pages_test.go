//go:build e2e

package e2e

import (
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

// byHand are the pages that no link of the demonstration leads to: each needs something that
// happens to one person once. The journey that stands beside each looks at it.
var byHand = map[string]string{
	"/key/card":                          "TestANewcomerReadsJoinsAndTalks",
	"/key/practice":                      "TestANewcomerReadsJoinsAndTalks",
	"/role/:token":                       "TestSomebodyIsEmployed",
	"/learn/offline":                     "TestAPhoneLearnsWithoutNetAndSendsOnce",
	"/learn/offline/:module":             "TestAPhoneLearnsWithoutNetAndSendsOnce",
	"/learn/offline/:module/quiz":        "TestAPhoneLearnsWithoutNetAndSendsOnce",
	"/learn/offline/:module/story":       "TestAPhoneLearnsWithoutNetAndSendsOnce",
	"/learn/offline/:module/units/:unit": "TestAPhoneLearnsWithoutNetAndSendsOnce",
	"/magazine/:id/pieces":               "TestAMagazineIssueFromItsTopicsToItsReaders",
	"/magazine/:id/pieces/:piece/edit":   "TestAMagazineIssueFromItsTopicsToItsReaders",
	"/magazine/:id/send":                 "TestAMagazineIssueFromItsTopicsToItsReaders",
	"/posts/:id/picture/new":             "TestAPictureLosesWhatTheCameraWroteIntoIt",
	"/supervision/entries/:id/edit":      "TestSupervisionStaysBetweenTwoPeople",
	"/work/joining/panel/:id":            "TestSomebodyIsEmployed",
	"/work/joining/steps/:id":            "TestTheGroupDecidesWhoComesIn",
}

// sheet is one page as one person sees it.
type sheet struct {
	Route, Path, Who string
	Body             string
}

func (s sheet) String() string { return s.Route + " " + s.Who }

// pages is every page of the portal, read over the wire.
type pages struct {
	*portal
	cookies map[string]string // by name of the reader; "" has none
	posts   map[string]bool   // addresses of posts that somebody saw
	sizes   map[string]int    // of the files that pages need
	all     []sheet
}

// routes reads the table of the program: every address that answers a GET.
func routes(t *testing.T) (patterns []string) {
	t.Helper()
	files, err := filepath.Glob("../app/web/routes*.go")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?:get\(|fiber\.MethodGet, )"(/[^"]*)"`)
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range line.FindAllStringSubmatch(string(text), -1) {
			patterns = append(patterns, found[1])
		}
	}
	if len(patterns) < 250 {
		t.Fatalf("the table has %d addresses; the reading of it is wrong", len(patterns))
	}
	// The pattern with the fewest variables is the one that answers.
	sort.Slice(patterns, func(i, j int) bool {
		a, b := strings.Count(patterns[i], ":"), strings.Count(patterns[j], ":")
		return a < b || a == b && patterns[i] < patterns[j]
	})
	return slices.Compact(patterns)
}

// routeOf finds the line of the table that answers an address.
func routeOf(patterns []string, path string) string {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	for _, pattern := range patterns {
		want := strings.Split(pattern, "/")
		fits := len(want) == len(parts)
		for i := 0; fits && i < len(parts); i++ {
			fits = want[i] == parts[i] || strings.HasPrefix(want[i], ":") && parts[i] != ""
		}
		if fits {
			return pattern
		}
	}
	return ""
}

// leavesAlone are addresses that are no pages of the portal.
var leavesAlone = []string{"/left", "/healthz", "/static/"}

// readers are those of the cast who together see every page.
var readers = []string{"Amara", "Edda", "Robin", "Luana", "Teo", "Solène", "Maël", "Salma", "Alex", "Folake", "Ornella", "Yasmine", "Marta", "Bahia", "Celeste", "Anouk", "Petra", "Rowan", "Hayat", "Odile", "Mireille", "Perle"}

const (
	perRoute = 4 // so many addresses of a route one person opens
)

// everyPage opens the demonstration and walks for each reader along all links, a few of each
// route. It keeps the longest page of a route, and the shortest where that is another: the
// full page and the empty one.
func everyPage(t *testing.T) *pages {
	t.Helper()
	ps := &pages{portal: serve(t), cookies: map[string]string{"": ""}, posts: map[string]bool{}, sizes: map[string]int{}}
	patterns := routes(t)
	ps.walk(t, patterns, "")
	for _, who := range ps.cast.People {
		if !slices.Contains(readers, who.Name) {
			continue
		}
		j := ps.journey(t, opts{})
		j.signsInAs(who)
		ps.cookies[who.Name] = j.cookies()["__Host-portico"].Value
		ps.walk(t, patterns, who.Name)
	}
	return ps
}

var linkPattern = regexp.MustCompile(`href="(/[^"]*)"`)

// walk reads along the links for one reader.
func (ps *pages) walk(t *testing.T, patterns []string, who string) {
	t.Helper()
	var list []string
	for _, pattern := range patterns {
		if !strings.Contains(pattern, ":") {
			list = append(list, pattern)
		}
	}
	for post := range ps.posts { // only an item of the desk leads a moderator to what a closed group wrote
		list = append(list, post+"/out")
	}
	seen, opened := map[string]bool{}, map[string]int{}
	for len(list) > 0 {
		path := list[0]
		list = list[1:]
		route := routeOf(patterns, path)
		most := perRoute
		if strings.Contains(path, "?") {
			most = 1
		}
		kind := route + strings.Repeat("?", strings.Count(path, "?"))
		if route == "/forum/:board/:topic" {
			kind = filepath.Dir(path) // talks of every board, the closed groups among them
		}
		if seen[path] || route == "" || opened[kind] >= most || slices.ContainsFunc(leavesAlone, func(p string) bool { return strings.HasPrefix(path, p) }) {
			continue
		}
		seen[path] = true
		body, ok := ps.read(t, who, "en", path)
		if !ok {
			continue
		}
		opened[kind]++
		ps.all = append(ps.all, sheet{route, path, who, body})
		for _, found := range linkPattern.FindAllStringSubmatch(body, -1) {
			link, _, _ := strings.Cut(html.UnescapeString(found[1]), "#")
			if !strings.Contains(link, "lang=") && !strings.HasPrefix(link, "/languages?") && !strings.HasPrefix(link, "/link?") {
				list = append(list, link)
			}
			if post, ok := strings.CutSuffix(link, "/report"); ok && strings.HasPrefix(link, "/posts/") {
				ps.posts[post] = true
			}
		}
	}
}

// read reads one page as somebody, in a language; ok is false for what is no page of hers.
func (ps *pages) read(t *testing.T, who, lang, path string) (body string, ok bool) {
	t.Helper()
	answer := ps.fetch(t, who, lang, path, "identity")
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode >= 500 {
		t.Errorf("%s for %q answered %d", path, who, answer.StatusCode)
	}
	return string(text), answer.StatusCode == http.StatusOK && strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html")
}

// ends are the longest page of each route and, where it is much shorter, the shortest.
func (ps *pages) ends() (list []sheet) {
	longest, shortest := map[string]sheet{}, map[string]sheet{}
	for _, s := range ps.all {
		if l, ok := longest[s.Route]; !ok || len(s.Body) > len(l.Body) {
			longest[s.Route] = s
		}
		if l, ok := shortest[s.Route]; !ok || len(s.Body) < len(l.Body) {
			shortest[s.Route] = s
		}
	}
	for route, l := range longest {
		list = append(list, l)
		if s := shortest[route]; len(s.Body)*2 < len(l.Body) {
			list = append(list, s)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		return slices.Compare([]string{a.Who, a.Route, a.Path}, []string{b.Who, b.Route, b.Path}) < 0
	})
	return list
}

// longest are the longest page of each route that somebody saw.
func (ps *pages) longest(who string) (list []sheet) {
	best := map[string]sheet{}
	for _, s := range ps.all {
		if s.Who == who && len(s.Body) > len(best[s.Route].Body) {
			best[s.Route] = s
		}
	}
	for _, s := range best {
		list = append(list, s)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Route < list[j].Route })
	return list
}

// noPage are addresses that give a file, or lead on at once.
var noPage = regexp.MustCompile(`\.(csv|json|js|ics)$|/(csv|tmx|calendar|text|voice|whole|choose|picture|:format|:name|:key|:recording)$|^/(exit|left|healthz|link|posts/:id|aloud/:id)$`)

// missed are the pages that nobody came to.
func (ps *pages) missed(patterns []string) (list []string) {
	came := map[string]bool{}
	for _, s := range ps.all {
		came[s.Route] = true
	}
	for _, pattern := range patterns {
		if !came[pattern] && byHand[pattern] == "" && !noPage.MatchString(pattern) {
			list = append(list, pattern)
		}
		if came[pattern] && byHand[pattern] != "" {
			list = append(list, pattern+" is reached now: strike it from byHand")
		}
	}
	return list
}
