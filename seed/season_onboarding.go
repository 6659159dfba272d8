package seed

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"portico/app/fault"
	"portico/app/onboarding"
	"portico/app/server"
	"portico/app/store"
)

// joiningData is what an organisation says in public. An organisation that nobody has added
// yet has its mode here.
type joiningData struct {
	Organisation, Mode, By string
	Quorum                 int
	Peers                  []string // who works there, beside those with contracts
	Criteria               map[string]string
	Texts                  map[string]onboarding.TextRow
	Jobs                   []jobData `toml:"job"`
}

type jobData struct {
	Title, Lang, Hours, Amount, Unit, Currency, Languages string
	FromIn                                                int `toml:"from_in"`
	UntilIn                                               int `toml:"until_in"`
}

// pathData is somebody on her way in, as far as Until.
type pathData struct {
	Name, Handle, Lang, Organisation, Job, By, Leader string
	Words, Report, Reason, Appeal, Notes, Offer       string
	Message, Until                                    string
	DaysAgo                                           int `toml:"days_ago"`
	ClosesIn                                          int `toml:"closes_in"`
	Panel                                             []string
	Votes                                             map[string]string

	id store.ID
}

// titleData is a vote about the name of a role.
type titleData struct {
	Lang      string
	DaysAgo   int        `toml:"days_ago"`
	Proposals [][]string // who, and which
	Votes     map[string]string
}

// openJoining makes the service as a running server does.
func (l *loader) openJoining() *onboarding.Service {
	return onboarding.New(l.store, l.people, server.Places{Work: l.work}, server.HouseRules{Desk: l.desk})
}

// planJoining plans the public pages, the paths and the titles.
func (l *loader) planJoining() ([]event, error) {
	var events []event
	for _, d := range l.world.Joining {
		events = append(events, event{l.ago(seasonDays - 1), func(ctx context.Context) error {
			return about(l.openHouse(ctx, d), "the page of %s", d.Organisation)
		}})
	}
	for _, d := range l.world.Paths {
		for i, step := range l.stepsOf(d) {
			events = append(events, event{l.ago(max(0, d.DaysAgo-3*i)), func(ctx context.Context) error {
				return about(step(ctx), "the path of %s, part %d", d.Name, i)
			}})
		}
	}
	for _, d := range l.world.Titles {
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error { return about(l.nameRole(ctx, d), "a title") }})
	}
	return events, nil
}

// placeOf finds an organisation by its name.
func (l *loader) placeOf(ctx context.Context, name string) (onboarding.Organisation, error) {
	who, err := l.holder("coordinator")
	if err != nil {
		return onboarding.Organisation{}, err
	}
	all, err := l.joining.Drafts(ctx, who)
	if err != nil {
		return onboarding.Organisation{}, err
	}
	i := slices.IndexFunc(all, func(o onboarding.Organisation) bool { return o.Name == name })
	if i < 0 {
		return onboarding.Organisation{}, fmt.Errorf("there is no organisation %q", name)
	}
	return all[i], nil
}

// openHouse lets a coordinator write what an organisation says, and places its people.
func (l *loader) openHouse(ctx context.Context, d joiningData) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	if d.Mode != "" {
		if err := l.work.AddOrganisation(ctx, by, d.Organisation, d.Mode); err != nil {
			return err
		}
	}
	org, err := l.placeOf(ctx, d.Organisation)
	if err != nil {
		return err
	}
	if err := l.joining.SavePage(ctx, by, org.ID, true, d.Quorum); err != nil {
		return err
	}
	for lang, text := range d.Texts {
		text.OrganisationID, text.Lang = org.ID, lang
		if err := l.joining.SaveText(ctx, by, text); err != nil {
			return err
		}
	}
	if len(d.Criteria) > 0 {
		if err := l.joining.SaveCriteria(ctx, by, org.ID, d.Criteria); err != nil {
			return err
		}
	}
	for _, j := range d.Jobs {
		// Its days are seen from the present, and this is written long before.
		if err := l.joining.Post(ctx, by, onboarding.Posting{
			OrganisationID: org.ID, Title: j.Title, Lang: j.Lang, Hours: j.Hours, Amount: j.Amount, Unit: j.Unit, Currency: j.Currency,
			FromDay: l.dayIn(j.FromIn), UntilDay: l.dayIn(j.UntilIn), Languages: j.Languages,
		}, j.Title); err != nil {
			return err
		}
	}
	for _, name := range d.Peers {
		peer, err := l.colleague(name)
		if err != nil {
			return err
		}
		if err := l.work.Place(ctx, by, peer.Role.ID, org.ID); err != nil {
			return err
		}
	}
	return nil
}

// nameRole lets a group propose titles and choose one.
func (l *loader) nameRole(ctx context.Context, d titleData) error {
	for _, p := range d.Proposals {
		who, err := l.colleague(p[0])
		if err != nil {
			return err
		}
		r, err := l.joining.ProposeTitle(ctx, who, d.Lang, p[1])
		if err := stored(r.Stored, r.Verdict, err); err != nil {
			return err
		}
	}
	opened := false
	for _, name := range sortedKeys(d.Votes) {
		who, err := l.colleague(name)
		if err != nil {
			return err
		}
		rounds, err := l.joining.Rounds(ctx, who)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(rounds, func(r onboarding.RoundView) bool { return r.Lang == d.Lang })
		if i < 0 {
			return fmt.Errorf("%s sees no titles", name)
		}
		if !opened {
			if err := l.joining.OpenTitleVote(ctx, who, rounds[i].ID, l.store.DayAfter(10)); err != nil {
				return err
			}
			opened = true
		}
		for _, p := range rounds[i].Proposals {
			if p.Words == d.Votes[name] {
				if err := l.joining.VoteTitle(ctx, who, rounds[i].ID, p.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, strings.Compare)
	return keys
}

// missingStep is what a path says when its data asks for something that is not there.
func missingStep(what string) error { return fault.Wrap(fmt.Errorf("no %s", what), "plan a path") }
