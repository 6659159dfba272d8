package practice_test

import (
	"testing"

	"portico/app/practice"
)

// criteria reads "yyy yy------": y is yes, n is no, - is unknown.
func criteria(mandatory, preferential string) practice.Criteria {
	answers := map[rune]practice.Answer{'y': practice.Yes, 'n': practice.No, '-': practice.Unknown}
	var c practice.Criteria
	for i, r := range mandatory {
		c.Mandatory[i].Answer = answers[r]
	}
	for i, r := range preferential {
		c.Preferential[i].Answer = answers[r]
	}
	return c
}

func TestThePassRule(t *testing.T) {
	for name, row := range map[string]struct {
		mandatory, preferential string
		want                    practice.Standing
	}{
		"all three and two of eight meet it":              {"yyy", "yy------", practice.Meets},
		"any two of eight do":                             {"yyy", "n-----yy", practice.Meets},
		"all of them do":                                  {"yyy", "yyyyyyyy", practice.Meets},
		"one of eight is not known to be enough":          {"yyy", "y-------", practice.Unsettled},
		"nothing known is not a no":                       {"---", "--------", practice.Unsettled},
		"an unknown mandatory one keeps it open":          {"yy-", "yyyyyyyy", practice.Unsettled},
		"a mandatory no decides, whatever else":           {"yny", "yyyyyyyy", practice.NotMet},
		"a mandatory no decides beside what is not known": {"n--", "--------", practice.NotMet},
		"six refused leave two to be had":                 {"yyy", "nnnnnn--", practice.Unsettled},
		"six refused and two met meet it":                 {"yyy", "nnnnnnyy", practice.Meets},
		"seven refused leave one, which is too few":       {"yyy", "nnnnnnny", practice.NotMet},
		"seven refused decide before all three are known": {"y--", "nnnnnnn-", practice.NotMet},
	} {
		if got := criteria(row.mandatory, row.preferential).Standing(); got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}
