package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// groupCode is the purpose of the codes that lead into groups.
const groupCode = "group"

// groupsPage lists the groups that let people in by vouching.
type groupsPage struct {
	*ui.Page
	Groups []forum.GroupView
	Host   bool
}

// groupPage is one group as somebody reads about it who may not be in it.
type groupPage struct {
	*ui.Page
	Group forum.GroupView
	Host  bool
	Words []forum.Post // her own, when the group is closed to her
	Outs  []judged     // why it is
	Code  string
	Wait  string // proof of a wait after wrong codes
	cameBack
}

// codesPage shows codes once.
type codesPage struct {
	*ui.Page
	Group    forum.GroupView
	Codes    []string
	Starters bool
}

func groupPath(slug string) string { return "/groups/" + slug }

// isHost reports whether somebody sets groups up; that makes her no member.
func isHost(who member.Actor) bool {
	return who.Has(member.RoleCoordinator, member.RoleAdmin, member.RoleModerator)
}

// Groups lists them.
func (a *Area) Groups(c *fiber.Ctx) error {
	view := groupsPage{Page: a.page(c), Host: isHost(request.Actor(c))}
	var err error
	if view.Groups, err = a.forum.Groups(c.UserContext(), request.Actor(c), view.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, groupsView(view))
}

// Group says how one comes in, and for members is where they let others in.
func (a *Area) Group(c *fiber.Ctx) error {
	view, err := a.groupPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, groupView(view))
}

func (a *Area) groupPage(c *fiber.Ctx) (groupPage, error) {
	who := request.Actor(c)
	view := groupPage{Page: a.page(c), Host: isHost(who)}
	var err error
	if view.Group, err = a.forum.Group(c.UserContext(), who, c.Params("board"), view.P.Tag); err != nil {
		return view, err
	}
	if view.Group.Standing != forum.PutOut {
		return view, nil
	}
	if view.Outs, err = a.outsOf(c, view.Group.Slug); err != nil {
		return view, err
	}
	view.Words, err = a.forum.MyWordsIn(c.UserContext(), who, view.Group.Slug)
	return view, err
}

// AskIn draws the code of a candidate and shows it this once.
func (a *Area) AskIn(c *fiber.Ctx) error {
	view, err := a.groupPage(c)
	if err != nil {
		return err
	}
	code := a.kit.Members.NewCode(groupCode)
	if err := a.forum.AskIn(c.UserContext(), request.Actor(c), view.Group.Slug, code.Hash); err != nil {
		return a.groupBack(c, view, err)
	}
	return a.kit.Send(c, fiber.StatusOK, codesView(codesPage{Page: view.Page, Group: view.Group, Codes: []string{code.Shown}}))
}

// groupBack shows the page of a group again with what stood in the way.
func (a *Area) groupBack(c *fiber.Ctx, view groupPage, err error) error {
	status, back, rest := mend(view.Page, err)
	if rest != nil {
		return rest
	}
	view.cameBack = back
	return a.kit.Send(c, status, groupView(view))
}

// UseGroupCode is the one form for codes: a member's sign for a candidate, or a starter code.
func (a *Area) UseGroupCode(c *fiber.Ctx) error {
	entered, err := a.enter(c)
	if err != nil {
		return err
	}
	view, err := a.groupPage(c)
	if err != nil {
		return err
	}
	view.Code = words(c, "code")
	status := 0
	if status, view.cameBack = entered.stop(c, view.Page); status != 0 {
		return a.kit.Send(c, status, groupView(view))
	}
	did, err := a.useCode(c, view)
	if f := fault.As(err); f != nil && f.Kind == fault.Wait {
		view.Errs, view.Wait = []ui.FieldError{{Field: "code", Text: request.Words(view.P, err)}}, request.TicketOf(err)
		return a.kit.Send(c, fiber.StatusTooManyRequests, groupView(view))
	}
	if err != nil {
		return a.groupBack(c, view, err)
	}
	switch did {
	case forum.Vouched:
		return a.kit.Go(c, groupPath(view.Group.Slug), ui.Done, "forum.group.vouched")
	case forum.Admitted:
		return a.kit.Go(c, groupPath(view.Group.Slug), ui.Done, "forum.group.admitted")
	}
	return a.kit.Go(c, boardPath(view.Group.Slug), ui.Done, "forum.group.entered")
}

// useCode asks the forum; a code that fits nothing makes the next tries slower, as a wrong
// key does.
func (a *Area) useCode(c *fiber.Ctx, view groupPage) (forum.CodeDid, error) {
	typed := member.TypedCode{Text: view.Code, Client: request.Client(c), Ticket: c.FormValue("wait")}
	hash, miss, err := a.kit.Members.ReadCode(groupCode, typed)
	if err != nil {
		return "", err
	}
	did, err := a.forum.UseCode(c.UserContext(), request.Actor(c), view.Group.Slug, hash)
	if f := fault.As(err); f != nil && len(f.Fields) > 0 && f.Fields[0].Key == forum.WrongCode {
		miss()
	}
	return did, err
}

// LeaveGroup takes her out, or takes her question to come in back.
func (a *Area) LeaveGroup(c *fiber.Ctx) error {
	view, err := a.groupPage(c)
	if err != nil {
		return err
	}
	if err := a.forum.LeaveGroup(c.UserContext(), request.Actor(c), view.Group.Slug); err != nil {
		return err
	}
	return a.kit.Go(c, groupPath(view.Group.Slug), ui.Done, "forum.group.left")
}

// newGroupPage is the form that sets a group up.
type newGroupPage struct {
	*ui.Page
	Name, Purpose, Lang, Nonce string
	ui.Again
}

// NewGroupForm shows it.
func (a *Area) NewGroupForm(c *fiber.Ctx) error {
	page := a.page(c)
	return a.kit.Send(c, fiber.StatusOK, newGroupView(newGroupPage{Page: page, Lang: page.P.Tag, Nonce: request.NewNonce()}))
}

// NewGroup sets a group up and shows its starter codes this once.
func (a *Area) NewGroup(c *fiber.Ctx) error {
	a.kit.NeedPreToken(c)
	view := newGroupPage{Page: a.page(c), Name: words(c, "name"), Purpose: words(c, "purpose"), Lang: c.FormValue("lang"), Nonce: c.Params("form")}
	status := 0
	var err error
	if status, view.Again, err = request.StoppedTeam(c, view.Page); err != nil {
		return err
	}
	who := request.Actor(c)
	if who.SignedIn() && !isHost(who) {
		return nowhere()
	}
	if status != 0 {
		return a.kit.Send(c, status, newGroupView(view))
	}
	shown, hashes := a.starters()
	asked := forum.NewGroup{Name: view.Name, Purpose: view.Purpose, Lang: talkLang(view.Lang), Nonce: view.Nonce}
	slug, err := a.forum.SetUpGroup(c.UserContext(), who, asked, hashes)
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, newGroupView(view))
	}
	return a.showStarters(c, slug, shown)
}

// NewStarters replaces the unused starter codes of a small group.
func (a *Area) NewStarters(c *fiber.Ctx) error {
	view, err := a.groupPage(c)
	if err != nil {
		return err
	}
	shown, hashes := a.starters()
	if err := a.forum.NewStarters(c.UserContext(), request.Actor(c), view.Group.Slug, hashes); err != nil {
		return a.groupBack(c, view, err)
	}
	return a.showStarters(c, view.Group.Slug, shown)
}

func (a *Area) starters() (shown []string, hashes [][]byte) {
	for range forum.StarterCodes {
		code := a.kit.Members.NewCode(groupCode)
		shown, hashes = append(shown, code.Shown), append(hashes, code.Hash)
	}
	return shown, hashes
}

func (a *Area) showStarters(c *fiber.Ctx, slug string, shown []string) error {
	page := a.page(c)
	group, err := a.forum.Group(c.UserContext(), request.Actor(c), slug, page.P.Tag)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, codesView(codesPage{Page: page, Group: group, Codes: shown, Starters: true}))
}
