package moderation

import "testing"

func TestHeld(t *testing.T) {
	for _, l := range []string{"en", "it", "fr", "ar"} {
		lines := readLabelled(t, "/tmp/held/"+l+".tsv")
		t.Run(l, func(t *testing.T) { checkQuality(t, l, lines, []string{l}) })
	}
}
