package supervision

import (
	"context"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// ReadRow says that somebody opened what another wrote, by the day and no finer. It is for
// whoever wrote it, and goes with the account of either of them.
type ReadRow struct {
	EntryID   store.ID `gorm:"primaryKey"`
	AccountID store.ID `gorm:"primaryKey"`
	Day       string   `gorm:"primaryKey"`
}

// TableName names the table.
func (ReadRow) TableName() string { return "supervision_reads" }

// Reading is one day on which somebody opened one of her entries.
type Reading struct {
	Entry  store.ID
	Held   string // day of the conversation
	Handle string
	Day    string
}

// Readers lists who opened what she wrote in a relation, newest first. What she wrote before
// she changed her supervisor belongs to it: she may have shared it here.
func (s *Service) Readers(ctx context.Context, who member.Actor, relation store.ID) ([]Reading, error) {
	t, err := s.once(ctx, s.store.DB, who, relation)
	if err != nil {
		return nil, err
	}
	relations, err := s.former(ctx, t.Relation)
	if err != nil {
		return nil, err
	}
	relations = append(relations, relation)
	entries, err := gorm.G[Entry](s.store.DB).Where("relation_id IN ? AND led_by = ?", relations, who.Role.ID).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	held := map[store.ID]string{}
	for _, e := range entries {
		held[e.ID] = e.HeldDay
	}
	rows, err := gorm.G[ReadRow](s.store.DB).
		Where("entry_id IN (SELECT id FROM supervision_entries WHERE relation_id IN ? AND led_by = ?)", relations, who.Role.ID).
		Order("day DESC, entry_id, account_id").Limit(1000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	people := make([]store.ID, len(rows))
	for i, r := range rows {
		people[i] = r.AccountID
	}
	handles, err := member.Handles(ctx, s.store.DB, people)
	if err != nil {
		return nil, err
	}
	list := make([]Reading, len(rows))
	for i, r := range rows {
		list[i] = Reading{Entry: r.EntryID, Held: held[r.EntryID], Handle: handles[r.AccountID], Day: r.Day}
	}
	return list, nil
}

// eraseReads removes what she opened, and who opened what she wrote.
func eraseReads(ctx context.Context, tx *gorm.DB, account store.ID) error {
	_, err := gorm.G[ReadRow](tx).
		Where("account_id = ? OR entry_id IN (SELECT id FROM supervision_entries WHERE led_by = ?)", account, account).Delete(ctx)
	return err
}
