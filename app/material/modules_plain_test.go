package material_test

import (
	"maps"
	"slices"
	"testing"

	"portico/app/material"
	"portico/content"
)

// TestTheModulesReadPlainly measures every unit of every module in every language with the
// measure that authors of materials see, and prints the hardest.
func TestTheModulesReadPlainly(t *testing.T) {
	all, err := content.Modules()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		for _, lang := range slices.Sorted(maps.Keys(m.Texts)) {
			for _, u := range m.Texts[lang].Units {
				plain := material.MeasurePlain(lang, u.Body)
				if plain.Length != material.Low || plain.Words == material.High {
					t.Errorf("%s/%s in %s: %d words in a sentence, easy are %d; %d long words in a hundred", m.Slug, u.ID, lang, plain.Average, plain.Easy, plain.LongWords)
				}
			}
		}
	}
}
