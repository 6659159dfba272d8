package timesheet

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// waiting is the condition for lines that wait for the organisation, or for her answer until
// today.
const waiting = "state IN ('closed', 'disputed') OR state IN ('approved', 'cut', 'settled') AND pays AND approved_minutes > 0 OR state = 'cut' AND dispute_until >= ?"

// Summary is a week in a list.
type Summary struct {
	Week
	Handle   string
	Standing string
	Minutes  int
	Days     int  // since she handed it in, or until it was paid
	Counted  bool // whether days to pay are counted
	Settled  bool // whether nothing waits any more
	Mine     bool // it is the coordinator's own: somebody else decides
}

// MyWeeks lists the weeks of a peer that have a row, newest first.
func (s *Service) MyWeeks(ctx context.Context, who member.Actor) ([]Summary, error) {
	if !isPeer(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Week](s.store.DB).Where("account_id = ?", who.Role.ID).Order("monday DESC").Limit(60).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.summaries(ctx, rows)
}

// WaitingWeeks lists the weeks in which something waits for a decision or for pay, the
// oldest first. What waits is the organisation's duty.
func (s *Service) WaitingWeeks(ctx context.Context, who member.Actor) ([]Summary, error) {
	if !coordinates(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Week](s.store.DB).Where("state = ? AND id IN (SELECT week_id FROM work_lines WHERE "+waiting+")", Closed, s.store.Today()).Order("closed_day, id").Limit(300).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	list, err := s.summaries(ctx, rows)
	if err != nil {
		return nil, err
	}
	ids := make([]store.ID, len(list))
	for i, w := range list {
		ids[i] = w.AccountID
	}
	names, err := member.Handles(ctx, s.store.DB, ids)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Handle, list[i].Mine = names[list[i].AccountID], list[i].AccountID == who.Role.ID
	}
	return list, nil
}

// summaries reads how weeks stand from their lines.
func (s *Service) summaries(ctx context.Context, weeks []Week) ([]Summary, error) {
	lines, paid, err := s.linesOf(ctx, weeks)
	if err != nil {
		return nil, err
	}
	today := s.store.Today()
	list := make([]Summary, len(weeks))
	for i, w := range weeks {
		mine := lines[w.ID]
		one := Summary{Week: w, Standing: Open}
		if w.State != Open {
			one.Standing = standing(mine, today)
		}
		for _, l := range mine {
			one.Minutes += l.Minutes
		}
		one.Days, one.Counted = daysToPay(w, mine, paid[w.ID], today)
		one.Settled = !slices.ContainsFunc(mine, func(l Line) bool { return l.Waits(today) })
		list[i] = one
	}
	return list, nil
}

// linesOf are the lines of some weeks, and the day of the last payment for each.
func (s *Service) linesOf(ctx context.Context, weeks []Week) (lines map[store.ID][]Line, paid map[store.ID]string, err error) {
	lines, paid = map[store.ID][]Line{}, map[store.ID]string{}
	ids := make([]store.ID, len(weeks))
	for i, w := range weeks {
		ids[i] = w.ID
	}
	if len(ids) == 0 {
		return lines, paid, nil
	}
	rows, err := gorm.G[Line](s.store.DB).Where("week_id IN ?", ids).Find(ctx)
	if err != nil {
		return nil, nil, store.Translate(err)
	}
	var payments []store.ID
	for _, l := range rows {
		lines[l.WeekID] = append(lines[l.WeekID], l)
		if !l.PaymentID.IsZero() && !slices.Contains(payments, l.PaymentID) {
			payments = append(payments, l.PaymentID)
		}
	}
	if len(payments) == 0 {
		return lines, paid, nil
	}
	made, err := gorm.G[Payment](s.store.DB).Where("id IN ?", payments).Find(ctx)
	if err != nil {
		return nil, nil, store.Translate(err)
	}
	day := map[store.ID]string{}
	for _, p := range made {
		day[p.ID] = p.Day
	}
	for _, l := range rows {
		paid[l.WeekID] = max(paid[l.WeekID], day[l.PaymentID])
	}
	return lines, paid, nil
}

// Pace is how long the organisation takes from handing in to pay, over its last days.
type Pace struct {
	Enough  bool // enough weeks and people: fewer would point at somebody
	Median  int  // days, of the weeks that were paid
	Longest int  // days, of those that were paid or still wait
}

// The window of the pace, and below what there are too few to say.
const (
	paceDays    = 90
	leastWeeks  = 10
	leastPeople = 3
)

// PaceOf counts it, for peers and coordinators: totals only, nobody by name.
func (s *Service) PaceOf(ctx context.Context, who member.Actor) (Pace, error) {
	if !isPeer(who) && !coordinates(who) {
		return Pace{}, fault.Missing()
	}
	since := s.store.DayAfter(-paceDays)
	weeks, err := gorm.G[Week](s.store.DB).Where("state = ? AND (id IN (SELECT l.week_id FROM work_lines l JOIN payments p ON p.id = l.payment_id WHERE p.day >= ?) OR id IN (SELECT week_id FROM work_lines WHERE pays AND ("+waiting+")))",
		Closed, since, s.store.Today()).Limit(2000).Find(ctx)
	if err != nil {
		return Pace{}, store.Translate(err)
	}
	lines, paid, err := s.linesOf(ctx, weeks)
	if err != nil {
		return Pace{}, err
	}
	var took []int
	var pace Pace
	people := map[store.ID]bool{}
	for _, w := range weeks {
		days, ok := daysToPay(w, lines[w.ID], paid[w.ID], s.store.Today())
		if !ok {
			continue
		}
		pace.Longest = max(pace.Longest, days)
		if paid[w.ID] >= since {
			took = append(took, max(0, store.DaysBetween(*w.ClosedDay, paid[w.ID])))
			people[w.AccountID] = true
		}
	}
	if len(took) < leastWeeks || len(people) < leastPeople {
		return Pace{}, nil
	}
	slices.Sort(took)
	pace.Enough, pace.Median = true, took[len(took)/2]
	if n := len(took); n%2 == 0 {
		pace.Median = (took[n/2-1] + took[n/2] + 1) / 2
	}
	return pace, nil
}
