package translate

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// LongestWords is the limit of the words of one segment, in characters.
const LongestWords = 8000

// Mark names a segment in a language as somebody saw it: what she does to an older version
// is refused, so that nobody writes over what she has not seen.
type Mark struct {
	Segment store.ID
	Lang    string
	Version int
}

// opened is a segment in a language with what belongs to it, held for this transaction.
type opened struct {
	doc DocumentRow
	lan LanguageRow
	seg SegmentRow
	tgt TargetRow
}

func (s *Service) openSegment(ctx context.Context, tx *gorm.DB, doc store.ID, m Mark) (o opened, err error) {
	if o.lan, err = hold(ctx, tx, doc, m.Lang); err != nil {
		return o, err
	}
	if o.doc, err = documentIn(ctx, tx, doc); err != nil {
		return o, err
	}
	segments, err := gorm.G[SegmentRow](tx).Where("id = ? AND document_id = ?", m.Segment, doc).Limit(1).Find(ctx)
	if err != nil {
		return o, err
	}
	targets, err := gorm.G[TargetRow](tx).Where("segment_id = ? AND lang = ?", m.Segment, m.Lang).Limit(1).Find(ctx)
	if err != nil {
		return o, err
	}
	if len(segments) == 0 || len(targets) == 0 {
		return o, fault.Missing()
	}
	o.seg, o.tgt = segments[0], targets[0]
	if o.tgt.Version != m.Version {
		return o, fault.New(fault.Conflict, "translate.segment.changed")
	}
	return o, nil
}

// write stores the next version of a segment with its line of history.
func (s *Service) write(ctx context.Context, tx *gorm.DB, o opened, next TargetRow, h HistoryRow) error {
	next.Version = o.tgt.Version + 1
	if _, err := gorm.G[TargetRow](tx).Where("segment_id = ? AND lang = ?", next.SegmentID, next.Lang).Select("*").Updates(ctx, next); err != nil {
		return err
	}
	h.ID, h.SegmentID, h.Lang, h.Version, h.Day = store.NewID(), next.SegmentID, next.Lang, next.Version, s.store.Today()
	h.Edition = o.doc.Edition
	if err := gorm.G[HistoryRow](tx).Create(ctx, &h); err != nil {
		return err
	}
	return settle(ctx, tx, o.lan)
}

// Save writes somebody's words for a segment. Words that say the same as before change
// nothing, unless she takes over what a machine drafted or what had become stale.
func (s *Service) Save(ctx context.Context, who member.Actor, doc store.ID, m Mark, words string) error {
	if !works(who) {
		return fault.Missing()
	}
	words = strings.TrimSpace(words)
	if utf8.RuneCountInString(words) > LongestWords {
		return fault.Mend(fault.Field{Name: "words", Key: "translate.segment.long", Args: []any{"Most", LongestWords}})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		o, err := s.openSegment(ctx, tx, doc, m)
		if err != nil {
			return err
		}
		if words == o.tgt.Words && o.tgt.State != Machine && o.tgt.State != Stale {
			return nil
		}
		return s.edit(ctx, tx, who, o, words, FromPerson)
	})
}

// edit writes somebody's words. Origin says where she has them from.
func (s *Service) edit(ctx context.Context, tx *gorm.DB, who member.Actor, o opened, words, origin string) error {
	next := o.tgt
	next.Words, next.State, next.EditorID, next.ReviewerID, next.OldSource = words, Edited, who.Role.ID, store.ID{}, ""
	next.Reviews, next.Trouble = 0, ""
	if words == "" {
		next.State, next.EditorID, next.Machine = Empty, store.ID{}, false
	}
	return s.write(ctx, tx, o, next, HistoryRow{Act: Edited, Words: words, ByID: who.Role.ID, Origin: origin})
}

// UseMatch takes the words that the memory has for a segment.
func (s *Service) UseMatch(ctx context.Context, who member.Actor, doc store.ID, m Mark, match store.ID) error {
	if !works(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		o, err := s.openSegment(ctx, tx, doc, m)
		if err != nil {
			return err
		}
		rows, err := gorm.G[MemoryRow](tx).Where("id = ? AND from_lang = ? AND to_lang = ?", match, o.doc.Lang, m.Lang).Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return fault.Missing()
		}
		o.tgt.Machine = false // these words were a person's from the beginning
		return s.edit(ctx, tx, who, o, rows[0].Target, FromMemory)
	})
}

// pair is what the checks look at.
func (o opened) pair() Pair {
	return Pair{From: o.doc.Lang, To: o.tgt.Lang, Source: o.seg.Source, Target: o.tgt.Words,
		Piece: Piece{Kind: o.seg.Kind, Lead: o.seg.Lead, Text: o.seg.Source}}
}
