package careerweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/career"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// talkPage is one talk, with the form for what was said.
type talkPage struct {
	*ui.Page
	ui.Again
	Who  member.Actor
	Talk career.Talk
	Form noteFields
	Path string // of this talk
}

type noteFields struct {
	career.TalkWords
	Day string
}

func talkPath(id store.ID) string { return "/work/career/talks/" + id.String() }

// Plan puts a talk on a day.
func (a *Area) Plan(c *fiber.Ctx) error {
	who, page := request.Actor(c), a.page(c)
	f := planFields{Account: c.FormValue("account"), With: c.FormValue("with"), Day: c.FormValue("day"), Agenda: request.Typed(c, "agenda"), Nonce: c.Params("form")}
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptView(pathPage{Page: page, Again: back, Plan: f}, false))
	}
	if status == 0 {
		form := career.PlanForm{Account: who.Role.ID, Day: f.Day, Agenda: f.Agenda, Nonce: f.Nonce, Insist: back.Insist}
		form.With, _ = store.ParseID(f.With)
		if account, ok := store.ParseID(f.Account); ok && account != who.Role.ID {
			form.Account, form.With = account, who.Role.ID
		}
		made, err := a.path.Plan(c.UserContext(), who, form)
		switch {
		case err == nil && made.Stored:
			return a.kit.Go(c, "/work/career", ui.Done, "career.planned")
		case err == nil:
			request.Warn(page, &back, made.Verdict)
			status = fiber.StatusUnprocessableEntity
		default:
			if status, err = request.Refused(page, &back, err); err != nil {
				return err
			}
		}
	}
	return a.sendPath(c, status, func(v *pathPage) { v.Again, v.Plan = back, f })
}

// Talk shows one talk to one of the two.
func (a *Area) Talk(c *fiber.Ctx) error { return a.sendTalk(c, fiber.StatusOK, nil) }

func (a *Area) sendTalk(c *fiber.Ctx, status int, change func(*talkPage)) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	v := talkPage{Page: a.page(c), Who: request.Actor(c), Path: talkPath(id)}
	if v.Talk, err = a.path.Talk(c.UserContext(), v.Who, id); err != nil {
		return err
	}
	v.Form = noteFields{v.Talk.TalkWords, v.Talk.Day}
	v.Page.Path = v.Path
	if change != nil {
		change(&v)
	}
	return a.kit.Send(c, status, talkView(v))
}

// Note keeps what was said.
func (a *Area) Note(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	page := a.page(c)
	f := noteFields{Day: c.FormValue("day")}
	f.Agenda, f.There, f.Steps, f.Words = request.Typed(c, "agenda"), request.Typed(c, "there"), request.Typed(c, "steps"), request.Typed(c, "words")
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptTalkView(talkPage{Page: page, Again: back, Form: f, Path: talkPath(id)}))
	}
	if status == 0 {
		made, err := a.path.Note(c.UserContext(), request.Actor(c), id, career.NoteForm{TalkWords: f.TalkWords, Day: f.Day, Insist: back.Insist})
		switch {
		case err == nil && made.Stored:
			return a.kit.Go(c, talkPath(id), ui.Done, "career.noted.done")
		case err == nil:
			request.Warn(page, &back, made.Verdict)
			status = fiber.StatusUnprocessableEntity
		default:
			if status, err = request.Refused(page, &back, err); err != nil {
				return err
			}
		}
	}
	return a.sendTalk(c, status, func(v *talkPage) { v.Again, v.Form = back, f })
}

// Answer is her yes or no to what the other one wrote.
func (a *Area) Answer(c *fiber.Ctx) error {
	yes := c.FormValue("held") == "yes"
	return a.change(c, "/work/career", "career.answered", func(who member.Actor, id store.ID) error { return a.path.Answer(c.UserContext(), who, id, yes) })
}

// CallOff takes a planned talk off the list.
func (a *Area) CallOff(c *fiber.Ctx) error {
	return a.change(c, "/work/career", "career.off.done", func(who member.Actor, id store.ID) error { return a.path.CallOff(c.UserContext(), who, id) })
}
