package career

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Steps up, in the order in which they stand on a page. Nobody has to take them all.
var Steps = []string{"peer", "experienced", "mentor", "trainer", "lead", "board"}

// StepRow is a step that somebody has taken, with the day. What the organisation promised
// for it is sealed for her and the coordinators.
type StepRow struct {
	ID        store.ID `gorm:"primaryKey"`
	AccountID store.ID
	Step      string
	Day       string
	ByID      store.ID
	WordsID   store.ID
	KeptDay   *string
}

// TableName names the table.
func (StepRow) TableName() string { return "career_steps" }

// Step is a step with the promise, as far as this reader may read it.
type Step struct {
	StepRow
	Promise string
}

// StepForm is what a coordinator writes.
type StepForm struct{ Step, Day, Promise string }

// TakeStep writes down a step of somebody else: who coordinates never writes her own. The
// same step again is a correction, and a promise that changes is open anew.
func (s *Service) TakeStep(ctx context.Context, who member.Actor, account store.ID, f StepForm) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	peers, err := member.Colleagues(ctx, s.store.DB, member.RolePeer)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(peers, func(p member.RoleAccount) bool { return p.ID == account }) {
		return fault.Missing()
	}
	if who.Role.ID == account {
		return fault.New(fault.Refused, "peerwork.two-people")
	}
	f.Promise = strings.TrimSpace(f.Promise)
	mend := tooLong("promise", f.Promise, LongestWords)
	if !slices.Contains(Steps, f.Step) {
		mend = append(mend, fault.Field{Name: "step", Key: "career.step.missing"})
	}
	if !store.IsDay(f.Day) || f.Day > s.store.Today() || f.Day < "1990-01-01" {
		mend = append(mend, fault.Field{Name: "day", Key: "career.day.past"})
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error { return s.writeStep(ctx, tx, who, account, f) })
}

func (s *Service) writeStep(ctx context.Context, tx *gorm.DB, who member.Actor, account store.ID, f StepForm) error {
	old, err := gorm.G[StepRow](tx).Where("account_id = ? AND step = ?", account, f.Step).Limit(1).Find(ctx)
	if err != nil {
		return err
	}
	row := StepRow{ID: store.NewID(), AccountID: account, Step: f.Step, Day: f.Day, ByID: who.Role.ID}
	if f.Promise != "" {
		readers := []store.ID{account}
		people, err := member.Colleagues(ctx, tx, member.RoleCoordinator)
		if err != nil {
			return err
		}
		for _, p := range people {
			readers = append(readers, p.ID)
		}
		if row.WordsID, err = s.seal(ctx, tx, "career step", f.Promise, readers...); err != nil {
			return err
		}
	}
	err = tx.WithContext(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "account_id"}, {Name: "step"}},
		DoUpdates: clause.AssignmentColumns([]string{"day", "by_id", "words_id", "kept_day"}),
	}).Create(&row).Error
	if err != nil {
		return err
	}
	for _, o := range old {
		if err := shred(ctx, tx, o.WordsID); err != nil {
			return err
		}
	}
	return s.note(ctx, tx, who, "step", account)
}

// MySteps lists her steps in the order of their days.
func (s *Service) MySteps(ctx context.Context, who member.Actor) ([]Step, error) {
	if !isPeer(who) {
		return nil, fault.Missing()
	}
	return s.stepsOf(ctx, who, who.Role.ID)
}

func (s *Service) stepsOf(ctx context.Context, who member.Actor, people ...store.ID) ([]Step, error) {
	rows, err := gorm.G[StepRow](s.store.DB).Where("account_id IN ?", people).Order("day, id").Limit(2000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, 0, len(rows))
	for _, row := range rows {
		if !row.WordsID.IsZero() {
			ids = append(ids, row.WordsID)
		}
	}
	words, err := opened[string](ctx, s.store.DB, who, ids)
	list := make([]Step, len(rows))
	for i, row := range rows {
		list[i] = Step{row, words[row.WordsID]}
	}
	return list, err
}

// Kept is hers: what was promised with a step has been kept, or after all not.
func (s *Service) Kept(ctx context.Context, who member.Actor, id store.ID, yes bool) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	var day *string
	if yes {
		day = new(s.store.Today())
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[StepRow](tx).Where("id = ? AND account_id = ? AND words_id IS NOT NULL", id, who.Role.ID).Select("KeptDay").Updates(ctx, StepRow{KeptDay: day})
		if err == nil && n == 0 {
			return fault.Missing()
		}
		return err
	})
}
