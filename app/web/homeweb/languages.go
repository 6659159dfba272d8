package homeweb

import (
	"net/url"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/web/request"
)

// choice is one language of the menu and the page that she comes back to in it.
type choice struct {
	tag, name, dir string
	href           templ.SafeURL
	current        bool
}

// Languages lists the complete languages, each under its own name.
func (a *Area) Languages(c *fiber.Ctx) error {
	page := a.kit.Page(c, "", "")
	page.Title = page.T("home.languages")
	next := request.LocalPath(c.Query("next"), "/")
	// The menu of this page leads back to where she came from, and not to the list itself.
	page.Path = next
	var list []choice
	for _, l := range a.kit.Bundle.Languages() {
		list = append(list, choice{l.Tag, l.Name, l.Dir, inLanguage(next, l.Tag), l.Tag == page.P.Tag})
	}
	return a.kit.Send(c, fiber.StatusOK, languagesPage(page, list))
}

// inLanguage adds the wish for a language to a path of this portal. What is no path after
// all, such as one with a host hidden behind odd signs, leads to the front page.
func inLanguage(path, tag string) templ.SafeURL {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil {
		u = &url.URL{Path: "/"}
	}
	q := u.Query()
	q.Set("lang", tag)
	u.RawQuery = q.Encode()
	return templ.URL(u.String())
}
