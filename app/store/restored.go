package store

import (
	"context"
	"strings"
)

// FactRestored names the fact that this database came out of a backup: the day on which the
// backup was made and the day on which it was restored.
const FactRestored = "restored"

// Restored returns the two days of the last restore. Keys that were changed between them are
// the old ones again; ok is false when nothing was ever restored.
func (s *Store) Restored(ctx context.Context) (made, on string, ok bool, err error) {
	value, err := s.fact(ctx, FactRestored)
	made, on, ok = ParseRestored(value)
	return made, on, ok, err
}

// ParseRestored reads the value of that fact.
func ParseRestored(value []byte) (made, on string, ok bool) {
	made, on, _ = strings.Cut(string(value), " ")
	return made, on, IsDay(made) && IsDay(on)
}
