package supervision

import (
	"slices"
	"strings"

	"portico/app/fault"
	"portico/app/store"
)

// Modes are the ways in which two people spoke.
var Modes = []string{"person", "phone", "online", "text"}

// Topics is the fixed list of what a conversation was about. It is fixed so that nobody
// has to name a person to say what it was about.
var Topics = []string{
	"boundary", "double-role", "mirror", "representations", "safety", "conflict", "workload", "pay", "childcare", "language",
	"learning", "power", "self-care",
}

// Owners may own an agreed action.
var Owners = []string{"peer", "supervisor", "organisation"}

// The states of an entry.
const (
	Written  = "written" // the peer may still change it
	Signed   = "signed"  // by both
	Declined = "declined"
)

// The forms of an entry: a talk of two, and the minutes of a session of several.
const (
	FormTalk    = "talk"
	FormMinutes = "minutes"
)

// MostActions is how many actions one entry agrees at most.
const MostActions = 3

// Entry is one conversation. Its clear columns are what the management view may know.
type Entry struct {
	ID         store.ID `gorm:"primaryKey"`
	RelationID store.ID
	Form       string // FormTalk or FormMinutes
	HeldDay    string
	Minutes    int
	Mode       string
	State      string
	LedBy      store.ID // who wrote it: the peer, or the facilitator of a session
	WordsID    store.ID
	ChoiceID   store.ID // what the owner of the question chose, in words that only she sets
	Version    int
}

// TableName names the table.
func (Entry) TableName() string { return "supervision_entries" }

// Present is one person who was there. Everybody who was there is asked to sign.
type Present struct {
	EntryID   store.ID `gorm:"primaryKey"`
	AccountID store.ID `gorm:"primaryKey"`
}

// TableName names the table.
func (Present) TableName() string { return "supervision_present" }

// ActionRow is an agreed action as everybody may count it; what it is stands in the words.
type ActionRow struct {
	ID         store.ID `gorm:"primaryKey"`
	EntryID    store.ID
	RelationID store.ID
	DueDay     *string
	DoneDay    *string
}

// TableName names the table.
func (ActionRow) TableName() string { return "supervision_actions" }

// Words is the shared layer of a talk: sealed for the people of the relation. Which of its
// fields are asked depends on the kind.
type Words struct {
	Topics      []string `json:"topics"`
	Interpreter bool     `json:"interpreter"`
	Worked      string   `json:"worked"`
	Hard        string   `json:"hard"`
	Support     string   `json:"support"`
	Learning    string   `json:"learning"`
	Exposure    bool     `json:"exposure"`
	Wellbeing   string   `json:"wellbeing"` // "0" to "5", or "" when she keeps it to herself
	Workload    string   `json:"workload"`
	Actions     []Agreed `json:"actions"`
	// A pair that works together: yes, no or "".
	Mirror     string `json:"mirror,omitempty"`
	ChangePair string `json:"change_pair,omitempty"`
	// Mentoring.
	Goal       string `json:"goal,omitempty"`
	TrustUntil string `json:"trust_until,omitempty"` // day
}

// Agreed is an agreed action in words.
type Agreed struct {
	ID    store.ID `json:"id"`
	What  string   `json:"what"`
	Owner string   `json:"owner"`
	Due   string   `json:"due"`
}

// EntryForm is what the peer writes.
type EntryForm struct {
	Day     string
	Minutes int
	Mode    string
	Next    string // day of the next conversation, "" for none yet
	Words   Words
	Code    string // a code of a case that goes on; NewCode draws one
	Nonce   string
	Version int // of what she changes
	Insist  bool
}

const longestMinutes = 600

func (f EntryForm) check(kind Kind, today, earliest, latest string) error {
	var mend []fault.Field
	bad := func(name, key string, args ...any) {
		mend = append(mend, fault.Field{Name: name, Key: key, Args: args})
	}
	if !store.DayIn(f.Day, earliest, today) {
		bad("day", "supervision.day.range")
	}
	if f.Minutes < 1 || f.Minutes > longestMinutes {
		bad("minutes", "supervision.minutes.range", "Most", longestMinutes)
	}
	if !slices.Contains(Modes, f.Mode) {
		bad("mode", "supervision.mode.missing")
	}
	if f.Next != "" && !store.DayIn(f.Next, today, latest) {
		bad("next", "supervision.next.range")
	}
	mend = append(mend, f.Words.check(kind)...)
	mend = append(mend, checkActions(f.Words.Actions, f.Day, latest)...)
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

func (w Words) check(kind Kind) (mend []fault.Field) {
	bad := func(name, key string) { mend = append(mend, fault.Field{Name: name, Key: key}) }
	if slices.ContainsFunc(w.Topics, func(t string) bool { return !slices.Contains(Topics, t) }) {
		bad("topics", "supervision.topics.unknown")
	}
	if kind != "pair" && strings.TrimSpace(w.Worked+w.Hard+w.Support+w.Goal) == "" {
		bad("worked", "supervision.words.empty")
	}
	for _, one := range []struct{ name, text string }{
		{"worked", w.Worked}, {"hard", w.Hard}, {"support", w.Support}, {"learning", w.Learning}, {"goal", w.Goal},
	} {
		mend = append(mend, tooLong(one.name, one.text)...)
	}
	for _, one := range []struct{ name, value string }{{"wellbeing", w.Wellbeing}, {"workload", w.Workload}} {
		if !scale(one.value) {
			bad(one.name, "supervision.scale")
		}
	}
	for _, one := range []struct{ name, value string }{{"mirror", w.Mirror}, {"change-pair", w.ChangePair}} {
		if !slices.Contains([]string{"", "yes", "no"}, one.value) || one.value == "" && kind == "pair" {
			bad(one.name, "supervision.yes-no")
		}
	}
	if w.TrustUntil != "" && !store.DayIn(w.TrustUntil, "2000-01-01", "2100-01-01") {
		bad("trust", "supervision.day.wrong")
	}
	return mend
}

// actionFields are the names of the form's fields for each action.
var actionFields = [MostActions]struct{ what, owner, due string }{
	{"what1", "owner1", "due1"}, {"what2", "owner2", "due2"}, {"what3", "owner3", "due3"},
}

func checkActions(actions []Agreed, from, to string) (mend []fault.Field) {
	if len(actions) > MostActions {
		return []fault.Field{{Name: "what1", Key: "supervision.actions.many"}}
	}
	for i, a := range actions {
		names := actionFields[i]
		if strings.TrimSpace(a.What) == "" {
			mend = append(mend, fault.Field{Name: names.what, Key: "supervision.action.empty"})
		}
		mend = append(mend, tooLong(names.what, a.What)...)
		if !slices.Contains(Owners, a.Owner) {
			mend = append(mend, fault.Field{Name: names.owner, Key: "supervision.owner.missing"})
		}
		if a.Due != "" && !store.DayIn(a.Due, from, to) {
			mend = append(mend, fault.Field{Name: names.due, Key: "supervision.due.range"})
		}
	}
	return mend
}

func scale(text string) bool { return text == "" || len(text) == 1 && text[0] >= '0' && text[0] <= '5' }

func (w Words) texts() []string {
	texts := []string{w.Worked, w.Hard, w.Support, w.Learning, w.Goal}
	for _, a := range w.Actions {
		texts = append(texts, a.What)
	}
	return texts
}
