package figures

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Service holds the verbs of figures. Each exported verb is one transaction.
type Service struct {
	store *store.Store
	from  Sources
}

// New makes the service.
func New(s *store.Store, from Sources) *Service { return &Service{s, from} }

// State is where a release stands.
type State string

// The states of a release.
const (
	Asked   State = "asked"
	Agreed  State = "agreed"
	Refused State = "refused"
	Closed  State = "closed" // it was agreed to, and nobody outside reads it any more
)

// Frozen is a table as it was counted, once.
type Frozen struct {
	Measure   string `gorm:"primaryKey"`
	Month     string `gorm:"primaryKey"`
	Cells     string // smallcells.Released as JSON
	FrozenDay string
}

// TableName names the table.
func (Frozen) TableName() string { return "figure_tables" }

// Release is the wish to give a table to somebody.
type Release struct {
	ID         store.ID `gorm:"primaryKey"`
	Measure    string
	Month      string
	Split      string // its dimensions with a comma between, "" for the total alone
	Recipient  string // a funder or an office, never a person
	State      State
	AskedDay   string
	SettledDay string
	AgreedBy   int         // how many agreed when it was settled
	GroupSize  int         // peers and leaders on that day
	CodeHash   store.Bytes // nil until somebody made a code
}

// TableName names the table.
func (Release) TableName() string { return "figure_releases" }

// Voice is what somebody said about a release, by a tag.
type Voice struct {
	ReleaseID store.ID `gorm:"primaryKey"`
	Tag       []byte   `gorm:"primaryKey"`
	Agrees    bool
	Staff     bool
}

// TableName names the table.
func (Voice) TableName() string { return "figure_voices" }

const (
	purposeVoice     = "figures release"
	monthsBack       = 12
	leastGroup       = 3 // so many have to agree at least, whatever the size of the group
	longestRecipient = 120
	mostListed       = 200
	mostWaiting      = 20
)

// Form is a release to propose.
type Form struct{ Measure, Split, Month, Recipient, Nonce string }

// Months are those that may be asked for, the newest first: they are over.
func (s *Service) Months() (all []string) {
	now := s.store.Now().In(s.store.Zone)
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	for i := range monthsBack {
		all = append(all, first.AddDate(0, -i-1, 0).Format("2006-01"))
	}
	return all
}

func (s *Service) check(f Form) (m Measure, err error) {
	var mend []fault.Field
	m, ok := Find(f.Measure)
	switch {
	case !ok:
		mend = append(mend, fault.Field{Name: "measure", Key: "figures.measure.missing"})
	case strings.Count(f.Split, ",") > 1:
		mend = append(mend, fault.Field{Name: "split", Key: "figures.split.two"})
	case !m.Takes(f.Split):
		mend = append(mend, fault.Field{Name: "split", Key: "figures.split.not"})
	}
	if !slices.Contains(s.Months(), f.Month) {
		mend = append(mend, fault.Field{Name: "month", Key: "figures.month.over"})
	}
	if n := utf8.RuneCountInString(f.Recipient); n < 3 || n > longestRecipient {
		mend = append(mend, fault.Field{Name: "recipient", Key: "figures.recipient.length", Args: []any{"Most", longestRecipient}})
	}
	return m, fault.Mended(mend)
}

// Propose puts a table before the group. It is counted and frozen if it never was before. The
// same form sent twice is one release.
func (s *Service) Propose(ctx context.Context, who member.Actor, f Form) (store.ID, error) {
	if !who.Has(member.RoleCoordinator) {
		return store.ID{}, fault.Missing()
	}
	f.Recipient = strings.Join(strings.Fields(f.Recipient), " ")
	m, err := s.check(f)
	if err != nil {
		return store.ID{}, err
	}
	frozen, fresh, err := s.freezable(ctx, who, m, f.Month)
	if err != nil {
		return store.ID{}, err
	}
	r := Release{ID: store.FormID("figures release", f.Nonce), Measure: m.Code, Month: f.Month, Split: f.Split, Recipient: f.Recipient, State: Asked, AskedDay: s.store.Today()}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Release](tx).Where("state = ?", Asked).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostWaiting {
			return fault.New(fault.Refused, "figures.full")
		}
		// Whoever froze it first has frozen it for everybody.
		if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&frozen).Error; err != nil {
			return err
		}
		if fresh && slices.Contains(peopled, m.Code) {
			if err := s.from.Forget(ctx, tx, f.Month); err != nil {
				return err
			}
		}
		return gorm.G[Release](tx).Create(ctx, &r)
	})
	if store.IsDuplicate(err) {
		err = nil
	}
	return r.ID, err
}

// freezable is the frozen table, or one counted now that is to be frozen; tables that need a
// count of people come together. Fresh says that it was counted now.
func (s *Service) freezable(ctx context.Context, who member.Actor, m Measure, month string) (tables []Frozen, fresh bool, err error) {
	rows, err := gorm.G[Frozen](s.store.DB).Where("measure = ? AND month = ?", m.Code, month).Limit(1).Find(ctx)
	if err != nil || len(rows) > 0 {
		return rows, false, store.Translate(err)
	}
	codes, people := []string{m.Code}, map[string]int{}
	if slices.Contains(peopled, m.Code) {
		codes = peopled
		if people, err = s.from.People(ctx, who, month); err != nil {
			return nil, false, err
		}
	}
	for _, code := range codes {
		one, _ := Find(code)
		released, err := s.counted(ctx, one, month, people)
		if err != nil {
			return nil, false, err
		}
		cells, err := json.Marshal(released)
		if err != nil {
			return nil, false, fault.Wrap(err, "write a table of figures")
		}
		tables = append(tables, Frozen{code, month, string(cells), s.store.Today()})
	}
	return tables, true, nil
}

// held locks a release inside tx, so that whoever settles it at the same time waits.
func held(ctx context.Context, tx *gorm.DB, id store.ID) (Release, error) {
	if err := tx.WithContext(ctx).Exec("UPDATE figure_releases SET asked_day = asked_day WHERE id = ?", id).Error; err != nil {
		return Release{}, err
	}
	r, err := gorm.G[Release](tx).Where("id = ?", id).First(ctx)
	return r, store.Translate(err)
}
