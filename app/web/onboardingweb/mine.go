package onboardingweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/markup"
	"portico/app/onboarding"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// minePage is a candidate's own page.
type minePage struct {
	*ui.Page
	View   onboarding.View
	Found  bool
	Org    onboarding.Page // what its public page says, for the expectations
	Today  string
	Nonce  string
	Active bool // she may stop and write here
}

// Mine shows a candidate what comes next.
func (a *Area) Mine(c *fiber.Ctx) error {
	v := minePage{Page: a.page(c), Today: a.kit.Clock.Today(), Nonce: request.NewNonce()}
	var err error
	if v.View, v.Found, err = a.in.Mine(c.UserContext(), request.Actor(c), v.P.Tag); err != nil {
		return err
	}
	if !v.Found {
		return a.kit.Send(c, fiber.StatusOK, mineView(v))
	}
	v.Active = v.View.Running()
	if v.Org, err = a.in.Shown(c.UserContext(), v.View.OrganisationID, v.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, mineView(v))
}

const minePath = "/my-path"

func (a *Area) hers(c *fiber.Ctx, title string) form {
	p := a.page(c)
	return form{Page: p, Title: title, Back: minePath, BackWord: p.T("joining.path.room")}
}

// Read notes that she has read what is expected.
func (a *Area) Read(c *fiber.Ctx) error {
	f := readForm(a.page(c))
	return a.sendHers(c, f, act{func() (onboarding.Receipt, error) {
		v, found, err := a.in.Mine(c.UserContext(), request.Actor(c), f.P.Tag)
		if err == nil && !found {
			err = fault.Missing()
		}
		if err != nil {
			return onboarding.Receipt{}, err
		}
		return a.in.Finish(c.UserContext(), request.Actor(c), v.ID, onboarding.StepExpectations, onboarding.FinishForm{})
	}, minePath, "joining.read.done"})
}

func readForm(p *ui.Page) form {
	return form{Page: p, Title: p.T("joining.step.expectations"), Back: minePath, BackWord: p.T("joining.path.room"), Action: minePath + "/read", Button: p.T("joining.read.send")}
}

// rulesPage is the house rules to sign, and to print.
type rulesPage struct {
	*ui.Page
	Text onboarding.RuleText
	HTML string
	Dir  string
	View onboarding.View
	Sign *form
}

// Rules shows the rules in her language with the way to sign them, or her signature.
func (a *Area) Rules(c *fiber.Ctx) error {
	v := rulesPage{Page: a.page(c)}
	path, found, err := a.in.Mine(c.UserContext(), request.Actor(c), v.P.Tag)
	if err != nil {
		return err
	}
	if !found {
		return a.kit.Send(c, fiber.StatusOK, mineView(minePage{Page: v.Page}))
	}
	v.View = path
	if v.Text, err = a.in.RulesNow(c.UserContext(), v.P.Tag); err != nil {
		return err
	}
	v.HTML, v.Dir = markup.Page(v.Text.Body), a.kit.Bundle.Printer(v.Text.Lang).Dir
	if next, ok := path.Next(); ok && next.Step.Step == onboarding.StepRules {
		f := a.rulesForm(c)
		f.Fields = []field{hidden("version", strconv.Itoa(v.Text.Version)), hidden("lang", v.Text.Lang)}
		v.Sign = &f
	}
	return a.kit.Send(c, fiber.StatusOK, rulesView(v))
}

func (a *Area) rulesForm(c *fiber.Ctx) form {
	f := a.hers(c, request.Printer(c).T("joining.rules"))
	f.Action, f.Button, f.Sees = minePath+"/rules", f.T("joining.rules.sign"), f.T("joining.sees.rules")
	return f
}

// SignRules signs the version and language that she read.
func (a *Area) SignRules(c *fiber.Ctx) error {
	f := a.rulesForm(c)
	f.Fields = []field{hidden("version", c.FormValue("version")), hidden("lang", c.FormValue("lang"))}
	return a.sendHers(c, f, act{func() (onboarding.Receipt, error) {
		return plain(a.in.SignRules(c.UserContext(), request.Actor(c), request.Whole(c.FormValue("version")), c.FormValue("lang")))
	}, minePath + "/rules", "joining.rules.signed"})
}

func messageForm(p *ui.Page, action, words string) form {
	return form{
		Page: p, Title: p.T("joining.message"), Back: minePath, BackWord: p.T("joining.path.room"), Action: action, Button: p.T("joining.message.send"),
		Kind: ui.Secondary, Sees: p.T("joining.sees.message"), Fields: []field{area("message", p.T("joining.message.words"), "", words, false)},
	}
}

// Write sends a message to the coordinators.
func (a *Area) Write(c *fiber.Ctx) error {
	words := request.Typed(c, "message")
	f := messageForm(a.page(c), minePath+"/write/"+c.Params("form"), words)
	return a.sendHers(c, f, act{func() (onboarding.Receipt, error) {
		return plain(a.in.Write(c.UserContext(), request.Actor(c), words, c.Params("form")))
	}, minePath, "joining.message.sent"})
}

func appealForm(p *ui.Page, nonce, words string) form {
	return form{
		Page: p, Title: p.T("joining.appeal"), Lead: p.T("joining.appeal.lead"), Back: minePath, BackWord: p.T("joining.path.room"),
		Action: minePath + "/appeal/" + nonce, Button: p.T("joining.appeal.send"), Sees: p.T("joining.sees.message"),
		Fields: []field{area("words", p.T("joining.appeal.words"), "", words, false)},
	}
}

// Appeal says that a no was not right.
func (a *Area) Appeal(c *fiber.Ctx) error {
	words := request.Typed(c, "words")
	return a.sendHers(c, appealForm(a.page(c), c.Params("form"), words), act{func() (onboarding.Receipt, error) {
		return plain(a.in.Appeal(c.UserContext(), request.Actor(c), words))
	}, minePath, "joining.appeal.sent"})
}

func answerForm(p *ui.Page, number string, accept bool) form {
	f := form{
		Page: p, Title: p.T("joining.step.offer"), Back: minePath, BackWord: p.T("joining.path.room"), Action: minePath + "/offer",
		Button: p.T("joining.offer.decline"), Kind: ui.Secondary, Fields: []field{hidden("number", number), hidden("answer", "no")},
	}
	if accept {
		f.Button, f.Kind, f.Fields[1] = p.T("joining.offer.accept"), ui.Primary, hidden("answer", "yes")
	}
	return f
}

// AnswerOffer accepts or declines an offer.
func (a *Area) AnswerOffer(c *fiber.Ctx) error {
	accept := c.FormValue("answer") == "yes"
	return a.sendHers(c, answerForm(a.page(c), c.FormValue("number"), accept), act{func() (onboarding.Receipt, error) {
		return plain(a.in.AnswerOffer(c.UserContext(), request.Actor(c), request.Whole(c.FormValue("number")), accept))
	}, minePath, "joining.offer.answered"})
}

func (a *Area) stopForm(c *fiber.Ctx) form {
	f := a.hers(c, request.Printer(c).T("joining.stop"))
	f.Lead, f.Action, f.Button, f.Kind = f.T("joining.stop.lead"), minePath+"/stop", f.T("joining.stop.send"), ui.Grave
	return f
}

// StopForm asks whether she wants to stop.
func (a *Area) StopForm(c *fiber.Ctx) error {
	return a.kit.Send(c, fiber.StatusOK, formPage(a.stopForm(c)))
}

// Stop ends her path.
func (a *Area) Stop(c *fiber.Ctx) error {
	return a.sendHers(c, a.stopForm(c), act{func() (onboarding.Receipt, error) {
		return plain(a.in.Stop(c.UserContext(), request.Actor(c)))
	}, minePath, "joining.stopped"})
}
