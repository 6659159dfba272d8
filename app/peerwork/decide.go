package peerwork

import (
	"context"
	"regexp"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// DecideForm is what a coordinator says about a closed week.
type DecideForm struct {
	Minutes int    // that she approves
	Closed  int    // minutes of the week as she read it
	Reason  string // needed for a cut
}

// Decide approves a closed or disputed week. Who decides is not who is paid: that is part
// of the statement that changes the row, and of two who decide at once one is told so. A
// cut has a reason and can be disputed once.
func (s *Service) Decide(ctx context.Context, who member.Actor, id store.ID, f DecideForm) error {
	week, err := s.weekFor(ctx, who, id)
	if err != nil {
		return err
	}
	if week.AccountID == who.Role.ID {
		return fault.New(fault.Refused, "peerwork.two-people")
	}
	cut := f.Minutes < week.ClosedMinutes
	var mend []fault.Field
	if f.Minutes < 0 || f.Minutes > week.ClosedMinutes {
		mend = append(mend, fault.Field{Name: "minutes", Key: "peerwork.approve.range", Args: []any{"Most", week.ClosedMinutes}})
	}
	if cut && strings.TrimSpace(f.Reason) == "" {
		mend = append(mend, fault.Field{Name: "reason", Key: "peerwork.cut.reason"})
	}
	if err := mended(append(mend, tooLong("reason", f.Reason)...)); err != nil {
		return err
	}
	next := Week{State: WeekApproved, DecidedBy: who.Role.ID, DecidedDay: new(s.store.Today()), ApprovedMinutes: f.Minutes}
	if cut {
		next.State = WeekCut
		if week.State == WeekClosed {
			next.DisputeUntil = new(s.store.DayAfter(disputeDays))
		}
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if cut {
			readers, err := coordinators(ctx, tx)
			if err != nil {
				return err
			}
			if next.ReasonID, err = s.seal(ctx, tx, "hours reason", strings.TrimSpace(f.Reason), append(readers, week.AccountID)...); err != nil {
				return err
			}
		}
		n, err := gorm.G[Week](tx).Where("id = ? AND state = ? AND state IN ? AND closed_minutes = ? AND account_id <> ?",
			id, week.State, []string{WeekClosed, WeekDisputed}, f.Closed, who.Role.ID).
			Select("State", "DecidedBy", "DecidedDay", "ApprovedMinutes", "ReasonID", "DisputeUntil").Updates(ctx, next)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "peerwork.week.decided")
		}
		if err := shredSome(ctx, tx, week.ReasonID); err != nil {
			return err
		}
		return s.note(ctx, tx, who, next.State, id)
	})
}

// weekFor loads a week for a coordinator: one that its owner has closed at some time.
func (s *Service) weekFor(ctx context.Context, who member.Actor, id store.ID) (Week, error) {
	if !coordinates(who) {
		return Week{}, missing()
	}
	week, err := gorm.G[Week](s.store.DB).Where("id = ? AND state <> ?", id, WeekOpen).First(ctx)
	return week, store.Translate(err)
}

// WeekOf reads a closed week for a coordinator. Words that she opens are logged.
func (s *Service) WeekOf(ctx context.Context, who member.Actor, id store.ID) (Sheet, error) {
	week, err := s.weekFor(ctx, who, id)
	if err != nil {
		return Sheet{}, err
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
	for _, line := range sheet.Lines {
		if line.Note != "" && week.AccountID != who.Role.ID {
			return sheet, s.noteRead(ctx, who, week.ID)
		}
	}
	return sheet, nil
}

// Dispute says why a cut is wrong, until its day. The week goes back to the coordinators.
func (s *Service) Dispute(ctx context.Context, who member.Actor, monday, words string) error {
	words = strings.TrimSpace(words)
	mend := tooLong("dispute", words)
	if words == "" {
		mend = append(mend, fault.Field{Name: "dispute", Key: "peerwork.dispute.empty"})
	}
	return s.answerCut(ctx, who, monday, mend, func(tx *gorm.DB, next *Week) error {
		readers, err := coordinators(ctx, tx)
		if err != nil {
			return err
		}
		next.State = WeekDisputed
		next.DisputeID, err = s.seal(ctx, tx, "hours dispute", words, append(readers, who.Role.ID)...)
		return err
	})
}

// AcceptCut leaves it at that, so that the rest can be paid at once.
func (s *Service) AcceptCut(ctx context.Context, who member.Actor, monday string) error {
	return s.answerCut(ctx, who, monday, nil, func(_ *gorm.DB, next *Week) error {
		next.State = WeekCut
		return nil
	})
}

// answerCut is her one answer to a cut.
func (s *Service) answerCut(ctx context.Context, who member.Actor, monday string, mend []fault.Field, answer func(*gorm.DB, *Week) error) error {
	if !isPeer(who) {
		return missing()
	}
	if err := s.monday(monday); err != nil {
		return err
	}
	if err := mended(mend); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		var next Week
		if err := answer(tx, &next); err != nil {
			return err
		}
		n, err := gorm.G[Week](tx).Where("account_id = ? AND monday = ? AND state = ? AND dispute_until >= ?", who.Role.ID, monday, WeekCut, s.store.Today()).
			Select("State", "DisputeID", "DisputeUntil").Updates(ctx, next)
		if err == nil && n == 0 {
			return fault.New(fault.Refused, "peerwork.dispute.late")
		}
		return err
	})
}

// referencePattern keeps references to payments neutral: numbers with dashes, as a bank
// statement shows them to whoever opens her letters.
var referencePattern = regexp.MustCompile(`^[A-Z]{0,4}[-/ ]?[0-9][0-9/ -]{0,29}$`)

// Pay records that a week was paid, with a neutral reference. A cut that may still be
// disputed waits for its day or for her answer.
func (s *Service) Pay(ctx context.Context, who member.Actor, id store.ID, reference string) error {
	week, err := s.weekFor(ctx, who, id)
	if err != nil {
		return err
	}
	if week.AccountID == who.Role.ID {
		return fault.New(fault.Refused, "peerwork.two-people")
	}
	reference = strings.ToUpper(Fold(reference))
	if !referencePattern.MatchString(reference) {
		return fault.Mend(fault.Field{Name: "reference", Key: "peerwork.reference.form"})
	}
	today := s.store.Today()
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Week](tx).Where("id = ? AND account_id <> ? AND (state = ? OR state = ? AND (dispute_until IS NULL OR dispute_until < ?))",
			id, who.Role.ID, WeekApproved, WeekCut, today).
			Select("State", "PaidBy", "PaidDay", "PaidReference").
			Updates(ctx, Week{State: WeekPaid, PaidBy: who.Role.ID, PaidDay: &today, PaidReference: reference})
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "peerwork.pay.not-yet")
		}
		return s.note(ctx, tx, who, WeekPaid, id)
	})
}
