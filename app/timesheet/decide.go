package timesheet

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// LineDecision is what a coordinator says about one line.
type LineDecision struct {
	Minutes  int    // that she approves
	Closings int    // of the week as she read it
	Reason   string // needed for fewer minutes
}

// Approve approves all lines of a week that nobody has decided yet, as they stand. Closings
// says which handing in she read. Lines of a locked month stay as they are; when there are
// no others, she is told so.
func (s *Service) Approve(ctx context.Context, who member.Actor, id store.ID, closings int) error {
	before, err := s.readFor(ctx, who, id)
	if err != nil {
		return err
	}
	terms, err := s.termsOn(ctx, who, before.AccountID, before.lines)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		held, err := s.holdClosed(ctx, tx, who, id)
		if err != nil {
			return err
		}
		waiting := slices.DeleteFunc(held.lines, func(l Line) bool { return l.State != Closed })
		if held.Closings != closings || len(waiting) == 0 {
			return fault.New(fault.Conflict, "peerwork.week.decided")
		}
		open, err := openOnes(ctx, tx, waiting)
		if err != nil {
			return err
		}
		for _, line := range open {
			next := Line{State: Approved, Pays: waitsForPay(terms, line.Day), ApprovedMinutes: line.Minutes, DecidedBy: who.Role.ID, DecidedDay: new(s.store.Today())}
			if err := decideLine(ctx, tx, line, Closed, next); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, who, Approved, id)
	})
}

// Decide approves one line wholly, or cuts it with a reason. A cut can be disputed once,
// until its day.
func (s *Service) Decide(ctx context.Context, who member.Actor, id store.ID, f LineDecision) error {
	line, terms, err := s.lineFor(ctx, who, id)
	if err != nil {
		return err
	}
	cut := f.Minutes < line.Minutes
	if err := f.mend(line, 0, cut); err != nil {
		return err
	}
	next := Line{State: Approved, ApprovedMinutes: f.Minutes, Pays: f.Minutes > 0 && waitsForPay(terms, line.Day), DecidedBy: who.Role.ID, DecidedDay: new(s.store.Today())}
	if cut {
		next.State, next.DisputeUntil = Cut, new(s.store.DayAfter(disputeDays))
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		held, err := s.holdClosed(ctx, tx, who, line.WeekID)
		if err != nil {
			return err
		}
		if held.Closings != f.Closings {
			return fault.New(fault.Conflict, "peerwork.week.decided")
		}
		if err := refuseLocked(ctx, tx, line.Day); err != nil {
			return err
		}
		if cut {
			if next.ReasonID, err = s.seal(ctx, tx, "hours reason", strings.TrimSpace(f.Reason), line.AccountID); err != nil {
				return err
			}
		}
		if err := decideLine(ctx, tx, line, Closed, next); err != nil {
			return err
		}
		return s.note(ctx, tx, who, next.State, id)
	})
}

// Settle decides a disputed line once more: never for less than before, with a reason for
// less than all. Somebody other than the one who cut does it, where there is somebody.
func (s *Service) Settle(ctx context.Context, who member.Actor, id store.ID, f LineDecision) error {
	line, terms, err := s.lineFor(ctx, who, id)
	if err != nil {
		return err
	}
	if line.State != Disputed {
		return decidedMeanwhile() // what another decided is no mistake of this form
	}
	part := f.Minutes < line.Minutes
	if err := f.mend(line, line.ApprovedMinutes, part); err != nil {
		return err
	}
	next := line
	next.State, next.ApprovedMinutes, next.Pays = Settled, f.Minutes, f.Minutes > 0 && waitsForPay(terms, line.Day)
	next.SettledBy = who.Role.ID
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.holdClosed(ctx, tx, who, line.WeekID); err != nil {
			return err
		}
		if err := refuseLocked(ctx, tx, line.Day); err != nil {
			return err
		}
		if err := otherThanCut(ctx, tx, who, line); err != nil {
			return err
		}
		if part {
			if next.SettledID, err = s.seal(ctx, tx, "hours reason", strings.TrimSpace(f.Reason), line.AccountID); err != nil {
				return err
			}
		}
		if err := decideLine(ctx, tx, line, Disputed, next); err != nil {
			return err
		}
		return s.note(ctx, tx, who, Settled, id)
	})
}

// otherThanCut refuses the one who cut while there is another who could settle it.
func otherThanCut(ctx context.Context, tx *gorm.DB, who member.Actor, line Line) error {
	if line.DecidedBy != who.Role.ID {
		return nil
	}
	others, err := coordinators(ctx, tx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(others, func(id store.ID) bool { return id != who.Role.ID && id != line.AccountID }) {
		return fault.New(fault.Refused, "timesheet.settle.other")
	}
	return nil
}

func (f LineDecision) mend(line Line, least int, reason bool) error {
	var mend []fault.Field
	if f.Minutes < least || f.Minutes > line.Minutes {
		mend = append(mend, fault.Field{Name: "minutes", Key: "timesheet.decide.range", Args: []any{"Least", least, "Most", line.Minutes}})
	} else if reason && strings.TrimSpace(f.Reason) == "" {
		mend = append(mend, fault.Field{Name: "reason", Key: "peerwork.cut.reason"})
	}
	return fault.Mended(append(mend, tooLong("reason", f.Reason)...))
}

// decideLine writes a decision about a line that is still in a state. Who is paid is not
// who decides: that is part of the statement.
func decideLine(ctx context.Context, tx *gorm.DB, line Line, from string, next Line) error {
	by := next.DecidedBy
	if next.State == Settled {
		by = next.SettledBy
	}
	n, err := gorm.G[Line](tx).Where("id = ? AND state = ? AND account_id <> ?", line.ID, from, by).
		Select("State", "Pays", "ApprovedMinutes", "DecidedBy", "DecidedDay", "ReasonID", "DisputeUntil", "SettledBy", "SettledID").Updates(ctx, next)
	if err == nil && n == 0 {
		return decidedMeanwhile()
	}
	return err
}

func decidedMeanwhile() error { return fault.New(fault.Conflict, "timesheet.line.decided") }

// closedWeek is a week that is handed in, with its lines.
type closedWeek struct {
	Week
	lines []Line
}

// readFor loads a week for a coordinator: one that its owner has handed in and not taken
// back.
func (s *Service) readFor(ctx context.Context, who member.Actor, id store.ID) (closedWeek, error) {
	if !coordinates(who) {
		return closedWeek{}, fault.Missing()
	}
	week, err := gorm.G[Week](s.store.DB).Where("id = ? AND state = ?", id, Closed).First(ctx)
	if err != nil {
		return closedWeek{}, store.Translate(err)
	}
	if week.AccountID == who.Role.ID {
		return closedWeek{}, fault.New(fault.Refused, "peerwork.two-people")
	}
	lines, err := gorm.G[Line](s.store.DB).Where("week_id = ?", id).Order("day, kind, id").Limit(500).Find(ctx)
	return closedWeek{week, lines}, store.Translate(err)
}

// lineFor loads a line that a coordinator may decide, and the terms of its day.
func (s *Service) lineFor(ctx context.Context, who member.Actor, id store.ID) (Line, map[string]Terms, error) {
	if !coordinates(who) {
		return Line{}, nil, fault.Missing()
	}
	line, err := gorm.G[Line](s.store.DB).Where("id = ? AND state <> ?", id, Open).First(ctx)
	if err != nil {
		return Line{}, nil, store.Translate(err)
	}
	if line.AccountID == who.Role.ID {
		return Line{}, nil, fault.New(fault.Refused, "peerwork.two-people")
	}
	terms, err := s.termsOn(ctx, who, line.AccountID, []Line{line})
	return line, terms, err
}

// holdClosed locks the row of a week while it is handed in, and reads its lines. It refuses
// herself, and a clock that stands before the day on which the week was handed in.
func (s *Service) holdClosed(ctx context.Context, tx *gorm.DB, who member.Actor, id store.ID) (closedWeek, error) {
	n, err := gorm.G[Week](tx).Where("id = ? AND state = ? AND account_id <> ?", id, Closed, who.Role.ID).Update(ctx, "state", Closed)
	if err != nil {
		return closedWeek{}, err
	}
	if n == 0 {
		return closedWeek{}, fault.New(fault.Conflict, "peerwork.week.decided")
	}
	week, err := gorm.G[Week](tx).Where("id = ?", id).First(ctx)
	if err != nil {
		return closedWeek{}, err
	}
	if week.ClosedDay != nil && *week.ClosedDay > s.store.Today() {
		return closedWeek{}, fault.New(fault.Refused, "timesheet.clock")
	}
	lines, err := gorm.G[Line](tx).Where("week_id = ?", id).Order("day, kind, id").Limit(500).Find(ctx)
	return closedWeek{week, lines}, err
}
