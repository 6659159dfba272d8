package forumweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/moderation"
)

// askForm is what somebody asks the peers alone, or adds to it.
type askForm struct {
	Action string
	Starts bool
	Title  string
	Body   string
	Lang   string
	Nonce  string
	Insist bool
	cameBack
}

func (f askForm) typed(c *fiber.Ctx) askForm {
	f.Title, f.Body, f.Nonce = words(c, "title"), words(c, "body"), c.FormValue("nonce")
	f.Insist = c.FormValue("insist") == "1"
	if lang := c.FormValue("lang"); lang != "" {
		f.Lang = lang
	}
	return f
}

func (f askForm) draft() forum.Draft {
	return forum.Draft{Title: f.Title, Body: f.Body, Lang: talkLang(f.Lang), Nonce: f.Nonce, Insist: f.Insist}
}

// askPage is where somebody asks privately, with what she asked before.
type askPage struct {
	*ui.Page
	Mine  []forum.QuestionLine
	Can   bool          // somebody could read it
	Lines []ui.HelpLine // where nobody could
	Care  *care
	Form  askForm
}

// askedPage is a question of hers, and for a peer the question of somebody.
type askedPage struct {
	*ui.Page
	Thread forum.QuestionThread
	Care   *care
	Form   askForm
	Peer   bool
	again  ui.Again // what a peer's form says when it comes back
}

func askPath(id store.ID) string { return "/ask/" + id.String() }

func newAsk(lang string) askForm {
	return askForm{Action: "/ask", Starts: true, Lang: lang, Nonce: request.NewNonce()}
}

// helpFor are the help lines of a kind of danger, without a word about who of the team is
// there: nobody but the peers with the key reads these words.
func (a *Area) helpFor(p *ui.Page, kind string) *care {
	if !slices.Contains(careKinds, kind) {
		return nil
	}
	lines := a.kit.HelpLines(p.P, kind)
	if len(lines) == 0 {
		lines = a.kit.HelpLines(p.P, emergency)
	}
	return &care{Kind: kind, Lines: lines}
}

// helpAsked reads the kind of help from an address.
func (a *Area) helpAsked(p *ui.Page, mark string) *care {
	for _, kind := range careKinds {
		if careMark(kind) == "c="+mark {
			return a.helpFor(p, kind)
		}
	}
	return nil
}

// AskForm is the page where one asks.
func (a *Area) AskForm(c *fiber.Ctx) error {
	page := a.page(c)
	view, err := a.askPage(c, page)
	if err != nil {
		return err
	}
	lang := page.P.Tag
	if asked := talkLang(c.Query("in")); asked != "" {
		lang = asked // a peer's page knows in which language she can be asked
	}
	view.Form = newAsk(lang)
	return a.kit.Send(c, fiber.StatusOK, askView(view))
}

func (a *Area) askPage(c *fiber.Ctx, page *ui.Page) (askPage, error) {
	view := askPage{Page: page}
	var err error
	if view.Can, err = a.forum.CanAsk(c.UserContext()); err != nil {
		return view, err
	}
	if !view.Can {
		view.Lines = a.kit.HelpLines(page.P, "")
	}
	view.Mine, err = a.forum.MyQuestions(c.UserContext(), request.Actor(c))
	return view, err
}

// Ask sends a question to the peers.
func (a *Area) Ask(c *fiber.Ctx) error {
	entered, err := a.enter(c)
	if err != nil {
		return err
	}
	page := a.page(c)
	view, err := a.askPage(c, page)
	if err != nil {
		return err
	}
	view.Form = newAsk(page.P.Tag).typed(c)
	status := 0
	if status, view.Form.cameBack = entered.stop(c, page); status != 0 {
		return a.kit.Send(c, status, askView(view))
	}
	if talkLang(view.Form.Lang) == "" {
		view.Form.Errs = []ui.FieldError{{Field: "lang", Text: page.T("forum.lang.unknown")}}
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, askView(view))
	}
	receipt, err := a.forum.Ask(c.UserContext(), request.Actor(c), view.Form.draft())
	status, view.Form.cameBack, err = askBack(page, receipt, err)
	if err != nil {
		return err
	}
	if status != 0 {
		view.Care = a.helpFor(page, careKind(receipt.Verdict))
		if !view.Can { // the page says it already, with the help lines
			view.Form.Notice = nil
		}
		return a.kit.Send(c, status, askView(view))
	}
	return a.kit.Go(c, askHref(receipt.ID, receipt.Verdict), ui.Done, "forum.ask.sent")
}

// askBack says why a form about a question is shown again; status 0 is no reason.
func askBack(p *ui.Page, receipt forum.QuestionReceipt, err error) (status int, back cameBack, rest error) {
	if err != nil {
		return mend(p, err)
	}
	if !receipt.Stored {
		back = warning(receipt.Verdict)
		back.Private = true
		return fiber.StatusUnprocessableEntity, back, nil
	}
	return 0, back, nil
}

// askHref leads to a question, with help lines beside words of danger.
func askHref(id store.ID, v moderation.Verdict) string {
	if kind := careKind(v); kind != "" {
		return askPath(id) + "?" + careMark(kind)
	}
	return askPath(id)
}

// MyQuestion shows a question of hers with its answers.
func (a *Area) MyQuestion(c *fiber.Ctx) error {
	view, err := a.myQuestion(c)
	if err != nil {
		return err
	}
	view.Care = a.helpAsked(view.Page, c.Query("c"))
	return a.kit.Send(c, fiber.StatusOK, questionView(view))
}

func (a *Area) myQuestion(c *fiber.Ctx) (askedPage, error) {
	view := askedPage{Page: a.page(c)}
	id, err := idOf(c, "id")
	if err != nil {
		return view, err
	}
	view.Form = askForm{Action: askPath(id) + "/more", Nonce: request.NewNonce()}
	if !request.Actor(c).SignedIn() {
		return view, nil
	}
	view.Thread, err = a.forum.MyQuestion(c.UserContext(), request.Actor(c), id)
	return view, err
}

// AskMore adds her words to a question of hers.
func (a *Area) AskMore(c *fiber.Ctx) error {
	entered, err := a.enter(c)
	if err != nil {
		return err
	}
	view, err := a.myQuestion(c)
	if err != nil {
		return err
	}
	view.Form = view.Form.typed(c)
	view.Form.Lang = view.Thread.Lang
	status := 0
	if status, view.Form.cameBack = entered.stop(c, view.Page); status != 0 {
		return a.kit.Send(c, status, questionView(view))
	}
	receipt, err := a.forum.AskMore(c.UserContext(), request.Actor(c), view.Thread.ID, view.Form.draft())
	status, view.Form.cameBack, err = askBack(view.Page, receipt, err)
	if err != nil {
		return err
	}
	if status != 0 {
		view.Care = a.helpFor(view.Page, careKind(receipt.Verdict))
		return a.kit.Send(c, status, questionView(view))
	}
	return a.kit.Go(c, askHref(view.Thread.ID, receipt.Verdict), ui.Done, "forum.ask.sent")
}

// CloseQuestion ends a question of hers.
func (a *Area) CloseQuestion(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	if err := a.forum.CloseQuestion(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, askPath(id), ui.Done, "forum.ask.closed.done")
}

// DeleteQuestionForm asks whether a question of hers should go.
func (a *Area) DeleteQuestionForm(c *fiber.Ctx) error {
	view, err := a.myQuestion(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, deleteQuestionView(view))
}

// DeleteQuestion removes it for everybody.
func (a *Area) DeleteQuestion(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	if err := a.forum.DeleteQuestion(c.UserContext(), request.Actor(c), id); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	} else if err != nil {
		return nowhere()
	}
	return a.kit.Go(c, "/ask", ui.Done, "forum.ask.deleted")
}

// stateWord says where a question stands, to its author or to a peer.
func stateWord(p *ui.Page, state string) string {
	switch state {
	case forum.Answered:
		return p.T("forum.ask.state.answered")
	case forum.Closed:
		return p.T("forum.ask.state.closed")
	}
	return p.T("forum.ask.state.open")
}

func stateBadge(state string) ui.BadgeKind {
	if state == forum.Open {
		return ui.BadgeDue
	}
	return ui.BadgePlain
}
