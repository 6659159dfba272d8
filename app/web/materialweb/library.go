package materialweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/material"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// libraryPage is what everybody may read.
type libraryPage struct {
	*ui.Page
	List       []material.Readable
	Lang, Kind string
	Team       bool
	Next       string // the address of the next page, "" for none
}

// Library lists what is published, by language and kind.
func (a *Area) Library(c *fiber.Ctx) error {
	who := request.Actor(c)
	view := libraryPage{Page: a.page(c), Team: who.Colleague()}
	if lang := c.Query("in"); known(lang) {
		view.Lang = lang
	}
	if kind := c.Query("kind"); slices.Contains(material.Kinds, material.Kind(kind)) {
		view.Kind = kind
	}
	list, next, err := a.mat.Library(c.UserContext(), material.Filter{Lang: view.Lang, Kind: material.Kind(view.Kind), After: after(c)})
	if err != nil {
		return err
	}
	view.List, view.Next = list, numberOf(next)
	return a.kit.Send(c, fiber.StatusOK, libraryView(view))
}

func languageNames(p *ui.Page, tags []string) string {
	names := make([]string, len(tags))
	for i, tag := range tags {
		names[i] = "\u2068" + request.LanguageName(tag) + "\u2069"
	}
	return p.P.List(names)
}

func readMeta(p *ui.Page, m material.Readable) string {
	return p.T("material.meta", "Kind", word(p, kindWords, m.Kind), "Languages", languageNames(p, m.Languages))
}

// libraryRow is one text, called as readers of the chosen language, or of the page's, know it.
func libraryRow(v libraryPage, m material.Readable) ui.Row {
	reader := v.Lang
	if reader == "" {
		reader = v.P.Tag
	}
	title, lang := m.Named(reader)
	return ui.Row{Href: pathOf(m.ID, ""), Title: title, Lang: lang, Text: m.Audience, TextLang: m.Lang, Meta: readMeta(v.Page, m)}
}

// ideasPage is what people want, and what they are asked.
type ideasPage struct {
	*ui.Page
	Ideas []material.IdeaLine
	Asked []material.OpenConsultation
	Form  form
	Leads bool // she may take up an idea
	Tends bool // she may put one away
	Team  bool
}

// Ideas lists ideas and open consultations, with the form of a new idea.
func (a *Area) Ideas(c *fiber.Ctx) error {
	who := request.Actor(c)
	view := ideasPage{Page: a.formPage(c), Team: who.Colleague()}
	view.Form = a.ideaForm(c, view.Page)
	var err error
	if view.Ideas, err = a.mat.Ideas(c.UserContext(), who); err != nil {
		return err
	}
	if view.Asked, err = a.mat.Consultations(c.UserContext(), who); err != nil {
		return err
	}
	probe := material.Material{State: material.Idea}
	view.Leads, view.Tends = probe.May(who, false, material.Drafting), probe.May(who, false, material.Archived)
	return a.kit.Send(c, fiber.StatusOK, ideasView(view))
}

// ideaForm asks for an idea, with what was typed.
func (a *Area) ideaForm(c *fiber.Ctx, p *ui.Page) form {
	f := form{Page: p, Heading: p.T("material.idea.new"), Lead: p.T("material.idea.lead"), Action: "/read/ideas", Back: "/read/ideas", Go: "/read/ideas",
		Sees: p.T("material.sees.members"), Button: p.T("material.idea.go"), Said: "material.idea.done"}
	f.Never = true
	kind, lang, nonce := c.FormValue("kind"), c.FormValue("language"), c.FormValue("nonce")
	if lang == "" {
		lang = p.P.Tag
	}
	if nonce == "" {
		nonce = request.NewNonce()
	}
	f.Fields = []field{
		line(ui.Input{ID: "title", Label: p.T("material.field.title"), Hint: p.T("material.idea.title.hint"), Value: request.Typed(c, "title"), Max: 120}),
		choose(ui.Choice{ID: "kind", Label: p.T("material.field.kind"), Options: kindOptions(p, ""), Value: kind}),
		line(ui.Input{ID: "purpose", Kind: ui.TextArea, Rows: 3, Label: p.T("material.field.purpose"), Value: request.Typed(c, "purpose")}),
		line(ui.Input{ID: "audience", Kind: ui.TextArea, Rows: 2, Label: p.T("material.field.audience"), Value: request.Typed(c, "audience")}),
		choose(ui.Choice{ID: "language", Label: p.T("material.field.lang"), Options: langOptions(), Value: lang}),
		hidden("nonce", nonce),
	}
	if request.Actor(c).Role != nil {
		f.Fields = append(f.Fields, signTick(c, p))
	}
	return f
}

// signTick lets somebody with a role sign with her handle.
func signTick(c *fiber.Ctx, p *ui.Page) field {
	return tick(ui.Tick{ID: "sign", Label: p.T("material.sign", "Handle", request.Actor(c).Role.Handle), Hint: p.T("material.sign.hint"), Checked: c.FormValue("sign") == "1"})
}

// Propose writes an idea down.
func (a *Area) Propose(c *fiber.Ctx) error {
	f := a.ideaForm(c, a.formPage(c))
	return a.try(c, f, false, func(form) (material.Receipt, error) {
		lang := c.FormValue("language")
		if !known(lang) {
			lang = ""
		}
		return a.mat.Propose(c.UserContext(), request.Actor(c), material.IdeaForm{
			Kind: material.Kind(c.FormValue("kind")), Title: request.Typed(c, "title"), Purpose: request.Typed(c, "purpose"), Audience: request.Typed(c, "audience"),
			Lang: lang, Sign: c.FormValue("sign") == "1", Nonce: c.FormValue("nonce"),
		})
	})
}

// Want says "I want this".
func (a *Area) Want(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.mat.Want(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/read/ideas", ui.Done, "material.wanted")
}

// TakeUp makes an idea a draft.
func (a *Area) TakeUp(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.mat.TakeUp(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, pathOf(id, groupRoom), ui.Done, "material.taken")
}

// workPage is what waits for somebody with a role, and everything that is under way.
type workPage struct {
	*ui.Page
	Mine   []material.WorkLine
	Groups []workGroup
	Leads  bool
	Keeps  bool   // she may bring back what lies in the archive
	Next   string // where the list of other groups goes on
}

// workGroup is the materials of one state.
type workGroup struct {
	State material.State
	Lines []material.WorkLine
}

// Work lists what waits for her, then all materials by state.
func (a *Area) Work(c *fiber.Ctx) error {
	who := request.Actor(c)
	lines, next, err := a.mat.Work(c.UserContext(), who, after(c))
	if err != nil {
		return err
	}
	probe := material.Material{State: material.Idea}
	view := workPage{Page: a.formPage(c), Leads: probe.May(who, false, material.Drafting), Next: numberOf(next)}
	view.Keeps = material.Material{State: material.Archived}.May(who, false, material.Drafting)
	today := a.kit.Clock.Today()
	for _, state := range material.States {
		group := workGroup{State: state}
		for _, l := range lines {
			if l.Stands == state {
				group.Lines = append(group.Lines, l)
			}
		}
		if len(group.Lines) > 0 {
			view.Groups = append(view.Groups, group)
		}
	}
	for _, l := range lines {
		if l.ForMe(today) {
			view.Mine = append(view.Mine, l)
		}
	}
	return a.kit.Send(c, fiber.StatusOK, workView(view))
}

// workText says in one line what waits.
func workText(p *ui.Page, l material.WorkLine) string {
	var words []string
	if l.Waiting > 0 {
		words = append(words, p.N("material.work.suggestions", l.Waiting))
	}
	switch {
	case l.VoteCloses != "" && l.VoteIsDue:
		words = append(words, p.T("material.work.count"))
	case l.VoteCloses != "" && !l.Voted && l.In:
		words = append(words, p.T("material.work.vote", "Day", p.P.Day(l.VoteCloses)))
	case l.VoteCloses != "":
		words = append(words, p.T("material.work.voting", "Day", p.P.Day(l.VoteCloses)))
	}
	if l.Closes != "" {
		words = append(words, p.T("material.work.consultation", "Day", p.P.Day(l.Closes), "Voices", l.Community, "Least", l.Least))
	}
	if l.State == material.Translating {
		words = append(words, p.T("material.work.publish"))
	}
	if l.Stands == material.ReviewIsDue {
		words = append(words, p.T("material.work.review"))
	}
	return p.P.List(words)
}

// workHref leads to what she may see of a material, "" where that is nothing.
func workHref(l material.WorkLine) string {
	switch {
	case l.In:
		return pathOf(l.ID, groupRoom)
	case l.Public(), l.State == material.Consulting:
		return pathOf(l.ID, "")
	}
	return ""
}
