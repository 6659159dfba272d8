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
	langs   []string     // of each person
	boss    member.Actor // administrator
	// acts are the posts in the order in which they were made.
	acts []act
	rand *rand.Rand
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
	if err := w.forum.SetUpBoards(ctx, boards); err != nil {
		t.Fatal(err)
	}
	team := w.team(t)
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
		receipt, err := w.forum.StartTalk(ctx, team, "home", forum.Draft{
			Title: fmt.Sprintf("A quiet talk %d", i), Body: "The first words of this talk.", Lang: "en", Mode: forum.ByHandle,
		})
		if err != nil {
			t.Fatal(err)
		}
		w.topics = append(w.topics, receipt.Topic)
	}
	return w
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
