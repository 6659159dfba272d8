package onboarding

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// StepView is a step with its owner's handle and, for who may read it, its note.
type StepView struct {
	Step
	Owner, Note string
	Now, Late   bool
}

// Said is a message in words.
type Said struct {
	Message
	Words string
}

// VoteView is a vote without a count while it is open. Reasons are for the candidate and
// the coordinators.
type VoteView struct {
	Vote
	Tally
	Criteria []string // the sentences of its version
	Aside    bool     // she stepped aside
	Mine     bool     // she has voted
	Reasons  []Reason
}

// Reason is why somebody said no.
type Reason struct{ Criterion, Words string }

// AppealView is an appeal in words.
type AppealView struct {
	Appeal
	Words, Reason string
}

// OfferView is an offer in words.
type OfferView struct {
	Offer
	Terms string
}

// PanelView is one of a panel, with her note for the panel.
type PanelView struct {
	Panelist
	Handle, Note string
}

// View is a path as one person may see it.
type View struct {
	Candidacy
	Organisation string
	Handle       string // hers, "" before she comes
	Posting      string
	Words        string
	Steps        []StepView
	At           int // the step that is next, -1 for none
	Messages     []Said
	Votes        []VoteView
	Appeal       *AppealView
	Offers       []OfferView
	Panel        []PanelView
	Rules        Signature
	Signed       bool // there is a signature
	Holds        bool // and it fits her key
	AppealUntil  string
}

// Next is the step that is next.
func (v View) Next() (StepView, bool) {
	if v.At < 0 || !v.Running() {
		return StepView{}, false
	}
	return v.Steps[v.At], true
}

// Mine is her own path; there is none where found is false.
func (s *Service) Mine(ctx context.Context, who member.Actor, lang string) (v View, found bool, err error) {
	c, there, err := mine(ctx, s.store.DB, who)
	if err != nil || !there {
		return v, false, err
	}
	v, err = s.view(ctx, who, c, lang)
	return v, true, err
}

// Path is one path for a coordinator. Panel notes open only for the panel.
func (s *Service) Path(ctx context.Context, who member.Actor, id store.ID, lang string) (View, error) {
	if !coordinates(who) {
		return View{}, fault.Missing()
	}
	c, err := find(ctx, s.store.DB, id)
	if err != nil {
		return View{}, err
	}
	if !c.AccountID.IsZero() && c.AccountID == who.Role.ID {
		return View{}, fault.Missing() // her own path is on her own page
	}
	return s.view(ctx, who, c, lang)
}

// view fills a path. What is sealed opens only where her keys open it.
func (s *Service) view(ctx context.Context, who member.Actor, c Candidacy, lang string) (View, error) {
	v := View{Candidacy: c, At: -1}
	o, err := s.organisation(ctx, s.store.DB, c.OrganisationID)
	if err != nil {
		return v, err
	}
	v.Organisation = o.Name
	if !c.PostingID.IsZero() {
		rows, err := gorm.G[Posting](s.store.DB).Where("id = ?", c.PostingID).Limit(1).Find(ctx)
		if err != nil {
			return v, store.Translate(err)
		}
		if len(rows) == 1 {
			v.Posting = rows[0].Title
		}
	}
	for _, fill := range []func(context.Context, member.Actor, *View) error{s.fillSteps, s.fillMessages, s.fillOffers, s.fillAppeal} {
		if err := fill(ctx, who, &v); err != nil {
			return v, err
		}
	}
	if err := s.fillVotes(ctx, who, &v, lang); err != nil {
		return v, err
	}
	v.Rules, v.Signed, v.Holds, err = s.signed(ctx, c.ID)
	return v, err
}

func (s *Service) fillSteps(ctx context.Context, who member.Actor, v *View) error {
	steps, err := stepsOf(ctx, s.store.DB, v.ID)
	if err != nil {
		return err
	}
	panel, err := panelOf(ctx, s.store.DB, v.ID)
	if err != nil {
		return err
	}
	people, notes := []store.ID{v.AccountID}, []store.ID{v.WordsID, v.HerWordsID}
	for _, st := range steps {
		people, notes = append(people, st.OwnerID), append(notes, st.NoteID)
	}
	for _, p := range panel {
		people, notes = append(people, p.AccountID), append(notes, p.NoteID)
	}
	names, err := member.Handles(ctx, s.store.DB, slices.DeleteFunc(people, store.ID.IsZero))
	if err != nil {
		return err
	}
	open, err := words(ctx, s.store.DB, who, notes...)
	if err != nil {
		return err
	}
	v.Handle, v.Words = names[v.AccountID], open[v.WordsID]
	if v.Words == "" {
		v.Words = open[v.HerWordsID]
	}
	v.At = current(steps)
	for i, st := range steps {
		v.Steps = append(v.Steps, StepView{st, names[st.OwnerID], open[st.NoteID], i == v.At && v.Running(), v.Running() && st.Late(s.store.Today())})
	}
	for _, p := range panel {
		v.Panel = append(v.Panel, PanelView{p, names[p.AccountID], open[p.NoteID]})
	}
	return nil
}

func (s *Service) fillMessages(ctx context.Context, who member.Actor, v *View) error {
	rows, err := gorm.G[Message](s.store.DB).Where("candidacy_id = ?", v.ID).Order("number").Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	var ids []store.ID
	for _, m := range rows {
		ids = append(ids, m.WordsID)
	}
	open, err := words(ctx, s.store.DB, who, ids...)
	for _, m := range rows {
		if text, ok := open[m.WordsID]; ok {
			v.Messages = append(v.Messages, Said{m, text})
		}
	}
	return err
}

func (s *Service) fillOffers(ctx context.Context, who member.Actor, v *View) error {
	rows, err := gorm.G[Offer](s.store.DB).Where("candidacy_id = ?", v.ID).Order("number DESC").Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, o := range rows {
		open, err := words(ctx, s.store.DB, who, o.TermsID)
		if err != nil {
			return err
		}
		v.Offers = append(v.Offers, OfferView{o, open[o.TermsID]})
	}
	return nil
}

func (s *Service) fillAppeal(ctx context.Context, who member.Actor, v *View) error {
	rows, err := gorm.G[Appeal](s.store.DB).Where("candidacy_id = ?", v.ID).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return store.Translate(err)
	}
	open, err := words(ctx, s.store.DB, who, rows[0].WordsID, rows[0].ReasonID)
	v.Appeal = &AppealView{rows[0], open[rows[0].WordsID], open[rows[0].ReasonID]}
	return err
}

func (s *Service) fillVotes(ctx context.Context, who member.Actor, v *View, lang string) error {
	rows, err := gorm.G[Vote](s.store.DB).Where("candidacy_id = ?", v.ID).Order("number").Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, row := range rows {
		one, err := s.voteView(ctx, who, v.OrganisationID, row, lang)
		if err != nil {
			return err
		}
		v.Votes = append(v.Votes, one)
		if row.State == VoteNo && v.Appeal == nil && v.State == Open {
			v.AppealUntil = store.DaysAfter(*row.ClosedDay, appealDays)
		}
	}
	if v.AppealUntil < s.store.Today() {
		v.AppealUntil = ""
	}
	return nil
}

// voteView shows a vote: a count and reasons only when it is over.
func (s *Service) voteView(ctx context.Context, who member.Actor, organisation store.ID, row Vote, lang string) (VoteView, error) {
	v := VoteView{Vote: row}
	list, err := criteria(ctx, s.store.DB, organisation, row.Criteria, lang)
	if err != nil {
		return v, err
	}
	v.Criteria = list.List()
	if v.Mine, err = hasVoted(ctx, s.store.DB, who, row.ID); err != nil || row.State == VoteOpen {
		return v, err
	}
	if v.Tally, err = tallyOf(ctx, s.store.DB, row.ID); err != nil {
		return v, err
	}
	choices, err := gorm.G[Choice](s.store.DB).Where("vote_id = ? AND choice = 'no'", row.ID).Order("id").Find(ctx)
	if err != nil {
		return v, store.Translate(err)
	}
	for _, c := range choices {
		open, err := words(ctx, s.store.DB, who, c.ReasonID)
		if err != nil {
			return v, err
		}
		r := Reason{Words: open[c.ReasonID]}
		if c.Criterion > 0 && c.Criterion <= len(v.Criteria) {
			r.Criterion = v.Criteria[c.Criterion-1]
		}
		v.Reasons = append(v.Reasons, r)
	}
	return v, nil
}
