package timesheet

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Dispute says why the cut of a line is wrong, until its day. That line waits for another
// decision; everything else of the week goes on. A locked month does not stop her: these are
// her words, and no decision.
func (s *Service) Dispute(ctx context.Context, who member.Actor, line store.ID, words string) error {
	words = strings.TrimSpace(words)
	mend := tooLong("dispute", words)
	if words == "" {
		mend = append(mend, fault.Field{Name: "dispute", Key: "peerwork.dispute.empty"})
	}
	return s.answer(ctx, who, line, mend, func(tx *gorm.DB, next *Line) (err error) {
		next.State = Disputed
		next.DisputeID, err = s.seal(ctx, tx, "hours dispute", words, who.Role.ID)
		return err
	})
}

// Accept leaves a cut at that, so that the rest of the line can be paid at once.
func (s *Service) Accept(ctx context.Context, who member.Actor, line store.ID) error {
	return s.answer(ctx, who, line, nil, func(_ *gorm.DB, next *Line) error {
		next.State = Cut
		return nil
	})
}

// MyLine reads one of her lines with the Monday of its week.
func (s *Service) MyLine(ctx context.Context, who member.Actor, id store.ID) (line Line, monday string, err error) {
	if !isPeer(who) {
		return Line{}, "", fault.Missing()
	}
	if line, err = gorm.G[Line](s.store.DB).Where("id = ? AND account_id = ?", id, who.Role.ID).First(ctx); err != nil {
		return Line{}, "", store.Translate(err)
	}
	return line, MondayOf(line.Day), nil
}

// answer is her one answer to a cut.
func (s *Service) answer(ctx context.Context, who member.Actor, id store.ID, mend []fault.Field, answer func(*gorm.DB, *Line) error) error {
	line, _, err := s.MyLine(ctx, who, id)
	if err != nil {
		return err
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := gorm.G[Week](tx).Where("id = ?", line.WeekID).Update(ctx, "state", Closed); err != nil {
			return err
		}
		var next Line
		if err := answer(tx, &next); err != nil {
			return err
		}
		n, err := gorm.G[Line](tx).Where("id = ? AND account_id = ? AND state = ? AND dispute_until >= ?", id, who.Role.ID, Cut, s.store.Today()).
			Select("State", "DisputeID", "DisputeUntil").Updates(ctx, next)
		if err == nil && n == 0 {
			return fault.New(fault.Refused, "peerwork.dispute.late")
		}
		return err
	})
}
