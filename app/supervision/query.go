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

// Line is a relation as its people and the coordinator may see it: clear columns only.
type Line struct {
	Team
	People           []Person
	Peer, Supervisor string // handles of those who have not left, with commas between
	LastDay          string // of the last conversation, "" for none
	Held             int    // conversations
	Minutes          int
	OpenActions      int
	FirstDue         string // the earliest day of an open action, ""
	DueBy            string // the last day that keeps the rhythm with its grace, ""
	Overdue          bool
	ReviewDue        bool // the agreement is to be looked at again
}

// Person is somebody of a relation by her handle.
type Person struct {
	Member
	Handle string
	Why    string // why nothing is sealed for her any more: Gone, KeyChanged, Left or ""
}

// ofHers are the relations of a person who has not left them.
const ofHers = "id IN (SELECT relation_id FROM supervision_members WHERE account_id = ? AND left_day IS NULL)"

// Mine lists her relations: proposals first, then open ones, then what is over.
func (s *Service) Mine(ctx context.Context, who member.Actor) ([]Line, error) {
	if who.Role == nil {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Relation](s.store.DB).Where("id IN (SELECT relation_id FROM supervision_members WHERE account_id = ?)", who.Role.ID).
		Order("CASE state WHEN 'proposed' THEN 0 WHEN 'open' THEN 1 ELSE 2 END, id").Limit(200).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.lines(ctx, rows)
}

// Overview is the management view: for coordinators, over every relation that is open or
// proposed, without any word that was said.
func (s *Service) Overview(ctx context.Context, who member.Actor) ([]Line, error) {
	if !who.Has(member.RoleCoordinator) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Relation](s.store.DB).Where("state IN ?", []string{Proposed, Open}).Order("state, id").Limit(500).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.lines(ctx, rows)
}

// Relation returns one of her relations, also one that she has left, with who can be
// reached.
func (s *Service) Relation(ctx context.Context, who member.Actor, id store.ID) (Line, error) {
	t, err := s.once(ctx, s.store.DB, who, id)
	if err != nil {
		return Line{}, err
	}
	lines, err := s.lines(ctx, []Relation{t.Relation})
	if err != nil {
		return Line{}, err
	}
	for i := range lines[0].People {
		p := &lines[0].People[i]
		if p.Why, err = reach(ctx, s.store.DB, p.Member); err != nil {
			return Line{}, err
		}
	}
	return lines[0], nil
}

// Agreement reads the words that opened a relation; empty once their time is over. Before
// there were several people they were one text.
func (s *Service) Agreement(ctx context.Context, who member.Actor, r Relation) (Terms, error) {
	if _, err := s.once(ctx, s.store.DB, who, r.ID); err != nil {
		return Terms{}, err
	}
	return s.terms(ctx, who, r)
}

func (s *Service) terms(ctx context.Context, who member.Actor, r Relation) (terms Terms, err error) {
	found, err := member.OpenAllForRole(ctx, s.store.DB, who, []store.ID{r.AgreementID})
	if err != nil || found[r.AgreementID] == "" {
		return terms, err
	}
	if strings.HasPrefix(found[r.AgreementID], `"`) {
		return terms, read(found[r.AgreementID], &terms.Agreement)
	}
	return terms, read(found[r.AgreementID], &terms)
}

// lines adds to relations what can be counted without opening anything.
func (s *Service) lines(ctx context.Context, rows []Relation) ([]Line, error) {
	teams, err := with(ctx, s.store.DB, rows)
	if err != nil {
		return nil, err
	}
	var people, ids []store.ID
	for _, t := range teams {
		people, ids = append(people, accounts(t.Members)...), append(ids, t.ID)
	}
	handles, err := member.Handles(ctx, s.store.DB, people)
	if err != nil {
		return nil, err
	}
	held, err := s.held(ctx, ids)
	if err != nil {
		return nil, err
	}
	open, err := s.openActions(ctx, ids)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(teams))
	for i, t := range teams {
		h, a := held[t.ID], open[t.ID]
		l := Line{Team: t, LastDay: h.Day, Held: h.N, Minutes: h.Minutes, OpenActions: a.N, FirstDue: a.Day}
		l.Peer, l.Supervisor = names(t.In(Peer), handles), names(t.In(Supervisor), handles)
		for _, m := range t.Members {
			l.People = append(l.People, Person{Member: m, Handle: handles[m.AccountID]})
		}
		l.DueBy = t.dueBy(h.Day)
		l.Overdue = l.DueBy != "" && s.store.Today() > l.DueBy
		l.ReviewDue = t.State == Open && t.ReviewDay != nil && s.store.Today() > *t.ReviewDay
		lines[i] = l
	}
	return lines, nil
}

func names(list []Member, handles map[store.ID]string) string {
	words := make([]string, len(list))
	for i, m := range list {
		words[i] = handles[m.AccountID]
	}
	slices.Sort(words)
	return strings.Join(words, ", ")
}

// counted is what a question over many relations answers for one.
type counted struct {
	RelationID store.ID
	N          int
	Minutes    int
	Day        string
}

func (s *Service) held(ctx context.Context, ids []store.ID) (map[store.ID]counted, error) {
	return s.count(ctx, `SELECT relation_id, COUNT(*) AS n, SUM(minutes) AS minutes, MAX(held_day) AS day
		FROM supervision_entries WHERE relation_id IN ? AND state <> 'declined' GROUP BY relation_id`, ids)
}

func (s *Service) openActions(ctx context.Context, ids []store.ID) (map[store.ID]counted, error) {
	return s.count(ctx, `SELECT relation_id, COUNT(*) AS n, 0 AS minutes, COALESCE(MIN(due_day), '') AS day
		FROM supervision_actions WHERE relation_id IN ? AND done_day IS NULL GROUP BY relation_id`, ids)
}

func (s *Service) count(ctx context.Context, question string, ids []store.ID) (map[store.ID]counted, error) {
	found := map[store.ID]counted{}
	if len(ids) == 0 {
		return found, nil
	}
	var rows []counted
	if err := s.store.DB.WithContext(ctx).Raw(question, ids).Scan(&rows).Error; err != nil {
		return nil, store.Translate(err)
	}
	for _, row := range rows {
		found[row.RelationID] = row
	}
	return found, nil
}

// Entries lists the conversations of a relation that are hers to open, newest first.
func (s *Service) Entries(ctx context.Context, who member.Actor, relation store.ID) ([]Entry, error) {
	if _, err := s.once(ctx, s.store.DB, who, relation); err != nil {
		return nil, err
	}
	return s.entriesOf(ctx, who, relation)
}

func (s *Service) entriesOf(ctx context.Context, who member.Actor, relation store.ID) ([]Entry, error) {
	rows, err := gorm.G[Entry](s.store.DB).Where("relation_id = ? AND "+hers, relation, who.Role.ID, who.Role.ID.String()).
		Order("held_day DESC, id").Limit(200).Find(ctx)
	return rows, store.Translate(err)
}

// Held is one conversation as working time.
type Held struct {
	Entry   store.ID
	Day     string
	Minutes int
	Kind    Kind // of the relation: mentoring is work of its own kind
}

// Hours lists the conversations at which a person was between two days, both included:
// supervision is work, and her time sheet proposes them. Clear columns only.
func (s *Service) Hours(ctx context.Context, account store.ID, from, to string) ([]Held, error) {
	rows, err := gorm.G[Entry](s.store.DB).
		Where("held_day BETWEEN ? AND ? AND state <> ? AND id IN (SELECT entry_id FROM supervision_present WHERE account_id = ?)", from, to, Declined, account).
		Order("held_day, id").Limit(200).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var relations []store.ID
	for _, e := range rows {
		relations = append(relations, e.RelationID)
	}
	found, err := gorm.G[Relation](s.store.DB).Where("id IN ?", relations).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	kinds := map[store.ID]Kind{}
	for _, r := range found {
		kinds[r.ID] = r.Kind
	}
	held := make([]Held, len(rows))
	for i, e := range rows {
		held[i] = Held{Entry: e.ID, Day: e.HeldDay, Minutes: e.Minutes, Kind: kinds[e.RelationID]}
	}
	return held, nil
}
