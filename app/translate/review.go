package translate

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Review says that the words of a segment are right. She must be able to check the language,
// must not be the last person who wrote them, and no check may fail. A text that may harm is
// read by two: after the first of them the segment still waits. In a language that is
// published the words of a reviewed segment stand there from now on.
func (s *Service) Review(ctx context.Context, who member.Actor, doc store.ID, m Mark) error {
	return s.review(ctx, who, doc, m, false)
}

// ReviewDenial is a review in which she gives her word that the translation denies what the
// source denies, where no list of words could see it. It stands in the history beside her.
func (s *Service) ReviewDenial(ctx context.Context, who member.Actor, doc store.ID, m Mark) error {
	return s.review(ctx, who, doc, m, true)
}

func (s *Service) review(ctx context.Context, who member.Actor, doc store.ID, m Mark, denies bool) error {
	if !works(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		o, err := s.openSegment(ctx, tx, doc, m)
		if err != nil {
			return err
		}
		words, err := s.lexiconFor(ctx, tx, o.doc, m.Lang)
		if err != nil {
			return err
		}
		if err := mayReview(ctx, tx, who, o, words, denies); err != nil {
			return err
		}
		next := o.tgt
		next.ReviewerID, next.Reviews = who.Role.ID, o.tgt.Reviews+1
		if next.Reviews >= o.doc.Readers() {
			next.State, next.OldSource = Reviewed, ""
			if o.lan.State == Approved {
				next.Published, next.PublishedMachine, next.UpToDate = &next.Words, next.Machine, true
			}
			if err := keepMemory(ctx, tx, MemoryRow{FromLang: o.doc.Lang, ToLang: m.Lang, Source: o.seg.Source, Target: next.Words, DocumentID: doc}); err != nil {
				return err
			}
		}
		return s.write(ctx, tx, o, next, HistoryRow{Act: Reviewed, ByID: who.Role.ID, Denies: denies && slices.ContainsFunc(words.check(o.pair()), func(f Finding) bool { return f.Key == DenialLost })})
	})
}

// mayReview says why somebody cannot review a segment now.
func mayReview(ctx context.Context, db *gorm.DB, who member.Actor, o opened, words lexicon, denies bool) error {
	reads, err := checks(ctx, db, who, o.tgt.Lang)
	switch {
	case err != nil:
		return err
	case !reads:
		return fault.New(fault.Refused, "translate.review.language")
	case o.tgt.State == Empty:
		return fault.New(fault.Refused, "translate.review.empty")
	case o.tgt.State == Reviewed && o.tgt.Reviews >= o.doc.Readers():
		return fault.New(fault.Conflict, "translate.review.already")
	case o.tgt.EditorID == who.Role.ID:
		return fault.New(fault.Refused, "translate.review.own")
	case o.tgt.Reviews > 0 && o.tgt.ReviewerID == who.Role.ID:
		return fault.New(fault.Refused, "translate.review.second")
	}
	for _, f := range words.check(o.pair()) {
		if f.Fails && !(denies && f.Key == DenialLost) {
			return fault.New(fault.Refused, "translate.review.checks")
		}
	}
	return nil
}
