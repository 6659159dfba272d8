package seed

import (
	"context"
	"fmt"

	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
	"portico/moderation"
)

func (l *loader) propose(ctx context.Context, by member.Actor, p pairOf) error {
	receipt, err := l.supervision.Propose(ctx, by, supervision.ProposalForm{
		Peers: []store.ID{p.peer.Role.ID}, Supervisors: []store.ID{p.supervisor.Role.ID}, Kind: supervision.Kind(p.Kind), CadenceDays: p.Cadence,
		Outside: p.Outside, Paid: p.Paid, Agreement: p.Agreement,
	})
	p.id = receipt.ID
	return about(kept(receipt, err), "a supervision of %s", p)
}

func kept(receipt supervision.Receipt, err error) error {
	return stored(receipt.Stored, receipt.Verdict, err)
}

// stored turns words that screening gave back into an error: nobody here insists.
func stored(is bool, verdict moderation.Verdict, err error) error {
	if err == nil && !is {
		err = fmt.Errorf("screening gives the words back: %v", verdict.Findings)
	}
	return err
}

// accept lets those say yes who have not done so by proposing.
func (l *loader) accept(ctx context.Context, p pairOf) error {
	line, err := l.supervision.Relation(ctx, p.peer, p.id)
	for _, who := range []member.Actor{p.peer, p.supervisor} {
		if err == nil && !line.Accepted(who) {
			err = l.supervision.Accept(ctx, who, p.id)
		}
	}
	return about(err, "%s accept", p)
}

func (l *loader) converse(ctx context.Context, p pairOf, d *entryData) error {
	f := supervision.EntryForm{
		Day: l.store.Today(), Minutes: d.Minutes, Mode: d.Mode,
		Words: supervision.Words{
			Topics: d.Topics, Interpreter: d.Interpreter, Worked: d.Worked, Hard: d.Hard, Support: d.Support, Learning: d.Learning,
			Wellbeing: d.Wellbeing, Workload: d.Workload, Goal: d.Goal,
		},
	}
	if d.Trust > 0 {
		f.Words.TrustUntil = l.store.DayAfter(d.Trust)
	}
	if d.Next > 0 {
		f.Next = l.store.DayAfter(d.Next)
	}
	for _, a := range d.Actions {
		agreed := supervision.Agreed{What: a.What, Owner: a.Owner}
		if a.Due > 0 {
			agreed.Due = l.store.DayAfter(a.Due)
		}
		f.Words.Actions = append(f.Words.Actions, agreed)
	}
	receipt, err := l.supervision.Write(ctx, p.peer, p.id, f)
	if err = kept(receipt, err); err != nil || d.Private == "" {
		d.id = receipt.ID
		return err
	}
	d.id = receipt.ID
	return l.supervision.Reflect(ctx, p.peer, d.id, supervision.Reflection{Words: d.Private, Wellbeing: d.Wellbeing, Workload: d.Workload})
}

// sign reads before it signs, as people do; what a supervisor reads is logged.
func (l *loader) sign(ctx context.Context, p pairOf, d *entryData, s signData) error {
	who := p.part(s.By)
	o, err := l.supervision.Read(ctx, who, d.id)
	if err != nil {
		return err
	}
	return kept(l.supervision.Sign(ctx, who, d.id, supervision.SignForm{Verdict: supervision.Verdict(s.Verdict), Words: s.Words, Version: o.Version}))
}

func (l *loader) actionDone(ctx context.Context, p pairOf, d *entryData, i int) error {
	o, err := l.supervision.Read(ctx, p.peer, d.id)
	if err != nil {
		return err
	}
	_, err = l.supervision.Done(ctx, p.peer, o.Words.Actions[i].ID)
	return err
}
