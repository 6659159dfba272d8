package deskweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// postsBefore is how many posts before the one in question are shown with it.
const postsBefore = 3

// loaded is an item with its post.
type loaded struct {
	item desk.Item
	post forum.Brought
}

// view is an item as its page shows it.
type view struct {
	loaded
	board, heading, waits string
	taken                 string // "me", "other" or ""
	left                  int    // minutes that the claim still holds
	aside                 bool   // she left it to others
	title, warning, body  []run
	before                []forum.Seen
	reports               []report
	form                  form
	picture               *forum.PictureRow
	out                   string // where the group is closed to the author, in a group; else ""
}

// report is what somebody told about the post, never who.
type report struct {
	word, day string
	note      string // her own words, where they could be opened
	locked    bool   // there are words, and this moderator has no key
	closed    bool   // there are words, and the item is not in her hand
}

// Item shows one post in its place.
func (a *Area) Item(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	if item, err := a.desk.Item(c.UserContext(), request.Actor(c), id); err == nil && isAgain(item) {
		return a.sendAgain(c, fiber.StatusOK, item, againPage{})
	}
	in, err := a.load(c.UserContext(), request.Actor(c), id)
	if fault.Is(err, fault.Conflict) {
		return a.sendGone(c, err, form{})
	}
	if err != nil {
		return err
	}
	return a.sendItem(c, fiber.StatusOK, in, form{})
}

// load reads an item with its post. An item whose post has just gone is settled.
func (a *Area) load(ctx context.Context, who member.Actor, id store.ID) (loaded, error) {
	item, err := a.desk.Item(ctx, who, id)
	if err != nil {
		return loaded{}, err
	}
	posts, err := a.forum.ForDesk(ctx, who, []store.ID{item.PostID})
	if err != nil {
		return loaded{}, err
	}
	post, ok := posts[item.PostID]
	if !ok {
		return loaded{}, fault.New(fault.Conflict, "desk.item.gone")
	}
	return loaded{item, post}, nil
}

func (a *Area) sendItem(c *fiber.Ctx, status int, in loaded, f form) error {
	ctx, who, p := c.UserContext(), request.Actor(c), a.page(c)
	boards, err := a.boardNames(ctx, p, who)
	if err != nil {
		return err
	}
	now := a.kit.Clock.Time()
	v := view{
		loaded: in, board: boardName(boards, in.item.Board), heading: heading(p, in.item), waits: waited(p, in.item.Since, now),
		taken: in.item.TakenBy(who, now), left: minutesLeft(in.item, now), form: f,
		body: marked(in.post.Body, in.post.Findings),
	}
	// Whatever found a reason in the title must be seen there too; only the first post carries it.
	v.title = []run{{in.post.Topic.Title, false}}
	if in.post.No == 1 {
		v.title, v.warning = marked(in.post.Topic.Title, in.post.InTitle), marked(in.post.Topic.Warning, in.post.InWarning)
	}
	if v.before, err = a.forum.Before(ctx, who, in.post.Post, postsBefore); err != nil {
		return err
	}
	if v.reports, err = a.reports(ctx, p, who, v); err != nil {
		return err
	}
	pictures, err := a.forum.Pictures(ctx, in.post.TopicID, []store.ID{in.post.ID})
	if err != nil {
		return err
	}
	if row, has := pictures[in.post.ID]; has {
		v.picture = &row
	}
	if v.aside, err = a.leftToOthers(ctx, who, in.item); err != nil {
		return err
	}
	if v.out, err = a.outPath(ctx, p, who, in.post); err != nil {
		return err
	}
	v.form = offer(p, v)
	return a.kit.Send(c, status, itemPage(p, v))
}

func (a *Area) leftToOthers(ctx context.Context, who member.Actor, item desk.Item) (bool, error) {
	left, err := a.desk.Asides(ctx, who, []desk.Item{item})
	return left[item.ID], err
}

// outPath leads to the page that closes a group to the author of a post. It is for posts in
// groups only, and not for one that was signed openly or whose author is out already.
func (a *Area) outPath(ctx context.Context, p *ui.Page, who member.Actor, post forum.Brought) (string, error) {
	room, err := a.forum.OutCase(ctx, who, post.ID, p.P.Tag)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil || room.Own || room.Out || room.Name == "" {
		return "", err
	}
	return "/posts/" + post.ID.String() + "/out", nil
}

// reports reads what people told about the post. A sealed note is opened only while the
// item is in her hand: each reading is written into the log.
func (a *Area) reports(ctx context.Context, p *ui.Page, who member.Actor, v view) ([]report, error) {
	var list []report
	for _, row := range v.post.Reports {
		r := report{word: request.ReasonWord(p.P, row.Reason), day: p.P.Day(row.Day)}
		switch {
		case row.NoteID.IsZero():
		case v.taken != "me":
			r.closed = true
		default:
			note, err := a.desk.NoteFor(ctx, who, row.NoteID)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return nil, err
			}
			r.note, r.locked = note, err != nil
		}
		list = append(list, r)
	}
	return list, nil
}

// sendGone says that an item is settled or in other hands, and gives back what was typed.
func (a *Area) sendGone(c *fiber.Ctx, err error, f form) error {
	p := a.page(c)
	return a.kit.Send(c, fiber.StatusConflict, gonePage(p, request.Words(p.P, err), f))
}
