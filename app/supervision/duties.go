package supervision

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Due is what the organisation owes around supervision: to one person, or to everybody as
// a coordinator sees it. It holds days, minutes and handles, and no word that was said.
type Due struct {
	Debriefs []OpenDebrief // hers that are owed, or everybody's
	Told     []OpenDebrief // of people she supervises, who told her; never for a coordinator
	CheckIns []CheckIn     // owed or to come; for a coordinator only those that are owed
	Overdue  []Line        // conversations after 1.5 times the rhythm
	Reviews  []Line        // agreements whose day to look at them again is over
	Hours    []Kept        // of people to whom something is promised
}

// MyDue is what is owed to her, and what others told her as their supervisor.
func (s *Service) MyDue(ctx context.Context, who member.Actor) (Due, error) {
	if !who.Colleague() {
		return Due{}, fault.Missing()
	}
	var d Due
	lines, err := s.Mine(ctx, who)
	if err != nil {
		return d, err
	}
	lines = slices.DeleteFunc(lines, func(l Line) bool { return l.Part(who) == "" })
	rows, err := gorm.G[Debrief](s.store.DB).Where("(account_id = ? OR told_id = ?) AND held_day IS NULL", who.Role.ID, who.Role.ID).
		Order("due_day, id").Limit(200).Find(ctx)
	if err != nil {
		return d, store.Translate(err)
	}
	debriefs, err := s.openDebriefs(ctx, rows)
	if err != nil {
		return d, err
	}
	for _, one := range owed(debriefs) {
		if one.AccountID == who.Role.ID {
			d.Debriefs = append(d.Debriefs, one)
		} else {
			d.Told = append(d.Told, one)
		}
	}
	if d.CheckIns, err = s.checkInsOf(ctx, lines); err != nil {
		return d, err
	}
	d.CheckIns = slices.DeleteFunc(d.CheckIns, func(c CheckIn) bool { return c.Held != "" || c.Later != "" })
	for i, c := range d.CheckIns {
		d.CheckIns[i].People = slices.DeleteFunc(c.People, func(handle string) bool { return handle == who.Role.Handle })
	}
	d.Overdue, d.Reviews = overdue(lines), toReview(lines)
	hours, err := s.MyHours(ctx, who, everFrom, everUntil)
	if len(hours.Balances) > 0 {
		d.Hours = []Kept{hours}
	}
	return d, err
}

// Owed is the organisation's list, for coordinators: what is due or was missed.
func (s *Service) Owed(ctx context.Context, who member.Actor) (Due, error) {
	if !who.Has(member.RoleCoordinator) {
		return Due{}, fault.Missing()
	}
	var d Due
	rows, err := gorm.G[Debrief](s.store.DB).Where("held_day IS NULL").Order("due_day, id").Limit(500).Find(ctx)
	if err != nil {
		return d, store.Translate(err)
	}
	debriefs, err := s.openDebriefs(ctx, rows)
	if err != nil {
		return d, err
	}
	d.Debriefs = owed(debriefs)
	for i := range d.Debriefs { // that it is owed, never what she said or to whom
		d.Debriefs[i].ToldID, d.Debriefs[i].Told, d.Debriefs[i].WordsID = store.ID{}, "", store.ID{}
	}
	lines, err := s.Overview(ctx, who)
	if err != nil {
		return d, err
	}
	if d.CheckIns, err = s.checkInsOf(ctx, lines); err != nil {
		return d, err
	}
	d.CheckIns = slices.DeleteFunc(d.CheckIns, func(c CheckIn) bool { return !c.Owed() })
	d.Overdue, d.Reviews = overdue(lines), toReview(lines)
	hours, err := s.TeamHours(ctx, who, everFrom, everUntil)
	d.Hours = slices.DeleteFunc(hours, func(k Kept) bool { return k.Owed() == 0 })
	return d, err
}

// owed keeps the debriefs that were not held.
func owed(list []OpenDebrief) []OpenDebrief {
	return slices.DeleteFunc(list, func(d OpenDebrief) bool { return d.Held != "" })
}

// Handles names the people of a relation who have not left it, those whose supervision it
// is first.
func (l Line) Handles() []string {
	return slices.DeleteFunc([]string{l.Peer, l.Supervisor}, func(names string) bool { return names == "" })
}

func overdue(lines []Line) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return !l.Overdue })
}

func toReview(lines []Line) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return !l.ReviewDue })
}

// CheckIns are the early conversations of one of her relations, none for kinds that have
// none.
func (s *Service) CheckIns(ctx context.Context, who member.Actor, relation store.ID) ([]CheckIn, error) {
	line, err := s.Relation(ctx, who, relation)
	if err != nil {
		return nil, err
	}
	return s.checkInsOf(ctx, []Line{line})
}

// checkInsOf reckons the early check-ins of those relations that have them and are open.
func (s *Service) checkInsOf(ctx context.Context, lines []Line) ([]CheckIn, error) {
	var begun []Line
	var ids []store.ID
	for _, l := range lines {
		if l.State == Open && l.OpenDay != nil && slices.Contains(kindsWithCheckIns, l.Kind) {
			begun, ids = append(begun, l), append(ids, l.ID)
		}
	}
	if len(begun) == 0 {
		return nil, nil
	}
	entries, err := gorm.G[Entry](s.store.DB).Select("relation_id", "held_day").Where("relation_id IN ? AND state <> ?", ids, Declined).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	held := map[store.ID][]string{}
	for _, e := range entries {
		held[e.RelationID] = append(held[e.RelationID], e.HeldDay)
	}
	var list []CheckIn
	for _, l := range begun {
		for _, c := range checkIns(*l.OpenDay, held[l.ID], s.store.Today()) {
			c.Relation, c.People = l.ID, l.Handles()
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b CheckIn) int { return strings.Compare(a.Until, b.Until) })
	return list, nil
}
