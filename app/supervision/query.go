package supervision

import (
	"context"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// Line is a relation as its two people and the coordinator may see it: clear columns only.
type Line struct {
	Relation
	Peer, Supervisor string // handles
	LastDay          string // of the last conversation, "" for none
	Held             int    // conversations
	Minutes          int
	OpenActions      int
	FirstDue         string // the earliest day of an open action, ""
	DueBy            string // the last day that keeps the rhythm with its grace, ""
	Overdue          bool
}

// Mine lists her relations: proposals first, then open ones, then what is over.
func (s *Service) Mine(ctx context.Context, who member.Actor) ([]Line, error) {
	if who.Role == nil {
		return nil, missing()
	}
	rows, err := gorm.G[Relation](s.store.DB).Where("peer_id = ? OR supervisor_id = ?", who.Role.ID, who.Role.ID).
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
		return nil, missing()
	}
	rows, err := gorm.G[Relation](s.store.DB).Where("state IN ?", []string{Proposed, Open}).Order("state, id").Limit(500).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.lines(ctx, rows)
}

// Relation returns one of her relations.
func (s *Service) Relation(ctx context.Context, who member.Actor, id store.ID) (Line, error) {
	r, err := s.mine(ctx, s.store.DB, who, id)
	if err != nil {
		return Line{}, err
	}
	lines, err := s.lines(ctx, []Relation{r})
	if err != nil {
		return Line{}, err
	}
	return lines[0], nil
}

// Agreement reads the words that opened a relation; "" once their time is over.
func (s *Service) Agreement(ctx context.Context, who member.Actor, r Relation) (string, error) {
	if _, err := s.mine(ctx, s.store.DB, who, r.ID); err != nil {
		return "", err
	}
	found, err := member.OpenAllForRole(ctx, s.store.DB, who, []store.ID{r.AgreementID})
	if err != nil || found[r.AgreementID] == "" {
		return "", err
	}
	var words string
	return words, read(found[r.AgreementID], &words)
}

// lines adds to relations what can be counted without opening anything.
func (s *Service) lines(ctx context.Context, rows []Relation) ([]Line, error) {
	var people, ids []store.ID
	for _, r := range rows {
		people, ids = append(people, r.PeerID, r.SupervisorID), append(ids, r.ID)
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
	lines := make([]Line, len(rows))
	for i, r := range rows {
		h, a := held[r.ID], open[r.ID]
		l := Line{Relation: r, Peer: handles[r.PeerID], Supervisor: handles[r.SupervisorID], LastDay: h.Day, Held: h.N, Minutes: h.Minutes, OpenActions: a.N, FirstDue: a.Day}
		l.DueBy = r.dueBy(h.Day)
		l.Overdue = l.DueBy != "" && s.store.Today() > l.DueBy
		lines[i] = l
	}
	return lines, nil
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

// Entries lists the conversations of a relation, newest first.
func (s *Service) Entries(ctx context.Context, who member.Actor, relation store.ID) ([]Entry, error) {
	if _, err := s.mine(ctx, s.store.DB, who, relation); err != nil {
		return nil, err
	}
	rows, err := gorm.G[Entry](s.store.DB).Where("relation_id = ?", relation).Order("held_day DESC, id").Limit(200).Find(ctx)
	return rows, store.Translate(err)
}

// Opened is an entry as its two people read it.
type Opened struct {
	Entry
	Relation Line
	Words    Words
	Gone     bool // the time of the words is over
	Links    []OpenLink
	Done     map[store.ID]bool // agreed actions that are done
	Frozen   bool
	Mine     string // "peer" or "supervisor"
	Said     bool   // she has given her verdict
}

// OpenLink is a signature or an addition with its words.
type OpenLink struct {
	Link
	Handle string
	Words  string
}

// Read opens an entry for one of its two people. What the supervisor opens is logged: the
// peer wrote it.
func (s *Service) Read(ctx context.Context, who member.Actor, id store.ID) (Opened, error) {
	e, r, err := s.entry(ctx, s.store.DB, who, id)
	if err != nil {
		return Opened{}, err
	}
	lines, err := s.lines(ctx, []Relation{r})
	if err != nil {
		return Opened{}, err
	}
	o := Opened{Entry: e, Relation: lines[0], Done: map[store.ID]bool{}, Mine: r.Part(who)}
	links, err := gorm.G[Link](s.store.DB).Where("entry_id = ?", id).Order("number").Find(ctx)
	if err != nil {
		return o, store.Translate(err)
	}
	o.Frozen = len(links) > 0
	if err := s.openWords(ctx, who, &o, links); err != nil {
		return o, err
	}
	actions, err := gorm.G[ActionRow](s.store.DB).Where("entry_id = ?", id).Find(ctx)
	if err != nil {
		return o, store.Translate(err)
	}
	for _, a := range actions {
		o.Done[a.ID] = a.DoneDay != nil
	}
	if o.Mine != "peer" && !o.Gone {
		return o, s.noteRead(ctx, who, e.WordsID)
	}
	return o, nil
}

func (s *Service) openWords(ctx context.Context, who member.Actor, o *Opened, links []Link) error {
	records := []store.ID{o.WordsID}
	for _, l := range links {
		if !l.WordsID.IsZero() {
			records = append(records, l.WordsID)
		}
	}
	found, err := member.OpenAllForRole(ctx, s.store.DB, who, records)
	if err != nil {
		return err
	}
	if words, ok := found[o.WordsID]; ok {
		if err := read(words, &o.Words); err != nil {
			return err
		}
	} else {
		o.Gone = true
	}
	for _, l := range links {
		one := OpenLink{Link: l, Handle: o.Relation.Supervisor}
		if l.SignerID == o.Relation.PeerID {
			one.Handle = o.Relation.Peer
		}
		if words, ok := found[l.WordsID]; ok {
			if err := read(words, &one.Words); err != nil {
				return err
			}
		}
		o.Said = o.Said || l.SignerID == who.Role.ID && l.Verdict != Add
		o.Links = append(o.Links, one)
	}
	return nil
}

// Held is one conversation as working time.
type Held struct {
	Entry   store.ID
	Day     string
	Minutes int
}

// Hours lists the conversations of a person between two days, both included: supervision
// is work, and her time sheet proposes them. Clear columns only.
func (s *Service) Hours(ctx context.Context, account store.ID, from, to string) ([]Held, error) {
	rows, err := gorm.G[Entry](s.store.DB).
		Where("held_day BETWEEN ? AND ? AND state <> ? AND relation_id IN (SELECT id FROM supervision_relations WHERE peer_id = ? OR supervisor_id = ?)",
			from, to, Declined, account, account).Order("held_day, id").Limit(200).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	held := make([]Held, len(rows))
	for i, e := range rows {
		held[i] = Held{Entry: e.ID, Day: e.HeldDay, Minutes: e.Minutes}
	}
	return held, nil
}
