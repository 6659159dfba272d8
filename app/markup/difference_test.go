package markup_test

import (
	"strings"
	"testing"

	"portico/app/markup"
)

func TestDifferencesAreWordsAndLoseNothing(t *testing.T) {
	for name, row := range map[string]struct{ before, after, taken, added string }{
		"a word":         {"You may come today.", "You may come tomorrow.", "today.", "tomorrow."},
		"a passage":      {"One.\n\nThree.", "One.\n\nTwo.\n\nThree.", "", "Two."},
		"Arabic":         {"يمكنك أن تأتي اليوم", "يمكنك أن تأتي غدا", "اليوم", "غدا"},
		"nothing":        {"The same.", "The same.", "", ""},
		"all":            {"", "Everything is new.", "", "Everything is new."},
		"odd characters": {"a \ufffd b \U0001F600", "a \U0010FFFF b \U0001F600", "\ufffd", "\U0010FFFF"},
	} {
		var before, after, taken, added strings.Builder
		for _, p := range markup.Differences(row.before, row.after) {
			if p.Turn != markup.Added {
				before.WriteString(p.Text)
			}
			if p.Turn != markup.Taken {
				after.WriteString(p.Text)
			}
			switch p.Turn {
			case markup.Taken:
				taken.WriteString(p.Text)
			case markup.Added:
				added.WriteString(p.Text)
			}
		}
		if before.String() != row.before || after.String() != row.after {
			t.Errorf("%s: the pieces make %q and %q", name, before.String(), after.String())
		}
		if strings.TrimSpace(taken.String()) != row.taken || strings.TrimSpace(added.String()) != row.added {
			t.Errorf("%s: taken %q, added %q", name, taken.String(), added.String())
		}
	}
}
