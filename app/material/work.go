package material

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Workshop is a material as its group sees it.
type Workshop struct {
	Material
	Stands       State
	Text         Version // newest; Number 0 where nothing is written
	Versions     []VersionLine
	People       []GroupPerson
	Me           GroupPerson
	Suggestions  []SuggestionLine
	Waiting      int // suggestions without an answer
	Consultation *Heard
	Decisions    []Decided // newest first
	Readers      ReadersSaid
	Steps        map[State]bool // where she may move it now
	Terms        []Term         // words that the group decided on
	Shown        bool           // readers see it now
	Withdraw     bool           // she may take it back from them
}

// Workshop reads everything that a group works with. Anybody else finds nothing.
func (s *Service) Workshop(ctx context.Context, who member.Actor, id store.ID) (Workshop, error) {
	var w Workshop
	in, err := inGroup(ctx, s.store.DB, who, id)
	if err != nil {
		return w, err
	}
	if !in {
		return w, fault.Missing()
	}
	if w.Material, err = find(ctx, s.store.DB, id); err != nil {
		return w, err
	}
	w.Stands, w.Steps = w.Material.Stands(s.store.Today()), map[State]bool{}
	for _, to := range States {
		w.Steps[to] = w.May(who, true, to)
	}
	if w.Version > 0 {
		if w.Text, err = versionOf(ctx, s.store.DB, id, w.Version); err != nil {
			return w, err
		}
	}
	if w.People, err = peopleOf(ctx, s.store.DB, id); err != nil {
		return w, err
	}
	for _, p := range w.People {
		if p.RoleAccountID == who.Role.ID {
			w.Me = p
		}
	}
	if w.Versions, err = versionLines(ctx, s.store.DB, w.Material); err != nil {
		return w, err
	}
	return w, s.workshopSaid(ctx, who, &w)
}

// workshopSaid adds what others said: suggestions, the consultation, votes and readers.
func (s *Service) workshopSaid(ctx context.Context, who member.Actor, w *Workshop) (err error) {
	db := s.store.DB
	if w.Suggestions, err = s.suggestionLines(ctx, who, w.ID, 0); err != nil {
		return err
	}
	for _, l := range w.Suggestions {
		if l.State == Open {
			w.Waiting++
		}
	}
	consultations, err := gorm.G[Consultation](db).Where("material_id = ?", w.ID).Order("number DESC").Limit(1).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	if len(consultations) == 1 {
		h, err := s.heard(ctx, consultations[0])
		if err != nil {
			return err
		}
		w.Consultation = &h
	}
	votes, err := gorm.G[Decision](db).Where("material_id = ?", w.ID).Order("number DESC").Limit(5).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, d := range votes {
		one, err := s.decided(ctx, who, d)
		if err != nil {
			return err
		}
		w.Decisions = append(w.Decisions, one)
	}
	if w.Terms, err = termsOf(ctx, db, w.ID); err != nil {
		return err
	}
	if w.Shown, err = s.shown(ctx, db, w.Material); err != nil {
		return err
	}
	w.Withdraw = w.MayWithdraw(who, true)
	w.Readers, err = readersSaid(ctx, db, w.Material)
	return err
}

// WorkLine is a material in the list of people with roles, with what waits in it.
type WorkLine struct {
	Material
	Stands     State
	In         bool   // she is of its group
	Leaderless bool   // its last leader has left
	Waiting    int    // suggestions without an answer
	Closes     string // day of an open consultation
	Community  int
	Least      int
	VoteCloses string // day of an open vote
	Voted      bool   // by her
	VoteIsDue  bool
}

// ForMe reports whether something in the line waits for her.
func (l WorkLine) ForMe(today string) bool {
	if !l.In {
		return false
	}
	return l.Waiting > 0 || l.VoteCloses != "" && (!l.Voted || l.VoteIsDue) || l.State == Translating || l.Stands == ReviewIsDue ||
		l.State == Consulting && (l.Closes <= today || l.Community >= l.Least)
}

// mostWork is how many materials of other groups a page of the work list has.
const mostWork = 100

// Work lists materials that are not archived, for people with roles: first all of her own
// groups, then those of others by title, a page at a time. After is the last one that she
// has seen; next is where the next page begins, zero for none. It asks as many questions
// whatever the number of rows.
func (s *Service) Work(ctx context.Context, who member.Actor, after store.ID) (lines []WorkLine, next store.ID, err error) {
	if who.Role == nil {
		return nil, next, fault.Missing()
	}
	live := func() gorm.ChainInterface[Material] {
		return gorm.G[Material](s.store.DB).Where("state <> ? AND state <> ?", Archived, Idea).Order("title, id")
	}
	const own = "SELECT material_id FROM material_people WHERE role_account_id = ?"
	rows, err := live().Where("id IN ("+own+")", who.Role.ID).Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return nil, next, store.Translate(err)
	}
	others, next, err := keyset(ctx, live().Where("id NOT IN ("+own+")", who.Role.ID), after, mostWork)
	if err != nil {
		return nil, next, err
	}
	rows = append(rows, others...)
	if len(rows) == 0 {
		return nil, next, nil
	}
	lines, err = s.workLines(ctx, who, rows)
	return lines, next, err
}

// keyset reads one page of a list by title. It asks for one row more than it gives, to know
// whether there is a next page.
func keyset(ctx context.Context, q gorm.ChainInterface[Material], after store.ID, most int) (rows []Material, next store.ID, err error) {
	if !after.IsZero() {
		q = q.Where("(title, id) > (SELECT title, id FROM materials WHERE id = ?)", after)
	}
	if rows, err = q.Limit(most + 1).Find(ctx); err != nil {
		return nil, next, store.Translate(err)
	}
	if len(rows) > most {
		rows = rows[:most]
		next = rows[most-1].ID
	}
	return rows, next, nil
}

// Archived lists what lies in the archive, for those who may bring it back, a page at a time.
func (s *Service) Archived(ctx context.Context, who member.Actor, after store.ID) ([]Material, store.ID, error) {
	if !Keepers.holds(who, false) {
		return nil, store.ID{}, fault.Missing()
	}
	return keyset(ctx, gorm.G[Material](s.store.DB).Where("state = ?", Archived).Order("title, id"), after, mostWork)
}

func (s *Service) workLines(ctx context.Context, who member.Actor, rows []Material) ([]WorkLine, error) {
	lines, at := make([]WorkLine, len(rows)), map[store.ID]*WorkLine{}
	for i, m := range rows {
		lines[i] = WorkLine{Material: m, Stands: m.Stands(s.store.Today()), Leaderless: true}
		at[m.ID] = &lines[i]
	}
	if err := s.workPeople(ctx, who, at); err != nil {
		return nil, err
	}
	waiting, err := s.count(ctx, "SELECT material_id AS id, COUNT(*) AS n FROM material_suggestions WHERE state = 'open' GROUP BY material_id")
	if err != nil {
		return nil, err
	}
	for id, n := range waiting {
		if l := at[id]; l != nil {
			l.Waiting = n
		}
	}
	if err := s.workConsultations(ctx, at); err != nil {
		return nil, err
	}
	return lines, s.workVotes(ctx, who, at)
}

func (s *Service) workPeople(ctx context.Context, who member.Actor, at map[store.ID]*WorkLine) error {
	leaders, err := member.Colleagues(ctx, s.store.DB, member.RoleLeader)
	if err != nil {
		return err
	}
	leads := map[store.ID]bool{}
	for _, r := range leaders {
		leads[r.ID] = true
	}
	people, err := gorm.G[Person](s.store.DB).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, p := range people {
		if l := at[p.MaterialID]; l != nil {
			l.In = l.In || p.RoleAccountID == who.Role.ID
			l.Leaderless = l.Leaderless && !leads[p.RoleAccountID]
		}
	}
	return nil
}

func (s *Service) workConsultations(ctx context.Context, at map[store.ID]*WorkLine) error {
	open, err := gorm.G[Consultation](s.store.DB).Where("state = ?", Open).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	voices, err := s.count(ctx, `SELECT consultation_id AS id, COUNT(*) AS n FROM material_voices
		WHERE community = ? AND consultation_id IN (SELECT id FROM material_consultations WHERE state = 'open') GROUP BY consultation_id`, true)
	if err != nil {
		return err
	}
	for _, c := range open {
		if l := at[c.MaterialID]; l != nil {
			l.Closes, l.Community, l.Least = c.ClosesDay, voices[c.ID], c.Least
		}
	}
	return nil
}

func (s *Service) workVotes(ctx context.Context, who member.Actor, at map[store.ID]*WorkLine) error {
	open, err := gorm.G[Decision](s.store.DB).Where("state = ?", Open).Find(ctx)
	if err != nil || len(open) == 0 {
		return store.Translate(err)
	}
	var tags [][]byte
	for _, d := range open {
		tags = append(tags, who.Tags(purposeVote, d.ID)...)
	}
	ballots, err := gorm.G[Ballot](s.store.DB).Where("tag IN ?", tags).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	mine := map[store.ID]bool{}
	for _, b := range ballots {
		mine[b.DecisionID] = true
	}
	for _, d := range open {
		if l := at[d.MaterialID]; l != nil {
			l.VoteCloses, l.Voted, l.VoteIsDue = d.ClosesDay, mine[d.ID], d.ClosesDay < s.store.Today()
		}
	}
	return nil
}

// ReviewsDue lists for coordinators the texts that readers see and whose day to look at them
// again is over, those that wait longest first. For anybody else there are none.
func (s *Service) ReviewsDue(ctx context.Context, who member.Actor) ([]Material, error) {
	if !who.Has(member.RoleCoordinator) {
		return nil, nil
	}
	rows, err := gorm.G[Material](s.store.DB).Where("published_version > 0 AND state <> ? AND review_day < ?", Archived, s.store.Today()).
		Order("review_day, id").Limit(mostAtOnce).Find(ctx)
	return rows, store.Translate(err)
}
