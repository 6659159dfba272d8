package supervisionweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// personPage chooses somebody: a new supervisor, or somebody who comes into a group.
type personPage struct {
	*ui.Page
	ui.Again
	Back, Nonce, Chosen, Part string
	People                    []ui.Option
	Outside, WithPart         bool
}

// ChangeForm asks whom she chooses instead of her supervisor.
func (a *Area) ChangeForm(c *fiber.Ctx) error {
	view, err := a.changePage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, changeView(view))
}

func (a *Area) changePage(c *fiber.Ctx) (personPage, error) {
	view := personPage{Page: a.page(c), Nonce: request.NewNonce()}
	id, err := request.ID(c)
	if err != nil {
		return view, err
	}
	people, err := a.sup.Others(c.UserContext(), request.Actor(c), id)
	view.Back, view.People = relationPath(id), personOptions(people)
	return view, err
}

// Change proposes the same agreement to the supervisor whom she chose.
func (a *Area) Change(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	f := supervision.ChangeForm{Outside: c.FormValue("outside") == "1", Nonce: c.FormValue("nonce")}
	f.Supervisor, _ = store.ParseID(c.FormValue("supervisor"))
	made, err := a.sup.Change(c.UserContext(), request.Actor(c), id, f)
	if err != nil {
		return a.personAgain(c, err, a.changePage, func(v personPage) personPage {
			v.Outside, v.Chosen, v.Nonce = f.Outside, c.FormValue("supervisor"), f.Nonce
			return v
		})
	}
	return a.kit.Go(c, relationPath(made.ID), ui.Done, "supervision.change.done")
}

// personAgain shows a form of one person again, with what was chosen.
func (a *Area) personAgain(c *fiber.Ctx, why error, page func(*fiber.Ctx) (personPage, error), again func(personPage) personPage) error {
	view, err := page(c)
	if err != nil {
		return err
	}
	status, rest := request.Refused(view.Page, &view.Again, why)
	if rest != nil {
		return rest
	}
	view = again(view)
	if view.WithPart {
		return a.kit.Send(c, status, inviteView(view))
	}
	return a.kit.Send(c, status, changeView(view))
}

// InviteForm asks whom the group invites.
func (a *Area) InviteForm(c *fiber.Ctx) error {
	view, err := a.invitePage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, inviteView(view))
}

func (a *Area) invitePage(c *fiber.Ctx) (personPage, error) {
	view := personPage{Page: a.page(c), WithPart: true, Part: supervision.Peer}
	id, err := request.ID(c)
	if err != nil {
		return view, err
	}
	people, err := a.sup.Newcomers(c.UserContext(), request.Actor(c), id)
	view.Back, view.People = relationPath(id), personOptions(people)
	return view, err
}

// Invite asks somebody into the group.
func (a *Area) Invite(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	f := supervision.InviteForm{Part: c.FormValue("part")}
	f.Account, _ = store.ParseID(c.FormValue("account"))
	if err := a.sup.Invite(c.UserContext(), request.Actor(c), id, f); err != nil {
		return a.personAgain(c, err, a.invitePage, func(v personPage) personPage {
			v.Chosen, v.Part = c.FormValue("account"), f.Part
			return v
		})
	}
	return a.kit.Go(c, relationPath(id), ui.Done, "supervision.invited")
}

// LeaveForm asks whether she leaves the group.
func (a *Area) LeaveForm(c *fiber.Ctx) error {
	view, err := a.relationPage(c)
	if err != nil {
		return err
	}
	if view.Mine == "" {
		return fault.Missing()
	}
	return a.kit.Send(c, fiber.StatusOK, leaveView(view))
}

// Leave takes her out of the group.
func (a *Area) Leave(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.sup.Leave(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, relationPath(id), ui.Done, "supervision.left.done")
}

// endPage asks whether a relation should end.
type endPage struct {
	relationPage
	ui.Again
	Words string
}

// EndForm asks whether the relation should end.
func (a *Area) EndForm(c *fiber.Ctx) error {
	view, err := a.relationPage(c)
	if err != nil {
		return err
	}
	if view.Mine == "" {
		return fault.Missing()
	}
	return a.kit.Send(c, fiber.StatusOK, endView(endPage{relationPage: view}))
}

// End closes a relation.
func (a *Area) End(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	f := supervision.EndForm{Reason: request.Typed(c, "reason"), Insist: c.FormValue("insist") == "1"}
	made, err := a.sup.EndWith(c.UserContext(), request.Actor(c), id, f)
	if err == nil && made.Stored {
		return a.kit.Go(c, relationPath(id), ui.Done, "supervision.ended")
	}
	if _, mend := request.Mend(request.Printer(c), err); err != nil && !mend {
		return err
	}
	page, again := a.relationPage(c)
	if again != nil {
		return again
	}
	view := endPage{relationPage: page, Words: f.Reason}
	status := fiber.StatusUnprocessableEntity
	if err == nil {
		view.Insist = f.Insist
		request.Warn(view.Page, &view.Again, made.Verdict)
	} else if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
		return err
	}
	return a.kit.Send(c, status, endView(view))
}

// readersPage shows who opened what she wrote.
type readersPage struct {
	*ui.Page
	Back     string
	Readings []supervision.Reading
}

// Readers shows who opened which of her entries on which day.
func (a *Area) Readers(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	list, err := a.sup.Readers(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, readersView(readersPage{Page: a.page(c), Back: relationPath(id), Readings: list}))
}

// sharePage chooses what her new supervisor may read from before.
type sharePage struct {
	*ui.Page
	ui.Again
	Back    string
	To      string // handle
	Options []ui.Option
	Chosen  []string
	All     bool // everything is shared already
}

// ShareForm asks what she gives her new supervisor.
func (a *Area) ShareForm(c *fiber.Ctx) error {
	view, err := a.sharePage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, shareView(view))
}

func (a *Area) sharePage(c *fiber.Ctx) (sharePage, error) {
	ctx, who := c.UserContext(), request.Actor(c)
	view := sharePage{Page: a.page(c)}
	id, err := request.ID(c)
	if err != nil {
		return view, err
	}
	line, err := a.sup.Relation(ctx, who, id)
	if err != nil {
		return view, err
	}
	if line.Part(who) != supervision.Peer || line.State != supervision.Open || line.ReplacesID.IsZero() {
		return view, fault.Missing()
	}
	earlier, err := a.sup.Before(ctx, who, id)
	if err != nil {
		return view, err
	}
	view.Back, view.To, view.All = relationPath(id), line.Supervisor, true
	for _, e := range earlier {
		if e.LedBy != who.Role.ID || e.Shared {
			continue
		}
		view.All = false
		view.Options = append(view.Options, ui.Option{Value: e.ID.String(), Label: view.P.Day(e.HeldDay)})
	}
	return view, nil
}

// Share gives her new supervisor what she chose.
func (a *Area) Share(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	chosen := many(c, "entries")
	if c.FormValue("all") == "1" {
		view, err := a.sharePage(c)
		if err != nil {
			return err
		}
		chosen = nil
		for _, o := range view.Options {
			chosen = append(chosen, o.Value)
		}
	}
	err = a.sup.Share(c.UserContext(), request.Actor(c), id, slices.Clone(ids(chosen)))
	if err == nil {
		return a.kit.Go(c, relationPath(id), ui.Done, "supervision.share.done")
	}
	view, again := a.sharePage(c)
	if again != nil {
		return again
	}
	view.Chosen = chosen
	status, rest := request.Refused(view.Page, &view.Again, err)
	if rest != nil {
		return rest
	}
	return a.kit.Send(c, status, shareView(view))
}
