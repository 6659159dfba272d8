package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

// place is a desk with its forum on a fresh database.
type place struct {
	*storetest.DB
	forum *forum.Service
	desk  *desk.Service
	queue *desk.Queue
	mod   member.Actor // a moderator
	other member.Actor // another one
}

func open(t *testing.T) *place {
	t.Helper()
	p := &place{DB: storetest.New(t)}
	p.queue = desk.NewQueue(p.Clock)
	p.forum = forum.New(p.Store, p.queue).WithLook(func() bool { return false })
	p.desk = desk.New(p.Store, p.queue, p.forum)
	err := p.forum.SetUpBoards(context.Background(), []forum.NewBoard{
		{Board: forum.Board{Slug: "home", Audience: forum.Public}},
		{Board: forum.Board{Slug: "care", Audience: forum.Members}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.mod, p.other = team("lampione", member.RoleModerator), team("lanterna", member.RoleModerator, member.RolePeer)
	return p
}

// someone is a member as her live session knows her. What a desk does never asks for her
// account, so that no key has to be stretched here.
func someone() member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}}
}

// team is a person with roles, as her live session knows her.
func team(handle string, roles ...member.Role) member.Actor {
	a := someone()
	a.Role = &member.RoleActor{ID: store.NewID(), Handle: handle, Roles: roles, Identity: vault.NewIdentity()}
	return a
}

// write starts a talk with these words.
func (p *place) write(t *testing.T, who member.Actor, d forum.Draft) forum.Receipt {
	t.Helper()
	if d.Title == "" {
		d.Title = "A quiet question"
	}
	if d.Lang == "" {
		d.Lang = "en"
	}
	r, err := p.forum.StartTalk(context.Background(), who, "home", d)
	if err != nil || !r.Stored {
		t.Fatalf("start a talk: stored %v, %v", r.Stored, err)
	}
	return r
}

// held is a post that waits, with its place in the queue.
func (p *place) held(t *testing.T, who member.Actor, body string) (forum.Receipt, desk.Item) {
	t.Helper()
	r := p.write(t, who, forum.Draft{Body: body})
	if !r.Held {
		t.Fatal("a newcomer's post must wait")
	}
	return r, p.itemOf(t, r.Post)
}

// reported is a post that everybody saw until somebody reported it.
func (p *place) reported(t *testing.T, who member.Actor, body, reason string) (forum.Receipt, desk.Item) {
	t.Helper()
	r, item := p.held(t, who, body)
	p.decide(t, item, desk.Choice{Action: desk.Keep})
	if _, err := p.forum.Report(context.Background(), someone(), r.Post, reason, ""); err != nil {
		t.Fatalf("report: %v", err)
	}
	return r, p.itemOf(t, r.Post)
}

func (p *place) itemOf(t *testing.T, post store.ID) desk.Item {
	t.Helper()
	for _, item := range p.waiting(t, "") {
		if item.PostID == post {
			return item
		}
	}
	t.Fatal("the post does not wait")
	return desk.Item{}
}

func (p *place) waiting(t *testing.T, lang string) []desk.Item {
	t.Helper()
	items, err := p.desk.Waiting(context.Background(), p.mod, lang)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

func (p *place) claim(t *testing.T, item desk.Item) {
	t.Helper()
	if err := p.desk.Claim(context.Background(), p.mod, item.ID); err != nil {
		t.Fatalf("claim: %v", err)
	}
}

func (p *place) try(item desk.Item, c desk.Choice) error {
	return p.desk.Decide(context.Background(), p.mod, item.ID, c, forum.Reasons)
}

func (p *place) decide(t *testing.T, item desk.Item, c desk.Choice) {
	t.Helper()
	p.claim(t, item)
	if err := p.try(item, c); err != nil {
		t.Fatalf("decide %s: %v", c.Action, err)
	}
}

func (p *place) count(t *testing.T, table, where string, args ...any) (n int64) {
	t.Helper()
	if err := p.DB.DB.Table(table).Where(where, args...).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// audited is the matter of every audit row of a kind.
func (p *place) audited(t *testing.T, kind string) (matter []string) {
	t.Helper()
	if err := p.DB.DB.Table("audit_rows").Where("kind = ?", kind).Pluck("matter", &matter).Error; err != nil {
		t.Fatal(err)
	}
	return matter
}

// dump is every value of every table in one text; ids stand as they do in addresses, and
// other bytes as they are.
func (p *place) dump(t *testing.T) string {
	t.Helper()
	columns, err := p.Columns(context.Background())
	if err != nil || len(columns) < 50 {
		t.Fatalf("%d columns, %v", len(columns), err)
	}
	var b strings.Builder
	for _, c := range columns {
		var values []any
		if err := p.DB.DB.Table(c.Table).Pluck(c.Name, &values).Error; err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			raw, isBytes := v.([]byte)
			if isBytes && len(raw) == 16 {
				b.WriteString(store.ID(raw).String())
			}
			if isBytes {
				v = string(raw)
			}
			fmt.Fprintf(&b, "%s.%s=%v\n", c.Table, c.Name, v)
		}
	}
	return b.String()
}

func (p *place) post(t *testing.T, id store.ID) (post forum.Post) {
	t.Helper()
	if err := p.DB.DB.Where("id = ?", id).First(&post).Error; err != nil {
		t.Fatal(err)
	}
	return post
}

// sees says whether a person finds the post in its talk.
func (p *place) sees(who member.Actor, r forum.Receipt) bool {
	c, err := p.forum.Conversation(context.Background(), who, r.Topic, 1)
	if err != nil {
		return false
	}
	for _, seen := range c.Posts {
		if seen.ID == r.Post {
			return true
		}
	}
	return false
}

func TestTheDeskDoesNotExistForAnybodyElse(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	_, item := p.held(t, someone(), "How do you sleep after a night shift?")
	p.claim(t, item)
	for name, who := range map[string]member.Actor{
		"a visitor":        {},
		"a member":         someone(),
		"a peer":           team("peer", member.RolePeer),
		"a coordinator":    team("coordinator", member.RoleCoordinator),
		"an administrator": team("admin", member.RoleAdmin),
		"a supervisor":     team("supervisor", member.RoleSupervisor, member.RoleLeader, member.RoleMediator),
	} {
		acts := map[string]func() error{
			"reads the list": func() error { _, err := p.desk.Waiting(ctx, who, ""); return err },
			"reads an item":  func() error { _, err := p.desk.Item(ctx, who, item.ID); return err },
			"claims":         func() error { return p.desk.Claim(ctx, who, item.ID) },
			"releases":       func() error { return p.desk.Release(ctx, who, item.ID) },
			"decides": func() error {
				return p.desk.Decide(ctx, who, item.ID, desk.Choice{Action: desk.Keep}, forum.Reasons)
			},
			"reads a note": func() error { _, err := p.desk.NoteFor(ctx, who, item.ID); return err },
		}
		for act, do := range acts {
			if err := do(); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s %s: got %v; want that it does not exist", name, act, err)
			}
		}
	}
	if now, err := p.desk.Item(ctx, p.mod, item.ID); err != nil || now.TakenBy(p.mod, p.Store.Time()) != "me" {
		t.Errorf("afterwards the item is %+v, %v", now, err)
	}
}

func TestTheListIsOrderedByDangerThenAge(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	shown := make([]forum.Receipt, 3)
	for i := range shown {
		var item desk.Item
		shown[i], item = p.held(t, someone(), "Words for a talk.")
		p.decide(t, item, desk.Choice{Action: desk.Keep})
	}
	first, _ := p.held(t, someone(), "The oldest that waits.")
	p.Time.Advance(time.Minute)
	second, _ := p.held(t, someone(), "The next one.")
	for i, reason := range []string{"off-topic", "identifies", "minor"} {
		p.Time.Advance(time.Minute)
		if _, err := p.forum.Report(ctx, someone(), shown[i].Post, reason, ""); err != nil {
			t.Fatal(err)
		}
	}
	want := []store.ID{shown[2].Post, shown[1].Post, first.Post, second.Post, shown[0].Post}
	items := p.waiting(t, "")
	if len(items) != len(want) {
		t.Fatalf("%d items wait; want %d", len(items), len(want))
	}
	for i, item := range items {
		if item.PostID != want[i] {
			t.Errorf("place %d: urgency %d, reasons %s, since %s", i+1, item.Urgent, item.Reasons, item.Since)
		}
	}
}

func TestTheListNarrowsToOneLanguage(t *testing.T) {
	p := open(t)
	p.write(t, someone(), forum.Draft{Body: "How do you sleep?", Lang: "en"})
	italian := p.write(t, someone(), forum.Draft{Title: "Una domanda", Body: "Come dormite dopo il turno?", Lang: "it"})
	if items := p.waiting(t, "it"); len(items) != 1 || items[0].PostID != italian.Post || items[0].Board != "home" {
		t.Errorf("in Italian wait %+v", items)
	}
	if all, none := len(p.waiting(t, "")), len(p.waiting(t, "ro")); all != 2 || none != 0 {
		t.Errorf("in all languages wait %d, in Romanian %d; want 2 and 0", all, none)
	}
}
