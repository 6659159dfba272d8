package store_test

import (
	"testing"

	"portico/app/store/storetest"
)

// TestASupervisionOfTwoBecomesOneOfSeveral brings a database with a relation, an entry, an
// action and a signature over the migration that gives relations several people.
func TestASupervisionOfTwoBecomesOneOfSeveral(t *testing.T) {
	o := olderAt(t, 20)
	for _, statement := range []string{
		"INSERT INTO supervision_relations VALUES (x'01', x'02', x'03', 'individual', 14, TRUE, FALSE, 'open', x'02', x'04', x'05', x'06', x'07', x'08', '2026-03-07', NULL)",
		"INSERT INTO supervision_entries VALUES (x'09', x'01', '2026-03-08', 50, 'phone', 'written', x'0a', 3)",
		"INSERT INTO supervision_actions VALUES (x'0b', x'09', x'01', '2026-03-20', NULL)",
		"INSERT INTO supervision_links VALUES (x'0c', x'01', 1, x'09', x'03', 1, 'sign', '2026-03-09', NULL, x'0d', NULL, x'0e', x'0f', x'10')",
	} {
		o.do(t, statement)
	}
	o.update(t)
	n := o.counts(t, `SELECT COUNT(*) FROM supervision_relations r
		JOIN supervision_members p ON p.relation_id = r.id AND p.part = 'peer' AND p.account_id = x'03' AND p.print = x'06' AND p.sign = x'08'
		JOIN supervision_members s ON s.relation_id = r.id AND s.part = 'supervisor' AND s.account_id = x'02' AND s.print = x'05' AND s.sign = x'07'
		JOIN supervision_entries e ON e.relation_id = r.id AND e.led_by = x'03' AND e.form = 'talk' AND e.version = 3
		JOIN supervision_actions a ON a.entry_id = e.id AND a.due_day = '2026-03-20'
		JOIN supervision_links l ON l.entry_id = e.id AND l.proof = 1 AND l.box_hash = x'0d' AND l.hash = x'10'
		WHERE r.terms = 1 AND r.outside AND NOT r.paid AND r.open_day = '2026-03-07' AND p.since_day = '2026-03-07' AND p.left_day IS NULL`)
	if n != 1 {
		t.Errorf("the relation is found %d times; want once, as it was", n)
	}
	if n := o.counts(t, "SELECT COUNT(*) FROM supervision_present WHERE entry_id = x'09'"); n != 2 {
		t.Errorf("%d people were there; want both", n)
	}
	if storetest.Postgres() {
		return // it holds foreign keys at every statement
	}
	if n := o.counts(t, "SELECT COUNT(*) FROM pragma_foreign_key_check"); n != 0 {
		t.Errorf("%d rows lead nowhere", n)
	}
}
