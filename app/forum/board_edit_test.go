package forum_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"

	"portico/app/desk"
)

// hall is a forum with its hosts and no board yet.
type hall struct {
	*storetest.DB
	forum *forum.Service
	boss  member.Actor
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{DB: storetest.New(t), boss: hallRole(member.RoleCoordinator)}
	h.forum = forum.New(h.Store, desk.NewQueue(h.Clock)).WithLook(func() bool { return false })
	return h
}

func hallRole(roles ...member.Role) member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Role: &member.RoleActor{ID: store.NewID(), Handle: "chiave", Roles: roles}}
}

func words(slug string) forum.BoardForm {
	return forum.BoardForm{Slug: slug, Audience: forum.Members, Texts: []forum.BoardText{
		{Lang: "en", Name: "The " + slug, Purpose: "To talk"}, {Lang: "it", Name: " ", Purpose: ""},
	}}
}

func (h *hall) open(t *testing.T, slugs ...string) {
	t.Helper()
	for _, slug := range slugs {
		if err := h.forum.OpenBoard(context.Background(), h.boss, words(slug)); err != nil {
			t.Fatalf("open %s: %v", slug, err)
		}
	}
}

func (h *hall) order(t *testing.T) (slugs []string) {
	t.Helper()
	boards, err := h.forum.BoardsToEdit(context.Background(), h.boss)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range boards {
		slugs = append(slugs, b.Slug)
	}
	return slugs
}

func (h *hall) board(t *testing.T, slug string) forum.EditBoard {
	t.Helper()
	b, err := h.forum.BoardToEdit(context.Background(), h.boss, slug)
	if err != nil {
		t.Fatalf("%s: %v", slug, err)
	}
	return b
}

func TestABoardIsOpenedChangedAndMoved(t *testing.T) {
	h, ctx := newHall(t), context.Background()
	if err := h.forum.SetUpBoards(ctx, []forum.NewBoard{{Board: forum.Board{Slug: "garden", Audience: forum.Group, Position: 1}}}); err != nil {
		t.Fatal(err)
	}
	h.open(t, "one", "two", "three")
	if got := h.order(t); !slices.Equal(got, []string{"one", "two", "three"}) {
		t.Fatalf("the order is %v; a group must not stand in it", got)
	}
	f := words("two")
	f.Audience, f.Base = forum.Public, h.board(t, "two").Base()
	f.Texts[1] = forum.BoardText{Lang: "it", Name: "Due", Purpose: "Per parlare"}
	if _, err := h.forum.ChangeBoard(ctx, h.boss, f); err != nil {
		t.Fatal(err)
	}
	seen, err := h.forum.Board(ctx, member.Actor{}, "two", "it")
	if err != nil || seen.Name != "Due" || seen.Audience != forum.Public {
		t.Errorf("what a visitor sees: %+v, %v", seen, err)
	}
	standing, err := h.forum.ChangeBoard(ctx, h.boss, f)
	if !fault.Is(err, fault.Conflict) || standing.Texts["it"].Name != "Due" {
		t.Errorf("from an older look: %+v, %v", standing, err)
	}
	f.Base, f.Texts[1] = h.board(t, "two").Base(), forum.BoardText{Lang: "it"}
	if _, err := h.forum.ChangeBoard(ctx, h.boss, f); err != nil || len(h.board(t, "two").Texts) != 1 {
		t.Errorf("a language that was emptied stays: %v", err)
	}
	for _, move := range []struct {
		slug string
		up   bool
		want string
	}{{"three", true, "one three two"}, {"one", true, "one three two"}, {"two", false, "one three two"}, {"one", false, "three one two"}} {
		if err := h.forum.MoveBoard(ctx, h.boss, move.slug, move.up); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(h.order(t), " "); got != move.want {
			t.Errorf("after %+v: %s", move, got)
		}
	}
	var acts []string
	if err := h.DB.DB.Table("audit_rows").Where("kind = ?", "board").Pluck("matter", &acts).Error; err != nil || len(acts) != 8 {
		t.Errorf("audited %q, %v", acts, err)
	}
}

func TestWhoReadsABoardStaysOnceSomebodyHasWritten(t *testing.T) {
	h, ctx := newHall(t), context.Background()
	h.open(t, "care")
	r, err := h.forum.StartTalk(ctx, h.boss, "care", forum.Draft{Title: "A question", Body: "Calm words.", Lang: "en"})
	if err != nil || !r.Stored {
		t.Fatalf("write: %+v, %v", r, err)
	}
	f := words("care")
	f.Audience, f.Base = forum.Public, h.board(t, "care").Base()
	_, err = h.forum.ChangeBoard(ctx, h.boss, f)
	if e := fault.As(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Key != "board.audience.used" {
		t.Errorf("a members' board became public: %v", err)
	}
	f.Audience, f.Texts[0].Name = forum.Members, "Another name"
	if _, err = h.forum.ChangeBoard(ctx, h.boss, f); err != nil || h.board(t, "care").Texts["en"].Name != "Another name" {
		t.Errorf("another name: %v", err)
	}
	if err := h.forum.ArchiveBoard(ctx, h.boss, "care", true); err != nil {
		t.Fatal(err)
	}
	if list, err := h.forum.Boards(ctx, h.boss, "en"); err != nil || len(list) != 0 {
		t.Errorf("an archived board is listed: %v, %v", list, err)
	}
	if _, err := h.forum.Conversation(ctx, h.boss, r.Topic, 1); err != nil {
		t.Errorf("what was written there cannot be read: %v", err)
	}
	if _, err := h.forum.Reply(ctx, h.boss, r.Topic, forum.Draft{Body: "More."}); !fault.Is(err, fault.Refused) {
		t.Errorf("writing on an archived board: %v", err)
	}
	if err := h.forum.ArchiveBoard(ctx, h.boss, "care", false); err != nil || h.board(t, "care").Archived {
		t.Errorf("bring it back: %v", err)
	}
}

func TestABadBoardIsMended(t *testing.T) {
	h, ctx := newHall(t), context.Background()
	h.open(t, "care")
	for name, row := range map[string]struct {
		change     func(*forum.BoardForm)
		field, key string
	}{
		"no address":            {func(f *forum.BoardForm) { f.Slug = "" }, "slug", "board.slug.shape"},
		"capitals":              {func(f *forum.BoardForm) { f.Slug = "Care" }, "slug", "board.slug.shape"},
		"a long address":        {func(f *forum.BoardForm) { f.Slug = strings.Repeat("a", 21) }, "slug", "board.slug.shape"},
		"a path":                {func(f *forum.BoardForm) { f.Slug = "../x" }, "slug", "board.slug.shape"},
		"hyphens":               {func(f *forum.BoardForm) { f.Slug = "--" }, "slug", "board.slug.shape"},
		"a telling address":     {func(f *forum.BoardForm) { f.Slug = "for-sexworkers" }, "slug", "board.slug.telling"},
		"a telling word":        {func(f *forum.BoardForm) { f.Slug = "b2-hiv" }, "slug", "board.slug.telling"},
		"the name of a page":    {func(f *forum.BoardForm) { f.Slug = "search" }, "slug", "board.slug.taken"},
		"an address that is in": {func(f *forum.BoardForm) { f.Slug = "care" }, "slug", "board.slug.taken"},
		"a group":               {func(f *forum.BoardForm) { f.Audience = forum.Group }, "audience", "board.audience.missing"},
		"no English name":       {func(f *forum.BoardForm) { f.Texts[0].Name = "" }, "name-en", "board.name.length"},
		"no English purpose":    {func(f *forum.BoardForm) { f.Texts[0].Purpose = "" }, "purpose-en", "board.purpose.length"},
		"half an Italian":       {func(f *forum.BoardForm) { f.Texts[1].Name = "Cura" }, "purpose-it", "board.purpose.length"},
		"no words at all":       {func(f *forum.BoardForm) { f.Texts = nil }, "name-en", "board.name.length"},
	} {
		f := words("b7")
		row.change(&f)
		err := h.forum.OpenBoard(ctx, h.boss, f)
		if e := fault.As(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Name != row.field || e.Fields[0].Key != row.key {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.open(t, "archive", "transport", "story")
}

func TestOnlyHostsEditBoardsAndNoneAGroup(t *testing.T) {
	h, ctx := newHall(t), context.Background()
	h.open(t, "care")
	if err := h.forum.SetUpBoards(ctx, []forum.NewBoard{{Board: forum.Board{Slug: "garden", Audience: forum.Group}}}); err != nil {
		t.Fatal(err)
	}
	verbs := func(who member.Actor, slug string) map[string]error {
		_, read := h.forum.BoardToEdit(ctx, who, slug)
		_, change := h.forum.ChangeBoard(ctx, who, words(slug))
		return map[string]error{"read": read, "change": change,
			"archive": h.forum.ArchiveBoard(ctx, who, slug, true), "move": h.forum.MoveBoard(ctx, who, slug, true)}
	}
	for _, who := range []member.Actor{{}, hallRole(member.RoleModerator), {Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}}} {
		all := verbs(who, "care")
		_, all["list"] = h.forum.BoardsToEdit(ctx, who)
		all["open"] = h.forum.OpenBoard(ctx, who, words("b9"))
		for verb, err := range all {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s by somebody else: %v", verb, err)
			}
		}
	}
	for verb, err := range verbs(h.boss, "garden") {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s of a group: %v", verb, err)
		}
	}
}
