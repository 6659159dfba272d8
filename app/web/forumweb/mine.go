package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// minePage is her own list: the talks in which she wrote or which she follows.
type minePage struct {
	*ui.Page
	Talks []mineTalk
	Other []judged // about posts that she signed openly, in talks that are not on the list
	Outs  []judged // about groups that were closed to her
}

// mineTalk is one talk of the list with what was decided about her posts there.
type mineTalk struct {
	forum.MyTalk
	Decisions []judged
}

// judged is a decision with whether its author may still appeal.
type judged struct {
	desk.Decision
	CanAppeal bool
}

func (a *Area) judged(decisions []desk.Decision) []judged {
	list := make([]judged, len(decisions))
	for i, d := range decisions {
		list[i] = judged{d, d.CanAppeal(a.kit.Clock)}
	}
	return list
}

// MyTalks shows her list. It is made anew from her key at each look and stored nowhere.
func (a *Area) MyTalks(c *fiber.Ctx) error {
	who, ctx := request.Actor(c), c.UserContext()
	page := a.kit.Page(c, request.Printer(c).T("nav.mine"), "mine")
	talks, err := a.forum.MyTalks(ctx, who)
	if err != nil {
		return err
	}
	var tags [][]byte
	for _, talk := range talks {
		tags = append(tags, talk.Tags...)
	}
	decisions, err := a.desk.DecisionsFor(ctx, who, tags)
	if err != nil {
		return err
	}
	view := minePage{Page: page}
	if view.Outs, err = a.outsOf(c, ""); err != nil {
		return err
	}
	view.Talks, view.Other = sortDecisions(talks, a.judged(decisions))
	return a.kit.Send(c, fiber.StatusOK, mineView(view))
}

// sortDecisions puts each decision under its talk.
func sortDecisions(talks []forum.MyTalk, decisions []judged) (mine []mineTalk, other []judged) {
	at := map[store.ID]int{}
	for i, talk := range talks {
		at[talk.ID] = i
		mine = append(mine, mineTalk{MyTalk: talk})
	}
	for _, d := range decisions {
		if i, ok := at[d.TopicID]; ok {
			mine[i].Decisions = append(mine[i].Decisions, d)
			continue
		}
		other = append(other, d)
	}
	return mine, other
}

// newHref opens a talk where what she has not seen begins.
func newHref(t forum.MyTalk) string {
	if t.New > onFirstPage {
		return pageHref(t.Topic, t.New-ahead) + "#new"
	}
	return topicPath(t.Topic) + "#new"
}

// there reports whether the talk can still be opened: one whose only post was removed
// cannot, and the reason stands in this list alone.
func (m mineTalk) there() bool {
	if m.Listed || m.Waits > 0 {
		return true
	}
	for _, d := range m.Decisions {
		if d.Action == desk.Remove {
			return false
		}
	}
	return true
}
