package privacy_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
)

// The trigger probe. Every table gets triggers that write down which row each request
// touched; then six people act in six topics in random order. A row that one person's acts
// in different topics touch, and that no two persons' acts in different topics touch as
// well, is a pseudonym.

// touch is one row that a request touched.
type touch struct {
	Request int
	Tbl     string
	Key     string
}

// request is the truth about one request.
type request struct{ person, topic int }

// TestNoRowIsTouchedByOnePersonInTwoTopics holds the row-touch rule.
func TestNoRowIsTouchedByOnePersonInTwoTopics(t *testing.T) {
	w := newWorld(t, 6, 6)
	accounts := tableBytes(t, w, "accounts")
	joined, requests := probe(t, w, nil)
	for _, row := range joined {
		t.Errorf("a row joins two topics of one person: %s", row)
	}
	if requests < 60 {
		t.Fatalf("only %d requests were probed", requests)
	}
	for _, table := range []string{"posts", "voices", "boxes", "reactions", "board_members", "board_codes", "vouches", "questions", "question_parts", "sealed"} {
		var n int64
		if err := w.DB.DB.Table("probe").Where("tbl = ?", table).Count(&n).Error; err != nil || n == 0 {
			t.Errorf("no request touched %s (%v): the acts about it prove nothing", table, err)
		}
	}
	if tableBytes(t, w, "accounts") != accounts {
		t.Error("the accounts table is not byte-identical after all these acts")
	}
}

// TestTheProbeFindsPlantedFaults shows that the probe can fail.
func TestTheProbeFindsPlantedFaults(t *testing.T) {
	ctx := context.Background()
	for name, plant := range map[string]func(w *world, who member.Actor) error{
		"a vault column that each post writes": func(w *world, who member.Actor) error {
			return w.DB.DB.Exec("UPDATE accounts SET keep_until = keep_until WHERE id = ?", who.Account).Error
		},
		"one index box for all her topics": func(w *world, who member.Actor) error {
			return w.Tx(ctx, func(tx *gorm.DB) error {
				return member.ChangeBox(ctx, tx, w.Clock, who, "index", func(n *int) { *n++ })
			})
		},
		"a last-used mark on the session": func(w *world, who member.Actor) error {
			return w.DB.DB.Exec("UPDATE sessions SET ends = ends WHERE id = ?", who.Token.ID()).Error
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 6, 6)
			if joined, _ := probe(t, w, plant); len(joined) == 0 {
				t.Error("the probe did not find the planted fault")
			}
		})
	}
}

// probe runs the acts under triggers and returns the rows that join.
func probe(t *testing.T, w *world, plant func(*world, member.Actor) error) (joined []string, requests int) {
	t.Helper()
	ctx := context.Background()
	for _, slug := range open {
		w.fill(t, w.peer, slug)
	}
	setTriggers(t, w)
	var truth []request
	mine := map[request][]store.ID{}
	shown := map[int][]store.ID{}
	for n := range 300 {
		r := request{w.rand.IntN(len(w.people)), w.rand.IntN(len(w.topics))}
		truth = append(truth, r)
		if err := w.DB.DB.Exec("UPDATE probe_now SET n = ?", n).Error; err != nil {
			t.Fatal(err)
		}
		who, topic := w.people[r.person], w.topics[r.topic]
		var err error
		switch kind := n % 12; {
		case kind == 1 && len(mine[r]) > 0:
			err = revise(ctx, w, who, mine[r][0])
		case kind == 2:
			err = w.forum.Follow(ctx, who, topic, w.rand.IntN(2) == 0)
		case kind == 3:
			_, err = w.forum.Conversation(ctx, who, topic, 1)
		case kind == 4 && len(shown[r.topic]) > 0:
			_, err = w.forum.Report(ctx, who, shown[r.topic][0], "other", "please look")
		case kind == 5 && len(mine[r]) > 1:
			_, _, err = w.forum.Withdraw(ctx, who, mine[r][1])
			mine[r] = mine[r][:1]
		case kind == 6:
			err = w.forum.React(ctx, who, topic, 1+w.rand.IntN(3), forum.ReactionKinds[w.rand.IntN(3)])
		case kind == 7:
			err = w.forum.Arrive(ctx, who, topic, n)
		case kind == 8:
			err = w.forum.KeepDraft(ctx, who, topic, w.sentence())
		case kind == 9:
			err = w.actInGroup(&truth[n])
		case kind == 10:
			err = w.actInQuestion(&truth[n], n)
		case kind == 0 || kind == 11:
			err = w.actInDraft(&truth[n], n)
		default:
			a := w.post(t, r.person, r.topic, w.sentence())
			mine[r] = append(mine[r], a.post)
			shown[r.topic] = append(shown[r.topic], a.post)
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			t.Fatalf("request %d: %v", n, err)
		}
		if plant != nil {
			if err := plant(w, who); err != nil {
				t.Fatal(err)
			}
		}
	}
	return joins(t, w, truth), len(truth)
}

// Scopes beside the talks: a group is one, and each private question is one.
const (
	inGroups    = 1000
	inQuestions = 2000
	inDrafts    = 3000
)

// actInDraft lets somebody keep a talk that she has not begun, keep it again or
// begin it. Each talk that may come of it is a scope of its own.
func (w *world) actInDraft(r *request, n int) error {
	ctx := context.Background()
	who, draft := w.people[r.person], forum.Draft{Title: "A talk to come", Body: w.sentence(), Lang: w.langs[r.person]}
	scope, waiting := w.drafts[r.person]
	if !waiting {
		scope = inDrafts + n
		w.drafts[r.person] = scope
	}
	r.topic = scope
	if waiting && w.rand.IntN(4) > 0 {
		delete(w.drafts, r.person)
		_, err := w.forum.StartTalk(ctx, who, "home", draft)
		return err
	}
	return w.forum.KeepStart(ctx, who, "home", draft)
}

// actInGroup lets somebody leave a group and ask to come in again, or give her sign for a
// neighbour who asks.
func (w *world) actInGroup(r *request) error {
	ctx := context.Background()
	g := w.rand.IntN(len(open))
	r.topic = inGroups + g
	who, slug := w.people[r.person], open[g]
	view, err := w.forum.Group(ctx, who, slug, "en")
	if err != nil {
		return err
	}
	waiting := w.codes[slug]
	switch {
	case view.Standing == forum.Inside && len(waiting) == 0:
		if err := w.forum.LeaveGroup(ctx, who, slug); err != nil {
			return err
		}
		code := w.code()
		w.codes[slug] = append(waiting, code)
		return w.forum.AskIn(ctx, who, slug, code)
	case view.Standing == forum.Inside:
		did, err := w.forum.UseCode(ctx, who, slug, waiting[0])
		if did == forum.Admitted {
			w.codes[slug] = waiting[1:]
		}
		if fault.Is(err, fault.Invalid) { // her second sign for the same code
			return nil
		}
		return err
	}
	return nil
}

// actInQuestion lets somebody ask privately, read, ask more, close or delete, and a peer
// answer.
func (w *world) actInQuestion(r *request, n int) error {
	ctx := context.Background()
	who := w.people[r.person]
	mine := w.asked[r.person]
	if len(mine) < 3 {
		receipt, err := w.forum.Ask(ctx, who, forum.Draft{Title: "A question", Body: w.sentence(), Lang: w.langs[r.person]})
		w.asked[r.person] = append(mine, question{receipt.ID, inQuestions + n})
		r.topic = inQuestions + n
		return err
	}
	i := w.rand.IntN(len(mine))
	r.topic = mine[i].scope
	switch w.rand.IntN(4) {
	case 0:
		if err := w.forum.Answer(ctx, w.peer, mine[i].id, forum.Draft{Body: w.sentence()}); err != nil {
			return err
		}
		_, err := w.forum.MyQuestion(ctx, who, mine[i].id)
		return err
	case 1:
		if err := w.forum.CloseQuestion(ctx, who, mine[i].id); err != nil {
			return err
		}
		id := mine[i].id
		w.asked[r.person] = slices.Delete(mine, i, i+1)
		return w.forum.DeleteQuestion(ctx, who, id)
	}
	_, err := w.forum.AskMore(ctx, who, mine[i].id, forum.Draft{Body: w.sentence()})
	return err
}

func revise(ctx context.Context, w *world, who member.Actor, id store.ID) error {
	p, _, err := w.forum.Mine(ctx, who, id)
	if err != nil {
		return err
	}
	_, err = w.forum.Revise(ctx, who, id, forum.Revision{Body: p.Body + " and more", Version: p.Version})
	return err
}

// joins finds the rows touched by one person in two topics that the acts of two persons in
// two topics do not share.
func joins(t *testing.T, w *world, truth []request) (found []string) {
	t.Helper()
	var touches []touch
	if err := w.DB.DB.Raw("SELECT request, tbl, key FROM probe").Scan(&touches).Error; err != nil {
		t.Fatal(err)
	}
	if len(touches) < len(truth) {
		t.Fatalf("the probe saw %d touches of %d requests: the triggers do not work", len(touches), len(truth))
	}
	rows := map[string][]request{}
	for _, touch := range touches {
		row := touch.Tbl + " " + touch.Key
		rows[row] = append(rows[row], truth[touch.Request])
	}
	for row, by := range rows {
		same, different := false, false
		for i, a := range by {
			for _, b := range by[:i] {
				if a.topic != b.topic {
					same = same || a.person == b.person
					different = different || a.person != b.person
				}
			}
		}
		if same && !different {
			found = append(found, row)
		}
	}
	slices.Sort(found)
	return found
}

// setTriggers puts a trigger on every table of the schema.
func setTriggers(t *testing.T, w *world) {
	t.Helper()
	must := func(statement string) {
		t.Helper()
		if err := w.DB.DB.Exec(statement).Error; err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
	}
	must("CREATE TABLE probe_now (n INTEGER)")
	must("INSERT INTO probe_now VALUES (0)")
	must("CREATE TABLE probe (request INTEGER, tbl TEXT, key TEXT)")
	if storetest.Postgres() {
		must(`CREATE FUNCTION probe_touch() RETURNS trigger AS $$
			DECLARE r jsonb; k text := ''; c text;
			BEGIN
				r := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
				FOREACH c IN ARRAY TG_ARGV LOOP k := k || coalesce(r->>c, '') || '|'; END LOOP;
				INSERT INTO probe SELECT n, TG_TABLE_NAME, k FROM probe_now;
				RETURN NULL;
			END $$ LANGUAGE plpgsql`)
	}
	for table, keys := range tables(t, w) {
		for _, event := range []string{"INSERT", "UPDATE", "DELETE"} {
			if storetest.Postgres() {
				must(fmt.Sprintf("CREATE TRIGGER probe_%s_%s AFTER %s ON %s FOR EACH ROW EXECUTE FUNCTION probe_touch('%s')",
					table, strings.ToLower(event), event, table, strings.Join(keys, "', '")))
				continue
			}
			row := "NEW"
			if event == "DELETE" {
				row = "OLD"
			}
			parts := make([]string, len(keys))
			for i, k := range keys {
				parts[i] = fmt.Sprintf("hex(%s.%s)", row, k)
			}
			must(fmt.Sprintf("CREATE TRIGGER probe_%s_%s AFTER %s ON %s BEGIN INSERT INTO probe VALUES ((SELECT n FROM probe_now), '%s', %s); END",
				table, strings.ToLower(event), event, table, table, strings.Join(parts, " || '|' || ")))
		}
	}
}

// tables lists the schema's tables with their primary keys.
func tables(t *testing.T, w *world) map[string][]string {
	t.Helper()
	type column struct{ Tbl, Name string }
	var columns []column
	query := `SELECT m.name AS tbl, p.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) p
		WHERE m.type = 'table' AND p.pk > 0 AND m.name NOT LIKE 'post_words%' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'goose_db_version'`
	if storetest.Postgres() {
		query = `SELECT k.table_name AS tbl, k.column_name AS name FROM information_schema.table_constraints c
			JOIN information_schema.key_column_usage k ON k.constraint_name = c.constraint_name AND k.table_name = c.table_name
			WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = 'public' AND c.table_name <> 'goose_db_version'`
	}
	if err := w.DB.DB.Raw(query).Scan(&columns).Error; err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, c := range columns {
		found[c.Tbl] = append(found[c.Tbl], c.Name)
	}
	for _, table := range []string{"accounts", "boxes", "sessions", "voices", "posts", "topics", "reports", "queue_items", "sealed"} {
		if len(found[table]) == 0 {
			t.Fatalf("table %s has no primary key in the schema that was read: %v", table, found)
		}
	}
	return found
}

// tableBytes is a whole table as text, for comparing before and after.
func tableBytes(t *testing.T, w *world, table string) string {
	t.Helper()
	var rows []map[string]any
	if err := w.DB.DB.Table(table).Order("id").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", fmt.Sprint(rows))
}
