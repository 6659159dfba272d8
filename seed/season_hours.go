package seed

import (
	"context"
	"fmt"
	"slices"

	"portico/app/timesheet"
)

// fill writes the hours of a week as far as its days have come, the conversations with her
// supervisor among them.
func (l *loader) fill(ctx context.Context, s sheet) error {
	held, err := l.supervision.Hours(ctx, s.who.Role.ID, s.monday(), s.day(6))
	if err != nil {
		return err
	}
	var forms []timesheet.LineForm
	for _, one := range held {
		if s.Closed > 0 { // in an open week the sheet proposes them
			kind := "supervision"
			if one.Kind == "mentoring" {
				kind = "mentoring"
			}
			forms = append(forms, timesheet.LineForm{Day: one.Day, Kind: kind, Minutes: one.Minutes})
		}
	}
	for _, line := range s.Lines {
		forms = append(forms, timesheet.LineForm{Day: s.day(line.Day), Kind: line.Kind, Minutes: line.Minutes, Note: line.Note})
	}
	for _, f := range forms {
		if f.Day > l.store.Today() {
			continue
		}
		if err := l.hours.AddLine(ctx, s.who, s.monday(), f); err != nil {
			return err
		}
	}
	return nil
}

// handIn fills a week and closes it.
func (l *loader) handIn(ctx context.Context, s sheet) error {
	if err := l.fill(ctx, s); err != nil {
		return err
	}
	return l.hours.Close(ctx, s.who, s.monday())
}

// found looks the week up among hers.
func (l *loader) found(ctx context.Context, s sheet) (timesheet.Sheet, error) {
	sheet, err := l.hours.MyWeek(ctx, s.who, s.monday())
	if err == nil && sheet.ID.IsZero() {
		err = fmt.Errorf("it is not there")
	}
	return sheet, err
}

// decideWeek settles what is disputed, or else decides the whole week: what is cut goes off
// the last line that is long enough.
func (l *loader) decideWeek(ctx context.Context, s sheet, d weekDecision) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	week, err := l.found(ctx, s)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(week.Lines, func(one timesheet.OpenLine) bool { return one.State == timesheet.Disputed }); at >= 0 {
		line := week.Lines[at]
		return l.hours.Settle(ctx, by, line.ID, timesheet.LineDecision{Minutes: line.Minutes - d.Cut, Closings: week.Closings, Reason: d.Reason})
	}
	for at := len(week.Lines) - 1; d.Cut > 0; at-- {
		if at < 0 {
			return fmt.Errorf("no line is %d minutes long", d.Cut)
		}
		if line := week.Lines[at]; line.Minutes >= d.Cut {
			f := timesheet.LineDecision{Minutes: line.Minutes - d.Cut, Closings: week.Closings, Reason: d.Reason}
			if err := l.hours.Decide(ctx, by, line.ID, f); err != nil {
				return err
			}
			break
		}
	}
	return l.hours.Approve(ctx, by, week.ID, week.Closings)
}

// answerCut is what she says to the line that was cut.
func (l *loader) answerCut(ctx context.Context, s sheet) error {
	week, err := l.found(ctx, s)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(week.Lines, func(one timesheet.OpenLine) bool { return one.State == timesheet.Cut })
	if at < 0 {
		return fmt.Errorf("nothing is cut")
	}
	if s.Answer.Words == "" {
		return l.hours.Accept(ctx, s.who, week.Lines[at].ID)
	}
	return l.hours.Dispute(ctx, s.who, week.Lines[at].ID, s.Answer.Words)
}

// payWeek pays what can be paid now.
func (l *loader) payWeek(ctx context.Context, s sheet, d weekPay) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	week, err := l.found(ctx, s)
	if err != nil {
		return err
	}
	read, err := l.hours.WeekOf(ctx, by, week.ID)
	if err != nil {
		return err
	}
	bundles, err := l.hours.Bundles(ctx, by, read)
	if err != nil {
		return err
	}
	if len(bundles) != 1 {
		return fmt.Errorf("%d payments are needed, not one", len(bundles))
	}
	one := bundles[0]
	f := timesheet.PayForm{Bundle: one.Key, Reference: d.Reference, Amount: d.Amount, Minutes: one.Minutes, Sum: one.Sum.StringFixed(2)}
	return l.hours.Pay(ctx, by, week.ID, f)
}
