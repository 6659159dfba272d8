package seed

import (
	"fmt"
	"time"

	"portico/app/member"
	"portico/content"
)

// season plans what people do in each area, beside the talks. Another area adds its planner
// at the end; where two things happen at one moment, the earlier planner comes first.
var season = []func(*loader) ([]event, error){
	(*loader).planGroups,
	(*loader).planQuestions,
	(*loader).planAppeals,
	(*loader).planPauses,
	(*loader).planKind,
	(*loader).planOrganisations,
	(*loader).planRecovery,
	(*loader).planContracts,
	(*loader).planPayroll,
	(*loader).planContractTexts,
	(*loader).planRisks,
	(*loader).planProfiles,
	(*loader).planJoining,
	(*loader).planCareer,
	(*loader).planLearning,
	(*loader).planSupervision,
	(*loader).planCircles,
	(*loader).planDuties,
	(*loader).planWeeks,
	(*loader).planLocked,
	(*loader).planCorrections,
	(*loader).planPlaces,
	(*loader).planRota,
	(*loader).planMeetings,
	(*loader).planMaterials,
	(*loader).planMagazine,
	(*loader).planTranslations,
	(*loader).planInterviews,
	(*loader).planNotices,
	(*loader).planSurveys,
	(*loader).planFigures,
	(*loader).planAloud,
}

// seasonDays is how many days before the present the season begins.
const seasonDays = 77

// planSeason lets every area plan its part.
func (l *loader) planSeason() ([]event, error) {
	var events []event
	for _, plan := range season {
		part, err := plan(l)
		if err != nil {
			return nil, err
		}
		events = append(events, part...)
	}
	for _, e := range events {
		if e.at.After(l.clock.end) {
			return nil, fmt.Errorf("the season plans something for %s, which has not come", e.at.Format(time.DateOnly))
		}
	}
	return events, nil
}

// actor finds one of the cast who has arrived.
func (l *loader) actor(name string) (member.Actor, error) {
	who, ok := l.actors[name]
	if !ok {
		return who, fmt.Errorf("nobody in the cast is called %q", name)
	}
	return who, nil
}

// withRoles finds two people with roles, as in "she and who decides about her".
func (l *loader) withRoles(one, other string) (a, b member.Actor, err error) {
	if a, err = l.colleague(one); err == nil {
		b, err = l.colleague(other)
	}
	return a, b, err
}

// colleague finds one of the cast who has a role, and so an account number.
func (l *loader) colleague(name string) (member.Actor, error) {
	who, err := l.actor(name)
	if err == nil && who.Role == nil {
		err = fmt.Errorf("%s has no role", name)
	}
	return who, err
}

// ago is the moment that lies days before the present, at the same hour of the host's day:
// so its day is that many days back, also where the clocks were changed in between.
func (l *loader) ago(days int) time.Time { return l.clock.end.In(l.store.Zone).AddDate(0, 0, -days) }

// dayIn is the day that lies days after the present, "" for none.
func (l *loader) dayIn(days int) string {
	if days == 0 {
		return ""
	}
	return l.ago(-days).Format(time.DateOnly)
}

// mondayBack is on the Monday of the week that lies weeks before the present one.
func (l *loader) mondayBack(weeks int) time.Time {
	day := l.ago(7 * weeks)
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

// library is what ships with the program and what the season needs of it.
type library struct {
	modules []content.Module
	entries []content.Entry
	terms   []content.GlossaryTerm
}

func readLibrary() (lib library, err error) {
	if lib.modules, err = content.Modules(); err != nil {
		return lib, err
	}
	if lib.entries, err = content.Directory(); err != nil {
		return lib, err
	}
	lib.terms, err = content.Glossary()
	return lib, err
}
