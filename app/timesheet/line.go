package timesheet

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// LineForm is what she types.
type LineForm struct {
	Day, Kind, Note string
	Minutes         int
	Nonce           string
}

// AddLine adds a piece of work to an open week.
func (s *Service) AddLine(ctx context.Context, who member.Actor, monday string, f LineForm) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	if err := s.monday(monday); err != nil {
		return err
	}
	var mend []fault.Field
	if !store.DayIn(f.Day, monday, store.DaysAfter(monday, 6)) {
		mend = append(mend, fault.Field{Name: "day", Key: "peerwork.line.day.range"})
	}
	if !slices.Contains(Kinds, f.Kind) {
		mend = append(mend, fault.Field{Name: "kind", Key: "peerwork.line.kind.missing"})
	}
	if f.Minutes < 1 || f.Minutes > minutesOfDay {
		mend = append(mend, fault.Field{Name: "minutes", Key: "peerwork.minutes.range"})
	}
	mend = append(mend, tooLong("note", f.Note)...)
	if err := fault.Mended(mend); err != nil {
		return err
	}
	line := Line{ID: store.FormID("timesheet", f.Nonce), AccountID: who.Role.ID, Day: f.Day, Kind: f.Kind, Minutes: f.Minutes}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		week, err := s.holdOpen(ctx, tx, who, monday)
		if err != nil {
			return err
		}
		if n, err := gorm.G[Line](tx).Where("id = ?", line.ID).Count(ctx, "id"); err != nil || n > 0 {
			return err // the same form again
		}
		locked, err := holdMonths(ctx, tx, f.Day)
		if err != nil {
			return err
		}
		if len(locked) > 0 {
			return fault.Mend(fault.Field{Name: "day", Key: "timesheet.month.locked.line"})
		}
		if f.Note != "" {
			if line.NoteID, err = s.seal(ctx, tx, "hours note", f.Note, who.Role.ID); err != nil {
				return err
			}
		}
		return addLine(ctx, tx, week, line)
	})
}

// holdOpen makes the row of a week where there is none, and locks it while it is open: two
// lines at once, or a line and the closing, come one after the other.
func (s *Service) holdOpen(ctx context.Context, tx *gorm.DB, who member.Actor, monday string) (Week, error) {
	fresh := Week{ID: store.NewID(), AccountID: who.Role.ID, Monday: monday, State: Open}
	if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
		return Week{}, err
	}
	n, err := gorm.G[Week](tx).Where("account_id = ? AND monday = ? AND state = ?", who.Role.ID, monday, Open).Update(ctx, "state", Open)
	if err != nil {
		return Week{}, err
	}
	if n == 0 {
		return Week{}, fault.New(fault.Refused, "peerwork.week.closed")
	}
	return gorm.G[Week](tx).Where("account_id = ? AND monday = ?", who.Role.ID, monday).First(ctx)
}

// addLine writes a line unless the day would hold more than its hours.
func addLine(ctx context.Context, tx *gorm.DB, week Week, line Line) error {
	var sum int
	if err := tx.WithContext(ctx).Raw("SELECT COALESCE(SUM(minutes), 0) FROM work_lines WHERE week_id = ? AND day = ?", week.ID, line.Day).Scan(&sum).Error; err != nil {
		return err
	}
	if sum+line.Minutes > minutesOfDay {
		return fault.Mend(fault.Field{Name: "minutes", Key: "peerwork.minutes.day"})
	}
	line.WeekID, line.State, line.Pays = week.ID, Open, true
	return gorm.G[Line](tx).Create(ctx, &line)
}

// Take makes lines of the proposals that she ticked. What a proposal says is asked again
// and never read from the form; one that she has taken before changes nothing.
func (s *Service) Take(ctx context.Context, who member.Actor, monday string, sources []string) error {
	sheet, err := s.MyWeek(ctx, who, monday)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		week, err := s.holdOpen(ctx, tx, who, monday)
		if err != nil {
			return err
		}
		for _, p := range sheet.Proposals {
			if !slices.Contains(sources, p.Source) {
				continue
			}
			n, err := gorm.G[Line](tx).Where("account_id = ? AND source = ?", who.Role.ID, p.Source).Count(ctx, "id")
			if err != nil {
				return err
			}
			if n > 0 {
				continue
			}
			if err := refuseLocked(ctx, tx, p.Day); err != nil {
				return err
			}
			line := Line{ID: store.NewID(), AccountID: who.Role.ID, Day: p.Day, Kind: p.Kind, Minutes: p.Minutes, Source: new(p.Source)}
			if err := addLine(ctx, tx, week, line); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveLine takes a line out of an open week.
func (s *Service) RemoveLine(ctx context.Context, who member.Actor, monday string, id store.ID) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	if err := s.monday(monday); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		week, err := s.holdOpen(ctx, tx, who, monday)
		if err != nil {
			return err
		}
		line, err := gorm.G[Line](tx).Where("id = ? AND week_id = ?", id, week.ID).First(ctx)
		if err != nil {
			return err
		}
		if err := refuseLocked(ctx, tx, line.Day); err != nil {
			return err
		}
		if _, err := gorm.G[Line](tx).Where("id = ?", id).Delete(ctx); err != nil {
			return err
		}
		return shredSome(ctx, tx, line.NoteID)
	})
}

// Close hands her week in. It needs a line, and a week that has begun.
func (s *Service) Close(ctx context.Context, who member.Actor, monday string) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	if err := s.monday(monday); err != nil {
		return err
	}
	if monday > s.store.Today() {
		return fault.New(fault.Refused, "peerwork.week.early")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		week, err := s.holdOpen(ctx, tx, who, monday)
		if err != nil {
			return err
		}
		lines, err := gorm.G[Line](tx).Where("week_id = ?", week.ID).Limit(500).Find(ctx)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return fault.New(fault.Refused, "peerwork.week.empty")
		}
		if err := refuseLocked(ctx, tx, daysOf(lines)...); err != nil {
			return err
		}
		if _, err := gorm.G[Line](tx).Where("week_id = ?", week.ID).Update(ctx, "state", Closed); err != nil {
			return err
		}
		week.State, week.ClosedDay, week.Closings = Closed, new(s.store.Today()), week.Closings+1
		_, err = gorm.G[Week](tx).Where("id = ?", week.ID).Select("State", "ClosedDay", "Closings").Updates(ctx, week)
		return err
	})
}

// Reopen takes a week back of which nobody has decided a line yet.
func (s *Service) Reopen(ctx context.Context, who member.Actor, monday string) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	decided := fault.New(fault.Conflict, "peerwork.week.decided")
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Week](tx).Where("account_id = ? AND monday = ? AND state = ?", who.Role.ID, monday, Closed).
			Select("State", "ClosedDay").Updates(ctx, Week{State: Open})
		if err != nil {
			return err
		}
		if n == 0 {
			return decided
		}
		week, err := gorm.G[Week](tx).Where("account_id = ? AND monday = ?", who.Role.ID, monday).First(ctx)
		if err != nil {
			return err
		}
		lines, err := gorm.G[Line](tx).Where("week_id = ?", week.ID).Limit(500).Find(ctx)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(lines, Line.Decided) {
			return decided
		}
		if err := refuseLocked(ctx, tx, daysOf(lines)...); err != nil {
			return err
		}
		_, err = gorm.G[Line](tx).Where("week_id = ?", week.ID).Update(ctx, "state", Open)
		return err
	})
}

func daysOf(lines []Line) []string {
	days := make([]string, len(lines))
	for i, l := range lines {
		days[i] = l.Day
	}
	return days
}
