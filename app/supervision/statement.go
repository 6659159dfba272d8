package supervision

import (
	"context"
	"slices"
	"strings"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Statement is a period of her supervision to print: hours and no word that was said.
type Statement struct {
	Handle   string
	From, To string          // days, both included
	Had      []StatementLine // her own supervision
	Gave     []StatementLine // what she gave to others as a supervisor
}

// StatementLine is one kind of supervision with one supervisor.
type StatementLine struct {
	Kind     Kind
	With     []string // handles of the supervisors; none among peers, and none of those whom she supervised
	Sessions int
	Minutes  int
}

// Minutes is what stands in several lines together.
func Minutes(lines []StatementLine) (sum int) {
	for _, l := range lines {
		sum += l.Minutes
	}
	return sum
}

// Period checks two days of a form: both are days, in their order.
func Period(from, to string) error {
	var mend []fault.Field
	if !store.DayIn(from, everFrom, everUntil) {
		mend = append(mend, fault.Field{Name: "first", Key: "supervision.period.day"})
	}
	if !store.DayIn(to, everFrom, everUntil) {
		mend = append(mend, fault.Field{Name: "last", Key: "supervision.period.day"})
	}
	if len(mend) == 0 && from > to {
		mend = append(mend, fault.Field{Name: "last", Key: "supervision.period.order"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// Statement counts her conversations between two days. It is hers alone: nobody prints it
// for another.
func (s *Service) Statement(ctx context.Context, who member.Actor, from, to string) (Statement, error) {
	if !who.Colleague() {
		return Statement{}, fault.Missing()
	}
	if err := Period(from, to); err != nil {
		return Statement{}, err
	}
	st := Statement{Handle: who.Role.Handle, From: from, To: to}
	sessions, err := s.attendedBy(ctx, []store.ID{who.Role.ID}, from, to)
	if err != nil {
		return st, err
	}
	names, err := s.supervisors(ctx, sessions)
	if err != nil {
		return st, err
	}
	for _, one := range sessions {
		if one.Part == Peer {
			with := names[one.RelationID]
			slices.Sort(with)
			st.Had = addSession(st.Had, one, with)
		} else {
			st.Gave = addSession(st.Gave, one, nil)
		}
	}
	return st, nil
}

// addSession counts a conversation in its line.
func addSession(lines []StatementLine, one attended, with []string) []StatementLine {
	at := slices.IndexFunc(lines, func(l StatementLine) bool {
		return l.Kind == one.Kind && strings.Join(l.With, " ") == strings.Join(with, " ")
	})
	if at < 0 {
		at, lines = len(lines), append(lines, StatementLine{Kind: one.Kind, With: with})
	}
	lines[at].Sessions++
	lines[at].Minutes += one.Minutes
	return lines
}
