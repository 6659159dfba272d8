package deskweb

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Decide settles an item. Whatever stands in the way, what she typed comes back.
func (a *Area) Decide(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	ctx, who, f := c.UserContext(), request.Actor(c), readForm(c)
	if !who.SignedIn() {
		return a.sendKept(c, id, f)
	}
	if !who.Has(member.RoleModerator) {
		return fault.Missing()
	}
	if f.again && request.Trusted(c) {
		if err := a.desk.Claim(ctx, who, id); err != nil {
			return a.refused(c, id, f, err)
		}
	}
	in, err := a.load(ctx, who, id)
	if err != nil {
		return a.refused(c, id, f, err)
	}
	if !request.Trusted(c) {
		f.notice = &ui.Notice{Tone: ui.Due, Text: request.Printer(c).T("desk.old")}
		return a.sendItem(c, fiber.StatusConflict, in, f)
	}
	choice, err := a.choice(in, f)
	if err == nil {
		err = a.desk.Decide(ctx, who, id, choice, forum.Reasons)
	}
	if err != nil {
		return a.refused(c, id, f, err)
	}
	return a.kit.Go(c, "/desk", ui.Done, "desk.decided")
}

// choice is what the form says. Words that are not in the post are an error here already,
// each of them and not only when all are missing.
func (a *Area) choice(in loaded, f form) (desk.Choice, error) {
	choice := desk.Choice{Action: desk.Action(f.action), Reason: f.reason, Words: f.words, Days: f.pause()}
	if choice.Action != desk.Mask {
		return choice, nil
	}
	choice.Mask = f.masked()
	choice.Label = a.label(in, choice.Mask)
	for _, word := range choice.Mask {
		if !strings.Contains(in.post.Body, word) {
			return choice, fault.Mend(fault.Field{Name: "other", Key: "desk.mask.absent"})
		}
	}
	return choice, nil
}

// label is what stands in the place of words, in the language of the post: the name of what
// was found when all of them are of one kind, else no more than that something was there.
func (a *Area) label(in loaded, words []string) string {
	p := a.kit.Bundle.Printer(in.post.Lang)
	found := foundWords(in.post.Findings)
	var rules []string
	for _, word := range words {
		i := slices.IndexFunc(found, func(w foundWord) bool { return w.text == word })
		if i < 0 {
			return p.T("desk.mask.plain")
		}
		if !slices.Contains(rules, found[i].rule) {
			rules = append(rules, found[i].rule)
		}
	}
	if len(rules) != 1 {
		return p.T("desk.mask.plain")
	}
	return p.T("desk.mask.label", "What", inside(request.RuleWord(p, rules[0])))
}

// refused answers a decision that was not made. While the item is still there the same page
// comes back; else only her words do.
func (a *Area) refused(c *fiber.Ctx, id store.ID, f form, err error) error {
	problem := fault.As(err)
	if problem == nil || problem.Kind == fault.Internal {
		return err
	}
	in, gone := a.load(c.UserContext(), request.Actor(c), id)
	if gone != nil || problem.Kind == fault.NotFound {
		return a.sendGone(c, fault.New(fault.Conflict, "desk.item.gone"), f)
	}
	p, status := request.Printer(c), fiber.StatusConflict
	switch {
	case problem.Kind == fault.Invalid:
		f.errs, _ = request.Mend(p, fault.Mend(fieldsOf(problem, in)...))
		status = fiber.StatusUnprocessableEntity
	case problem.Key == "desk.pause.badge":
		f.errs = []ui.FieldError{{Field: "action", Text: request.Words(p, err)}}
		status = fiber.StatusUnprocessableEntity
	default:
		f.notice = &ui.Notice{Tone: ui.Due, Text: request.Words(p, err)}
		if problem.Kind == fault.Refused {
			status = fiber.StatusForbidden
		}
	}
	return a.sendItem(c, status, in, f)
}

// fieldsOf leads each message to a field that stands on the page: words that are not in the
// post belong to the field of other words, and without found words there is no row of ticks.
func fieldsOf(problem *fault.Error, in loaded) []fault.Field {
	fields := slices.Clone(problem.Fields)
	for i, field := range fields {
		if field.Key == "desk.mask.absent" || (field.Name == "mask" && len(in.post.Findings) == 0) {
			fields[i].Name = "other"
		}
	}
	return fields
}

// sendKept gives the form back to somebody whose session has ended. Nothing of the item is
// shown: there is nobody whom it could be shown to.
func (a *Area) sendKept(c *fiber.Ctx, id store.ID, f form) error {
	p := a.page(c)
	return a.kit.Send(c, fiber.StatusUnauthorized, keptPage(p, id.String(), offerAlone(p, f)))
}
