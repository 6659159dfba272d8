package hsds

import (
	"fmt"
	"slices"
	"strings"
)

// Record is one entry of a directory as files hold it. Lists keep their order.
type Record struct {
	ID, Kind, Name, Also, Country, City string
	Languages, Needs                    []string
	Phone                               string
	What, Conditions                    map[string]string // by language tag
	Free, Anonymous, NoPapers           string            // "yes", "no", or "" for not known
	Hours                               string            // in words, or a code
	Opening                             string            // in the notation of OpenStreetMap
	Acts                                string            // "case", "informs" or ""
	Source                              string
	VerifiedOn                          string // a day, "" where nobody checked
}

// Fault is something wrong in a file.
type Fault struct {
	Record int    // the first is 1; of a table, its line, of which the first is the heading
	ID     string // of the record, as far as it was read
	Field  string // "" for the record or the file as a whole
	What   string // one of the words below
	Value  string // what stood there, cut to a length that a page can show
}

// What can be wrong.
const (
	Broken   = "broken"   // it cannot be read any further
	Missing  = "missing"  // it has to be there
	Unknown  = "unknown"  // no such code
	Odd      = "odd"      // not in the form that it must have
	Long     = "long"     // longer than an entry can hold
	Twice    = "twice"    // the identifier stands in the file already
	Overlap  = "overlap"  // two opening times at once
	Shelter  = "shelter"  // where people are safe is never written down
	TooMany  = "too many" // more records than one file may have
	Encoding = "encoding" // not UTF-8
)

func (f Fault) Error() string {
	return fmt.Sprintf("record %d %s %s: %s %q", f.Record, f.ID, f.Field, f.What, f.Value)
}

// shown is a value as a fault quotes it.
func shown(value string) string {
	value = strings.ToValidUTF8(value, "\ufffd")
	if runes := []rune(value); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return value
}

// Most is how many records one file may have.
const Most = 500_000

// texts lists the languages of a map in a fixed order, English first because it stands in for
// the others.
func texts(m map[string]string) []string {
	var tags []string
	for tag := range m {
		tags = append(tags, tag)
	}
	slices.SortFunc(tags, func(a, b string) int {
		if (a == "en") != (b == "en") {
			if a == "en" {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return tags
}
