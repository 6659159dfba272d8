package supervision

import (
	"bytes"
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// attended is one conversation of one person as it counts: clear columns only.
type attended struct {
	EntryID    store.ID
	RelationID store.ID
	AccountID  store.ID
	Part       string // Peer for supervision that she had, Supervisor for what she gave
	Kind       Kind
	Day        string
	Minutes    int
}

// attendedBy lists the conversations of people at which they were, in the order of their
// days. What somebody declined does not count.
func (s *Service) attendedBy(ctx context.Context, accounts []store.ID, from, to string) ([]attended, error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	var rows []attended
	err := s.store.DB.WithContext(ctx).Raw(`SELECT e.id AS entry_id, e.relation_id, m.account_id, m.part, r.kind, e.held_day AS day, e.minutes
		FROM supervision_present p
		JOIN supervision_entries e ON e.id = p.entry_id
		JOIN supervision_relations r ON r.id = e.relation_id
		JOIN supervision_members m ON m.relation_id = e.relation_id AND m.account_id = p.account_id
		WHERE p.account_id IN ? AND e.held_day BETWEEN ? AND ? AND e.state <> 'declined'
		ORDER BY e.held_day, e.id, m.account_id`, accounts, from, to).Scan(&rows).Error
	return rows, store.Translate(err)
}

// The first and last day that a question without an end asks for.
const (
	everFrom  = "0000-01-01"
	everUntil = "9999-12-31"
)

// had keeps the conversations that were somebody's own supervision.
func had(sessions []attended) []attended {
	var mine []attended
	for _, one := range sessions {
		if one.Part == Peer {
			mine = append(mine, one)
		}
	}
	return mine
}

// byPerson puts conversations beside their people.
func byPerson(sessions []attended) map[store.ID][]attended {
	of := map[store.ID][]attended{}
	for _, one := range sessions {
		of[one.AccountID] = append(of[one.AccountID], one)
	}
	return of
}

// supervisors names who supervises in relations, also who has left since.
func (s *Service) supervisors(ctx context.Context, sessions []attended) (map[store.ID][]string, error) {
	var relations []store.ID
	for _, one := range sessions {
		relations = append(relations, one.RelationID)
	}
	slices.SortFunc(relations, func(a, b store.ID) int { return bytes.Compare(a[:], b[:]) })
	names := map[store.ID][]string{}
	for batch := range slices.Chunk(slices.Compact(relations), 400) {
		rows, err := gorm.G[Member](s.store.DB).Where("relation_id IN ? AND part = ?", batch, Supervisor).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		handles, err := member.Handles(ctx, s.store.DB, accounts(rows))
		if err != nil {
			return nil, err
		}
		for _, m := range rows {
			if handle := handles[m.AccountID]; handle != "" {
				names[m.RelationID] = append(names[m.RelationID], handle)
			}
		}
	}
	return names, nil
}
