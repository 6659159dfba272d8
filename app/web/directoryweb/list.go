package directoryweb

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// listPage is a page of entries below the form that found them.
type listPage struct {
	*ui.Page
	Filter  directory.Filter
	Choices directory.Choices
	Shown   []shown
	Some    bool
	After   string // id after which the next page begins, "" for no next page
	Tends   bool
	Waiting bool // corrections wait for a coordinator
}

// shown is an entry as pages show it.
type shown struct {
	directory.Entry
	Words     string
	WordsLang string
	Checked   bool
	Open      string // whether it is open now, "" where nobody knows
}

const longestSearch = 200 // characters

// List shows entries. What a visitor looks for stands in the address: the page is public.
func (a *Area) List(c *fiber.Ctx) error {
	return a.list(c, filterOf(func(name string) string { return c.Query(name) }))
}

// ListPosted is the same for somebody signed in: the address stays bare, because addresses
// stay in the history of a phone that others use too.
func (a *Area) ListPosted(c *fiber.Ctx) error {
	return a.list(c, filterOf(func(name string) string { return c.FormValue(name) }))
}

func (a *Area) list(c *fiber.Ctx, f directory.Filter) error {
	page := a.page(c)
	page.Path = "/directory"
	f.Home = a.kit.Config.Country
	found, err := a.directory.Find(c.UserContext(), f)
	if err != nil {
		return err
	}
	view := listPage{Page: page, Filter: found.Filter, Some: found.Some, Tends: tends(c)}
	if view.Choices, err = a.directory.Choices(c.UserContext()); err != nil {
		return err
	}
	for _, e := range found.Entries {
		view.Shown = append(view.Shown, a.show(page, e))
	}
	if found.More {
		view.After = found.Entries[len(found.Entries)-1].ID
	}
	if view.Tends {
		waiting, _, err := a.directory.Corrections(c.UserContext(), request.Actor(c))
		if err != nil {
			return err
		}
		view.Waiting = len(waiting) > 0
	}
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

func (a *Area) show(p *ui.Page, e directory.Entry) shown {
	s := shown{Entry: e, Checked: a.directory.Checked(e)}
	s.Words, s.WordsLang = e.What.In(p.P.Tag)
	s.Open = a.openWords(p, e)
	return s
}

// filterOf reads the form. What is no answer of it asks nothing.
func filterOf(field func(string) string) directory.Filter {
	words := strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(field("q"), ""), "\x00", "")), " ")
	if runes := []rune(words); len(runes) > longestSearch {
		words = string(runes[:longestSearch])
	}
	f := directory.Filter{
		Words: words, Free: field("free") == "1", Anonymous: field("anonymous") == "1", NoPapers: field("no_papers") == "1",
		After: strings.ToValidUTF8(strings.ReplaceAll(field("after"), "\x00", ""), ""),
	}
	if code := field("country"); content.KnownCountry(code) {
		f.Country = code
	}
	if kind := field("kind"); slices.Contains(content.EntryKinds, kind) {
		f.Kind = kind
	}
	if need := field("need"); slices.Contains(content.EntryNeeds, need) {
		f.Need = need
	}
	if when := directory.When(field("when")); slices.Contains(directory.Times, when) {
		f.When = when
	}
	if tag := field("speaks"); content.KnownLanguage(tag) {
		f.Lang = tag
	}
	return f
}

// pair is a field of the form with its value.
type pair struct{ Name, Value string }

// pairs are the fields that keep a search together over its pages.
func pairs(f directory.Filter) []pair {
	all := []pair{{"q", f.Words}, {"country", f.Country}, {"kind", f.Kind}, {"need", f.Need}, {"speaks", f.Lang}, {"when", string(f.When)}}
	for _, tick := range []struct {
		name string
		on   bool
	}{{"free", f.Free}, {"anonymous", f.Anonymous}, {"no_papers", f.NoPapers}} {
		if tick.on {
			all = append(all, pair{tick.name, "1"})
		}
	}
	return slices.DeleteFunc(all, func(p pair) bool { return p.Value == "" })
}

// toFound leads past the form to what was found: on a phone the form is longer than the screen.
const toFound = "#found"

// nextHref is the next page of a visitor's list.
func (l listPage) nextHref() string {
	ask := url.Values{"after": {l.After}}
	for _, p := range pairs(l.Filter) {
		ask.Set(p.Name, p.Value)
	}
	return "/directory?" + ask.Encode() + toFound
}

// narrowed reports whether more than words is asked, so that the rest of the form stands open.
func (l listPage) narrowed() bool {
	f := l.Filter
	return f.Country+f.Kind+f.Lang+string(f.When) != "" || f.Free || f.Anonymous || f.NoPapers
}

func (l listPage) countryOptions() []ui.Option {
	options := make([]ui.Option, len(l.Choices.Countries))
	for i, code := range l.Choices.Countries {
		options[i] = ui.Option{Value: code, Label: countryName(l.Page, code)}
	}
	slices.SortFunc(options, func(a, b ui.Option) int {
		if (a.Value == l.Filter.Home) != (b.Value == l.Filter.Home) {
			if a.Value == l.Filter.Home {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Label, b.Label)
	})
	return anyFirst(l.Page, options)
}

func (l listPage) languageOptions() []ui.Option {
	options := make([]ui.Option, len(l.Choices.Languages))
	for i, tag := range l.Choices.Languages {
		options[i] = ui.Option{Value: tag, Label: languageName(tag), Lang: tag}
	}
	return anyFirst(l.Page, options)
}

func kindOptions(p *ui.Page) []ui.Option {
	options := make([]ui.Option, len(content.EntryKinds))
	for i, kind := range content.EntryKinds {
		options[i] = ui.Option{Value: kind, Label: kindWord(p, kind)}
	}
	return anyFirst(p, options)
}

func whenOptions(p *ui.Page) []ui.Option {
	return anyFirst(p, []ui.Option{
		{Value: string(directory.Now), Label: p.T("directory.when.now")},
		{Value: string(directory.Tonight), Label: p.T("directory.when.tonight")},
		{Value: string(directory.Weekend), Label: p.T("directory.when.weekend")},
	})
}

func needOptions(p *ui.Page) []ui.Option {
	options := make([]ui.Option, len(content.EntryNeeds))
	for i, need := range content.EntryNeeds {
		options[i] = ui.Option{Value: need, Label: needWord(p, need)}
	}
	return anyFirst(p, options)
}

func anyFirst(p *ui.Page, options []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: p.T("directory.any")}}, options...)
}
