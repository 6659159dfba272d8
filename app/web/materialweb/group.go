package materialweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/markup"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// groupPage is where a group works on one material.
type groupPage struct {
	*ui.Page
	material.Workshop
	Dir, HTML string
	Measure   material.Measure
	Advice    []material.Advice
	Steps     []string // the way, in words
	At        int
	Leads     bool
	Peer      bool // her time for the text goes to her week
	Today     string
}

// way is the states that every material passes.
var way = []material.State{material.Idea, material.Drafting, material.Consulting, material.Deciding, material.Translating, material.Published}

// Group shows everything that a group works with.
func (a *Area) Group(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := groupPage{Page: a.formPage(c), Today: a.kit.Clock.Today()}
	if view.Workshop, err = a.mat.Workshop(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	view.Dir, view.HTML = a.dir(view.Lang), markup.Page(view.Text.Body)
	view.Measure, view.Advice = material.MeasurePlain(view.Lang, view.Text.Body), material.CheckTerms(view.Lang, view.Text.Markdown(), view.Terms...)
	view.Leads, view.Peer = view.Me.Leader, request.Actor(c).Has(member.RolePeer)
	for i, state := range way {
		view.Page.Path = pathOf(id, groupRoom)
		view.Steps = append(view.Steps, word(view.Page, stateWords, state))
		if state == view.State {
			view.At = i
		}
	}
	return a.kit.Send(c, fiber.StatusOK, groupView(view))
}

// shop loads a group's material for one of its forms; nobody else finds the form.
func (a *Area) shop(c *fiber.Ctx) (material.Workshop, error) {
	id, err := request.ID(c)
	if err != nil {
		return material.Workshop{}, err
	}
	return a.mat.Workshop(c.UserContext(), request.Actor(c), id)
}

// groupForm starts a form of the group.
func (a *Area) groupForm(c *fiber.Ctx, rest string) form {
	path, p := "/read/"+c.Params("id"), a.formPage(c)
	return form{Page: p, Action: path + rest, Back: path + groupRoom, Go: path + groupRoom, Sees: p.T("material.sees.group")}
}

// showGroup shows a form to somebody of the group.
func (a *Area) showGroup(c *fiber.Ctx, make func(*fiber.Ctx) form) error {
	if _, err := a.shop(c); err != nil {
		return err
	}
	return a.show(c, make(c))
}

func (a *Area) inviteForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/people")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.invite"), f.T("material.invite.lead"), f.T("material.invite.go"), "material.invite.done"
	f.Fields = []field{line(ui.Input{ID: "handle", Label: f.T("material.handle"), Value: request.Typed(c, "handle"), Max: 24})}
	return f
}

// InviteForm asks for a handle.
func (a *Area) InviteForm(c *fiber.Ctx) error { return a.showGroup(c, a.inviteForm) }

// Invite adds somebody to the group.
func (a *Area) Invite(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.inviteForm(c), func() error {
		return a.mat.Invite(c.UserContext(), request.Actor(c), id, request.Typed(c, "handle"))
	})
}

// Leave takes somebody out of the group.
func (a *Area) Leave(c *fiber.Ctx) error {
	person, err := request.IDAt(c, "person")
	if err != nil {
		return err
	}
	who := request.Actor(c)
	rest := groupRoom
	if who.Role != nil && who.Role.ID == person {
		id, err := request.ID(c)
		if err != nil {
			return err
		}
		if err := a.mat.Leave(c.UserContext(), who, id, person); err != nil {
			return err
		}
		return a.kit.Go(c, "/read/work", ui.Done, "material.left")
	}
	return a.do(c, func(id store.ID) error { return a.mat.Leave(c.UserContext(), who, id, person) }, rest, "material.left")
}

func (a *Area) creditForm(c *fiber.Ctx, credit, alias string) form {
	f := a.groupForm(c, "/credit")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.credit"), f.T("material.credit.lead"), f.T("material.credit.go"), "material.credit.done"
	f.Sees = f.T("material.sees.everybody")
	var options []ui.Option
	for _, code := range []material.Credit{material.NotNamed, material.ByHandle, material.ByAlias} {
		options = append(options, ui.Option{Value: string(code), Label: word(f.Page, creditWords, code)})
	}
	f.Fields = []field{
		cards(ui.Choice{ID: "credit", Label: f.T("material.credit.how"), Options: options, Value: credit}),
		line(ui.Input{ID: "alias", Label: f.T("material.credit.alias.name"), Value: alias, Max: 60, Optional: true}),
	}
	return f
}

// CreditForm asks how she wants to be named.
func (a *Area) CreditForm(c *fiber.Ctx) error {
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	return a.show(c, a.creditForm(c, string(shop.Me.Credit), shop.Me.Alias))
}

// Credit keeps how she wants to be named.
func (a *Area) Credit(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	credit, alias := c.FormValue("credit"), request.Typed(c, "alias")
	return a.tryPlain(c, a.creditForm(c, credit, alias), func() error {
		return a.mat.Name(c.UserContext(), request.Actor(c), id, material.CreditForm{Credit: material.Credit(credit), Alias: alias})
	})
}

func (a *Area) answerForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/suggestions/"+c.Params("suggestion"))
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.answer"), f.T("material.answer.lead"), f.T("material.answer.go"), "material.answer.done"
	f.Sees = f.T("material.sees.members")
	f.Fields = []field{
		cards(ui.Choice{ID: "state", Label: f.T("material.answer.what"), Value: c.FormValue("state"), Options: []ui.Option{
			{Value: material.Changed, Label: f.T("material.answer.changed")}, {Value: material.Kept, Label: f.T("material.answer.kept")},
		}}),
		line(ui.Input{ID: "words", Kind: ui.TextArea, Rows: 3, Label: f.T("material.answer.words"), Hint: f.T("material.answer.words.hint"), Value: request.Typed(c, "words")}),
	}
	return f
}

// AnswerForm shows a suggestion with the form of its answer.
func (a *Area) AnswerForm(c *fiber.Ctx) error {
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	for _, s := range shop.Suggestions {
		if s.ID.String() == c.Params("suggestion") {
			f := a.answerForm(c)
			f.Quote, f.QuoteLang = s.Passage+"\n\n→ "+s.Wanted+"\n\n"+s.Why, shop.Lang
			return a.show(c, f)
		}
	}
	return fault.Missing()
}

// Answer keeps what the group says to a suggestion.
func (a *Area) Answer(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	suggestion, err := request.IDAt(c, "suggestion")
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.answerForm(c), func() error {
		return a.mat.Answer(c.UserContext(), request.Actor(c), id, suggestion, material.AnswerForm{State: c.FormValue("state"), Words: request.Typed(c, "words")})
	})
}

// confirm asks before a step that others notice.
func (a *Area) confirm(c *fiber.Ctx, rest string, words [3]string, kind ui.ButtonKind) form {
	f := a.groupForm(c, rest)
	f.Heading, f.Lead, f.Button, f.Kind, f.Sees = words[0], words[1], words[2], kind, ""
	return f
}

func (a *Area) archiveForm(c *fiber.Ctx) form {
	p := request.Printer(c)
	f := a.confirm(c, "/archive", [3]string{p.T("material.archive"), p.T("material.archive.text"), p.T("material.archive.go")}, ui.Grave)
	f.Said, f.Go, f.Back = "material.archive.done", "/read/ideas", "/read/"+c.Params("id")
	return f
}

// ArchiveForm asks whether a material should go.
func (a *Area) ArchiveForm(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	d, err := a.mat.Door(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	if !d.May(request.Actor(c), d.Group, material.Archived) {
		return fault.Missing()
	}
	return a.show(c, a.archiveForm(c))
}

// Archive takes a material out of every list.
func (a *Area) Archive(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.archiveForm(c), func() error { return a.mat.Archive(c.UserContext(), request.Actor(c), id) })
}

func (a *Area) reopenForm(c *fiber.Ctx) form {
	p := request.Printer(c)
	f := a.confirm(c, "/reopen", [3]string{p.T("material.reopen"), p.T("material.reopen.text"), p.T("material.reopen.go")}, ui.Primary)
	f.Said = "material.reopen.done"
	return f
}

// ReopenForm asks whether the draft should be open again.
func (a *Area) ReopenForm(c *fiber.Ctx) error { return a.showGroup(c, a.reopenForm) }

// Reopen goes back to the draft.
func (a *Area) Reopen(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.reopenForm(c), func() error { return a.mat.Reopen(c.UserContext(), request.Actor(c), id) })
}

func (a *Area) publishForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/publish")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.publish"), f.T("material.publish.lead"), f.T("material.publish.go"), "material.publish.done"
	f.Sees = f.T("material.sees.everybody")
	months := c.FormValue("months")
	if months == "" {
		months = strconv.Itoa(material.UsualReview)
	}
	f.Fields = []field{line(ui.Input{ID: "months", Kind: ui.Number, Label: f.T("material.months"), Value: months, Max: 2})}
	return f
}

// PublishForm asks when the text will be looked at again.
func (a *Area) PublishForm(c *fiber.Ctx) error { return a.showGroup(c, a.publishForm) }

// Publish shows a decided text to everybody.
func (a *Area) Publish(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	f := a.publishForm(c)
	f.Go = pathOf(id, "")
	return a.tryPlain(c, f, func() error {
		months := whole(c.FormValue("months"))
		if months == 0 {
			months = -1
		}
		return a.mat.Publish(c.UserContext(), request.Actor(c), id, months)
	})
}
