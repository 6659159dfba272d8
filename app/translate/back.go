package translate

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
)

// BackJob is the kind of the jobs that ask the second machine; Back does them.
const BackJob = "translate back"

// BackRow is what a second machine makes of a translation, in the language of the source.
// It is a help for the eye of a reviewer: it never becomes a target, and it is worth
// nothing any more once the translation changes.
type BackRow struct {
	SegmentID store.ID `gorm:"primaryKey"`
	Lang      string   `gorm:"primaryKey"`
	Version   int      // of the translation
	State     string   // as that of a batch
	Words     string
	Tries     int
	Trouble   string
	AskedBy   store.ID
}

// TableName names the table.
func (BackRow) TableName() string { return "translate_backs" }

// Waiting reports whether it is still on its way.
func (b BackRow) Waiting() bool { return b.State == batchWaiting }

// back is the second machine, or nil.
func (s *Service) back() *Settings {
	if s.machine == nil {
		return nil
	}
	return s.machine.Back
}

// mayAskBack reports whether somebody may ask for a translation back: whoever may review
// the language, where there is a second machine for it.
func (s *Service) mayAskBack(ctx context.Context, db *gorm.DB, who member.Actor, o opened) (bool, error) {
	if !s.back().drafts(o.doc.Lang) || o.tgt.State == Empty {
		return false, nil
	}
	return checks(ctx, db, who, o.tgt.Lang)
}

// AskBack asks the second machine what the translation of a segment says. It only writes
// down what is to be done.
func (s *Service) AskBack(ctx context.Context, who member.Actor, doc store.ID, m Mark) error {
	if !works(who) || s.back() == nil {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		o, err := s.openSegment(ctx, tx, doc, m)
		if err != nil {
			return err
		}
		if may, err := s.mayAskBack(ctx, tx, who, o); err != nil || !may {
			return orMissing(err)
		}
		known, err := gorm.G[BackRow](tx).Where("segment_id = ? AND lang = ? AND version = ? AND state = ?", m.Segment, m.Lang, m.Version, batchWaiting).Count(ctx, "lang")
		if err != nil {
			return err
		}
		if known > 0 {
			return fault.New(fault.Conflict, "translate.draft.already")
		}
		row := BackRow{SegmentID: m.Segment, Lang: m.Lang, Version: m.Version, State: batchWaiting, AskedBy: who.Role.ID}
		if err := tx.WithContext(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, BackJob, row.payload(), s.store.Time())
	})
}

func orMissing(err error) error {
	if err == nil {
		return fault.Missing()
	}
	return err
}

func (b BackRow) payload() string {
	return b.SegmentID.String() + " " + b.Lang + " " + strconv.Itoa(b.Version)
}

// Back does one job. A translation that has changed since is not asked about any more.
func (s *Service) Back(ctx context.Context, payload string) error {
	parts := strings.Fields(payload)
	if len(parts) != 3 {
		return nil
	}
	id, ok := store.ParseID(parts[0])
	if !ok {
		return nil
	}
	rows, err := gorm.G[BackRow](s.store.DB).Where("segment_id = ? AND lang = ? AND state = ?", id, parts[1], batchWaiting).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 || strconv.Itoa(rows[0].Version) != parts[2] {
		return store.Translate(err)
	}
	b := rows[0]
	targets, err := gorm.G[TargetRow](s.store.DB).Where("segment_id = ? AND lang = ? AND version = ?", b.SegmentID, b.Lang, b.Version).Limit(1).Find(ctx)
	if err != nil || len(targets) == 0 {
		return store.Translate(err)
	}
	words, err := s.askBack(ctx, b, targets[0])
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if fault.As(err) != nil {
		return err
	}
	if err != nil {
		return s.backTrouble(ctx, b, err)
	}
	b.State, b.Words, b.Trouble = batchDone, words, ""
	return s.store.Tx(ctx, func(tx *gorm.DB) error { return keepBack(ctx, tx, b) })
}

func keepBack(ctx context.Context, tx *gorm.DB, b BackRow) error {
	_, err := gorm.G[BackRow](tx).Where("segment_id = ? AND lang = ? AND version = ?", b.SegmentID, b.Lang, b.Version).
		Select("State", "Words", "Tries", "Trouble").Updates(ctx, b)
	return err
}

// askBack calls the second machine, within its time and the month's money.
func (s *Service) askBack(ctx context.Context, b BackRow, t TargetRow) (string, error) {
	m := s.back()
	if m == nil {
		return "", &Trouble{Kind: TroubleOff}
	}
	doc, err := documentIn(ctx, s.store.DB, t.DocumentID)
	if err != nil {
		return "", err
	}
	ask := Ask{From: b.Lang, To: doc.Lang, Texts: []string{t.Words}}
	hash := answerHash(m.Model, ask.From, ask.To, "", t.Words)
	if words, err := s.answers(ctx, [][]byte{hash}); err != nil || len(words) > 0 {
		return words[string(hash)], err
	}
	if err := s.within(ctx, m, ask); err != nil {
		return "", err
	}
	answer, troubled := s.call(ctx, m, ask, EgressRow{Purpose: ForBack, DocumentID: doc.ID, Lang: b.Lang, AskedBy: b.AskedBy})
	if err := s.pay(ctx, m, doc.ID, b.Lang, answer); err != nil {
		return "", err
	}
	if troubled != nil {
		return "", troubled
	}
	if len(answer.Texts) != 1 {
		return "", &Trouble{Kind: TroubleShape}
	}
	return answer.Texts[0], s.store.Tx(ctx, func(tx *gorm.DB) error {
		return keepAnswers(ctx, tx, []AnswerRow{{hash, answer.Texts[0]}})
	})
}

// backTrouble plans another try, or gives up. The translation is as it was.
func (s *Service) backTrouble(ctx context.Context, b BackRow, cause error) error {
	kind, after := kindOf(cause)
	s.log.Warn("a translation back did not come", "trouble", kind, "tries", b.Tries+1)
	b.Tries, b.Trouble = b.Tries+1, kind
	if b.Tries >= mostTries(kind) {
		b.State = batchFailed
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := keepBack(ctx, tx, b); err != nil || b.State == batchFailed {
			return err
		}
		return job.Enqueue(ctx, tx, BackJob, b.payload(), s.store.Time().Add(backoff(b.Tries, after)+time.Minute-time.Nanosecond))
	})
}

// backOf is what the second machine made of the words as they are now, or nil.
func (s *Service) backOf(ctx context.Context, t TargetRow) (*BackRow, error) {
	rows, err := gorm.G[BackRow](s.store.DB).Where("segment_id = ? AND lang = ? AND version = ?", t.SegmentID, t.Lang, t.Version).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return nil, store.Translate(err)
	}
	return &rows[0], nil
}
