package translate

import (
	"context"
	"encoding/json"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Open starts the translation of a document into a language. A language that is open
// already stays as it is.
func (s *Service) Open(ctx context.Context, who member.Actor, doc store.ID, lang string) error {
	if !opens(who) {
		return missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		d, err := documentIn(ctx, tx, doc)
		if err != nil {
			return err
		}
		if !slices.Contains(Targets(), lang) || lang == d.Lang {
			return fault.Mend(fault.Field{Name: "lang", Key: "translate.open.lang"})
		}
		// The source is held, so that no segment comes between the reading and the writing.
		if _, err := gorm.G[DocumentRow](tx).Where("id = ?", doc).Update(ctx, "lang", d.Lang); err != nil {
			return err
		}
		fresh := LanguageRow{DocumentID: doc, Lang: lang, State: Working, OpenedDay: s.store.Today()}
		made := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh)
		if made.Error != nil || made.RowsAffected == 0 {
			return made.Error
		}
		segments, err := gorm.G[SegmentRow](tx).Where("document_id = ?", doc).Find(ctx)
		if err != nil {
			return err
		}
		for _, seg := range segments {
			if err := gorm.G[TargetRow](tx).Create(ctx, emptyTarget(seg, lang)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Approve publishes a language: every segment has been reviewed, and she did not write all
// of it herself.
func (s *Service) Approve(ctx context.Context, who member.Actor, doc store.ID, lang string) error {
	if !works(who) {
		return missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		l, err := hold(ctx, tx, doc, lang)
		if err != nil {
			return err
		}
		if err := s.mayApprove(ctx, tx, who, l); err != nil {
			return err
		}
		today := s.store.Today()
		_, err = gorm.G[LanguageRow](tx).Where("document_id = ? AND lang = ?", doc, lang).Select("State", "ApprovedBy", "ApprovedDay").
			Updates(ctx, LanguageRow{State: Approved, ApprovedBy: who.Role.ID, ApprovedDay: &today})
		if err != nil {
			return err
		}
		err = tx.WithContext(ctx).Exec(`UPDATE translate_targets SET published = words, published_machine = machine, up_to_date = TRUE
			WHERE document_id = ? AND lang = ?`, doc, lang).Error
		if err != nil {
			return err
		}
		matter, err := json.Marshal(map[string]string{"document": doc.String(), "lang": lang, "by": who.Role.ID.String()})
		if err != nil {
			return err
		}
		return audit.Note(ctx, tx, today, "translation approved", string(matter))
	})
}

// mayApprove says why somebody cannot approve a language now.
func (s *Service) mayApprove(ctx context.Context, db *gorm.DB, who member.Actor, l LanguageRow) error {
	reads, err := checks(ctx, db, who, l.Lang)
	if err != nil {
		return err
	}
	all, open, err := counts(ctx, db, l.DocumentID, l.Lang)
	if err != nil {
		return err
	}
	switch {
	case l.State == Approved:
		return fault.New(fault.Conflict, "translate.approve.already")
	case !reads:
		return fault.New(fault.Refused, "translate.review.language")
	case all == 0 || open > 0:
		return fault.New(fault.Refused, "translate.approve.open")
	}
	wrote, err := gorm.G[TargetRow](db).Where("document_id = ? AND lang = ? AND editor_id = ?", l.DocumentID, l.Lang, who.Role.ID).Count(ctx, "lang")
	if err != nil {
		return err
	}
	reviewed, err := gorm.G[TargetRow](db).Where("document_id = ? AND lang = ? AND reviewer_id = ?", l.DocumentID, l.Lang, who.Role.ID).Count(ctx, "lang")
	if err != nil {
		return err
	}
	if wrote > 0 && reviewed == 0 {
		return fault.New(fault.Refused, "translate.approve.own")
	}
	return nil
}

// Published is a language of a document that people may read.
type Published struct {
	Lang      string
	Title     string // as it is published in this language; "" when it is not known
	Day       string // of the approval
	CheckedBy string // the handle of the person who approved it; "" when she has left
	Machine   bool   // some of it began as a machine's draft
	Stale     bool   // the source has changed since
}

// Languages lists the languages of a document that a person has approved. Everybody may
// know them, as everybody may read the material.
func (s *Service) Languages(ctx context.Context, doc store.ID) ([]Published, error) {
	rows, err := gorm.G[LanguageRow](s.store.DB).Where("document_id = ? AND state = ?", doc, Approved).Order("lang").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, 0, len(rows))
	for _, l := range rows {
		if !l.ApprovedBy.IsZero() {
			ids = append(ids, l.ApprovedBy)
		}
	}
	names, err := member.ShownHandles(ctx, s.store.DB, member.Actor{}, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Published, len(rows))
	for i, l := range rows {
		list[i] = Published{Lang: l.Lang, CheckedBy: names[l.ApprovedBy]}
		if l.ApprovedDay != nil {
			list[i].Day = *l.ApprovedDay
		}
		machine, err := gorm.G[TargetRow](s.store.DB).Where("document_id = ? AND lang = ? AND published_machine", doc, l.Lang).Count(ctx, "lang")
		if err != nil {
			return nil, store.Translate(err)
		}
		old, err := gorm.G[TargetRow](s.store.DB).Where("document_id = ? AND lang = ? AND NOT up_to_date", doc, l.Lang).Count(ctx, "lang")
		if err != nil {
			return nil, store.Translate(err)
		}
		list[i].Machine, list[i].Stale = machine > 0, old > 0
		if list[i].Title, err = s.titleIn(ctx, doc, l.Lang); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// titleIn is what a document is called in an approved language: its first heading.
func (s *Service) titleIn(ctx context.Context, doc store.ID, lang string) (string, error) {
	rows, err := gorm.G[TargetRow](s.store.DB).
		Where("lang = ? AND segment_id IN (SELECT id FROM translate_segments WHERE document_id = ? AND place = 0 AND kind = ?)", lang, doc, Heading).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 || rows[0].Published == nil {
		return "", store.Translate(err)
	}
	return *rows[0].Published, nil
}

// Text is the approved text of a language, put together as Markdown. A segment that is new
// in the source and not yet reviewed is left out; the language is then stale.
func (s *Service) Text(ctx context.Context, doc store.ID, lang string) (string, error) {
	d, err := documentIn(ctx, s.store.DB, doc)
	if err != nil {
		return "", err
	}
	l, err := languageIn(ctx, s.store.DB, doc, lang)
	if err != nil {
		return "", err
	}
	if l.State != Approved {
		return "", missing()
	}
	segments, err := gorm.G[SegmentRow](s.store.DB).Where("document_id = ?", doc).Order("place").Find(ctx)
	if err != nil {
		return "", store.Translate(err)
	}
	targets, err := gorm.G[TargetRow](s.store.DB).Where("document_id = ? AND lang = ?", doc, lang).Find(ctx)
	if err != nil {
		return "", store.Translate(err)
	}
	published := map[store.ID]*string{}
	for _, t := range targets {
		published[t.SegmentID] = t.Published
	}
	var pieces []Piece
	for _, seg := range segments {
		if words := published[seg.ID]; words != nil {
			pieces = append(pieces, Piece{Kind: seg.Kind, Lead: seg.Lead, Text: *words})
		}
	}
	return Join(pieces, d.Tail), nil
}
