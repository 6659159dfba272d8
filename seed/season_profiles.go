package seed

import (
	"context"

	"portico/app/peerwork"
)

// profileData is a profile. Without ShownBy a wish waits; without Asked it stays hidden.
type profileData struct {
	Person       string
	ShownBy      string `toml:"shown_by"`
	DaysAgo      int    `toml:"days_ago"`
	Asked, Shown int    // days ago
	Low          bool
	Card         map[string]fieldData
}

type fieldData struct{ Words, For string }

// planProfiles plans what peers write about themselves, and who lets it be shown.
func (l *loader) planProfiles() ([]event, error) {
	var events []event
	for _, d := range l.world.Profiles {
		who, err := l.colleague(d.Person)
		if err != nil {
			return nil, err
		}
		add := func(days int, do func(context.Context) error) {
			events = append(events, event{l.ago(days), func(ctx context.Context) error { return about(do(ctx), "the profile of %s", d.Person) }})
		}
		add(d.DaysAgo, func(ctx context.Context) error {
			receipt, err := l.work.SaveProfile(ctx, who, d.card(), false)
			return stored(receipt.Stored, receipt.Verdict, err)
		})
		if d.Low {
			add(d.DaysAgo, func(ctx context.Context) error { return l.work.LowProfile(ctx, who, true) })
		}
		if d.Asked > 0 {
			add(d.Asked, func(ctx context.Context) error { return l.work.AskToBeShown(ctx, who, peerwork.Purposes) })
		}
		if d.Shown > 0 {
			by, err := l.colleague(d.ShownBy)
			if err != nil {
				return nil, err
			}
			add(d.Shown, func(ctx context.Context) error { return l.work.Show(ctx, by, who.Role.ID) })
		}
	}
	return events, nil
}

func (d profileData) card() peerwork.Card {
	card := peerwork.Card{}
	for name, f := range d.Card {
		card[name] = peerwork.Field{Words: f.Words, Audience: f.For}
	}
	return card
}
