package material

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// The months until a published text is looked at again.
const (
	UsualReview  = 12
	longestAfter = 36
)

// Publish shows the decided version to everybody, in its own language at once and in
// others as soon as a person has approved them. Months is until the next review, 0 for
// the usual time.
func (s *Service) Publish(ctx context.Context, who member.Actor, id store.ID, months int) error {
	if months == 0 {
		months = UsualReview
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := m.step(who, true, Published); err != nil {
			return err
		}
		if months < 1 || months > longestAfter {
			return fault.Mend(fault.Field{Name: "months", Key: "material.months.range", Args: []any{"Most", longestAfter}})
		}
		if err := s.mayAppear(ctx, tx, m); err != nil {
			return err
		}
		v, err := versionOf(ctx, tx, id, m.DecidedVersion)
		if err != nil {
			return err
		}
		today := s.store.Today()
		review := s.store.Now().In(s.store.Zone).AddDate(0, months, 0).Format("2006-01-02")
		if err := move(ctx, tx, m, Published); err != nil {
			return err
		}
		_, err = gorm.G[Material](tx).Where("id = ?", id).Select("PublishedVersion", "PublishedDay", "ReviewDay", "Title").
			Updates(ctx, Material{PublishedVersion: m.DecidedVersion, PublishedDay: &today, ReviewDay: &review, Title: v.Title})
		return err
	})
}

// Reopen goes back to the draft: from a consultation, which ends, or from what is
// published, which stays readable until the next version is.
func (s *Service) Reopen(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if m.State == Archived {
			return fault.New(fault.Conflict, "material.step.not-now")
		}
		if err := m.step(who, true, Drafting); err != nil {
			return err
		}
		if m.State == Consulting {
			c, err := newest(ctx, tx, id)
			if err != nil {
				return err
			}
			if c.State == Open {
				if err := closeOne(ctx, tx, c, s.store.Today()); err != nil {
					return err
				}
			}
		}
		return move(ctx, tx, m, Drafting)
	})
}

// Archive takes a material out of every list and off the library. Nothing is deleted.
func (s *Service) Archive(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		in, err := inGroup(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := m.step(who, in, Archived); err != nil {
			return err
		}
		if err := stopAll(ctx, tx, id, s.store.Today()); err != nil {
			return err
		}
		return move(ctx, tx, m, Archived)
	})
}

// stopAll ends what is open about a material that goes.
func stopAll(ctx context.Context, tx *gorm.DB, id store.ID, today string) error {
	if _, err := gorm.G[Decision](tx).Where("material_id = ? AND state = ?", id, Open).
		Select("State", "ClosedDay").Updates(ctx, Decision{State: Stopped, ClosedDay: &today}); err != nil {
		return err
	}
	_, err := gorm.G[Consultation](tx).Where("material_id = ? AND state = ?", id, Open).
		Select("State", "ClosedDay").Updates(ctx, Consultation{State: Closed, ClosedDay: &today})
	return err
}

// Erase takes a person out of what she worked on when she deletes her account: her place
// in groups and her name go, her words stay with the group, unsigned. Of a member it takes
// her wants if her words go too; what she answered in a consultation was never hers to
// find, and her tags lead nowhere once her secrets are gone.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, posts bool) error {
	if posts {
		if err := eraseWants(ctx, tx, who); err != nil {
			return err
		}
	}
	if who.Role == nil {
		return nil
	}
	if _, err := gorm.G[Person](tx).Where("role_account_id = ?", who.Role.ID).Delete(ctx); err != nil {
		return err
	}
	if _, err := gorm.G[Spent](tx).Where("role_account_id = ?", who.Role.ID).Delete(ctx); err != nil {
		return err
	}
	if err := eraseVoices(ctx, tx, who); err != nil {
		return err
	}
	if _, err := gorm.G[Version](tx).Where("written_by = ?", who.Role.ID).Update(ctx, "written_by", nil); err != nil {
		return err
	}
	if _, err := gorm.G[Suggestion](tx).Where("signed_by = ?", who.Role.ID).Update(ctx, "signed_by", nil); err != nil {
		return err
	}
	_, err := gorm.G[Material](tx).Where("signed_by = ?", who.Role.ID).Update(ctx, "signed_by", nil)
	return err
}

func eraseWants(ctx context.Context, tx *gorm.DB, who member.Actor) error {
	rows, err := gorm.G[Material](tx).Select("id").Find(ctx)
	if err != nil {
		return err
	}
	for _, m := range rows {
		if _, err := gorm.G[Want](tx).Where("material_id = ? AND tag IN ?", m.ID, who.Tags(purposeWant, m.ID)).Delete(ctx); err != nil {
			return err
		}
	}
	return nil
}
