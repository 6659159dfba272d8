package server_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	"gorm.io/gorm"

	"portico/app/backup"
	"portico/app/config"
	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
)

// pair draws a key of age.
func pair(t *testing.T) *age.X25519Identity {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// TestWhoLeftStaysGoneAfterARestore backs up a house, lets a peer worker delete her account, and
// restores: when the server has done what the restore left for it, the areas hold of her what
// they hold where she left and nothing was restored.
func TestWhoLeftStaysGoneAfterARestore(t *testing.T) {
	ctx := t.Context()
	h := build(t)
	peer := h.person(t, "peer")
	secrets, err := os.ReadFile(filepath.Join(h.data, "secrets.key"))
	if err != nil {
		t.Fatal(err)
	}
	one, two := pair(t), pair(t)
	var file bytes.Buffer
	if _, err := backup.Write(ctx, h.Store, secrets, []age.Recipient{one.Recipient(), two.Recipient()}, &file); err != nil {
		t.Fatal(err)
	}

	her := h.enter(t, peer).Actor
	if err := h.Members.DeleteAccount(ctx, her, member.Again{Key: peer.Passphrase}, false); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	keeper := backup.NewKeeper(folder, h.Store.Clock)
	h.Jobs.Handle(job.Erased, func(_ context.Context, mark string) error { return keeper.Add(mark) })
	if err := h.Jobs.Finish(ctx, job.Erased); err != nil {
		t.Fatal(err)
	}

	again := restoredHouse(t, file.Bytes(), one, folder)
	if n := roleRow(t, again, her.Role.ID); n.Ended != nil {
		t.Fatal("the restore itself ended her: the test shows nothing")
	}
	again.Jobs.Handle(job.EndRole, again.Members.EndAgainJob)
	for range 2 { // twice, as the queue may
		if err := again.Jobs.Finish(ctx, job.EndRole); err != nil {
			t.Fatal(err)
		}
	}
	if row := roleRow(t, again, her.Role.ID); row.Ended == nil || strings.Contains(row.Handle, peer.Handle) || len(row.Sealed) > 0 {
		t.Errorf("her role is %+v", row)
	}
	for _, table := range []string{"profiles", "profile_fields", "profile_consents", "training_units", "training_completions", "training_assignments", "circle_keys",
		"recovery_shares", "reader_languages", "career_steps", "career_skills", "material_people", "veils", "payroll_details", "contracts", "supervision_relations"} {
		want, got := tableOf(t, h.Store.DB, table), tableOf(t, again.Store.DB, table)
		if table == "circle_keys" { // the wraps of a new epoch are drawn anew
			want, got = holding(want, her.Role.ID), holding(got, her.Role.ID)
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s: %d rows where she left, %d after the restore, or others", table, len(want), len(got))
		}
	}
	if err := again.Members.EndAgainJob(ctx, "nobody"); err != nil {
		t.Errorf("work for nobody: %v", err)
	}
}

// restoredHouse is a house on what a backup held, with the list of what was deleted since.
func restoredHouse(t *testing.T, file []byte, key age.Identity, listIn string) *house {
	t.Helper()
	in, err := os.Open(filepath.Join(listIn, backup.ErasedFile))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	erased, err := backup.ReadErased(in)
	if err != nil {
		t.Fatal(err)
	}
	return build(t, func(cfg *config.Config) {
		cfg.Data = t.TempDir()
		if storetest.Postgres() {
			cfg.Database = storetest.FreshPostgres(t)
		}
		db, err := store.Open(store.Address{SQLite: cfg.SQLite(), Postgres: cfg.Database}, store.RealClock(cfg.Location()), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		_, left, err := backup.Restore(t.Context(), bytes.NewReader(file), []age.Identity{key}, backup.Target{DB: db, Secrets: cfg.SecretsFile(), Erased: erased})
		if err != nil || left.Roles != 1 || left.Accounts != 1 {
			t.Fatalf("restore: %v, %+v", err, left)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func roleRow(t *testing.T, h *house, id store.ID) member.RoleAccount {
	t.Helper()
	row, err := gorm.G[member.RoleAccount](h.Store.DB).Where("id = ?", id).First(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// tableOf is a table as sorted text.
func tableOf(t *testing.T, db *gorm.DB, table string) []string {
	t.Helper()
	var found []map[string]any
	if err := db.Table(table).Find(&found).Error; err != nil {
		t.Fatal(err)
	}
	all := make([]string, len(found))
	for i, row := range found {
		all[i] = fmt.Sprint(row)
	}
	slices.Sort(all)
	return all
}

// holding keeps the rows that name somebody.
func holding(rows []string, id store.ID) []string {
	return slices.DeleteFunc(rows, func(row string) bool { return !strings.Contains(row, fmt.Sprint(id[:])) })
}
