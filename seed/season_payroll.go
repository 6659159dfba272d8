package seed

import (
	"context"
	"errors"

	"portico/app/member"
	"portico/app/payroll"
	"portico/app/peerwork"
	"portico/app/store"
)

// recoveryData are the three who hold parts of the recovery key, and a request that waits.
type recoveryData struct {
	By, Second, Third string
	DaysAgo           int `toml:"days_ago"`
	Asks, For, Why    string
	AsksAgo           int `toml:"asks_ago"`
}

// payrollData is who takes payroll up and whose details she opens for a payment.
type payrollData struct {
	By      string
	DaysAgo int `toml:"days_ago"`
	Opens   string
	OpenAgo int           `toml:"open_ago"`
	Details []detailsData `toml:"details"`
}

type detailsData struct {
	Person, Name, Method, IBAN, Words, Tax string
	DaysAgo                                int `toml:"days_ago"`
}

// contractTextData is the text of somebody's contract in one language; Explained are the
// parts that she ticks.
type contractTextData struct {
	Person, By, Lang, Words string
	DaysAgo                 int             `toml:"days_ago"`
	Explained               []explainedData `toml:"explained"`
	Asked                   []askedData     `toml:"asked"`

	id store.ID
}

type explainedData struct {
	Part    int
	Lang    string
	By      string
	DaysAgo int `toml:"days_ago"`
}

type askedData struct {
	Part          int
	Words, Answer string
	DaysAgo       int `toml:"days_ago"`
	AnsweredAgo   int `toml:"answered_ago"`
}

// planRecovery plans the drawer, before anything is sealed that belongs into it.
func (l *loader) planRecovery() ([]event, error) {
	var events []event
	for _, d := range l.world.Recovery {
		by, second, err := l.withRoles(d.By, d.Second)
		if err != nil {
			return nil, err
		}
		third, asks, err := l.withRoles(d.Third, d.Asks)
		if err != nil {
			return nil, err
		}
		reader, err := l.colleague(d.For)
		if err != nil {
			return nil, err
		}
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.people.SetUpRecovery(ctx, by, second.Role.ID, third.Role.ID), "%s sets up the recovery", d.By)
		}}, event{l.ago(d.AsksAgo), func(ctx context.Context) error {
			f := member.RecoveryAsk{Purpose: member.PurposeRead, For: reader.Role.ID, Why: d.Why}
			return about(l.people.AskRecovery(ctx, asks, f), "%s asks that the drawer be opened", d.Asks)
		}})
	}
	return events, nil
}

// planPayroll plans who does payroll, what peers give, and one opening.
func (l *loader) planPayroll() ([]event, error) {
	var events []event
	for _, d := range l.world.Payroll {
		by, opens, err := l.withRoles(d.By, d.Opens)
		if err != nil {
			return nil, err
		}
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.payroll.TakeUp(ctx, by), "%s takes up payroll", d.By)
		}})
		for _, one := range d.Details {
			person, err := l.colleague(one.Person)
			if err != nil {
				return nil, err
			}
			events = append(events, event{l.ago(one.DaysAgo), func(ctx context.Context) error {
				given := payroll.Details{Name: one.Name, Method: one.Method, IBAN: one.IBAN, Words: one.Words, Tax: one.Tax}
				return about(l.payroll.Save(ctx, person, given), "how pay reaches %s", one.Person)
			}})
		}
		events = append(events, event{l.ago(d.OpenAgo), func(ctx context.Context) error {
			_, err := l.payroll.Open(ctx, by, opens.Role.ID, "pay")
			return about(err, "%s opens the details of %s", d.By, d.Opens)
		}})
	}
	return events, nil
}

// planContractTexts plans the words of contracts, what was explained, asked and answered.
func (l *loader) planContractTexts() ([]event, error) {
	var events []event
	for _, d := range l.world.ContractTexts {
		person, by, err := l.withRoles(d.Person, d.By)
		if err != nil {
			return nil, err
		}
		say := func(days int, do func(context.Context) error) {
			events = append(events, event{l.ago(days), func(ctx context.Context) error {
				return about(do(ctx), "the contract text of %s in %s", d.Person, d.Lang)
			}})
		}
		say(d.DaysAgo, func(ctx context.Context) error { return l.contractText(ctx, d, person, by) })
		for _, e := range d.Explained {
			say(e.DaysAgo, func(ctx context.Context) error {
				return l.work.Explain(ctx, person, d.id, e.Part, peerwork.ExplainForm{Day: l.store.Today(), Lang: e.Lang, By: e.By})
			})
		}
		for _, a := range d.Asked {
			say(a.DaysAgo, func(ctx context.Context) error {
				return l.work.AskAbout(ctx, person, d.id, peerwork.AskForm{Part: a.Part, Words: a.Words})
			})
			if a.Answer != "" {
				say(a.AnsweredAgo, func(ctx context.Context) error { return l.answerContract(ctx, d, by, a) })
			}
		}
	}
	return events, nil
}

// contractText keeps a text with the contract that runs.
func (l *loader) contractText(ctx context.Context, d *contractTextData, person, by member.Actor) error {
	runs := func() (peerwork.OpenContract, error) {
		list, err := l.work.ContractsOf(ctx, person, person.Role.ID)
		for _, one := range list {
			if one.Runs {
				return one, err
			}
		}
		return peerwork.OpenContract{}, errors.Join(err, errors.New("no contract runs"))
	}
	one, err := runs()
	if err != nil {
		return err
	}
	if err := l.work.SaveText(ctx, by, one.ID, peerwork.TextForm{Lang: d.Lang, Words: d.Words}); err != nil {
		return err
	}
	if one, err = runs(); err != nil {
		return err
	}
	for _, text := range one.Texts {
		if text.Lang == d.Lang {
			d.id = text.ID
		}
	}
	return nil
}

// answerContract answers a question as a coordinator finds it beside its part.
func (l *loader) answerContract(ctx context.Context, d *contractTextData, by member.Actor, a askedData) error {
	text, err := l.work.Text(ctx, by, d.id)
	if err != nil {
		return err
	}
	for _, q := range text.List[a.Part-1].Questions {
		if q.Words == a.Words {
			_, err = l.work.AnswerAbout(ctx, by, q.ID, a.Answer)
			return err
		}
	}
	return errors.New("the question is not there")
}
