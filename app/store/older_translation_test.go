package store_test

import "testing"

// TestTranslationsOfAnOlderProgramKeepWhatTheyHold brings a database to the schema that
// counts readers and editions: who had read a segment still has, and nothing is lost.
func TestTranslationsOfAnOlderProgramKeepWhatTheyHold(t *testing.T) {
	o := olderAt(t, 26)
	o.do(t, "INSERT INTO translate_documents (id, kind, lang, title, tail) VALUES (x'01', 'leaflet', 'en', 'Your rights', '')")
	o.do(t, "INSERT INTO translate_languages (document_id, lang, state, opened_day) VALUES (x'01', 'it', 'working', '2026-03-01')")
	for id, state := range map[string]string{"x'02'": "reviewed", "x'03'": "machine"} {
		o.do(t, "INSERT INTO translate_segments (id, document_id, place, kind, lead, source) VALUES ("+id+", x'01', 0, 'paragraph', '', 'You can say no.')")
		o.do(t, "INSERT INTO translate_targets (segment_id, lang, document_id, state, version, words, machine, old_source, published_machine, up_to_date) VALUES ("+
			id+", 'it', x'01', ?, 2, 'Puoi dire di no.', FALSE, '', FALSE, TRUE)", state)
		o.do(t, "INSERT INTO translate_history (id, segment_id, lang, version, act, words, day) VALUES ("+id+", "+id+", 'it', 1, ?, 'Puoi dire di no.', '2026-03-01')", state)
	}
	o.do(t, "INSERT INTO translate_memory (id, from_lang, to_lang, source_hash, size, source, target) VALUES (x'04', 'en', 'it', x'05', 4, 'You can say no.', 'Puoi dire di no.')")
	o.update(t)
	for question, want := range map[string]int{
		"SELECT COUNT(*) FROM translate_targets WHERE reviews = 1 AND state = 'reviewed'":  1,
		"SELECT COUNT(*) FROM translate_targets WHERE reviews = 0 AND state = 'machine'":   1,
		"SELECT COUNT(*) FROM translate_targets WHERE words = 'Puoi dire di no.'":          2,
		"SELECT COUNT(*) FROM translate_history WHERE origin = 'machine' AND edition = 0":  1,
		"SELECT COUNT(*) FROM translate_history WHERE origin = ''":                         1,
		"SELECT COUNT(*) FROM translate_documents WHERE edition = 1 AND NOT critical":      1,
		"SELECT COUNT(*) FROM translate_memory WHERE document_id IS NULL AND source <> ''": 1,
	} {
		if got := o.counts(t, question); got != want {
			t.Errorf("%s: got %d, want %d", question, got, want)
		}
	}
}

// TestTermsOfAnOlderProgramPrefer brings a glossary to the schema that knows kinds: each
// term still says which words to use.
func TestTermsOfAnOlderProgramPrefer(t *testing.T) {
	o := olderAt(t, 29)
	o.do(t, "INSERT INTO translate_terms (id, from_lang, lang, term, preferred, refused, domain, note, review, version) VALUES (x'01', 'en', 'it', 'bridge', 'ponte', '', '', '', FALSE, 3)")
	o.update(t)
	if got := o.counts(t, "SELECT COUNT(*) FROM translate_terms WHERE kind = 'preferred' AND preferred = 'ponte' AND version = 3"); got != 1 {
		t.Errorf("%d terms prefer", got)
	}
}
