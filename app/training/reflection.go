package training

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
)

// LongestReflection is in characters.
const LongestReflection = 8000

// Reflect keeps her own words about a module. They are sealed under her secret, whoever she
// is: no peer, no supervisor and no coordinator can open them. Empty words are taken as
// leaving nothing there.
func (s *Service) Reflect(ctx context.Context, who member.Actor, slug, words string) error {
	if _, err := s.learner(ctx, who, slug); err != nil {
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
	if _, err := s.learner(ctx, who, slug); err != nil {
		return "", err
	}
	var words string
	_, err := member.ReadBox(ctx, s.store.DB, who, reflectionName(slug), &words)
	return words, err
}
