package member

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/store"
)

// VeilLevel says before whose eyes a person with a role is veiled: her handle, and the names
// that she chose, are not written where those people read.
type VeilLevel string

// The levels. The zero level is no veil and has no row.
const (
	Unveiled VeilLevel = ""
	// VeilWide hides her from members and visitors: she has left low profile, and nobody has
	// said yes to her coming back.
	VeilWide VeilLevel = "wide"
	// VeilLow hides her from colleagues too: low profile.
	VeilLow VeilLevel = "low"
)

// Veil is the one place that every area asks before it writes the name of somebody with a
// role where people read who have no work with her. It deletes nothing: when the row goes,
// the names stand again as she chose them.
type Veil struct {
	AccountID store.ID `gorm:"primaryKey"`
	Level     VeilLevel
}

// TableName names the table.
func (Veil) TableName() string { return "veils" }

// Eyes are who reads a name.
type Eyes int

// The eyes, from the widest. Whoever works with her directly needs no Eyes: her coordinator,
// her supervisor and the people of her group read her handle through Handles.
const (
	EyesOfAll  Eyes = iota // visitors and members
	EyesOfTeam             // colleagues
)

// hides reports whether a veil of this level hides from those eyes.
func (l VeilLevel) hides(eyes Eyes) bool {
	return l == VeilLow || l == VeilWide && eyes == EyesOfAll
}

// SetVeil changes the veil of a person in the caller's transaction.
func SetVeil(ctx context.Context, tx *gorm.DB, account store.ID, level VeilLevel) error {
	if level == Unveiled {
		_, err := gorm.G[Veil](tx).Where("account_id = ?", account).Delete(ctx)
		return err
	}
	return tx.WithContext(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "account_id"}}, DoUpdates: clause.AssignmentColumns([]string{"level"})}).
		Create(&Veil{account, level}).Error
}

// VeilOf reads the veil of one person.
func VeilOf(ctx context.Context, db *gorm.DB, account store.ID) (VeilLevel, error) {
	rows, err := gorm.G[Veil](db).Where("account_id = ?", account).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return Unveiled, store.Translate(err)
	}
	return rows[0].Level, nil
}

// Withdrawn reports for each of some people whether she is veiled before those eyes.
func Withdrawn(ctx context.Context, db *gorm.DB, eyes Eyes, ids []store.ID) (map[store.ID]bool, error) {
	gone := map[store.ID]bool{}
	for batch := range slices.Chunk(ids, 400) {
		rows, err := gorm.G[Veil](db).Where("account_id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, row := range rows {
			gone[row.AccountID] = row.Level.hides(eyes)
		}
	}
	return gone, nil
}

// EyesOf says with which eyes somebody reads.
func EyesOf(who Actor) Eyes {
	if who.Colleague() {
		return EyesOfTeam
	}
	return EyesOfAll
}

// ShownHandles is Handles for people who may have no work with those they read about: whoever
// is veiled before these eyes is left out, and the page says "a colleague". She herself always reads
// her own handle.
func ShownHandles(ctx context.Context, db *gorm.DB, who Actor, ids []store.ID) (map[store.ID]string, error) {
	names, err := Handles(ctx, db, ids)
	if err != nil {
		return nil, err
	}
	gone, err := Withdrawn(ctx, db, EyesOf(who), ids)
	for id := range names {
		if gone[id] && (who.Role == nil || who.Role.ID != id) {
			delete(names, id)
		}
	}
	return names, err
}

// ShownColleagues is Colleagues without those who are in low profile, for lists from which
// somebody chooses a person. Known are people with whom she works already: they stay.
func ShownColleagues(ctx context.Context, db *gorm.DB, who Actor, known []store.ID, roles ...Role) ([]RoleAccount, error) {
	people, err := Colleagues(ctx, db, roles...)
	if err != nil {
		return nil, err
	}
	ids := make([]store.ID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	gone, err := Withdrawn(ctx, db, EyesOfTeam, ids)
	return slices.DeleteFunc(people, func(p RoleAccount) bool {
		mine := who.Role != nil && who.Role.ID == p.ID
		return gone[p.ID] && !mine && !slices.Contains(known, p.ID)
	}), err
}

// WithdrawnHandles is Withdrawn where only the handle is written down.
func WithdrawnHandles(ctx context.Context, db *gorm.DB, eyes Eyes, handles []string) (map[string]bool, error) {
	gone := map[string]bool{}
	if len(handles) == 0 {
		return gone, nil
	}
	people, err := gorm.G[RoleAccount](db).Select("id", "handle").Where("handle IN ?", handles).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	veiled, err := Withdrawn(ctx, db, eyes, ids)
	for _, p := range people {
		gone[p.Handle] = veiled[p.ID]
	}
	return gone, err
}
