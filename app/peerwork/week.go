package peerwork

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Kinds of work, in the order of pages. Training, supervision, co-design, mentoring and
// moderation are work like everything else here.
var Kinds = []string{"outreach", "forum", "moderation", "training", "supervision", "co-design", "mentoring", "translation", "travel"}

// The states of a week.
const (
	WeekOpen     = "open"
	WeekClosed   = "closed" // she is done with it
	WeekApproved = "approved"
	WeekCut      = "cut" // approved with fewer minutes, and a reason
	WeekDisputed = "disputed"
	WeekPaid     = "paid"
)

// disputeDays is how long a cut may be disputed.
const disputeDays = 14

const minutesOfDay = 24 * 60

// Week is one week of a peer's hours.
type Week struct {
	ID              store.ID `gorm:"primaryKey"`
	AccountID       store.ID
	Monday          string
	State           string
	ClosedDay       *string
	ClosedMinutes   int
	DecidedBy       store.ID
	DecidedDay      *string
	ApprovedMinutes int
	ReasonID        store.ID // why it was cut
	DisputeUntil    *string  // nil when nothing can be disputed any more
	DisputeID       store.ID
	PaidBy          store.ID
	PaidDay         *string
	PaidReference   string
}

// TableName names the table.
func (Week) TableName() string { return "work_weeks" }

// Line is one piece of work on one day.
type Line struct {
	ID        store.ID `gorm:"primaryKey"`
	WeekID    store.ID
	AccountID store.ID
	Day       string
	Kind      string
	Minutes   int
	Source    *string // where a proposal came from; each is taken once
	NoteID    store.ID
}

// TableName names the table.
func (Line) TableName() string { return "work_lines" }

// LineForm is what she types.
type LineForm struct {
	Day, Kind, Note string
	Minutes         int
	Nonce           string
}

// Sheet is a week as somebody reads it.
type Sheet struct {
	Week
	Handle    string
	Lines     []OpenLine
	Minutes   int
	Proposals []Proposal // that are not taken yet; only for herself, while the week is open
	Reason    string
	Dispute   string
	Sunday    string
}

// OpenLine is a line with its note.
type OpenLine struct {
	Line
	Note string
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
	if !dayIn(text, s.store.DayAfter(-366), s.store.DayAfter(7)) || MondayOf(text) != text {
		return missing()
	}
	return nil
}

// MyWeek reads one of her weeks. A week that holds nothing yet has no row.
func (s *Service) MyWeek(ctx context.Context, who member.Actor, monday string) (Sheet, error) {
	if !isPeer(who) {
		return Sheet{}, missing()
	}
	if err := s.monday(monday); err != nil {
		return Sheet{}, err
	}
	rows, err := gorm.G[Week](s.store.DB).Where("account_id = ? AND monday = ?", who.Role.ID, monday).Limit(1).Find(ctx)
	if err != nil {
		return Sheet{}, store.Translate(err)
	}
	week := Week{AccountID: who.Role.ID, Monday: monday, State: WeekOpen}
	if len(rows) > 0 {
		week = rows[0]
	}
	sheet, err := s.sheet(ctx, who, week)
	if err == nil && week.State == WeekOpen {
		sheet.Proposals, err = s.proposals(ctx, who.Role.ID, sheet)
	}
	return sheet, err
}

// sheet reads the lines of a week and opens the words that are hers to read.
func (s *Service) sheet(ctx context.Context, who member.Actor, week Week) (Sheet, error) {
	sheet := Sheet{Week: week, Handle: who.Role.Handle, Sunday: after(week.Monday, 6)}
	if week.ID.IsZero() {
		return sheet, nil
	}
	rows, err := gorm.G[Line](s.store.DB).Where("week_id = ?", week.ID).Order("day, kind, id").Limit(500).Find(ctx)
	if err != nil {
		return sheet, store.Translate(err)
	}
	for _, row := range rows {
		line := OpenLine{Line: row}
		if _, err := s.open(ctx, s.store.DB, who, row.NoteID, &line.Note); err != nil {
			return sheet, err
		}
		sheet.Lines = append(sheet.Lines, line)
		sheet.Minutes += row.Minutes
	}
	if _, err := s.open(ctx, s.store.DB, who, week.ReasonID, &sheet.Reason); err != nil {
		return sheet, err
	}
	_, err = s.open(ctx, s.store.DB, who, week.DisputeID, &sheet.Dispute)
	return sheet, err
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
			fits := dayIn(p.Day, sheet.Monday, sheet.Sunday) && slices.Contains(Kinds, p.Kind) && p.Minutes > 0 && p.Minutes <= minutesOfDay && p.Source != ""
			taken := slices.ContainsFunc(sheet.Lines, func(l OpenLine) bool { return l.Source != nil && *l.Source == p.Source })
			if fits && !taken {
				list = append(list, p)
			}
		}
	}
	return list, nil
}

// AddLine adds a piece of work to an open week.
func (s *Service) AddLine(ctx context.Context, who member.Actor, monday string, f LineForm) error {
	if !isPeer(who) {
		return missing()
	}
	if err := s.monday(monday); err != nil {
		return err
	}
	var mend []fault.Field
	if !dayIn(f.Day, monday, after(monday, 6)) {
		mend = append(mend, fault.Field{Name: "day", Key: "peerwork.line.day.range"})
	}
	if !slices.Contains(Kinds, f.Kind) {
		mend = append(mend, fault.Field{Name: "kind", Key: "peerwork.line.kind.missing"})
	}
	if f.Minutes < 1 || f.Minutes > minutesOfDay {
		mend = append(mend, fault.Field{Name: "minutes", Key: "peerwork.minutes.range"})
	}
	mend = append(mend, tooLong("note", f.Note)...)
	if err := mended(mend); err != nil {
		return err
	}
	line := Line{ID: idOf(f.Nonce), AccountID: who.Role.ID, Day: f.Day, Kind: f.Kind, Minutes: f.Minutes}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		week, err := s.holdOpen(ctx, tx, who, monday)
		if err != nil {
			return err
		}
		if n, err := gorm.G[Line](tx).Where("id = ?", line.ID).Count(ctx, "id"); err != nil || n > 0 {
			return err // the same form again
		}
		if f.Note != "" {
			readers, err := coordinators(ctx, tx)
			if err != nil {
				return err
			}
			if line.NoteID, err = s.seal(ctx, tx, "hours note", f.Note, append(readers, who.Role.ID)...); err != nil {
				return err
			}
		}
		return addLine(ctx, tx, week, line)
	})
	return err
}

// holdOpen makes the row of a week where there is none, and locks it while it is open: two
// lines at once, or a line and the closing, come one after the other.
func (s *Service) holdOpen(ctx context.Context, tx *gorm.DB, who member.Actor, monday string) (Week, error) {
	fresh := Week{ID: store.NewID(), AccountID: who.Role.ID, Monday: monday, State: WeekOpen}
	if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
		return Week{}, err
	}
	n, err := gorm.G[Week](tx).Where("account_id = ? AND monday = ? AND state = ?", who.Role.ID, monday, WeekOpen).Update(ctx, "state", WeekOpen)
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
	line.WeekID = week.ID
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
		return missing()
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
		if _, err := gorm.G[Line](tx).Where("id = ?", id).Delete(ctx); err != nil {
			return err
		}
		return shredSome(ctx, tx, line.NoteID)
	})
}

// Close hands her week in. It needs a line, and a week that has begun.
func (s *Service) Close(ctx context.Context, who member.Actor, monday string) error {
	if !isPeer(who) {
		return missing()
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
		var sum int
		if err := tx.WithContext(ctx).Raw("SELECT COALESCE(SUM(minutes), 0) FROM work_lines WHERE week_id = ?", week.ID).Scan(&sum).Error; err != nil {
			return err
		}
		if sum == 0 {
			return fault.New(fault.Refused, "peerwork.week.empty")
		}
		week.State, week.ClosedDay, week.ClosedMinutes = WeekClosed, new(s.store.Today()), sum
		_, err = gorm.G[Week](tx).Where("id = ?", week.ID).Select("State", "ClosedDay", "ClosedMinutes").Updates(ctx, week)
		return err
	})
}

// Reopen takes a week back that nobody has decided yet.
func (s *Service) Reopen(ctx context.Context, who member.Actor, monday string) error {
	if !isPeer(who) {
		return missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Week](tx).Where("account_id = ? AND monday = ? AND state = ?", who.Role.ID, monday, WeekClosed).
			Select("State", "ClosedDay", "ClosedMinutes").Updates(ctx, Week{State: WeekOpen})
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "peerwork.week.decided")
		}
		return err
	})
}
