package store_test

import "testing"

// TestWhoWasInLowProfileStaysHidden brings a database with two profiles and an assessment
// over the migration that lets every area ask who is in low profile.
func TestWhoWasInLowProfileStaysHidden(t *testing.T) {
	o := olderAt(t, 20)
	for _, statement := range []string{
		"INSERT INTO profiles (account_id, state, low, work_kind) VALUES (x'01', 'hidden', TRUE, ''), (x'02', 'shown', FALSE, 'fixed')",
		"INSERT INTO profile_fields VALUES (x'02', 'name', 'public', 'Juni')",
		"INSERT INTO risks VALUES (x'03', x'02', x'02', '2026-03-07', '2027-03-07', x'04')",
	} {
		o.do(t, statement)
	}
	o.update(t)
	if n := o.counts(t, "SELECT COUNT(*) FROM veils WHERE account_id = x'01' AND level = 'low'"); n != 1 {
		t.Errorf("who was in low profile stands %d times; want once", n)
	}
	if n := o.counts(t, "SELECT COUNT(*) FROM veils"); n != 1 {
		t.Errorf("%d people are veiled; want one", n)
	}
	n := o.counts(t, `SELECT COUNT(*) FROM profiles p JOIN profile_fields f ON f.account_id = p.account_id AND f.words = 'Juni'
		JOIN risks r ON r.account_id = p.account_id AND r.number = 0 AND r.review_day = '2027-03-07' WHERE p.state = 'shown'`)
	if n != 1 {
		t.Errorf("the shown profile is found %d times; want once, as it was", n)
	}
}
