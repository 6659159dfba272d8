package seed

import (
	"context"
	"fmt"
	"time"

	"portico/app/member"
	"portico/app/supervision"
)

// heavyData is somebody who says that something heavy happened. With Tell she tells the
// supervisor whom she has then; Held is how many days later she says that the conversation
// took place, 0 while she does not.
type heavyData struct {
	Person, Words string
	DaysAgo       int `toml:"days_ago"`
	Tell          bool
	Held          int
}

// promiseData is hours of supervision that the organisation promises, set DaysAgo days
// before the present and counted from that day.
type promiseData struct {
	By, Role, Kind string
	Hours, Months  int
	DaysAgo        int `toml:"days_ago"`
}

// planDuties plans promises of hours, and what was heavy with what became of it.
func (l *loader) planDuties() ([]event, error) {
	var events []event
	for _, d := range l.world.Promises {
		by, err := l.colleague(d.By)
		if err != nil {
			return nil, err
		}
		form := supervision.RequirementForm{
			Role: member.Role(d.Role), Kind: supervision.Kind(d.Kind), Minutes: 60 * d.Hours, Months: d.Months, From: l.ago(d.DaysAgo).Format(time.DateOnly),
		}
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.supervision.Require(ctx, by, form), "%s promises hours to %s", d.By, d.Role)
		}})
	}
	for _, d := range l.world.Heavy {
		who, err := l.colleague(d.Person)
		if err != nil {
			return nil, err
		}
		nonce := fmt.Sprintf("%s %d", d.Person, d.DaysAgo)
		made := supervision.Receipt{}
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			form := supervision.FlagForm{Words: d.Words, Nonce: nonce}
			if d.Tell {
				people, err := l.supervision.MySupervisors(ctx, who)
				if err != nil || len(people) == 0 {
					return about(fmt.Errorf("nobody supervises her: %w", err), "%s tells", d.Person)
				}
				form.Told = people[0].ID
			}
			var err error
			made, err = l.supervision.Flag(ctx, who, form)
			return about(kept(made, err), "%s says that something was heavy", d.Person)
		}})
		if d.Held > 0 {
			events = append(events, event{l.ago(d.DaysAgo - d.Held), func(ctx context.Context) error {
				return about(l.supervision.HoldDebrief(ctx, who, made.ID), "%s says that it took place", d.Person)
			}})
		}
	}
	return events, nil
}
