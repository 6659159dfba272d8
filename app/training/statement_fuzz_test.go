package training_test

import (
	"strings"
	"testing"

	"portico/app/training"
)

func FuzzFoldCode(f *testing.F) {
	for _, seed := range []string{"", "0123-4567-89AB-CDEF-GHJV", "oi23 4567", "٠١٢٣", "０１ＡＢ", "\u2066A\u2069", "\xff\xfe", "ı İ ſ ﬀ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code := training.FoldCode(typed)
		if strings.ContainsAny(code, "oilOILU -\n\t") {
			t.Fatalf("%q is read as %q, which holds a sign that no code has", typed, code)
		}
		real := len(code) == 20 && strings.Trim(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == ""
		if real && training.FoldCode(training.ShowCode(code)) != code {
			t.Fatalf("%q is read as %q, and that shown and typed again is another one", typed, code)
		}
	})
}
