package seed

import (
	"context"
	"fmt"

	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
)

// circleData is supervision of several people, or of two without a supervisor: a group, an
// intervision, a pair.
type circleData struct {
	Kind, Agreement, Reads, Limits string
	People, Supervisors            []string
	Cadence                        int
	Paid                           bool
	ProposedBy                     string        `toml:"proposed_by"`
	DaysAgo                        int           `toml:"days_ago"`
	Accepted                       int           // days ago
	Sittings                       []sittingData `toml:"sitting"`
	Shifts                         []sharedShift `toml:"shift"`

	id  store.ID
	who map[string]member.Actor
}

// sittingData is one session with its minutes. Owner brought the question, and Choice is
// what she took with her.
type sittingData struct {
	DaysAgo                           int `toml:"days_ago"`
	Minutes                           int
	By, Owner, Choice                 string
	Present                           []string
	Childcare, Code                   bool
	CheckIn                           string `toml:"check_in"`
	Question, Heard, Ideas, Decisions string
	Signs                             []signData `toml:"sign"`
	Next                              int        // days after the session

	id store.ID
}

// sharedShift is what a pair writes after a shift.
type sharedShift struct {
	DaysAgo        int `toml:"days_ago"`
	Minutes        int
	By, Worked     string
	Mirror, Change bool
	Signs          []signData `toml:"sign"`

	id store.ID
}

// planCircles plans groups, intervisions and pairs, and who changes her supervisor.
func (l *loader) planCircles() ([]event, error) {
	var events []event
	for _, d := range l.world.Circles {
		d.who = map[string]member.Actor{}
		for _, name := range append(append([]string{d.ProposedBy}, d.People...), d.Supervisors...) {
			who, err := l.colleague(name)
			if err != nil {
				return nil, err
			}
			d.who[name] = who
		}
		events = append(events,
			event{l.ago(d.DaysAgo), func(ctx context.Context) error { return about(l.gather(ctx, d), "%v gather", d.People) }},
			event{l.ago(d.Accepted), func(ctx context.Context) error { return about(l.allAgree(ctx, d), "%v agree", d.People) }},
		)
		for i := range d.Sittings {
			events = append(events, l.planSitting(d, &d.Sittings[i])...)
		}
		for i := range d.Shifts {
			events = append(events, l.planSharedShift(d, &d.Shifts[i])...)
		}
	}
	return append(events, l.planChanges()...), nil
}

func (d *circleData) ids(names []string) []store.ID {
	list := make([]store.ID, len(names))
	for i, name := range names {
		list[i] = d.who[name].Role.ID
	}
	return list
}

func (l *loader) gather(ctx context.Context, d *circleData) error {
	receipt, err := l.supervision.Propose(ctx, d.who[d.ProposedBy], supervision.ProposalForm{
		Peers: d.ids(d.People), Supervisors: d.ids(d.Supervisors), Kind: supervision.Kind(d.Kind), CadenceDays: d.Cadence, Paid: d.Paid,
		Agreement: d.Agreement, Reads: d.Reads, Limits: d.Limits, Review: l.store.DayAfter(120),
	})
	d.id = receipt.ID
	return kept(receipt, err)
}

// allAgree lets everybody say yes who has not done so by proposing.
func (l *loader) allAgree(ctx context.Context, d *circleData) error {
	for _, name := range append(append([]string{}, d.People...), d.Supervisors...) {
		line, err := l.supervision.Relation(ctx, d.who[name], d.id)
		if err == nil && !line.Accepted(d.who[name]) {
			err = l.supervision.Accept(ctx, d.who[name], d.id)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (l *loader) planSitting(d *circleData, s *sittingData) []event {
	events := []event{{l.ago(s.DaysAgo), func(ctx context.Context) error { return about(l.sit(ctx, d, s), "%v sit together", s.Present) }}}
	if s.Choice != "" {
		events = append(events, event{l.ago(s.DaysAgo), func(ctx context.Context) error {
			who := d.who[s.Owner]
			o, err := l.supervision.Read(ctx, who, s.id)
			if err != nil {
				return err
			}
			return about(kept(l.supervision.Choose(ctx, who, s.id, supervision.ChoiceForm{Words: s.Choice, Version: o.Version})), "%s chooses", s.Owner)
		}})
	}
	return append(events, l.planVerdicts(d, s.Signs, s.DaysAgo, &s.id)...)
}

func (l *loader) planVerdicts(d *circleData, signs []signData, daysAgo int, id *store.ID) (events []event) {
	for _, one := range signs {
		events = append(events, event{l.ago(daysAgo - one.After), func(ctx context.Context) error {
			o, err := l.supervision.Read(ctx, d.who[one.By], *id)
			if err != nil {
				return err
			}
			form := supervision.SignForm{Verdict: supervision.Verdict(one.Verdict), Words: one.Words, Version: o.Version}
			return about(kept(l.supervision.Sign(ctx, d.who[one.By], *id, form)), "%s signs", one.By)
		}})
	}
	return events
}

func (l *loader) sit(ctx context.Context, d *circleData, s *sittingData) error {
	f := supervision.MinutesForm{
		Day: l.store.Today(), Minutes: s.Minutes, Mode: "person", Present: d.ids(s.Present),
		Sitting: supervision.Sitting{
			Norms: true, Childcare: s.Childcare, CheckIn: s.CheckIn, Question: s.Question, Heard: s.Heard, Ideas: s.Ideas, Decisions: s.Decisions,
		},
	}
	if s.Owner != "" {
		f.Sitting.Owner = d.who[s.Owner].Role.ID
	}
	if s.Code {
		f.Code = supervision.NewCode
	}
	if s.Next > 0 {
		f.Next = l.store.DayAfter(s.Next)
	}
	receipt, err := l.supervision.WriteMinutes(ctx, d.who[s.By], d.id, f)
	s.id = receipt.ID
	return kept(receipt, err)
}

func (l *loader) planSharedShift(d *circleData, s *sharedShift) []event {
	word := map[bool]string{true: "yes", false: "no"}
	events := []event{{l.ago(s.DaysAgo), func(ctx context.Context) error {
		receipt, err := l.supervision.Write(ctx, d.who[s.By], d.id, supervision.EntryForm{
			Day: l.store.Today(), Minutes: s.Minutes, Mode: "person",
			Words: supervision.Words{Worked: s.Worked, Mirror: word[s.Mirror], ChangePair: word[s.Change]},
		})
		s.id = receipt.ID
		return about(kept(receipt, err), "%s writes for the pair", s.By)
	}}}
	return append(events, l.planVerdicts(d, s.Signs, s.DaysAgo, &s.id)...)
}

// changeData is a peer who chooses another supervisor. Share names which of her
// conversations, from the first on as 1, she passes on.
type changeData struct {
	Peer, From, To string
	DaysAgo        int `toml:"days_ago"`
	Accepted       int // days ago
	Outside        bool
	Share          []int

	id store.ID
}

func (l *loader) planChanges() []event {
	var events []event
	for _, d := range l.world.Changes {
		events = append(events,
			event{l.ago(d.DaysAgo), func(ctx context.Context) error { return about(l.changeSupervisor(ctx, d), "%s changes", d.Peer) }},
			event{l.ago(d.Accepted), func(ctx context.Context) error { return about(l.passOn(ctx, d), "%s passes on", d.Peer) }},
		)
	}
	return events
}

// relationOf finds what two people agreed on.
func (l *loader) relationOf(peer, supervisor string) (*relationData, error) {
	for _, r := range l.world.Relations {
		if r.Peer == peer && r.Supervisor == supervisor {
			return r, nil
		}
	}
	return nil, fmt.Errorf("%s and %s have no supervision", peer, supervisor)
}

func (l *loader) changeSupervisor(ctx context.Context, d *changeData) error {
	old, err := l.relationOf(d.Peer, d.From)
	if err != nil {
		return err
	}
	peer, next, err := l.withRoles(d.Peer, d.To)
	if err != nil {
		return err
	}
	receipt, err := l.supervision.Change(ctx, peer, old.id, supervision.ChangeForm{Supervisor: next.Role.ID, Outside: d.Outside})
	d.id = receipt.ID
	return kept(receipt, err)
}

func (l *loader) passOn(ctx context.Context, d *changeData) error {
	old, err := l.relationOf(d.Peer, d.From)
	if err != nil {
		return err
	}
	peer, next, err := l.withRoles(d.Peer, d.To)
	if err == nil {
		err = l.supervision.Accept(ctx, next, d.id)
	}
	if err != nil {
		return err
	}
	var chosen []store.ID
	for _, n := range d.Share {
		chosen = append(chosen, old.Entries[n-1].id)
	}
	if err := l.supervision.Share(ctx, peer, d.id, chosen); err != nil {
		return err
	}
	for _, id := range chosen {
		if _, err := l.supervision.Read(ctx, next, id); err != nil {
			return err
		}
	}
	return nil
}
