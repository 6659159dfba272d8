package directory

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"portico/app/hours"
	"portico/app/hsds"
	"portico/content"
)

var (
	recordID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// street is an address as people write it in the countries of the field. Where somebody is
	// hidden it must not stand, whatever the file says.
	street = regexp.MustCompile(`(?i)\b(via|viale|piazza|corso|vicolo|rue|avenue|boulevard|street|road|lane|str\.|straße|strasse|calle|strada|ulica|ul\.)\s[^.;]{0,40}\d`)
)

// languageNames are the languages of the field in English, because files of others often name
// them instead of giving their code.
var languageCodes = func() map[string]string {
	codes := map[string]string{}
	for _, tag := range []string{"it", "en", "fr", "ar", "es", "pt", "ro", "sq", "ru", "uk", "bg", "zh", "de", "pl", "tr", "fa", "ur", "hi", "bn", "sr", "hr", "sk", "cs", "hu", "el", "nl", "da", "th", "vi", "am", "so", "sw", "yo"} {
		codes[strings.ToLower(firstWord(languageWords(tag)))] = tag
		for name := range strings.FieldsSeq(languageWords(tag)) {
			if _, taken := codes[strings.ToLower(name)]; !taken {
				codes[strings.ToLower(name)] = tag
			}
		}
	}
	return codes
}()

func firstWord(text string) string { word, _, _ := strings.Cut(text, " "); return word }

// checked says what is wrong with a record, and reads languages in whatever way they are named.
func checked(r hsds.Record) (hsds.Record, []hsds.Fault) {
	var faults []hsds.Fault
	bad := func(field, what, value string) {
		faults = append(faults, hsds.Fault{ID: r.ID, Field: field, What: what, Value: value})
	}
	if len(r.ID) > 80 || !recordID.MatchString(r.ID) {
		bad("id", hsds.Odd, r.ID)
	}
	if r.Name == "" {
		bad("name", hsds.Missing, "")
	}
	if r.What["en"] == "" {
		bad("what.en", hsds.Missing, "")
	}
	if !slices.Contains(content.EntryKinds, r.Kind) {
		bad("kind", hsds.Unknown, r.Kind)
	}
	if !content.KnownCountry(r.Country) {
		bad("country", hsds.Unknown, r.Country)
	}
	if r.Phone != "" && !phoneShape.MatchString(r.Phone) {
		bad("phone", hsds.Odd, r.Phone)
	}
	for i, name := range r.Languages {
		if r.Languages[i] = languageOf(name); r.Languages[i] == "" {
			bad("languages", hsds.Unknown, name)
		}
	}
	for _, need := range r.Needs {
		if !slices.Contains(content.EntryNeeds, need) {
			bad("needs", hsds.Unknown, need)
		}
	}
	for _, a := range [][2]string{{"free", r.Free}, {"anonymous", r.Anonymous}, {"no_papers", r.NoPapers}} {
		if Answer(a[1]).known() != Answer(a[1]) {
			bad(a[0], hsds.Unknown, a[1])
		}
	}
	if Acts(r.Acts).known() != Acts(r.Acts) {
		bad("acts", hsds.Unknown, r.Acts)
	}
	return r, append(faults, longOrOdd(r)...)
}

// longOrOdd looks at the texts and the hours of a record.
func longOrOdd(r hsds.Record) (faults []hsds.Fault) {
	bad := func(field, what, value string) {
		faults = append(faults, hsds.Fault{ID: r.ID, Field: field, What: what, Value: value})
	}
	for _, t := range [][2]string{{"name", r.Name}, {"city", r.City}, {"hours", r.Hours}, {"source", r.Source}, {"also", r.Also}} {
		if utf8.RuneCountInString(t[1]) > LongestName {
			bad(t[0], hsds.Long, t[1])
		}
	}
	var wrong hours.Fault
	if _, err := hours.Read(r.Opening); errors.As(err, &wrong) {
		what := hsds.Odd
		if wrong.What == hours.Overlap {
			what = hsds.Overlap
		}
		bad("opening", what, strings.TrimSpace(wrong.Part+" "+wrong.With))
	}
	for field, texts := range map[string]map[string]string{"what": r.What, "conditions": r.Conditions} {
		for tag, text := range texts {
			switch {
			case !content.KnownLanguage(tag):
				bad(field+"."+tag, hsds.Unknown, tag)
			case utf8.RuneCountInString(text) > LongestWhat:
				bad(field+"."+tag, hsds.Long, text)
			case slices.Contains(r.Needs, "housing") && street.MatchString(text):
				bad(field+"."+tag, hsds.Shelter, "")
			}
		}
	}
	slices.SortFunc(faults, func(a, b hsds.Fault) int { return strings.Compare(a.Field, b.Field) })
	return faults
}

// languageOf reads a tag, a code of three letters or a name; "" is no language.
func languageOf(name string) string {
	tag, err := language.Parse(name)
	switch {
	case err != nil || tag == language.Und:
		return languageCodes[strings.ToLower(name)]
	case len(base(name)) == 2 && content.KnownLanguage(name):
		return name // as it is: a canonical form would change what comes back in
	case content.KnownLanguage(tag.String()):
		return tag.String()
	}
	return ""
}
