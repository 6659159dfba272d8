// Package meeting is workshops, meetings and talking groups: when and where, how many
// seats, which interpreters, whether somebody looks after the children, and who came.
//
// Invariants. A member takes a seat under a tag that only her secret computes for this one
// meeting; no row ties it to an account, and whoever hosts sees a number. When attendance is
// noted her row goes and only the count of heads stays. A person with a role sits under her
// handle, because the hours of a paid meeting are hers. Nobody is punished for not coming:
// an empty seat leaves no trace. Seats beyond the number of chairs are a waiting list in the
// order of coming, and nobody overtakes.
package meeting

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Meeting is one. Day and Begins are of the host's zone; Languages are tags joined by blanks.
type Meeting struct {
	ID        store.ID `gorm:"primaryKey"`
	HostID    store.ID
	Module    string // the module that it belongs to, "" for none
	Title     string
	Lang      string // in which Title, What and Place are written
	What      string
	Place     string // a place or a link; only who has a seat reads it
	Day       string
	Begins    string
	Minutes   int
	Seats     int
	Languages string
	Childcare bool
	Paid      bool
	State     string
	Heads     int
}

// TableName names the table.
func (Meeting) TableName() string { return "meetings" }

// Seat is a taken seat or a place on the waiting list.
type Seat struct {
	MeetingID     store.ID    `gorm:"primaryKey"`
	Tag           store.Bytes `gorm:"primaryKey"`
	RoleAccountID *store.ID
	No            int
	Interpreter   string // the language that she needs, "" for none
	Childcare     bool
	Came          *bool
}

// TableName names the table.
func (Seat) TableName() string { return "meeting_seats" }

// The states of a meeting.
const (
	Open = "open"
	Off  = "off"  // it does not take place
	Held = "held" // attendance is noted
)

// Limits of a form, in characters.
const (
	LongestTitle = 120
	LongestWhat  = 2000
	LongestPlace = 300
)

// Service holds the verbs. Each exported verb is one transaction.
type Service struct{ store *store.Store }

// New makes the service.
func New(s *store.Store) *Service { return &Service{s} }

// mayHost are those who call meetings.
func mayHost(who member.Actor) bool {
	return who.Has(member.RoleCoordinator, member.RoleSupervisor, member.RoleLeader)
}

// Form is what somebody fills in to call a meeting.
type Form struct {
	Module, Title, Lang, What, Place, Day, Begins string
	Minutes, Seats                                int
	Languages                                     []string
	Childcare, Paid                               bool
	Nonce                                         store.ID // makes the same form one meeting
}

func (f Form) check(today, last string) error {
	var mend []fault.Field
	bad := func(name, key string, args ...any) {
		mend = append(mend, fault.Field{Name: name, Key: key, Args: args})
	}
	if n := utf8.RuneCountInString(f.Title); n == 0 || n > LongestTitle {
		bad("title", "meeting.title.odd", "Most", LongestTitle)
	}
	if utf8.RuneCountInString(f.What) > LongestWhat {
		bad("what", "meeting.long", "Most", LongestWhat)
	}
	if n := utf8.RuneCountInString(f.Place); n == 0 || n > LongestPlace {
		bad("place", "meeting.place.odd", "Most", LongestPlace)
	}
	if _, err := time.Parse(time.DateOnly, f.Day); err != nil || f.Day < today || f.Day > last {
		bad("day", "meeting.day.odd")
	}
	if _, err := time.Parse("15:04", f.Begins); err != nil || len(f.Begins) != 5 {
		bad("begins", "meeting.begins.odd")
	}
	if f.Minutes < 10 || f.Minutes > 600 {
		bad("minutes", "meeting.minutes.odd")
	}
	if f.Seats < 1 || f.Seats > 200 {
		bad("seats", "meeting.seats.odd")
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// Call makes a meeting.
func (s *Service) Call(ctx context.Context, who member.Actor, f Form) (store.ID, error) {
	if !mayHost(who) {
		return store.ID{}, fault.Missing()
	}
	f.Title, f.What, f.Place = strings.TrimSpace(f.Title), strings.TrimSpace(f.What), strings.TrimSpace(f.Place)
	if err := f.check(s.store.Today(), s.store.Clock.DayAfter(2*366)); err != nil {
		return store.ID{}, err
	}
	row := Meeting{
		ID: f.Nonce, HostID: who.Role.ID, Module: f.Module, Title: f.Title, Lang: f.Lang, What: f.What, Place: f.Place, Day: f.Day, Begins: f.Begins,
		Minutes: f.Minutes, Seats: f.Seats, Languages: strings.Join(f.Languages, " "), Childcare: f.Childcare, Paid: f.Paid, State: Open,
	}
	if row.ID.IsZero() {
		row.ID = store.NewID()
	}
	return row.ID, s.store.Tx(ctx, func(tx *gorm.DB) error {
		there, err := gorm.G[Meeting](tx).Select("id", "host_id").Where("id = ?", row.ID).Limit(1).Find(ctx)
		if err != nil || len(there) == 1 && there[0].HostID == who.Role.ID {
			return err // the same form once more
		}
		return store.Translate(gorm.G[Meeting](tx).Create(ctx, &row))
	})
}

// CallOff says that a meeting does not take place. The seats go.
func (s *Service) CallOff(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := hosted(ctx, tx, who, id, Open); err != nil {
			return err
		}
		if _, err := gorm.G[Seat](tx).Where("meeting_id = ?", id).Delete(ctx); err != nil {
			return err
		}
		_, err := gorm.G[Meeting](tx).Where("id = ?", id).Update(ctx, "state", Off)
		return err
	})
}

// hosted finds a meeting of hers, or any for a coordinator.
func hosted(ctx context.Context, tx *gorm.DB, who member.Actor, id store.ID, state string) (Meeting, error) {
	if !mayHost(who) {
		return Meeting{}, fault.Missing()
	}
	rows, err := gorm.G[Meeting](tx).Where("id = ?", id).Limit(1).Find(ctx)
	switch {
	case err != nil:
		return Meeting{}, store.Translate(err)
	case len(rows) == 0 || rows[0].HostID != who.Role.ID && !who.Has(member.RoleCoordinator):
		return Meeting{}, fault.Missing()
	case rows[0].State != state:
		return rows[0], fault.New(fault.Conflict, "meeting.over")
	}
	return rows[0], nil
}

// Attendance is what the host notes: the numbers of the seats of those who came.
type Attendance struct{ Came []int }

// Note keeps who came. Members' seats go, and only the number of heads stays; people with a
// role keep theirs for their hours. It can be noted on the day and after it, once.
func (s *Service) Note(ctx context.Context, who member.Actor, id store.ID, a Attendance) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := hosted(ctx, tx, who, id, Open)
		if err != nil {
			return err
		}
		if m.Day > s.store.Today() {
			return fault.New(fault.Refused, "meeting.early")
		}
		seats, err := gorm.G[Seat](tx).Where("meeting_id = ?", id).Order("no").Limit(m.Seats).Find(ctx)
		if err != nil {
			return err
		}
		heads := 0
		for _, seat := range seats {
			came := slices.Contains(a.Came, seat.No)
			if came {
				heads++
			}
			if seat.RoleAccountID == nil {
				continue
			}
			if _, err := gorm.G[Seat](tx).Where("meeting_id = ? AND tag = ?", id, seat.Tag).Update(ctx, "came", came); err != nil {
				return err
			}
		}
		if _, err := gorm.G[Seat](tx).Where("meeting_id = ? AND (role_account_id IS NULL OR came IS NULL)", id).Delete(ctx); err != nil {
			return err
		}
		_, err = gorm.G[Meeting](tx).Where("id = ?", id).Select("state", "heads").Updates(ctx, Meeting{State: Held, Heads: heads})
		return err
	})
}
