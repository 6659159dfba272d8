package materialweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/markup"
	"portico/app/material"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// readPage is a published text with what readers say about it.
type readPage struct {
	*ui.Page
	material.Reading
	Dir      string
	HTML     string
	Links    []langLink
	Door     material.Door
	Query    string // keeps the language of the text on the way
	Feedback form
	Withdraw bool // she may take it back
	Voices   bool // she may send or hear recordings
}

// langLink leads to the text in one language, named in its own script.
type langLink struct {
	Tag, Name, Dir string
	Current        bool
}

// Read shows what is published. What is not leads whoever may see it to where it is.
func (a *Area) Read(c *fiber.Ctx) error {
	view, err := a.readPage(c, c.Query("text"))
	if err != nil || view.Page == nil && !view.Door.Group && view.Door.WithdrawnDay != nil {
		return a.gone(c, err)
	}
	if view.Page == nil {
		return c.Redirect(elsewhere(view.Door), fiber.StatusSeeOther)
	}
	return a.kit.Send(c, fiber.StatusOK, readView(view))
}

// elsewhere is where a material is that nobody published yet.
func elsewhere(d material.Door) string {
	switch {
	case d.Group:
		return pathOf(d.ID, groupRoom)
	case d.Consultation:
		return pathOf(d.ID, "/consultation")
	}
	return "/read/ideas"
}

// readPage reads a material for its page; without a Page the material is not public.
func (a *Area) readPage(c *fiber.Ctx, wish string) (readPage, error) {
	id, err := request.ID(c)
	if err != nil {
		return readPage{}, err
	}
	var view readPage
	if view.Door, err = a.mat.Door(c.UserContext(), request.Actor(c), id); err != nil || !view.Door.Public {
		return view, err
	}
	if view.Reading, err = a.reading(c, id, wish); err != nil {
		return view, err
	}
	view.Page = a.formPage(c)
	if c.Method() != fiber.MethodGet {
		view.Path = pathOf(id, "")
	}
	view.Dir, view.HTML = a.dir(view.Shown.Lang), markup.Page(view.Body)
	if known(wish) {
		view.Query = "?text=" + wish
	}
	for _, l := range view.Languages {
		view.Links = append(view.Links, langLink{l.Lang, request.LanguageName(l.Lang), a.dir(l.Lang), l.Lang == view.Shown.Lang})
	}
	view.Feedback, view.Withdraw = a.feedbackForm(c, view), view.Door.MayWithdraw(request.Actor(c), view.Door.Group)
	view.Voices, err = a.mat.Voices(c.UserContext(), request.Actor(c), id)
	return view, err
}

func (a *Area) reading(c *fiber.Ctx, id store.ID, wish string) (material.Reading, error) {
	return a.readingFor(c, id, material.OnPage, wish)
}

func (a *Area) readingFor(c *fiber.Ctx, id store.ID, use material.Use, wish string) (material.Reading, error) {
	if !known(wish) {
		wish = ""
	}
	return a.mat.ReadFor(c.UserContext(), id, use, [2]string{wish, request.Printer(c).Tag})
}

// feedbackForm stands at the foot of a text. Nobody needs a key for it.
func (a *Area) feedbackForm(c *fiber.Ctx, v readPage) form {
	p := v.Page
	f := form{Page: p, Heading: p.T("material.feedback"), Action: pathOf(v.ID, "/feedback"), Go: pathOf(v.ID, "") + v.Query,
		Sees: p.T("material.sees.feedback"), Button: p.T("material.feedback.go"), Said: "material.feedback.done", Kind: ui.Secondary}
	nonce := c.FormValue("nonce")
	if nonce == "" {
		nonce = request.NewNonce()
	}
	answers := []ui.Option{{Label: p.T("material.feedback.skip")}, {Value: "yes", Label: p.T("material.yes")}, {Value: "no", Label: p.T("material.no")}}
	f.Fields = []field{
		choose(ui.Choice{ID: "useful", Label: p.T("material.feedback.useful"), Options: answers, Value: c.FormValue("useful")}),
		choose(ui.Choice{ID: "plain", Label: p.T("material.feedback.plain"), Options: answers, Value: c.FormValue("plain")}),
		line(ui.Input{ID: "missing", Kind: ui.TextArea, Rows: 3, Label: p.T("material.feedback.missing"), Hint: p.T("material.feedback.hint"), Value: request.Typed(c, "missing"), Optional: true}),
		hidden("text", v.Shown.Lang), hidden("nonce", nonce),
	}
	return f
}

// Feedback keeps what a reader says.
func (a *Area) Feedback(c *fiber.Ctx) error {
	view, err := a.readPage(c, c.FormValue("text"))
	if err != nil {
		return err
	}
	if view.Page == nil {
		return fault.Missing()
	}
	f := view.Feedback
	f.Back = pathOf(view.ID, "") + view.Query
	return a.try(c, f, true, func(f form) (material.Receipt, error) {
		return a.mat.GiveFeedback(c.UserContext(), view.ID, material.FeedbackForm{
			Lang: view.Shown.Lang, Useful: c.FormValue("useful"), Plain: c.FormValue("plain"), Missing: request.Typed(c, "missing"),
			Nonce: c.FormValue("nonce"), Insist: f.Insist,
		})
	})
}

// checked says who looked at the text in the language that is shown.
func checked(p *ui.Page, l material.Language) string {
	who := "\u2068" + l.CheckedBy + "\u2069"
	switch {
	case l.CheckedBy == "":
		return ""
	case l.Machine:
		return p.T("material.checked.machine", "Handle", who)
	}
	return p.T("material.checked", "Handle", who)
}
