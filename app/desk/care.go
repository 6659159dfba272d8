package desk

import (
	"context"
	"sync"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// care counts what a moderator read today, so that the page can suggest a break. It lives
// in memory alone and is shown to nobody but her: a number about a person that is kept
// becomes a score.
type care struct {
	mu    sync.Mutex
	today map[store.ID]Exposure
}

// Exposure is how much somebody took in hand on one day.
type Exposure struct {
	Day   string
	Read  int
	Heavy int // what could not wait: danger, threats, children
}

// What is enough for one day. After that the page suggests to hand over; it never locks.
const (
	enoughRead  = 25
	enoughHeavy = 5
)

// Enough reports whether a break is due.
func (e Exposure) Enough() bool { return e.Read >= enoughRead || e.Heavy >= enoughHeavy }

func newCare() *care { return &care{today: map[store.ID]Exposure{}} }

func (c *care) read(who store.ID, day string, heavy bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.today[who]
	if e.Day != day {
		e = Exposure{Day: day}
	}
	e.Read++
	if heavy {
		e.Heavy++
	}
	c.today[who] = e
}

// Exposure returns her own count of today.
func (s *Service) Exposure(who member.Actor) Exposure {
	if who.Role == nil {
		return Exposure{}
	}
	s.care.mu.Lock()
	defer s.care.mu.Unlock()
	e := s.care.today[who.Role.ID]
	if e.Day != s.store.Today() {
		return Exposure{Day: s.store.Today()}
	}
	return e
}

// Debrief is a conversation after something heavy. It is owed to the person who asked: one
// that is not held in time shows as a duty that the organisation missed, never as hers.
type Debrief struct {
	ID            store.ID `gorm:"primaryKey"`
	RoleAccountID store.ID
	AskedDay      string
	DueDay        string
	HeldDay       *string
}

// TableName names the table.
func (Debrief) TableName() string { return "desk_debriefs" }

// debriefDays is 72 hours, in days.
const debriefDays = 3

// OpenDebrief is a debrief that is owed, with the handle of whoever asked.
type OpenDebrief struct {
	Debrief
	Handle string
	Missed bool
}

// AskDebrief asks for a debrief in one step. One that is open already is enough.
func (s *Service) AskDebrief(ctx context.Context, who member.Actor) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Debrief](tx).Where("role_account_id = ? AND held_day IS NULL", who.Role.ID).Count(ctx, "id")
		if err != nil || n > 0 {
			return err
		}
		row := Debrief{ID: store.NewID(), RoleAccountID: who.Role.ID, AskedDay: s.store.Today(), DueDay: s.store.DayAfter(debriefDays)}
		return gorm.G[Debrief](tx).Create(ctx, &row)
	})
}

// HoldDebrief notes that her debrief took place. Only she can say so.
func (s *Service) HoldDebrief(ctx context.Context, who member.Actor, id store.ID) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Debrief](tx).Where("id = ? AND role_account_id = ? AND held_day IS NULL", id, who.Role.ID).Update(ctx, "held_day", s.store.Today())
		if err == nil && n == 0 {
			return fault.New(fault.NotFound, "error.missing")
		}
		return err
	})
}

// Debriefs lists what is owed: to a moderator her own, to a coordinator or administrator
// all of them, the longest due first. They see that one is owed, never why.
func (s *Service) Debriefs(ctx context.Context, who member.Actor) ([]OpenDebrief, error) {
	q := gorm.G[Debrief](s.store.DB).Where("held_day IS NULL")
	switch {
	case who.Has(member.RoleCoordinator, member.RoleAdmin):
	case who.Has(member.RoleModerator):
		q = q.Where("role_account_id = ?", who.Role.ID)
	default:
		return nil, fault.New(fault.NotFound, "error.missing")
	}
	rows, err := q.Order("due_day, id").Limit(200).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.RoleAccountID
	}
	names, err := member.Handles(ctx, s.store.DB, ids)
	list := make([]OpenDebrief, len(rows))
	for i, row := range rows {
		list[i] = OpenDebrief{row, names[row.RoleAccountID], row.DueDay < s.store.Today()}
	}
	return list, err
}
