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

// Kinds of a skill: soft ones are of dealing with people, hard ones can be shown on paper.
var Kinds = []string{"soft", "hard"}

const mostReaders = 10

// SkillRow is something that somebody can do; what it is stands in sealed words.
type SkillRow struct {
	ID           store.ID `gorm:"primaryKey"`
	AccountID    store.ID
	Kind         string
	Day          string
	WordsID      store.ID
	AskedID      store.ID // the colleague who is asked to say yes, or zero
	ConfirmedDay *string
}

// TableName names the table.
func (SkillRow) TableName() string { return "career_skills" }

// SkillWords are what is sealed of a skill, for her and those whom she names.
type SkillWords struct {
	Name     string     `json:"name"`
	Evidence string     `json:"evidence"` // how she knows, in her words
	Readers  []store.ID `json:"readers,omitempty"`
}

// Skill is a skill as somebody reads it.
type Skill struct {
	SkillRow
	SkillWords
	Handle  string   // of whose it is
	Who     []string // handles of those whom she lets read
	Asked   string   // handle of the colleague who is asked, or ""
	Confirm bool     // this reader is asked and has not answered
}

// SkillForm is what she writes about a skill. ID is zero for a new one.
type SkillForm struct {
	ID                   store.ID
	Kind, Name, Evidence string
	Readers              []store.ID
	Asked                store.ID
	Nonce                string
	Insist               bool
}

func (f SkillForm) check() error {
	var mend []fault.Field
	if !slices.Contains(Kinds, f.Kind) {
		mend = append(mend, fault.Field{Name: "kind", Key: "career.kind.missing"})
	}
	mend = append(mend, asked("skill", f.Name, longestName, "career.skill.empty")...)
	mend = append(mend, tooLong("evidence", f.Evidence, LongestWords)...)
	if len(f.Readers) > mostReaders {
		mend = append(mend, fault.Field{Name: "reader", Key: "career.readers.many", Args: []any{"Most", mostReaders}})
	}
	return fault.Mended(mend)
}

// SaveSkill keeps a skill of hers. Changed words lose the yes that a colleague gave to the
// old ones, and only those who are named now read the new ones.
func (s *Service) SaveSkill(ctx context.Context, who member.Actor, f SkillForm) (Receipt, error) {
	if !isPeer(who) {
		return Receipt{}, fault.Missing()
	}
	f.Name, f.Evidence = strings.TrimSpace(f.Name), strings.TrimSpace(f.Evidence)
	if err := f.check(); err != nil {
		return Receipt{}, err
	}
	var old SkillRow
	before := SkillWords{}
	if !f.ID.IsZero() {
		one, err := s.Skill(ctx, who, f.ID)
		if err != nil {
			return Receipt{}, err
		}
		old, before = one.SkillRow, one.SkillWords
	}
	chosen := slices.Clone(f.Readers)
	if !f.Asked.IsZero() {
		chosen = append(chosen, f.Asked)
	}
	if err := s.mayChoose(ctx, who, "reader", append(before.Readers, old.AskedID), chosen...); err != nil {
		return Receipt{}, err
	}
	r, stop := screen(f.Insist, f.Name, f.Evidence)
	if stop {
		return r, nil
	}
	words := SkillWords{f.Name, f.Evidence, f.Readers}
	row := SkillRow{ID: f.ID, AccountID: who.Role.ID, Kind: f.Kind, Day: s.store.Today(), AskedID: f.Asked}
	if !old.AskedID.IsZero() && old.AskedID == f.Asked && before.Name == f.Name && before.Evidence == f.Evidence && old.Kind == f.Kind {
		row.ConfirmedDay = old.ConfirmedDay
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) (err error) {
		if row.WordsID, err = s.seal(ctx, tx, "career skill", words, append(chosen, who.Role.ID)...); err != nil {
			return err
		}
		if f.ID.IsZero() {
			return s.newSkill(ctx, tx, row, f.Nonce)
		}
		n, err := gorm.G[SkillRow](tx).Where("id = ? AND account_id = ? AND words_id = ?", f.ID, who.Role.ID, old.WordsID).
			Select("Kind", "Day", "WordsID", "AskedID", "ConfirmedDay").Updates(ctx, row)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "error.changed")
		}
		if err != nil {
			return err
		}
		return shred(ctx, tx, old.WordsID)
	})
	if store.IsDuplicate(err) {
		return r, nil // the same form again
	}
	return r, err
}

func (s *Service) newSkill(ctx context.Context, tx *gorm.DB, row SkillRow, nonce string) error {
	n, err := gorm.G[SkillRow](tx).Where("account_id = ?", row.AccountID).Count(ctx, "id")
	if err != nil {
		return err
	}
	if n >= mostRows {
		return fault.New(fault.Refused, "career.skills.many", "Most", mostRows)
	}
	row.ID = store.FormID("career", nonce)
	return gorm.G[SkillRow](tx).Create(ctx, &row)
}

// MySkills lists what she can do, in the order of writing.
func (s *Service) MySkills(ctx context.Context, who member.Actor) ([]Skill, error) {
	if !isPeer(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[SkillRow](s.store.DB).Where("account_id = ?", who.Role.ID).Order("kind DESC, day, id").Limit(mostRows).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.readSkills(ctx, who, rows)
}

// Skill reads one of hers.
func (s *Service) Skill(ctx context.Context, who member.Actor, id store.ID) (Skill, error) {
	if !isPeer(who) {
		return Skill{}, fault.Missing()
	}
	row, err := gorm.G[SkillRow](s.store.DB).Where("id = ? AND account_id = ?", id, who.Role.ID).First(ctx)
	if err != nil {
		return Skill{}, store.Translate(err)
	}
	list, err := s.readSkills(ctx, who, []SkillRow{row})
	if err != nil || len(list) == 0 {
		return Skill{SkillRow: row}, err
	}
	return list[0], nil
}

// Shared lists the skills that others let her read, and those that wait for her yes.
func (s *Service) Shared(ctx context.Context, who member.Actor) ([]Skill, error) {
	if who.Role == nil {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[SkillRow](s.store.DB).Where("account_id <> ? AND words_id IN (SELECT sealed_id FROM sealed_keys WHERE reader_kind = 'role' AND reader_id = ?)",
		who.Role.ID, who.Role.ID.String()).Order("account_id, kind DESC, day, id").Limit(mostRows).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.readSkills(ctx, who, rows)
}

func (s *Service) readSkills(ctx context.Context, who member.Actor, rows []SkillRow) ([]Skill, error) {
	var ids, people []store.ID
	for _, row := range rows {
		ids, people = append(ids, row.WordsID), append(people, row.AccountID, row.AskedID)
	}
	words, err := opened[SkillWords](ctx, s.store.DB, who, ids)
	if err != nil {
		return nil, err
	}
	for _, w := range words {
		people = append(people, w.Readers...)
	}
	names, err := member.Handles(ctx, s.store.DB, people)
	if err != nil {
		return nil, err
	}
	var list []Skill
	for _, row := range rows {
		w, ok := words[row.WordsID]
		if !ok {
			continue
		}
		one := Skill{SkillRow: row, SkillWords: w, Handle: names[row.AccountID], Asked: names[row.AskedID]}
		one.Confirm = row.AskedID == who.Role.ID && row.ConfirmedDay == nil
		if row.AccountID == who.Role.ID {
			for _, reader := range w.Readers {
				one.Who = append(one.Who, names[reader])
			}
		}
		list = append(list, one)
	}
	return list, nil
}

// Confirm is the yes of the colleague whom she asked; nobody else can give it.
func (s *Service) Confirm(ctx context.Context, who member.Actor, id store.ID) error {
	if who.Role == nil {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[SkillRow](tx).Where("id = ? AND asked_id = ? AND account_id <> ?", id, who.Role.ID, who.Role.ID).
			Update(ctx, "confirmed_day", s.store.Today())
		if err == nil && n == 0 {
			return fault.Missing()
		}
		return err
	})
}

// RemoveSkill shreds a skill of hers.
func (s *Service) RemoveSkill(ctx context.Context, who member.Actor, id store.ID) error {
	one, err := s.Skill(ctx, who, id)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := gorm.G[SkillRow](tx).Where("id = ? AND account_id = ?", id, who.Role.ID).Delete(ctx); err != nil {
			return err
		}
		return shred(ctx, tx, one.WordsID)
	})
}
