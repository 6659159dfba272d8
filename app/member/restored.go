package member

import "context"

// RestoredFrom is the day of the backup that this portal was restored from, "" when it never
// was. Whoever changed her key after that day has the old one again.
func (s *Service) RestoredFrom(ctx context.Context) (string, error) {
	made, _, ok, err := s.store.Restored(ctx)
	if !ok {
		made = ""
	}
	return made, err
}
