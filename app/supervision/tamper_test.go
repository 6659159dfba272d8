package supervision_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"portico/app/store/storetest"
	"portico/app/supervision"
)

// covered are the columns of which no byte may change once an entry is frozen. Of the rest
// some move on by right: whether an action is done, when a record may go.
var covered = map[string]string{
	"supervision_entries": "id relation_id form held_day minutes mode state led_by words_id choice_id version",
	"supervision_links":   "id relation_id number entry_id signer_id epoch verdict day proof words_id box_hash choice_hash words_hash prev sign hash",
	"supervision_present": "entry_id account_id",
	"supervision_actions": "id entry_id relation_id due_day",
	"sealed":              "id box",
	"role_keys":           "account_id sign_pub enc_pub",
}

// TestAnyChangedByteOfWhatIsFrozenIsFound changes one byte of one value at a time, in all
// rows that frozen entries stand in, and puts it back.
func TestAnyChangedByteOfWhatIsFrozenIsFound(t *testing.T) {
	c, ctx := newCircle(t), context.Background()
	id := c.sit(t, c.people[0], c.id, c.minutes(c.people[1].Role.ID, c.people...))
	if _, err := c.sup.Choose(ctx, c.people[1], id, supervision.ChoiceForm{Words: "One lantern.", Version: 1}); err != nil {
		t.Fatal(err)
	}
	for i, who := range c.people {
		f := supervision.SignForm{Verdict: supervision.Agree, Version: 2}
		if i == 2 {
			f.Verdict, f.Words = supervision.Disagree, "Two lanterns."
		}
		c.sign(t, who, id, f)
	}
	relation := c.open(t)
	c.sign(t, c.peer, c.write(t, relation), supervision.SignForm{Verdict: supervision.Disagree, Words: "Not quite."})
	// With the foreign keys on, the database itself would refuse some of the changes.
	off, on := "PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"
	if storetest.Postgres() {
		off, on = "SET session_replication_role = replica", "SET session_replication_role = origin"
	}
	source, tried := rand.New(rand.NewPCG(7, 21)), 0
	raw, err := c.DB.DB.DB()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := raw.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, off); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = conn.ExecContext(ctx, on) }()
	broken := func() bool {
		one, err := c.sup.Verify(ctx, c.people[0], c.id)
		if err != nil {
			return true
		}
		two, err := c.sup.Verify(ctx, c.people[0], relation)
		return err != nil || one.Broken > 0 || two.Broken > 0 || one.Links != 4 || two.Links != 1
	}
	if broken() {
		t.Fatal("the chains are broken from the beginning")
	}
	run := func(statement string, args ...any) error {
		if storetest.Postgres() {
			for n := 1; strings.Contains(statement, "?"); n++ {
				statement = strings.Replace(statement, "?", fmt.Sprintf("$%d", n), 1)
			}
		}
		_, err := conn.ExecContext(ctx, statement, args...)
		return err
	}
	for table, columns := range covered {
		for _, column := range strings.Fields(columns) {
			for _, value := range valuesOf(t, c.world, table, column) {
				other, ok := oneByteOff(source, value)
				if !ok || table == "sealed" && !c.frozenBox(t, column, value) {
					continue
				}
				if err := run("UPDATE "+table+" SET "+column+" = ? WHERE "+column+" = ?", other, value); err != nil {
					continue // the schema itself refuses this value
				}
				tried++
				if !broken() {
					t.Errorf("%s.%s: %v became %v and nothing is found", table, column, value, other)
				}
				if err := run("UPDATE "+table+" SET "+column+" = ? WHERE "+column+" = ?", value, other); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := run("UPDATE supervision_entries SET form = 'minutes' WHERE form = 'talk'"); err != nil || !broken() {
		t.Errorf("a talk that becomes minutes is not found: %v", err)
	}
	if err := run("UPDATE supervision_entries SET form = 'talk' WHERE id <> ?", id[:]); err != nil {
		t.Fatal(err)
	}
	if broken() {
		t.Error("put back, the chains are still broken: what was found above proves nothing")
	}
	if tried < 80 {
		t.Errorf("only %d changes were tried", tried)
	}
}

// valuesOf are the different values of a column.
func valuesOf(t *testing.T, w *world, table, column string) []any {
	t.Helper()
	where := ""
	if table == "role_keys" {
		where = " WHERE account_id IN (SELECT signer_id FROM supervision_links)"
	}
	if table == "supervision_actions" {
		where = " WHERE due_day IS NOT NULL"
	}
	rows, err := w.DB.DB.Raw("SELECT DISTINCT " + column + " FROM " + table + where).Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var values []any
	for rows.Next() {
		var v any
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		if v != nil {
			values = append(values, v)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return values
}

// frozenBox reports whether a sealed value belongs to what was signed, and not to an agreement.
func (c circle) frozenBox(t *testing.T, column string, value any) bool {
	t.Helper()
	var n int64
	question := "SELECT COUNT(*) FROM sealed WHERE kind IN ('supervision entry', 'supervision comment', 'supervision choice') AND " + column + " = ?"
	if err := c.DB.DB.Raw(question, value).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n > 0
}

func oneByteOff(source *rand.Rand, value any) (any, bool) {
	switch v := value.(type) {
	case []byte:
		if len(v) == 0 {
			return nil, false
		}
		other := append([]byte{}, v...)
		// The first byte of a box is its form, which the schema holds fast.
		i := source.IntN(len(v))
		if len(v) > 1 && i == 0 {
			i = 1
		}
		other[i] ^= 1 << source.IntN(8)
		return other, true
	case string:
		for _, words := range [][]string{{"signed", "declined"}, {"written", "declined"}, {"sign", "decline"}, {"disagree", "decline"}, {"person", "text"}, {"phone", "online"}} {
			if v == words[0] {
				return words[1], true
			}
		}
		if v == "talk" || v == "minutes" {
			return nil, false // changed by hand below: both values stand in the column
		}
		return v[:len(v)-1] + string('0'+(v[len(v)-1]-'0'+1)%10), true
	case int64:
		return v + 100, true
	case int32:
		return v + 100, true
	}
	return nil, false
}
