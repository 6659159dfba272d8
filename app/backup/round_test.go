package backup_test

import (
	"slices"
	"testing"

	"portico/app/backup"
)

// changed are the columns that a restore changes on purpose, table by table.
var changed = map[string][]string{
	"accounts": {"gen"}, "role_accounts": {"gen"}, "queue_items": {"claimed_by", "claimed_until"},
	"notices": {"claimed_by", "claimed_until"}, "jobs": {"held_until"},
}

// TestEveryRowComesBack takes the demonstration out of each engine and puts it into each, and
// compares every row of every table.
func TestEveryRowComesBack(t *testing.T) {
	for _, from := range engines() {
		here := source(t, from)
		file, c, key := sealedCopy(t, here)
		for _, to := range engines() {
			t.Run(name(from)+" to "+name(to), func(t *testing.T) {
				there, left := restored(t, file, key, to, nil)
				if left != (backup.Left{}) {
					t.Errorf("%+v was left out, and nothing was erased", left)
				}
				seen := compare(t, here, there, true)
				if int64(seen) != c.Rows() || seen < 2000 {
					t.Errorf("%d rows were compared, and the backup counts %d", seen, c.Rows())
				}
				if n := len(rows(t, there, "sessions")); n != 0 {
					t.Errorf("%d sessions are open after a restore", n)
				}
				if made, on, ok, err := there.Restored(t.Context()); err != nil || !ok || made != "2026-03-07" || on != "2026-03-09" {
					t.Errorf("the note says %q and %q, %v, %v", made, on, ok, err)
				}
			})
		}
	}
}

// compare holds two places against each other and returns the number of equal rows.
func compare(t *testing.T, here, there place, afterRestore bool) (seen int) {
	t.Helper()
	names := tableNames(t, here)
	if !slices.Equal(names, tableNames(t, there)) {
		t.Fatal("the two databases have other tables")
	}
	for _, table := range names {
		var without []string
		if afterRestore {
			if table == "sessions" {
				continue
			}
			without = changed[table]
		}
		was, is := rows(t, here, table, without...), rows(t, there, table, without...)
		if afterRestore && table == "site" {
			is = slices.DeleteFunc(is, func(row string) bool {
				return row == "name=trestored value=x323032362d30332d303720323032362d30332d3039"
			})
		}
		if !slices.Equal(was, is) {
			t.Errorf("%s: %d rows were there and %d came, or others", table, len(was), len(is))
		}
		seen += len(was)
	}
	return seen
}

// TestEverySessionColumnIsDrawnAnew holds that no account keeps what its sessions must match.
func TestEverySessionColumnIsDrawnAnew(t *testing.T) {
	here := full(t)
	file, _, key := sealedCopy(t, here)
	there, _ := restored(t, file, key, false, nil)
	for _, table := range []string{"accounts", "role_accounts"} {
		gens := func(p place) (all []string) {
			if err := p.DB.Raw("SELECT hex(gen) FROM " + table).Scan(&all).Error; err != nil {
				t.Fatal(err)
			}
			return all
		}
		was, is := gens(here), gens(there)
		if len(was) == 0 || len(was) != len(is) {
			t.Fatalf("%s: %d and %d rows", table, len(was), len(is))
		}
		for _, gen := range is {
			if slices.Contains(was, gen) || len(gen) != 16 {
				t.Errorf("%s: an account kept %s", table, gen)
			}
		}
	}
}

// TestNoClaimComesBack claims what can be claimed and looks after it in the restored place.
func TestNoClaimComesBack(t *testing.T) {
	here := full(t)
	for _, statement := range []string{
		"UPDATE queue_items SET claimed_by = x'01', claimed_until = '2026-03-07T05:00'",
		"UPDATE notices SET claimed_by = x'01', claimed_until = '2026-03-07T05:00'",
		"INSERT INTO jobs (id, kind, payload, due, tries, held_until) VALUES (x'01', 'some', 'p', '2026-03-07T05:00', 0, '2026-03-07T05:00')",
	} {
		if done := here.DB.Exec(statement); done.Error != nil || done.RowsAffected == 0 {
			t.Fatalf("%s: %v, %d rows", statement, done.Error, done.RowsAffected)
		}
	}
	file, _, key := sealedCopy(t, here)
	there, _ := restored(t, file, key, false, nil)
	for _, question := range []string{
		"SELECT COUNT(*) FROM queue_items WHERE claimed_by IS NOT NULL OR claimed_until <> ''",
		"SELECT COUNT(*) FROM notices WHERE claimed_by IS NOT NULL OR claimed_until <> ''",
		"SELECT COUNT(*) FROM jobs WHERE held_until <> ''",
	} {
		var n int
		if err := there.DB.Raw(question).Scan(&n).Error; err != nil || n != 0 {
			t.Errorf("%s: %d, %v", question, n, err)
		}
	}
}

// TestTheSameContentIsTheSameStream compares the checksums of backups: twice from one place,
// and from the two engines.
func TestTheSameContentIsTheSameStream(t *testing.T) {
	_, first, _ := sealedCopy(t, full(t))
	for _, engine := range engines() {
		_, c, _ := sealedCopy(t, source(t, engine))
		if !slices.Equal(c.Tables, first.Tables) {
			for i := range c.Tables {
				if i < len(first.Tables) && c.Tables[i] != first.Tables[i] {
					t.Errorf("%s: %v, and the first time %v", name(engine), c.Tables[i], first.Tables[i])
				}
			}
			t.Errorf("%s: the stream is another one", name(engine))
		}
	}
}

// TestSearchFindsAfterARestore asks the word index of SQLite, and the one of PostgreSQL, for a
// word that stands in a post.
func TestSearchFindsAfterARestore(t *testing.T) {
	here := full(t)
	file, _, key := sealedCopy(t, here)
	count := func(p place) (n int) {
		question := "SELECT COUNT(*) FROM posts WHERE state = 'shown' AND search_id IN (SELECT rowid FROM post_words WHERE post_words MATCH 'the')"
		if p.Postgres() {
			question = "SELECT COUNT(*) FROM posts WHERE state = 'shown' AND to_tsvector('simple', toks) @@ to_tsquery('simple', 'the')"
		}
		if err := p.DB.Raw(question).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	want := count(here)
	if want == 0 {
		t.Fatal("the demonstration has no post with this word: the test shows nothing")
	}
	for _, engine := range engines() {
		there, _ := restored(t, file, key, engine, nil)
		if got := count(there); got != want {
			t.Errorf("%s: search finds %d posts and found %d before", name(engine), got, want)
		}
	}
}

// TestAMoveLosesNothing goes from SQLite to PostgreSQL and back, sessions and all.
func TestAMoveLosesNothing(t *testing.T) {
	here := full(t)
	err := here.DB.Exec("INSERT INTO sessions (id, owner, label_box, box, ends) VALUES (x'01', x'02', x'', x'04', '2026-03-08T00')").Error
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range engines() {
		there := blank(t, engine)
		if _, err := backup.Move(t.Context(), here.Store, there.Store); err != nil {
			t.Fatal(err)
		}
		compare(t, here, there, false)
		if n := len(rows(t, there, "sessions")); n != 1 {
			t.Errorf("%d sessions came along, want the one", n)
		}
		if err := there.Close(); err != nil {
			t.Fatal(err)
		}
		back := blank(t, false)
		again := openAt(t, there.folder, there.address, day)
		if _, err := backup.Move(t.Context(), again.Store, back.Store); err != nil {
			t.Fatal(err)
		}
		compare(t, here, back, false)
	}
}
