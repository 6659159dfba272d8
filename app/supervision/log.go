package supervision

import (
	"context"

	"portico/app/member"
	"portico/app/store"
)

// Log is every conversation of her own supervision with its words, the earliest first: to
// print or to keep. What she gave to others as their supervisor is not hers to carry out in
// one file, so it is not in it. Opening what somebody else wrote is logged as ever.
func (s *Service) Log(ctx context.Context, who member.Actor) ([]Opened, error) {
	if !who.Colleague() {
		return nil, missing()
	}
	sessions, err := s.attendedBy(ctx, []store.ID{who.Role.ID}, everFrom, everUntil)
	if err != nil {
		return nil, err
	}
	var log []Opened
	for _, one := range had(sessions) {
		o, err := s.Read(ctx, who, one.EntryID)
		if err != nil {
			return nil, err
		}
		log = append(log, o)
	}
	return log, nil
}
