package careerweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/career"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// pathPage is her own path, and what others share with her.
type pathPage struct {
	*ui.Page
	ui.Again
	Who    member.Actor
	Own    bool
	Due    career.Due
	Talks  []career.Talk
	Steps  []career.Step
	Skills []career.Skill
	Shared []career.Skill
	People []member.RoleAccount
	Plan   planFields
	Skill  skillFields
	Inbox  bool // notes about conflicts come to her
}

type planFields struct{ Account, With, Day, Agenda, Nonce string }

type skillFields struct {
	ID, Kind, Name, Evidence, Asked, Nonce string
	Readers                                []string
}

func (f skillFields) reads(id store.ID) bool { return slices.Contains(f.Readers, id.String()) }

// Path shows her own path.
func (a *Area) Path(c *fiber.Ctx) error { return a.sendPath(c, fiber.StatusOK, nil) }

func (a *Area) sendPath(c *fiber.Ctx, status int, change func(*pathPage)) error {
	ctx, who := c.UserContext(), request.Actor(c)
	v := pathPage{Page: a.page(c), Who: who, Own: who.Has(member.RolePeer), Plan: planFields{Nonce: request.NewNonce()}, Skill: skillFields{Nonce: request.NewNonce()}}
	v.Path = "/work/career"
	var err error
	if v.Talks, err = a.path.Talks(ctx, who); err != nil {
		return err
	}
	if v.Shared, err = a.path.Shared(ctx, who); err != nil {
		return err
	}
	if v.People, err = a.path.Choices(ctx, who); err != nil {
		return err
	}
	if _, v.Inbox, err = a.path.Inbox(ctx, who); err != nil {
		return err
	}
	if v.Own {
		if v.Due, err = a.path.MyDue(ctx, who); err != nil {
			return err
		}
		if v.Steps, err = a.path.MySteps(ctx, who); err != nil {
			return err
		}
		if v.Skills, err = a.path.MySkills(ctx, who); err != nil {
			return err
		}
	}
	if change != nil {
		change(&v)
	}
	return a.kit.Send(c, status, pathView(v))
}

// SaveSkill keeps a skill of hers.
func (a *Area) SaveSkill(c *fiber.Ctx) error {
	f := skillFields{ID: c.FormValue("skill-id"), Kind: c.FormValue("kind"), Name: request.Typed(c, "skill"), Evidence: request.Typed(c, "evidence"), Asked: c.FormValue("asked"), Nonce: c.Params("form")}
	for _, raw := range c.Request().PostArgs().PeekMulti("reader") {
		f.Readers = append(f.Readers, string(raw))
	}
	page := a.page(c)
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptView(pathPage{Page: page, Again: back, Skill: f}, true))
	}
	if status == 0 {
		made, err := a.path.SaveSkill(c.UserContext(), request.Actor(c), f.form(back.Insist))
		switch {
		case err == nil && made.Stored:
			return a.kit.Go(c, "/work/career", ui.Done, "career.skill.kept")
		case err == nil:
			request.Warn(page, &back, made.Verdict)
			status = fiber.StatusUnprocessableEntity
		default:
			if status, err = request.Refused(page, &back, err); err != nil {
				return err
			}
		}
	}
	return a.sendPath(c, status, func(v *pathPage) { v.Again, v.Skill = back, f })
}

func (f skillFields) form(insist bool) career.SkillForm {
	form := career.SkillForm{Kind: f.Kind, Name: f.Name, Evidence: f.Evidence, Nonce: f.Nonce, Insist: insist}
	form.ID, _ = store.ParseID(f.ID)
	form.Asked, _ = store.ParseID(f.Asked)
	for _, raw := range f.Readers {
		if id, ok := store.ParseID(raw); ok && !slices.Contains(form.Readers, id) {
			form.Readers = append(form.Readers, id)
		}
	}
	return form
}

// EditSkill puts one of hers back into the form.
func (a *Area) EditSkill(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	one, err := a.path.Skill(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	f := skillFields{ID: id.String(), Kind: one.Kind, Name: one.Name, Evidence: one.Evidence, Nonce: request.NewNonce()}
	if !one.AskedID.IsZero() {
		f.Asked = one.AskedID.String()
	}
	for _, reader := range one.Readers {
		f.Readers = append(f.Readers, reader.String())
	}
	return a.sendPath(c, fiber.StatusOK, func(v *pathPage) { v.Skill = f })
}

// RemoveSkill shreds one of hers.
func (a *Area) RemoveSkill(c *fiber.Ctx) error {
	return a.change(c, "/work/career", "career.skill.removed", func(who member.Actor, id store.ID) error { return a.path.RemoveSkill(c.UserContext(), who, id) })
}

// Confirm is the yes to a skill of somebody who asked for it.
func (a *Area) Confirm(c *fiber.Ctx) error {
	return a.change(c, "/work/career", "career.confirmed", func(who member.Actor, id store.ID) error { return a.path.Confirm(c.UserContext(), who, id) })
}

// Kept is hers: a promise was kept, or after all not.
func (a *Area) Kept(c *fiber.Ctx) error {
	yes := c.FormValue("kept") == "1"
	return a.change(c, "/work/career", "career.kept.done", func(who member.Actor, id store.ID) error { return a.path.Kept(c.UserContext(), who, id, yes) })
}
