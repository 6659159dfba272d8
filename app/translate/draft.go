package translate

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
)

// DraftJob is the kind of the jobs that ask the machine; Draft does them.
const DraftJob = "translate draft"

// batchSize is how many segments one question holds at most, and batchBytes how much text.
const (
	batchSize  = 20
	batchBytes = 12_000
)

// BatchRow is a number of segments that the machine is asked about at once. It stays until
// the machine is asked again, so that the page can say what became of it.
type BatchRow struct {
	ID         store.ID `gorm:"primaryKey"`
	DocumentID store.ID
	Lang       string
	State      string // "waiting", "done" or "failed"
	Segments   string // their numbers, with spaces between
	Total      int
	Drafted    int
	Tries      int
	Trouble    string // of the last try, or ""
	AskedBy    store.ID
}

// TableName names the table.
func (BatchRow) TableName() string { return "translate_batches" }

const (
	batchWaiting = "waiting"
	batchDone    = "done"
	batchFailed  = "failed"
)

// AskDraft asks the machine for drafts of the empty segments of a language. It only writes
// down what is to be done: the machine is called by jobs. What waits for its next try is
// asked anew at once; what is at work already is left alone.
func (s *Service) AskDraft(ctx context.Context, who member.Actor, doc store.ID, lang string) error {
	if !mediates(who) || !s.machine.drafts(lang) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := hold(ctx, tx, doc, lang); err != nil {
			return err
		}
		// A batch without trouble is about to be done. One with trouble may wait for hours.
		waiting, err := gorm.G[BatchRow](tx).Where("document_id = ? AND lang = ? AND state = ? AND trouble = ''", doc, lang, batchWaiting).Count(ctx, "id")
		if err != nil {
			return err
		}
		if waiting > 0 {
			return fault.New(fault.Conflict, "translate.draft.already")
		}
		spent, err := s.spent(ctx, tx)
		if err != nil {
			return err
		}
		if !s.machine.affords(s.machine.Budget, spent, 1, 1) {
			return fault.New(fault.Refused, "translate.trouble.budget")
		}
		return s.planAll(ctx, tx, BatchRow{DocumentID: doc, Lang: lang, AskedBy: who.Role.ID})
	})
}

// planAll plans a question about all that is empty, in the place of what was asked before.
// The job of a batch that is not there any more finds nothing to do.
func (s *Service) planAll(ctx context.Context, tx *gorm.DB, b BatchRow) error {
	segments, err := gorm.G[SegmentRow](tx).Where("id IN (SELECT segment_id FROM translate_targets WHERE document_id = ? AND lang = ? AND state = ?)", b.DocumentID, b.Lang, Empty).
		Order("place").Find(ctx)
	if err != nil {
		return err
	}
	if len(segments) == 0 {
		return fault.New(fault.Refused, "translate.draft.none")
	}
	if _, err := gorm.G[BatchRow](tx).Where("document_id = ? AND lang = ?", b.DocumentID, b.Lang).Delete(ctx); err != nil {
		return err
	}
	for _, batch := range batches(segments) {
		if err := s.plan(ctx, tx, b, batch); err != nil {
			return err
		}
	}
	return nil
}

// batches cuts segments into questions that are neither too many nor too long.
func batches(segments []SegmentRow) [][]SegmentRow {
	var list [][]SegmentRow
	var open []SegmentRow
	size := 0
	for _, seg := range segments {
		if len(open) == batchSize || (len(open) > 0 && size+len(seg.Source) > batchBytes) {
			list, open, size = append(list, open), nil, 0
		}
		open, size = append(open, seg), size+len(seg.Source)
	}
	return append(list, open)
}

func (s *Service) plan(ctx context.Context, tx *gorm.DB, b BatchRow, segments []SegmentRow) error {
	ids := make([]string, len(segments))
	for i, seg := range segments {
		ids[i] = seg.ID.String()
	}
	b.ID, b.State, b.Segments, b.Total = store.NewID(), batchWaiting, strings.Join(ids, " "), len(segments)
	if err := gorm.G[BatchRow](tx).Create(ctx, &b); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, DraftJob, b.ID.String(), s.store.Time())
}

// Draft does one job: it asks the machine about what is still empty of a batch. Trouble with
// the machine is no error of the job: it is written down, and tried again where that helps.
func (s *Service) Draft(ctx context.Context, payload string) error {
	id, ok := store.ParseID(payload)
	if !ok {
		return nil
	}
	rows, err := gorm.G[BatchRow](s.store.DB).Where("id = ? AND state = ?", id, batchWaiting).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return store.Translate(err)
	}
	b := rows[0]
	if !s.machine.drafts(b.Lang) {
		return s.trouble(ctx, b, &Trouble{Kind: TroubleOff})
	}
	work, err := s.workOf(ctx, b)
	if err != nil {
		return err
	}
	if len(work.open) > 0 {
		err = s.ask(ctx, b, work)
		if ctx.Err() != nil {
			return ctx.Err() // the server stops: the job stays as it is
		}
		if fault.As(err) != nil {
			return err
		}
		if err != nil {
			return s.trouble(ctx, b, err)
		}
	}
	return s.finish(ctx, b, work)
}

// trouble writes down what went wrong, and either plans another try or gives up. The
// segments stay as they were.
func (s *Service) trouble(ctx context.Context, b BatchRow, cause error) error {
	kind, after := kindOf(cause)
	s.log.Warn("a draft did not come", "trouble", kind, "tries", b.Tries+1)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		state := batchWaiting
		if b.Tries+1 >= mostTries(kind) {
			state = batchFailed
		}
		_, err := gorm.G[BatchRow](tx).Where("id = ?", b.ID).Select("State", "Tries", "Trouble").
			Updates(ctx, BatchRow{State: state, Tries: b.Tries + 1, Trouble: kind})
		if err != nil || state == batchFailed {
			return err
		}
		// Jobs know whole minutes: rounded down, a minute's wait could be over in a second.
		due := s.store.Time().Add(backoff(b.Tries+1, after) + time.Minute - time.Nanosecond)
		return job.Enqueue(ctx, tx, DraftJob, b.ID.String(), due)
	})
}
