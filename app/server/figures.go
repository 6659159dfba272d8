package server

import (
	"portico/app/desk"
	"portico/app/figures"
	"portico/app/forum"
	"portico/app/material"
	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/supervision"
	"portico/app/timesheet"
	"portico/app/training"
)

// Counters are the areas that count what figures show.
type Counters struct {
	Forum       *forum.Service
	Desk        *desk.Service
	Material    *material.Service
	Peerwork    *peerwork.Service
	Training    *training.Service
	Supervision *supervision.Service
	Timesheet   *timesheet.Service
	Members     *member.Service
}

// CountedBy connects them.
func CountedBy(c Counters) figures.Sources {
	return figures.Sources{
		Contacts: c.Forum.Counted, Materials: c.Material.Counted, Peers: c.Peerwork.Counted, Organisations: c.Peerwork.CountedIn,
		Trainings: c.Training.Counted, Supervision: c.Supervision.Counted, Paid: c.Timesheet.Counted,
		Joined: c.Members.CountedArrivals, Leaving: c.Members.CountedLeavers,
		People: c.Members.PeopleIn, Forget: member.ForgetPeople,
		PayDays: c.Timesheet.CountedWaits, Moderation: c.Desk.Counted,
	}
}
