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

// Limits of a form, in characters, and of a series.
const (
	LongestTitle = 120
	LongestWhat  = 2000
	LongestPlace = 300
	LongestNote  = 300
	MostDates    = 52 // dates of a series
	MostWeeks    = 8  // between two of them
)

// ahead is how many days in the future a meeting may lie.
const ahead = 2 * 366

// Form is what somebody fills in to call a meeting, or a series of them.
type Form struct {
	Module, Title, Lang, What, Place, Day, Begins string
	Minutes, Seats                                int
	Languages                                     []string
	Childcare, Paid                               bool
	Kind                                          Kind
	Every                                         int      // weeks from one date to the next, 0 for a single one
	Until                                         string   // the last day of a series
	Board                                         string   // for a talking group
	Agreement                                     string   // for supervision
	Nonce                                         store.ID // makes the same form one meeting
}

// mending collects what is wrong with a form.
type mending []fault.Field

func (m *mending) bad(name, key string, args ...any) {
	*m = append(*m, fault.Field{Name: name, Key: key, Args: args})
}

func (m mending) err() error {
	if len(m) == 0 {
		return nil
	}
	return fault.Mend(m...)
}

func (m *mending) text(name, words, key string, least, most int) {
	if n := utf8.RuneCountInString(words); n < least || n > most {
		m.bad(name, key, "Most", most)
	}
}

// when looks at day, hour and length. An hour that the clock leaps over does not exist.
func (m *mending) when(clock store.Clock, day, begins string, minutes int) {
	if !store.DayIn(day, clock.Today(), clock.DayAfter(ahead)) {
		m.bad("day", "meeting.day.odd")
	} else if _, ok := Starts(day, begins, clock.Zone); !ok {
		m.bad("begins", "meeting.begins.odd")
	}
	if minutes < 10 || minutes > 600 {
		m.bad("minutes", "meeting.minutes.odd")
	}
}

func (f Form) check(clock store.Clock) error {
	var m mending
	m.text("title", f.Title, "meeting.title.odd", 1, LongestTitle)
	m.text("what", f.What, "meeting.long", 0, LongestWhat)
	m.text("place", f.Place, "meeting.place.odd", 1, LongestPlace)
	m.when(clock, f.Day, f.Begins, f.Minutes)
	if f.Seats < 1 || f.Seats > 200 {
		m.bad("seats", "meeting.seats.odd")
	}
	if !slices.Contains(Kinds, f.Kind) {
		m.bad("kind", "meeting.kind.odd")
	}
	switch {
	case f.Every < 0 || f.Every > MostWeeks:
		m.bad("every", "meeting.every.odd", "Most", MostWeeks)
	case f.Every > 0 && !store.DayIn(f.Until, f.Day, clock.DayAfter(ahead)):
		m.bad("until", "meeting.until.odd", "Most", MostDates)
	case f.Every > 0 && len(m) == 0:
		days := f.days()
		if len(days) < 2 || len(days) > MostDates {
			m.bad("until", "meeting.until.odd", "Most", MostDates)
			break
		}
		for _, day := range days {
			if _, ok := Starts(day, f.Begins, clock.Zone); !ok {
				m.bad("begins", "meeting.begins.leap")
				break
			}
		}
	}
	return m.err()
}

// days are the days of the form, at most one more than may be.
func (f Form) days() []string {
	days := []string{f.Day}
	for f.Every > 0 && len(days) <= MostDates {
		next := store.DaysAfter(days[len(days)-1], 7*f.Every)
		if next > f.Until {
			break
		}
		days = append(days, next)
	}
	return days
}

// Starts is the moment of an hour on a day in a zone. An hour that comes twice, when the
// clocks go back, is the first of the two; one that the clocks leap over is none.
func Starts(day, begins string, zone *time.Location) (time.Time, bool) {
	const layout = "2006-01-02 15:04"
	text := day + " " + begins
	at, err := time.ParseInLocation(layout, text, zone)
	if err != nil || at.Format(layout) != text {
		return time.Time{}, false
	}
	if first := at.Add(-time.Hour); first.Format(layout) == text {
		return first, true
	}
	return at, true
}

// Call makes a meeting, or a series of them, and returns the number of the first.
func (s *Service) Call(ctx context.Context, who member.Actor, f Form) (store.ID, error) {
	groups, agreements, err := s.Rooms(ctx, who, f.Lang)
	if err != nil {
		return store.ID{}, err
	}
	f.Title, f.What, f.Place = strings.TrimSpace(f.Title), strings.TrimSpace(f.What), strings.TrimSpace(f.Place)
	if f.Kind == "" {
		f.Kind = Gathering
	}
	if err := f.check(s.store.Clock); err != nil {
		return store.ID{}, err
	}
	row := Meeting{
		ID: f.Nonce, HostID: who.Role.ID, Module: f.Module, Title: f.Title, Lang: f.Lang, What: f.What, Place: f.Place, Day: f.Day, Begins: f.Begins,
		Minutes: f.Minutes, Seats: f.Seats, Languages: strings.Join(f.Languages, " "), Childcare: f.Childcare, Paid: f.Paid, State: Open, Kind: f.Kind,
	}
	if row.ID.IsZero() {
		row.ID = store.NewID()
	}
	if err := row.forWhom(f, mayHost(who), groups, agreements); err != nil {
		return store.ID{}, err
	}
	return row.ID, s.write(ctx, row, f.days())
}

// forWhom sets the group or the agreement of a meeting. Hours of supervision are paid by what
// is logged there, so its dates propose none a second time.
func (m *Meeting) forWhom(f Form, host bool, groups, agreements []Room) error {
	is := func(id string) func(Room) bool { return func(r Room) bool { return r.ID == id } }
	switch {
	case f.Kind == Supervision:
		id, ok := store.ParseID(f.Agreement)
		if !ok || !slices.ContainsFunc(agreements, is(f.Agreement)) {
			return fault.Mend(fault.Field{Name: "agreement", Key: "meeting.agreement.odd"})
		}
		m.RelationID, m.Paid, m.Module = &id, false, ""
	case !host:
		return fault.Mend(fault.Field{Name: "kind", Key: "meeting.kind.odd"})
	case f.Kind == Talk:
		if !slices.ContainsFunc(groups, is(f.Board)) {
			return fault.Mend(fault.Field{Name: "board", Key: "meeting.board.odd"})
		}
		m.Board, m.Paid = f.Board, false
	}
	return nil
}

// write keeps a meeting on each of some days. Two dates of a series never overlap with
// something else that the same person hosts.
func (s *Service) write(ctx context.Context, first Meeting, days []string) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		there, err := gorm.G[Meeting](tx).Select("id", "host_id").Where("id = ?", first.ID).Limit(1).Find(ctx)
		if err != nil || len(there) == 1 && there[0].HostID == first.HostID {
			return err // the same form once more
		}
		for i, day := range days {
			row := first
			row.Day = day
			if len(days) > 1 {
				row.SeriesID = &first.ID
				if err := s.clear(ctx, tx, row); err != nil {
					return err
				}
			}
			if i > 0 {
				row.ID = store.NewID()
			}
			if err := gorm.G[Meeting](tx).Create(ctx, &row); err != nil {
				return store.Translate(err)
			}
		}
		return nil
	})
}

// clear holds that the host has nothing else at that hour.
func (s *Service) clear(ctx context.Context, tx *gorm.DB, m Meeting) error {
	near, err := gorm.G[Meeting](tx).Where("host_id = ? AND state = ? AND id <> ? AND day BETWEEN ? AND ?",
		m.HostID, Open, m.ID, store.DaysAfter(m.Day, -1), store.DaysAfter(m.Day, 1)).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	from, to := m.span(s.store.Zone)
	for _, other := range near {
		if a, b := other.span(s.store.Zone); from.Before(b) && a.Before(to) {
			return fault.Mend(fault.Field{Name: "begins", Key: "meeting.overlap", Args: []any{"Day", m.Day}})
		}
	}
	return nil
}

// span is from when to when a meeting lasts.
func (m Meeting) span(zone *time.Location) (from, to time.Time) {
	from, _ = Starts(m.Day, m.Begins, zone)
	return from, from.Add(time.Duration(m.Minutes) * time.Minute)
}
