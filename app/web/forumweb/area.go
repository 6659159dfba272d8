// Package forumweb is the pages of the forum: boards, talks, what a person writes, changes,
// withdraws and reports, her own list and search.
//
// It decides nothing that the forum decides; it turns forms into drafts and answers into
// pages. What must hold: words that somebody typed are never lost, whatever became of the
// form; before the button stands who will read them and under which name they appear; a
// page title says nothing about what is read; search words of signed-in people and the
// titles of talks never enter an address.
package forumweb

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers of the forum.
type Area struct {
	kit   *request.Kit
	forum *forum.Service
	desk  *desk.Service
}

// New makes the area.
func New(kit *request.Kit, f *forum.Service, d *desk.Service) *Area {
	return &Area{kit: kit, forum: f, desk: d}
}

// talkLangs are the languages that a talk can be in.
var talkLangs = forum.Languages

// talkLang returns a language that a talk can be in, or "" for anything else.
func talkLang(tag string) string {
	if slices.Contains(talkLangs, tag) {
		return tag
	}
	return ""
}

// langOptions are the answers of a question about the language of words.
func langOptions() []ui.Option {
	options := make([]ui.Option, len(talkLangs))
	for i, tag := range talkLangs {
		options[i] = ui.Option{Value: tag, Label: request.LanguageName(tag), Lang: tag}
	}
	return options
}

// page starts a page of the forum. All have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	return a.kit.Page(c, request.Printer(c).T("nav.talk"), "talk")
}

// idOf reads an id from the address; what is none leads nowhere.
func idOf(c *fiber.Ctx, name string) (store.ID, error) {
	id, ok := store.ParseID(c.Params(name))
	if !ok {
		return id, nowhere()
	}
	return id, nil
}

func nowhere() *fault.Error { return fault.New(fault.NotFound, "error.missing") }

func boardPath(slug string) string { return "/forum/" + slug }

func topicPath(t forum.Topic) string { return boardPath(t.Board) + "/" + t.ID.String() }

func postPath(id store.ID, act string) string { return "/posts/" + id.String() + "/" + act }

// isolated keeps a name's own direction inside a label, where no element can stand.
func isolated(name string) string { return "\u2068" + name + "\u2069" }

// hole is where a message is cut open for a name that stands in an element of its own.
const hole = "\x00"

func cut(message string) (before, after string) {
	before, after, _ = strings.Cut(message, hole)
	return before, after
}

// signInHref leads to the sign-in page and from there back to a page of this portal.
func signInHref(next string) string { return "/sign-in?next=" + url.QueryEscape(next) }
