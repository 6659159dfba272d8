package directory

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/content"
)

// Relation says how one entry stands to another: it is a member of it, has an agreement with
// it, is a part of it, or runs it.
type Relation struct {
	FromID  string `gorm:"primaryKey"`
	Kind    string `gorm:"primaryKey"` // one of content.EntryRelations
	ToID    string `gorm:"primaryKey"`
	Shipped bool   // it came with the program and goes with it
}

// TableName names the table.
func (Relation) TableName() string { return "directory_relations" }

// mostRelations is how many relations a page shows; a network may have hundreds of members.
const mostRelations = 60

// Related is a relation as the page of an entry shows it, seen from that entry.
type Related struct {
	Kind  string
	Back  bool // the other entry is the one that is a member, a part, run by this one
	Other string
	Name  string
	// Shipped is a relation that came with the program.
	Shipped bool
}

// Related lists how an entry stands to others, its own relations first, then by name.
func (s *Service) Related(ctx context.Context, id string) ([]Related, error) {
	var rows []Related
	err := s.store.DB.WithContext(ctx).Raw(`SELECT r.kind AS kind, FALSE AS back, e.id AS other, e.name AS name, r.shipped AS shipped FROM directory_relations r JOIN directory_entries e ON e.id = r.to_id WHERE r.from_id = ?
		UNION ALL SELECT r.kind AS kind, TRUE AS back, e.id AS other, e.name AS name, r.shipped AS shipped FROM directory_relations r JOIN directory_entries e ON e.id = r.from_id WHERE r.to_id = ?
		ORDER BY back, kind, name, other LIMIT ?`, id, id, mostRelations).Scan(&rows).Error
	return rows, store.Translate(err)
}

// Relate says how an entry stands to another, which is named by its id. Saying it twice is
// saying it once.
func (s *Service) Relate(ctx context.Context, who member.Actor, r Relation) error {
	if !mayTend(who) || !slices.Contains(content.EntryRelations, r.Kind) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := entryIn(ctx, tx, r.FromID); err != nil {
			return err
		}
		if _, err := entryIn(ctx, tx, r.ToID); err != nil || r.ToID == r.FromID {
			return fault.Mend(fault.Field{Name: "to", Key: "directory.relate.unknown"})
		}
		known, err := gorm.G[Relation](tx).Where("from_id = ? AND kind = ? AND to_id = ?", r.FromID, r.Kind, r.ToID).Count(ctx, "*")
		if err != nil || known > 0 {
			return err
		}
		r.Shipped = false
		if err := gorm.G[Relation](tx).Create(ctx, &r); err != nil {
			return err
		}
		return s.note(ctx, tx, "directory related", who, r.FromID)
	})
}

// Unrelate takes a relation back. One that is shipped comes again at the next start, so a
// coordinator who knows better says so to the project; here it is not found.
func (s *Service) Unrelate(ctx context.Context, who member.Actor, r Relation) error {
	if !mayTend(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		gone, err := gorm.G[Relation](tx).Where("from_id = ? AND kind = ? AND to_id = ? AND shipped = ?", r.FromID, r.Kind, r.ToID, false).Delete(ctx)
		if err != nil {
			return err
		}
		if gone == 0 {
			return fault.Missing()
		}
		return s.note(ctx, tx, "directory unrelated", who, r.FromID)
	})
}
