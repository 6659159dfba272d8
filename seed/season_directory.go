package seed

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"portico/app/directory"
	"portico/app/store"
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

// placeData is an invented service that a coordinator writes down. Runs is the name of one
// that was written down before.
type placeData struct {
	By, Kind, Country, City, Name, Languages, Opening, Acts, Free, Anonymous, Runs string

	NoPapers string `toml:"no_papers"`
	What     map[string]string
	Needs    []string
	DaysAgo  int `toml:"days_ago"`
}

// planPlaces plans what coordinators write down.
func (l *loader) planPlaces() ([]event, error) {
	var events []event
	for _, d := range l.world.Places {
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.writeDown(ctx, d), "write down %s", d.Name)
		}})
	}
	return events, nil
}

func (l *loader) writeDown(ctx context.Context, d placeData) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	change := directory.Change{
		Name: d.Name, City: d.City, Languages: d.Languages, Needs: d.Needs, Opening: d.Opening, Acts: directory.Acts(d.Acts),
		Free: directory.Answer(d.Free), Anonymous: directory.Answer(d.Anonymous), NoPapers: directory.Answer(d.NoPapers), Lang: "en", What: d.What["en"],
	}
	id, err := l.directory.Add(ctx, by, d.Name, d.Kind, d.Country, change)
	if err != nil {
		return err
	}
	for _, lang := range slices.Sorted(maps.Keys(d.What)) {
		e, err := l.directory.Entry(ctx, id)
		if err != nil {
			return err
		}
		change.Lang, change.What, change.Mark = lang, d.What[lang], e.Mark()
		if err := l.directory.Amend(ctx, by, id, change); err != nil {
			return err
		}
	}
	if d.Runs == "" {
		return nil
	}
	runs := directory.Relation{FromID: id, Kind: "runs", ToID: "own-" + store.FormID("directory entry", d.Runs).String()}
	return l.directory.Relate(ctx, by, runs)
}
