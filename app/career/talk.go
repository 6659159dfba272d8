package career

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// everyMonths is the rhythm of the talk that the organisation owes.
const everyMonths = 6

// States of a talk.
const (
	Planned = "planned"
	Noted   = "noted" // the other person wrote what was said, and she has not said yes
	Held    = "held"
)

// TalkRow is a talk between her and one other person; what is said is sealed for the two.
type TalkRow struct {
	ID        store.ID `gorm:"primaryKey"`
	AccountID store.ID
	WithID    store.ID
	Day       string
	State     string
	WordsID   store.ID
}

// TableName names the table.
func (TalkRow) TableName() string { return "career_talks" }

// TalkWords are what the two write.
type TalkWords struct {
	Agenda string `json:"agenda"`
	There  string `json:"there"` // who was there
	Steps  string `json:"steps"` // what was agreed, by whom, until when
	Words  string `json:"words"`
}

// Talk is a talk as one of the two reads it.
type Talk struct {
	TalkRow
	TalkWords
	Handle string // of whose career it is
	With   string // handle of the other person
	Own    bool   // it is about this reader
	Locked bool   // it was sealed for a key that is lost
}

// PlanForm plans a talk. Account is whose career it is; who plans is one of the two.
type PlanForm struct {
	Account, With      store.ID
	Day, Agenda, Nonce string
	Insist             bool
}

// Plan puts a talk on a day: she asks somebody, or somebody who coordinates, supervises or
// leads asks her.
func (s *Service) Plan(ctx context.Context, who member.Actor, f PlanForm) (Receipt, error) {
	if who.Role == nil {
		return Receipt{}, fault.Missing()
	}
	own := f.Account == who.Role.ID
	if own && !isPeer(who) || !own && !who.Has(member.RoleCoordinator, member.RoleSupervisor, member.RoleLeader) {
		return Receipt{}, fault.Missing()
	}
	mend := tooLong("agenda", f.Agenda, LongestWords)
	if !store.IsDay(f.Day) || f.Day < s.store.Today() || f.Day > s.store.DayAfter(366) {
		mend = append(mend, fault.Field{Name: "day", Key: "career.day.ahead"})
	}
	if f.With == f.Account || f.With.IsZero() {
		mend = append(mend, fault.Field{Name: "with", Key: "career.with.missing"})
	}
	if err := fault.Mended(mend); err != nil {
		return Receipt{}, err
	}
	if err := s.bothThere(ctx, who, f); err != nil {
		return Receipt{}, err
	}
	r, stop := screen(f.Insist, f.Agenda)
	if stop {
		return r, nil
	}
	row := TalkRow{ID: store.FormID("career", f.Nonce), AccountID: f.Account, WithID: f.With, Day: f.Day, State: Planned}
	err := s.store.Tx(ctx, func(tx *gorm.DB) (err error) {
		if row.WordsID, err = s.seal(ctx, tx, "career talk", TalkWords{Agenda: strings.TrimSpace(f.Agenda)}, f.Account, f.With); err != nil {
			return err
		}
		return gorm.G[TalkRow](tx).Create(ctx, &row)
	})
	if store.IsDuplicate(err) {
		return r, nil // the same form again
	}
	return r, err
}

func (s *Service) bothThere(ctx context.Context, who member.Actor, f PlanForm) error {
	if f.Account == who.Role.ID {
		return s.mayChoose(ctx, who, "with", nil, f.With)
	}
	if f.With != who.Role.ID {
		return fault.Missing()
	}
	peers, err := member.Colleagues(ctx, s.store.DB, member.RolePeer)
	if err == nil && !slices.ContainsFunc(peers, func(p member.RoleAccount) bool { return p.ID == f.Account }) {
		return fault.Missing()
	}
	return err
}

// Talks lists the talks that she has or had with somebody, the newest first.
func (s *Service) Talks(ctx context.Context, who member.Actor) ([]Talk, error) {
	if who.Role == nil {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[TalkRow](s.store.DB).Where("account_id = ? OR with_id = ?", who.Role.ID, who.Role.ID).Order("day DESC, id").Limit(mostRows).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.readTalks(ctx, who, rows)
}

// Talk reads one of the two's.
func (s *Service) Talk(ctx context.Context, who member.Actor, id store.ID) (Talk, error) {
	if who.Role == nil {
		return Talk{}, fault.Missing()
	}
	row, err := gorm.G[TalkRow](s.store.DB).Where("id = ? AND (account_id = ? OR with_id = ?)", id, who.Role.ID, who.Role.ID).First(ctx)
	if err != nil {
		return Talk{}, store.Translate(err)
	}
	list, err := s.readTalks(ctx, who, []TalkRow{row})
	if err != nil {
		return Talk{}, err
	}
	return list[0], nil
}

func (s *Service) readTalks(ctx context.Context, who member.Actor, rows []TalkRow) ([]Talk, error) {
	var ids, people []store.ID
	for _, row := range rows {
		ids, people = append(ids, row.WordsID), append(people, row.AccountID, row.WithID)
	}
	words, err := opened[TalkWords](ctx, s.store.DB, who, ids)
	if err != nil {
		return nil, err
	}
	names, err := member.Handles(ctx, s.store.DB, people)
	list := make([]Talk, len(rows))
	for i, row := range rows {
		w, ok := words[row.WordsID]
		list[i] = Talk{TalkRow: row, TalkWords: w, Handle: names[row.AccountID], With: names[row.WithID], Own: row.AccountID == who.Role.ID, Locked: !ok}
	}
	return list, err
}

// NoteForm is what one of the two writes after the talk.
type NoteForm struct {
	TalkWords
	Day    string // on which it took place
	Insist bool
}

func (f NoteForm) check(today string) error {
	var mend []fault.Field
	if !store.IsDay(f.Day) || f.Day > today {
		mend = append(mend, fault.Field{Name: "day", Key: "career.day.past"})
	}
	mend = append(mend, asked("there", f.There, longestName, "career.there.empty")...)
	mend = append(mend, asked("steps", f.Steps, LongestWords, "career.steps.empty")...)
	mend = append(mend, tooLong("agenda", f.Agenda, LongestWords)...)
	return fault.Mended(append(mend, tooLong("words", f.Words, LongestWords)...))
}

// Note writes what was said. From her own hand the talk is held with it; from the other's it
// waits for her yes, because only she can say that the organisation kept its word.
func (s *Service) Note(ctx context.Context, who member.Actor, id store.ID, f NoteForm) (Receipt, error) {
	talk, err := s.Talk(ctx, who, id)
	if err != nil {
		return Receipt{}, err
	}
	if talk.State == Held {
		return Receipt{}, fault.New(fault.Conflict, "career.talk.held")
	}
	if err := f.check(s.store.Today()); err != nil {
		return Receipt{}, err
	}
	r, stop := screen(f.Insist, f.Agenda, f.There, f.Steps, f.Words)
	if stop {
		return r, nil
	}
	next := TalkRow{Day: f.Day, State: Noted}
	if talk.Own {
		next.State = Held
	}
	return r, s.store.Tx(ctx, func(tx *gorm.DB) (err error) {
		if next.WordsID, err = s.seal(ctx, tx, "career talk", f.TalkWords, talk.AccountID, talk.WithID); err != nil {
			return err
		}
		n, err := gorm.G[TalkRow](tx).Where("id = ? AND words_id = ? AND state <> ?", id, talk.WordsID, Held).Select("Day", "State", "WordsID").Updates(ctx, next)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "error.changed")
		}
		if err != nil {
			return err
		}
		return shred(ctx, tx, talk.WordsID)
	})
}

// Answer is hers: the talk took place, or it did not and is planned still.
func (s *Service) Answer(ctx context.Context, who member.Actor, id store.ID, yes bool) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	state := Planned
	if yes {
		state = Held
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[TalkRow](tx).Where("id = ? AND account_id = ? AND state = ?", id, who.Role.ID, Noted).Update(ctx, "state", state)
		if err == nil && n == 0 {
			return fault.Missing()
		}
		return err
	})
}

// CallOff takes a planned talk off the list; either of the two may. The talk stays due.
func (s *Service) CallOff(ctx context.Context, who member.Actor, id store.ID) error {
	talk, err := s.Talk(ctx, who, id)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[TalkRow](tx).Where("id = ? AND state = ?", id, Planned).Delete(ctx)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "career.talk.held")
		}
		if err != nil {
			return err
		}
		return shred(ctx, tx, talk.WordsID)
	})
}
