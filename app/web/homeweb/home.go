package homeweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// How much the front page shows. With fewer talks than fewTalks in her language, English
// ones follow, so that the room does not look empty.
const (
	latestTalks = 6
	fewTalks    = 3
	homeLines   = 3
)

// source is the language that stands in where hers has nothing yet.
const source = "en"

// home is what the front page shows.
type home struct {
	talks []ui.Row
	lines []line
	rules string // the day of a change of the house rules that she has not read, or ""
}

// Home is the first page: for a stranger what this place is, for a member her rooms.
func (a *Area) Home(c *fiber.Ctx) error {
	page, who := a.kit.Page(c, "", "home"), request.Actor(c)
	talks, err := a.latest(c.UserContext(), page, who)
	if err != nil {
		return err
	}
	lines := a.lines(page, "")
	h := home{talks: talks, lines: lines[:min(homeLines, len(lines))]}
	now, news, err := a.desk.RulesNews(c.UserContext(), who)
	if err != nil {
		return err
	}
	if news {
		h.rules = now.Day
	}
	return a.kit.Send(c, fiber.StatusOK, homePage(page, h))
}

// latest lists the newest talks that everybody may read.
func (a *Area) latest(ctx context.Context, page *ui.Page, who member.Actor) ([]ui.Row, error) {
	lang := page.P.Tag
	topics, err := a.forum.Latest(ctx, lang, latestTalks)
	if err != nil {
		return nil, err
	}
	if len(topics) < fewTalks && lang != source {
		more, err := a.forum.Latest(ctx, source, latestTalks-len(topics))
		if err != nil {
			return nil, err
		}
		topics = append(topics, more...)
	}
	boards, err := a.forum.Boards(ctx, who, lang)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(boards))
	for _, b := range boards {
		names[b.Slug] = b.Name
	}
	rows := make([]ui.Row, len(topics))
	for i, t := range topics {
		rows[i] = talkRow(page, t, names[t.Board])
	}
	return rows, nil
}

func talkRow(page *ui.Page, t forum.Topic, board string) ui.Row {
	row := ui.Row{
		Href: "/forum/" + t.Board + "/" + t.ID.String(), Title: t.Title, Lang: t.Lang,
		Meta: page.T("home.talk.meta", "Board", board, "Day", page.P.Day(t.LastDay)),
	}
	if t.Warning != "" {
		row.Text = page.T("home.talk.warning", "Warning", t.Warning)
	}
	return row
}

// Mine is where somebody with a role finds everything that is hers to do.
func (a *Area) Mine(c *fiber.Ctx) error {
	page := a.kit.Page(c, request.Printer(c).T("nav.work"), "own")
	return a.kit.Send(c, fiber.StatusOK, minePage(page))
}
