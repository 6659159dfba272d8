package server_test

import (
	"context"
	"html"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/directory"
)

// strip is the help-line strip of a page in a language, without its markup.
func (h *house) strip(t *testing.T, lang string) string {
	t.Helper()
	req := httptest.NewRequest("GET", "/safety", nil)
	req.Header.Set("Accept-Language", lang)
	page := h.send(t, req)
	_, from, found := strings.Cut(page.body, `class="lines"`)
	if page.status != 200 || !found {
		t.Fatalf("the page answers %d and has a strip: %v", page.status, found)
	}
	strip, _, _ := strings.Cut(from, "</aside>")
	return strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(strip, " "))), " ")
}

// TestTheStripOfEveryPageSaysWhoIsOpenNow moves the clock across midnight, the end of summer
// time and a holiday, and reads a page in the languages of two readers.
func TestTheStripOfEveryPageSaysWhoIsOpenNow(t *testing.T) {
	h := build(t)
	line := directory.Entry{
		ID: "own-night", Kind: "helpline", Name: "Night ear", Country: "IT", Phone: "800 000 111", Languages: "ar", Needs: "violence",
		Free: directory.Yes, Anonymous: directory.Yes, Opening: "Mo-Su 22:00-04:00; PH off", Source: "test", Toks: " ", Place: []byte("night ear"),
	}
	if err := gorm.G[directory.Entry](h.Store.DB).Create(context.Background(), &line); err != nil {
		t.Fatal(err)
	}
	for _, at := range []struct {
		moment string
		open   bool
		why    string
	}{
		{"2026-10-23T19:59:00Z", false, "a minute before it opens, at 21:59 in Rome"},
		{"2026-10-23T20:00:00Z", true, "it opens at 22:00 in Rome"},
		{"2026-10-23T22:30:00Z", true, "half past midnight of the night that began the day before"},
		{"2026-10-24T01:59:00Z", true, "its last minute"},
		{"2026-10-24T02:00:00Z", false, "it closes at 04:00 in Rome"},
		{"2026-10-25T02:30:00Z", true, "the night in which clocks go back: it is 03:30 in Rome"},
		{"2026-10-25T03:00:00Z", false, "04:00 of the longer night"},
		{"2026-12-25T22:00:00Z", false, "a holiday on which it is closed"},
	} {
		moment, err := time.Parse(time.RFC3339, at.moment)
		if err != nil {
			t.Fatal(err)
		}
		h.time.advance(moment.Sub(h.time.Now()))
		strip := h.strip(t, "ar")
		if got := strings.Contains(strip, "800 000 111"); got != at.open {
			t.Errorf("%s: in the strip %v, want %v (%s): %s", at.moment, got, at.open, at.why, strip)
		}
		if at.open && (!strings.Contains(strip, "العربية") || !strings.Contains(strip, "04:00")) {
			t.Errorf("%s: the strip does not say her language and until when: %s", at.moment, strip)
		}
	}
}

// TestTheStripSpeaksHerLanguageFirst compares two readers at the same minute.
func TestTheStripSpeaksHerLanguageFirst(t *testing.T) {
	h := build(t)
	strip := h.strip(t, "it")
	first, _, _ := strings.Cut(strip, "800 290 290")
	if !strings.Contains(first, "1522") || !strings.Contains(strip, "in Italiano") || !strings.Contains(strip, "aperta giorno e notte") {
		t.Errorf("in Italian the strip says %q", strip)
	}
	if strip := h.strip(t, "sq"); strings.Contains(strip, "in Shqip") || !strings.Contains(strip, "1522") {
		t.Errorf("a line that does not speak her language is offered as one that does: %q", strip)
	}
}

// TestACorrectedNumberStandsOnEveryPageAMinuteLater: a wrong number at four in the morning is
// worse than none.
func TestACorrectedNumberStandsOnEveryPageAMinuteLater(t *testing.T) {
	h := build(t)
	ctx := context.Background()
	_ = h.strip(t, "it")
	if _, err := gorm.G[directory.Entry](h.Store.DB).Where("id = ?", "it-1522").Update(ctx, "phone", "1523"); err != nil {
		t.Fatal(err)
	}
	h.time.advance(time.Minute)
	if strip := h.strip(t, "it"); !strings.Contains(strip, "1523") || strings.Contains(strip, "1522") {
		t.Errorf("the strip says %q", strip)
	}
}
