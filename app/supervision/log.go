package supervision

import (
	"context"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Log is every conversation of her own supervision, the earliest first: to print or to
// keep. It holds the words that she wrote down. Of minutes that somebody else of a group
// wrote it holds the day and the time alone (Writer is false), because what others said
// there is not hers to carry out in one file; she opens them where they stand, and that is
// shown to whoever wrote them. What she gave to others as their supervisor is not in it.
func (s *Service) Log(ctx context.Context, who member.Actor) ([]Opened, error) {
	if !who.Colleague() {
		return nil, fault.Missing()
	}
	sessions, err := s.attendedBy(ctx, []store.ID{who.Role.ID}, everFrom, everUntil)
	if err != nil {
		return nil, err
	}
	var log []Opened
	for _, one := range had(sessions) {
		o, err := s.logged(ctx, who, one.EntryID)
		if err != nil {
			return nil, err
		}
		log = append(log, o)
	}
	return log, nil
}

func (s *Service) logged(ctx context.Context, who member.Actor, id store.ID) (Opened, error) {
	e, t, err := s.entry(ctx, s.store.DB, who, id)
	if err != nil {
		return Opened{}, err
	}
	if e.LedBy == who.Role.ID {
		return s.Read(ctx, who, id)
	}
	lines, err := s.lines(ctx, []Relation{t.Relation})
	if err != nil {
		return Opened{}, err
	}
	return Opened{Entry: e, Relation: lines[0]}, nil
}
