package seed

import (
	"context"
	"fmt"

	"portico/app/directory"
)

// correctionData is what somebody suggests about a shipped entry. By is the coordinator who
// has settled it, "" while it waits. No entry is marked as checked here: the entries are
// real, and nobody in a demonstration has asked them.
type correctionData struct {
	Entry, Words, By, State string
	DaysAgo                 int `toml:"days_ago"`
	Settled                 int // days ago
}

// planCorrections plans what visitors suggest, and what a coordinator makes of it.
func (l *loader) planCorrections() ([]event, error) {
	var events []event
	for _, d := range l.world.Corrections {
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.directory.Suggest(ctx, d.Entry, d.Words), "a correction of %s", d.Entry)
		}})
		if d.By != "" {
			events = append(events, event{l.ago(d.Settled), func(ctx context.Context) error {
				return about(l.settle(ctx, d), "settle the correction of %s", d.Entry)
			}})
		}
	}
	return events, nil
}

func (l *loader) settle(ctx context.Context, d correctionData) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	waiting, _, err := l.directory.Corrections(ctx, by)
	if err != nil {
		return err
	}
	for _, one := range waiting {
		if one.Entry == d.Entry && one.Words == d.Words {
			return l.directory.Settle(ctx, by, one.ID, directory.State(d.State))
		}
	}
	return fmt.Errorf("it does not wait")
}
