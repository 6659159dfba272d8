package directory

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"portico/app/hours"
	"portico/app/search"
	"portico/app/store"
)

// Entry is one row of the directory.
type Entry struct {
	ID         string `gorm:"primaryKey"` // stays the same for good: it stands in addresses
	Kind       string
	Name       string
	Country    string // ISO 3166, or "EU" and "INT"
	City       string
	Also       string // other names, to be found by
	Languages  string // tags with spaces between
	Needs      string // codes with spaces between
	Phone      string
	What       Texts
	Conditions Texts
	Free       Answer
	Anonymous  Answer
	NoPapers   Answer
	Hours      string // a code of the shipped files, or words
	Opening    string // as package hours reads it, "" where only words are known
	Acts       Acts
	Source     string
	VerifiedOn *string // day of the last check
	VerifiedBy store.ID
	TriedOn    *string // day on which a coordinator asked and nobody answered, since the last check
	Edited     bool    // a coordinator changed it: what is shipped does not come over it
	SourceHash []byte  // of the shipped entry it came from
	Toks       string  // its words in every language, for search
	Place      []byte  // its place in the list: the folded name, then the id
}

// TableName names the table.
func (Entry) TableName() string { return "directory_entries" }

// Answer is yes, no, or nothing when nobody knows.
type Answer string

// The answers.
const (
	Unknown Answer = ""
	Yes     Answer = "yes"
	No      Answer = "no"
)

func answer(known *bool) Answer {
	switch {
	case known == nil:
		return Unknown
	case *known:
		return Yes
	}
	return No
}

// Acts is what happens with what somebody tells there.
type Acts string

// What an entry can do with it: open a case in her name, or only inform and send on.
const (
	Case    Acts = "case"
	Informs Acts = "informs"
)

// Texts are the same words in several languages, kept as JSON.
type Texts map[string]string

// In returns the words in a language, in English where they are missing, and which it is.
func (t Texts) In(lang string) (words, in string) {
	if words := t[lang]; words != "" {
		return words, lang
	}
	return t["en"], "en"
}

// Value writes JSON; its keys are sorted, so that the same texts are the same bytes.
func (t Texts) Value() (driver.Value, error) {
	if len(t) == 0 {
		return "{}", nil
	}
	raw, err := json.Marshal(map[string]string(t))
	return string(raw), err
}

// Scan reads JSON.
func (t *Texts) Scan(src any) error {
	switch v := src.(type) {
	case string:
		return json.Unmarshal([]byte(v), (*map[string]string)(t))
	case []byte:
		return json.Unmarshal(v, (*map[string]string)(t))
	}
	return errors.New("directory: texts are JSON")
}

// GormDataType names the column type for GORM's own bookkeeping.
func (Texts) GormDataType() string { return "string" }

// LanguageTags lists the languages that an entry speaks.
func (e Entry) LanguageTags() []string { return strings.Fields(e.Languages) }

// NeedCodes lists what an entry helps with.
func (e Entry) NeedCodes() []string { return strings.Fields(e.Needs) }

// index fills in what follows from the rest of an entry: its words and its place. The words
// by which people look for its codes are the same for all entries of a code; the index in
// memory adds them.
func (e *Entry) index() {
	parts := []string{e.Name, e.Also, e.City, e.Phone}
	for _, texts := range []Texts{e.What, e.Conditions} {
		for _, text := range texts {
			parts = append(parts, text)
		}
	}
	slices.Sort(parts)
	e.Toks = search.Padded(strings.Join(parts, " "))
	e.Place = []byte(search.Tokens(e.Name) + "\x00" + e.ID)
}

// Timetable is when it is open, as far as that is known in more than words.
func (e Entry) Timetable() hours.Hours {
	h, _ := hours.Read(timetable(e.Opening, e.Hours)) // what cannot be read is not known
	return h
}

// Now says whether an entry is open, on the clock of its own country.
func (s *Service) Now(e Entry) hours.State {
	return e.Timetable().At(s.store.Time(), zoneOf(e.Country, s.store.Zone), e.Country)
}

// Week lists the openings of today and the days after, seven in all, as they stand on the
// wall there.
func (s *Service) Week(e Entry) []hours.Opening {
	return e.Timetable().Between(s.store.Time(), 7, zoneOf(e.Country, s.store.Zone), e.Country)
}

// Today is the day of an entry, on the clock of its own country.
func (s *Service) Today(e Entry) string {
	return s.store.Time().In(zoneOf(e.Country, s.store.Zone)).Format(time.DateOnly)
}
