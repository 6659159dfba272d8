package store_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

// unclaimed is a migrated database that belongs to no secrets yet.
func unclaimed(t *testing.T) *store.Store {
	t.Helper()
	address := store.Address{SQLite: filepath.Join(t.TempDir(), "a folder with spaces & signs?.db")}
	if storetest.Postgres() {
		address = store.Address{Postgres: storetest.FreshPostgres(t)}
	}
	s, err := store.Open(address, store.RealClock(time.UTC), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for range 2 { // a second start finds the schema as it should be
		if err := s.Migrate(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func secrets(t *testing.T) *vault.Server {
	t.Helper()
	s, err := vault.CreateServer(filepath.Join(t.TempDir(), "secrets.key"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestADatabaseBelongsToItsSecrets(t *testing.T) {
	ctx := context.Background()
	s := unclaimed(t)
	if claimed, err := s.Claimed(ctx); err != nil || claimed {
		t.Fatalf("a fresh database is claimed: %v, %v", claimed, err)
	}
	mine := secrets(t)
	salt, err := s.Claim(ctx, mine)
	if err != nil || len(salt) != 16 {
		t.Fatalf("claim: salt %x, %v", salt, err)
	}
	if claimed, err := s.Claimed(ctx); err != nil || !claimed {
		t.Errorf("after the claim: %v, %v", claimed, err)
	}
	if again, err := s.Claim(ctx, mine); err != nil || string(again) != string(salt) {
		t.Errorf("the second start got salt %x, %v; want the same as before", again, err)
	}
	if salt, err := s.Claim(ctx, secrets(t)); !errors.Is(err, store.ErrOtherSecrets) || salt != nil {
		t.Errorf("other secrets: salt %x, %v; want a refusal", salt, err)
	}
	if again, err := s.Claim(ctx, mine); err != nil || string(again) != string(salt) {
		t.Errorf("after the refusal: salt %x, %v", again, err)
	}
}

func TestTheDemonstrationIsRemembered(t *testing.T) {
	ctx := context.Background()
	s := unclaimed(t)
	if demo, err := s.IsDemo(ctx); err != nil || demo {
		t.Fatalf("a fresh database is the demonstration: %v, %v", demo, err)
	}
	if err := s.MarkDemo(ctx); err != nil {
		t.Fatal(err)
	}
	if demo, err := s.IsDemo(ctx); err != nil || !demo {
		t.Errorf("after it was marked: %v, %v", demo, err)
	}
}

func TestAnotherClockSeesTheSameRows(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	past := db.At(func() time.Time { return storetest.Start.AddDate(0, 0, -30) })
	if past.Today() != "2026-02-05" || db.Today() != "2026-03-07" {
		t.Errorf("the past is %s and the present %s", past.Today(), db.Today())
	}
	if err := past.MarkDemo(ctx); err != nil {
		t.Fatal(err)
	}
	if demo, err := db.IsDemo(ctx); err != nil || !demo {
		t.Errorf("what the past wrote is not there: %v, %v", demo, err)
	}
}

func TestAnUnreachableDatabaseIsSaid(t *testing.T) {
	if _, err := store.Open(store.Address{SQLite: filepath.Join(t.TempDir(), "no", "such", "folder", "x.db")}, store.RealClock(time.UTC), slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a file in a folder that is not there opens")
	}
	if _, err := store.Open(store.Address{Postgres: "host=/nowhere user=nobody dbname=none sslmode=disable"}, store.RealClock(time.UTC), slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a server that is not there opens")
	}
}
