package onboardingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/onboarding"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// titlesPage is where a group looks for its own title.
type titlesPage struct {
	*ui.Page
	Rounds  []onboarding.RoundView
	Forms   []form
	Propose *form
}

const titlesPath = "/work/titles"

// Titles shows the rounds of her group. A peer who is placed nowhere is told so.
func (a *Area) Titles(c *fiber.Ctx) error {
	v := titlesPage{Page: a.page(c)}
	var err error
	v.Rounds, err = a.in.Rounds(c.UserContext(), request.Actor(c))
	if err != nil && !fault.Is(err, fault.Refused) {
		return err
	}
	if err == nil {
		f := a.proposeForm(c)
		v.Propose = &f
	}
	for _, r := range v.Rounds {
		switch {
		case r.State == onboarding.Gathering && len(r.Proposals) > 1:
			v.Forms = append(v.Forms, a.openTitleForm(c, r.ID.String(), langName(r.Lang)))
		case r.State == onboarding.TitleOpen && !r.Voted:
			v.Forms = append(v.Forms, a.voteTitleForm(c, r))
		}
	}
	return a.kit.Send(c, fiber.StatusOK, titlesView(v))
}

func (a *Area) titleForm(c *fiber.Ctx, title, to string) form {
	p := a.page(c)
	return form{Page: p, Title: title, Back: titlesPath, BackWord: p.T("joining.titles"), Action: titlesPath + to, Kind: ui.Secondary}
}

func (a *Area) proposeForm(c *fiber.Ctx) form {
	f := a.titleForm(c, t(c, "joining.title.propose"), "/propose/"+firstOf(c.Params("form"), request.NewNonce()))
	f.Button, f.Sees = t(c, "joining.title.propose.send"), t(c, "joining.sees.title")
	lang := c.FormValue("lang")
	if lang == "" {
		lang = f.P.Tag
	}
	f.Fields = []field{
		line(ui.Input{ID: "title", Label: t(c, "joining.title.words"), Hint: t(c, "joining.title.hint"), Value: request.Typed(c, "title"), Max: 60}),
		choose(ui.Choice{ID: "lang", Label: t(c, "joining.title.lang"), Options: languageOptions(), Value: lang}),
	}
	return f
}

// Propose proposes a title.
func (a *Area) Propose(c *fiber.Ctx) error {
	return a.send(c, a.proposeForm(c), act{func() (onboarding.Receipt, error) {
		return a.in.ProposeTitle(c.UserContext(), request.Actor(c), c.FormValue("lang"), request.Typed(c, "title"))
	}, titlesPath, "joining.saved"})
}

func (a *Area) openTitleForm(c *fiber.Ctx, id, lang string) form {
	f := a.titleForm(c, t(c, "joining.title.open")+" "+lang, "/rounds/"+id+"/open")
	f.Button = t(c, "joining.vote.open.send")
	day := c.FormValue("closes")
	if day == "" {
		day = a.kit.Clock.DayAfter(10)
	}
	f.Fields = []field{line(ui.Input{ID: "closes", Kind: ui.Day, Label: t(c, "joining.vote.closes"), Value: day})}
	return f
}

// OpenTitles begins the vote of a round.
func (a *Area) OpenTitles(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.send(c, a.openTitleForm(c, id.String(), ""), act{func() (onboarding.Receipt, error) {
		return plain(a.in.OpenTitleVote(c.UserContext(), request.Actor(c), id, c.FormValue("closes")))
	}, titlesPath, "joining.vote.opened"})
}

func (a *Area) voteTitleForm(c *fiber.Ctx, r onboarding.RoundView) form {
	f := a.titleForm(c, t(c, "joining.title.vote")+" "+langName(r.Lang), "/rounds/"+r.ID.String()+"/vote")
	f.Button, f.Sees = t(c, "joining.vote.send"), t(c, "joining.sees.nobody")
	var list []ui.Option
	for _, p := range r.Proposals {
		list = append(list, ui.Option{Value: p.ID.String(), Label: p.Words, Lang: r.Lang})
	}
	f.Fields = []field{cards(ui.Choice{ID: "proposal", Label: t(c, "joining.title.ask"), Options: list, Value: c.FormValue("proposal")})}
	return f
}

// VoteTitle chooses one of the proposals.
func (a *Area) VoteTitle(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	rounds, err := a.in.Rounds(c.UserContext(), request.Actor(c))
	if err != nil && !fault.Is(err, fault.Refused) {
		return err
	}
	f := a.titleForm(c, t(c, "joining.title.vote"), "/rounds/"+id.String()+"/vote")
	f.Button = t(c, "joining.vote.send")
	for _, r := range rounds {
		if r.ID == id {
			f = a.voteTitleForm(c, r)
		}
	}
	proposal, _ := store.ParseID(c.FormValue("proposal"))
	return a.send(c, f, act{func() (onboarding.Receipt, error) {
		return plain(a.in.VoteTitle(c.UserContext(), request.Actor(c), id, proposal))
	}, titlesPath, "joining.vote.cast"})
}

func (a *Area) leaveForm(c *fiber.Ctx) (form, error) {
	p := a.page(c)
	f := form{
		Page: p, Title: p.T("joining.leave"), Lead: p.T("joining.leave.lead"), Back: askedPath, BackWord: p.T("joining.asked.title"),
		Action: "/work/leave/" + firstOf(c.Params("form"), request.NewNonce()), Button: p.T("joining.leave.send"), Kind: ui.Grave, Sees: p.T("joining.sees.leave"),
		Fields: []field{
			cards(ui.Choice{ID: "reason", Label: p.T("joining.leave.reason"), Options: options(p, onboarding.Reasons, reasonWords), Value: c.FormValue("reason")}),
			area("words", p.T("joining.leave.words"), p.T("joining.leave.words.hint"), request.Typed(c, "words"), true),
		},
	}
	if !request.Actor(c).Colleague() {
		return f, nil // she signs in first, and finds her words again
	}
	readers, err := a.in.Readers(c.UserContext(), request.Actor(c))
	f.Fields = append(f.Fields, field{Many: &many{ID: "for", Label: p.T("joining.leave.for"), Options: people(p, readers, ""), Chosen: several(c, "for")}})
	return f, err
}

// LeaveForm asks whether she wants to leave.
func (a *Area) LeaveForm(c *fiber.Ctx) error {
	f, err := a.leaveForm(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, formPage(f))
}

// Leave ends her work with the organisation.
func (a *Area) Leave(c *fiber.Ctx) error {
	f, err := a.leaveForm(c)
	if err != nil {
		return err
	}
	return a.send(c, f, act{func() (onboarding.Receipt, error) {
		return plain(a.in.Leave(c.UserContext(), request.Actor(c), onboarding.LeaveForm{
			Reason: c.FormValue("reason"), Words: request.Typed(c, "words"), Readers: ids(several(c, "for")),
		}))
	}, "/my", "joining.left"})
}

// farewellsPage is what people who left wrote to her.
type farewellsPage struct {
	*ui.Page
	Letters []onboarding.Letter
}

// Farewells shows them.
func (a *Area) Farewells(c *fiber.Ctx) error {
	v := farewellsPage{Page: a.page(c)}
	var err error
	if v.Letters, err = a.in.Farewells(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, farewellsView(v))
}
