package search_test

import (
	"strings"
	"testing"

	"portico/app/search"
)

// finds tells whether a document's index row answers a query, as both engines would: every
// term must be there, a prefix term as the beginning of a token.
func finds(document, query string) bool {
	q, ok := search.Ask(query)
	if !ok {
		return false
	}
	tokens := strings.Fields(search.Tokens(document))
	for _, part := range strings.Split(q.FTS5(), " AND ") {
		want, prefix := strings.CutSuffix(part, "*")
		want = strings.Trim(want, `"`)
		hit := false
		for _, t := range tokens {
			hit = hit || t == want || (prefix && strings.HasPrefix(t, want))
		}
		if !hit {
			return false
		}
	}
	return true
}

func TestPeopleFindWhatTheyMean(t *testing.T) {
	for _, c := range []struct{ document, query string }{
		{"безпечне житло для жінок", "ЖИТЛА"},
		{"ищу жильё", "жилье"},
		{"моя сім'я", "сімя"},
		{"سكن آمن للعائلة", "العائلة"},
		{"سكن آمن", "سكن آمن"},
		{"我在找住房", "住房"},
		{"我在找住房", "找"},
		{"o locuință sigură", "locuinta sigura"},
		{"İstanbul'da bir ev", "istanbul"},
		{"permesso di soggiorno scaduto", "permessi"},
		{"l’été à Marseille", "ete"},
	} {
		if !finds(c.document, c.query) {
			t.Errorf("%q does not find %q (tokens %q)", c.query, c.document, search.Tokens(c.document))
		}
	}
}

func TestOtherWordsAreNotFound(t *testing.T) {
	for _, c := range []struct{ document, query string }{
		{"безпечне житло", "робота"},
		{"我在找住房", "学校"},
		{"a safe house", "doctor"},
	} {
		if finds(c.document, c.query) {
			t.Errorf("%q finds %q", c.query, c.document)
		}
	}
}

func FuzzAsk(f *testing.F) {
	f.Add("житло \" OR * NEAR(")
	f.Add("a & b | !c :* '")
	f.Fuzz(func(t *testing.T, text string) {
		q, ok := search.Ask(text)
		if !ok {
			return
		}
		for _, bad := range []string{"''", `""`} {
			if strings.Contains(q.FTS5(), bad) || strings.Contains(q.TSQuery(), bad) {
				t.Fatalf("%q makes an empty term: %s / %s", text, q.FTS5(), q.TSQuery())
			}
		}
		_ = search.Tokens(text)
	})
}
