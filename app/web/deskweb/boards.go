package deskweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// newBoard stands in the address of a board that is not there yet.
const newBoard = "new"

// teamPage starts a page of the team. Like those of the desk, all have one title.
func (a *Area) teamPage(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("nav.team"), "team")
}

// boardsPage is all boards that are open to everybody, to members or to peers.
type boardsPage struct {
	*ui.Page
	boards []forum.EditBoard
}

// name is a board's name in the language of the page, or in English.
func (v boardsPage) name(b forum.EditBoard) string {
	if text, ok := b.Texts[v.P.Tag]; ok {
		return text.Name
	}
	if text, ok := b.Texts["en"]; ok {
		return text.Name
	}
	return b.Slug
}

// Boards lists them.
func (a *Area) Boards(c *fiber.Ctx) error {
	boards, err := a.forum.BoardsToEdit(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, boardsView(boardsPage{a.teamPage(c), boards}))
}

// boardPage is the form of one board.
type boardPage struct {
	*ui.Page
	ui.Again
	slug     string // in the address; newBoard for a new one
	form     forum.BoardForm
	standing *forum.EditBoard // what somebody else kept meanwhile
	used     bool             // somebody has written there: who reads it stays
	langs    []string
}

// BoardForm shows the form of a board, or an empty one.
func (a *Area) BoardForm(c *fiber.Ctx) error {
	v := boardPage{Page: a.teamPage(c), slug: c.Params("board"), langs: a.langs()}
	if v.slug == newBoard {
		v.form.Audience = forum.Members
		return a.kit.Send(c, fiber.StatusOK, boardView(v))
	}
	board, err := a.forum.BoardToEdit(c.UserContext(), request.Actor(c), v.slug)
	if err != nil {
		return err
	}
	v.form, v.used = forum.BoardForm{Audience: board.Audience, Base: board.Base()}, board.Used
	for _, text := range board.Texts {
		v.form.Texts = append(v.form.Texts, text)
	}
	return a.kit.Send(c, fiber.StatusOK, boardView(v))
}

// langs are the complete languages, in which a board has its words.
func (a *Area) langs() []string {
	var tags []string
	for _, l := range a.kit.Bundle.Languages() {
		tags = append(tags, l.Tag)
	}
	return tags
}

func (v boardPage) text(lang string) forum.BoardText {
	if i := slices.IndexFunc(v.form.Texts, func(t forum.BoardText) bool { return t.Lang == lang }); i >= 0 {
		return v.form.Texts[i]
	}
	return forum.BoardText{}
}

// SaveBoard sets a board up or changes it. Whatever stands in the way, her words come back.
func (a *Area) SaveBoard(c *fiber.Ctx) error {
	who := request.Actor(c)
	if who.SignedIn() && !who.Has(member.RoleCoordinator, member.RoleAdmin) {
		return fault.Missing()
	}
	v := boardPage{Page: a.teamPage(c), slug: c.Params("board"), langs: a.langs(), form: forum.BoardForm{
		Slug: request.Typed(c, "slug"), Audience: forum.Audience(c.FormValue("audience")), Base: c.FormValue("base"),
	}}
	for _, lang := range v.langs {
		v.form.Texts = append(v.form.Texts, forum.BoardText{Lang: lang, Name: request.Typed(c, "name-"+lang), Purpose: request.Typed(c, "purpose-"+lang), Rules: request.Typed(c, "rules-"+lang)})
	}
	if v.slug != newBoard {
		v.form.Slug = v.slug
	}
	status, back := request.Stopped(c, v.Page)
	v.Again = back
	if status != 0 {
		return a.kit.Send(c, status, boardView(v))
	}
	err := a.saveBoard(c, &v)
	if err == nil {
		return a.kit.Go(c, "/team/boards", ui.Done, "board.saved")
	}
	if status, err = request.Refused(v.Page, &v.Again, err); err != nil {
		return err
	}
	return a.kit.Send(c, status, boardView(v))
}

func (a *Area) saveBoard(c *fiber.Ctx, v *boardPage) error {
	ctx, who := c.UserContext(), request.Actor(c)
	if v.slug == newBoard {
		return a.forum.OpenBoard(ctx, who, v.form)
	}
	board, err := a.forum.BoardToEdit(ctx, who, v.slug)
	if err != nil {
		return err
	}
	v.used = board.Used
	standing, err := a.forum.ChangeBoard(ctx, who, v.form)
	if fault.Is(err, fault.Conflict) && standing.Slug != "" {
		// She has the other words before her now, so her next press keeps hers on top.
		v.standing, v.form.Base = &standing, standing.Base()
	}
	return err
}

// ArchiveBoard takes a board out of the lists or brings it back.
func (a *Area) ArchiveBoard(c *fiber.Ctx) error {
	state := c.FormValue("state")
	if state != "archived" && state != "open" {
		return a.kit.Go(c, "/team/boards", ui.Due, "error.changed")
	}
	if err := a.forum.ArchiveBoard(c.UserContext(), request.Actor(c), c.Params("board"), state == "archived"); err != nil {
		return err
	}
	if state == "archived" {
		return a.kit.Go(c, "/team/boards", ui.Done, "board.archived.now")
	}
	return a.kit.Go(c, "/team/boards", ui.Done, "board.opened.now")
}

// MoveBoard moves a board one place up or down.
func (a *Area) MoveBoard(c *fiber.Ctx) error {
	if err := a.forum.MoveBoard(c.UserContext(), request.Actor(c), c.Params("board"), c.FormValue("to") == "up"); err != nil {
		return err
	}
	return a.kit.Go(c, "/team/boards", ui.Done, "board.moved")
}

// audienceWord says who reads a board.
func audienceWord(p *ui.Page, audience forum.Audience) string {
	switch audience {
	case forum.Public:
		return p.T("board.for.public")
	case forum.Members:
		return p.T("board.for.members")
	}
	return p.T("board.for.peers")
}

func audienceOptions(p *ui.Page) []ui.Option {
	hints := map[forum.Audience]string{
		forum.Public: p.T("board.for.public.hint"), forum.Members: p.T("board.for.members.hint"), forum.Peers: p.T("board.for.peers.hint"),
	}
	options := make([]ui.Option, len(forum.OpenAudiences))
	for i, audience := range forum.OpenAudiences {
		options[i] = ui.Option{Value: string(audience), Label: audienceWord(p, audience), Hint: hints[audience]}
	}
	return options
}
