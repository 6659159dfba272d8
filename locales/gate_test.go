package locales_test

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// message is one entry of a message file.
type message struct {
	description string
	forms       map[string]string // "other", and for a plural message "zero" to "many" beside it
}

func (m message) plural() bool { return len(m.forms) > 1 }

// catalogue holds the messages of one language by key.
type catalogue map[string]message

// formNames are the plural forms of CLDR. A message has no other part but its description.
var formNames = []string{"zero", "one", "two", "few", "many", "other"}

// read parses a message file. Each message is a table under its whole key in quotation marks.
func read(text string) (catalogue, []string) {
	var raw map[string]any
	if _, err := toml.Decode(text, &raw); err != nil {
		return nil, []string{err.Error()}
	}
	messages, faults := catalogue{}, []string{}
	for key, value := range raw {
		table, ok := value.(map[string]any)
		if !ok {
			faults = append(faults, fmt.Sprintf("%s: write it as a table, [%q] and other = …", key, key))
			continue
		}
		m := message{forms: map[string]string{}}
		for part, value := range table {
			text, ok := value.(string)
			switch {
			case !ok || part != "description" && !contains(formNames, part):
				faults = append(faults, fmt.Sprintf("%s: %q is neither a plural form nor the description", key, part))
			case part == "description":
				m.description = text
			default:
				m.forms[part] = text
			}
		}
		messages[key] = m
	}
	return messages, faults
}

// plurals says which plural forms a language has, and which of them stand for more than
// one number: "one" is 1 alone in English, but 0 and 1 in French and 1, 21, 31 … in Russian.
type plurals map[string]bool

// pluralsOf asks go-i18n itself, so that no table of ours can disagree with the library.
func pluralsOf(tag string) plurals {
	named := &goi18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	bundle := goi18n.NewBundle(language.Make(tag))
	bundle.MustAddMessages(language.Make(tag), named)
	localizer := goi18n.NewLocalizer(bundle, tag)
	forms := plurals{"other": true}
	seen := map[string]bool{}
	for n := 0; n <= 1_000_000; n++ {
		if n == 1000 {
			n = 1_000_000 // beyond a thousand only the round millions have a form of their own
		}
		form := localizer.MustLocalize(&goi18n.LocalizeConfig{MessageID: "form", PluralCount: n})
		forms[form] = forms[form] || seen[form]
		seen[form] = true
	}
	return forms
}

// placeholder finds {{.Name}}; whatever else stands between braces is a fault.
var placeholder = regexp.MustCompile(`\{\{ *\.([A-Z][A-Za-z]*) *\}\}`)

// placeholdersOf returns the names in a text, sorted and once each.
func placeholdersOf(text string) []string {
	var names []string
	for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
		if !contains(names, found[1]) {
			names = append(names, found[1])
		}
	}
	sort.Strings(names)
	return names
}

// checkTexts holds the messages of any language to what every text must be.
func checkTexts(messages catalogue) (faults []string) {
	for key, m := range messages {
		if len(m.forms) == 0 {
			faults = append(faults, key+": has no text")
		}
		for form, text := range m.forms {
			rest := placeholder.ReplaceAllString(text, "")
			switch {
			case strings.TrimSpace(text) == "":
				faults = append(faults, fmt.Sprintf("%s: %s is empty", key, form))
			case text != strings.TrimSpace(text) && !strings.HasPrefix(key, "list."):
				faults = append(faults, fmt.Sprintf("%s: %s begins or ends with a space", key, form))
			case strings.Contains(text, "<"):
				faults = append(faults, fmt.Sprintf("%s: %s holds markup", key, form))
			case strings.Contains(rest, "{{") || strings.Contains(rest, "}}"):
				faults = append(faults, fmt.Sprintf("%s: %s has a placeholder that is not {{.Name}}", key, form))
			}
		}
	}
	return faults
}

// checkSource holds the English messages to what translators need.
func checkSource(english catalogue) (faults []string) {
	for key, m := range english {
		placed := false
		for _, text := range m.forms {
			placed = placed || len(placeholdersOf(text)) > 0
		}
		if placed && strings.TrimSpace(m.description) == "" {
			faults = append(faults, key+": has a placeholder and no description for the translators")
		}
		if m.forms["other"] == "" {
			faults = append(faults, key+": has no form other")
		}
		if !keyShape.MatchString(key) {
			faults = append(faults, key+": a key is words in lower case with dots between them")
		}
	}
	return faults
}

// checkForms holds each plural message of a language to the forms that it needs.
func checkForms(english, messages catalogue, forms plurals) (faults []string) {
	for key, source := range english {
		m, ok := messages[key]
		switch {
		case !ok:
			continue
		case !source.plural():
			if len(m.forms) != 1 || m.forms["other"] == "" {
				faults = append(faults, key+": is no plural message; give it other alone")
			}
			continue
		}
		for form := range forms {
			if _, ok := m.forms[form]; !ok {
				faults = append(faults, fmt.Sprintf("%s: lacks the plural form %s", key, form))
			}
		}
		for form := range m.forms {
			if _, ok := forms[form]; !ok {
				faults = append(faults, fmt.Sprintf("%s: this language has no plural form %s", key, form))
			}
		}
	}
	return faults
}

// checkAgainst holds a translation to the English messages: the same keys, the same placeholders.
func checkAgainst(english, messages catalogue, forms plurals) (faults []string) {
	for key := range english {
		if _, ok := messages[key]; !ok {
			faults = append(faults, key+": is missing")
		}
	}
	for key, m := range messages {
		source, ok := english[key]
		if !ok {
			faults = append(faults, key+": is not in English")
			continue
		}
		for form, text := range m.forms {
			want, got := placeholdersOf(source.forms["other"]), placeholdersOf(text)
			if !forms[form] { // it stands for one number only, which may be written as a word
				want, got = without(want, "Count"), without(got, "Count")
			}
			if strings.Join(want, " ") != strings.Join(got, " ") {
				faults = append(faults, fmt.Sprintf("%s: %s has the placeholders %v, English has %v", key, form, got, want))
			}
		}
	}
	return faults
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

func without(words []string, word string) (rest []string) {
	for _, w := range words {
		if w != word {
			rest = append(rest, w)
		}
	}
	return rest
}
