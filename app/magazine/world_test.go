package magazine_test

import (
	"context"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/magazine"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

// shelf holds the materials that may stand in the magazine.
type shelf map[store.ID]magazine.Text

func (s shelf) ForMagazine(_ context.Context, id store.ID, lang string) (magazine.Text, error) {
	text, ok := s[id]
	if !ok || lang != "en" {
		return text, fault.New(fault.NotFound, "error.missing")
	}
	return text, nil
}

func (s shelf) Offered(context.Context, string) (list []magazine.Offer, err error) {
	for id, text := range s {
		list = append(list, magazine.Offer{ID: id, Title: text.Title})
	}
	return list, nil
}

// world is a team and three members on a fresh database.
type world struct {
	*storetest.DB
	mag                                          *magazine.Service
	shelf                                        shelf
	leader, peer, second, mediator, coord, other member.Actor // other leads, and is of no board
	anna, bianca, carla                          member.Actor // members
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t), shelf: shelf{}}
	w.mag = magazine.New(w.Store, w.shelf)
	w.leader = w.hire(t, "lanterna", member.RoleLeader)
	w.other = w.hire(t, "cornice", member.RoleLeader)
	w.peer = w.hire(t, "lampione", member.RolePeer)
	w.second = w.hire(t, "finestra", member.RolePeer)
	w.mediator = w.hire(t, "passerella", member.RoleMediator)
	w.coord = w.hire(t, "keystone", member.RoleCoordinator)
	w.anna, w.bianca, w.carla = person(), person(), person()
	return w
}

// person has a live session. Deriving her keys would take long and is tested elsewhere.
func person() member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
}

func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	who := person()
	who.Role = &member.RoleActor{ID: store.NewID(), Handle: handle, Roles: roles, Identity: vault.NewIdentity()}
	var words []string
	for _, r := range roles {
		words = append(words, string(r))
	}
	row := member.RoleAccount{ID: who.Role.ID, Handle: handle, Roles: strings.Join(words, ","), Salt: vault.Random(16), Sealed: vault.Random(64), Gen: vault.Random(8)}
	must(t, gorm.G[member.RoleAccount](w.DB.DB).Create(context.Background(), &row))
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

// begun is an issue with a board of leader, peer and mediator.
func (w *world) begun(t *testing.T) store.ID {
	t.Helper()
	ctx := context.Background()
	id, err := w.mag.Begin(ctx, w.leader, magazine.IssueForm{Title: "Winter", Month: "2026-12", Lang: "en", Closes: w.DayAfter(7)})
	must(t, err)
	for _, handle := range []string{"lampione", "passerella", "finestra"} {
		must(t, w.mag.Invite(ctx, w.leader, id, handle))
	}
	return id
}

// collecting is an issue that collects pieces.
func (w *world) collecting(t *testing.T) store.ID {
	t.Helper()
	id := w.begun(t)
	must(t, w.mag.Move(context.Background(), w.leader, id, magazine.Pieces))
	return id
}

const body = "The clinic in the evening is quiet, and the woman at the door knows your language."

// sent is a piece that somebody wrote.
func (w *world) sent(t *testing.T, who member.Actor, issue store.ID, title string) store.ID {
	t.Helper()
	r, err := w.mag.Send(context.Background(), who, issue, magazine.PieceForm{Title: title, Body: body, Signed: "Luna"})
	must(t, err)
	if !r.Stored {
		t.Fatalf("not stored: %v", r.Verdict)
	}
	return r.ID
}

// decided is a piece on which leader, peer and second peer think the same.
func (w *world) decided(t *testing.T, issue, piece store.ID, choice magazine.PieceState) {
	t.Helper()
	for _, who := range []member.Actor{w.leader, w.peer, w.second} {
		must(t, w.mag.Opine(context.Background(), who, issue, piece, magazine.OpinionForm{Choice: choice, Words: "Say when it is open."}))
	}
}

// published is an issue with one piece of a member and one material.
func (w *world) published(t *testing.T) (issue, piece, text store.ID) {
	t.Helper()
	ctx := context.Background()
	issue = w.collecting(t)
	piece = w.sent(t, w.anna, issue, "An evening at the clinic")
	w.decided(t, issue, piece, magazine.Taken)
	text = store.NewID()
	w.shelf[text] = magazine.Text{Title: "Your rights on arrest", Body: "You may ask for an interpreter, and nobody may refuse one."}
	must(t, w.mag.TakeOver(ctx, w.peer, issue, text))
	w.decided(t, issue, w.pieces(t, issue)[1].ID, magazine.Taken)
	must(t, w.mag.Move(ctx, w.peer, issue, magazine.Layout))
	must(t, w.mag.Move(ctx, w.leader, issue, magazine.Published))
	return issue, piece, text
}

// pieces are those of an issue, first those without a material.
func (w *world) pieces(t *testing.T, issue store.ID) (list []magazine.Piece) {
	t.Helper()
	rows, err := gorm.G[magazine.Piece](w.DB.DB).Where("issue_id = ?", issue).Order("place, id").Find(context.Background())
	must(t, err)
	for _, own := range []bool{true, false} {
		for _, r := range rows {
			if r.MaterialID.IsZero() == own {
				list = append(list, r)
			}
		}
	}
	return list
}

func (w *world) piece(t *testing.T, id store.ID) magazine.Piece {
	t.Helper()
	p, err := gorm.G[magazine.Piece](w.DB.DB).Where("id = ?", id).First(context.Background())
	must(t, err)
	return p
}
