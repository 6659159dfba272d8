package privacy_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/pquerna/otp/totp"
	"portico/app/desk"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
)

// world is a small community on a fresh database, with the truth that an attacker does not
// have: who wrote what.
type world struct {
	*storetest.DB
	members *member.Service
	forum   *forum.Service
	desk    *desk.Service
	people  []member.Actor
	topics  []store.ID
	langs   []string            // of each person
	boss    member.Actor        // administrator
	peer    member.Actor        // answers questions
	codes   map[string][][]byte // of candidates who wait, by group
	asked   map[int][]question  // by person
	drafts  map[int]int         // scope of the talk that somebody has not begun, by person
	// acts are the posts in the order in which they were made.
	acts []act
	rand *rand.Rand
}

// question is a private question with its scope in the truth.
type question struct {
	id    store.ID
	scope int
}

// act is one post: who wrote which post in which topic.
type act struct {
	person int
	topic  int
	post   store.ID
	order  int
}

var langs = []string{"en", "it", "fr", "ar", "ro", "sq"}

func newWorld(t *testing.T, people, topics int) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{DB: storetest.New(t), rand: rand.New(rand.NewPCG(7, 11))}
	w.members = member.New(w.Store, w.Server, member.Options{Salt: w.Salt})
	queue := desk.NewQueue(w.Clock)
	w.forum = forum.New(w.Store, queue).WithLook(func() bool { return false })
	w.desk = desk.New(w.Store, queue, w.forum)
	boards := []forum.NewBoard{{Board: forum.Board{Slug: "home", Audience: forum.Members}}}
	for _, slug := range append(groups, open...) {
		boards = append(boards, forum.NewBoard{Board: forum.Board{Slug: slug, Audience: forum.Group}})
	}
	if err := w.forum.SetUpBoards(ctx, boards); err != nil {
		t.Fatal(err)
	}
	team := w.team(t)
	w.peer, w.codes, w.asked, w.drafts = team, map[string][][]byte{}, map[int][]question{}, map[int]int{}
	_, code, err := w.members.Invite(ctx, team, member.BatchForm{Label: "cards", Most: 500, Days: 30})
	if err != nil {
		t.Fatal(err)
	}
	for i := range people {
		opened, err := w.members.Join(ctx, member.JoinForm{Code: code, Adult: true, Rules: true}, "192.0.2.77")
		if err != nil {
			t.Fatal(err)
		}
		w.people = append(w.people, opened.Actor)
		w.langs = append(w.langs, langs[i%len(langs)])
	}
	for i := range topics {
		// A third of the talks lie in each of the two groups, to which everybody belongs.
		board := append([]string{"home"}, groups...)[i%3]
		if board != "home" && i < 3 {
			w.fill(t, team, board)
		}
		receipt, err := w.forum.StartTalk(ctx, team, board, forum.Draft{
			Title: fmt.Sprintf("A quiet talk %d", i), Body: "The first words of this talk.", Lang: "en", Mode: forum.ByHandle,
		})
		if err != nil {
			t.Fatal(err)
		}
		w.topics = append(w.topics, receipt.Topic)
	}
	return w
}

// groups are boards that let people in by vouching and in which everybody stays; open are
// those that people also leave again.
var (
	groups = []string{"g1", "g2"}
	open   = []string{"g3", "g4"}
)

func (w *world) code() []byte { return w.members.NewCode("group").Hash }

// fill brings everybody into a group: two by starter codes, the others by the signs of those.
func (w *world) fill(t *testing.T, team member.Actor, slug string) {
	t.Helper()
	ctx := context.Background()
	starters := [][]byte{w.code(), w.code()}
	if err := w.forum.NewStarters(ctx, team, slug, starters); err != nil {
		t.Fatal(err)
	}
	vouchers := []member.Actor{team, w.people[0]}
	for i, who := range vouchers {
		if _, err := w.forum.UseCode(ctx, who, slug, starters[i]); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range w.people[1:] {
		code := w.code()
		if err := w.forum.AskIn(ctx, who, slug, code); err != nil {
			t.Fatal(err)
		}
		for _, voucher := range vouchers {
			if _, err := w.forum.UseCode(ctx, voucher, slug, code); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// team makes one person with every role that the world needs.
func (w *world) team(t *testing.T) member.Actor {
	t.Helper()
	ctx := context.Background()
	w.boss = w.takeUp(t, "keystone", func() (string, error) { return w.members.OfferFirstAdmin(ctx) })
	return w.takeUp(t, "lampione", func() (string, error) {
		return w.members.OfferRoles(ctx, w.boss, []member.Role{member.RoleModerator, member.RoleCoordinator, member.RolePeer})
	})
}

func (w *world) takeUp(t *testing.T, handle string, offer func() (string, error)) member.Actor {
	t.Helper()
	ctx := context.Background()
	token, err := offer()
	if err != nil {
		t.Fatal(err)
	}
	shown, err := w.members.ReadLink(ctx, token, "Portico")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(shown.Factor, w.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := w.members.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: shown.Passphrase, Code: code, Ticket: shown.Ticket})
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor
}

// post lets a person write in a topic, plants the leak if there is one, and remembers the truth.
func (w *world) post(t *testing.T, person, topic int, words string) act {
	t.Helper()
	ctx := context.Background()
	receipt, err := w.forum.Reply(ctx, w.people[person], w.topics[topic], forum.Draft{Body: words, Lang: w.langs[person]})
	if err != nil {
		t.Fatalf("person %d posts in topic %d: %v", person, topic, err)
	}
	a := act{person: person, topic: topic, post: receipt.Post, order: len(w.acts)}
	w.acts = append(w.acts, a)
	return a
}

// sentence makes words of random length that no two posts share.
func (w *world) sentence() string {
	words := []string{"tea", "morning", "river", "paper", "window", "quiet", "bread", "stairs", "garden", "letter", "walk", "blue"}
	text := fmt.Sprintf("note %x", w.rand.Uint64())
	for range 3 + w.rand.IntN(20) {
		text += " " + words[w.rand.IntN(len(words))]
	}
	return text
}
