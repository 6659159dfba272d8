package server

import (
	"context"
	"strings"

	"portico/app/material"
	"portico/app/member"
	"portico/app/supervision"
	"portico/app/timesheet"
	"portico/app/web/deskweb"
)

// duties are what the areas know that the organisation owes, for its one list.
func (s *Server) duties() []deskweb.Duties {
	return []deskweb.Duties{supervisionDuties{s.Supervision}, weekDuties{s.Timesheet}, careerDuties{s.Career}, reviewDuties{s.Material}}
}

// supervisionDuties puts what supervision knows on the organisation's list: the two areas
// do not know each other.
type supervisionDuties struct{ from *supervision.Service }

// Duties lists what is due or was missed, for coordinators.
func (d supervisionDuties) Duties(ctx context.Context, who member.Actor) ([]deskweb.Duty, error) {
	if !who.Has(member.RoleCoordinator) {
		return nil, nil
	}
	due, err := d.from.Owed(ctx, who)
	if err != nil {
		return nil, err
	}
	var list []deskweb.Duty
	for _, one := range due.Debriefs {
		list = append(list, deskweb.Duty{Kind: deskweb.OweDebrief, Person: one.Handle, Day: one.DueDay, Missed: one.Missed})
	}
	for _, l := range due.Overdue {
		list = append(list, deskweb.Duty{Kind: deskweb.OweTalk, Person: people(l.Handles()), Day: l.DueBy, Missed: true, Href: "/supervision/overview"})
	}
	for _, c := range due.CheckIns {
		list = append(list, deskweb.Duty{Kind: deskweb.OweCheckIn, Person: people(c.People), Day: c.Until, Week: c.Week, Missed: true, Href: "/supervision/overview"})
	}
	for _, l := range due.Reviews {
		list = append(list, deskweb.Duty{Kind: deskweb.OweAgreement, Person: people(l.Handles()), Day: *l.ReviewDay, Href: "/supervision/overview"})
	}
	for _, k := range due.Hours {
		list = append(list, deskweb.Duty{Kind: deskweb.OweHours, Person: k.Handle, Minutes: k.Owed(), Missed: true, Href: "/supervision/hours"})
	}
	return list, nil
}

func people(handles []string) string { return strings.Join(handles, " · ") }

// weekDuties does the same for time sheets that wait for an answer or for pay.
type weekDuties struct{ from *timesheet.Service }

// longestWait is how many days a week may wait before the organisation has missed its duty.
const longestWait = 30

// Duties lists the weeks that wait, for coordinators.
func (d weekDuties) Duties(ctx context.Context, who member.Actor) ([]deskweb.Duty, error) {
	if !who.Has(member.RoleCoordinator) {
		return nil, nil
	}
	weeks, err := d.from.WaitingWeeks(ctx, who)
	if err != nil {
		return nil, err
	}
	list := make([]deskweb.Duty, len(weeks))
	for i, w := range weeks {
		list[i] = deskweb.Duty{Kind: deskweb.OweWeek, Person: w.Handle, Day: w.Monday, Missed: w.Days > longestWait, Href: "/work/team/weeks/" + w.ID.String()}
	}
	return list, nil
}

// reviewDuties does the same for published texts that somebody has to look at again.
type reviewDuties struct{ from *material.Service }

// Duties lists the texts, for coordinators.
func (d reviewDuties) Duties(ctx context.Context, who member.Actor) ([]deskweb.Duty, error) {
	rows, err := d.from.ReviewsDue(ctx, who)
	list := make([]deskweb.Duty, len(rows))
	for i, m := range rows {
		list[i] = deskweb.Duty{Kind: deskweb.OweReview, Person: m.Title, Day: *m.ReviewDay, Missed: true, Href: "/read/" + m.ID.String()}
	}
	return list, err
}
