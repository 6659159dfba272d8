package store_test

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/store"
	"portico/app/store/storetest"
)

// heard collects what a server is told.
func heard(s *store.Store) <-chan store.Change {
	all := make(chan store.Change, 16)
	s.OnChange(func(c store.Change) { all <- c })
	return all
}

func next(t *testing.T, from <-chan store.Change) store.Change {
	t.Helper()
	select {
	case c := <-from:
		return c
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was told in ten seconds")
		return store.Change{}
	}
}

func TestATransactionTellsWhatItWrote(t *testing.T) {
	db, ctx := storetest.New(t), context.Background()
	told := heard(db.Store)
	write := func(statements ...string) error {
		return db.Tx(ctx, func(tx *gorm.DB) error {
			store.Within(tx, "talk/a")
			for _, s := range statements {
				if err := tx.Exec(s).Error; err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := write("DELETE FROM topics", "UPDATE voices SET name = name", "  INSERT INTO site (name, value) VALUES ('x', '')"); err != nil {
		t.Fatal(err)
	}
	if c := next(t, told); !slices.Equal(c.Tables, []string{"topics", "voices", "site"}) || !slices.Equal(c.Scopes, []string{"talk/a"}) {
		t.Errorf("told was %+v", c)
	}
	if err := write("DELETE FROM topics", "DELETE FROM nothing_here"); err == nil {
		t.Fatal("a table that does not exist was written")
	}
	if err := write("DELETE FROM sessions", "DELETE FROM jobs"); err != nil {
		t.Fatal(err)
	}
	if len(told) != 0 {
		t.Errorf("what was taken back, or is shown to nobody, was told: %+v", <-told)
	}
}

func TestReadingIsRememberedWithItsScope(t *testing.T) {
	db := storetest.New(t)
	ctx, reads := store.Watched(context.Background())
	ask := func(ctx context.Context, question string) {
		t.Helper()
		var n []int
		if err := db.DB.WithContext(ctx).Raw(question).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
	}
	ask(store.Narrow(ctx, "talk/a", "posts", "topics"), "SELECT no FROM posts JOIN topics ON topic_id = topics.id WHERE board IN (SELECT slug FROM boards)")
	ask(ctx, "SELECT 1 FROM tips, notices WHERE 1 = 0")
	ask(context.Background(), "SELECT 1 FROM surveys")
	want := []store.Read{{Table: "posts", Scope: "talk/a"}, {Table: "topics", Scope: "talk/a"}, {Table: "boards"}, {Table: "tips"}, {Table: "notices"}}
	if got := reads.All(); !slices.Equal(got, want) {
		t.Errorf("read was %+v; want %+v", got, want)
	}
}

// TestServersTellEachOther writes on one server and listens on another, also after the line
// between them was cut.
func TestServersTellEachOther(t *testing.T) {
	db := storetest.New(t)
	if !db.Postgres() {
		whole := make(chan bool, 1)
		db.Follow(t.Context(), func(w bool) { whole <- w })
		if !<-whole {
			t.Error("on SQLite there is one server, and it misses nothing")
		}
		return
	}
	other, err := store.Open(db.Address, db.Clock, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	ctx, stop := context.WithCancel(context.Background())
	told, whole, done := heard(other), make(chan bool, 16), make(chan struct{})
	go func() { defer close(done); other.Follow(ctx, func(w bool) { whole <- w }) }()
	defer func() { stop(); <-done }()
	if !<-whole {
		t.Fatal("the other server does not hear")
	}
	write := func() {
		t.Helper()
		err := db.Tx(ctx, func(tx *gorm.DB) error { store.Within(tx, "talk/a"); return tx.Exec("DELETE FROM topics").Error })
		if err != nil {
			t.Fatal(err)
		}
		if c := next(t, told); !slices.Equal(c.Tables, []string{"topics"}) || !slices.Equal(c.Scopes, []string{"talk/a"}) {
			t.Errorf("told was %+v", c)
		}
	}
	write()
	// Everybody's connections break, as when the database starts anew.
	err = db.DB.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").Error
	if err != nil {
		t.Fatal(err)
	}
	if <-whole {
		t.Fatal("the line was cut and the server believes that it misses nothing")
	}
	if !<-whole {
		t.Fatal("the line did not come back")
	}
	write()
}
