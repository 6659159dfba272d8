package onboarding

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Step is one step of somebody's path: who sees to it, by when, since when it is done.
type Step struct {
	CandidacyID store.ID `gorm:"primaryKey"`
	Step        string   `gorm:"primaryKey"`
	Position    int
	OwnerID     store.ID // a person with a role, nobody for the organisation as such
	DueDay      *string
	DoneDay     *string
	NoteID      store.ID
	Shared      bool // the note is sealed for the candidate too
}

// TableName names the table.
func (Step) TableName() string { return "candidacy_steps" }

// Who sees to a step.
const (
	ByHer          = "her"          // the candidate; never overdue
	ByOrganisation = "organisation" // a coordinator, or who is named
	ByPeer         = "peer"         // an active peer who is named
	ByGroup        = "group"        // those who vote
	ByPanel        = "panel"
)

// The steps that have verbs of their own or need something special.
const (
	StepInterest     = "interest"
	StepConversation = "conversation"
	StepExpectations = "expectations"
	StepRules        = "rules"
	StepReport       = "report"
	StepVote         = "vote"
	StepMentor       = "mentor"
	StepPosting      = "posting"
	StepApplication  = "application"
	StepPanel        = "panel"
	StepOffer        = "offer"
	StepPair         = "pair"
	StepInvitation   = "invitation"
)

// kindOf says who sees to each step, and how many days it may take.
var kindOf = map[string]struct {
	by   string
	days int
}{
	StepInterest: {ByHer, 0}, StepPosting: {ByOrganisation, 0}, StepApplication: {ByHer, 0}, StepInvitation: {ByOrganisation, 0},
	StepConversation: {ByPeer, 14}, StepExpectations: {ByHer, 0}, StepRules: {ByHer, 0}, "risk": {ByOrganisation, 14}, StepReport: {ByPeer, 7},
	StepVote: {ByGroup, 21}, StepMentor: {ByOrganisation, 7}, "introduction": {ByOrganisation, 14}, "training": {ByOrganisation, 60},
	StepPair: {ByPeer, 30}, "check-2": {ByOrganisation, 14}, "check-6": {ByOrganisation, 28}, "check-12": {ByOrganisation, 42},
	StepPanel: {ByPanel, 21}, StepOffer: {ByOrganisation, 14}, "contract": {ByOrganisation, 14},
}

// paths are the steps of each mode in their order.
var paths = map[string][]string{
	Membership: {StepInterest, StepConversation, StepExpectations, StepRules, "risk", StepReport, StepVote, StepMentor,
		"introduction", "training", StepPair, "check-2", "check-6", "check-12"},
	Employment:   {StepPosting, StepApplication, StepPanel, StepOffer, "contract", "introduction", "training", StepPair},
	Consultation: {StepInvitation, StepRules},
}

// By says who sees to the step.
func (s Step) By() string { return kindOf[s.Step].by }

// Done reports whether the step is behind her.
func (s Step) Done() bool { return s.DoneDay != nil }

// Late reports whether the organisation is behind with a step. What a candidate does herself
// has no day and is never late.
func (s Step) Late(today string) bool {
	return !s.Done() && s.By() != ByHer && s.DueDay != nil && *s.DueDay < today
}

// current is the first step that is not done; -1 when all are.
func current(steps []Step) int {
	return slices.IndexFunc(steps, func(s Step) bool { return !s.Done() })
}

func stepsOf(ctx context.Context, db *gorm.DB, candidacy store.ID) ([]Step, error) {
	rows, err := gorm.G[Step](db).Where("candidacy_id = ?", candidacy).Order("position").Find(ctx)
	return rows, store.Translate(err)
}

// begin writes the steps of a mode. The first ones are done by sending interest.
func (s *Service) begin(ctx context.Context, tx *gorm.DB, c Candidacy) error {
	today := s.store.Today()
	for i, name := range paths[c.Mode] {
		row := Step{CandidacyID: c.ID, Step: name, Position: i}
		switch name {
		case StepInterest, StepPosting, StepApplication, StepInvitation:
			row.DoneDay = &today
		}
		if err := gorm.G[Step](tx).Create(ctx, &row); err != nil {
			return err
		}
	}
	return s.promise(ctx, tx, c)
}

// promise gives the step that is next now a day, where it is the organisation's to do. In a
// consultation nothing has a day.
func (s *Service) promise(ctx context.Context, tx *gorm.DB, c Candidacy) error {
	steps, err := stepsOf(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	at := current(steps)
	if at < 0 || c.Mode == Consultation || steps[at].By() == ByHer || steps[at].DueDay != nil {
		return nil
	}
	due := s.store.DayAfter(kindOf[steps[at].Step].days)
	_, err = gorm.G[Step](tx).Where("candidacy_id = ? AND step = ?", c.ID, steps[at].Step).Update(ctx, "due_day", due)
	return err
}

// untilDay moves the day of a step, where something has begun that ends on another day.
func untilDay(ctx context.Context, tx *gorm.DB, id store.ID, step, day string) error {
	_, err := gorm.G[Step](tx).Where("candidacy_id = ? AND step = ?", id, step).Update(ctx, "due_day", day)
	return err
}

// PlanForm names who sees to a step and by when.
type PlanForm struct {
	Owner store.ID
	Due   string // "" leaves the day as it is
}

// Plan names the owner and the day of a step that is not done. A conversation, the report
// and pair work belong to a peer of that organisation, and nobody accompanies herself.
func (s *Service) Plan(ctx context.Context, who member.Actor, id store.ID, name string, f PlanForm) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	if f.Due != "" && !store.DayIn(f.Due, s.store.Today(), s.store.DayAfter(366)) {
		return fault.Mend(fault.Field{Name: "due", Key: "joining.day.odd"})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, steps, err := s.running(ctx, tx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(steps, func(st Step) bool { return st.Step == name })
		if i < 0 || steps[i].By() == ByHer {
			return fault.Missing()
		}
		if steps[i].Done() {
			return fault.New(fault.Conflict, "joining.step.done")
		}
		if err := s.mayOwn(ctx, tx, c, steps[i], f.Owner); err != nil {
			return err
		}
		steps[i].OwnerID = f.Owner
		if f.Due != "" && c.Mode != Consultation {
			steps[i].DueDay = &f.Due
		}
		_, err = gorm.G[Step](tx).Where("candidacy_id = ? AND step = ?", id, name).Select("OwnerID", "DueDay").Updates(ctx, steps[i])
		return err
	})
}

// mayOwn refuses an owner who cannot see to a step.
func (s *Service) mayOwn(ctx context.Context, tx *gorm.DB, c Candidacy, st Step, owner store.ID) error {
	wrong := fault.Mend(fault.Field{Name: "owner", Key: "joining.owner.odd"})
	if owner.IsZero() {
		return nil
	}
	if owner == c.AccountID {
		return wrong
	}
	var able []member.RoleAccount
	var err error
	if st.By() == ByPeer || st.Step == StepMentor {
		able, err = s.peersOf(ctx, tx, c.OrganisationID)
	} else {
		able, err = member.Colleagues(ctx, tx, member.GivenRoles...)
	}
	if err == nil && !slices.ContainsFunc(able, func(r member.RoleAccount) bool { return r.ID == owner }) {
		err = wrong
	}
	return err
}

// running finds a path that goes on, locked for this transaction.
func (s *Service) running(ctx context.Context, tx *gorm.DB, id store.ID) (Candidacy, []Step, error) {
	c, err := hold(ctx, tx, id)
	if err != nil {
		return c, nil, err
	}
	if !c.Running() {
		return c, nil, fault.New(fault.Conflict, "joining.over")
	}
	steps, err := stepsOf(ctx, tx, id)
	return c, steps, err
}

// FinishForm ends a step, with words or without.
type FinishForm struct {
	Words  string
	Share  bool // the candidate may read the words
	Insist bool
}

// Finish notes that a step is done. Who sees to it or a coordinator does so; what a
// candidate does herself only she does. Votes, panels and offers have verbs of their own.
func (s *Service) Finish(ctx context.Context, who member.Actor, id store.ID, name string, f FinishForm) (Receipt, error) {
	if who.Role == nil {
		return Receipt{}, fault.Missing()
	}
	f.Words = tidy(f.Words)
	least := 0
	if name == StepReport {
		least = 3
	}
	if err := s.mayFinish(ctx, s.store.DB, who, id, name); err != nil {
		return Receipt{}, err
	}
	if err := fault.Mended(asked("words", f.Words, least, LongestWords)); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(f.Insist, name == StepReport, f.Words)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = id, true
	return receipt, s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, steps, err := s.running(ctx, tx, id)
		if err != nil {
			return err
		}
		at := current(steps)
		if at < 0 || steps[at].Step != name {
			return fault.New(fault.Conflict, "joining.step.order")
		}
		if err := s.mayFinish(ctx, tx, who, id, name); err != nil {
			return err
		}
		return s.finish(ctx, tx, who, c, ending{steps[at], f})
	})
}

// ending is a step with what is said at its end.
type ending struct {
	step Step
	form FinishForm
}

func (s *Service) finish(ctx context.Context, tx *gorm.DB, who member.Actor, c Candidacy, e ending) error {
	st := e.step
	if (st.By() == ByPeer || st.Step == StepMentor) && st.OwnerID.IsZero() {
		return fault.Mend(fault.Field{Name: "owner", Key: "joining.owner.missing"})
	}
	readers := []store.ID{st.OwnerID, who.Role.ID}
	if e.form.Share {
		readers = append(readers, c.AccountID)
	}
	if st.Step == StepReport {
		peers, err := s.peersOf(ctx, tx, c.OrganisationID)
		if err != nil {
			return err
		}
		for _, p := range peers {
			readers = append(readers, p.ID)
		}
	}
	var err error
	if st.NoteID, err = s.sealForDesk(ctx, tx, "joining step", e.form.Words, readers...); err != nil {
		return err
	}
	st.Shared = e.form.Share && !st.NoteID.IsZero()
	if err := s.done(ctx, tx, c, st); err != nil {
		return err
	}
	if st.Step != StepPair {
		return nil
	}
	return s.welcome(ctx, tx, who, c)
}

// done marks a step and promises a day for the next one.
func (s *Service) done(ctx context.Context, tx *gorm.DB, c Candidacy, st Step) error {
	today := s.store.Today()
	st.DoneDay = &today
	if _, err := gorm.G[Step](tx).Where("candidacy_id = ? AND step = ?", c.ID, st.Step).Select("DoneDay", "NoteID", "Shared").Updates(ctx, st); err != nil {
		return err
	}
	return s.promise(ctx, tx, c)
}

// mayFinish says who may end a step in this way.
func (s *Service) mayFinish(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID, name string) error {
	c, err := find(ctx, db, id)
	if err != nil {
		return err
	}
	steps, err := stepsOf(ctx, db, id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(steps, func(st Step) bool { return st.Step == name })
	if i < 0 {
		return fault.Missing()
	}
	hers := !c.AccountID.IsZero() && c.AccountID == who.Role.ID
	switch name {
	case StepExpectations:
		if hers {
			return nil
		}
	case StepRules, StepVote, StepPanel, StepOffer, StepInterest, StepPosting, StepApplication, StepInvitation:
	case StepPair: // she becomes a colleague with it, so a coordinator says so
		if coordinates(who) && !hers {
			return nil
		}
	default:
		if !hers && (coordinates(who) || steps[i].OwnerID == who.Role.ID) {
			return nil
		}
	}
	return fault.Missing()
}

// welcome makes a candidate a peer of the organisation: the same account with its keys.
func (s *Service) welcome(ctx context.Context, tx *gorm.DB, who member.Actor, c Candidacy) error {
	if c.AccountID.IsZero() {
		return fault.New(fault.Refused, "joining.account.none")
	}
	if err := s.members.ChangeRole(ctx, tx, who, c.AccountID, member.RoleCandidate, member.RolePeer); err != nil {
		return err
	}
	if err := s.orgs.Place(ctx, tx, c.AccountID, c.OrganisationID); err != nil {
		return err
	}
	if err := s.move(ctx, tx, c, Here); err != nil {
		return err
	}
	if err := s.count(ctx, tx, c.OrganisationID, "joined"); err != nil {
		return err
	}
	return s.note(ctx, tx, who, "welcome", c.ID)
}
