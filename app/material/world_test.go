package material_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

// shelf keeps other languages, as the neighbour would: approved texts by material.
type shelf struct {
	mu      sync.Mutex
	sources map[store.ID][]material.Source
	texts   map[store.ID]map[string]string
	about   map[store.ID][]material.Language
	fails   error
	asked   int
	forgot  []string
}

func (s *shelf) SourceChanged(_ context.Context, tx *gorm.DB, doc store.ID, source material.Source) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if tx == nil {
		return errors.New("not in a transaction")
	}
	s.sources[doc] = append(s.sources[doc], source)
	return s.fails
}

func (s *shelf) Languages(_ context.Context, doc store.ID) ([]material.Language, error) {
	return s.about[doc], nil
}

func (s *shelf) LanguagesOf(_ context.Context, docs []store.ID) (map[store.ID][]material.Language, error) {
	s.asked++
	found := map[store.ID][]material.Language{}
	for _, doc := range docs {
		found[doc] = s.about[doc]
	}
	return found, nil
}

func (s *shelf) Text(_ context.Context, doc store.ID, lang string) (string, error) {
	text, ok := s.texts[doc][lang]
	if !ok {
		return "", fault.New(fault.NotFound, "error.missing")
	}
	return text, nil
}

func (s *shelf) approve(doc store.ID, l material.Language, text string) {
	if s.texts[doc] == nil {
		s.texts[doc] = map[string]string{}
	}
	s.texts[doc][l.Lang] = text
	s.about[doc] = append(s.about[doc], l)
}

// world is a small team and three members on a fresh database.
type world struct {
	*storetest.DB
	mat                              *material.Service
	shelf                            *shelf
	coordinator, leader, peer, other member.Actor // other leads as well
	mediator                         member.Actor // staff
	anna, bianca, carla              member.Actor // members
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t)}
	w.shelf = &shelf{sources: map[store.ID][]material.Source{}, texts: map[store.ID]map[string]string{}, about: map[store.ID][]material.Language{}}
	w.mat = material.New(w.Store, w.shelf)
	w.coordinator = w.hire(t, "keystone", member.RoleCoordinator, member.RoleAdmin)
	w.leader = w.hire(t, "lanterna", member.RoleLeader)
	w.other = w.hire(t, "cornice", member.RoleLeader)
	w.peer = w.hire(t, "lampione", member.RolePeer)
	w.mediator = w.hire(t, "passerella", member.RoleMediator)
	for _, who := range []*member.Actor{&w.anna, &w.bianca, &w.carla} {
		*who = person()
	}
	return w
}

// person has a live session. Deriving her keys would take long and is tested elsewhere.
func person() member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
}

// hire makes a person with roles, with her row as the team's pages read it.
func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	who := person()
	who.Role = &member.RoleActor{ID: store.NewID(), Handle: handle, Roles: roles, Identity: vault.NewIdentity()}
	var words []string
	for _, r := range roles {
		words = append(words, string(r))
	}
	row := member.RoleAccount{ID: who.Role.ID, Handle: handle, Roles: strings.Join(words, ","), Salt: vault.Random(16), Sealed: vault.Random(64), Gen: vault.Random(8)}
	must(t, w.Tx(context.Background(), func(tx *gorm.DB) error { return gorm.G[member.RoleAccount](tx).Create(context.Background(), &row) }))
	return who
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused holds an error to a kind and, where one is named, to its message.
func refused(t *testing.T, what string, err error, kind fault.Kind, key string) {
	t.Helper()
	if !fault.Is(err, kind) || key != "" && fault.As(err).Key != key {
		t.Errorf("%s: got %v; want kind %d %s", what, err, kind, key)
	}
}

var idea = material.IdeaForm{Kind: "leaflet", Title: "Your rights at the clinic", Purpose: "To know what a doctor may ask.", Audience: "People who are new in the city.", Lang: "en"}

const text = "You may come without papers.\n\nNobody asks for your name.\n\nThe clinic is free."

// proposed makes an idea of a member.
func (w *world) proposed(t *testing.T) store.ID {
	t.Helper()
	r, err := w.mat.Propose(context.Background(), w.anna, idea)
	must(t, err)
	if !r.Stored {
		t.Fatalf("not stored: %v", r.Verdict)
	}
	return r.ID
}

// drafted makes a draft with a text and a group of leader, peer, mediator and coordinator's
// choice of others.
func (w *world) drafted(t *testing.T, others ...string) store.ID {
	t.Helper()
	ctx, id := context.Background(), w.proposed(t)
	must(t, w.mat.TakeUp(ctx, w.leader, id))
	for _, handle := range others {
		must(t, w.mat.Invite(ctx, w.leader, id, handle))
	}
	w.save(t, id, text, 0)
	return id
}

func (w *world) save(t *testing.T, id store.ID, body string, base int) {
	t.Helper()
	_, err := w.mat.Save(context.Background(), w.leader, id, material.VersionForm{Title: "Your rights at the clinic", Body: body, Base: base})
	must(t, err)
}

func survey(w *world, least int) material.ConsultForm {
	return material.ConsultForm{Least: least, ClosesDay: w.DayAfter(7), NotAsked: "People without a phone, because we have no print yet.", Questions: []material.Question{
		{Kind: material.Scale, Words: "How clear is it?"}, {Kind: material.Scale, Words: "Would you give it to a friend?"}, {Kind: material.Words, Words: "What is missing?"},
	}}
}

var said = material.SayForm{Replies: []material.Reply{{Number: 1, Scale: 4}, {Number: 3, Words: "The opening hours."}}}

// consulted asks two members and closes the consultation.
func (w *world) consulted(t *testing.T, id store.ID) {
	t.Helper()
	ctx := context.Background()
	must(t, w.mat.Consult(ctx, w.leader, id, survey(w, 2)))
	for _, who := range []member.Actor{w.anna, w.bianca} {
		_, err := w.mat.Say(ctx, who, id, said)
		must(t, err)
	}
	must(t, w.mat.CloseConsultation(ctx, w.leader, id))
}

// voted opens a vote and lets people vote yes.
func (w *world) voted(t *testing.T, id store.ID, voters ...member.Actor) {
	t.Helper()
	ctx := context.Background()
	must(t, w.mat.OpenVote(ctx, w.leader, id, w.DayAfter(7)))
	for _, who := range voters {
		must(t, w.mat.Vote(ctx, who, id, material.VoteForm{Choice: material.Yes}))
	}
}

// published brings a leaflet all the way, decided by leader and peer.
func (w *world) published(t *testing.T) store.ID {
	t.Helper()
	id := w.drafted(t, "lampione")
	w.consulted(t, id)
	w.voted(t, id, w.leader, w.peer)
	must(t, w.mat.Publish(context.Background(), w.leader, id, 0))
	return id
}

func (w *world) state(t *testing.T, id store.ID) material.Material {
	t.Helper()
	m, err := gorm.G[material.Material](w.DB.DB).Where("id = ?", id).First(context.Background())
	must(t, err)
	return m
}
