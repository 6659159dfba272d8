package supervision

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
)

// NewCode in a form asks the portal to draw a code for a case.
const NewCode = "new"

// codeDays is how long a code of a case is kept. Afterwards nothing says any more which
// talks were about the same person.
const codeDays = 90

// codeLetters leave out what looks like a digit or like another letter.
const codeLetters = "ACDEFHKLMNPRTVXY"

var codePattern = regexp.MustCompile(`^[A-Z]{2}-[0-9]{2}$`)

// Code joins a talk about a case with a name that means nothing outside it.
type Code struct {
	Code    string   `gorm:"primaryKey"`
	EntryID store.ID `gorm:"primaryKey"`
	Ends    string   // day
}

// TableName names the table.
func (Code) TableName() string { return "supervision_codes" }

// drawCode draws a code such as KV-73. It is drawn and never chosen, so that no initials
// and no year of birth come into it.
func drawCode() (string, error) {
	pick := func(n int64) (int64, error) {
		i, err := rand.Int(rand.Reader, big.NewInt(n))
		if err != nil {
			return 0, fault.Wrap(err, "draw a code")
		}
		return i.Int64(), nil
	}
	var drawn [3]int64
	for i, n := range []int64{int64(len(codeLetters)), int64(len(codeLetters)), 90} {
		var err error
		if drawn[i], err = pick(n); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%c%c-%d", codeLetters[drawn[0]], codeLetters[drawn[1]], drawn[2]+10), nil
}

// Codes lists the codes of cases that she may still go on with in a relation.
func (s *Service) Codes(ctx context.Context, relation store.ID) ([]string, error) {
	var codes []string
	err := s.store.DB.WithContext(ctx).Raw(`SELECT DISTINCT c.code FROM supervision_codes c JOIN supervision_entries e ON e.id = c.entry_id
		WHERE e.relation_id = ? AND c.ends >= ? ORDER BY c.code`, relation, s.store.Today()).Scan(&codes).Error
	return codes, store.Translate(err)
}

// checkCode takes no code but those that the portal drew for this relation.
func (s *Service) checkCode(ctx context.Context, t Team, code string) error {
	if code == "" || code == NewCode && (t.Kind == "case" || t.Several()) {
		return nil
	}
	codes, err := s.Codes(ctx, t.ID)
	if err != nil {
		return err
	}
	for _, have := range codes {
		if strings.EqualFold(have, code) && codePattern.MatchString(have) {
			return nil
		}
	}
	return fault.Mend(fault.Field{Name: "code", Key: "supervision.code.unknown"})
}

// keepCode writes the code beside an entry. Going on with a case makes its time no longer
// for the talks before.
func (s *Service) keepCode(ctx context.Context, tx *gorm.DB, w writing) error {
	code := strings.ToUpper(w.code)
	if w.code == "" {
		return nil
	}
	if w.code == NewCode {
		var err error
		if code, err = drawCode(); err != nil {
			return err
		}
	}
	return gorm.G[Code](tx).Create(ctx, &Code{code, w.entry.ID, s.store.DayAfter(codeDays)})
}

// codeOf is the code of an entry while it is kept.
func (s *Service) codeOf(ctx context.Context, entry store.ID) (string, error) {
	rows, err := gorm.G[Code](s.store.DB).Where("entry_id = ? AND ends >= ?", entry, s.store.Today()).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return "", store.Translate(err)
	}
	return rows[0].Code, nil
}
