package practiceweb

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/practice"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// listPage is a page of sheets below the form that found them.
type listPage struct {
	*ui.Page
	Filter    practice.Filter
	Countries []string
	Found     practice.Found
	After     string // id after which the next page begins, "" for no next page
	Tends     bool
	Talks     bool
	checked   func(practice.Practice) bool
}

const longestSearch = 200 // characters

// toFound leads past the form to what was found: on a phone the form is longer than the screen.
const toFound = "#found"

// List shows sheets. What a visitor looks for stands in the address: the page is public.
func (a *Area) List(c *fiber.Ctx) error {
	return a.list(c, filterOf(func(name string) string { return c.Query(name) }))
}

// ListPosted is the same for somebody signed in: the address stays bare, because addresses
// stay in the history of a phone that others use too.
func (a *Area) ListPosted(c *fiber.Ctx) error {
	return a.list(c, filterOf(func(name string) string { return c.FormValue(name) }))
}

func (a *Area) list(c *fiber.Ctx, f practice.Filter) error {
	page := a.page(c)
	page.Path = library
	found, err := a.library.Find(c.UserContext(), f)
	if err != nil {
		return err
	}
	view := listPage{Page: page, Filter: f, Found: found, Tends: tends(c), Talks: talks(c), checked: a.library.Checked}
	if view.Countries, err = a.library.Countries(c.UserContext()); err != nil {
		return err
	}
	if found.More {
		view.After = found.Practices[len(found.Practices)-1].ID
	}
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

// filterOf reads the form. What is no answer of it asks nothing.
func filterOf(field func(string) string) practice.Filter {
	tame := func(name string) string {
		return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(field(name), ""), "\x00", "")), " ")
	}
	words := tame("q")
	if runes := []rune(words); len(runes) > longestSearch {
		words = string(runes[:longestSearch])
	}
	f := practice.Filter{Words: words, Peers: field("peers") == "1", After: tame("after")}
	if code := field("country"); content.KnownCountry(code) {
		f.Country = code
	}
	if form := field("form"); slices.Contains(content.PracticeForms, form) {
		f.Form = form
	}
	if status := field("status"); slices.Contains(content.PracticeStatuses, status) {
		f.Status = status
	}
	if standing := practice.Standing(field("standing")); standingKeys[standing] != "" {
		f.Standing = standing
	}
	return f
}

// pair is a field of the form with its value.
type pair struct{ Name, Value string }

// pairs are the fields that keep a search together over its pages.
func pairs(f practice.Filter) []pair {
	all := []pair{{"q", f.Words}, {"country", f.Country}, {"form", f.Form}, {"status", f.Status}, {"standing", string(f.Standing)}}
	if f.Peers {
		all = append(all, pair{"peers", "1"})
	}
	return slices.DeleteFunc(all, func(p pair) bool { return p.Value == "" })
}

// nextHref is the next page of a visitor's list.
func (l listPage) nextHref() string {
	ask := url.Values{"after": {l.After}}
	for _, p := range pairs(l.Filter) {
		ask.Set(p.Name, p.Value)
	}
	return library + "?" + ask.Encode() + toFound
}

// narrowed reports whether more than words and a country is asked, so that the rest of the
// form stands open.
func (l listPage) narrowed() bool {
	f := l.Filter
	return f.Form+f.Status+string(f.Standing) != "" || f.Peers
}

func (l listPage) countryOptions() []ui.Option {
	return append([]ui.Option{{Label: l.T("directory.any")}}, countryOptions(l.Page, l.Countries)...)
}

func countryOptions(p *ui.Page, codes []string) []ui.Option {
	options := make([]ui.Option, len(codes))
	for i, code := range codes {
		options[i] = ui.Option{Value: code, Label: countryName(p, code)}
	}
	slices.SortFunc(options, func(a, b ui.Option) int { return cmp.Compare(a.Label, b.Label) })
	return options
}

// choices are the answers of one question of the form, in the order of codes.
func choices[T ~string](p *ui.Page, codes []T, words map[T]string) []ui.Option {
	options := []ui.Option{{Label: p.T("directory.any")}}
	for _, code := range codes {
		options = append(options, ui.Option{Value: string(code), Label: p.T(words[code])})
	}
	return options
}

var standings = []practice.Standing{practice.Meets, practice.Unsettled, practice.NotMet}

// method keeps what signed-in people look for out of the address.
func method(p *ui.Page) string {
	if p.SignedIn {
		return "post"
	}
	return "get"
}

// columns are the header of the open data file. Other programs rely on them.
var columns = []string{
	"id", "name", "form", "kind", "country", "city", "started", "ended", "status", "peers", "standing", "mandatory", "preferential",
	"summary", "summary_language", "source", "source_place", "as_of", "verified_on",
}

// CSV sends the whole library as open data. The summary is in the language of the reader
// where it is known in it.
func (a *Area) CSV(c *fiber.Ctx) error {
	all, err := a.library.All(c.UserContext())
	if err != nil {
		return err
	}
	rows := make([][]string, len(all))
	for i, s := range all {
		rows[i] = row(s, request.Printer(c).Tag)
	}
	return request.SendCSV(c, "practices.csv", columns, rows)
}

func row(s practice.Practice, lang string) []string {
	summary, in := s.Summary.In(lang)
	day := ""
	if s.VerifiedOn != nil {
		day = *s.VerifiedOn
	}
	answers := func(list []practice.Judged) string {
		words := make([]string, len(list))
		for i, one := range list {
			words[i] = string(one.Answer)
		}
		return strings.Join(words, ";")
	}
	return []string{
		s.ID, s.Name, s.Form, s.Kind, s.Country, s.City, s.Started, s.Ended, s.Status, s.Peers, string(s.Standing),
		answers(s.Criteria.Mandatory[:]), answers(s.Criteria.Preferential[:]), summary, in, s.Source, s.SourcePlace, s.AsOf, day,
	}
}
