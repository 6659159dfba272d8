package translate

import (
	"context"
	"slices"
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
		return missing()
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
		if !s.machine.affords(spent, 1, 1) {
			return fault.New(fault.Refused, "translate.trouble.budget")
		}
		return s.planAll(ctx, tx, doc, lang)
	})
}

// planAll plans a question about all that is empty, in the place of what was asked before.
// The job of a batch that is not there any more finds nothing to do.
func (s *Service) planAll(ctx context.Context, tx *gorm.DB, doc store.ID, lang string) error {
	segments, err := gorm.G[SegmentRow](tx).Where("id IN (SELECT segment_id FROM translate_targets WHERE document_id = ? AND lang = ? AND state = ?)", doc, lang, Empty).
		Order("place").Find(ctx)
	if err != nil {
		return err
	}
	if len(segments) == 0 {
		return fault.New(fault.Refused, "translate.draft.none")
	}
	if _, err := gorm.G[BatchRow](tx).Where("document_id = ? AND lang = ?", doc, lang).Delete(ctx); err != nil {
		return err
	}
	for _, batch := range batches(segments) {
		if err := s.plan(ctx, tx, lang, batch); err != nil {
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

func (s *Service) plan(ctx context.Context, tx *gorm.DB, lang string, segments []SegmentRow) error {
	ids := make([]string, len(segments))
	for i, seg := range segments {
		ids[i] = seg.ID.String()
	}
	b := BatchRow{ID: store.NewID(), DocumentID: segments[0].DocumentID, Lang: lang, State: batchWaiting, Segments: strings.Join(ids, " "), Total: len(segments)}
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

// piece is one segment of a batch that is still empty.
type piece struct {
	seg     SegmentRow
	version int
	hash    []byte
	words   string // the draft
}

// work is what is to be done for a batch.
type work struct {
	doc    DocumentRow
	terms  []TermRow
	pieces []*piece
	open   []*piece // not known from an earlier answer
}

func (s *Service) workOf(ctx context.Context, b BatchRow) (w work, err error) {
	if w.doc, err = documentIn(ctx, s.store.DB, b.DocumentID); err != nil {
		return w, err
	}
	if w.terms, err = termsFor(ctx, s.store.DB, w.doc.Lang, b.Lang); err != nil {
		return w, err
	}
	targets, err := gorm.G[TargetRow](s.store.DB).Where("document_id = ? AND lang = ? AND state = ?", b.DocumentID, b.Lang, Empty).Find(ctx)
	if err != nil {
		return w, store.Translate(err)
	}
	versions := map[store.ID]int{}
	for _, t := range targets {
		versions[t.SegmentID] = t.Version
	}
	segments, err := gorm.G[SegmentRow](s.store.DB).Where("document_id = ?", b.DocumentID).Order("place").Find(ctx)
	if err != nil {
		return w, store.Translate(err)
	}
	asked, glossary := strings.Fields(b.Segments), glossaryVersion(w.terms)
	for _, seg := range segments {
		version, empty := versions[seg.ID]
		if !empty || !slices.Contains(asked, seg.ID.String()) {
			continue
		}
		p := &piece{seg: seg, version: version, hash: s.answerHash(w.doc.Lang, b.Lang, glossary, seg.Source)}
		known := false
		if p.words, known, err = s.answered(ctx, p.hash); err != nil {
			return w, err
		}
		if w.pieces = append(w.pieces, p); !known {
			w.open = append(w.open, p)
		}
	}
	return w, nil
}

// ask calls the machine within its time and the month's money.
func (s *Service) ask(ctx context.Context, b BatchRow, w work) error {
	question := Ask{From: w.doc.Lang, To: b.Lang}
	for _, p := range w.open {
		question.Texts = append(question.Texts, p.seg.Source)
	}
	for _, t := range found(w.terms, w.doc.Lang, strings.Join(question.Texts, "\n")) {
		question.Terms = append(question.Terms, AskTerm{t.Term, t.Preferred, t.RefusedWords()})
	}
	var err error
	if question.Before, err = s.sourceAt(ctx, b.DocumentID, w.open[0].seg.Place-1); err != nil {
		return err
	}
	if question.After, err = s.sourceAt(ctx, b.DocumentID, w.open[len(w.open)-1].seg.Place+1); err != nil {
		return err
	}
	spent, err := s.spent(ctx, s.store.DB)
	if err != nil {
		return err
	}
	if in, out := guess(question); !s.machine.affords(spent, in, out) {
		return &Trouble{Kind: TroubleBudget}
	}
	calling, cancel := context.WithTimeout(ctx, s.machine.timeout())
	defer cancel()
	answer, troubled := s.machine.Drafter.Draft(calling, question)
	if err := s.pay(ctx, b, answer); err != nil {
		return err
	}
	if troubled != nil {
		kind, after := kindOf(troubled)
		return &Trouble{Kind: kind, After: after}
	}
	if len(answer.Texts) != len(w.open) {
		return &Trouble{Kind: TroubleShape}
	}
	for i, p := range w.open {
		p.words = answer.Texts[i]
	}
	return nil
}

// sourceAt is the source at a place, or "" where there is none.
func (s *Service) sourceAt(ctx context.Context, doc store.ID, place int) (string, error) {
	rows, err := gorm.G[SegmentRow](s.store.DB).Where("document_id = ? AND place = ?", doc, place).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return "", store.Translate(err)
	}
	return rows[0].Source, nil
}

// finish writes the drafts into the segments that are still as they were when the machine
// was asked: what a person wrote meanwhile, and a source that changed, are left alone.
func (s *Service) finish(ctx context.Context, b BatchRow, w work) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		l, err := hold(ctx, tx, b.DocumentID, b.Lang)
		if err != nil {
			return err
		}
		drafted := 0
		for _, p := range w.pieces {
			n, err := gorm.G[TargetRow](tx).Where("segment_id = ? AND lang = ? AND state = ? AND version = ?", p.seg.ID, b.Lang, Empty, p.version).
				Select("State", "Version", "Words", "Machine", "EditorID", "ReviewerID").
				Updates(ctx, TargetRow{State: Machine, Version: p.version + 1, Words: p.words, Machine: true})
			if err != nil {
				return err
			}
			if err := keepAnswer(ctx, tx, p); err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			drafted++
			h := HistoryRow{ID: store.NewID(), SegmentID: p.seg.ID, Lang: b.Lang, Version: p.version + 1, Act: Machine, Words: p.words, Day: s.store.Today()}
			if err := gorm.G[HistoryRow](tx).Create(ctx, &h); err != nil {
				return err
			}
		}
		_, err = gorm.G[BatchRow](tx).Where("id = ?", b.ID).Select("State", "Total", "Drafted", "Trouble").
			Updates(ctx, BatchRow{State: batchDone, Total: drafted, Drafted: drafted})
		if err != nil {
			return err
		}
		return settle(ctx, tx, l)
	})
}

func keepAnswer(ctx context.Context, tx *gorm.DB, p *piece) error {
	n, err := gorm.G[AnswerRow](tx).Where("hash = ?", p.hash).Count(ctx, "hash")
	if err != nil || n > 0 {
		return err
	}
	return gorm.G[AnswerRow](tx).Create(ctx, &AnswerRow{p.hash, p.words})
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
