package training

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
)

// mostSteps ends a walk in a circle: nobody learns anything new from the hundredth round.
const mostSteps = 100

// Step goes one way on in the story of a module. Which ways she took is hers alone, whoever
// she is. From is the scene on her page: when her page was an old one, nothing is done and
// the page that comes shows where she stands.
func (s *Service) Step(ctx context.Context, who member.Actor, slug, from, choice string) error {
	m, err := s.learner(ctx, who, slug)
	if err != nil {
		return err
	}
	story := m.In("en").Scenario
	if len(story.Scenes) == 0 {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		odd := false
		err := member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(slug), func(k *kept) {
			now, _, good := story.Walk(k.Steps)
			if now.ID != from || good >= mostSteps {
				return
			}
			step := from + "/" + choice
			next, _, went := story.Walk(append(k.Steps[:good:good], step))
			if odd = went != good+1; odd {
				return
			}
			k.Steps = append(k.Steps[:good:good], step)
			k.Ended = k.Ended || len(next.Choices) == 0
		})
		if err == nil && odd {
			err = fault.New(fault.Invalid, "learn.story.odd")
		}
		return err
	})
}

// BackInStory takes the last step back, or all of them. That she once came to an end stays.
func (s *Service) BackInStory(ctx context.Context, who member.Actor, slug string, all bool) error {
	m, err := s.learner(ctx, who, slug)
	if err != nil {
		return err
	}
	story := m.In("en").Scenario
	if len(story.Scenes) == 0 {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return member.ChangeBox(ctx, tx, s.store.Clock, who, boxName(slug), func(k *kept) {
			_, _, good := story.Walk(k.Steps)
			if all || good == 0 {
				k.Steps = nil
				return
			}
			k.Steps = k.Steps[:good-1]
		})
	})
}
