// Package careerweb is the pages of somebody's way through this work: skills, the talk every
// six months, steps with what was promised, and the way to speak about a conflict outside
// the team.
//
// Invariants: before each button stands who will read; what is red is the organisation's
// duty and never hers; people stand in the order of their handles and nothing compares them;
// what is not hers to see answers as an unknown address; titles are neutral.
package careerweb

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/career"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit  *request.Kit
	path *career.Service
}

// New makes the area.
func New(kit *request.Kit, s *career.Service) *Area { return &Area{kit, s} }

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("nav.work"), "work")
}

// tabs are the pages of her work, for those who have them.
func tabs(p *ui.Page, who member.Actor, here string) templ.Component {
	if !who.Has(member.RolePeer) {
		return templ.NopComponent
	}
	return ui.WorkTabs(p, here, who.Has(member.RoleCoordinator))
}

// isolated keeps a name from turning the sentence around it.
func isolated(text string) string { return "\u2068" + text + "\u2069" }

var stepWords = map[string]string{
	"peer": "career.step.peer", "experienced": "career.step.experienced", "mentor": "career.step.mentor", "trainer": "career.step.trainer",
	"lead": "career.step.lead", "board": "career.step.board",
}

var kindWords = map[string]string{"soft": "career.kind.soft", "hard": "career.kind.hard"}

var stateWords = map[string]string{career.Planned: "career.state.planned", career.Noted: "career.state.noted", career.Held: "career.state.held"}

func word(p *ui.Page, words map[string]string, code string) string {
	if key, ok := words[code]; ok {
		return p.T(key)
	}
	return ""
}

func options(p *ui.Page, codes []string, words map[string]string) []ui.Option {
	list := []ui.Option{{Label: p.T("peerwork.choose")}}
	for _, code := range codes {
		list = append(list, ui.Option{Value: code, Label: word(p, words, code)})
	}
	return list
}

func personOptions(none string, people []member.RoleAccount) []ui.Option {
	list := []ui.Option{{Label: none}}
	for _, r := range people {
		list = append(list, ui.Option{Value: r.ID.String(), Label: r.Handle})
	}
	return list
}

// change does something without words and goes back.
func (a *Area) change(c *fiber.Ctx, back, done string, do func(member.Actor, store.ID) error) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	if err := do(request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, back, ui.Done, done)
}
