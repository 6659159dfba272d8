package translateweb

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// termsPage is the glossary of a language, with the form for a new term.
type termsPage struct {
	*ui.Page
	ui.Again
	Lang    string
	Terms   []translate.TermRow
	MayTend bool
	Form    translate.TermRow
}

// Terms shows the glossary of a language.
func (a *Area) Terms(c *fiber.Ctx) error {
	return a.sendTerms(c, fiber.StatusOK, c.Query("lang-of"), nil)
}

func (a *Area) sendTerms(c *fiber.Ctx, status int, lang string, change func(*termsPage)) error {
	view := termsPage{Page: a.page(c), Lang: lang}
	if !slices.Contains(translate.Targets(), lang) {
		view.Lang = a.likelyLanguage(c, view.P.Tag)
	}
	var err error
	if view.Terms, err = a.tr.Terms(c.UserContext(), request.Actor(c), view.Lang); err != nil {
		return err
	}
	view.MayTend, view.Path = a.tr.MayTendTerms(request.Actor(c)), "/translate/glossary?lang-of="+view.Lang
	view.Form = translate.TermRow{FromLang: "en", Lang: view.Lang}
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, termsView(view))
}

// likelyLanguage is one that she can check, or that of the page, and Italian where both say
// nothing: English is where most terms come from.
func (a *Area) likelyLanguage(c *fiber.Ctx, page string) string {
	reads, err := a.tr.ReaderLanguages(c.UserContext(), request.Actor(c))
	if err == nil {
		for _, lang := range append(reads, page) {
			if lang != "en" && slices.Contains(translate.Targets(), lang) {
				return lang
			}
		}
	}
	return "it"
}

func termOf(c *fiber.Ctx) translate.TermRow {
	return translate.TermRow{
		FromLang: c.FormValue("from"), Lang: c.FormValue("lang"), Term: request.Typed(c, "term"), Preferred: request.Typed(c, "preferred"),
		Refused: request.Typed(c, "refused"), Domain: request.Typed(c, "domain"), Note: request.Typed(c, "note"), Kind: c.FormValue("kind"), Version: request.Whole(c.FormValue("version")),
	}
}

// addTerm keeps a new term.
func (a *Area) addTerm(c *fiber.Ctx) error {
	page, form := a.page(c), termOf(c)
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, termView(termPage{Page: page, Again: back, Form: form}))
	}
	if status == 0 {
		if err = a.tr.KeepTerm(c.UserContext(), request.Actor(c), form); err == nil {
			return a.kit.Go(c, "/translate/glossary?lang-of="+form.Lang, ui.Done, "translate.term.kept")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendTerms(c, status, form.Lang, func(v *termsPage) { v.Again, v.Form = back, form })
}

// termPage is the form of one term.
type termPage struct {
	*ui.Page
	ui.Again
	Form translate.TermRow
	Now  *translate.TermRow // what somebody else has saved meanwhile
}

func (v termPage) action() string {
	if v.Form.ID.IsZero() {
		return newTerm
	}
	return "/translate/glossary/" + v.Form.ID.String()
}

// Term shows the form of a term to those who look after the glossary.
func (a *Area) Term(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok || !a.tr.MayTendTerms(request.Actor(c)) {
		return fault.Missing()
	}
	view := termPage{Page: a.page(c)}
	var err error
	if view.Form, err = a.tr.Term(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, termView(view))
}

// newTerm is where the form of a new term goes.
const newTerm = "/translate/glossary/new"

// KeepTerm keeps a new term, or what she changed of one. When somebody else was faster she
// sees both.
func (a *Area) KeepTerm(c *fiber.Ctx) error {
	if c.Params("id") == "new" {
		return a.addTerm(c)
	}
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	view := termPage{Page: a.page(c), Form: termOf(c)}
	view.Form.ID = id
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	if status == 0 {
		if err = a.tr.KeepTerm(c.UserContext(), request.Actor(c), view.Form); err == nil {
			return a.kit.Go(c, "/translate/glossary?lang-of="+view.Form.Lang, ui.Done, "translate.term.kept")
		}
		conflict := fault.Is(err, fault.Conflict)
		if status, err = request.Refused(view.Page, &back, err); err != nil {
			return err
		}
		if conflict {
			now, err := a.tr.Term(c.UserContext(), request.Actor(c), id)
			if err != nil {
				return err
			}
			view.Now, view.Form.Version = &now, now.Version
		}
	} else if !back.SignIn && !a.tr.MayTendTerms(request.Actor(c)) {
		return fault.Missing()
	}
	view.Again = back
	return a.kit.Send(c, status, termView(view))
}

// RemoveTerm takes a term away.
func (a *Area) RemoveTerm(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	if err := a.tr.RemoveTerm(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, "/translate/glossary", ui.Done, "translate.term.removed")
}

// kindWords say what a term asks for.
var kindWords = map[string]string{
	translate.Prefer: "translate.term.kind.preferred", translate.Keep: "translate.term.kind.keep", translate.Refuse: "translate.term.kind.refused",
}

func kindOptions(p *ui.Page) []ui.Option {
	list := make([]ui.Option, len(translate.Kinds))
	for i, kind := range translate.Kinds {
		list[i] = ui.Option{Value: kind, Label: word(p, kindWords, kind)}
	}
	return list
}

// otherWords are the words to use instead of a term; a name that stays as it is has none.
func otherWords(f translate.TermRow) string {
	if f.Kind == translate.Keep && f.Preferred == f.Term {
		return ""
	}
	return f.Preferred
}

// groupTable lists what the group of a text decided on.
func groupTable(p *ui.Page, words []translate.GroupWord) ui.Table {
	table := ui.Table{Head: []string{p.T("translate.term.preferred"), p.T("translate.term.refused"), p.T("translate.term.note")}}
	for _, g := range words {
		table.Rows = append(table.Rows, []templ.Component{ui.Isolated(g.Preferred), ui.Isolated(strings.Join(g.Refused, ", ")), ui.Words(p.T("translate.term.group", "Group", isolated(g.Group)))})
	}
	return table
}

// termTable lists terms. With change, each leads to its form.
func termTable(p *ui.Page, terms []translate.TermRow, change bool) ui.Table {
	table := ui.Table{Head: []string{p.T("translate.term"), p.T("translate.term.preferred"), p.T("translate.term.refused"), p.T("translate.term.note")}}
	for _, t := range terms {
		term := ui.Isolated(t.Term)
		if change {
			term = ui.Anchor("/translate/glossary/"+t.ID.String(), t.Term)
		}
		table.Rows = append(table.Rows, []templ.Component{term, ui.Isolated(t.Preferred), ui.Isolated(t.Refused), termNote(p, t)})
	}
	return table
}
