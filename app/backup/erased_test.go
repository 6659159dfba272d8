package backup_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/app/backup"
	"portico/app/store"
)

// erasedWith makes a list with the marks of some rows.
func erasedWith(t *testing.T, folder string, on time.Time, ids map[string][][]byte) *backup.Erased {
	t.Helper()
	keeper := backup.NewKeeper(folder, store.Clock{Now: func() time.Time { return on }, Zone: time.UTC})
	for table, all := range ids {
		for _, id := range all {
			if err := keeper.Add(store.ErasedMark(table, id)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return readList(t, folder)
}

func readList(t *testing.T, folder string) *backup.Erased {
	t.Helper()
	in, err := os.Open(filepath.Join(folder, backup.ErasedFile))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	e, err := backup.ReadErased(in)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func column(t *testing.T, p place, question string, args ...any) (all [][]byte) {
	t.Helper()
	if err := p.DB.Raw(question, args...).Scan(&all).Error; err != nil {
		t.Fatal(err)
	}
	return all
}

// TestWhatWasErasedStaysErased erases posts, all posts of a topic, an account, a decision and a
// question after the backup, and looks for them and for all that hung on them.
func TestWhatWasErasedStaysErased(t *testing.T) {
	here := full(t)
	file, _, key := sealedCopy(t, here)
	whole := column(t, here, "SELECT topic_id FROM posts GROUP BY topic_id HAVING COUNT(*) > 1 AND MIN(state) = 'shown' ORDER BY topic_id LIMIT 1")[0]
	gone := column(t, here, "SELECT id FROM posts WHERE topic_id = ?", whole)
	one := column(t, here, "SELECT id FROM posts WHERE state = 'shown' AND topic_id <> ? AND topic_id IN (SELECT id FROM topics WHERE shown > 2) ORDER BY id LIMIT 1", whole)[0]
	reacted := column(t, here, "SELECT post_id FROM reactions WHERE post_id IN (SELECT id FROM posts WHERE topic_id <> ? AND topic_id IN (SELECT id FROM topics WHERE shown > 2)) LIMIT 1", whole)
	reported := column(t, here, "SELECT post_id FROM reports WHERE post_id IN (SELECT id FROM posts) LIMIT 1")
	account := column(t, here, "SELECT id FROM accounts ORDER BY id LIMIT 1")
	decision := column(t, here, "SELECT id FROM decisions ORDER BY id LIMIT 1")
	question := column(t, here, "SELECT id FROM questions ORDER BY id LIMIT 1")
	if len(reacted)*len(reported)*len(account)*len(decision)*len(question) == 0 {
		t.Fatal("the demonstration holds too little: the test shows nothing")
	}
	posts := slices.Concat(gone, [][]byte{one}, reacted, reported)
	list := erasedWith(t, t.TempDir(), day.AddDate(0, 0, 1), map[string][][]byte{"posts": posts, "accounts": account, "decisions": decision, "questions": question})
	for _, engine := range engines() {
		there, left := restored(t, file, key, engine, list)
		if left.Posts < len(gone)+1 || left.Accounts != 1 {
			t.Errorf("%s: %+v left out", name(engine), left)
		}
		for question, ids := range map[string][][]byte{
			"SELECT COUNT(*) FROM posts WHERE id IN ?":                         posts,
			"SELECT COUNT(*) FROM reactions WHERE post_id IN ?":                posts,
			"SELECT COUNT(*) FROM reports WHERE post_id IN ?":                  posts,
			"SELECT COUNT(*) FROM queue_items WHERE post_id IN ?":              posts,
			"SELECT COUNT(*) FROM accounts WHERE id IN ?":                      account,
			"SELECT COUNT(*) FROM decisions WHERE id IN ?":                     decision,
			"SELECT COUNT(*) FROM questions WHERE id IN ?":                     question,
			"SELECT COUNT(*) FROM question_parts WHERE question_id IN ?":       question,
			"SELECT COUNT(*) FROM topics WHERE id IN ?":                        {whole},
			"SELECT COUNT(*) FROM voices WHERE topic_id IN ?":                  {whole},
			"SELECT COUNT(*) FROM sealed_keys WHERE sealed_id IN ?":            column(t, here, "SELECT sealed_id FROM question_parts WHERE question_id IN ?", question),
			"SELECT COUNT(*) FROM sealed WHERE id IN ?":                        column(t, here, "SELECT sealed_id FROM question_parts WHERE question_id IN ?", question),
			"SELECT COUNT(*) FROM post_pictures WHERE post_id IN ?":            posts,
			"SELECT COUNT(*) FROM sealed WHERE id IN ? AND kind = 'report-it'": posts,
		} {
			var n int
			if err := there.DB.Raw(question, ids).Scan(&n).Error; err != nil || n != 0 {
				t.Errorf("%s: %s: %d, %v", name(engine), question, n, err)
			}
		}
		wrong := column(t, there, "SELECT id FROM topics WHERE shown <> (SELECT COUNT(*) FROM posts WHERE topic_id = topics.id AND state = 'shown')")
		if len(wrong) > 0 {
			t.Errorf("%s: %d topics count posts that are not there", name(engine), len(wrong))
		}
		if !engine && len(column(t, there, "SELECT x'00' FROM post_words WHERE rowid NOT IN (SELECT search_id FROM posts)")) > 0 {
			t.Error("search still holds words of a post that is not there")
		}
	}
}

// TestTheListForgetsAfterThirtyDays keeps a list over two months.
func TestTheListForgetsAfterThirtyDays(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "backups")
	now := day
	keeper := backup.NewKeeper(folder, store.Clock{Now: func() time.Time { return now }, Zone: time.UTC})
	old, young := store.ErasedMark("posts", []byte("old")), store.ErasedMark("posts", []byte("young"))
	for _, mark := range []string{old, old} {
		if err := keeper.Add(mark); err != nil {
			t.Fatal(err)
		}
	}
	now = day.AddDate(0, 0, 30)
	if err := keeper.Add(young); err != nil {
		t.Fatal(err)
	}
	read := func() string {
		text, err := os.ReadFile(filepath.Join(folder, backup.ErasedFile))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if err := keeper.Tidy(); err != nil || strings.Count(read(), old) != 1 {
		t.Errorf("after 30 days: %v\n%s", err, read())
	}
	now = day.AddDate(0, 0, 31)
	if err := keeper.Tidy(); err != nil || strings.Contains(read(), old) || !strings.Contains(read(), young) {
		t.Errorf("after 31 days: %v\n%s", err, read())
	}
	if e := readList(t, folder); e.Upto != "2026-04-07" {
		t.Errorf("it says that it is kept up to %s", e.Upto)
	}
	info, err := os.Stat(filepath.Join(folder, backup.ErasedFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the list is readable for others: %v %v", info.Mode(), err)
	}
	for _, mark := range []string{"", "no mark", old + "\n" + old, strings.ToUpper(old) + "0"} {
		if err := keeper.Add(mark); err == nil {
			t.Errorf("%q was written down", mark)
		}
	}
}

// TestABrokenListIsNeverTakenForAnEmptyOne reads lists that are none.
func TestABrokenListIsNeverTakenForAnEmptyOne(t *testing.T) {
	mark := store.ErasedMark("posts", []byte("x"))
	for _, text := range []string{"", "\n", "portico erased v2 2026-03-07\n", "portico erased v1 yesterday\n", "portico erased v1 2026-03-07\n2026-03-07\n",
		"portico erased v1 2026-03-07\n2026-03-07 " + mark[1:] + "\n", "portico erased v1 2026-03-07\ntoday " + mark + "\n", "portico erased v1 2026-03-07\n\n"} {
		if _, err := backup.ReadErased(strings.NewReader(text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, backup.ErasedFile), []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	keeper := backup.NewKeeper(folder, store.Clock{Now: func() time.Time { return day }, Zone: time.UTC})
	if err := keeper.Add(mark); err == nil {
		t.Error("a broken list was written over")
	}
}
