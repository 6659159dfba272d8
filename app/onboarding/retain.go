package onboarding

import (
	"context"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// Retain removes what is left of paths that ended half a year ago, and of interest that
// nobody followed for as long. Only figures stay. The server calls it each night.
func (s *Service) Retain(ctx context.Context) error {
	before := s.store.Now().In(s.store.Zone).AddDate(0, -leftMonths, 0).Format("2006-01-02")
	rows, err := gorm.G[Candidacy](s.store.DB).
		Where("(state IN ? AND ended_day < ?) OR (state = ? AND account_id IS NULL AND began_day < ?)", []string{Stopped, Refused}, before, Open, before).
		Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, c := range rows {
		err := s.store.Tx(ctx, func(tx *gorm.DB) error {
			if err := s.forget(ctx, tx, c); err != nil || c.AccountID.IsZero() {
				return err
			}
			return s.members.EndCandidate(ctx, tx, c.AccountID)
		})
		if err != nil {
			return err
		}
	}
	return s.oldFarewells(ctx)
}

// oldFarewells drops letters whose sealed words are past their time.
func (s *Service) oldFarewells(ctx context.Context) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[Farewell](tx).Where("words_id NOT IN (SELECT id FROM sealed)").Delete(ctx)
		return err
	})
}

// forget shreds every word of a path and deletes its rows.
func (s *Service) forget(ctx context.Context, tx *gorm.DB, c Candidacy) error {
	ids, err := s.sealedOf(ctx, tx, c)
	if err != nil {
		return err
	}
	if err := shred(ctx, tx, ids...); err != nil {
		return err
	}
	for _, table := range []string{"joining_ballots", "joining_choices", "joining_voters"} {
		if err := tx.Exec("DELETE FROM "+table+" WHERE vote_id IN (SELECT id FROM joining_votes WHERE candidacy_id = ?)", c.ID).Error; err != nil {
			return err
		}
	}
	for _, table := range []string{"joining_appeals", "joining_votes", "joining_offers", "panel_members", "rule_signatures", "candidacy_messages", "candidacy_steps"} {
		if err := tx.Exec("DELETE FROM "+table+" WHERE candidacy_id = ?", c.ID).Error; err != nil {
			return err
		}
	}
	if err := s.members.DropLink(ctx, tx, c.LinkMark); err != nil {
		return err
	}
	_, err = gorm.G[Candidacy](tx).Where("id = ?", c.ID).Delete(ctx)
	return err
}

// sealedOf lists the sealed records of a path.
func (s *Service) sealedOf(ctx context.Context, tx *gorm.DB, c Candidacy) ([]store.ID, error) {
	var ids []store.ID
	err := tx.WithContext(ctx).Raw(`SELECT id FROM sealed WHERE id IN (?, ?)
		OR id IN (SELECT note_id FROM candidacy_steps WHERE candidacy_id = ?)
		OR id IN (SELECT words_id FROM candidacy_messages WHERE candidacy_id = ?)
		OR id IN (SELECT reason_id FROM joining_choices WHERE vote_id IN (SELECT id FROM joining_votes WHERE candidacy_id = ?))
		OR id IN (SELECT words_id FROM joining_appeals WHERE candidacy_id = ?)
		OR id IN (SELECT reason_id FROM joining_appeals WHERE candidacy_id = ?)
		OR id IN (SELECT note_id FROM panel_members WHERE candidacy_id = ?)
		OR id IN (SELECT terms_id FROM joining_offers WHERE candidacy_id = ?)`,
		c.WordsID, c.HerWordsID, c.ID, c.ID, c.ID, c.ID, c.ID, c.ID, c.ID).Scan(&ids).Error
	return ids, store.Translate(err)
}

// Erase removes a path with everything in it when its person deletes her account.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	c, there, err := mine(ctx, tx, who)
	if err != nil || !there {
		return err
	}
	if c.State == Open {
		if err := s.count(ctx, tx, c.OrganisationID, "stopped"); err != nil {
			return err
		}
	}
	return s.forget(ctx, tx, c)
}
