package seed

import (
	"context"
	"fmt"

	"portico/app/practice"
	"portico/content"
)

// interviewData is an interview with an invented organisation. Handed is days ago, 0 while
// somebody still writes; Checked by a second person puts it into the library.
type interviewData struct {
	By, Name, Country, City, Lang, Summary string
	DaysAgo                                int `toml:"days_ago"`
	Answers, Sheet                         map[string]string
	Mandatory, Preferential                []int // numbers of the criteria that are met, from one
	Handed                                 int
	CheckedAgo                             int `toml:"checked_ago"`
	Checked                                string
}

// planInterviews plans what the team writes for the good-practice library.
func (l *loader) planInterviews() ([]event, error) {
	guide, err := content.InterviewGuide()
	if err != nil {
		return nil, err
	}
	lib := practice.New(l.store, guide)
	var events []event
	for _, d := range l.world.Interviews {
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.interview(ctx, lib, d), "the interview %q", d.Name)
		}})
		if d.Checked != "" {
			events = append(events, event{l.ago(d.CheckedAgo), func(ctx context.Context) error {
				return about(l.checkInterview(ctx, lib, d), "the check of %q", d.Name)
			}})
		}
	}
	return events, nil
}

func (l *loader) interview(ctx context.Context, lib *practice.Service, d interviewData) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	id, err := lib.Begin(ctx, by, practice.BeginForm{Name: d.Name, Country: d.Country, Lang: d.Lang, Nonce: d.Name})
	if err != nil {
		return err
	}
	f := practice.StepForm{Name: d.Name, Country: d.Country, City: d.City, Summary: d.Summary, Asked: true, Answers: d.Answers, Sheet: d.Sheet, Insist: true}
	for _, n := range d.Mandatory {
		f.Criteria.Mandatory[n-1].Answer = practice.Yes
	}
	for _, n := range d.Preferential {
		f.Criteria.Preferential[n-1].Answer = practice.Yes
	}
	for i, step := range lib.Steps() {
		f.Version = i + 1
		if _, err := lib.Save(ctx, by, id, step, f); err != nil {
			return err
		}
	}
	if d.Handed == 0 {
		return nil
	}
	return lib.HandOn(ctx, by, id)
}

// checkInterview puts it into the library.
func (l *loader) checkInterview(ctx context.Context, lib *practice.Service, d interviewData) error {
	second, err := l.colleague(d.Checked)
	if err != nil {
		return err
	}
	lines, err := lib.Open(ctx, second)
	if err != nil {
		return err
	}
	for _, one := range lines {
		if one.Name == d.Name {
			_, err := lib.Publish(ctx, second, one.ID, one.Version)
			return err
		}
	}
	return fmt.Errorf("it does not wait")
}
