package directory

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/hours"
	"portico/app/member"
	"portico/content"
)

// Change is what a coordinator writes over an entry. Its words are in one language; those
// in other languages stay.
type Change struct {
	Name       string
	City       string
	Phone      string
	Hours      string // in words
	Opening    string // as package hours reads it
	Acts       Acts
	Languages  string // tags with spaces or commas between
	Needs      []string
	Free       Answer
	Anonymous  Answer
	NoPapers   Answer
	Lang       string // of the words below
	What       string
	Conditions string
	Mark       string // of the entry as she read it
}

// The longest texts of an entry, in characters.
const (
	LongestName = 120
	LongestWhat = 400
)

// Mark stands for an entry as it is now: a change made to an older one is refused.
func (e Entry) Mark() string {
	raw, _ := json.Marshal([]any{e.Name, e.City, e.Phone, e.Hours, e.Languages, e.Needs, e.Free, e.Anonymous, e.NoPapers, e.What, e.Conditions, e.Opening, e.Acts})
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

// Amend writes a coordinator's change. What is shipped never comes over it again.
func (s *Service) Amend(ctx context.Context, who member.Actor, id string, c Change) error {
	if !mayTend(who) {
		return fault.Missing()
	}
	c = c.tidy()
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		e, err := entryIn(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := fault.Mended(c.faults()); err != nil {
			return err
		}
		if e.Mark() != c.Mark {
			return fault.New(fault.Conflict, "directory.change.stale")
		}
		c.write(&e)
		if _, err := gorm.G[Entry](tx).Where("id = ?", id).Select("*").Updates(ctx, e); err != nil {
			return err
		}
		if err := changed(ctx, tx); err != nil {
			return err
		}
		return s.note(ctx, tx, "directory changed", who, id)
	})
}

func (c Change) tidy() Change {
	for _, text := range []*string{&c.Name, &c.City, &c.Phone, &c.Hours, &c.Opening, &c.What, &c.Conditions} {
		*text = strings.Join(strings.Fields(*text), " ")
	}
	c.Languages = strings.Join(strings.FieldsFunc(c.Languages, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }), " ")
	return c
}

var phoneShape = regexp.MustCompile(`^\+?[0-9]+( [0-9]+)*$`)

// faults lists all that is wrong with a change.
func (c Change) faults() []fault.Field {
	var mend []fault.Field
	long := func(name, text string, most int) {
		if utf8.RuneCountInString(text) > most {
			mend = append(mend, fault.Field{Name: name, Key: "directory.change.long", Args: []any{"Most", most}})
		}
	}
	if c.Name == "" {
		mend = append(mend, fault.Field{Name: "name", Key: "directory.change.name"})
	}
	long("name", c.Name, LongestName)
	long("city", c.City, LongestName)
	long("hours", c.Hours, LongestName)
	if c.Phone != "" && !phoneShape.MatchString(c.Phone) {
		mend = append(mend, fault.Field{Name: "phone", Key: "directory.change.phone"})
	}
	if _, err := hours.Read(c.Opening); err != nil {
		mend = append(mend, openingFault(err))
	}
	for _, tag := range strings.Fields(c.Languages) {
		if !content.KnownLanguage(tag) {
			mend = append(mend, fault.Field{Name: "languages", Key: "directory.change.languages"})
			break
		}
	}
	if c.What == "" && c.Lang == "en" {
		mend = append(mend, fault.Field{Name: "what", Key: "directory.change.what"})
	}
	long("what", c.What, LongestWhat)
	long("conditions", c.Conditions, LongestWhat)
	return mend
}

// openingFault says where a timetable cannot be read, or which two of its rules meet.
func openingFault(err error) fault.Field {
	var f hours.Fault
	if errors.As(err, &f) && f.What == hours.Overlap {
		return fault.Field{Name: "opening", Key: "directory.change.opening.twice", Args: []any{"One", f.Part, "Other", f.With}}
	}
	if f.Part == "" {
		return fault.Field{Name: "opening", Key: "directory.change.opening.short"}
	}
	return fault.Field{Name: "opening", Key: "directory.change.opening", Args: []any{"Part", f.Part}}
}

func (c Change) write(e *Entry) {
	e.Opening, e.Acts = c.Opening, c.Acts.known()
	e.Name, e.City, e.Phone, e.Hours, e.Languages = c.Name, c.City, c.Phone, c.Hours, c.Languages
	e.Needs = strings.Join(slices.DeleteFunc(slices.Clone(c.Needs), func(n string) bool { return !slices.Contains(content.EntryNeeds, n) }), " ")
	e.Free, e.Anonymous, e.NoPapers = c.Free.known(), c.Anonymous.known(), c.NoPapers.known()
	e.What, e.Conditions = e.What.with(c.Lang, c.What), e.Conditions.with(c.Lang, c.Conditions)
	e.Edited = true
	e.index()
}

// with returns the texts with other words in one language; no words take that language out.
func (t Texts) with(lang, words string) Texts {
	changed := Texts{}
	maps.Copy(changed, t)
	delete(changed, lang)
	if words != "" {
		changed[lang] = words
	}
	return changed
}

// known reads what a form says; anything else is that nobody knows.
func (a Acts) known() Acts {
	if a == Case || a == Informs {
		return a
	}
	return ""
}

// known reads an answer from a form: anything else is that nobody knows.
func (a Answer) known() Answer {
	if a == Yes || a == No {
		return a
	}
	return Unknown
}
