package payroll

import (
	"context"
	"encoding/json"
	"slices"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// ReadRow is one opening of somebody's details.
type ReadRow struct {
	ID        store.ID `gorm:"primaryKey"`
	AccountID store.ID // whose
	ReaderID  store.ID
	Day       string
	Purpose   string
}

// TableName names the table.
func (ReadRow) TableName() string { return "payroll_reads" }

// Purposes are what details are opened for, in the order of pages. A file for the payments
// of a month opens those of everybody in it.
var Purposes = []string{"pay", "check", "file"}

// Read is one line of the log as she is shown it.
type Read struct {
	ReadRow
	Reader string // handle
}

// Mine is her own page.
type Mine struct {
	Details  Details
	Given    bool
	SavedDay string
	Lost     bool // she gave details that she cannot open any more
	Held     bool // somebody has taken up payroll
	Holders  []string
	Reads    []Read
	Openings []member.Opening
}

// Mine shows her own details, who can read them, and each time somebody did.
func (s *Service) Mine(ctx context.Context, who member.Actor) (Mine, error) {
	var m Mine
	if !isPeer(who) {
		return m, fault.Missing()
	}
	holders, err := member.CircleHolders(ctx, s.store.DB, member.CirclePayroll)
	if err != nil {
		return m, err
	}
	m.Held = len(holders) > 0
	for _, h := range holders {
		m.Holders = append(m.Holders, h.Handle)
	}
	if m.Reads, err = s.reads(ctx, "account_id = ?", who.Role.ID); err != nil {
		return m, err
	}
	rows, err := gorm.G[Row](s.store.DB).Where("account_id = ?", who.Role.ID).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return m, store.Translate(err)
	}
	m.Given, m.SavedDay = true, rows[0].SavedDay
	if m.Openings, err = member.OpeningsOf(ctx, s.store.DB, []store.ID{rows[0].WordsID}); err != nil {
		return m, err
	}
	words, err := member.OpenForRole(ctx, s.store.DB, who, rows[0].WordsID)
	if fault.Is(err, fault.NotFound) {
		m.Lost = true
		return m, nil
	}
	if err != nil {
		return m, err
	}
	return m, fault.Wrap(json.Unmarshal([]byte(words), &m.Details), "read a sealed record")
}

func (s *Service) reads(ctx context.Context, where string, args ...any) ([]Read, error) {
	rows, err := gorm.G[ReadRow](s.store.DB).Where(where, args...).Order("day DESC, id").Limit(200).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.ReaderID
	}
	names, err := member.Handles(ctx, s.store.DB, ids)
	if err != nil {
		return nil, err
	}
	list := make([]Read, len(rows))
	for i, r := range rows {
		list[i] = Read{r, names[r.ReaderID]}
	}
	return list, nil
}

// Desk is the page of who does payroll.
type Desk struct {
	Free    bool // nobody does, and she may take it up
	People  []Person
	Waiting []member.RoleAccount // coordinators to whom she may hand the key on
}

// Person is a peer on that page: whether she has given details, never which.
type Person struct {
	member.RoleAccount
	Given    bool
	SavedDay string
}

// holds admits who holds the payroll key now. For everybody else there is nothing here.
func (s *Service) holds(ctx context.Context, who member.Actor) error {
	if who.Role == nil || !who.Has(member.RoleCoordinator) {
		return fault.Missing()
	}
	holds, err := s.people.HoldsKey(ctx, who, member.CirclePayroll)
	if err == nil && !holds {
		return fault.Missing()
	}
	return err
}

// Desk shows the people to whoever holds the payroll key, and to a coordinator that payroll
// is free while nobody holds it.
func (s *Service) Desk(ctx context.Context, who member.Actor) (Desk, error) {
	var d Desk
	if who.Role == nil || !who.Has(member.RoleCoordinator) {
		return d, fault.Missing()
	}
	held, err := member.CircleHeld(ctx, s.store.DB, member.CirclePayroll)
	if err != nil {
		return d, err
	}
	if !held {
		d.Free = true
		return d, nil
	}
	if err := s.holds(ctx, who); err != nil {
		return d, err
	}
	peers, err := member.Colleagues(ctx, s.store.DB, member.RolePeer)
	if err != nil {
		return d, err
	}
	rows, err := gorm.G[Row](s.store.DB).Limit(2000).Find(ctx)
	if err != nil {
		return d, store.Translate(err)
	}
	for _, p := range peers {
		one := Person{RoleAccount: p}
		if i := slices.IndexFunc(rows, func(r Row) bool { return r.AccountID == p.ID }); i >= 0 {
			one.Given, one.SavedDay = true, rows[i].SavedDay
		}
		d.People = append(d.People, one)
	}
	d.Waiting, err = s.people.WaitingForKey(ctx, who, member.CirclePayroll)
	return d, err
}

// TakeUp takes payroll up while nobody holds its key.
func (s *Service) TakeUp(ctx context.Context, who member.Actor) error {
	return s.people.TakeUpCircle(ctx, who, member.CirclePayroll)
}

// HandOn hands the payroll key on to another coordinator.
func (s *Service) HandOn(ctx context.Context, who member.Actor, to store.ID) error {
	if err := s.holds(ctx, who); err != nil {
		return err
	}
	return s.people.GrantKey(ctx, who, member.CirclePayroll, to)
}

// Opened are somebody's details as payroll reads them.
type Opened struct {
	Details
	Handle string
}

// Open opens somebody's details for a purpose. The log has it before the words are out.
func (s *Service) Open(ctx context.Context, who member.Actor, account store.ID, purpose string) (Opened, error) {
	if err := s.holds(ctx, who); err != nil {
		return Opened{}, err
	}
	var mend []fault.Field
	if account.IsZero() {
		mend = append(mend, fault.Field{Name: "person", Key: "payroll.person.missing"})
	}
	if purpose == "file" || !slices.Contains(Purposes, purpose) {
		mend = append(mend, fault.Field{Name: "purpose", Key: "payroll.purpose.missing"})
	}
	if len(mend) > 0 {
		return Opened{}, fault.Mend(mend...)
	}
	found, err := s.open(ctx, who, []store.ID{account}, purpose)
	if err != nil {
		return Opened{}, err
	}
	one, ok := found[account]
	if !ok {
		return Opened{}, fault.Missing()
	}
	names, err := member.Handles(ctx, s.store.DB, []store.ID{account})
	return Opened{one, names[account]}, err
}

// OpenMany opens the details of everybody in a file of payments, which is logged for each.
// Who has given none, or whose details were sealed before her time, is left out.
func (s *Service) OpenMany(ctx context.Context, who member.Actor, accounts []store.ID) (map[store.ID]Details, error) {
	if err := s.holds(ctx, who); err != nil {
		return nil, err
	}
	return s.open(ctx, who, accounts, "file")
}

// Shown reports whether there is a payroll page for her: she holds the key, or coordinates
// while nobody does.
func (s *Service) Shown(ctx context.Context, who member.Actor) (bool, error) {
	if who.Role == nil || !who.Has(member.RoleCoordinator) {
		return false, nil
	}
	held, err := member.CircleHeld(ctx, s.store.DB, member.CirclePayroll)
	if err != nil || !held {
		return err == nil, err
	}
	return s.Holds(ctx, who)
}

// Holds reports whether she holds the payroll key.
func (s *Service) Holds(ctx context.Context, who member.Actor) (bool, error) {
	err := s.holds(ctx, who)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

func (s *Service) open(ctx context.Context, who member.Actor, accounts []store.ID, purpose string) (map[store.ID]Details, error) {
	var rows []Row
	for batch := range slices.Chunk(accounts, 400) {
		some, err := gorm.G[Row](s.store.DB).Where("account_id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		rows = append(rows, some...)
	}
	ids := make([]store.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.WordsID
	}
	keys, err := member.KeysForCircle(ctx, s.store.DB, who, member.CirclePayroll, ids)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r Row) bool { _, hers := keys[r.WordsID]; return !hers })
	if err := s.logReads(ctx, who, rows, purpose); err != nil {
		return nil, err
	}
	words, err := member.OpenUnder(ctx, s.store.DB, keys)
	if err != nil {
		return nil, err
	}
	found := map[store.ID]Details{}
	for _, row := range rows {
		text, there := words[row.WordsID]
		if !there {
			continue
		}
		var d Details
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			return nil, fault.Wrap(err, "read a sealed record")
		}
		found[row.AccountID] = d
	}
	return found, nil
}

// logReads writes each opening into the log that she is shown, and into the audit log.
func (s *Service) logReads(ctx context.Context, who member.Actor, rows []Row, purpose string) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		for _, row := range rows {
			if row.AccountID == who.Role.ID {
				continue // her own
			}
			read := ReadRow{ID: store.NewID(), AccountID: row.AccountID, ReaderID: who.Role.ID, Day: s.store.Today(), Purpose: purpose}
			if err := gorm.G[ReadRow](tx).Create(ctx, &read); err != nil {
				return err
			}
			matter := `{"sealed":"` + row.WordsID.String() + `","by":"` + who.Role.ID.String() + `"}`
			if err := audit.Note(ctx, tx, store.Minute(s.store.Time()), "read sealed", matter); err != nil {
				return err
			}
		}
		return nil
	})
}
