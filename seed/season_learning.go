package seed

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"portico/app/member"
	"portico/app/training"
	"portico/content"
)

// learningData is one person in one module. Units are done one after the other.
type learningData struct {
	Person, Module string
	DaysAgo        int `toml:"days_ago"` // of the first unit
	Units          int
	Every          int    // days between two units
	Quiz           string // "right", "wrong", "second" for a wrong answer first, or ""
	Finish         bool
	Reflection     string
}

type waiverData struct {
	Person, Module, Reason, By string
	DaysAgo                    int `toml:"days_ago"`
}

// What the data say about a quiz.
const (
	quizRight  = "right"
	quizWrong  = "wrong"
	quizSecond = "second"
)

// planLearning plans who reads which unit when, and who was let off a module.
func (l *loader) planLearning() ([]event, error) {
	var events []event
	for _, d := range l.world.Learning {
		part, err := l.planLearner(d)
		if err != nil {
			return nil, fmt.Errorf("%s learns %s: %w", d.Person, d.Module, err)
		}
		events = append(events, part...)
	}
	for _, d := range l.world.Waivers {
		person, by, err := l.withRoles(d.Person, d.By)
		if err != nil {
			return nil, err
		}
		form := training.WaiverForm{Person: person.Role.ID, Module: d.Module, Reason: d.Reason}
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.training.Waive(ctx, by, form), "%s lets %s off %s", d.By, d.Person, d.Module)
		}})
	}
	return events, nil
}

func (l *loader) planLearner(d learningData) ([]event, error) {
	who, err := l.actor(d.Person)
	if err != nil {
		return nil, err
	}
	modules, err := l.training.Modules(context.Background())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(modules, func(m content.Module) bool { return m.Slug == d.Module })
	if at < 0 {
		return nil, fmt.Errorf("there is no such module")
	}
	text := modules[at].In("en")
	if d.Units > len(text.Units) {
		return nil, fmt.Errorf("it has %d units only", len(text.Units))
	}
	var events []event
	for i, unit := range text.Units[:d.Units] {
		events = append(events, event{l.ago(d.DaysAgo - i*d.Every), func(ctx context.Context) error {
			return about(l.training.DoUnit(ctx, who, d.Module, unit.ID, true), "%s reads %s of %s", d.Person, unit.ID, d.Module)
		}})
	}
	last := l.ago(d.DaysAgo - max(0, d.Units-1)*d.Every)
	return append(events, event{last, func(ctx context.Context) error {
		return about(l.endLearning(ctx, who, d, text), "%s ends %s", d.Person, d.Module)
	}}), nil
}

// endLearning answers the quiz as the data say, writes the private words and finishes.
func (l *loader) endLearning(ctx context.Context, who member.Actor, d learningData, text content.ModuleText) error {
	right, wrong := map[string][]string{}, map[string][]string{}
	for _, q := range text.Questions {
		right[q.ID] = q.Right()
	}
	one := slices.IndexFunc(text.Questions, func(q content.Question) bool { return q.Kind == content.Single })
	first := text.Questions[one]
	odd := slices.IndexFunc(first.Answers, func(a content.Answer) bool { return !a.Right })
	wrong[first.ID] = []string{first.Answers[odd].ID}
	if d.Quiz == quizWrong || d.Quiz == quizSecond {
		if err := l.training.Answer(ctx, who, d.Module, training.Answers{Chosen: wrong}); err != nil {
			return err
		}
	}
	if d.Quiz == quizRight || d.Quiz == quizSecond {
		if err := l.training.Answer(ctx, who, d.Module, training.Answers{Chosen: right}); err != nil {
			return err
		}
	}
	if d.Reflection != "" {
		if err := l.training.Reflect(ctx, who, d.Module, d.Reflection); err != nil {
			return err
		}
	}
	if d.Quiz != quizRight && d.Quiz != quizSecond {
		return nil
	}
	for _, step := range text.Scenario.Through() {
		from, choice, _ := strings.Cut(step, "/")
		if err := l.training.Step(ctx, who, d.Module, from, choice); err != nil {
			return err
		}
	}
	if !d.Finish {
		return nil
	}
	_, err := l.training.Complete(ctx, who, d.Module)
	return err
}

// about says what was going on when something went wrong.
func about(err error, what string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(what+": %w", append(args, err)...)
}
