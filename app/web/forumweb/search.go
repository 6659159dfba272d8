package forumweb

import (
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"portico/app/forum"
	"portico/app/search"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// searchForm is what she looks for.
type searchForm struct {
	Words string
	Lang  string // "" for every language
}

// searchPage is what was found.
type searchPage struct {
	*ui.Page
	Form   searchForm
	Short  bool // too little to look for
	Hits   []forum.Hit
	Boards map[string]forum.BoardView
}

const (
	longestSearch = 200 // characters
	excerptLength = 160 // characters
	fullPage      = 20  // hits from which on there may be more
)

// Search looks for words that stand in the address: the way of visitors, whose pages are
// public anyway.
func (a *Area) Search(c *fiber.Ctx) error {
	return a.search(c, searchForm{Words: c.Query("q"), Lang: c.Query("in")})
}

// SearchPosted looks for words from a form. The address stays bare, because addresses stay
// in the history of a phone that others use too.
func (a *Area) SearchPosted(c *fiber.Ctx) error {
	return a.search(c, searchForm{Words: c.FormValue("q"), Lang: c.FormValue("in")})
}

func (a *Area) search(c *fiber.Ctx, form searchForm) error {
	form = form.tidy()
	page, who := a.page(c), request.Actor(c)
	if c.Method() != fiber.MethodGet {
		page.Path = "/forum/search"
	}
	view := searchPage{Page: page, Form: form, Short: form.Words != "" && form.short(), Boards: map[string]forum.BoardView{}}
	if form.Words == "" || view.Short {
		return a.kit.Send(c, fiber.StatusOK, searchView(view))
	}
	var err error
	if view.Hits, err = a.forum.Search(c.UserContext(), who, form.Words, form.Lang); err != nil {
		return err
	}
	boards, err := a.forum.Boards(c.UserContext(), who, page.P.Tag)
	if err != nil {
		return err
	}
	for _, b := range boards {
		view.Boards[b.Slug] = b
	}
	return a.kit.Send(c, fiber.StatusOK, searchView(view))
}

func (f searchForm) tidy() searchForm {
	f.Words = strings.Join(strings.Fields(strings.ToValidUTF8(f.Words, "")), " ")
	if utf8.RuneCountInString(f.Words) > longestSearch {
		f.Words = string([]rune(f.Words)[:longestSearch])
	}
	f.Lang = talkLang(f.Lang)
	return f
}

// short says that there is too little to look for: no letter at all, or a single one. One
// sign of a script without spaces can be a whole word and is enough.
func (f searchForm) short() bool {
	if _, ok := search.Ask(f.Words); !ok {
		return true
	}
	first, _ := utf8.DecodeRuneInString(f.Words)
	return utf8.RuneCountInString(f.Words) == 1 && first < '\u0e00'
}

func (f searchForm) options(p *ui.Page) []ui.Option {
	return append([]ui.Option{{Value: "", Label: p.T("forum.lang.all")}}, langOptions()...)
}

// excerpt is the beginning of a found post, or "" where its talk warns before one reads.
func excerpt(h forum.Hit) string {
	if h.Topic.Warning != "" {
		return ""
	}
	return forum.Excerpt(h.Body, excerptLength)
}
