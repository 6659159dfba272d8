package timesheet

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Month is a month of hours that somebody has worked in, open or locked.
type Month struct {
	Month       string `gorm:"primaryKey"` // YYYY-MM
	State       string // Open or Locked
	LockedBy    store.ID
	LockedDay   *string
	UnlockedBy  store.ID
	UnlockedDay *string
	ReasonID    store.ID // why it was unlocked
}

// TableName names the table.
func (Month) TableName() string { return "work_months" }

// Locked is the state of a month in which nothing moves.
const Locked = "locked"

// MonthOf is the month of a day.
func MonthOf(day string) string {
	if len(day) < 7 {
		return day
	}
	return day[:7]
}

// isMonth reports whether a text names a month.
func isMonth(text string) bool {
	_, err := time.Parse("2006-01", text)
	return err == nil
}

// holdMonths locks the rows of the months of some days, oldest first, so that a month is
// not locked while something in it moves, and says which of them are locked already.
func holdMonths(ctx context.Context, tx *gorm.DB, days ...string) (locked []string, err error) {
	var months []string
	for _, day := range days {
		months = append(months, MonthOf(day))
	}
	slices.Sort(months)
	for _, month := range slices.Compact(months) {
		if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&Month{Month: month, State: Open}).Error; err != nil {
			return nil, err
		}
		n, err := gorm.G[Month](tx).Where("month = ? AND state = ?", month, Open).Update(ctx, "state", Open)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			locked = append(locked, month)
		}
	}
	return locked, nil
}

// refuseLocked refuses when one of the days lies in a locked month.
func refuseLocked(ctx context.Context, tx *gorm.DB, days ...string) error {
	locked, err := holdMonths(ctx, tx, days...)
	if err == nil && len(locked) > 0 {
		return fault.New(fault.Refused, "timesheet.month.locked")
	}
	return err
}

// openOnes are the lines that lie in no locked month; it refuses when there are none.
func openOnes(ctx context.Context, tx *gorm.DB, lines []Line) ([]Line, error) {
	locked, err := holdMonths(ctx, tx, daysOf(lines)...)
	if err != nil {
		return nil, err
	}
	open := slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return slices.Contains(locked, MonthOf(l.Day)) })
	if len(open) == 0 {
		return nil, fault.New(fault.Refused, "timesheet.month.locked")
	}
	return open, nil
}

// lockedOf are the locked months among those of some lines.
func (s *Service) lockedOf(ctx context.Context, lines []Line) ([]string, error) {
	var months []string
	for _, l := range lines {
		months = append(months, MonthOf(l.Day))
	}
	if len(months) == 0 {
		return nil, nil
	}
	rows, err := gorm.G[Month](s.store.DB).Where("month IN ? AND state = ?", months, Locked).Order("month").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	locked := make([]string, len(rows))
	for i, row := range rows {
		locked[i] = row.Month
	}
	return locked, nil
}

// OpenMonth is a month as coordinators read it.
type OpenMonth struct {
	Month
	By      string // who locked it
	Reason  string // why it was last unlocked
	Waiting int    // lines that wait for a decision or for pay
	Mine    bool   // she locked it: another unlocks it
}

// Months lists the months that are over and hold hours, newest first.
func (s *Service) Months(ctx context.Context, who member.Actor) ([]OpenMonth, error) {
	if !coordinates(who) {
		return nil, fault.Missing()
	}
	rows, err := s.monthsOver(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]OpenMonth, len(rows))
	var ids, people []store.ID
	into := map[store.ID][]*string{}
	for i, row := range rows {
		list[i] = OpenMonth{Month: row, Mine: row.LockedBy == who.Role.ID}
		people = append(people, row.LockedBy)
		if !row.ReasonID.IsZero() {
			ids = append(ids, row.ReasonID)
			into[row.ReasonID] = append(into[row.ReasonID], &list[i].Reason)
		}
		if list[i].Waiting, err = s.waitingIn(ctx, s.store.DB, row.Month); err != nil {
			return nil, err
		}
	}
	names, err := member.Handles(ctx, s.store.DB, slices.DeleteFunc(people, store.ID.IsZero))
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].By = names[list[i].LockedBy]
	}
	return list, s.openAll(ctx, who, ids, into)
}

// monthsOver are the months before the present one that hold lines or have a row.
func (s *Service) monthsOver(ctx context.Context) ([]Month, error) {
	present := MonthOf(s.store.Today())
	rows, err := gorm.G[Month](s.store.DB).Where("month < ?", present).Order("month DESC").Limit(24).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var worked []string
	err = s.store.DB.WithContext(ctx).Raw("SELECT DISTINCT SUBSTR(day, 1, 7) AS month FROM work_lines WHERE state <> ? AND day < ? ORDER BY month DESC LIMIT 24", Open, present+"-01").Scan(&worked).Error
	if err != nil {
		return nil, store.Translate(err)
	}
	for _, month := range worked {
		if !slices.ContainsFunc(rows, func(m Month) bool { return m.Month == month }) {
			rows = append(rows, Month{Month: month, State: Open})
		}
	}
	slices.SortFunc(rows, func(a, b Month) int { return strings.Compare(b.Month, a.Month) })
	return rows, nil
}

// waitingIn counts the lines of a month that wait for the organisation.
func (s *Service) waitingIn(ctx context.Context, db *gorm.DB, month string) (int, error) {
	n, err := gorm.G[Line](db).Where("day >= ? AND day <= ? AND ("+waiting+")", month+"-01", month+"-31", s.store.Today()).Count(ctx, "id")
	return int(n), err
}

// Lock locks a month that is over. What in it still waits would wait until somebody unlocks
// it, so she says that she knows.
func (s *Service) Lock(ctx context.Context, who member.Actor, month string, although bool) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	if !isMonth(month) {
		return fault.Missing()
	}
	today := s.store.Today()
	if month >= MonthOf(today) {
		return fault.New(fault.Refused, "timesheet.month.early")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		locked, err := holdMonths(ctx, tx, month+"-01")
		if err != nil {
			return err
		}
		if len(locked) > 0 {
			return fault.New(fault.Conflict, "timesheet.month.already")
		}
		waits, err := s.waitingIn(ctx, tx, month)
		if err != nil {
			return err
		}
		if waits > 0 && !although {
			return fault.Mend(fault.Field{Name: "although", Key: "timesheet.month.waits"})
		}
		next := Month{State: Locked, LockedBy: who.Role.ID, LockedDay: &today}
		if _, err := gorm.G[Month](tx).Where("month = ?", month).Select("State", "LockedBy", "LockedDay").Updates(ctx, next); err != nil {
			return err
		}
		return s.noteMonth(ctx, tx, who, "lock", month)
	})
}

// Unlock opens a locked month again: another coordinator than the one who locked it, with a
// reason that those who coordinate read.
func (s *Service) Unlock(ctx context.Context, who member.Actor, month, reason string) error {
	if !coordinates(who) || !isMonth(month) {
		return fault.Missing()
	}
	reason = strings.TrimSpace(reason)
	mend := tooLong("reason", reason)
	if reason == "" {
		mend = append(mend, fault.Field{Name: "reason", Key: "timesheet.unlock.reason"})
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		rows, err := gorm.G[Month](tx).Where("month = ? AND state = ?", month, Locked).Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return fault.New(fault.Conflict, "timesheet.month.open")
		}
		if rows[0].LockedBy == who.Role.ID {
			return fault.New(fault.Refused, "timesheet.unlock.other")
		}
		next := Month{State: Open, UnlockedBy: who.Role.ID, UnlockedDay: new(s.store.Today())}
		if next.ReasonID, err = s.seal(ctx, tx, "hours unlock", reason, who.Role.ID); err != nil {
			return err
		}
		n, err := gorm.G[Month](tx).Where("month = ? AND state = ? AND locked_by <> ?", month, Locked, who.Role.ID).
			Select("State", "UnlockedBy", "UnlockedDay", "ReasonID").Updates(ctx, next)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "timesheet.month.open")
		}
		if err := shredSome(ctx, tx, rows[0].ReasonID); err != nil {
			return err
		}
		return s.noteMonth(ctx, tx, who, "unlock", month)
	})
}
