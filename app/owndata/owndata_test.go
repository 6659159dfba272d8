package owndata_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/meeting"
	"portico/app/member"
	"portico/app/owndata"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

var ctx = context.Background()

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// somebody has a session, and a role where a handle is given.
func somebody(t *testing.T, db *storetest.DB, handle string) member.Actor {
	t.Helper()
	who := member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
	if handle != "" {
		row := member.RoleAccount{ID: store.NewID(), Handle: handle, Roles: "supervisor", Salt: []byte("s"), Sealed: []byte("s"), Gen: []byte("g")}
		must(t, db.DB.Create(&row).Error)
		who.Role = &member.RoleActor{ID: row.ID, Handle: handle, Roles: []member.Role{member.RoleSupervisor}, Identity: vault.NewIdentity()}
	}
	return who
}

func TestThereIsADecisionAboutEveryTable(t *testing.T) {
	columns, err := storetest.New(t).Columns(ctx)
	must(t, err)
	missing, surplus := owndata.Undecided(columns)
	for _, table := range missing {
		t.Errorf("%s: nobody has decided whether its rows are somebody's own: say so in sheet.go", table)
	}
	for _, what := range surplus {
		t.Errorf("%s stands in the sheet and not in the schema", what)
	}
	if missing, _ = owndata.Undecided(append(columns, store.Column{Table: "diaries", Name: "words"})); !slices.Equal(missing, []string{"diaries"}) {
		t.Errorf("a new table goes unnoticed: %v", missing)
	}
}

// TestThePurposesOfMarksAreThoseOfTheAreas finds each purpose of the sheet where a tag is made.
func TestThePurposesOfMarksAreThoseOfTheAreas(t *testing.T) {
	var source strings.Builder
	must(t, filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "owndata") {
			return err
		}
		raw, err := os.ReadFile(path)
		source.Write(raw)
		return err
	}))
	for _, purpose := range owndata.Purposes() {
		found := false
		for line := range strings.SplitSeq(source.String(), "\n") {
			found = found || strings.Contains(line, "purpose") && strings.HasSuffix(strings.TrimSpace(line), `= "`+purpose+`"`)
		}
		if !found {
			t.Errorf("no area makes marks for %q", purpose)
		}
	}
}

func TestHerFileHoldsHersAndNothingOfOthers(t *testing.T) {
	db := storetest.New(t)
	meetings := meeting.New(db.Store)
	host, ann, bea := somebody(t, db, "sabine"), somebody(t, db, ""), somebody(t, db, "")
	form := meeting.Form{Title: "An afternoon", Lang: "en", Place: "Blue room", Day: "2026-03-20", Begins: "15:00", Minutes: 90, Seats: 5, Languages: []string{"ar", "it"}}
	id, err := meetings.Call(ctx, host, form)
	must(t, err)
	must(t, meetings.Take(ctx, ann, id, meeting.Wish{Interpreter: "ar"}))
	must(t, meetings.Take(ctx, bea, id, meeting.Wish{Interpreter: "it"}))
	for who, words := range map[*member.Actor]string{&ann: "the words of ann", &bea: "the words of bea"} {
		must(t, db.Tx(ctx, func(tx *gorm.DB) error {
			return member.ChangeBox(ctx, tx, db.Clock, *who, "training/listening/reflection", func(w *string) { *w = words })
		}))
	}
	before := db.Dump(t)
	all := owndata.New(db.Store, []string{"listening"})
	read := func(who member.Actor) string {
		data, err := all.Of(ctx, who)
		must(t, err)
		raw, err := json.Marshal(data)
		must(t, err)
		return string(raw)
	}
	for _, row := range []struct {
		who  member.Actor
		want []string
		not  []string
	}{
		{ann, []string{"the words of ann", `"interpreter":"ar"`}, []string{"bea", "Blue room", `"interpreter":"it"`}},
		{bea, []string{"the words of bea", `"interpreter":"it"`}, []string{"the words of ann", `"interpreter":"ar"`}},
		{host, []string{"Blue room", "sabine"}, []string{"the words of"}},
	} {
		text := read(row.who)
		for _, word := range row.want {
			if !strings.Contains(text, word) {
				t.Errorf("her file lacks %q: %s", word, text)
			}
		}
		for _, word := range row.not {
			if strings.Contains(text, word) {
				t.Errorf("her file holds %q of somebody else", word)
			}
		}
	}
	if db.Dump(t) != before {
		t.Error("making the file changed the database")
	}
	if _, err := all.Of(ctx, member.Actor{}); err == nil {
		t.Error("a visitor gets a file")
	}
}
