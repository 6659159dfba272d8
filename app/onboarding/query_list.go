package onboarding

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Line is a path on a list: what waits, and whether the organisation is late with it.
type Line struct {
	Candidacy
	Organisation, Handle string
	Step                 Step
	Owner                string
	Late                 bool
	Appeal               bool // an appeal waits
	Replied              bool // the last message is hers: she waits for an answer
}

// List shows the coordinators every path that goes on, what is late first, and then those
// that have ended and are still kept.
func (s *Service) List(ctx context.Context, who member.Actor) (running, ended []Line, err error) {
	if !coordinates(who) {
		return nil, nil, fault.Missing()
	}
	rows, err := gorm.G[Candidacy](s.store.DB).Order("began_day, id").Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return nil, nil, store.Translate(err)
	}
	rows = slices.DeleteFunc(rows, func(c Candidacy) bool { return c.AccountID == who.Role.ID })
	all, err := s.lines(ctx, rows)
	for _, l := range all {
		switch {
		case !l.Running():
			ended = append(ended, l)
		case l.State == Open || l.Step.Step != "" || l.Mode == Consultation:
			running = append(running, l)
		}
	}
	slices.SortStableFunc(running, func(a, b Line) int { return rank(b) - rank(a) })
	return running, ended, err
}

func rank(l Line) (n int) {
	if l.Late {
		n += 2
	}
	if l.Appeal || l.Replied {
		n++
	}
	return n
}

func (s *Service) lines(ctx context.Context, rows []Candidacy) ([]Line, error) {
	orgs, err := s.orgs.All(ctx, s.store.DB)
	if err != nil {
		return nil, err
	}
	var list []Line
	for _, c := range rows {
		l := Line{Candidacy: c}
		if i := slices.IndexFunc(orgs, func(o Organisation) bool { return o.ID == c.OrganisationID }); i >= 0 {
			l.Organisation = orgs[i].Name
		}
		steps, err := stepsOf(ctx, s.store.DB, c.ID)
		if err != nil {
			return nil, err
		}
		if at := current(steps); at >= 0 {
			l.Step = steps[at]
			l.Late = c.Running() && l.Step.Late(s.store.Today())
		}
		names, err := member.Handles(ctx, s.store.DB, slices.DeleteFunc([]store.ID{c.AccountID, l.Step.OwnerID}, store.ID.IsZero))
		if err != nil {
			return nil, err
		}
		l.Handle, l.Owner = names[c.AccountID], names[l.Step.OwnerID]
		waits, err := gorm.G[Appeal](s.store.DB).Where("candidacy_id = ? AND state = ?", c.ID, AppealWaits).Count(ctx, "vote_id")
		if err != nil {
			return nil, store.Translate(err)
		}
		last, err := gorm.G[Message](s.store.DB).Where("candidacy_id = ?", c.ID).Order("number DESC").Limit(1).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		l.Appeal, l.Replied = waits > 0, len(last) > 0 && last[0].FromHer
		list = append(list, l)
	}
	return list, nil
}

// Task is something about somebody's path that is asked of a colleague.
type Task struct {
	Line
	Vote  VoteView // of votes
	Panel bool     // of panels: she has noted already
}

// Tasks are what is asked of a colleague: steps that are hers, votes, panels.
type Tasks struct{ Steps, Votes, Panels []Task }

// Asked lists them.
func (s *Service) Asked(ctx context.Context, who member.Actor, lang string) (Tasks, error) {
	var t Tasks
	if !who.Colleague() || who.Role == nil {
		return t, fault.Missing()
	}
	rows, err := gorm.G[Candidacy](s.store.DB).Where("state IN ? AND (account_id IS NULL OR account_id <> ?)", []string{Open, Here}, who.Role.ID).Order("began_day, id").Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return t, store.Translate(err)
	}
	all, err := s.lines(ctx, rows)
	if err != nil {
		return t, err
	}
	for _, l := range all {
		if l.Step.OwnerID == who.Role.ID {
			t.Steps = append(t.Steps, Task{Line: l})
		}
		panel, err := panelOf(ctx, s.store.DB, l.ID)
		if err != nil {
			return t, err
		}
		if i := slices.IndexFunc(panel, func(p Panelist) bool { return p.AccountID == who.Role.ID }); i >= 0 && l.Step.Step == StepPanel {
			t.Panels = append(t.Panels, Task{Line: l, Panel: panel[i].Day != nil})
		}
	}
	t.Votes, err = s.votesFor(ctx, who, lang)
	return t, err
}

// votesFor are the votes in which she may vote, and those of the last month.
func (s *Service) votesFor(ctx context.Context, who member.Actor, lang string) ([]Task, error) {
	rows, err := gorm.G[Vote](s.store.DB).Where("id IN (SELECT vote_id FROM joining_voters WHERE account_id = ?) AND (state = ? OR closed_day >= ?)",
		who.Role.ID, VoteOpen, s.store.DayAfter(-longestVote)).Order("closes_day, id").Limit(100).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var list []Task
	for _, row := range rows {
		v, c, err := s.VoteOf(ctx, who, row.ID, lang)
		if err != nil {
			return nil, err
		}
		list = append(list, Task{Line: Line{Candidacy: c.Candidacy, Organisation: c.Organisation, Handle: c.Handle}, Vote: v})
	}
	return list, nil
}

// VoteOf is one vote for one who may vote in it, with the report about the conversation.
func (s *Service) VoteOf(ctx context.Context, who member.Actor, id store.ID, lang string) (VoteView, View, error) {
	row, me, err := s.voter(ctx, s.store.DB, who, id)
	if err != nil {
		return VoteView{}, View{}, err
	}
	c, err := find(ctx, s.store.DB, row.CandidacyID)
	if err != nil {
		return VoteView{}, View{}, err
	}
	path, err := s.narrow(ctx, who, c, func(st Step) bool { return st.Step == StepReport })
	if err != nil {
		return VoteView{}, View{}, err
	}
	v, err := s.voteView(ctx, who, c.OrganisationID, row, lang)
	v.Aside = me.Aside
	if !coordinates(who) {
		v.Reasons = nil // they are for her and the coordinators
	}
	return v, path, err
}

// narrow is a path with nothing but some steps in it.
func (s *Service) narrow(ctx context.Context, who member.Actor, c Candidacy, keep func(Step) bool) (View, error) {
	v := View{Candidacy: c}
	o, err := s.organisation(ctx, s.store.DB, c.OrganisationID)
	if err != nil {
		return v, err
	}
	v.Organisation = o.Name
	if err := s.fillSteps(ctx, who, &v); err != nil {
		return v, err
	}
	v.Steps = slices.DeleteFunc(v.Steps, func(st StepView) bool { return !keep(st.Step) })
	v.Panel, v.Words, v.At = nil, "", -1
	return v, nil
}

// Owned is a path for who sees to one of its steps: her own steps and no others.
func (s *Service) Owned(ctx context.Context, who member.Actor, id store.ID) (View, error) {
	if who.Role == nil || !who.Colleague() {
		return View{}, fault.Missing()
	}
	c, err := find(ctx, s.store.DB, id)
	if err != nil {
		return View{}, err
	}
	v, err := s.narrow(ctx, who, c, func(st Step) bool { return st.OwnerID == who.Role.ID })
	if err == nil && (len(v.Steps) == 0 || c.AccountID == who.Role.ID) {
		return View{}, fault.Missing()
	}
	return v, err
}

// PanelFor is an application for one of its panel: her words, the criteria and the notes.
func (s *Service) PanelFor(ctx context.Context, who member.Actor, id store.ID, lang string) (View, []string, error) {
	if who.Role == nil {
		return View{}, nil, fault.Missing()
	}
	panel, err := panelOf(ctx, s.store.DB, id)
	if err != nil {
		return View{}, nil, err
	}
	if !slices.ContainsFunc(panel, func(p Panelist) bool { return p.AccountID == who.Role.ID }) {
		return View{}, nil, fault.Missing()
	}
	c, err := find(ctx, s.store.DB, id)
	if err != nil {
		return View{}, nil, err
	}
	v := View{Candidacy: c}
	o, err := s.organisation(ctx, s.store.DB, c.OrganisationID)
	if err != nil {
		return v, nil, err
	}
	v.Organisation = o.Name
	if err := s.fillSteps(ctx, who, &v); err != nil {
		return v, nil, err
	}
	v.Steps = nil
	list, err := criteria(ctx, s.store.DB, c.OrganisationID, 0, lang)
	return v, list.List(), err
}

// Choices lists who can be named for something: peers of the organisation, and everybody of
// the team for what a coordinator may hand on.
func (s *Service) Choices(ctx context.Context, who member.Actor, organisation store.ID) (peers, team []member.RoleAccount, err error) {
	if !coordinates(who) {
		return nil, nil, fault.Missing()
	}
	if peers, err = s.peersOf(ctx, s.store.DB, organisation); err != nil {
		return nil, nil, err
	}
	team, err = member.Colleagues(ctx, s.store.DB, member.GivenRoles...)
	return peers, team, err
}

// EnterWhere lists the organisations for which somebody may enter others.
func (s *Service) EnterWhere(ctx context.Context, who member.Actor) ([]Organisation, error) {
	if !coordinates(who) && !isPeer(who) {
		return nil, fault.Missing()
	}
	all, err := s.orgs.All(ctx, s.store.DB)
	if err != nil || coordinates(who) {
		return all, err
	}
	at, err := s.orgs.Of(ctx, s.store.DB, who.Role.ID)
	return slices.DeleteFunc(all, func(o Organisation) bool { return o.ID != at }), err
}
