package translate

import (
	"context"
	"net/url"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// What a machine is asked for.
const (
	ForDraft = "draft"
	ForBack  = "back" // a translation back into the language of the source
)

// EgressRow is one question that left for a machine: of what size, for whom, on which day,
// and a fingerprint with which the host of the machine can prove what it received. Never
// the words.
type EgressRow struct {
	ID         store.ID `gorm:"primaryKey"`
	Day        string
	Purpose    string
	DocumentID store.ID
	Lang       string
	AskedBy    store.ID // zero when she has left
	Address    string   // without a path
	Model      string
	Hash       []byte // SHA-256 of the body
	Size       int    // of the body, in bytes
	TokensIn   int64
	TokensOut  int64
	Cost       int64  // in nanos
	Trouble    string // why no words came back, or ""
}

// TableName names the table.
func (EgressRow) TableName() string { return "translate_egress" }

// leaving is told what is about to leave, before it does. An error keeps it here.
type leaving func(hash []byte, size int) error

type leavingKey struct{}

// call asks a machine once. The log has the question before the machine has: a question
// that cannot be written down does not leave.
func (s *Service) call(ctx context.Context, m *Settings, ask Ask, row EgressRow) (Answer, error) {
	row.ID, row.Day, row.Address, row.Model = store.NewID(), s.store.Today(), hostOf(m.Address), m.Model
	gone := false
	tell := leaving(func(hash []byte, size int) error {
		row.Hash, row.Size = hash, size
		err := s.store.Tx(ctx, func(tx *gorm.DB) error { return gorm.G[EgressRow](tx).Create(ctx, &row) })
		gone = err == nil
		return err
	})
	calling, cancel := context.WithTimeout(context.WithValue(ctx, leavingKey{}, tell), m.timeout())
	defer cancel()
	answer, troubled := m.Drafter.Draft(calling, ask)
	if !gone {
		return answer, troubled
	}
	row.TokensIn, row.TokensOut = int64(answer.In), int64(answer.Out)
	if answer.In+answer.Out > 0 {
		row.Cost = m.cost(answer.In, answer.Out)
	}
	if troubled != nil {
		row.Trouble, _ = kindOf(troubled)
	}
	// What it cost is written down also when the server stops at this moment.
	err := s.store.Tx(context.WithoutCancel(ctx), func(tx *gorm.DB) error {
		_, err := gorm.G[EgressRow](tx).Where("id = ?", row.ID).Select("TokensIn", "TokensOut", "Cost", "Trouble").Updates(context.WithoutCancel(ctx), row)
		return err
	})
	if err != nil {
		return answer, err
	}
	return answer, troubled
}

// hostOf is where an address leads, without its path.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// mostLeft is how many lines of the log a page shows.
const mostLeft = 100

// Left is a line of the log with the words for what it names.
type Left struct {
	EgressRow
	Title string // of the text, "" when it is gone
	By    string // the handle of who asked, "" when she has left
}

// MachineLog is what left for the machine.
type MachineLog struct {
	Lines  []Left
	More   bool
	Spent  string // this month
	Budget string
}

// overseesMachine reports whether somebody may read the log of what left.
func overseesMachine(who member.Actor) bool {
	return who.Role != nil && who.Has(member.RoleCoordinator, member.RoleAdmin)
}

// Log lists what left for the machine, the newest first, page by page from one. Where the
// host has no machine it is empty, unless something left before.
func (s *Service) Log(ctx context.Context, who member.Actor, page, most int) (l MachineLog, err error) {
	if !overseesMachine(who) {
		return l, fault.Missing()
	}
	if most <= 0 {
		most = mostLeft
	}
	rows, err := gorm.G[EgressRow](s.store.DB).Order("day DESC, id").Offset((max(page, 1) - 1) * most).Limit(most + 1).Find(ctx)
	if err != nil {
		return l, store.Translate(err)
	}
	if l.More = len(rows) > most; l.More {
		rows = rows[:most]
	}
	if l.Lines, err = s.named(ctx, who, rows); err != nil || s.machine == nil {
		return l, err
	}
	spent, err := s.spent(ctx, s.store.DB)
	l.Spent, l.Budget = Money(spent), s.machine.Budget.StringFixed(2)
	return l, err
}

// named adds titles and handles, each in one question.
func (s *Service) named(ctx context.Context, who member.Actor, rows []EgressRow) ([]Left, error) {
	var docs, people []store.ID
	for _, r := range rows {
		docs = append(docs, r.DocumentID)
		if !r.AskedBy.IsZero() {
			people = append(people, r.AskedBy)
		}
	}
	titles := map[store.ID]string{}
	found, err := gorm.G[DocumentRow](s.store.DB).Where("id IN ?", docs).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	for _, d := range found {
		titles[d.ID] = d.Title
	}
	names, err := member.ShownHandles(ctx, s.store.DB, who, people)
	list := make([]Left, len(rows))
	for i, r := range rows {
		list[i] = Left{r, titles[r.DocumentID], names[r.AskedBy]}
	}
	return list, err
}
