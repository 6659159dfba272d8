package content

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	pageNames = []string{"rules", "safety", "exit", "about"}
	languages = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "ar", "zh-Hans", "pcm"}
	linkTo    = regexp.MustCompile(`\]\(([^)]*)\)`)
)

// eachPage runs the check on every page in every language that the menu offers.
func eachPage(t *testing.T, check func(t *testing.T, name string, page Text)) {
	t.Helper()
	for _, name := range pageNames {
		for _, lang := range languages {
			t.Run(name+" in "+lang, func(t *testing.T) {
				page, ok := Page(name, lang)
				if !ok || page.Lang != lang {
					t.Fatalf("the page is missing, got language %q", page.Lang)
				}
				check(t, name, page)
			})
		}
	}
}

func TestEveryPageHasATitleAndSomethingToRead(t *testing.T) {
	eachPage(t, func(t *testing.T, _ string, page Text) {
		least := 800
		if page.Lang == "zh-Hans" {
			least = 500 // a character says as much as two or three letters
		}
		if n := utf8.RuneCountInString(page.Body); n < least {
			t.Errorf("only %d characters", n)
		}
		if strings.Contains(page.Title+page.Body, "!") {
			t.Error("our pages do not shout")
		}
	})
}

func TestEveryPageHasTheSameShapeAsItsEnglishText(t *testing.T) {
	marks := []string{"\n## ", "\n- ", "](", "**"}
	eachPage(t, func(t *testing.T, name string, page Text) {
		source, _ := Page(name, "en")
		for _, mark := range marks {
			if got, want := strings.Count(page.Body, mark), strings.Count(source.Body, mark); got != want {
				t.Errorf("%q stands %d times, %d in English", mark, got, want)
			}
		}
	})
}

func TestPagesLinkOnlyInsideThePortal(t *testing.T) {
	eachPage(t, func(t *testing.T, _ string, page Text) {
		for _, link := range linkTo.FindAllStringSubmatch(page.Body, -1) {
			if !strings.HasPrefix(link[1], "/") || strings.HasPrefix(link[1], "//") {
				t.Errorf("link leads out: %s", link[1])
			}
		}
	})
}

func TestEachHouseRuleHasItsReasonCode(t *testing.T) {
	want := []string{"identifies", "contact", "blame", "rescue", "offer", "threat", "minor", "off-topic", "spam", "other"}
	eachPage(t, func(t *testing.T, name string, page Text) {
		if name != "rules" {
			return
		}
		if !slices.Equal(page.Codes, want) {
			t.Errorf("codes are %v", page.Codes)
		}
		if got := strings.Count(page.Body, "\n## "); got != len(page.Codes) {
			t.Errorf("%d headings for %d codes", got, len(page.Codes))
		}
	})
}

func TestALanguageThatIsMissingReadsEnglish(t *testing.T) {
	page, ok := Page("rules", "sw")
	if !ok || page.Lang != "en" || page.Title != "House rules" {
		t.Errorf("got %v %q %q", ok, page.Lang, page.Title)
	}
}

func TestAnUnknownPageIsNotFound(t *testing.T) {
	for _, name := range []string{"", "nothing", "../helplines", "rules.en"} {
		if _, ok := Page(name, "en"); ok {
			t.Errorf("%q was found", name)
		}
	}
}

func TestHelpLinesAreCompleteAndNotYetVerified(t *testing.T) {
	lines, err := HelpLines()
	if err != nil {
		t.Fatal(err)
	}
	kinds := []string{"violence", "trafficking", "self-harm", "minor", "emergency", "health"}
	hours := []string{"24h", "weekdays", "varies"}
	phone := regexp.MustCompile(`^[0-9]+( [0-9]+)*$`)
	country := regexp.MustCompile(`^[A-Z]{2}$`)
	seen := map[string]bool{}
	for _, line := range lines {
		if seen[line.ID] || line.ID == "" {
			t.Errorf("%q: id is empty or used twice", line.ID)
		}
		seen[line.ID] = true
		if !phone.MatchString(line.Phone) || !country.MatchString(line.Country) || line.Name == "" || line.Source == "" {
			t.Errorf("%s: number, country, name or source is not usable", line.ID)
		}
		if !slices.Contains(hours, line.Hours) || len(line.Kinds) == 0 {
			t.Errorf("%s: hours %q, kinds %v", line.ID, line.Hours, line.Kinds)
		}
		for _, kind := range line.Kinds {
			if !slices.Contains(kinds, kind) {
				t.Errorf("%s: unknown kind %q", line.ID, kind)
			}
		}
		if line.Verified && line.Source == "public knowledge" {
			t.Errorf("%s: verified, but nobody is named", line.ID)
		}
	}
}

func TestEveryKindOfDangerHasALineSomewhere(t *testing.T) {
	lines, err := HelpLines()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"violence", "trafficking", "self-harm", "minor", "emergency", "health"} {
		if !slices.ContainsFunc(lines, func(l HelpLine) bool { return slices.Contains(l.Kinds, kind) }) {
			t.Errorf("no line for %s", kind)
		}
	}
}
