package practice

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// HandOn gives an interview to a second person for the check.
func (s *Service) HandOn(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		iv, err := holdInterview(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if !iv.writes(who) {
			return fault.New(fault.Refused, "practice.interview.hers")
		}
		if len(s.lacks(iv)) > 0 {
			return fault.New(fault.Refused, "practice.hand.lacks")
		}
		return s.stage(ctx, tx, iv, InCheck, "")
	})
}

// TakeBack brings an interview back from the check: who wrote it takes it, or a second
// person sends it with the reason.
func (s *Service) TakeBack(ctx context.Context, who member.Actor, id store.ID, why string) error {
	why = tidyText(why)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		iv, err := holdInterview(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if iv.State != InCheck {
			return fault.New(fault.Conflict, "practice.interview.stale")
		}
		if iv.checks(who) {
			if mend := asked("why", why, 1, longestReason); len(mend) > 0 {
				return fault.Mend(mend...)
			}
		}
		return s.stage(ctx, tx, iv, Draft, why)
	})
}

func (s *Service) stage(ctx context.Context, tx *gorm.DB, iv Interview, to Stage, back string) error {
	_, err := gorm.G[Interview](tx).Where("id = ?", iv.ID).Select("State", "Back", "Version").
		Updates(ctx, Interview{State: to, Back: back, Version: iv.Version + 1})
	return err
}

// Publish makes an interview a sheet of the library, by a second person who has read the
// version that she names. The interview itself is deleted: only the sheet stays.
func (s *Service) Publish(ctx context.Context, who member.Actor, id store.ID, version int) (practice string, err error) {
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		iv, err := holdInterview(ctx, tx, who, id)
		if err != nil {
			return err
		}
		switch {
		case iv.State != InCheck || iv.Version != version:
			return fault.New(fault.Conflict, "practice.interview.stale")
		case !iv.checks(who):
			return fault.New(fault.Refused, "practice.check.own")
		}
		p, err := s.written(ctx, tx, iv)
		if err != nil {
			return err
		}
		if iv.Asked {
			today := s.store.Today()
			p.VerifiedOn, p.VerifiedBy = &today, who.Role.ID
		}
		practice = p.ID
		if err := tx.WithContext(ctx).Save(&p).Error; err != nil {
			return err
		}
		if _, err := gorm.G[Interview](tx).Where("id = ?", id).Delete(ctx); err != nil {
			return err
		}
		return s.note(ctx, tx, "practice published", map[string]string{"practice": p.ID, "by": iv.WrittenBy.String(), "checked": who.Role.ID.String()})
	})
	return practice, err
}

// written is the sheet that an interview gives: a new one, or the one that it looked at again.
func (s *Service) written(ctx context.Context, tx *gorm.DB, iv Interview) (Practice, error) {
	p := Practice{ID: "own-" + iv.ID.String(), Kind: "practice", Form: "practice", Source: Host, Lang: iv.Lang}
	if iv.Practice != "" {
		var err error
		if p, err = practiceIn(ctx, tx, iv.Practice); err != nil {
			return p, err
		}
	}
	p.Name, p.Country, p.City, p.Started, p.Status, p.StatusNote, p.Peers = iv.Name, iv.Country, iv.City, iv.Started, iv.Status, iv.StatusNote, iv.Peers
	p.Sheet, p.Criteria, p.Edited = s.Fields(iv), iv.Criteria, true
	if iv.Asked || p.AsOf == "" {
		p.AsOf = s.store.Today()[:len("2026-01")]
	}
	if p.Summary[iv.Lang] != iv.Summary { // other languages say what is not true any more
		p.Summary = Texts{iv.Lang: iv.Summary}
	}
	p.index()
	return p, nil
}
