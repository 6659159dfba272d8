package translate

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/store"
)

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
	words  lexicon
	pieces []*piece
	open   []*piece // not known from an earlier answer
}

func (s *Service) workOf(ctx context.Context, b BatchRow) (w work, err error) {
	if w.doc, err = documentIn(ctx, s.store.DB, b.DocumentID); err != nil {
		return w, err
	}
	if w.words, err = s.lexiconFor(ctx, s.store.DB, w.doc, b.Lang); err != nil {
		return w, err
	}
	var asked []store.ID
	for word := range strings.FieldsSeq(b.Segments) {
		if id, ok := store.ParseID(word); ok {
			asked = append(asked, id)
		}
	}
	targets, err := gorm.G[TargetRow](s.store.DB).Where("segment_id IN ? AND lang = ? AND state = ?", asked, b.Lang, Empty).Find(ctx)
	if err != nil {
		return w, store.Translate(err)
	}
	versions := map[store.ID]int{}
	for _, t := range targets {
		versions[t.SegmentID] = t.Version
	}
	segments, err := gorm.G[SegmentRow](s.store.DB).Where("id IN ?", asked).Order("place").Find(ctx)
	if err != nil {
		return w, store.Translate(err)
	}
	glossary := w.words.version()
	for _, seg := range segments {
		if version, empty := versions[seg.ID]; empty {
			w.pieces = append(w.pieces, &piece{seg: seg, version: version, hash: answerHash(s.machine.Model, w.doc.Lang, b.Lang, glossary, seg.Source)})
		}
	}
	return w, s.known(ctx, &w)
}

// known gives the pieces the words of earlier answers; the others are open.
func (s *Service) known(ctx context.Context, w *work) error {
	var hashes [][]byte
	for _, p := range w.pieces {
		hashes = append(hashes, p.hash)
	}
	words, err := s.answers(ctx, hashes)
	if err != nil {
		return err
	}
	for _, p := range w.pieces {
		known := false
		if p.words, known = words[string(p.hash)]; !known {
			w.open = append(w.open, p)
		}
	}
	return nil
}

// ask calls the machine within its time and the month's money.
func (s *Service) ask(ctx context.Context, b BatchRow, w work) error {
	question := Ask{From: w.doc.Lang, To: b.Lang}
	for _, p := range w.open {
		question.Texts = append(question.Texts, p.seg.Source)
	}
	question.Terms = w.words.asked(w.doc.Lang, b.Lang, strings.Join(question.Texts, "\n"))
	var err error
	if question.Before, question.After, err = s.beside(ctx, b.DocumentID, w.open); err != nil {
		return err
	}
	if err := s.within(ctx, s.machine, question); err != nil {
		return err
	}
	answer, troubled := s.call(ctx, s.machine, question, EgressRow{Purpose: ForDraft, DocumentID: b.DocumentID, Lang: b.Lang, AskedBy: b.AskedBy})
	if err := s.pay(ctx, s.machine, b.DocumentID, b.Lang, answer); err != nil {
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

// beside are the sources before and after some pieces, "" where there are none.
func (s *Service) beside(ctx context.Context, doc store.ID, pieces []*piece) (before, after string, err error) {
	first, last := pieces[0].seg.Place-1, pieces[len(pieces)-1].seg.Place+1
	rows, err := gorm.G[SegmentRow](s.store.DB).Where("document_id = ? AND place IN ?", doc, []int{first, last}).Find(ctx)
	for _, r := range rows {
		if r.Place == first {
			before = r.Source
		} else {
			after = r.Source
		}
	}
	return before, after, store.Translate(err)
}

// unfit is the check that a machine's draft does not pass, or "". Such a draft is not taken
// over: a wrong number that nobody has written yet is worse than none, and so is a name that
// nobody can look for. Other terms are a matter of taste that people mend, and whether a
// denial is there in other words they see themselves.
func unfit(from, to string, p *piece, terms []TermRow) string {
	pair := Pair{From: from, To: to, Source: p.seg.Source, Target: p.words, Piece: Piece{Kind: p.seg.Kind, Lead: p.seg.Lead, Text: p.seg.Source}}
	list := Check(pair, slices.DeleteFunc(slices.Clone(terms), func(t TermRow) bool { return t.Kind != Keep }))
	if at := slices.IndexFunc(list, func(f Finding) bool { return f.Fails && f.Key != DenialLost }); at >= 0 {
		return list[at].Key
	}
	return ""
}

// finish writes the drafts into the segments that are still as they were when the machine
// was asked: what a person wrote meanwhile, and a source that changed, are left alone.
func (s *Service) finish(ctx context.Context, b BatchRow, w work) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		l, err := hold(ctx, tx, b.DocumentID, b.Lang)
		if err != nil {
			return err
		}
		done := BatchRow{State: batchDone}
		var history []HistoryRow
		var answers []AnswerRow
		for _, p := range w.pieces {
			next := TargetRow{State: Machine, Version: p.version + 1, Words: p.words, Machine: true}
			if next.Trouble = unfit(w.doc.Lang, b.Lang, p, w.words.terms); next.Trouble != "" {
				next = TargetRow{State: Empty, Version: p.version, Trouble: next.Trouble}
			}
			n, err := gorm.G[TargetRow](tx).Where("segment_id = ? AND lang = ? AND state = ? AND version = ?", p.seg.ID, b.Lang, Empty, p.version).
				Select("State", "Version", "Words", "Machine", "EditorID", "ReviewerID", "Reviews", "Trouble").Updates(ctx, next)
			if err != nil {
				return err
			}
			done.Total += n
			if next.Trouble != "" {
				continue
			}
			answers = append(answers, AnswerRow{p.hash, p.words})
			if done.Drafted += n; n > 0 {
				history = append(history, HistoryRow{ID: store.NewID(), SegmentID: p.seg.ID, Lang: b.Lang, Version: next.Version, Act: Machine, Words: p.words,
					Day: s.store.Today(), Origin: FromMachine, Model: s.machine.Model, Edition: w.doc.Edition})
			}
		}
		if len(history) > 0 {
			if err := gorm.G[HistoryRow](tx).CreateInBatches(ctx, &history, batchSize); err != nil {
				return err
			}
		}
		if err := keepAnswers(ctx, tx, answers); err != nil {
			return err
		}
		if _, err := gorm.G[BatchRow](tx).Where("id = ?", b.ID).Select("State", "Total", "Drafted", "Trouble").Updates(ctx, done); err != nil {
			return err
		}
		return settle(ctx, tx, l)
	})
}
