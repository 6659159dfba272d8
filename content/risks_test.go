package content

import "testing"

// TestTheRisksOfTellingAreSaidInEveryCompleteLanguage: a sentence that is missing in one
// language is a risk that nobody told her.
func TestTheRisksOfTellingAreSaidInEveryCompleteLanguage(t *testing.T) {
	r, err := ReadRisks()
	if err != nil {
		t.Fatal(err)
	}
	regions, err := ReadRegions()
	if err != nil || len(regions["IT"]) != 20 {
		t.Fatalf("Italy has %d regions: %v", len(regions["IT"]), err)
	}
	all := map[string]map[string][]string{"general": r.General}
	for country, texts := range r.Country {
		all[country] = texts
	}
	for where, texts := range all {
		for _, lang := range languages {
			if len(texts[lang]) != len(texts["en"]) || len(texts["en"]) == 0 {
				t.Errorf("%s has %d sentences in %s and %d in English", where, len(texts[lang]), lang, len(texts["en"]))
			}
		}
	}
	for _, c := range []struct {
		country, lang, in string
		own               bool
	}{{"IT", "it", "it", true}, {"IT", "sq", "sq", true}, {"IT", "sw", "en", true}, {"AL", "fr", "fr", false}} {
		said, in, own := RisksIn(c.country, c.lang)
		if len(said) < len(r.General["en"]) || in != c.in || own != c.own {
			t.Errorf("%v: %d sentences in %s, of the country: %v", c, len(said), in, own)
		}
	}
}
