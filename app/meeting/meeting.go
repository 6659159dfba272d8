// Package meeting is workshops, meetings and talking groups: when and where, how many
// seats, which interpreters, whether somebody looks after the children, and who came.
//
// Invariants. A member takes a seat under a tag that only her secret computes for this one
// meeting; no row ties it to an account, and whoever hosts sees a number. When attendance is
// noted her row goes and only the count of heads stays. A person with a role sits under her
// handle, because the hours of a paid meeting are hers. Nobody is punished for not coming:
// an empty seat leaves no trace. Seats beyond the number of chairs are a waiting list in the
// order of coming, and nobody overtakes.
//
// Day and hour are wall time in the host's zone: a group that meets at six meets at six also
// after the clocks were changed. A series is dates that were called together; each has seats
// of its own, and each can be moved, rest or be called off. What is for a group of the forum
// or for the people of an agreement does not exist for anybody else, and in a group a person
// with a role is a number like everybody: a handle there would say who belongs to it.
package meeting

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Meeting is one date. Languages are the tags of interpreters, joined by blanks.
type Meeting struct {
	ID         store.ID `gorm:"primaryKey"`
	HostID     store.ID
	Module     string // the module that it belongs to, "" for none
	Title      string
	Lang       string // in which Title, What and Place are written, and in which people talk
	What       string
	Place      string // a place or a link; only who has a seat reads it
	Day        string
	Begins     string
	Minutes    int
	Seats      int
	Languages  string
	Childcare  bool
	Paid       bool
	State      string
	Heads      int
	Kind       Kind
	SeriesID   *store.ID // shared by the dates of a series, none for a single one
	Board      string    // the group of the forum that it is for, "" for none
	RelationID *store.ID // the agreement of supervision that it is for
	Rests      bool      // it is off because the series rests
	Note       string    // why it was moved, rests or is off, in the host's words
	Changes    int       // how often it was moved, called off or taken up again
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

// Kind is what kind of meeting it is.
type Kind string

// The kinds. A talking group is for a group of the forum, and supervision for the people of
// an agreement; the two others are for everybody.
const (
	Workshop    Kind = "workshop"
	Gathering   Kind = "meeting"
	Talk        Kind = "talk"
	Supervision Kind = "supervision"
)

// Kinds in the order of pages.
var Kinds = []Kind{Workshop, Gathering, Talk, Supervision}

// Service holds the verbs. Each exported verb is one transaction.
type Service struct {
	store      *store.Store
	groups     Groups
	agreements Agreements
}

// New makes the service.
func New(s *store.Store) *Service { return &Service{store: s} }

// mayHost are those who call meetings of any kind.
func mayHost(who member.Actor) bool {
	return who.Has(member.RoleCoordinator, member.RoleSupervisor, member.RoleLeader)
}

// hosts reports whether a meeting is hers to lead. A coordinator leads those of others too,
// but not in a group or an agreement that she does not belong to: one() has refused her by then.
func hosts(who member.Actor, m Meeting) bool {
	return who.Role != nil && (m.HostID == who.Role.ID || who.Has(member.RoleCoordinator))
}

// hand is somebody who wants to change a meeting, with what she may see.
type hand struct {
	who member.Actor
	sight
}

// held locks a meeting and holds that it is hers to lead and in a state, "" for any.
func (s *Service) held(ctx context.Context, tx *gorm.DB, by hand, id store.ID, state string) (Meeting, error) {
	if err := s.alone(ctx, tx, id); err != nil {
		return Meeting{}, err
	}
	m, err := one(ctx, tx, by.sight, id)
	switch {
	case err != nil:
		return Meeting{}, err
	case !hosts(by.who, m):
		return Meeting{}, fault.Missing()
	case state != "" && m.State != state:
		return m, fault.New(fault.Conflict, "meeting.over")
	}
	return m, nil
}

// Attendance is what the host notes: the numbers of the seats of those who came.
type Attendance struct{ Came []int }

// Note keeps who came. Members' seats go, and only the number of heads stays; people with a
// role keep theirs for their hours. It can be noted on the day and after it, once.
func (s *Service) Note(ctx context.Context, who member.Actor, id store.ID, a Attendance) error {
	return s.with(ctx, who, func(tx *gorm.DB, v sight) error {
		m, err := s.held(ctx, tx, hand{who, v}, id, Open)
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
