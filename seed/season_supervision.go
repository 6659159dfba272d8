package seed

import (
	"context"

	"portico/app/member"
	"portico/app/store"
)

// relationData is a peer with her supervisor. Nobody has accepted while Accepted is 0.
type relationData struct {
	Peer, Supervisor, Kind, Agreement string
	Cadence                           int
	Outside, Paid                     bool
	ProposedBy                        string      `toml:"proposed_by"`
	DaysAgo                           int         `toml:"days_ago"`
	Accepted                          int         // days ago
	Entries                           []entryData `toml:"entry"`

	id store.ID
}

type entryData struct {
	DaysAgo                       int `toml:"days_ago"`
	Minutes                       int
	Mode                          string
	Topics                        []string
	Interpreter                   bool
	Worked, Hard, Support         string
	Learning, Wellbeing, Workload string
	Next                          int          // days after the conversation
	Actions                       []actionData `toml:"action"`
	Signs                         []signData   `toml:"sign"`
	Private                       string       // what the peer notes for herself
	Goal                          string       // of a mentoring
	Trust                         int          // days after the conversation until which both can stop easily

	id store.ID
}

// actionData is an agreed action; Due and Done are days after the conversation, 0 for none.
type actionData struct {
	What, Owner string
	Due, Done   int
}

// signData is a signature or a later addition, After days after the conversation.
type signData struct {
	By, Verdict, Words string
	After              int
}

// planSupervision plans agreements, conversations and what happens to them afterwards.
func (l *loader) planSupervision() ([]event, error) {
	var events []event
	for _, d := range l.world.Relations {
		peer, supervisor, err := l.withRoles(d.Peer, d.Supervisor)
		if err != nil {
			return nil, err
		}
		by, err := l.colleague(d.ProposedBy)
		if err != nil {
			return nil, err
		}
		pair := pairOf{d, peer, supervisor}
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error { return l.propose(ctx, by, pair) }})
		if d.Accepted > 0 {
			events = append(events, event{l.ago(d.Accepted), func(ctx context.Context) error { return l.accept(ctx, pair) }})
		}
		for i := range d.Entries {
			events = append(events, l.planConversation(pair, &d.Entries[i])...)
		}
	}
	return events, nil
}

// pairOf is a relation with its two people.
type pairOf struct {
	*relationData
	peer, supervisor member.Actor
}

func (p pairOf) String() string { return p.Peer + " and " + p.Supervisor }

func (p pairOf) part(by string) member.Actor {
	if by == "supervisor" {
		return p.supervisor
	}
	return p.peer
}

// planConversation plans one conversation: she writes, both sign, actions get done.
func (l *loader) planConversation(p pairOf, d *entryData) []event {
	events := []event{{l.ago(d.DaysAgo), func(ctx context.Context) error { return about(l.converse(ctx, p, d), "%s talk", p) }}}
	for _, s := range d.Signs {
		events = append(events, event{l.ago(d.DaysAgo - s.After), func(ctx context.Context) error {
			return about(l.sign(ctx, p, d, s), "%s sign as %s", p, s.By)
		}})
	}
	for i, a := range d.Actions {
		if a.Done > 0 {
			events = append(events, event{l.ago(d.DaysAgo - a.Done), func(ctx context.Context) error {
				return about(l.actionDone(ctx, p, d, i), "%s have done %q", p, a.What)
			}})
		}
	}
	return events
}
