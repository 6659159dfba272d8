package practice

import (
	"database/sql/driver"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"portico/app/search"
	"portico/app/store"
	"portico/content"
)

// Host is the source of a practice that people of this portal wrote down.
const Host = "host"

// Practice is one fact sheet of the library. Codes are those of package content.
type Practice struct {
	ID          string `gorm:"primaryKey"` // stays the same for good: it stands in addresses
	Name        string
	Kind        string
	Form        string
	Source      string
	SourcePlace string
	AsOf        string // year, or year and month, of what the sheet says
	Country     string // ISO 3166, or "EU" and "INT"
	City        string
	Languages   string // tags with spaces between
	Started     string // year, "" for not known
	Ended       string
	Status      string
	StatusNote  string
	Peers       string // whether peers take part
	Keep        string // why a sheet without details stays in the list
	Lang        string // of the sheet and the grounds
	Summary     Texts  // by language
	Sheet       Texts  // by field
	Criteria    Criteria
	Standing    Standing // follows from Criteria, to be looked for
	VerifiedOn  *string  // day on which the organisation last said that it is right
	VerifiedBy  store.ID
	Edited      bool        // people here changed it: what is shipped does not come over it
	SourceHash  store.Bytes // of the shipped sheet it came from
	Toks        string      // its words, for search
	Place       []byte      // its place in the list: the folded name, then the id
}

// TableName names the table.
func (Practice) TableName() string { return "practices" }

// Texts are words by key, a language or a field of the sheet, kept as JSON.
type Texts map[string]string

// In returns the words in a language, in English or else in any where they are missing, and
// which it is.
func (t Texts) In(lang string) (words, in string) {
	for _, l := range append([]string{lang, "en"}, slices.Sorted(maps.Keys(t))...) {
		if words := t[l]; words != "" {
			return words, l
		}
	}
	return "", lang
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
func (t *Texts) Scan(src any) error { return scanJSON(src, (*map[string]string)(t)) }

// GormDataType names the column type for GORM's own bookkeeping.
func (Texts) GormDataType() string { return "string" }

// LanguageTags lists the languages in which the practice is done.
func (p Practice) LanguageTags() []string { return strings.Fields(p.Languages) }

// Shipped reports whether the sheet came with the program and nobody changed it.
func (p Practice) Shipped() bool { return !p.Edited && p.Source != Host }

// index fills in what follows from the rest of a sheet: its standing, its words, its place.
func (p *Practice) index() {
	p.Standing = p.Criteria.Standing()
	parts := []string{p.Name, p.City, content.CountryWords(p.Country), p.Source, p.SourcePlace, p.StatusNote}
	for _, texts := range []Texts{p.Summary, p.Sheet} {
		parts = append(parts, slices.Collect(maps.Values(texts))...)
	}
	for _, one := range slices.Concat(p.Criteria.Mandatory[:], p.Criteria.Preferential[:]) {
		parts = append(parts, one.Ground)
	}
	slices.Sort(parts)
	p.Toks = search.Padded(strings.Join(parts, " "))
	p.Place = []byte(search.Tokens(p.Name) + "\x00" + p.ID)
}
