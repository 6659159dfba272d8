package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/store/storetest"
)

// canary is a value that must stand in no log and in no error.
const canary = "CANARY7TAG"

func countFacts(t *testing.T, db *storetest.DB, name string) (n int64) {
	t.Helper()
	if err := db.DB.Model(&store.Fact{}).Where("name = ?", name).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestATransactionCommitsWholeOrNotAtAll(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	write := func(name string, then func() error) error {
		return db.Tx(ctx, func(tx *gorm.DB) error {
			if err := gorm.G[store.Fact](tx).Create(ctx, &store.Fact{Name: name, Value: []byte{1}}); err != nil {
				return err
			}
			return then()
		})
	}
	broken := errors.New("broken")
	if err := write("refused", func() error { return fault.New(fault.Refused, "desk.own") }); !fault.Is(err, fault.Refused) {
		t.Errorf("a fault comes back as %v", err)
	}
	if err := write("broken", func() error { return broken }); !errors.Is(err, broken) || fault.KindOf(err) != fault.Internal {
		t.Errorf("an error comes back as %v", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = write("panic", func() error { panic("halfway") })
	}()
	stopped, stop := context.WithCancel(ctx)
	stop()
	err := db.Tx(stopped, func(tx *gorm.DB) error {
		return gorm.G[store.Fact](tx).Create(stopped, &store.Fact{Name: "stopped", Value: []byte{1}})
	})
	if !fault.Is(err, fault.Busy) {
		t.Errorf("an ended context comes back as %v", err)
	}
	if err := write("kept", func() error { return nil }); err != nil {
		t.Fatalf("after an error, a panic and an end nobody can write any more: %v", err)
	}
	for _, name := range []string{"refused", "broken", "panic", "stopped"} {
		if countFacts(t, db, name) != 0 {
			t.Errorf("%s left its row", name)
		}
	}
	if countFacts(t, db, "kept") != 1 {
		t.Error("what was committed is not there")
	}
}

func TestADuplicateIsAConflictThatQuotesNothing(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	create := func(tx *gorm.DB) error {
		return gorm.G[store.Fact](tx).Create(ctx, &store.Fact{Name: canary, Value: []byte(canary)})
	}
	for name, write := range map[string]func(tx *gorm.DB) error{
		"through the model": create,
		"by a statement": func(tx *gorm.DB) error {
			return tx.Exec("INSERT INTO site (name, value) VALUES (?, ?)", canary, []byte(canary)).Error
		},
		"wrapped by an area": func(tx *gorm.DB) error { return fault.Wrap(create(tx), "write a fact") },
	} {
		if err := db.Tx(ctx, create); err != nil && !store.IsDuplicate(err) {
			t.Fatal(err)
		}
		err := db.Tx(ctx, write)
		if !store.IsDuplicate(err) {
			t.Errorf("%s: %v is not seen as a duplicate", name, err)
		}
		if name != "wrapped by an area" && !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: the kind is %v; want a conflict", name, fault.KindOf(err))
		}
		if err == nil || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: the error quotes the value: %v", name, err)
		}
	}
	if strings.Contains(db.Logs.String(), canary) {
		t.Errorf("the log quotes the value: %s", db.Logs)
	}
	if store.IsDuplicate(nil) || store.IsDuplicate(errors.New("other")) {
		t.Error("something else counts as a duplicate")
	}
}

func TestAFailingStatementIsLoggedWithoutItsValues(t *testing.T) {
	ctx := context.Background()
	statements := []struct {
		name, sql string
		args      []any
	}{
		{"an unknown table", "INSERT INTO nowhere (a) VALUES (?)", []any{canary}},
		{"an unknown column", "UPDATE site SET nothing = ? WHERE name = ?", []any{canary, canary}},
		{"a check of the schema", "INSERT INTO sealed (id, kind, box, box_hash, delete_after) VALUES (?, ?, ?, ?, ?)",
			[]any{store.NewID(), canary, []byte(canary), []byte(canary), canary}},
		{"a missing value", "INSERT INTO jobs (id, kind, payload, due, tries, held_until) VALUES (?, ?, ?, ?, NULL, '')",
			[]any{store.NewID(), canary, canary, canary}},
	}
	if storetest.Postgres() {
		statements = append(statements, []struct {
			name, sql string
			args      []any
		}{
			{"a value that the driver cannot encode", "SELECT id FROM audit_rows WHERE number = ?", []any{canary}},
			{"bytes that the driver cannot encode", "SELECT id FROM audit_rows WHERE number = ?", []any{[]byte(canary)}},
			{"a value that the engine cannot read", "SELECT CAST(CAST(? AS TEXT) AS INTEGER)", []any{canary}},
			{"a question that the word index cannot read", "SELECT to_tsquery('simple', ?)", []any{canary + " & &"}},
		}...)
	} else {
		statements = append(statements, []struct {
			name, sql string
			args      []any
		}{
			{"a question that the word index cannot read", "SELECT rowid FROM post_words WHERE post_words MATCH ?", []any{`"` + canary}},
			{"a question about a column that is not there", "SELECT rowid FROM post_words WHERE post_words MATCH ?", []any{canary + ":x"}},
			{"a special question that is not there", "SELECT rowid FROM post_words WHERE post_words MATCH ?", []any{"*" + canary}},
		}...)
	}
	for _, s := range statements {
		t.Run(s.name, func(t *testing.T) {
			db := storetest.New(t)
			err := db.Tx(ctx, func(tx *gorm.DB) error {
				if strings.HasPrefix(s.sql, "SELECT") {
					var found []string
					return tx.Raw(s.sql, s.args...).Scan(&found).Error
				}
				return tx.Exec(s.sql, s.args...).Error
			})
			if !fault.Is(err, fault.Internal) {
				t.Fatalf("got %v; want an internal fault", err)
			}
			hex := "43414e415259" // the first letters, as PostgreSQL writes bytes
			for where, text := range map[string]string{"error": err.Error(), "log": db.Logs.String()} {
				if strings.Contains(text, canary) || strings.Contains(text, hex) || strings.Contains(text, "0x43, 0x41") {
					t.Errorf("the %s quotes the value: %s", where, text)
				}
			}
			if log := db.Logs.String(); !strings.Contains(log, "a statement failed") || !strings.Contains(log, strings.Fields(s.sql)[0]) {
				t.Errorf("the log does not name the statement: %s", log)
			}
		})
	}
}

func TestWhatIsNotThereIsNotFoundAndNotLogged(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	_, err := gorm.G[store.Fact](db.DB).Where("name = ?", canary).First(ctx)
	if got := store.Translate(err); !fault.Is(got, fault.NotFound) {
		t.Errorf("got %v", got)
	}
	if db.Logs.Len() != 0 {
		t.Errorf("logged: %s", db.Logs)
	}
	if store.Translate(nil) != nil {
		t.Error("nil must stay nil")
	}
}
