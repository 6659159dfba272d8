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
		return fault.Missing()
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
		return fault.Missing()
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
		_, err = gorm.G[LanguageRow](tx).Where("document_id = ? AND lang = ?", doc, lang).Select("State", "ApprovedBy", "ApprovedDay", "Shipped").
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
	case l.State == Approved && !l.Shipped:
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
