package seed

import (
	"context"
	"fmt"
	"slices"

	"portico/app/peerwork"
)

// organisationData is one of the organisations, with who adds it.
type organisationData struct{ Name, Mode, By string }

// contractData is a contract with its days counted from the present.
type contractData struct {
	Person, Organisation, By, Kind, Hours, Amount, Unit, Currency, Funding, Leave string
	Needed, Childcare                                                             bool
	Away                                                                          string // kind of leave
	AwayFrom                                                                      int    `toml:"away_from"`
	AwayTo                                                                        int    `toml:"away_to"`
	DaysAgo                                                                       int    `toml:"days_ago"` // it is saved
	Since                                                                         int    // days before that on which it begins
	EndsIn                                                                        int    `toml:"ends_in"`
	FundingEndsIn                                                                 int    `toml:"funding_ends_in"`
}

// riskData is a risk assessment that By writes; ReviewIn counts from the present.
type riskData struct {
	Person, By, Profile string
	DaysAgo             int          `toml:"days_ago"`
	ReviewIn            int          `toml:"review_in"`
	Hazards             []hazardData `toml:"hazard"`
}

type hazardData struct {
	What, Measures          string
	Likelihood, Consequence int
}

// planOrganisations plans the organisations, before anybody works with one.
func (l *loader) planOrganisations() ([]event, error) {
	var events []event
	for _, d := range l.world.Organisations {
		by, err := l.colleague(d.By)
		if err != nil {
			return nil, err
		}
		events = append(events, event{l.ago(seasonDays), func(ctx context.Context) error {
			return about(l.work.AddOrganisation(ctx, by, d.Name, d.Mode), "the organisation %s", d.Name)
		}})
	}
	return events, nil
}

// planContracts plans with which organisation peers work, and how.
func (l *loader) planContracts() ([]event, error) {
	var events []event
	for _, d := range l.world.Contracts {
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.contract(ctx, d), "the contract of %s", d.Person)
		}})
	}
	return events, nil
}

func (l *loader) contract(ctx context.Context, d contractData) error {
	person, by, err := l.withRoles(d.Person, d.By)
	if err != nil {
		return err
	}
	all, err := l.work.Organisations(ctx, by)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(o peerwork.Organisation) bool { return o.Name == d.Organisation })
	if at < 0 {
		return fmt.Errorf("there is no organisation %q", d.Organisation)
	}
	if err := l.work.Place(ctx, by, person.Role.ID, all[at].ID); err != nil {
		return err
	}
	_, err = l.work.SaveContract(ctx, by, person.Role.ID, peerwork.ContractForm{
		Kind: d.Kind, From: l.store.DayAfter(-d.Since), To: l.dayIn(d.EndsIn), Hours: d.Hours, Amount: d.Amount, Unit: d.Unit,
		Currency: d.Currency, Funding: d.Funding, FundingEnds: l.dayIn(d.FundingEndsIn), Leave: d.Leave, LeaveKind: d.Away,
		LeaveFrom: l.dayIn(d.AwayFrom), LeaveTo: l.dayIn(d.AwayTo), Needed: d.Needed, Childcare: d.Childcare, Known: true,
	})
	return err
}

// planRisks plans the risk assessments.
func (l *loader) planRisks() ([]event, error) {
	var events []event
	for _, d := range l.world.Risks {
		person, by, err := l.withRoles(d.Person, d.By)
		if err != nil {
			return nil, err
		}
		f := peerwork.RiskForm{Risk: peerwork.Risk{Profile: d.Profile}, Review: l.dayIn(d.ReviewIn)}
		for _, h := range d.Hazards {
			f.Hazards = append(f.Hazards, peerwork.Hazard{What: h.What, Likelihood: h.Likelihood, Consequence: h.Consequence, Measures: h.Measures})
		}
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.work.Assess(ctx, by, person.Role.ID, f), "the risk of %s", d.Person)
		}})
	}
	return events, nil
}
