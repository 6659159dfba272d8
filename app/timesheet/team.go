package timesheet

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// WeekOf reads a week for a coordinator that its owner has handed in. Words and amounts
// that she opens are logged.
func (s *Service) WeekOf(ctx context.Context, who member.Actor, id store.ID) (Sheet, error) {
	if !coordinates(who) {
		return Sheet{}, fault.Missing()
	}
	week, err := gorm.G[Week](s.store.DB).Where("id = ? AND state = ?", id, Closed).First(ctx)
	if err != nil {
		return Sheet{}, store.Translate(err)
	}
	sheet, err := s.sheet(ctx, who, week)
	if err != nil {
		return sheet, err
	}
	names, err := member.Handles(ctx, s.store.DB, []store.ID{week.AccountID})
	if err != nil {
		return sheet, err
	}
	sheet.Handle = names[week.AccountID]
	if sheet.sealed() && week.AccountID != who.Role.ID {
		return sheet, s.noteRead(ctx, who, week.ID)
	}
	return sheet, nil
}

// sealed reports whether something was opened in it.
func (s Sheet) sealed() bool {
	for _, l := range s.Lines {
		if l.Note != "" || l.Reason != "" || l.Dispute != "" || l.Answer != "" {
			return true
		}
	}
	for _, p := range s.Payments {
		if p.Known {
			return true
		}
	}
	return false
}

// LineOf reads one line of a week that was handed in, with its week, for a coordinator.
func (s *Service) LineOf(ctx context.Context, who member.Actor, id store.ID) (Sheet, OpenLine, error) {
	if !coordinates(who) {
		return Sheet{}, OpenLine{}, fault.Missing()
	}
	line, err := gorm.G[Line](s.store.DB).Where("id = ? AND state <> ?", id, Open).First(ctx)
	if err != nil {
		return Sheet{}, OpenLine{}, store.Translate(err)
	}
	sheet, err := s.WeekOf(ctx, who, line.WeekID)
	if err != nil {
		return sheet, OpenLine{}, err
	}
	one, ok := sheet.Line(id)
	if !ok {
		return sheet, one, fault.New(fault.NotFound, "error.missing")
	}
	return sheet, one, nil
}
