package forumweb

import (
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"portico/app/forum"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// boardsPage is the list of boards.
type boardsPage struct {
	*ui.Page
	Boards []forum.BoardView
	Search searchForm
}

// Boards shows the boards that this person may see.
func (a *Area) Boards(c *fiber.Ctx) error {
	page := a.page(c)
	boards, err := a.forum.Boards(c.UserContext(), request.Actor(c), page.P.Tag)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, boardsView(boardsPage{Page: page, Boards: boards}))
}

// boardPage is one board with a page of its talks.
type boardPage struct {
	*ui.Page
	Board  forum.BoardView
	Topics []forum.Topic
	Lang   string // the one language that is shown, "" for all
	First  bool   // the beginning of the list
	Paging ui.Paging
}

// Board shows the talks of one board, a page at a time.
func (a *Area) Board(c *fiber.Ctx) error {
	page, who := a.page(c), request.Actor(c)
	slug, lang := c.Params("board"), talkLang(c.Query("in"))
	board, err := a.forum.Board(c.UserContext(), who, slug, page.P.Tag)
	if err != nil {
		return err
	}
	after := readMark(c.Query("after"))
	topics, more, err := a.forum.Topics(c.UserContext(), who, slug, lang, after)
	if err != nil {
		return err
	}
	view := boardPage{Page: page, Board: board, Topics: topics, Lang: lang, First: after == nil}
	if after != nil {
		view.Paging.Newer = boardHref(slug, lang, nil)
	}
	if more {
		last := topics[len(topics)-1]
		view.Paging.Older = boardHref(slug, lang, &forum.Mark{Pinned: last.Pinned, Day: last.LastDay, ID: last.ID})
	}
	return a.kit.Send(c, fiber.StatusOK, boardView(view))
}

// boardHref is a page of a board's list. The parameter of the language is not the one by
// which the interface changes its own.
func boardHref(slug, lang string, after *forum.Mark) string {
	ask := url.Values{}
	if lang != "" {
		ask.Set("in", lang)
	}
	if after != nil {
		ask.Set("after", markText(*after))
	}
	if len(ask) == 0 {
		return boardPath(slug)
	}
	return boardPath(slug) + "?" + ask.Encode()
}

// markText writes a mark for an address: pinned, day and id of the last talk shown.
func markText(m forum.Mark) string {
	pinned := "0"
	if m.Pinned {
		pinned = "1"
	}
	return pinned + "." + m.Day + "." + m.ID.String()
}

// readMark reads what markText wrote. Anything else is the beginning of the list, because
// an address may come back shortened or typed by hand.
func readMark(text string) *forum.Mark {
	parts := strings.Split(text, ".")
	if len(parts) != 3 || (parts[0] != "0" && parts[0] != "1") {
		return nil
	}
	id, ok := store.ParseID(parts[2])
	if _, err := time.Parse(time.DateOnly, parts[1]); err != nil || !ok {
		return nil
	}
	return &forum.Mark{Pinned: parts[0] == "1", Day: parts[1], ID: id}
}

// langTabs are the views of a board: every language, hers, and the one she came for.
func (b boardPage) langTabs() []ui.Link {
	slug := b.Board.Slug
	tabs := []ui.Link{
		{Word: b.T("forum.lang.all"), Href: boardHref(slug, "", nil), Current: b.Lang == ""},
		{Word: request.LanguageName(b.P.Tag), Href: boardHref(slug, b.P.Tag, nil), Current: b.Lang == b.P.Tag},
	}
	if b.Lang != "" && b.Lang != b.P.Tag {
		tabs = append(tabs, ui.Link{Word: request.LanguageName(b.Lang), Href: boardHref(slug, b.Lang, nil), Current: true})
	}
	return tabs
}

// sameRoom stands for the readers of a room of which a person who was signed out may learn
// nothing: her words come back, and the room stays unsaid.
const sameRoom forum.Audience = "room"

// audienceWords say who reads a board.
func audienceWords(p *ui.Page, who forum.Audience) string {
	switch who {
	case forum.Public:
		return p.T("forum.audience.public")
	case forum.Peers:
		return p.T("forum.audience.peers")
	case forum.Group:
		return p.T("forum.audience.group")
	}
	return p.T("forum.audience.members")
}

func audienceIcon(who forum.Audience) string {
	switch who {
	case forum.Public:
		return "eye"
	case forum.Peers:
		return "hand"
	}
	return "people"
}
