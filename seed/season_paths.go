package seed

import (
	"context"

	"portico/app/onboarding"
	"portico/app/store"
)

// stepsOf are the parts of a path in their order, three days apart, as far as it goes.
func (l *loader) stepsOf(d *pathData) []func(context.Context) error {
	parts := []func(context.Context) error{func(ctx context.Context) error { return l.comeIn(ctx, d) }}
	add := func(do func(ctx context.Context, d *pathData) error) {
		parts = append(parts, func(ctx context.Context) error { return do(ctx, d) })
	}
	switch d.Until {
	case "rules":
		add(l.signHouseRules)
	case "vote", "appeal":
		for _, do := range []func(context.Context, *pathData) error{l.talkWith, l.readExpected, l.signHouseRules, l.checkRisk, l.reportToGroup, l.voteAbout} {
			add(do)
		}
		if d.Until == "appeal" {
			add(l.appealNo)
		}
	case "offer":
		add(l.readAsPanel)
		add(l.offerJob)
	}
	if d.Message != "" {
		add(func(ctx context.Context, d *pathData) error {
			return l.joining.Write(ctx, l.actors[d.Name], d.Message, d.Name)
		})
	}
	return parts
}

// comeIn sends interest and takes up the link of her own page.
func (l *loader) comeIn(ctx context.Context, d *pathData) error {
	org, err := l.placeOf(ctx, d.Organisation)
	if err != nil {
		return err
	}
	form := onboarding.InterestForm{Organisation: org.ID, Words: d.Words, Lang: d.Lang, Adult: true, Nonce: d.Name}
	if d.Job != "" {
		page, err := l.joining.Page(ctx, org.ID, d.Lang)
		if err != nil {
			return err
		}
		for _, j := range page.Postings {
			if j.Title == d.Job {
				form.Posting = j.ID
			}
		}
		if form.Posting.IsZero() {
			return missingStep("job " + d.Job)
		}
	}
	receipt, err := l.joining.Interest(ctx, form)
	if err != nil {
		return err
	}
	d.id = receipt.ID
	person, err := l.takeUp(ctx, personData{Name: d.Name, Handle: d.Handle, Lang: d.Lang, Roles: []string{"candidate"}}, receipt.Token)
	l.late = append(l.late, person)
	return err
}

func (l *loader) talkWith(ctx context.Context, d *pathData) error {
	leader, by, err := l.withRoles(d.Leader, d.By)
	if err != nil {
		return err
	}
	if err := l.joining.Plan(ctx, by, d.id, onboarding.StepConversation, onboarding.PlanForm{Owner: leader.Role.ID}); err != nil {
		return err
	}
	_, err = l.joining.Finish(ctx, leader, d.id, onboarding.StepConversation, onboarding.FinishForm{})
	return err
}

func (l *loader) readExpected(ctx context.Context, d *pathData) error {
	_, err := l.joining.Finish(ctx, l.actors[d.Name], d.id, onboarding.StepExpectations, onboarding.FinishForm{})
	return err
}

func (l *loader) signHouseRules(ctx context.Context, d *pathData) error {
	text, err := l.joining.RulesNow(ctx, d.Lang)
	if err != nil {
		return err
	}
	return l.joining.SignRules(ctx, l.actors[d.Name], text.Version, text.Lang)
}

func (l *loader) checkRisk(ctx context.Context, d *pathData) error {
	by, err := l.colleague(d.By)
	if err == nil {
		_, err = l.joining.Finish(ctx, by, d.id, "risk", onboarding.FinishForm{})
	}
	return err
}

func (l *loader) reportToGroup(ctx context.Context, d *pathData) error {
	leader, by, err := l.withRoles(d.Leader, d.By)
	if err != nil {
		return err
	}
	if err := l.joining.Plan(ctx, by, d.id, onboarding.StepReport, onboarding.PlanForm{Owner: leader.Role.ID}); err != nil {
		return err
	}
	r, err := l.joining.Finish(ctx, leader, d.id, onboarding.StepReport, onboarding.FinishForm{Words: d.Report})
	return stored(r.Stored, r.Verdict, err)
}

// voteAbout opens the vote and lets those of the data vote.
func (l *loader) voteAbout(ctx context.Context, d *pathData) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	closes := l.store.DayAfter(14)
	if d.ClosesIn > 0 {
		closes = l.dayIn(d.ClosesIn)
	}
	if err := l.joining.OpenVote(ctx, by, d.id, closes); err != nil {
		return err
	}
	path, err := l.joining.Path(ctx, by, d.id, d.Lang)
	if err != nil {
		return err
	}
	for _, name := range sortedKeys(d.Votes) {
		who, err := l.colleague(name)
		if err != nil {
			return err
		}
		form := onboarding.VoteForm{Choice: d.Votes[name]}
		if form.Choice == "no" {
			form.Criterion, form.Reason = 3, d.Reason
		}
		if err := l.joining.Cast(ctx, who, path.Votes[0].ID, form); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) appealNo(ctx context.Context, d *pathData) error {
	return l.joining.Appeal(ctx, l.actors[d.Name], d.Appeal)
}

// readAsPanel names a panel, and everybody of it notes.
func (l *loader) readAsPanel(ctx context.Context, d *pathData) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	var panel []store.ID
	for _, name := range d.Panel {
		who, err := l.colleague(name)
		if err != nil {
			return err
		}
		panel = append(panel, who.Role.ID)
	}
	if err := l.joining.NamePanel(ctx, by, d.id, panel); err != nil {
		return err
	}
	for _, name := range d.Panel {
		who, err := l.colleague(name)
		if err != nil {
			return err
		}
		if err := l.joining.NotePanel(ctx, who, d.id, d.Notes); err != nil {
			return err
		}
	}
	return l.joining.SettlePanel(ctx, by, d.id, true, "")
}

func (l *loader) offerJob(ctx context.Context, d *pathData) error {
	by, err := l.colleague(d.By)
	if err != nil {
		return err
	}
	return l.joining.MakeOffer(ctx, by, d.id, d.Offer, l.dayIn(d.ClosesIn))
}
