package seed

import (
	"context"
	"time"

	"portico/app/meeting"
	"portico/app/store"
)

// meetingData is a workshop or a talking group. In is how many days after the present it
// is, below zero for one that is over.
type meetingData struct {
	Host, Module, Title, Lang, What, Place, Begins string
	In, Minutes, Seats                             int
	Languages                                      []string
	Childcare, Paid                                bool
	Kind                                           meeting.Kind
	Every, Dates                                   int    // a series: weeks between its dates, and how many
	Group                                          string // for a talking group: the group of the forum by name
	Circle                                         bool   // for the host's own agreement of several people
	Rest                                           restData
	Takes                                          []seatData `toml:"seat"`
}

// restData is a pause of a series: in how many days it begins, and how long it is.
type restData struct {
	In, Days int
	Note     string
}

type seatData struct {
	Person, Interpreter string
	Childcare           bool
}

// calledBefore is how many days before its day a meeting is called; seats are taken the day after.
const calledBefore = 20

// planMeetings plans who calls which meeting, who takes a seat, and that everybody came to
// what is over.
func (l *loader) planMeetings() ([]event, error) {
	var events []event
	for _, d := range l.world.Meetings {
		host, err := l.colleague(d.Host)
		if err != nil {
			return nil, err
		}
		on := l.ago(-d.In)
		called := on.AddDate(0, 0, -calledBefore)
		if latest := l.ago(3); called.After(latest) {
			called = latest
		}
		id := store.NewID()
		form := meeting.Form{
			Nonce: id, Module: d.Module, Title: d.Title, Lang: d.Lang, What: d.What, Place: d.Place, Day: on.Format(time.DateOnly), Begins: d.Begins,
			Minutes: d.Minutes, Seats: d.Seats, Languages: d.Languages, Childcare: d.Childcare, Paid: d.Paid,
			Kind: d.Kind, Every: d.Every,
		}
		if form.Kind == "" && d.Module != "" {
			form.Kind = meeting.Workshop
		}
		if d.Every > 0 {
			form.Until = on.AddDate(0, 0, 7*d.Every*(d.Dates-1)).Format(time.DateOnly)
		}
		events = append(events, event{called, func(ctx context.Context) error {
			if err := l.forWhom(ctx, d, &form); err != nil {
				return err
			}
			if _, err := l.meetings.Call(ctx, host, form); err != nil || d.Rest.Days == 0 {
				return about(err, "%s calls %s", d.Host, d.Title)
			}
			_, err := l.meetings.Rest(ctx, host, id, meeting.Pause{
				From: l.ago(-d.Rest.In).Format(time.DateOnly), Until: l.ago(-d.Rest.In - d.Rest.Days).Format(time.DateOnly), Note: d.Rest.Note,
			})
			return about(err, "%s rests", d.Title)
		}})
		for i, seat := range d.Takes {
			events = append(events, event{called.Add(day + time.Duration(i)*time.Minute), func(ctx context.Context) error {
				who, err := l.actor(seat.Person)
				if err == nil {
					err = l.meetings.Take(ctx, who, id, meeting.Wish{Interpreter: seat.Interpreter, Childcare: seat.Childcare})
				}
				return about(err, "%s takes a seat of %s", seat.Person, d.Title)
			}})
		}
		if d.In >= 0 {
			continue
		}
		events = append(events, event{on.Add(time.Hour), func(ctx context.Context) error {
			var came meeting.Attendance
			for no := range d.Takes {
				came.Came = append(came.Came, no+1)
			}
			return about(l.meetings.Note(ctx, host, id, came), "%s notes who came to %s", d.Host, d.Title)
		}})
	}
	return events, nil
}

// forWhom finds the group or the agreement of a meeting, as the host does on the form.
func (l *loader) forWhom(ctx context.Context, d meetingData, form *meeting.Form) error {
	if d.Group == "" && !d.Circle {
		return nil
	}
	host, err := l.colleague(d.Host)
	if err != nil {
		return err
	}
	groups, agreements, err := l.meetings.Rooms(ctx, host, d.Lang)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if g.Name == d.Group {
			form.Board = g.ID
		}
	}
	if d.Circle && len(agreements) > 0 {
		form.Agreement = agreements[0].ID
	}
	return nil
}
