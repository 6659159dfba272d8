package materialweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// storyCode is the purpose of the codes with which people take their stories back.
const storyCode = "material story"

// storyPage is what the group knows of the consents of a story, or the question whether the
// text is one.
type storyPage struct {
	*ui.Page
	material.Ledger
	Form  form
	Leads bool
	Today string
	Ends  func(material.Consent) string // where a leader ends one
}

// Story shows the ledger of a story to its group, with the forms of its leaders.
func (a *Area) Story(c *fiber.Ctx) error {
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	view := storyPage{Page: a.formPage(c), Leads: shop.Me.Leader && shop.State != material.Archived, Today: a.kit.Clock.Today()}
	if view.Ledger, err = a.mat.Ledger(c.UserContext(), request.Actor(c), shop.ID); err != nil {
		return err
	}
	view.Ends = func(one material.Consent) string { return pathOf(shop.ID, "/consents/"+one.ID.String()+"/end") }
	if shop.Story {
		view.Form = a.consentForm(c)
	} else {
		view.Form = a.storyForm(c)
	}
	return a.kit.Send(c, fiber.StatusOK, storyView(view))
}

func (a *Area) storyForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/story")
	f.Heading, f.Lead, f.Button = f.T("material.story.mark"), f.T("material.story.mark.lead"), f.T("material.story.mark.go")
	f.Fields = []field{tick(ui.Tick{ID: "own", Label: f.T("material.story.own"), Hint: f.T("material.story.own.hint"), Checked: c.FormValue("own") == "1"})}
	return f
}

// codePage shows the code of a story, this once.
type codePage struct {
	*ui.Page
	ID   store.ID
	Code string
}

// MarkStory says that a text is a story, and shows the code for the person whose it is.
func (a *Area) MarkStory(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	f := a.storyForm(c)
	if status := f.stop(c, false); status != 0 {
		return a.kit.Send(c, status, formView(f))
	}
	code := a.kit.Members.NewCode(storyCode)
	if err := a.mat.MarkStory(c.UserContext(), request.Actor(c), id, code.Hash, c.FormValue("own") == "1"); err != nil {
		return a.again(c, f, err)
	}
	return a.kit.Send(c, fiber.StatusOK, codeView(codePage{a.page(c), id, code.Shown}))
}

// again shows a form that was refused.
func (a *Area) again(c *fiber.Ctx, f form, err error) error {
	status, rest := request.Refused(f.Page, &f.Again, err)
	if rest != nil {
		return rest
	}
	return a.kit.Send(c, status, formView(f))
}

// UnmarkStory says that it is no story after all.
func (a *Area) UnmarkStory(c *fiber.Ctx) error {
	return a.do(c, func(id store.ID) error { return a.mat.UnmarkStory(c.UserContext(), request.Actor(c), id) }, "/story", "material.story.off.done")
}

// consentForm asks a leader what somebody allowed, and how she said it.
func (a *Area) consentForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/consents")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.consent"), f.T("material.consent.lead"), f.T("material.consent.go"), "material.consent.done"
	f.Back, f.Go = "/read/"+c.Params("id")+"/story", "/read/"+c.Params("id")+"/story"
	f.Fields = append(consentFields(c, f.Page), choose(ui.Choice{ID: "said", Label: f.T("material.consent.said"), Options: options(f.Page, material.Sayings, saidWords), Value: c.FormValue("said")}))
	return fair(c, f)
}

// fair is the last question before a consent is written down.
func fair(c *fiber.Ctx, f form) form {
	f.Fields = append(f.Fields, tick(ui.Tick{ID: "fair", Label: f.T("material.consent.fair"), Hint: f.T("material.consent.fair.hint"), Checked: c.FormValue("fair") == "1"}), nonceField(c))
	return f
}

func nonceField(c *fiber.Ctx) field {
	nonce := c.FormValue("nonce")
	if nonce == "" {
		nonce = request.NewNonce()
	}
	return hidden("nonce", nonce)
}

// consentFields ask what is allowed, in which languages, until when, and who could
// recognise her.
func consentFields(c *fiber.Ctx, p *ui.Page) []field {
	return []field{
		choose(ui.Choice{ID: "use", Label: p.T("material.consent.use"), Options: options(p, material.Uses, useWords), Value: c.FormValue("use")}),
		several(ui.Choice{ID: "langs", Label: p.T("material.consent.langs"), Hint: p.T("material.consent.langs.hint"), Options: langOptions(), Value: chosen(c, "langs")}),
		line(ui.Input{ID: "until", Kind: ui.Day, Label: p.T("material.consent.until"), Hint: p.T("material.consent.until.hint"), Value: c.FormValue("until"), Optional: true}),
		choose(ui.Choice{ID: "recognise", Label: p.T("material.consent.recognise"), Hint: p.T("material.consent.recognise.hint"), Options: options(p, material.Exposures, exposureWords), Value: c.FormValue("recognise")}),
		several(ui.Choice{ID: "removed", Label: p.T("material.consent.removed"), Options: options(p, material.Traces, traceWords), Value: chosen(c, "removed")}),
	}
}

// chosen are the values of a field that may come several times, with a space between.
func chosen(c *fiber.Ctx, name string) string {
	var all []string
	for _, value := range c.Context().PostArgs().PeekMulti(name) {
		all = append(all, string(value))
	}
	return strings.Join(all, " ")
}

func consentOf(c *fiber.Ctx) material.ConsentForm {
	return material.ConsentForm{
		Use: material.Use(c.FormValue("use")), Langs: strings.Fields(chosen(c, "langs")), Until: c.FormValue("until"), Recognise: c.FormValue("recognise"),
		Removed: strings.Fields(chosen(c, "removed")), Said: c.FormValue("said"), Fair: c.FormValue("fair") == "1", Nonce: c.FormValue("nonce"),
	}
}

// Record writes down what somebody allowed.
func (a *Area) Record(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.consentForm(c), func() error { return a.mat.Record(c.UserContext(), request.Actor(c), id, consentOf(c)) })
}

// EndConsent takes one consent back for somebody who asked for it.
func (a *Area) EndConsent(c *fiber.Ctx) error {
	consent, err := request.IDAt(c, "consent")
	if err != nil {
		return err
	}
	return a.do(c, func(id store.ID) error { return a.mat.End(c.UserContext(), request.Actor(c), id, consent) }, "/story", "material.consent.ended")
}

func (a *Area) backForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/story/back")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.story.back"), f.T("material.story.back.lead"), f.T("material.story.back.go"), "material.story.back.done"
	f.Kind, f.Sees, f.Go = ui.Grave, "", "/read/work"
	f.Back = "/read/" + c.Params("id") + "/story"
	f.Fields = []field{eraseTick(c, f.Page)}
	return f
}

func eraseTick(c *fiber.Ctx, p *ui.Page) field {
	return tick(ui.Tick{ID: "erase", Label: p.T("material.story.erase"), Hint: p.T("material.story.erase.hint"), Checked: c.FormValue("erase") == "1"})
}

// TakeBackForm asks a leader to whom somebody said that she takes her story back.
func (a *Area) TakeBackForm(c *fiber.Ctx) error {
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	if !shop.Story || !shop.Me.Leader {
		return fault.Missing()
	}
	return a.show(c, a.backForm(c))
}

// TakeBackFor takes it back for her.
func (a *Area) TakeBackFor(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.backForm(c), func() error {
		return a.mat.TakeBackFor(c.UserContext(), request.Actor(c), id, c.FormValue("erase") == "1")
	})
}
