package meeting

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Change moves one date. Who has a seat keeps it.
type Change struct {
	Day, Begins, Place, Note string
	Minutes                  int
}

// Change moves a date to another day, hour or place, and says so in the host's words.
func (s *Service) Change(ctx context.Context, who member.Actor, id store.ID, c Change) error {
	c.Place, c.Note = strings.TrimSpace(c.Place), strings.TrimSpace(c.Note)
	var m mending
	m.when(s.store.Clock, c.Day, c.Begins, c.Minutes)
	m.text("place", c.Place, "meeting.place.odd", 1, LongestPlace)
	m.text("note", c.Note, "meeting.long", 0, LongestNote)
	return s.with(ctx, who, func(tx *gorm.DB, v sight) error {
		row, err := s.held(ctx, tx, hand{who, v}, id, Open)
		if err != nil {
			return err
		}
		if err := m.err(); err != nil {
			return err
		}
		row.Day, row.Begins, row.Place, row.Minutes, row.Note = c.Day, c.Begins, c.Place, c.Minutes, c.Note
		row.Changes++
		if row.SeriesID != nil {
			if err := s.clear(ctx, tx, row); err != nil {
				return err
			}
		}
		_, err = gorm.G[Meeting](tx).Where("id = ?", id).Select("day", "begins", "place", "minutes", "note", "changes").Updates(ctx, row)
		return err
	})
}

// Calling says how much of a series is called off, and why.
type Calling struct {
	Following bool // this date and all that come after it
	Note      string
}

// CallOff says that a meeting does not take place. The seats go.
func (s *Service) CallOff(ctx context.Context, who member.Actor, id store.ID, c Calling) error {
	c.Note = strings.TrimSpace(c.Note)
	var m mending
	m.text("note", c.Note, "meeting.long", 0, LongestNote)
	return s.with(ctx, who, func(tx *gorm.DB, v sight) error {
		row, err := s.held(ctx, tx, hand{who, v}, id, Open)
		if err != nil {
			return err
		}
		if err := m.err(); err != nil {
			return err
		}
		rows := []Meeting{row}
		if c.Following && row.SeriesID != nil {
			if rows, err = gorm.G[Meeting](tx).Where("series_id = ? AND day >= ? AND (state = ? OR rests = ?)", *row.SeriesID, row.Day, Open, true).Order("id").Find(ctx); err != nil {
				return err
			}
		}
		return s.stop(ctx, tx, rows, Meeting{State: Off, Note: c.Note})
	})
}

// stop takes dates out of the calendar and gives their seats back.
func (s *Service) stop(ctx context.Context, tx *gorm.DB, rows []Meeting, to Meeting) error {
	for _, row := range rows {
		if err := s.alone(ctx, tx, row.ID); err != nil {
			return err
		}
		if _, err := gorm.G[Seat](tx).Where("meeting_id = ?", row.ID).Delete(ctx); err != nil {
			return err
		}
		to.Changes = row.Changes + 1
		if _, err := gorm.G[Meeting](tx).Where("id = ?", row.ID).Select("state", "rests", "note", "changes").Updates(ctx, to); err != nil {
			return err
		}
	}
	return nil
}

// Pause is a span of days, both included, in which a series rests.
type Pause struct{ From, Until, Note string }

// Rest lets a series rest, as many groups do in summer: its dates in the span do not take
// place, their seats go back, and everybody reads why. A pause that would leave no date of
// the series is none; for that there is CallOff.
func (s *Service) Rest(ctx context.Context, who member.Actor, id store.ID, p Pause) (rested int, err error) {
	p.Note = strings.TrimSpace(p.Note)
	var m mending
	if !store.DayIn(p.From, s.store.Today(), s.store.DayAfter(ahead)) {
		m.bad("from", "meeting.rest.from.odd")
	}
	if !store.DayIn(p.Until, p.From, s.store.DayAfter(ahead)) {
		m.bad("until", "meeting.rest.until.odd")
	}
	m.text("note", p.Note, "meeting.long", 0, LongestNote)
	err = s.with(ctx, who, func(tx *gorm.DB, v sight) error {
		row, err := s.held(ctx, tx, hand{who, v}, id, "")
		if err != nil {
			return err
		}
		if row.SeriesID == nil {
			return fault.Missing()
		}
		if err := m.err(); err != nil {
			return err
		}
		open, err := gorm.G[Meeting](tx).Where("series_id = ? AND state = ? AND day >= ?", *row.SeriesID, Open, s.store.Today()).Order("id").Find(ctx)
		if err != nil {
			return err
		}
		var resting []Meeting
		for _, one := range open {
			if one.Day >= p.From && one.Day <= p.Until {
				resting = append(resting, one)
			}
		}
		switch rested = len(resting); {
		case rested == 0:
			return fault.Mend(fault.Field{Name: "from", Key: "meeting.rest.none"})
		case rested == len(open):
			return fault.Mend(fault.Field{Name: "until", Key: "meeting.rest.all"})
		}
		return s.stop(ctx, tx, resting, Meeting{State: Off, Rests: true, Note: p.Note})
	})
	return rested, err
}

// Wake lets a date that rests take place after all. Seats begin anew.
func (s *Service) Wake(ctx context.Context, who member.Actor, id store.ID) error {
	return s.with(ctx, who, func(tx *gorm.DB, v sight) error {
		row, err := s.held(ctx, tx, hand{who, v}, id, Off)
		if err != nil {
			return err
		}
		if !row.Rests || row.Day < s.store.Today() {
			return fault.New(fault.Conflict, "meeting.over")
		}
		row.State, row.Rests, row.Note = Open, false, ""
		row.Changes++
		if err := s.clear(ctx, tx, row); err != nil {
			return fault.New(fault.Conflict, "meeting.overlap.short")
		}
		_, err = gorm.G[Meeting](tx).Where("id = ?", id).Select("state", "rests", "note", "changes").Updates(ctx, row)
		return err
	})
}

// Series lists the dates of the series that a meeting belongs to, the first one first; none
// for a single meeting.
func (s *Service) Series(ctx context.Context, who member.Actor, id store.ID) ([]Standing, error) {
	v, err := s.look(ctx, who)
	if err != nil {
		return nil, err
	}
	row, err := one(ctx, s.store.DB, v, id)
	if err != nil || row.SeriesID == nil {
		return nil, err
	}
	rows, err := gorm.G[Meeting](s.store.DB).Where("series_id = ?", *row.SeriesID).Order("day, begins, id").Limit(MostDates).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.standing(ctx, who, rows)
}
