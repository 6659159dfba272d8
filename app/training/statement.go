package training

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	"portico/app/store"
)

// Statement is what a code reveals: module, version and day. Nobody's name belongs to it,
// and everybody who finished the same module on the same day has the same code.
type Statement struct {
	Module  string
	Version int
	Day     string
}

// firstDay is day 0 of the two bytes that a code spends on its day; they last until 2199.
var firstDay = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// Code makes the 128 bits on a statement: the day, and a keyed hash over module, version
// and day. Only this server can make it, so nothing has to be stored to check one, and a
// paper with a name on it leads into no table.
func (s *Service) Code(st Statement) store.ID {
	var code store.ID
	day, err := time.Parse(time.DateOnly, st.Day)
	if err != nil {
		return code
	}
	binary.BigEndian.PutUint16(code[:2], uint16(day.Sub(firstDay).Hours()/24))
	copy(code[2:], s.server.Fingerprint("statement", fmt.Sprintf("%s|%d|%s", st.Module, st.Version, st.Day)))
	return code
}

// FormatCode groups a code for the eye.
func FormatCode(code store.ID) string {
	var groups []string
	for group := range slices.Chunk([]byte(strings.ToUpper(code.String())), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, "-")
}

// unlike puts right the digits that a code does not have and that look like letters it has.
var unlike = strings.NewReplacer("0", "o", "1", "l", "8", "b", "-", "", " ", "", "\u2011", "", "\u00a0", "")

// Verify says what a typed code stands for. It tells nothing about a person, so anybody may ask.
func (s *Service) Verify(typed string) (Statement, bool) {
	code, ok := store.ParseID(unlike.Replace(strings.ToLower(strings.TrimSpace(typed))))
	if !ok {
		return Statement{}, false
	}
	day := firstDay.AddDate(0, 0, int(binary.BigEndian.Uint16(code[:2]))).Format(time.DateOnly)
	for _, m := range s.modules {
		for version := m.Version; version > 0; version-- {
			st := Statement{Module: m.Slug, Version: version, Day: day}
			if s.Code(st) == code {
				return st, true
			}
		}
	}
	return Statement{}, false
}
