package server

import (
	"context"

	"portico/app/career"
	"portico/app/member"
	"portico/app/web/deskweb"
)

// careerDuties puts the missed talks of every six months on the organisation's list: the
// two areas do not know each other. What was said, and notes about conflicts, never come here.
type careerDuties struct{ from *career.Service }

// Duties lists the talks that were missed, for coordinators.
func (d careerDuties) Duties(ctx context.Context, who member.Actor) ([]deskweb.Duty, error) {
	if !who.Has(member.RoleCoordinator) {
		return nil, nil
	}
	owed, err := d.from.Overdue(ctx, who)
	list := make([]deskweb.Duty, len(owed))
	for i, one := range owed {
		list[i] = deskweb.Duty{Kind: deskweb.OweStep, Person: one.Handle, Day: one.Day, Missed: true, Href: "/work/team/career"}
	}
	return list, err
}
