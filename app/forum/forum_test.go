package forum_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
)

// place is a forum with its desk on a fresh database.
type place struct {
	*storetest.DB
	members *member.Service
	forum   *forum.Service
	desk    *desk.Service
	team    member.Actor // peer, moderator and coordinator
	admin   member.Actor // no role in the community
}

func open(t *testing.T) *place {
	t.Helper()
	ctx := context.Background()
	p := &place{DB: storetest.New(t)}
	p.members = member.New(p.Store, p.Server, member.Options{Salt: p.Salt, OpenJoin: true})
	queue := desk.NewQueue(p.Clock)
	p.forum = forum.New(p.Store, queue).WithLook(func() bool { return false })
	p.desk = desk.New(p.Store, queue, p.forum)
	p.members.OnDelete(p.forum.Erase)
	err := p.forum.SetUpBoards(ctx, []forum.NewBoard{
		{Board: forum.Board{Slug: "home", Audience: forum.Public}, Texts: []forum.BoardText{{Lang: "en", Name: "Home", Purpose: "Start here"}}},
		{Board: forum.Board{Slug: "care", Audience: forum.Members}},
		{Board: forum.Board{Slug: "round", Audience: forum.Peers}},
		{Board: forum.Board{Slug: "old", Audience: forum.Public, Archived: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.admin = p.takeUp(t, "keystone", func() (string, error) { return p.members.OfferFirstAdmin(ctx) })
	p.team = p.takeUp(t, "lampione", func() (string, error) {
		return p.members.OfferRoles(ctx, p.admin, []member.Role{member.RolePeer, member.RoleModerator})
	})
	return p
}

func (p *place) takeUp(t *testing.T, handle string, offer func() (string, error)) member.Actor {
	t.Helper()
	ctx := context.Background()
	token, err := offer()
	if err != nil {
		t.Fatal(err)
	}
	shown, err := p.members.ReadLink(ctx, token, "Portico")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(shown.Factor, p.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := p.members.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: shown.Passphrase, Code: code, Ticket: shown.Ticket})
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor
}

func (p *place) join(t *testing.T) member.Actor {
	t.Helper()
	opened, err := p.members.Join(context.Background(), member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor
}

func (p *place) start(t *testing.T, who member.Actor, board string, d forum.Draft) forum.Receipt {
	t.Helper()
	r, err := p.forum.StartTalk(context.Background(), who, board, d)
	if err != nil {
		t.Fatalf("start a talk: %v", err)
	}
	return r
}

// keep lets the moderator keep everything that waits.
func (p *place) keep(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	items, err := p.desk.Waiting(ctx, p.team, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if err := p.desk.Claim(ctx, p.team, item.ID); err != nil {
			t.Fatal(err)
		}
		if err := p.desk.Decide(ctx, p.team, item.ID, desk.Choice{Action: desk.Keep}, forum.Reasons); err != nil {
			t.Fatal(err)
		}
	}
}

var hello = forum.Draft{Title: "A quiet question", Body: "How do you sleep after a night shift?", Lang: "en"}

func TestAFirstPostWaitsAndIsSeenByItsAuthorAlone(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author, other := p.join(t), p.join(t)
	r := p.start(t, author, "home", hello)
	if !r.Held {
		t.Fatal("the first post of a newcomer must wait")
	}
	if _, err := p.forum.Conversation(ctx, author, r.Topic, 1); err != nil {
		t.Errorf("its author does not see it: %v", err)
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "another member": other} {
		if _, err := p.forum.Conversation(ctx, who, r.Topic, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: got %v; want that it does not exist", name, err)
		}
	}
	p.keep(t)
	c, err := p.forum.Conversation(ctx, member.Actor{}, r.Topic, 1)
	if err != nil || len(c.Posts) != 1 || c.Posts[0].Name == "" {
		t.Fatalf("after it was kept a visitor sees %d posts, %v; want one with a drawn name", len(c.Posts), err)
	}
}

func TestTrustFollowsFromKeptPostsAndNeverFromVolume(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author := p.join(t)
	var last forum.Receipt
	for i := range 3 {
		d := hello
		d.Title = fmt.Sprintf("Question %d", i)
		if last = p.start(t, author, "home", d); !last.Held {
			t.Fatalf("post %d must wait", i+1)
		}
	}
	p.keep(t)
	d := forum.Draft{Body: "One more thought.", Lang: "en"}
	r, err := p.forum.Reply(ctx, author, last.Topic, d)
	if err != nil || !r.Held {
		t.Fatalf("on the same day: held %v, %v; want it to wait, because kept means older than three days", r.Held, err)
	}
	p.Time.Advance(4 * 24 * time.Hour)
	r, err = p.forum.Reply(ctx, author, last.Topic, forum.Draft{Body: "Four days later.", Lang: "en"})
	if err != nil || r.Held {
		t.Errorf("with three kept posts: held %v, %v; want it shown at once", r.Held, err)
	}
}

func TestTheSameFormPostsOnce(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author := p.join(t)
	d := hello
	d.Nonce = "form-1"
	first, second := p.start(t, author, "home", d), p.start(t, author, "home", d)
	if first.Post != second.Post {
		t.Error("the second submit of one form made a second post")
	}
	d.Nonce = "form-2"
	if third := p.start(t, author, "home", d); third.Post == first.Post {
		t.Error("another form with the same words is another post")
	}
	_ = ctx
}

func TestAPhoneNumberIsShownToItsAuthorBeforeAnybodyElse(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author := p.join(t)
	d := hello
	d.Body = "Call me on 347 123 45 67 please"
	r, err := p.forum.StartTalk(ctx, author, "home", d)
	if err != nil || r.Stored || len(r.Verdict.Findings) == 0 {
		t.Fatalf("stored %v, findings %v, %v; want the words shown and nothing stored", r.Stored, r.Verdict.Findings, err)
	}
	d.Insist = true
	if r = p.start(t, author, "home", d); !r.Held {
		t.Error("what she insists on must be read by a moderator first")
	}
}

func TestBoardsOpenToTheirAudienceOnly(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	who := p.join(t)
	for _, c := range []struct {
		name  string
		who   member.Actor
		board string
		want  bool
	}{
		{"a visitor reads a public board", member.Actor{}, "home", true},
		{"a visitor does not see a members' board", member.Actor{}, "care", false},
		{"a member reads a members' board", who, "care", true},
		{"a member does not see the peers' board", who, "round", false},
		{"a peer reads the peers' board", p.team, "round", true},
		{"an administrator is no peer", p.admin, "round", false},
		{"nobody sees a board that is not there", p.team, "nowhere", false},
	} {
		_, err := p.forum.Board(ctx, c.who, c.board, "en")
		if got := err == nil; got != c.want || (err != nil && !fault.Is(err, fault.NotFound)) {
			t.Errorf("%s: got %v, %v", c.name, got, err)
		}
	}
	r := p.start(t, p.team, "round", forum.Draft{Title: "Between us", Body: "How was the shift?", Lang: "en", Mode: forum.ByHandle})
	for name, actor := range map[string]member.Actor{"a visitor": {}, "a member": who, "an administrator": p.admin} {
		if _, err := p.forum.Conversation(ctx, actor, r.Topic, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads a peers' talk: %v", name, err)
		}
		if _, err := p.forum.Reply(ctx, actor, r.Topic, forum.Draft{Body: "hello", Lang: "en"}); err == nil {
			t.Errorf("%s answers in a peers' talk", name)
		}
		if hits, err := p.forum.Search(ctx, actor, "shift", ""); err != nil || len(hits) != 0 {
			t.Errorf("%s finds a peers' talk: %d, %v", name, len(hits), err)
		}
	}
	if _, err := p.forum.StartTalk(ctx, who, "old", hello); !fault.Is(err, fault.Refused) {
		t.Errorf("an archived board: got %v; want a refusal", err)
	}
}

func TestABadgePostAndAnAnonymousPostShareNothing(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.start(t, p.team, "home", forum.Draft{Title: "Ask a peer", Body: "I am here tonight.", Lang: "en", Mode: forum.ByHandle})
	if r.Held {
		t.Error("a badge post without findings does not wait")
	}
	if _, err := p.forum.Reply(ctx, p.team, r.Topic, forum.Draft{Body: "And I have a question of my own.", Lang: "en"}); err != nil {
		t.Fatal(err)
	}
	var posts []forum.Post
	if err := p.DB.DB.Where("topic_id = ?", r.Topic).Order("no").Find(&posts).Error; err != nil || len(posts) != 2 {
		t.Fatalf("%d posts, %v", len(posts), err)
	}
	badge, anonymous := posts[0], posts[1]
	if len(badge.Tag) != 0 || badge.Handle != "lampione" || badge.Badge != "peer" {
		t.Errorf("the badge post: tag %x, handle %q, badge %q", badge.Tag, badge.Handle, badge.Badge)
	}
	if len(anonymous.Tag) == 0 || anonymous.Handle != "" || !anonymous.RoleAccountID.IsZero() || anonymous.Badge != "" {
		t.Errorf("the anonymous post: tag %x, handle %q, account %v", anonymous.Tag, anonymous.Handle, anonymous.RoleAccountID)
	}
	if anonymous.State != forum.Held {
		t.Error("her anonymous voice waits like anybody's: an exemption would be visible")
	}
}

func TestAStaleEditShowsBothTexts(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author := p.join(t)
	r := p.start(t, author, "home", hello)
	if _, err := p.forum.Revise(ctx, author, r.Post, forum.Revision{Body: "The first change.", Version: 1}); err != nil {
		t.Fatal(err)
	}
	out, err := p.forum.Revise(ctx, author, r.Post, forum.Revision{Body: "The second change.", Version: 1})
	if !fault.Is(err, fault.Conflict) || out.Standing != "The first change." {
		t.Errorf("got %v and %q; want a conflict with the words that stand", err, out.Standing)
	}
	if _, err := p.forum.Revise(ctx, p.join(t), r.Post, forum.Revision{Body: "Not mine.", Version: 2}); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody else's edit: got %v; want that the post is not hers", err)
	}
}

func TestSearchFindsShownPostsAndForgetsDeletedOnes(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author := p.join(t)
	words := []struct{ lang, body, ask string }{
		{"uk", "Шукаю безпечне житло на ніч", "ЖИТЛА"},
		{"ar", "أبحث عن سكن آمن للعائلة", "العائلة"},
		{"zh-Hans", "我在找住房", "住房"},
		{"ro", "Caut o locuință sigură", "locuinta"},
		{"it", "Cerco un permesso di soggiorno", "permessi"},
	}
	var posts []store.ID
	for _, w := range words {
		r := p.start(t, author, "home", forum.Draft{Title: "Talk " + w.lang, Body: w.body, Lang: w.lang})
		posts = append(posts, r.Post)
		if hits, _ := p.forum.Search(ctx, author, w.ask, ""); len(hits) != 0 {
			t.Errorf("%q finds a post that still waits", w.ask)
		}
	}
	p.keep(t)
	for i, w := range words {
		hits, err := p.forum.Search(ctx, member.Actor{}, w.ask, "")
		if err != nil || len(hits) != 1 || hits[0].ID != posts[i] {
			t.Errorf("%q: %d hits, %v; want exactly its post", w.ask, len(hits), err)
		}
	}
	if _, gone, err := p.forum.Withdraw(ctx, author, posts[0]); err != nil || !gone {
		t.Fatalf("withdraw: gone %v, %v", gone, err)
	}
	if hits, _ := p.forum.Search(ctx, author, "житло", ""); len(hits) != 0 {
		t.Error("a deleted post is still found")
	}
	for _, odd := range []string{"", "   ", `" OR *`, "a' | 'b", "NEAR(", strings.Repeat("x", 5000)} {
		if _, err := p.forum.Search(ctx, author, odd, ""); err != nil {
			t.Errorf("the query %.20q is an error: %v", odd, err)
		}
	}
}

func TestListsPageByKeyWithoutLossOrDouble(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	want := map[store.ID]bool{}
	for i := range 65 {
		if i%20 == 19 {
			p.Time.Advance(24 * time.Hour)
		}
		r := p.start(t, p.team, "home", forum.Draft{Title: fmt.Sprintf("Talk %d", i), Body: "Words.", Lang: "en", Mode: forum.ByHandle})
		want[r.Topic] = true
	}
	var after *forum.Mark
	seen := map[store.ID]bool{}
	for page := 0; ; page++ {
		topics, more, err := p.forum.Topics(ctx, member.Actor{}, "home", "", after)
		if err != nil || page > 5 {
			t.Fatalf("page %d: %v", page, err)
		}
		for _, topic := range topics {
			if seen[topic.ID] {
				t.Fatalf("topic %v stands on two pages", topic.Title)
			}
			seen[topic.ID] = true
			after = &forum.Mark{Pinned: topic.Pinned, Day: topic.LastDay, ID: topic.ID}
		}
		if !more {
			break
		}
	}
	if len(seen) != len(want) {
		t.Errorf("paging showed %d of %d topics", len(seen), len(want))
	}
}

func TestDeletingAnAccountTakesHerWordsOrLeavesThemToNobody(t *testing.T) {
	ctx := context.Background()
	for name, withPosts := range map[string]bool{"her words go too": true, "her words stay": false} {
		t.Run(name, func(t *testing.T) {
			p := open(t)
			who := p.join(t)
			r := p.start(t, who, "home", hello)
			p.keep(t)
			if err := p.forum.Follow(ctx, who, r.Topic, true); err != nil {
				t.Fatal(err)
			}
			if err := p.members.DeleteAccount(ctx, who, member.Again{Key: who.NewKey}, withPosts); err != nil {
				t.Fatal(err)
			}
			var posts, boxes, accounts int64
			p.DB.DB.Table("posts").Where("id = ?", r.Post).Count(&posts)
			p.DB.DB.Table("boxes").Count(&boxes)
			p.DB.DB.Table("accounts").Where("id = ?", who.Account).Count(&accounts)
			if (posts == 0) != withPosts || boxes != 0 || accounts != 0 {
				t.Errorf("afterwards %d posts, %d boxes, %d accounts", posts, boxes, accounts)
			}
		})
	}
}
