package material

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Who took a text back.
const (
	ByHer   = "her"   // whose story it was
	ByGroup = "group" // a leader of its group, or a coordinator
)

// Reasons are why a group takes back what it published.
var Reasons = []string{"wrong", "old", "harm", "asked"}

// Forgetter is a keeper of translations that can lose what it made of a text: its
// languages, drafts, history, and what its memory took from it.
type Forgetter interface {
	// Forget is called inside tx, with every text that the material ever had.
	Forget(ctx context.Context, tx *gorm.DB, doc store.ID, texts []string) error
}

// OnWithdrawal is what else has to go, in the same transaction, when a text is taken back.
type OnWithdrawal func(ctx context.Context, tx *gorm.DB, id store.ID) error

// TakeBack is her own act: her story is unpublished at once, in every language and for
// every use, and what translators made of it is forgotten. With erase its words go from
// every version too, and from what was said about them. A line without words stays.
func (s *Service) TakeBack(ctx context.Context, who member.Actor, c Claim, erase bool) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := holdHers(ctx, tx, who, c)
		if err != nil {
			return err
		}
		return s.takeBackStory(ctx, tx, m, erase)
	})
}

// TakeBackFor does the same for somebody who told a leader of the group.
func (s *Service) TakeBackFor(ctx context.Context, who member.Actor, id store.ID, erase bool) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := s.led(ctx, tx, who, id)
		if err == nil && !m.Story {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		return s.takeBackStory(ctx, tx, m, erase)
	})
}

func (s *Service) takeBackStory(ctx context.Context, tx *gorm.DB, m Material, erase bool) error {
	if _, err := gorm.G[Consent](tx).Where("material_id = ? AND ended_day IS NULL", m.ID).Update(ctx, "ended_day", s.store.Today()); err != nil {
		return err
	}
	if err := s.unpublish(ctx, tx, m, Material{WithdrawnBy: ByHer}); err != nil {
		return err
	}
	if keeper, ok := s.texts.(Forgetter); ok {
		versions, err := gorm.G[Version](tx).Select("title", "body").Where("material_id = ?", m.ID).Find(ctx)
		if err != nil {
			return err
		}
		texts := make([]string, len(versions))
		for i, v := range versions {
			texts[i] = v.Markdown()
		}
		if err := keeper.Forget(ctx, tx, m.ID, texts); err != nil {
			return err
		}
	}
	if !erase {
		return nil
	}
	return eraseWords(ctx, tx, m.ID)
}

// unpublish takes a text from readers, whatever state it is in.
func (s *Service) unpublish(ctx context.Context, tx *gorm.DB, m Material, how Material) error {
	today := s.store.Today()
	if err := stopAll(ctx, tx, m.ID, today); err != nil {
		return err
	}
	how.State, how.WithdrawnDay = Archived, &today
	if m.WithdrawnDay != nil {
		how.WithdrawnDay = m.WithdrawnDay
	}
	if _, err := gorm.G[Material](tx).Where("id = ?", m.ID).Select("State", "WithdrawnDay", "WithdrawnBy", "WithdrawnWhy").Updates(ctx, how); err != nil {
		return err
	}
	if err := silence(ctx, tx, m.ID); err != nil {
		return err
	}
	for _, also := range s.also {
		if err := also(ctx, tx, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// eraseWords takes every word of a material and about it out of the tables. Counts, days
// and outcomes stay.
func eraseWords(ctx context.Context, tx *gorm.DB, id store.ID) error {
	for _, statement := range []string{
		"DELETE FROM material_versions WHERE material_id = ?",
		"DELETE FROM material_suggestions WHERE material_id = ?",
		"DELETE FROM material_feedback WHERE material_id = ?",
		"DELETE FROM material_terms WHERE material_id = ?",
		"DELETE FROM material_replies WHERE consultation_id IN (SELECT id FROM material_consultations WHERE material_id = ?)",
		"UPDATE material_questions SET words = '' WHERE consultation_id IN (SELECT id FROM material_consultations WHERE material_id = ?)",
		"UPDATE material_consultations SET not_asked = '' WHERE material_id = ?",
		"UPDATE material_votes SET words = '' WHERE decision_id IN (SELECT id FROM material_decisions WHERE material_id = ?)",
		"UPDATE materials SET title = '', purpose = '', audience = '', version = 0, decided_version = 0 WHERE id = ?",
	} {
		if err := tx.WithContext(ctx).Exec(statement, id).Error; err != nil {
			return err
		}
	}
	return nil
}

// MayWithdraw reports whether she may take a published text back for its group: a leader of
// the group, or any coordinator, because what harms cannot wait.
func (m Material) MayWithdraw(who member.Actor, inGroup bool) bool {
	return m.Public() && (inGroup && who.Has(member.RoleLeader) || who.Has(member.RoleCoordinator))
}

// Withdraw takes a published text from its readers in every language, for a reason that
// they may read. The group keeps its work and may bring it back.
func (s *Service) Withdraw(ctx context.Context, who member.Actor, id store.ID, why string) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		in, err := inGroup(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if !m.MayWithdraw(who, in) {
			return fault.Missing()
		}
		if !slices.Contains(Reasons, why) {
			return fault.Mend(fault.Field{Name: "why", Key: "material.withdraw.missing"})
		}
		return s.unpublish(ctx, tx, m, Material{WithdrawnBy: ByGroup, WithdrawnWhy: why})
	})
}

// BringBack takes a material out of the archive, as a draft that nobody outside reads, or
// as an idea where nothing was written. What somebody took back herself stays where it is.
func (s *Service) BringBack(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		if !Keepers.holds(who, false) {
			return fault.Missing()
		}
		if m.WithdrawnBy == ByHer {
			return fault.New(fault.Refused, "material.back.hers")
		}
		if m.State != Archived {
			return fault.New(fault.Conflict, "material.step.not-now")
		}
		people, err := gorm.G[Person](tx).Where("material_id = ?", id).Count(ctx, "role_account_id")
		if err != nil {
			return err
		}
		to := Material{State: Drafting}
		if people == 0 && m.Version == 0 {
			to.State = Idea
		}
		_, err = gorm.G[Material](tx).Where("id = ?", id).
			Select("State", "PublishedVersion", "PublishedDay", "ReviewDay", "WithdrawnDay", "WithdrawnBy", "WithdrawnWhy").Updates(ctx, to)
		return err
	})
}

// Gone is a text that was published and is not any more.
type Gone struct {
	Day  string
	By   string // ByHer, ByGroup, or "" where the time that she gave it for is over
	Why  string
	Lang string
}

// Gone says what became of an address at which a text was published, for whoever still has
// it. Of anything else nothing is said.
func (s *Service) Gone(ctx context.Context, id store.ID) (Gone, error) {
	m, err := find(ctx, s.store.DB, id)
	if err != nil {
		return Gone{}, err
	}
	if m.PublishedVersion > 0 && m.WithdrawnDay != nil {
		return Gone{Day: *m.WithdrawnDay, By: m.WithdrawnBy, Why: m.WithdrawnWhy, Lang: m.Lang}, nil
	}
	shown, err := s.shown(ctx, s.store.DB, m)
	if err == nil && m.Public() && m.Story && !shown {
		return Gone{Lang: m.Lang}, nil
	}
	if err == nil {
		err = fault.Missing()
	}
	return Gone{}, err
}
