package seed

import (
	"context"
	"fmt"
	"slices"

	"portico/app/peerwork"
)

// fill writes the hours of a week as far as its days have come, the conversations with her
// supervisor among them.
func (l *loader) fill(ctx context.Context, s sheet) error {
	held, err := l.supervision.Hours(ctx, s.who.Role.ID, s.monday(), s.day(6))
	if err != nil {
		return err
	}
	var forms []peerwork.LineForm
	for _, one := range held {
		if s.Closed > 0 { // in an open week the sheet proposes them
			forms = append(forms, peerwork.LineForm{Day: one.Day, Kind: "supervision", Minutes: one.Minutes})
		}
	}
	for _, line := range s.Lines {
		forms = append(forms, peerwork.LineForm{Day: s.day(line.Day), Kind: line.Kind, Minutes: line.Minutes, Note: line.Note})
	}
	for _, f := range forms {
		if f.Day > l.store.Today() {
			continue
		}
		if err := l.work.AddLine(ctx, s.who, s.monday(), f); err != nil {
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
	return l.work.Close(ctx, s.who, s.monday())
}

// found looks the week up among hers.
func (l *loader) found(ctx context.Context, s sheet) (peerwork.Week, error) {
	weeks, err := l.work.MyWeeks(ctx, s.who)
	if err != nil {
		return peerwork.Week{}, err
	}
	at := slices.IndexFunc(weeks, func(w peerwork.Week) bool { return w.Monday == s.monday() })
	if at < 0 {
		return peerwork.Week{}, fmt.Errorf("it is not there")
	}
	return weeks[at], nil
}

func (l *loader) decideWeek(ctx context.Context, s sheet, d weekDecision) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	week, err := l.found(ctx, s)
	if err != nil {
		return err
	}
	read, err := l.work.WeekOf(ctx, by, week.ID)
	if err != nil {
		return err
	}
	return l.work.Decide(ctx, by, week.ID, peerwork.DecideForm{Minutes: read.ClosedMinutes - d.Cut, Closed: read.ClosedMinutes, Reason: d.Reason})
}

func (l *loader) answerCut(ctx context.Context, s sheet) error {
	if s.Answer.Words == "" {
		return l.work.AcceptCut(ctx, s.who, s.monday())
	}
	return l.work.Dispute(ctx, s.who, s.monday(), s.Answer.Words)
}

func (l *loader) payWeek(ctx context.Context, s sheet) error {
	by, err := l.colleague(s.Pay.By)
	if err != nil {
		return err
	}
	week, err := l.found(ctx, s)
	if err != nil {
		return err
	}
	return l.work.Pay(ctx, by, week.ID, s.Pay.Reference)
}
