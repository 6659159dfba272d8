package numeral_test

import (
	"testing"

	"portico/app/numeral"
)

func TestNumbersAreReadInEveryScript(t *testing.T) {
	for typed, want := range map[string]int{"60": 60, "٦٠": 60, "６０": 60, " 60 ": 60, "६०": 60} {
		if n, ok := numeral.Whole(typed); !ok || n != want {
			t.Errorf("%q is read as %d, %v", typed, n, ok)
		}
	}
	for _, typed := range []string{"", "-60", "an hour", "1.5", "99999999999999999999"} {
		if n, ok := numeral.Whole(typed); ok {
			t.Errorf("%q is read as %d", typed, n)
		}
	}
	for typed, want := range map[string]string{"14,5": "14.50", "١٤٫٥٠": "14.50", "0.01": "0.01"} {
		if d, ok := numeral.Amount(typed); !ok || d.StringFixed(2) != want {
			t.Errorf("%q is read as %s, %v", typed, d, ok)
		}
	}
	for _, typed := range []string{"", "0", "0.00", "-5", "1e3", "1.000,50", "14.505", "99999999"} {
		if d, ok := numeral.Amount(typed); ok {
			t.Errorf("%q is read as %s", typed, d)
		}
	}
}

func TestDigitsOfEveryScriptAreRead(t *testing.T) {
	for typed, want := range map[string]int{"45": 45, " ٤٥ ": 45, "۴۵": 45, "४५": 45, "４５": 45, "𝟜𝟝": 45, "\u200e60": 60} {
		if n, ok := numeral.Whole(typed); !ok || n != want {
			t.Errorf("%q: got %d, %v; want %d", typed, n, ok, want)
		}
	}
	for _, typed := range []string{"", "-5", "4.5", "an hour", "9999999999999999999", "4e2"} {
		if n, ok := numeral.Whole(typed); ok {
			t.Errorf("%q is read as %d", typed, n)
		}
	}
}

func TestLongNumbersAreReadHoweverTheyAreWritten(t *testing.T) {
	for typed, want := range map[string]string{"it60 x054 2811": "IT60X0542811", "IT٦٠-X": "IT60X", "\u200eIT60\u200f": "IT60", "": ""} {
		if got := numeral.Compact(typed); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}
