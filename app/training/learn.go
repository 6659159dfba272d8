package training

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/content"
)

// LongestReflection is in characters.
const LongestReflection = 8000

// DoUnit marks a unit as done, or takes the mark back.
func (s *Service) DoUnit(ctx context.Context, who member.Actor, slug, unit string, done bool) error {
	m, err := s.learner(who, slug)
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
			if k.Units == nil {
				k.Units = map[string]int{}
			}
			if !done {
				delete(k.Units, unit)
			} else if k.Units[unit] == 0 {
				k.Units[unit] = m.Version
			}
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

// Answer keeps what she chose in the quiz, so that she finds it again. Questions that the
// form left out keep what they had. What is no answer of the question is refused.
func (s *Service) Answer(ctx context.Context, who member.Actor, slug string, chosen map[string][]string) error {
	m, err := s.learner(who, slug)
	if err != nil {
		return err
	}
	if err := checkAnswers(m.In("en").Questions, chosen); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(slug), func(k *kept) {
			if k.Answers == nil {
				k.Answers = map[string][]string{}
			}
			for question, answers := range chosen {
				k.Answers[question] = answers
			}
		})
	})
}

func checkAnswers(questions []content.Question, chosen map[string][]string) error {
	for id, answers := range chosen {
		at := slices.IndexFunc(questions, func(q content.Question) bool { return q.ID == id })
		if at < 0 || len(answers) > 1 && !questions[at].Several {
			return fault.New(fault.Invalid, "learn.quiz.odd")
		}
		for i, answer := range answers {
			known := slices.ContainsFunc(questions[at].Answers, func(a content.Answer) bool { return a.ID == answer })
			if !known || slices.Contains(answers[:i], answer) {
				return fault.New(fault.Invalid, "learn.quiz.odd")
			}
		}
	}
	return nil
}

// Complete finishes a module: every unit done and every question answered as it fits.
// Finishing twice is finishing once, on the first day.
func (s *Service) Complete(ctx context.Context, who member.Actor, slug string) (Completion, error) {
	m, err := s.learner(who, slug)
	if err != nil {
		return Completion{}, err
	}
	done := Completion{Version: m.Version, Minutes: m.Minutes, Day: s.store.Today()}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.progressIn(ctx, tx, who, m)
		if err != nil {
			return err
		}
		if p.Done != nil {
			done = *p.Done
			return nil
		}
		if u, all := p.UnitsDone(); u < all {
			return fault.New(fault.Refused, "learn.finish.units")
		}
		if fit, all := p.Fitting(); fit < all {
			return fault.New(fault.Refused, "learn.finish.quiz")
		}
		if who.Role != nil {
			row := CompletionRow{RoleAccountID: who.Role.ID, Module: slug, Version: done.Version, Minutes: done.Minutes, Day: done.Day}
			return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
		}
		return member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(slug), func(k *kept) {
			if k.Done == nil {
				k.Done = &done
			}
		})
	})
	return done, err
}

// Reflect keeps her own words about a module. They are sealed under her secret, whoever she
// is: no peer, no supervisor and no coordinator can open them. Empty words are taken as
// leaving nothing there.
func (s *Service) Reflect(ctx context.Context, who member.Actor, slug, words string) error {
	if _, err := s.learner(who, slug); err != nil {
		return err
	}
	words = strings.TrimSpace(words)
	if utf8.RuneCountInString(words) > LongestReflection {
		return fault.Mend(fault.Field{Name: "words", Key: "learn.reflection.long", Args: []any{"Most", LongestReflection}})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return member.ChangeBox(ctx, tx, s.store.Clock, who, reflectionName(slug), func(w *string) { *w = words })
	})
}

// Reflection reads her own words back.
func (s *Service) Reflection(ctx context.Context, who member.Actor, slug string) (string, error) {
	if _, err := s.learner(who, slug); err != nil {
		return "", err
	}
	var words string
	_, err := member.ReadBox(ctx, s.store.DB, who, reflectionName(slug), &words)
	return words, err
}
