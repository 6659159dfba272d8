package supervision

import (
	"bytes"
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// The parts that somebody can have in a relation. The peer is whoever brings her own work,
// whatever her roles are: a supervisor is the peer in her own supervision.
const (
	Peer       = "peer"
	Supervisor = "supervisor"
)

// Member is one person of a relation. Her row is made when she is proposed or invited, and
// stays when she leaves: what was sealed for her stays hers to read.
type Member struct {
	RelationID store.ID `gorm:"primaryKey"`
	AccountID  store.ID `gorm:"primaryKey"`
	Part       string
	Print      []byte      // fingerprint of the key for which the agreement was sealed
	Sign       store.Bytes // her yes; none while she has not answered
	SinceDay   string      // from when what is written is hers to read
	LeftDay    *string
	// AddedBy invited her into an open group and signed that she did; zero for those with
	// whom the relation began. So a row that somebody writes into the table is no reader.
	AddedBy   store.ID
	AddedSign store.Bytes
}

// TableName names the table.
func (Member) TableName() string { return "supervision_members" }

// Accepted reports whether she has said yes.
func (m Member) Accepted() bool { return len(m.Sign) > 0 }

// Here reports whether she is part of it today: she said yes and has not left.
func (m Member) Here() bool { return m.Accepted() && m.LeftDay == nil }

// Team is a relation with its people, in the order of their ids.
type Team struct {
	Relation
	Members []Member
}

// Of finds the row of a person who asks.
func (t Team) Of(who member.Actor) (Member, bool) {
	if who.Role == nil {
		return Member{}, false
	}
	return t.member(who.Role.ID)
}

func (t Team) member(account store.ID) (Member, bool) {
	i := slices.IndexFunc(t.Members, func(m Member) bool { return m.AccountID == account })
	if i < 0 {
		return Member{}, false
	}
	return t.Members[i], true
}

// Part says which part somebody has who has not left: Peer, Supervisor or "".
func (t Team) Part(who member.Actor) string {
	if m, ok := t.Of(who); ok && m.LeftDay == nil {
		return m.Part
	}
	return ""
}

// Accepted reports whether somebody has said yes.
func (t Team) Accepted(who member.Actor) bool {
	m, ok := t.Of(who)
	return ok && m.Accepted()
}

// Several reports whether more than two people speak here, so that a session has minutes.
func (t Team) Several() bool { return severalKind(t.Kind) }

func severalKind(k Kind) bool { return k == "group" || k == "intervision" }

// here are the people who said yes and have not left.
func (t Team) here() []Member {
	return slices.DeleteFunc(slices.Clone(t.Members), func(m Member) bool { return !m.Here() })
}

// In are the people of one part who have not left.
func (t Team) In(part string) []Member {
	return slices.DeleteFunc(slices.Clone(t.Members), func(m Member) bool { return m.Part != part || m.LeftDay != nil })
}

// founders are the people with whom it began.
func (t Team) founders() []Member {
	return slices.DeleteFunc(slices.Clone(t.Members), func(m Member) bool { return !m.AddedBy.IsZero() })
}

// with loads the people of relations.
func with(ctx context.Context, db *gorm.DB, rows []Relation) ([]Team, error) {
	ids := make([]store.ID, len(rows))
	teams := make([]Team, len(rows))
	at := map[store.ID]int{}
	for i, r := range rows {
		ids[i], teams[i].Relation, at[r.ID] = r.ID, r, i
	}
	for batch := range slices.Chunk(ids, 400) {
		people, err := gorm.G[Member](db).Where("relation_id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, m := range people {
			i := at[m.RelationID]
			teams[i].Members = append(teams[i].Members, m)
		}
	}
	for _, t := range teams {
		sortMembers(t.Members)
	}
	return teams, nil
}

// once loads a relation that she is or was part of; any other does not exist for her.
func (s *Service) once(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Team, error) {
	if who.Role == nil {
		return Team{}, fault.Missing()
	}
	r, err := gorm.G[Relation](db).
		Where("id = ? AND id IN (SELECT relation_id FROM supervision_members WHERE account_id = ?)", id, who.Role.ID).First(ctx)
	if err != nil {
		return Team{}, store.Translate(err)
	}
	teams, err := with(ctx, db, []Relation{r})
	if err != nil {
		return Team{}, err
	}
	return teams[0], nil
}

// mine loads a relation that she is part of today.
func (s *Service) mine(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Team, error) {
	t, err := s.once(ctx, db, who, id)
	if err == nil && t.Part(who) == "" {
		return Team{}, fault.Missing()
	}
	return t, err
}

func sortMembers(list []Member) {
	slices.SortFunc(list, func(a, b Member) int { return bytes.Compare(a.AccountID[:], b.AccountID[:]) })
}

func accounts(list []Member) []store.ID {
	ids := make([]store.ID, len(list))
	for i, m := range list {
		ids[i] = m.AccountID
	}
	return ids
}
