package deskweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/moderation"
)

// termsPage is the list of watched terms with the form for a new one.
type termsPage struct {
	*ui.Page
	ui.Again
	terms []desk.WatchedTerm
	form  desk.TermForm
	trial *moderation.Trial // what the term would have found, once it was tried
}

// Terms lists the words that this host watches.
func (a *Area) Terms(c *fiber.Ctx) error {
	v := termsPage{form: desk.TermForm{Outcome: moderation.Hold}}
	return a.sendTerms(c, fiber.StatusOK, v)
}

func (a *Area) sendTerms(c *fiber.Ctx, status int, v termsPage) error {
	a.kit.NeedPreToken(c)
	v.Page = a.page(c)
	v.Path = "/desk/terms"
	if !v.SignIn {
		var err error
		if v.terms, err = a.desk.WatchedTerms(c.UserContext(), request.Actor(c)); err != nil {
			return err
		}
	}
	return a.kit.Send(c, status, termsView(v))
}

// AddTerm tries a term, or watches it from now on. Whatever stands in the way, what she
// typed comes back.
func (a *Area) AddTerm(c *fiber.Ctx) error {
	v := termsPage{form: desk.TermForm{
		Term: request.Typed(c, "term"), Lang: c.FormValue("lang"), Note: request.Typed(c, "note"),
		Outcome: moderation.Outcome(c.FormValue("outcome")), Sure: c.FormValue("sure") == "1",
	}}
	who := request.Actor(c)
	if c.Params("form") != "new" || who.SignedIn() && !who.Has(member.RoleModerator) {
		return fault.Missing()
	}
	status, back := request.Stopped(c, a.page(c))
	v.Again = back
	if status != 0 {
		return a.sendTerms(c, status, v)
	}
	// A term that was changed after its dry run is tried again before it is watched.
	try := c.FormValue("act") != "watch" || c.FormValue("tried") != triedAs(v.form)
	act := a.desk.AddTerm
	if try {
		act = a.desk.TryTerm
	}
	trial, err := act(c.UserContext(), who, v.form)
	if err == nil && !try {
		return a.kit.Go(c, "/desk/terms", ui.Done, "desk.term.added")
	}
	status = fiber.StatusOK
	if err != nil {
		if status, err = request.Refused(a.page(c), &v.Again, err); err != nil {
			return err
		}
	}
	if len(v.Errs) == 0 || trial.Looked > 0 {
		v.trial = &trial
	}
	return a.sendTerms(c, status, v)
}

// triedAs stands for what a dry run was made of.
func triedAs(f desk.TermForm) string { return f.Lang + " " + f.Term }

// RemoveTerm stops watching a term.
func (a *Area) RemoveTerm(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	err := a.desk.RemoveTerm(c.UserContext(), request.Actor(c), id)
	if fault.Is(err, fault.Conflict) {
		return a.kit.Go(c, "/desk/terms", ui.Due, "desk.term.gone")
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/desk/terms", ui.Done, "desk.term.removed")
}

// termLangs are the languages of posts that a term can concern, all of them first.
func termLangs(p *ui.Page) []ui.Option {
	options := []ui.Option{{Value: "", Label: p.T("desk.term.lang.all")}}
	for _, tag := range forum.Languages {
		options = append(options, ui.Option{Value: tag, Label: request.LanguageName(tag), Lang: tag})
	}
	return options
}

func termOutcomes(p *ui.Page) []ui.Option {
	return []ui.Option{
		{Value: string(moderation.Hold), Label: p.T("desk.term.hold"), Hint: p.T("desk.term.hold.hint")},
		{Value: string(moderation.Warn), Label: p.T("desk.term.warn"), Hint: p.T("desk.term.warn.hint")},
	}
}

// termMeta says where a term listens, what follows, and who added it.
func termMeta(p *ui.Page, t desk.WatchedTerm) string {
	where, what := p.T("desk.term.lang.all"), p.T("desk.term.hold")
	if t.Lang != "" {
		where = request.LanguageName(t.Lang)
	}
	if t.Outcome == moderation.Warn {
		what = p.T("desk.term.warn")
	}
	adder := t.Handle
	if adder == "" {
		adder = p.T("common.colleague")
	}
	return p.T("desk.term.meta", "Where", where, "What", what, "Who", isolated(adder), "Day", p.P.Day(t.Day))
}

func isolated(text string) string { return "\u2068" + text + "\u2069" }

// postOf is the address of a post that a dry run found.
func postOf(e moderation.Example) string { return "/posts/" + store.ID(e.Post).String() }
