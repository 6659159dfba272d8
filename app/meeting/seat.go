package meeting

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// purposeSeat keeps the tags of seats apart from those of other areas.
const purposeSeat = "meeting seat"

// Wish is what somebody needs in order to come.
type Wish struct {
	Interpreter string // a language, "" for none
	Childcare   bool
}

// Standing is a meeting as one person sees it.
type Standing struct {
	Meeting
	Taken   int // seats and waiting together
	Mine    *Seat
	Waiting int  // her place on the waiting list, 0 when she has a seat or none
	Hosts   bool // she may note who came
}

// Free is how many chairs are left.
func (m Standing) Free() int { return max(0, m.Seats-m.Taken) }

// Seated reports whether she has a chair.
func (m Standing) Seated() bool { return m.Mine != nil && m.Waiting == 0 }

// Filter narrows the calendar. The zero Filter leaves everything in.
type Filter struct {
	Module      string
	Kind        Kind
	Lang        string // in which people talk there
	Interpreter string // a language that somebody interprets
	Childcare   bool
	Free        bool // there is a seat
}

// Coming lists the meetings from today on that she may see, the next first, without their
// places. Dates that rest or were called off are among them until their day, so that nobody
// stands before a closed door.
func (s *Service) Coming(ctx context.Context, who member.Actor, f Filter) ([]Standing, error) {
	v, err := s.look(ctx, who)
	if err != nil {
		return nil, err
	}
	find := gorm.G[Meeting](s.store.DB).Where("day >= ? AND state <> ?", s.store.Today(), Held).Where(seen, v.where()...)
	for column, value := range map[string]string{"module": f.Module, "kind": string(f.Kind), "lang": f.Lang} {
		if value != "" {
			find = find.Where(column+" = ?", value)
		}
	}
	if f.Childcare {
		find = find.Where("childcare = ?", true)
	}
	rows, err := find.Order("day, begins, id").Limit(500).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	rows = slices.DeleteFunc(rows, func(m Meeting) bool {
		return f.Interpreter != "" && !slices.Contains(strings.Fields(m.Languages), f.Interpreter)
	})
	all, err := s.standing(ctx, who, rows)
	return slices.DeleteFunc(all, func(m Standing) bool { return f.Free && (m.State != Open || m.Free() == 0) }), err
}

// MySeats lists the meetings to come in which she has a seat, with their places.
func (s *Service) MySeats(ctx context.Context, who member.Actor) ([]Standing, error) {
	all, err := s.Coming(ctx, who, Filter{})
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(m Standing) bool { return !m.Seated() })
	for i := range all {
		row, err := gorm.G[Meeting](s.store.DB).Select("place").Where("id = ?", all[i].ID).First(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		all[i].Place = row.Place
	}
	return all, nil
}

// Hosted lists what she calls herself, the newest first; a coordinator sees all that is not
// for a group or an agreement of others.
func (s *Service) Hosted(ctx context.Context, who member.Actor) ([]Standing, error) {
	if who.Role == nil {
		return nil, fault.Missing()
	}
	v, err := s.look(ctx, who)
	if err != nil {
		return nil, err
	}
	if !mayHost(who) && len(v.agreements) == 0 {
		return nil, fault.Missing()
	}
	find := gorm.G[Meeting](s.store.DB).Where(seen, v.where()...)
	if !who.Has(member.RoleCoordinator) {
		find = find.Where("host_id = ?", who.Role.ID)
	}
	rows, err := find.Order("day DESC, begins DESC, id").Limit(500).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.standing(ctx, who, rows)
}

// Planned lists the dates to come of one agreement, for the people of it.
func (s *Service) Planned(ctx context.Context, who member.Actor, agreement store.ID) ([]Standing, error) {
	all, err := s.Coming(ctx, who, Filter{Kind: Supervision})
	return slices.DeleteFunc(all, func(m Standing) bool { return m.RelationID == nil || *m.RelationID != agreement }), err
}

// Meeting is one meeting. Its place is told to who has a seat and to who hosts it.
func (s *Service) Meeting(ctx context.Context, who member.Actor, id store.ID) (Standing, error) {
	v, err := s.look(ctx, who)
	if err != nil {
		return Standing{}, err
	}
	row, err := one(ctx, s.store.DB, v, id)
	if err != nil {
		return Standing{}, err
	}
	all, err := s.standing(ctx, who, []Meeting{row})
	if err != nil {
		return Standing{}, err
	}
	if all[0].Seated() || all[0].Hosts {
		all[0].Place = row.Place
	}
	return all[0], nil
}

// standing adds what one person may know to meetings, with one question for all of them.
func (s *Service) standing(ctx context.Context, who member.Actor, rows []Meeting) ([]Standing, error) {
	ids := make([]store.ID, len(rows))
	for i, m := range rows {
		ids[i] = m.ID
	}
	var seats []Seat
	if len(ids) > 0 {
		var err error
		if seats, err = gorm.G[Seat](s.store.DB).Where("meeting_id IN ?", ids).Order("meeting_id, no").Find(ctx); err != nil {
			return nil, store.Translate(err)
		}
	}
	all := make([]Standing, len(rows))
	for i, m := range rows {
		one := Standing{Meeting: m, Hosts: hosts(who, m)}
		one.Place = ""
		for _, seat := range seats {
			if seat.MeetingID != m.ID {
				continue
			}
			one.Taken++
			if isHers(who, seat) {
				one.Mine = &seat
				one.Waiting = max(0, one.Taken-m.Seats)
			}
		}
		all[i] = one
	}
	return all, nil
}

func isHers(who member.Actor, seat Seat) bool {
	if !who.SignedIn() {
		return false
	}
	return slices.ContainsFunc(who.Tags(purposeSeat, seat.MeetingID), func(tag []byte) bool { return string(tag) == string(seat.Tag) })
}

// Take takes a seat, or a place on the waiting list when all are taken. Taking twice changes
// what she needs and keeps her place.
func (s *Service) Take(ctx context.Context, who member.Actor, id store.ID, w Wish) error {
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	return s.with(ctx, who, func(tx *gorm.DB, v sight) error {
		if err := s.alone(ctx, tx, id); err != nil {
			return err
		}
		row, err := one(ctx, tx, v, id)
		if err != nil {
			return err
		}
		if row.State != Open || row.Day < s.store.Today() {
			return fault.New(fault.Conflict, "meeting.over")
		}
		n, err := gorm.G[Seat](tx).Where("meeting_id = ? AND tag IN ?", id, who.Tags(purposeSeat, id)).
			Select("interpreter", "childcare").Updates(ctx, Seat{Interpreter: w.Interpreter, Childcare: w.Childcare})
		if err != nil || n > 0 {
			return err
		}
		last, err := gorm.G[Seat](tx).Where("meeting_id = ?", id).Order("no DESC").Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		seat := Seat{MeetingID: id, Tag: who.Tags(purposeSeat, id)[0], No: 1, Interpreter: w.Interpreter, Childcare: w.Childcare}
		if len(last) > 0 {
			seat.No = last[0].No + 1
		}
		if who.Role != nil && row.Board == "" {
			seat.RoleAccountID = &who.Role.ID
		}
		return store.Translate(gorm.G[Seat](tx).Create(ctx, &seat))
	})
}

// alone lets one person at a time change a meeting or take a seat of it, so that no number is
// given twice, no chair either, and none of a date that has just been called off. SQLite has one writer anyway.
func (s *Service) alone(ctx context.Context, tx *gorm.DB, id store.ID) error {
	if !s.store.Postgres() {
		return nil
	}
	return tx.WithContext(ctx).Exec("SELECT id FROM meetings WHERE id = ? FOR UPDATE", id).Error
}

// Leave gives her seat back; who waits longest has it then.
func (s *Service) Leave(ctx context.Context, who member.Actor, id store.ID) error {
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[Seat](tx).Where("meeting_id = ? AND came IS NULL AND tag IN ?", id, who.Tags(purposeSeat, id)).Delete(ctx)
		return err
	})
}

// Chair is a seat as the host sees it: a number, a handle only for people with a role.
type Chair struct {
	Seat
	Handle  string
	Waiting bool
}

// Chairs lists the seats for who hosts the meeting, in the order of coming.
func (s *Service) Chairs(ctx context.Context, who member.Actor, id store.ID) (Standing, []Chair, error) {
	m, err := s.Meeting(ctx, who, id)
	if err != nil {
		return m, nil, err
	}
	if !m.Hosts {
		return m, nil, fault.Missing()
	}
	seats, err := gorm.G[Seat](s.store.DB).Where("meeting_id = ?", id).Order("no").Find(ctx)
	if err != nil {
		return m, nil, store.Translate(err)
	}
	people, err := gorm.G[member.RoleAccount](s.store.DB).Select("id", "handle").Where("ended IS NULL").Find(ctx)
	if err != nil {
		return m, nil, store.Translate(err)
	}
	seated := make([]store.ID, 0, len(seats))
	for _, seat := range seats {
		if seat.RoleAccountID != nil {
			seated = append(seated, *seat.RoleAccountID)
		}
	}
	gone, err := member.Withdrawn(ctx, s.store.DB, member.EyesOfTeam, seated)
	if err != nil {
		return m, nil, err
	}
	chairs := make([]Chair, len(seats))
	for i, seat := range seats {
		chairs[i] = Chair{Seat: seat, Waiting: i >= m.Seats}
		chairs[i].Tag = nil // a page has no use for it
		for _, person := range people {
			if seat.RoleAccountID != nil && person.ID == *seat.RoleAccountID && (!gone[person.ID] || person.ID == who.Role.ID) {
				chairs[i].Handle = person.Handle
			}
		}
	}
	return m, chairs, nil
}

// Attended lists the paid meetings to which somebody with a role came, from one day to
// another, both included, for her time sheet. Another service asks it; no page does.
func (s *Service) Attended(ctx context.Context, person store.ID, from, to string) ([]Meeting, error) {
	rows, err := gorm.G[Meeting](s.store.DB).Where("paid = ? AND state = ? AND day >= ? AND day <= ? AND id IN (SELECT meeting_id FROM meeting_seats WHERE role_account_id = ? AND came = ?)",
		true, Held, from, to, person, true).Order("day, id").Find(ctx)
	return rows, store.Translate(err)
}

// Erase gives back the seats of somebody who deletes her account, as far as the meetings are
// still to come. What she attended as paid work stays under an id that leads to nobody.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	rows, err := gorm.G[Meeting](tx).Select("id").Where("state = ?", Open).Find(ctx)
	if err != nil {
		return err
	}
	for _, m := range rows {
		if _, err := gorm.G[Seat](tx).Where("meeting_id = ? AND tag IN ?", m.ID, who.Tags(purposeSeat, m.ID)).Delete(ctx); err != nil {
			return err
		}
	}
	return nil
}
