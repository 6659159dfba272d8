package seed

import (
	"context"
	"slices"

	"portico/app/figures"
	"portico/app/member"
	"portico/app/server"
	"portico/app/store"
)

// funder is invented, and its name says so.
const funder = "Fondazione Esempio (invented)"

// planFigures plans two tables for an invented funder: one that the group agreed to, and one
// about which it is asked now. Both are of the last month that is over; they come at the end,
// when that month holds all that happens in it.
func (l *loader) planFigures() ([]event, error) {
	s := figures.New(l.store, server.CountedBy(server.Counters{
		Forum: l.forum, Desk: l.desk, Material: l.materials, Peerwork: l.work, Training: l.training, Supervision: l.supervision, Timesheet: l.hours, Members: l.people,
	}))
	return []event{{l.ago(0), func(ctx context.Context) error {
		contacts := figures.Form{Measure: "contacts", Split: figures.ByLanguage + "," + figures.ByKind, Month: s.Months()[0], Recipient: funder, Nonce: "contacts"}
		if err := l.release(ctx, s, contacts, true); err != nil {
			return about(err, "the figures on contacts")
		}
		hours := figures.Form{Measure: "hours", Month: s.Months()[0], Recipient: funder, Nonce: "hours"}
		return about(l.release(ctx, s, hours, false), "the figures on hours")
	}}}, nil
}

// release proposes a table; peers and leaders agree, one after the other, until it is settled.
func (l *loader) release(ctx context.Context, s *figures.Service, f figures.Form, settle bool) error {
	coordinator, err := l.colleague("Petra")
	if err != nil {
		return err
	}
	id, err := s.Propose(ctx, coordinator, f)
	if err != nil {
		return err
	}
	for _, name := range l.group() {
		v, err := s.Look(ctx, coordinator, id)
		if err != nil || v.State != figures.Asked {
			return err
		}
		if err := s.Say(ctx, l.actors[name], id, true); err != nil || !settle {
			return err
		}
	}
	return nil
}

// group lists the peers and leaders of the cast by name.
func (l *loader) group() (names []string) {
	seen := map[store.ID]bool{}
	for name, who := range l.actors {
		if who.Role != nil && who.Has(member.RolePeer, member.RoleLeader) && !seen[who.Role.ID] {
			seen[who.Role.ID] = true
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
