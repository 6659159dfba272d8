package training

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/content"
)

// DoUnit marks a unit as done, or takes the mark back.
func (s *Service) DoUnit(ctx context.Context, who member.Actor, slug, unit string, done bool) error {
	m, err := s.learner(ctx, who, slug)
	if err != nil {
		return err
	}
	if _, _, ok := m.In("en").Unit(unit); !ok {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if who.Role != nil {
			return s.doUnitRow(ctx, tx, UnitRow{RoleAccountID: who.Role.ID, Module: slug, Unit: unit, Version: m.Version, Day: s.store.Today()}, done)
		}
		return member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(slug), func(k *kept) {
			if done == (k.Units[unit] > 0) {
				return
			}
			if done {
				k.setUnit(unit, m.Version)
			} else {
				delete(k.Units, unit)
			}
			k.touched(unitKey(unit), touch{})
		})
	})
}

func (s *Service) doUnitRow(ctx context.Context, tx *gorm.DB, row UnitRow, done bool) error {
	if !done {
		_, err := gorm.G[UnitRow](tx).Where("role_account_id = ? AND module = ? AND unit = ?", row.RoleAccountID, row.Module, row.Unit).Delete(ctx)
		return err
	}
	return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
}

// Answers is a filled quiz: what was chosen, and the mark that each question bore on the
// page she filled in. A mark that is missing is taken as that of today.
type Answers struct {
	Chosen map[string][]string
	Marks  map[string]string
}

// Answer keeps what she chose in the quiz, so that she finds it again. Questions that the
// form left out keep what they had. A question that has changed meanwhile keeps what still
// means something, and Progress.Stale says so; what is no answer of an unchanged question is
// refused.
func (s *Service) Answer(ctx context.Context, who member.Actor, slug string, given Answers) error {
	m, err := s.learner(ctx, who, slug)
	if err != nil {
		return err
	}
	chosen, marks, err := checkAnswers(m.In("en").Questions, given)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(slug), func(k *kept) {
			k.answer(chosen, marks)
		})
	})
}

func checkAnswers(questions []content.Question, given Answers) (chosen map[string][]string, marks map[string]string, err error) {
	chosen, marks = map[string][]string{}, map[string]string{}
	for id, answers := range given.Chosen {
		at := slices.IndexFunc(questions, func(q content.Question) bool { return q.ID == id })
		mark := given.Marks[id]
		changed := at < 0 || mark != "" && mark != questions[at].Mark()
		switch {
		case at >= 0 && questions[at].Takes(answers):
			chosen[id], marks[id] = answers, questions[at].Mark()
			if changed {
				marks[id] = mark
			}
		case at >= 0 && changed:
			marks[id] = mark // the question is another one now; she is asked again
		case mark == "":
			return nil, nil, fault.New(fault.Invalid, "learn.quiz.odd")
		case !changed:
			return nil, nil, fault.New(fault.Invalid, "learn.quiz.odd")
		}
	}
	return chosen, marks, nil
}

// Complete finishes a module: every unit done, every question answered as it fits, the story
// gone through to an end, and what comes before it behind her. Finishing twice is finishing
// once, on the first day, unless she went through it anew.
func (s *Service) Complete(ctx context.Context, who member.Actor, slug string) (Completion, error) {
	m, err := s.learner(ctx, who, slug)
	if err != nil {
		return Completion{}, err
	}
	done := Completion{Version: m.Version, Minutes: m.Minutes, Day: s.store.Today()}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.whole(ctx, tx, who, m)
		if err != nil {
			return err
		}
		if p.Done != nil && !p.Anew {
			done = *p.Done
			return nil
		}
		if err := complete(p); err != nil {
			return err
		}
		if p.Done != nil {
			done.Minutes = againMinutes(m)
		}
		if who.Role != nil {
			row := CompletionRow{RoleAccountID: who.Role.ID, Module: slug, Version: done.Version, Minutes: done.Minutes, Day: done.Day}
			return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
		}
		return member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(slug), func(k *kept) {
			k.Done, k.Again = &done, ""
		})
	})
	if err == nil && who.Role != nil {
		// The box goes in a transaction of its own: a box and a row must not be tied together.
		// When this one fails she is asked once more to go through it, and nothing is counted twice.
		err = s.store.Tx(ctx, func(tx *gorm.DB) error {
			return member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(slug), func(k *kept) { k.Again = "" })
		})
	}
	return done, err
}

func complete(p Progress) error {
	if u, all := p.UnitsDone(); u < all {
		return fault.New(fault.Refused, "learn.finish.units")
	}
	if fit, all := p.Fitting(); fit < all {
		return fault.New(fault.Refused, "learn.finish.quiz")
	}
	if !p.StoryDone() {
		return fault.New(fault.Refused, "learn.finish.story")
	}
	if len(p.Before) > 0 {
		return fault.New(fault.Refused, "learn.finish.before")
	}
	return nil
}

// againMinutes is what going through a module anew takes: all but the reading, and ten
// minutes at least.
func againMinutes(m content.Module) int {
	minutes := m.Minutes
	for _, u := range m.In("en").Units {
		minutes -= u.Minutes
	}
	return max(minutes, 10)
}

// Refresh begins a finished module anew: the answers and the way through the story go, what
// she read stays read, and she stays finished until her time is over.
func (s *Service) Refresh(ctx context.Context, who member.Actor, slug string) error {
	m, err := s.learner(ctx, who, slug)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.progressIn(ctx, tx, who, m)
		if err != nil {
			return err
		}
		if p.Anew {
			return nil
		}
		if !p.CanRefresh() {
			return fault.New(fault.Refused, "learn.refresh.early")
		}
		return member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(slug), func(k *kept) {
			k.Answers, k.Marks, k.Steps, k.Ended, k.Again = nil, nil, nil, false, s.store.Today()
			k.anew(m)
		})
	})
}
