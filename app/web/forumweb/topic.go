package forumweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// topicPage is one page of a talk as one person reads it.
type topicPage struct {
	*ui.Page
	Board  forum.BoardView
	Conv   forum.Conversation
	Posts  []postView
	Gone   []judged // about posts of hers that are not there any more
	Kept   forum.Kept
	Veiled bool  // the words stay closed until she opens them
	Care   *care // help lines after dangerous words
	Form   draftForm
}

// firstNew marks where what she has not seen begins, in a talk that she follows.
func (t *topicPage) firstNew() {
	for i := range t.Posts {
		if t.Kept.Follow && t.Kept.Read > 0 && t.Posts[i].No > t.Kept.Read {
			t.Posts[i].FirstNew = true
			return
		}
	}
}

// postView is a post with what was decided about it, for its author alone.
type postView struct {
	forum.Seen
	Decision *judged
	Open     bool // its author can still change it
	FirstNew bool // what she has not seen yet begins here
	Picture  *forum.PictureRow
	MayShow  bool // its author may put a picture to it
	MayOut   bool // a moderator can put its author out of this group
}

// Topic shows a page of a talk.
func (a *Area) Topic(c *fiber.Ctx) error {
	where, err := a.placeOf(c, firstNumber(c.Query("from")))
	if err != nil {
		return err
	}
	page, who, ctx := a.page(c), request.Actor(c), c.UserContext()
	view := topicPage{Page: page, Board: where.board, Conv: where.conv}
	if view.Care, err = a.careFor(c, page, c.Query("c")); err != nil {
		return err
	}
	if view.Kept, err = a.forum.Kept(ctx, who, where.conv.Topic.ID); err != nil {
		return err
	}
	if n := len(where.conv.Posts); n > 0 {
		if err := a.forum.Arrive(ctx, who, where.conv.Topic.ID, where.conv.Posts[n-1].No); err != nil {
			return err
		}
	}
	decisions, err := a.decisionsIn(c, where.conv)
	if err != nil {
		return err
	}
	view.Posts, view.Gone = joinDecisions(where.conv, decisions)
	view.Veiled = where.conv.Topic.Warning != "" && where.conv.MyTag == nil && !where.conv.AsBadge && c.Query("from") == ""
	if view.Form, err = a.withCompany(c, newReply(where, who), where.conv.Topic.Lang); err != nil {
		return err
	}
	view.Form.Body, view.Form.Draft = view.Kept.Draft, view.Kept.Draft != ""
	view.firstNew()
	if err := a.addPictures(c, &view); err != nil {
		return err
	}
	for i := range view.Posts {
		view.Posts[i].MayOut = where.board.Audience == forum.Group && who.Has(member.RoleModerator) && !view.Posts[i].Mine && view.Posts[i].Badge == ""
	}
	return a.kit.Send(c, fiber.StatusOK, topicView(view))
}

// place is a talk with its board, as one person may see them.
type place struct {
	board forum.BoardView
	conv  forum.Conversation
}

// placeOf loads the talk that the address names. A talk under another board's address does
// not exist.
func (a *Area) placeOf(c *fiber.Ctx, from int) (place, error) {
	id, err := idOf(c, "topic")
	if err != nil {
		return place{}, err
	}
	conv, err := a.forum.Conversation(c.UserContext(), request.Actor(c), id, from)
	if err != nil {
		return place{}, err
	}
	if conv.Topic.Board != c.Params("board") {
		return place{}, nowhere()
	}
	board, err := a.forum.Board(c.UserContext(), request.Actor(c), conv.Topic.Board, request.Printer(c).Tag)
	return place{board, conv}, err
}

// writable reports whether anybody can still answer.
func (w place) writable() bool { return w.conv.Topic.State == forum.Open && !w.board.Archived }

// decisionsIn returns what was decided about her posts in one talk, newest first.
func (a *Area) decisionsIn(c *fiber.Ctx, conv forum.Conversation) ([]judged, error) {
	who := request.Actor(c)
	if conv.MyTag == nil && who.Role == nil {
		return nil, nil
	}
	var tags [][]byte
	if conv.MyTag != nil {
		tags = append(tags, conv.MyTag)
	}
	all, err := a.desk.DecisionsFor(c.UserContext(), who, tags)
	if err != nil {
		return nil, err
	}
	var here []desk.Decision
	for _, d := range all {
		if d.TopicID == conv.Topic.ID {
			here = append(here, d)
		}
	}
	return a.judged(here), nil
}

// joinDecisions gives each of her posts the newest decision that still says something about
// it, and sets apart those about posts that were removed.
func joinDecisions(conv forum.Conversation, decisions []judged) (posts []postView, gone []judged) {
	for _, p := range conv.Posts {
		view := postView{Seen: p, Open: conv.Topic.State == forum.Open}
		for i := range decisions {
			if decisions[i].PostID == p.ID && p.Mine && stillTrue(decisions[i].Action, p.State) {
				view.Decision = &decisions[i]
				break
			}
		}
		posts = append(posts, view)
	}
	for _, d := range decisions {
		if d.Action == desk.Remove {
			gone = append(gone, d)
		}
	}
	return posts, gone
}

// stillTrue says whether a decision describes a post in its present state: a post that was
// hidden and is shown again needs no word about it.
func stillTrue(did desk.Action, state string) bool {
	switch did {
	case desk.Hide, desk.Pause, desk.Shut:
		return state == forum.Hidden
	case desk.Mask, desk.Close:
		return state == forum.Shown
	}
	return false
}

// Follow puts a talk on her own list or takes it off.
func (a *Area) Follow(c *fiber.Ctx) error {
	where, err := a.placeOf(c, 1)
	if err != nil {
		return err
	}
	on := c.FormValue("on") == "1"
	if err := a.forum.Follow(c.UserContext(), request.Actor(c), where.conv.Topic.ID, on); err != nil {
		return err
	}
	said := "forum.follow.off"
	if on {
		said = "forum.follow.on"
	}
	return a.kit.Go(c, topicPath(where.conv.Topic), ui.Done, said)
}

// React gives a post of this talk a reaction, or takes hers back. The form holds the post's
// number and the kind in one word, so that one form serves the whole page.
func (a *Area) React(c *fiber.Ctx) error {
	where, err := a.placeOf(c, 1)
	if err != nil {
		return err
	}
	number, kind, _ := strings.Cut(c.FormValue("r"), ".")
	no := firstNumber(number)
	if err := a.forum.React(c.UserContext(), request.Actor(c), where.conv.Topic.ID, no, kind); err != nil {
		return err
	}
	return c.Redirect(hrefAt(where.conv.Topic, no), fiber.StatusSeeOther)
}

// Permalink leads to a post in its place, as long as this person may see it.
func (a *Area) Permalink(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	who := request.Actor(c)
	post, topic, err := a.forum.PostFor(c.UserContext(), who, id)
	if fault.Is(err, fault.NotFound) && who.SignedIn() {
		post, topic, err = a.forum.Mine(c.UserContext(), who, id)
	}
	if err != nil {
		return err
	}
	return c.Redirect(hrefAt(topic, post.No), fiber.StatusSeeOther)
}

// Where a talk opens for one post: with a few posts before it, and at the very beginning
// as long as the post is on the first page anyway.
const (
	onFirstPage = 20
	ahead       = 5
)

// hrefAt is the address of a post in its talk.
func hrefAt(t forum.Topic, no int) string { return hrefWith(t, no, "") }

// hrefWith is the address of a post in its talk, with help lines of a kind beside it.
func hrefWith(t forum.Topic, no int, kind string) string {
	path, mark := topicPath(t), "?"
	if no > onFirstPage {
		path, mark = path+"?from="+strconv.Itoa(no-ahead), "&"
	}
	if kind != "" {
		path += mark + careMark(kind)
	}
	return path + "#" + anchor(no)
}

// pageHref is a page of a talk that begins at a number.
func pageHref(t forum.Topic, from int) string {
	if from <= 1 {
		return topicPath(t)
	}
	return topicPath(t) + "?from=" + strconv.Itoa(from)
}

func anchor(no int) string { return "p" + strconv.Itoa(no) }

// firstNumber reads the number at which a page begins; anything odd is the beginning.
func firstNumber(text string) int {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 1 {
		return 1
	}
	return int(n)
}

// badgeOf is the role that shows beside her handle: the first of hers in the order of pages.
func badgeOf(who member.Actor) string {
	for _, r := range member.GivenRoles {
		if who.Has(r) {
			return string(r)
		}
	}
	return ""
}
