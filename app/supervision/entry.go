package supervision

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
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

// MostActions is how many actions one entry agrees at most.
const MostActions = 3

// Entry is one conversation. Its clear columns are what the management view may know.
type Entry struct {
	ID         store.ID `gorm:"primaryKey"`
	RelationID store.ID
	HeldDay    string
	Minutes    int
	Mode       string
	State      string
	WordsID    store.ID
	Version    int
}

// TableName names the table.
func (Entry) TableName() string { return "supervision_entries" }

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

// Words is the shared layer: sealed for the peer and her supervisor.
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
	Nonce   string
	Version int // of what she changes
	Insist  bool
}

const longestMinutes = 600

func (f EntryForm) check(today, earliest, latest string) error {
	var mend []fault.Field
	bad := func(name, key string, args ...any) {
		mend = append(mend, fault.Field{Name: name, Key: key, Args: args})
	}
	if !dayIn(f.Day, earliest, today) {
		bad("day", "supervision.day.range")
	}
	if f.Minutes < 1 || f.Minutes > longestMinutes {
		bad("minutes", "supervision.minutes.range", "Most", longestMinutes)
	}
	if !slices.Contains(Modes, f.Mode) {
		bad("mode", "supervision.mode.missing")
	}
	if f.Next != "" && !dayIn(f.Next, today, latest) {
		bad("next", "supervision.next.range")
	}
	w := f.Words
	if slices.ContainsFunc(w.Topics, func(t string) bool { return !slices.Contains(Topics, t) }) {
		bad("topics", "supervision.topics.unknown")
	}
	if strings.TrimSpace(w.Worked+w.Hard+w.Support) == "" {
		bad("worked", "supervision.words.empty")
	}
	mend = append(mend, tooLong("worked", w.Worked)...)
	mend = append(mend, tooLong("hard", w.Hard)...)
	mend = append(mend, tooLong("support", w.Support)...)
	mend = append(mend, tooLong("learning", w.Learning)...)
	if !scale(w.Wellbeing) {
		bad("wellbeing", "supervision.scale")
	}
	if !scale(w.Workload) {
		bad("workload", "supervision.scale")
	}
	mend = append(mend, checkActions(w.Actions, f.Day, latest)...)
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
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
		if a.Due != "" && !dayIn(a.Due, from, to) {
			mend = append(mend, fault.Field{Name: names.due, Key: "supervision.due.range"})
		}
	}
	return mend
}

func scale(text string) bool { return text == "" || len(text) == 1 && text[0] >= '0' && text[0] <= '5' }

func (w Words) texts() []string {
	texts := []string{w.Worked, w.Hard, w.Support, w.Learning}
	for _, a := range w.Actions {
		texts = append(texts, a.What)
	}
	return texts
}

// Write stores a new entry. The peer writes first; her supervisor reads it at once.
func (s *Service) Write(ctx context.Context, who member.Actor, relation store.ID, f EntryForm) (Receipt, error) {
	r, err := s.mine(ctx, s.store.DB, who, relation)
	if err != nil {
		return Receipt{}, err
	}
	switch {
	case r.Part(who) != "peer":
		return Receipt{}, fault.New(fault.Refused, "supervision.peer-first")
	case r.State != Open:
		return Receipt{}, fault.New(fault.Refused, "supervision.not-open")
	}
	if err := f.check(s.store.Today(), s.store.DayAfter(-longestCadence), s.store.DayAfter(longestCadence)); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(f.Insist, f.Words.texts()...)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = idOf(f.Nonce), true
	entry := Entry{ID: receipt.ID, RelationID: r.ID, HeldDay: f.Day, Minutes: f.Minutes, Mode: f.Mode, State: Written, Version: 1}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		rows, err := s.sealWords(ctx, tx, writing{who, r, f, &entry})
		if err != nil {
			return err
		}
		if err := gorm.G[Entry](tx).Create(ctx, &entry); err != nil {
			return err
		}
		return s.actionsAndPlan(ctx, tx, r, f, rows)
	})
	if store.IsDuplicate(err) {
		return receipt, nil // the same form again
	}
	return receipt, err
}

// writing is an entry on its way in.
type writing struct {
	who   member.Actor
	rel   Relation
	form  EntryForm
	entry *Entry
}

// sealWords gives each action its number, seals the shared words and returns the rows of
// the actions.
func (s *Service) sealWords(ctx context.Context, tx *gorm.DB, w writing) ([]ActionRow, error) {
	if err := s.keysHold(ctx, tx, w.who, w.rel); err != nil {
		return nil, err
	}
	words := w.form.Words
	words.Actions = slices.Clone(words.Actions)
	var rows []ActionRow
	for i := range words.Actions {
		a := &words.Actions[i]
		a.ID = store.NewID()
		row := ActionRow{ID: a.ID, EntryID: w.entry.ID, RelationID: w.rel.ID}
		if a.Due != "" {
			row.DueDay = new(a.Due)
		}
		rows = append(rows, row)
	}
	var err error
	w.entry.WordsID, err = s.seal(ctx, tx, w.rel, "supervision entry", words)
	return rows, err
}

func (s *Service) actionsAndPlan(ctx context.Context, tx *gorm.DB, r Relation, f EntryForm, rows []ActionRow) error {
	for i := range rows {
		if err := gorm.G[ActionRow](tx).Create(ctx, &rows[i]); err != nil {
			return err
		}
	}
	if f.Next == "" {
		return nil
	}
	return plan(ctx, tx, r.ID, f.Next)
}

// Revise changes an entry that nobody has signed yet. A signature or another change in the
// meantime is a Conflict: nothing that was signed changes under the signature.
func (s *Service) Revise(ctx context.Context, who member.Actor, id store.ID, f EntryForm) (Receipt, error) {
	old, r, err := s.entry(ctx, s.store.DB, who, id)
	if err != nil {
		return Receipt{}, err
	}
	if r.Part(who) != "peer" {
		return Receipt{}, fault.New(fault.Refused, "supervision.peer-first")
	}
	if err := f.check(s.store.Today(), s.store.DayAfter(-longestCadence), s.store.DayAfter(longestCadence)); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(f.Insist, f.Words.texts()...)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = id, true
	next := old
	next.HeldDay, next.Minutes, next.Mode, next.Version = f.Day, f.Minutes, f.Mode, f.Version+1
	return receipt, s.store.Tx(ctx, func(tx *gorm.DB) error {
		rows, err := s.sealWords(ctx, tx, writing{who, r, f, &next})
		if err != nil {
			return err
		}
		n, err := gorm.G[Entry](tx).Where("id = ? AND version = ? AND words_id = ?", id, f.Version, old.WordsID).
			Select("HeldDay", "Minutes", "Mode", "WordsID", "Version").Updates(ctx, next)
		if err != nil {
			return err
		}
		signed, err := gorm.G[Link](tx).Where("entry_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n == 0 || signed > 0 {
			return fault.New(fault.Conflict, "supervision.frozen")
		}
		if err := member.Shred(ctx, tx, old.WordsID); err != nil {
			return err
		}
		if _, err := gorm.G[ActionRow](tx).Where("entry_id = ?", id).Delete(ctx); err != nil {
			return err
		}
		return s.actionsAndPlan(ctx, tx, r, f, rows)
	})
}

// entry loads an entry with its relation, for the two people of it.
func (s *Service) entry(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Entry, Relation, error) {
	e, err := gorm.G[Entry](db).Where("id = ?", id).First(ctx)
	if err != nil {
		return e, Relation{}, store.Translate(err)
	}
	r, err := s.mine(ctx, db, who, e.RelationID)
	return e, r, err
}

// Done marks an agreed action as done; done again it is open once more.
func (s *Service) Done(ctx context.Context, who member.Actor, action store.ID) (entry store.ID, err error) {
	row, err := gorm.G[ActionRow](s.store.DB).Where("id = ?", action).First(ctx)
	if err != nil {
		return entry, store.Translate(err)
	}
	if _, err := s.mine(ctx, s.store.DB, who, row.RelationID); err != nil {
		return entry, err
	}
	next := ActionRow{}
	if row.DoneDay == nil {
		next.DoneDay = new(s.store.Today())
	}
	return row.EntryID, s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[ActionRow](tx).Where("id = ?", action).Select("DoneDay").Updates(ctx, next)
		return err
	})
}
