package timesheet

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Kinds of work, in the order of pages. Training, supervision, co-design, mentoring and
// moderation are work like everything else here.
var Kinds = []string{"outreach", "forum", "moderation", "training", "supervision", "co-design", "mentoring", "translation", "travel"}

// States of lines. A week itself is open or closed. How a week stands for a reader is one
// of these as well, or Done: see Sheet.Standing.
const (
	Open     = "open"
	Closed   = "closed" // she is done with it
	Approved = "approved"
	Cut      = "cut" // approved with fewer minutes, and a reason
	Disputed = "disputed"
	Settled  = "settled" // decided once more after a dispute
	Paid     = "paid"
	Done     = "done" // finished, and there is no pay to wait for
)

// disputeDays is how long a cut may be disputed.
const disputeDays = 14

const minutesOfDay = 24 * 60

// Week is one week of a peer's hours. How it stands is what its lines say.
type Week struct {
	ID        store.ID `gorm:"primaryKey"`
	AccountID store.ID
	Monday    string
	State     string // Open or Closed
	ClosedDay *string
	Closings  int // how often she handed it in: who decides says which of them she read
}

// TableName names the table.
func (Week) TableName() string { return "work_weeks" }

// Line is one piece of work on one day.
type Line struct {
	ID              store.ID `gorm:"primaryKey"`
	WeekID          store.ID
	AccountID       store.ID
	Day             string
	Kind            string
	Minutes         int
	Source          *string // where a proposal came from; each is taken once
	NoteID          store.ID
	State           string
	Pays            bool // false where the contract of its day is not pay, or nothing was approved
	ApprovedMinutes int
	DecidedBy       store.ID
	DecidedDay      *string
	ReasonID        store.ID // why it was cut
	DisputeUntil    *string  // nil when nothing can be disputed any more
	DisputeID       store.ID
	SettledBy       store.ID
	SettledID       store.ID // why the settling was not for all she asked
	PaymentID       store.ID
}

// TableName names the table.
func (Line) TableName() string { return "work_lines" }

// Decided reports whether somebody has decided about it.
func (l Line) Decided() bool { return l.State != Open && l.State != Closed }

// CanDispute reports whether a cut may still be disputed.
func (l Line) CanDispute(today string) bool {
	return l.State == Cut && l.DisputeUntil != nil && *l.DisputeUntil >= today
}

// CanPay reports whether it can be paid now.
func (l Line) CanPay(today string) bool {
	decided := l.State == Approved || l.State == Settled || l.State == Cut && !l.CanDispute(today)
	return decided && l.Pays && l.ApprovedMinutes > 0
}

// Waits reports whether it waits for somebody: for a decision, for her answer or for pay.
func (l Line) Waits(today string) bool {
	return l.State == Closed || l.State == Disputed || l.CanDispute(today) || l.CanPay(today)
}

// Standing is its state for a reader: what is decided and waits for no pay is done.
func (l Line) Standing(today string) string {
	if l.Decided() && l.State != Paid && !l.Waits(today) {
		return Done
	}
	return l.State
}

// OpenLine is a line with the words about it.
type OpenLine struct {
	Line
	Note, Reason, Dispute, Answer string
}

// Sheet is a week as somebody reads it.
type Sheet struct {
	Week
	Handle    string
	Sunday    string
	Lines     []OpenLine
	Minutes   int
	Approved  int
	Proposals []Proposal // that are not taken yet; only for herself, while the week is open
	Payments  []OpenPayment
	Locked    []string // the months of its lines that are locked, as YYYY-MM
}

// Standing is how the week stands, by its lines: the first of what waits.
func (s Sheet) Standing(today string) string {
	if s.State == Open {
		return Open
	}
	return standing(bare(s.Lines), today)
}

func standing(lines []Line, today string) string {
	found := map[string]bool{}
	for _, l := range lines {
		switch {
		case l.CanDispute(today):
			found[Cut] = true
		case l.CanPay(today):
			found[Approved] = true
		default:
			found[l.Standing(today)] = true
		}
	}
	for _, state := range []string{Closed, Disputed, Cut, Approved, Paid} {
		if found[state] {
			return state
		}
	}
	return Done
}

func bare(lines []OpenLine) []Line {
	list := make([]Line, len(lines))
	for i, l := range lines {
		list[i] = l.Line
	}
	return list
}

// Line finds a line of the week.
func (s Sheet) Line(id store.ID) (OpenLine, bool) {
	i := slices.IndexFunc(s.Lines, func(l OpenLine) bool { return l.ID == id })
	if i < 0 {
		return OpenLine{}, false
	}
	return s.Lines[i], true
}

// DaysToPay counts the days from handing in to the last pay, and to today while something
// waits; ok is false for a week that is open, and for one that waits for no pay.
func (s Sheet) DaysToPay(today string) (days int, ok bool) {
	var last string
	if len(s.Payments) > 0 {
		last = s.Payments[0].Day
	}
	return daysToPay(s.Week, bare(s.Lines), last, today)
}

func daysToPay(week Week, lines []Line, lastPay, today string) (days int, ok bool) {
	if week.State == Open || week.ClosedDay == nil {
		return 0, false
	}
	if slices.ContainsFunc(lines, func(l Line) bool { return l.Pays && l.Waits(today) }) {
		return max(0, store.DaysBetween(*week.ClosedDay, today)), true
	}
	if lastPay == "" {
		return 0, false
	}
	return max(0, store.DaysBetween(*week.ClosedDay, lastPay)), true
}

// MondayOf is the Monday of the week that a day lies in.
func MondayOf(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7).Format(time.DateOnly)
}

// monday admits the weeks of a year back and the next one.
func (s *Service) monday(text string) error {
	if !store.DayIn(text, s.store.DayAfter(-366), s.store.DayAfter(7)) || MondayOf(text) != text {
		return fault.Missing()
	}
	return nil
}

// MyWeek reads one of her weeks. A week that holds nothing yet has no row.
func (s *Service) MyWeek(ctx context.Context, who member.Actor, monday string) (Sheet, error) {
	if !isPeer(who) {
		return Sheet{}, fault.Missing()
	}
	if err := s.monday(monday); err != nil {
		return Sheet{}, err
	}
	rows, err := gorm.G[Week](s.store.DB).Where("account_id = ? AND monday = ?", who.Role.ID, monday).Limit(1).Find(ctx)
	if err != nil {
		return Sheet{}, store.Translate(err)
	}
	week := Week{AccountID: who.Role.ID, Monday: monday, State: Open}
	if len(rows) > 0 {
		week = rows[0]
	}
	sheet, err := s.sheet(ctx, who, week)
	if err == nil && week.State == Open {
		sheet.Proposals, err = s.proposals(ctx, who.Role.ID, sheet)
	}
	return sheet, err
}

// sheet reads the lines of a week and opens the words that are hers to read.
func (s *Service) sheet(ctx context.Context, who member.Actor, week Week) (Sheet, error) {
	sheet := Sheet{Week: week, Handle: who.Role.Handle, Sunday: store.DaysAfter(week.Monday, 6)}
	if week.ID.IsZero() {
		return sheet, nil
	}
	rows, err := gorm.G[Line](s.store.DB).Where("week_id = ?", week.ID).Order("day, kind, id").Limit(500).Find(ctx)
	if err != nil {
		return sheet, store.Translate(err)
	}
	if sheet.Lines, err = s.openLines(ctx, who, rows); err != nil {
		return sheet, err
	}
	for _, row := range rows {
		sheet.Minutes += row.Minutes
		sheet.Approved += row.ApprovedMinutes
	}
	if sheet.Payments, err = s.paymentsOf(ctx, who, rows); err != nil {
		return sheet, err
	}
	sheet.Locked, err = s.lockedOf(ctx, rows)
	return sheet, err
}

// openLines opens the words of lines, all in one question.
func (s *Service) openLines(ctx context.Context, who member.Actor, rows []Line) ([]OpenLine, error) {
	list := make([]OpenLine, len(rows))
	var ids []store.ID
	into := map[store.ID][]*string{}
	for i, row := range rows {
		list[i].Line = row
		for id, words := range map[store.ID]*string{row.NoteID: &list[i].Note, row.ReasonID: &list[i].Reason, row.DisputeID: &list[i].Dispute, row.SettledID: &list[i].Answer} {
			if !id.IsZero() {
				ids = append(ids, id)
				into[id] = append(into[id], words)
			}
		}
	}
	return list, s.openAll(ctx, who, ids, into)
}

// proposals asks the other areas for working time of a week that she has not taken yet.
func (s *Service) proposals(ctx context.Context, account store.ID, sheet Sheet) ([]Proposal, error) {
	var list []Proposal
	for _, area := range s.hours {
		found, err := area.Proposals(ctx, account, sheet.Monday, sheet.Sunday)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			fits := store.DayIn(p.Day, sheet.Monday, sheet.Sunday) && slices.Contains(Kinds, p.Kind) && p.Minutes > 0 && p.Minutes <= minutesOfDay && p.Source != ""
			taken := slices.ContainsFunc(sheet.Lines, func(l OpenLine) bool { return l.Source != nil && *l.Source == p.Source })
			if fits && !taken {
				list = append(list, p)
			}
		}
	}
	return list, nil
}
