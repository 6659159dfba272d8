package supervisionweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/numeral"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// proposePage is the form that proposes a relation. The kinds that join several people
// have a form of their own, with a tick for each of them.
type proposePage struct {
	*ui.Page
	ui.Again
	Peers, Supervisors                   []ui.Option
	Chosen                               chosenPeople
	Kind, Cadence, Words, Reads, Limits  string
	Review, Nonce                        string
	Outside, Paid, WithPeople, WithAbove bool
}

// chosenPeople are the people of a proposal as the form sent them.
type chosenPeople struct{ Peers, Supervisors []string }

func (c chosenPeople) peer() string       { return first(c.Peers) }
func (c chosenPeople) supervisor() string { return first(c.Supervisors) }

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// twoKinds join one peer and one supervisor; ownKinds have a form of their own.
var (
	twoKinds = []supervision.Kind{"individual", "debrief", "case", "mentoring"}
	ownKinds = []supervision.Kind{"pair", "group", "intervision"}
)

// ready says what the form asks for this kind.
func (v proposePage) ready() proposePage {
	v.WithPeople = slices.Contains(ownKinds, supervision.Kind(v.Kind))
	v.WithAbove = v.Kind == "group"
	return v
}

// ProposeForm shows an empty form.
func (a *Area) ProposeForm(c *fiber.Ctx) error {
	view := proposePage{Page: a.page(c), Kind: c.Query("kind"), Cadence: "14", Paid: true, Nonce: request.NewNonce()}
	if !slices.Contains(supervision.Kinds, supervision.Kind(view.Kind)) {
		view.Kind = "individual"
	}
	if err := a.fillPeople(c, &view); err != nil {
		return err
	}
	a.chooseHerself(c, &view)
	view.Reads, view.Review = view.T("supervision.agreement.draft"), a.kit.Clock.DayAfter(182)
	return a.kit.Send(c, fiber.StatusOK, proposeView(view.ready()))
}

// chooseHerself puts whoever proposes for herself into the form: as a supervisor when she
// is one, otherwise as the peer.
func (a *Area) chooseHerself(c *fiber.Ctx, v *proposePage) {
	who := request.Actor(c)
	switch me := who.Role.ID.String(); {
	case who.Has(member.RoleCoordinator):
	case who.Has(member.RoleSupervisor) && v.Kind != "pair" && v.Kind != "intervision":
		v.Chosen.Supervisors = []string{me}
	default:
		v.Chosen.Peers = []string{me}
	}
}

// fillPeople lists whom she can choose.
func (a *Area) fillPeople(c *fiber.Ctx, v *proposePage) error {
	peers, supervisors, err := a.sup.Choices(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	v.Peers, v.Supervisors = personOptions(peers), personOptions(supervisors)
	return nil
}

func personOptions(people []member.RoleAccount) []ui.Option {
	list := make([]ui.Option, len(people))
	for i, r := range people {
		list[i] = ui.Option{Value: r.ID.String(), Label: r.Handle}
	}
	return list
}

// oneOf puts the words Choose somebody before a list of people.
func oneOf(p *ui.Page, list []ui.Option) []ui.Option {
	if len(list) == 1 {
		return list
	}
	return append([]ui.Option{{Label: p.T("supervision.choose")}}, list...)
}

// Propose stores a proposal.
func (a *Area) Propose(c *fiber.Ctx) error {
	view := proposePage{
		Page: a.page(c), Chosen: chosenPeople{many(c, "peer"), many(c, "supervisor")}, Kind: c.FormValue("kind"), Cadence: c.FormValue("cadence"),
		Words: request.Typed(c, "agreement"), Reads: request.Typed(c, "reads"), Limits: request.Typed(c, "limits"), Review: c.FormValue("review"),
		Nonce: c.Params("form"), Outside: c.FormValue("outside") == "1", Paid: c.FormValue("paid") == "1",
	}.ready()
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	view.Again = back
	if !back.SignIn {
		if err := a.fillPeople(c, &view); err != nil {
			return err
		}
	}
	if status != 0 {
		return a.kit.Send(c, status, proposeView(view))
	}
	made, err := a.sup.Propose(c.UserContext(), request.Actor(c), view.form())
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, proposeView(view))
	}
	if !made.Stored {
		request.Warn(view.Page, &view.Again, made.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, proposeView(view))
	}
	return a.kit.Go(c, "/supervision", ui.Done, "supervision.proposed")
}

func (v proposePage) form() supervision.ProposalForm {
	f := supervision.ProposalForm{
		Kind: supervision.Kind(v.Kind), Outside: v.Outside, Paid: v.Paid, Agreement: v.Words, Reads: v.Reads, Limits: v.Limits, Review: v.Review,
		Nonce: v.Nonce, Insist: v.Insist, Peers: ids(v.Chosen.Peers), Supervisors: ids(v.Chosen.Supervisors),
	}
	f.CadenceDays, _ = numeral.Whole(v.Cadence)
	return f
}

// most bounds how many values of one name a form may send.
const most = 200

// many reads all values of one name that are not empty.
func many(c *fiber.Ctx, name string) (list []string) {
	for _, raw := range c.Request().PostArgs().PeekMulti(name) {
		if len(raw) > 0 && len(raw) < 100 && len(list) < most {
			list = append(list, string(raw))
		}
	}
	return list
}

// ids reads ids; what is none is the id of nobody, so that the form comes back.
func ids(texts []string) []store.ID {
	var list []store.ID
	for _, text := range texts {
		id, _ := store.ParseID(text)
		list = append(list, id)
	}
	return list
}
