package survey

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Begin opens a draft for answers.
func (s *Service) Begin(ctx context.Context, who member.Actor, id store.ID) error {
	return s.move(ctx, who, id, Draft, func(tx *gorm.DB, v Survey) error {
		if v.ClosesDay < s.store.Today() {
			return fault.New(fault.Refused, "survey.closes.past")
		}
		_, err := gorm.G[Survey](tx).Where("id = ?", id).Select("State", "OpenedDay").Updates(ctx, Survey{State: Open, OpenedDay: s.store.Today()})
		return err
	})
}

// Stop ends the answering before its day and counts.
func (s *Service) Stop(ctx context.Context, who member.Actor, id store.ID) error {
	return s.move(ctx, who, id, Open, func(tx *gorm.DB, v Survey) error { return s.end(ctx, tx, v) })
}

// Drop throws a draft away.
func (s *Service) Drop(ctx context.Context, who member.Actor, id store.ID) error {
	return s.move(ctx, who, id, Draft, func(tx *gorm.DB, _ Survey) error {
		if _, err := gorm.G[Text](tx).Where("survey_id = ?", id).Delete(ctx); err != nil {
			return err
		}
		_, err := gorm.G[Survey](tx).Where("id = ?", id).Delete(ctx)
		return err
	})
}

// Close publishes the figures with what was done with them; without those words nothing is
// closed. Later it takes the same words in another language.
func (s *Service) Close(ctx context.Context, who member.Actor, id store.ID, lang, did string) error {
	did = strings.TrimSpace(did)
	if did == "" || utf8.RuneCountInString(did) > LongestWords {
		return fault.Mend(fault.Field{Name: "did", Key: "survey.did.empty", Args: []any{"Most", LongestWords}})
	}
	if !asks(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		v, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if v.State != Ended && v.State != Closed {
			return fault.New(fault.Conflict, "survey.not-now")
		}
		n, err := gorm.G[Text](tx).Where("survey_id = ? AND lang = ?", id, lang).Update(ctx, "did", did)
		if err == nil && n == 0 {
			err = fault.Mend(fault.Field{Name: "lang", Key: "survey.lang.unknown"})
		}
		if err != nil || v.State == Closed {
			return err
		}
		if _, err := gorm.G[Survey](tx).Where("id = ?", id).Select("State", "ClosedDay").Updates(ctx, Survey{State: Closed, ClosedDay: s.store.Today()}); err != nil {
			return err
		}
		return s.note(ctx, tx, "survey closed", who, id)
	})
}

// move does something with a survey in a state, for somebody who asks.
func (s *Service) move(ctx context.Context, who member.Actor, id store.ID, from State, do func(*gorm.DB, Survey) error) error {
	if !asks(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		v, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if v.State != from {
			return fault.New(fault.Conflict, "survey.not-now")
		}
		if err := do(tx, v); err != nil {
			return err
		}
		return s.note(ctx, tx, "survey from "+string(from), who, id)
	})
}

func (s *Service) note(ctx context.Context, tx *gorm.DB, kind string, who member.Actor, id store.ID) error {
	return audit.Note(ctx, tx, s.store.Today(), kind, `{"survey":"`+id.String()+`","by":"`+who.Role.ID.String()+`"}`)
}
