package server

import (
	"context"

	"portico/app/forum"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/supervision"
	"portico/app/web/supervisionweb"
)

// ConnectCalendar lets the calendar know the groups of the forum and the agreements of
// supervision; the demonstration lives its weeks with the same connection.
func ConnectCalendar(m *meeting.Service, f *forum.Service, s *supervision.Service) {
	m.For(meetingGroups{f}, meetingAgreements{s})
}

// meetingGroups tells the calendar about the groups of the forum: the two areas do not know
// each other.
type meetingGroups struct{ by *forum.Service }

// In lists the groups that she belongs to.
func (g meetingGroups) In(ctx context.Context, who member.Actor) ([]string, error) {
	return g.by.GroupsOf(ctx, who)
}

// All lists the open groups by name, as anybody signed in may read of them.
func (g meetingGroups) All(ctx context.Context, who member.Actor, lang string) ([]meeting.Room, error) {
	groups, err := g.by.Groups(ctx, who, lang)
	var rooms []meeting.Room
	for _, one := range groups {
		if !one.Archived {
			rooms = append(rooms, meeting.Room{ID: one.Slug, Name: one.Name})
		}
	}
	return rooms, err
}

// meetingAgreements tells the calendar about agreements of supervision.
type meetingAgreements struct{ by *supervision.Service }

// Of lists her open agreements of several people, named by who is in them.
func (a meetingAgreements) Of(ctx context.Context, who member.Actor) ([]meeting.Room, error) {
	circles, err := a.by.Circles(ctx, who)
	rooms := make([]meeting.Room, len(circles))
	for i, one := range circles {
		rooms[i] = meeting.Room{ID: one.ID.String(), Name: one.Names}
	}
	return rooms, err
}

// plannedDates tells the pages of supervision which dates the calendar holds for one
// agreement.
type plannedDates struct{ by *meeting.Service }

// Planned lists them, the next first.
func (p plannedDates) Planned(ctx context.Context, who member.Actor, line supervision.Relation) ([]supervisionweb.Date, error) {
	all, err := p.by.Planned(ctx, who, line.ID)
	dates := make([]supervisionweb.Date, len(all))
	for i, m := range all {
		dates[i] = supervisionweb.Date{Path: "/meetings/" + m.ID.String(), Day: m.Day, Begins: m.Begins, Off: m.State == meeting.Off}
	}
	return dates, err
}
