package memberweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// cardsPerSheet is how many cards fit an A4 page.
const cardsPerSheet = 8

// invitationsPage lists the batches of cards and makes new ones.
type invitationsPage struct {
	*ui.Page
	Today   string
	Batches []member.BatchLine
	Label   string
	Most    string
	Days    string
	Errs    []ui.FieldError
}

// cardsPage is one sheet of cards of a batch.
type cardsPage struct {
	*ui.Page
	Batch   member.BatchLine
	Address string // what to type: host and path, without the scheme
	QR      ui.QR
}

// Invitations lists the batches.
func (a *Area) Invitations(c *fiber.Ctx) error {
	page, err := a.invitationsPage(c)
	if err != nil {
		return err
	}
	page.Most, page.Days = "20", "90"
	return a.kit.Send(c, http.StatusOK, invitationsComponent(page))
}

// Invite makes a batch and goes to its cards.
func (a *Area) Invite(c *fiber.Ctx) error {
	label, most, days := c.FormValue("label"), c.FormValue("most"), c.FormValue("days")
	form := member.BatchForm{Label: label, Most: number(most), Days: number(days)}
	batch, _, err := a.kit.Members.Invite(c.UserContext(), request.Actor(c), form)
	if err == nil {
		return a.kit.Go(c, "/team/invitations/"+batch.ID.String()+"/cards", ui.Done, "invite.made")
	}
	errs, ok := request.Mend(request.Printer(c), err)
	if !ok {
		return err
	}
	page, err := a.invitationsPage(c)
	if err != nil {
		return err
	}
	page.Label, page.Most, page.Days, page.Errs = label, most, days, errs
	return a.kit.Send(c, http.StatusUnprocessableEntity, invitationsComponent(page))
}

// InvitationCards is the sheet to print. Its words are neutral: a card lies on tables and
// in pockets where everybody can read it.
func (a *Area) InvitationCards(c *fiber.Ctx) error {
	batches, err := a.kit.Members.Batches(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	for _, batch := range batches {
		if batch.ID.String() != c.Params("id") {
			continue
		}
		page := cardsPage{Page: a.kit.Page(c, request.Printer(c).T("invite.cards"), "team"), Batch: batch}
		join := a.origin(c) + "/join"
		_, page.Address, _ = strings.Cut(join, "://")
		if page.QR, err = ui.DrawQR(join + "?code=" + url.QueryEscape(batch.Code)); err != nil {
			return err
		}
		return a.kit.Send(c, http.StatusOK, cardsComponent(page))
	}
	return fault.New(fault.NotFound, "error.missing")
}

// CloseInvitations makes the cards of a batch worthless.
func (a *Area) CloseInvitations(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.New(fault.NotFound, "error.missing")
	}
	if err := a.kit.Members.CloseBatch(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, "/team/invitations", ui.Done, "invite.closed.done")
}

func (a *Area) invitationsPage(c *fiber.Ctx) (invitationsPage, error) {
	batches, err := a.kit.Members.Batches(c.UserContext(), request.Actor(c))
	if err != nil {
		return invitationsPage{}, err
	}
	page := a.kit.Page(c, request.Printer(c).T("invite.title"), "team")
	return invitationsPage{Page: page, Today: a.kit.Clock.Today(), Batches: batches}, nil
}

// breakable cuts an address after each dot and slash, where a line may end.
func breakable(address string) []string {
	var parts []string
	for {
		i := strings.IndexAny(address, "./")
		if i < 0 {
			return append(parts, address)
		}
		parts, address = append(parts, address[:i+1]), address[i+1:]
	}
}

// number reads a whole number in any script; what is none is 0, which no limit allows.
func number(typed string) int {
	n, err := strconv.Atoi(foldDigits(typed))
	if err != nil {
		return 0
	}
	return n
}

// batchState says in a word whether the cards of a batch still work.
func batchState(p invitationsPage, b member.BatchLine) (ui.BadgeKind, string) {
	switch {
	case b.Closed:
		return ui.BadgePlain, p.T("invite.state.closed")
	case b.Expires < p.Today:
		return ui.BadgePlain, p.T("invite.state.expired")
	case b.Left == 0:
		return ui.BadgeDue, p.T("invite.state.used")
	}
	return ui.BadgeVerified, p.T("invite.state.open")
}

// batchTable shows the batches with one act each: print, or close.
func batchTable(p invitationsPage) ui.Table {
	table := ui.Table{Head: []string{
		p.T("invite.label"), p.T("invite.code"), p.T("invite.uses"), p.T("invite.expires"), p.T("invite.state"), p.T("invite.acts"),
	}}
	for _, b := range p.Batches {
		kind, word := batchState(p, b)
		table.Rows = append(table.Rows, []templ.Component{
			ui.Isolated(b.Label), codeText(b.Code), ui.Words(p.T("invite.uses.line", "Uses", b.Uses, "Left", b.Left)),
			ui.Words(p.P.Day(b.Expires)), ui.Badge(kind, word), batchActs(p, b),
		})
	}
	return table
}
