// Package trainingweb is the pages of learning: the list of modules, a module with its
// units, the quiz, the private reflection, the statement to print, checking a code, and the
// coordinators' table.
//
// Invariants: everything works without script; what somebody chose or wrote is never lost
// with her session; a title of a tab says nothing about what is learned; a name typed for a
// statement is on that one answer and nowhere else; a text that stands in for a missing
// language says so, and a translation that no mediator has read says so too.
package trainingweb

import (
	"strconv"
	"sync"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/markup"
	"portico/app/member"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// Area holds the handlers of training.
type Area struct {
	kit      *request.Kit
	training *training.Service
	// bodies keeps rendered units: they change only with a version.
	bodies sync.Map // "module/unit/lang/version" to string
	copies sync.Map // copies for phones: "module/lang/version" to keptModule
}

// New makes the area.
func New(kit *request.Kit, t *training.Service) *Area { return &Area{kit: kit, training: t} }

func (a *Area) page(c *fiber.Ctx) *ui.Page {
	p := a.kit.Page(c, request.Printer(c).T("learn.title"), "learn")
	a.kit.Keeping(c, p)
	return p
}

func notFound() error { return fault.New(fault.NotFound, "error.missing") }

// lesson is what every page about one module knows: the module in her language, and how
// far she is.
type lesson struct {
	*ui.Page
	Slug string
	Text content.ModuleText
	Dir  string // direction of the module's text, which may not be that of the page
	training.Progress
	ui.Again
	Role   bool // she learns as part of paid work
	Keep   *keepOffer
	Titles map[string]title
}

// lesson finds the module of the address and where she stands in it.
func (a *Area) lesson(c *fiber.Ctx) (lesson, error) {
	l, err := a.bareLesson(c)
	if err != nil {
		return l, err
	}
	l.Progress, err = a.training.Progress(c.UserContext(), request.Actor(c), l.Slug)
	return l, err
}

// bareLesson is a module without anybody's progress, for a form that came back when its
// session was over.
func (a *Area) bareLesson(c *fiber.Ctx) (lesson, error) {
	l := lesson{Page: a.page(c), Slug: c.Params("module"), Role: request.Actor(c).Role != nil}
	all, err := a.training.Modules(c.UserContext())
	if err != nil {
		return l, err
	}
	for _, m := range all {
		if m.Slug == l.Slug {
			l.Module, l.Text = m, m.In(l.P.Tag)
			l.Dir = a.dir(l.Text)
			l.Titles = titlesOf(all, l.P.Tag)
			return l, nil
		}
	}
	return l, notFound()
}

// title is the name of a module with the language it is in.
type title struct{ Words, Lang string }

func titlesOf(all []content.Module, lang string) map[string]title {
	titles := map[string]title{}
	for _, m := range all {
		text := m.In(lang)
		titles[m.Slug] = title{text.Title, text.Lang}
	}
	return titles
}

// foreign reports whether English stands in for her language.
func (l lesson) foreign() bool { return l.Text.Lang != l.P.Tag }

func (a *Area) dir(text content.ModuleText) string { return a.kit.Bundle.Printer(text.Lang).Dir }

func (l lesson) path(more string) string { return modulePath(l.Slug) + more }

func modulePath(slug string) string { return "/learn/" + slug }

// body renders a unit once for each language.
func (a *Area) body(l lesson, u content.Unit) string {
	key := l.Slug + "/" + u.ID + "/" + l.Text.Lang + "/" + strconv.Itoa(l.Module.Version)
	if kept, ok := a.bodies.Load(key); ok {
		return kept.(string)
	}
	html := markup.Page(u.Body)
	a.bodies.Store(key, html)
	return html
}

// needed reports whether one of her roles cannot do without the module.
func needed(who member.Actor, m content.Module) bool {
	for _, role := range m.RequiredFor {
		if who.Has(member.Role(role)) {
			return true
		}
	}
	return false
}

// stateWords say where somebody stands.
func stateWords(p *ui.Page, pr training.Progress) string {
	done, all := pr.UnitsDone()
	switch pr.State() {
	case training.Finished:
		return p.T("learn.state.finished", "Day", p.P.Day(pr.Done.Day))
	case training.Due:
		return p.T("learn.state.due", "Day", p.P.Day(pr.Expires()))
	case training.Waived:
		return p.T("learn.state.waived")
	case training.Ready:
		return p.T("learn.state.ready")
	case training.Begun:
		return unitWords(p, done, all)
	}
	return p.T("learn.state.none")
}

func unitWords(p *ui.Page, done, all int) string { return p.N("learn.units", all, "Done", done) }

// waiverWord names the reason of a waiver.
func waiverWord(p *ui.Page, reason string) string {
	switch reason {
	case training.Elsewhere:
		return p.T("learn.waive.elsewhere")
	case training.Experience:
		return p.T("learn.waive.experience")
	case training.Teaches:
		return p.T("learn.waive.teaches")
	}
	return p.T("learn.waive.other-work")
}
