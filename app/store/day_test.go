package store_test

import (
	"testing"

	"portico/app/store"
)

func TestDaysAreWordsThatCanBeCounted(t *testing.T) {
	for text, want := range map[string]bool{"2026-03-07": true, "2026-02-29": false, "2026-3-7": false, "": false, "tomorrow": false} {
		if store.IsDay(text) != want {
			t.Errorf("%q is a day: %v, want %v", text, !want, want)
		}
	}
	if got := store.DaysAfter("2026-02-27", 3); got != "2026-03-02" {
		t.Errorf("three days after: %s", got)
	}
	if got := store.DaysAfter("2026-03-01", -1); got != "2026-02-28" {
		t.Errorf("a day before: %s", got)
	}
	if got := store.DaysAfter("soon", 3); got != "soon" {
		t.Errorf("after no day: %s", got)
	}
	if got := store.DaysBetween("2026-03-28", "2026-04-02"); got != 5 {
		t.Errorf("between: %d", got)
	}
	if store.DayIn("2026-03-07", "2026-03-08", "2026-03-09") || !store.DayIn("2026-03-08", "2026-03-08", "2026-03-08") {
		t.Error("the ends of a time belong to it, and nothing beside it does")
	}
}
