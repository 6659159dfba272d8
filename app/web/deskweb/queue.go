package deskweb

import (
	"context"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// veilLength is how much of a post stands blurred in the queue.
const veilLength = 200

// queue is what the queue page shows.
type queue struct {
	entries []entry
	tabs    []ui.Link
	waiting int // people who wait for the circle's key
	enough  bool
	told    int // messages of what people told elsewhere that wait
}

// entry is one item of the queue.
type entry struct {
	ui.QueueEntry
	item  desk.Item
	runs  []run
	own   bool
	aside bool   // she left it to others
	taken string // "me", "other" or ""
	state string // the same in words
}

// Queue lists what waits, danger first, then age.
func (a *Area) Queue(c *fiber.Ctx) error {
	ctx, who, p := c.UserContext(), request.Actor(c), a.page(c)
	all, err := a.desk.Waiting(ctx, who, "")
	if err != nil {
		return err
	}
	items, lang := all, c.Query("in")
	if lang != "" {
		if items, err = a.desk.Waiting(ctx, who, lang); err != nil {
			return err
		}
	}
	entries, err := a.entries(ctx, p, who, items)
	if err != nil {
		return err
	}
	waiting, err := a.kit.Members.WaitingForKey(ctx, who, member.CircleModerators)
	if err != nil {
		return err
	}
	told := 0
	if a.told != nil {
		if told, _, err = a.told(ctx); err != nil {
			return err
		}
	}
	return a.kit.Send(c, fiber.StatusOK, queuePage(p, queue{entries, tabs(p, all, lang), len(waiting), a.desk.Exposure(who).Enough(), told}))
}

// entries joins the items with their posts. A look or a report whose post has just gone is
// left out; a decision that a second person has to see stays.
func (a *Area) entries(ctx context.Context, p *ui.Page, who member.Actor, items []desk.Item) ([]entry, error) {
	if len(items) == 0 {
		return nil, nil
	}
	ids := make([]store.ID, len(items))
	for i, item := range items {
		ids[i] = item.PostID
	}
	posts, err := a.forum.ForDesk(ctx, who, ids)
	if err != nil {
		return nil, err
	}
	boards, err := a.boardNames(ctx, p, who)
	if err != nil {
		return nil, err
	}
	left, err := a.desk.Asides(ctx, who, items)
	if err != nil {
		return nil, err
	}
	var entries []entry
	for _, item := range items {
		b, there := posts[item.PostID]
		if !there && !isAgain(item) {
			continue
		}
		if !there {
			b.Topic.Title = p.T("desk.post.gone")
		}
		e := a.entry(p, who, item, b, boards)
		e.aside = left[item.ID]
		entries = append(entries, e)
	}
	return entries, nil
}

func (a *Area) entry(p *ui.Page, who member.Actor, item desk.Item, b forum.Brought, boards map[string]string) entry {
	now := a.kit.Clock.Time()
	e := entry{item: item, own: b.Own, taken: item.TakenBy(who, now), runs: marked(b.Body, b.Findings)}
	switch {
	case b.Own:
		e.state = p.T("desk.state.own")
	case e.taken == "me":
		e.state = p.N("desk.state.mine", minutesLeft(item, now))
	case e.taken == "other":
		e.state = p.T("desk.state.other")
	default:
		e.state = p.T("desk.state.free")
	}
	e.QueueEntry = ui.QueueEntry{
		ID: "item-" + item.ID.String(), Title: b.Topic.Title, Reason: heading(p, item), Veil: forum.Excerpt(b.Body, veilLength),
		Lang: item.Lang, Tone: tone(item), Meta: p.T("desk.meta", "Board", boardName(boards, item.Board),
			"Language", request.LanguageName(item.Lang), "Waits", waited(p, item.Since, now), "State", e.state),
	}
	return e
}

// boardNames are the names of all boards that she may see, in her language.
func (a *Area) boardNames(ctx context.Context, p *ui.Page, who member.Actor) (map[string]string, error) {
	boards, err := a.forum.Boards(ctx, who, p.P.Tag)
	names := make(map[string]string, len(boards))
	for _, b := range boards {
		names[b.Slug] = b.Name
	}
	return names, err
}

func boardName(names map[string]string, slug string) string {
	if name, ok := names[slug]; ok {
		return name
	}
	return slug
}

// tabs narrow the queue to a language. The address says "in", because "lang" is the wish
// for a language of the page.
func tabs(p *ui.Page, all []desk.Item, current string) []ui.Link {
	var tags []string
	for _, item := range all {
		if !slices.Contains(tags, item.Lang) {
			tags = append(tags, item.Lang)
		}
	}
	slices.Sort(tags)
	if len(tags) < 2 && current == "" {
		return nil
	}
	links := []ui.Link{{Word: p.T("desk.tab.all"), Href: "/desk", Current: current == ""}}
	for _, tag := range tags {
		links = append(links, ui.Link{Word: request.LanguageName(tag), Href: "/desk?in=" + url.QueryEscape(tag), Current: tag == current})
	}
	return links
}

// Claim takes an item in hand. What stops her is said above the queue.
func (a *Area) Claim(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	err := a.desk.Claim(c.UserContext(), request.Actor(c), id)
	if err == nil {
		return a.kit.Go(c, "/desk/items/"+id.String(), ui.Info, "")
	}
	if message := queueMessage(err); message != "" {
		return a.kit.Go(c, "/desk", ui.Due, message)
	}
	return err
}

// Release hands an item back. It asks for no reason.
func (a *Area) Release(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	if err := a.desk.Release(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, "/desk", ui.Done, "desk.released")
}

// queueMessage is what the queue says after an act that came too late or was not hers to
// do; "" leaves the error to the edge. A post that is gone counts as settled.
func queueMessage(err error) string {
	f := fault.As(err)
	if f == nil {
		return ""
	}
	switch f.Kind {
	case fault.Conflict, fault.Refused:
		return f.Key
	case fault.NotFound:
		return "desk.item.gone"
	}
	return ""
}
