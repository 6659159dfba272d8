package privacy_test

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

// The join test. The attacker has the real files of the database (on SQLite the file and
// its write-ahead log, on PostgreSQL every row version with its transaction number and
// place), two copies from two nights, and the log. The test knows the truth and asks how
// often the attacker would be right.

// TestNothingJoins runs every attack on a community that wrote for a while.
func TestNothingJoins(t *testing.T) {
	for _, finding := range attack(t, nil) {
		t.Error(finding)
	}
}

// TestTheAttackerFindsPlantedLeaks shows that each attack can succeed.
func TestTheAttackerFindsPlantedLeaks(t *testing.T) {
	for name, leak := range leaks {
		t.Run(name, func(t *testing.T) {
			if findings := attack(t, &leak); len(findings) == 0 {
				t.Error("the attacker did not find the planted leak")
			}
		})
	}
}

// leak is a mistake that somebody could make: a change of the schema and what each post
// then writes, in the post's own transaction.
type leak struct {
	schema string
	write  func(tx *gorm.DB, w *world, a act) error
}

var leaks = map[string]leak{
	"an author column": {"ALTER TABLE posts ADD COLUMN author %s", func(tx *gorm.DB, w *world, a act) error {
		return tx.Exec("UPDATE posts SET author = ? WHERE id = ?", w.people[a.person].Account, a.post).Error
	}},
	"the account written beside the post": {"", func(tx *gorm.DB, w *world, a act) error {
		return tx.Exec("UPDATE accounts SET sealed = ? WHERE id = ?", vault.Random(2112), w.people[a.person].Account).Error
	}},
	"one index box for all her topics": {"", func(tx *gorm.DB, w *world, a act) error {
		secret := w.people[a.person].Newest()
		return tx.Exec("INSERT INTO boxes VALUES (?, ?, '2031Q1') ON CONFLICT (addr) DO UPDATE SET box = excluded.box",
			store.Bytes(secret.Address("index")), store.Bytes(secret.SealBox("index", []byte(a.post.String())))).Error
	}},
	"ids that rise": {"", func(tx *gorm.DB, w *world, a act) error {
		return tx.Exec("UPDATE posts SET search_id = ? WHERE id = ?", 1000+a.order, a.post).Error
	}},
	"the language on the account": {"ALTER TABLE accounts ADD COLUMN lang TEXT", func(tx *gorm.DB, w *world, a act) error {
		return tx.Exec("UPDATE accounts SET lang = ? WHERE id = ?", w.langs[a.person], w.people[a.person].Account).Error
	}},
}

// attack builds a community, lets it write, and returns what the attacker can join.
func attack(t *testing.T, planted *leak) []string {
	t.Helper()
	w := newWorld(t, 6, 6)
	if planted != nil {
		w.sow(t, planted)
	}
	findings := w.joiningLeavesNoTrace(t)
	if err := w.Checkpoint(context.Background()); err != nil {
		t.Fatal(err)
	}
	firstNight := dump(t, w)
	before := pages(t, w)
	moves := w.liveWith(t, planted, before)
	secondNight := dump(t, w)
	findings = append(findings, w.sharedValues(secondNight)...)
	findings = append(findings, w.writtenTogether(moves)...)
	findings = append(findings, w.changedOverNight(firstNight, secondNight)...)
	findings = append(findings, w.accountsSpeak(secondNight)...)
	findings = append(findings, w.canaries(t, secondNight)...)
	if err := w.Shuffle(context.Background()); err != nil {
		t.Fatal(err)
	}
	return append(findings, w.ordered(t)...)
}

func (w *world) sow(t *testing.T, planted *leak) {
	t.Helper()
	if planted.schema == "" {
		return
	}
	kind := "BLOB"
	if storetest.Postgres() {
		kind = "BYTEA"
	}
	statement := planted.schema
	if strings.Contains(statement, "%s") {
		statement = fmt.Sprintf(statement, kind)
	}
	if err := w.DB.DB.Exec(statement).Error; err != nil {
		t.Fatal(err)
	}
}

// liveWith lets everybody write in every topic and returns what each transaction wrote. A
// planted leak is written in the post's own transaction.
func (w *world) liveWith(t *testing.T, planted *leak, before map[uint32][]byte) (moves []moved) {
	t.Helper()
	type turn struct{ person, topic int }
	var turns []turn
	for p := range w.people {
		for tp := range w.topics {
			turns = append(turns, turn{p, tp})
		}
	}
	w.rand.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] })
	var now act
	if planted != nil {
		w.hook(t, planted, &now)
	}
	for i, turn := range turns {
		now = act{person: turn.person, topic: turn.topic, order: i}
		w.post(t, turn.person, turn.topic, w.sentence())
		if i%9 == 8 {
			// The log is read and emptied before SQLite would begin to write over it.
			moves = append(moves, transactions(t, w, before)...)
			if i < len(turns)-1 {
				if err := w.Checkpoint(context.Background()); err != nil {
					t.Fatal(err)
				}
				before = pages(t, w)
			}
		}
	}
	return moves
}

// hook writes the planted leak right after the row of the post.
func (w *world) hook(t *testing.T, planted *leak, now *act) {
	t.Helper()
	err := w.DB.DB.Callback().Create().After("gorm:create").Register("planted", func(db *gorm.DB) {
		if db.Statement.Table != "posts" || db.Error != nil {
			return
		}
		now.post = db.Statement.ReflectValue.FieldByName("ID").Interface().(store.ID)
		if err := planted.write(db.Session(&gorm.Session{NewDB: true}), w, *now); err != nil {
			_ = db.AddError(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// row is one row with its columns as bytes.
type row map[string]string

// dump reads every table as an attacker would.
func dump(t *testing.T, w *world) map[string][]row {
	t.Helper()
	all := map[string][]row{}
	for table := range tables(t, w) {
		rows, err := w.DB.DB.Table(table).Rows()
		if err != nil {
			t.Fatal(err)
		}
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values := make([]any, len(names))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			r := row{}
			for i, name := range names {
				switch v := (*values[i].(*any)).(type) {
				case nil:
				case []byte:
					r[name] = string(v)
				default:
					r[name] = fmt.Sprint(v)
				}
			}
			all[table] = append(all[table], r)
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// authorOf maps each post id to the truth.
func (w *world) authorOf() map[string]act {
	truth := map[string]act{}
	for _, a := range w.acts {
		truth[string(a.post[:])] = a
	}
	return truth
}

// personal are the tables whose rows belong to one person or one batch of cards.
var personal = []string{"accounts", "boxes", "sessions", "invite_batches"}

// sharedValues looks for equal bytes: in two posts of one person in different topics (and
// not as often in posts of two persons), and in a post and a row that belongs to a person.
func (w *world) sharedValues(all map[string][]row) (found []string) {
	truth := w.authorOf()
	owned := map[string]string{}
	for _, table := range personal {
		for _, r := range all[table] {
			for column, value := range r {
				if len(value) >= 8 {
					owned[value] = table + "." + column
				}
			}
		}
	}
	type pairs struct{ same, sameEqual, different, differentEqual float64 }
	counts := map[string]*pairs{}
	posts := all["posts"]
	for i, a := range posts {
		ta, ok := truth[a["id"]]
		if !ok {
			continue
		}
		for column, value := range a {
			if at, ok := owned[value]; ok {
				found = append(found, fmt.Sprintf("posts.%s holds a value of %s", column, at))
			}
		}
		for _, b := range posts[:i] {
			tb, ok := truth[b["id"]]
			if !ok || ta.topic == tb.topic {
				continue
			}
			for column := range a {
				c := counts[column]
				if c == nil {
					c = &pairs{}
					counts[column] = c
				}
				equal := 0.0
				if a[column] == b[column] {
					equal = 1
				}
				if ta.person == tb.person {
					c.same, c.sameEqual = c.same+1, c.sameEqual+equal
				} else {
					c.different, c.differentEqual = c.different+1, c.differentEqual+equal
				}
			}
		}
	}
	for column, c := range counts {
		// Each person of this world writes in a language of her own, which is public with the
		// post and said to her at the composer; it is the one value that may agree.
		if column != "lang" && c.sameEqual/c.same-c.differentEqual/c.different > 0.2 {
			found = append(found, fmt.Sprintf("posts.%s is equal in the topics of one person", column))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// changedOverNight compares two nightly copies: of what belongs to persons, only new boxes
// may be there.
func (w *world) changedOverNight(first, second map[string][]row) (found []string) {
	for _, table := range []string{"accounts", "boxes", "sessions"} {
		key := "id"
		if table == "boxes" {
			key = "addr"
		}
		later := map[string]string{}
		for _, r := range second[table] {
			later[r[key]] = fmt.Sprint(r)
		}
		for _, r := range first[table] {
			if later[r[key]] != fmt.Sprint(r) {
				found = append(found, "between two nights a row of "+table+" changed")
			}
		}
		if table != "boxes" && len(first[table]) != len(second[table]) {
			found = append(found, "between two nights the number of rows of "+table+" changed")
		}
	}
	return found
}

// accountsSpeak looks for a value on an account that also stands beside posts, such as a language.
func (w *world) accountsSpeak(all map[string][]row) (found []string) {
	spoken := map[string]bool{}
	for _, table := range []string{"posts", "voices"} {
		for _, r := range all[table] {
			for column, value := range r {
				if value != "" && (column == "lang" || column == "day") {
					spoken[value] = true
				}
			}
		}
	}
	for _, r := range all["accounts"] {
		for column, value := range r {
			if spoken[value] {
				found = append(found, "accounts."+column+" says what also stands beside posts")
			}
		}
	}
	return found
}

// canaries are things that must be nowhere at all: not in the files, not in the log.
func (w *world) canaries(t *testing.T, all map[string][]row) (found []string) {
	t.Helper()
	note := "the note that only moderators may read"
	shown := w.acts[0]
	if err := w.DB.DB.Exec("UPDATE posts SET state = 'shown' WHERE id = ?", shown.post).Error; err != nil {
		t.Fatal(err)
	}
	reporter := w.people[(shown.person+1)%len(w.people)]
	if _, err := w.forum.Report(context.Background(), reporter, shown.post, "other", note); err != nil {
		t.Fatal(err)
	}
	haystack := fmt.Sprint(dump(t, w)) + fmt.Sprint(all) + rawFiles(t, w) + w.Logs.String()
	needles := map[string]string{"a report's note": note, "a network address": "192.0.2.77"}
	for i, who := range w.people {
		name := fmt.Sprintf(" of person %d", i)
		secret := who.Newest()
		needles["the key"+name] = who.NewKey
		needles["the key as shown"+name] = vault.FormatKey(who.NewKey)
		needles["the secret"+name] = string(secret[:])
		needles["the secret in text"+name] = base64.RawStdEncoding.EncodeToString(secret[:])
		needles["the session token"+name] = string(who.Token[:])
		needles["the session token in hex"+name] = hex.EncodeToString(who.Token[:])
	}
	for what, needle := range needles {
		if strings.Contains(haystack, needle) {
			found = append(found, what+" is readable in the files or the log")
		}
	}
	return found
}

// ordered looks, after the nightly work, for numbers that follow the order of posting or
// lie closer together for posts of one person. With so few posts chance alone moves both
// figures, so the bounds are wide; the planted leaks are far beyond them.
func (w *world) ordered(t *testing.T) (found []string) {
	t.Helper()
	truth := w.authorOf()
	for feature, of := range features(t, w) {
		var values, order []float64
		var acts []act
		for id, value := range of {
			if a, ok := truth[id]; ok {
				values, order, acts = append(values, value), append(order, float64(a.order)), append(acts, a)
			}
		}
		if len(values) < 30 {
			t.Fatalf("feature %s was read for %d posts only", feature, len(values))
		}
		if c := correlation(rank(values), rank(order)); math.Abs(c) > 0.65 {
			found = append(found, fmt.Sprintf("%s follows the order of posting (%.2f)", feature, c))
		}
		if auc := closeness(values, acts); auc > 0.75 {
			found = append(found, fmt.Sprintf("%s is closer for posts of one person (%.2f)", feature, auc))
		}
	}
	return found
}

// joiningLeavesNoTrace lets three people join and asks whether an account was written in
// the same moment as the batch of her card.
func (w *world) joiningLeavesNoTrace(t *testing.T) []string {
	t.Helper()
	ctx := context.Background()
	team := w.takeUpCoordinator(t)
	_, code, err := w.members.Invite(ctx, team, member.BatchForm{Label: "more cards", Most: 20, Days: 30})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	before := pages(t, w)
	for range 3 {
		if _, err := w.members.Join(ctx, member.JoinForm{Code: code, Adult: true, Rules: true}, "192.0.2.77"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.members.FlushUses(ctx); err != nil {
		t.Fatal(err)
	}
	joined := 0
	var found []string
	for _, m := range transactions(t, w, before) {
		if len(m["accounts"]) > 0 {
			joined++
		}
		if len(m["accounts"]) > 0 && len(m["invite_batches"]) > 0 {
			found = append(found, "an account and its invitation are written together")
		}
	}
	if joined < 3 {
		t.Fatalf("the attacker saw %d of 3 accounts being made: the reading of transactions does not work", joined)
	}
	return found
}

func (w *world) takeUpCoordinator(t *testing.T) member.Actor {
	t.Helper()
	return w.takeUp(t, "lintel", func() (string, error) {
		return w.members.OfferRoles(context.Background(), w.boss, []member.Role{member.RoleCoordinator})
	})
}
