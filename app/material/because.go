package material

import (
	"context"

	"gorm.io/gorm"

	"portico/app/store"
)

// Because says what came of what people said: what changed since the version that readers
// had before, and how many said something. It names nobody, and counts only.
type Because struct {
	Note        string // what its writers say of the version; those in between stay the group's
	Readers     int    // who said something about the version before, without an account
	Voices      int    // who answered a consultation
	Suggestions int    // with an answer
	Taken       int    // of them, how many changed the text
	NotAsked    string // who was not asked, and why
}

// Said reports whether anybody had a part in it.
func (b Because) Said() bool { return b.Readers+b.Voices+b.Suggestions > 0 }

// because reads what came between the version that is published and the one before it.
func because(ctx context.Context, db *gorm.DB, m Material) (b Because, err error) {
	var before int
	err = db.WithContext(ctx).Raw("SELECT COALESCE(MAX(version), 0) FROM material_decisions WHERE material_id = ? AND state = ? AND version < ?", m.ID, Passed, m.PublishedVersion).Scan(&before).Error
	if err != nil {
		return b, store.Translate(err)
	}
	// Notes of the versions between were written for the group alone.
	v, err := versionOf(ctx, db, m.ID, m.PublishedVersion)
	if err != nil {
		return b, err
	}
	b.Note = v.Note
	var n struct{ Readers, Voices, Suggestions, Taken int }
	err = db.WithContext(ctx).Raw(`SELECT
		(SELECT COUNT(*) FROM material_feedback WHERE material_id = @id AND version = @before) AS readers,
		(SELECT COUNT(*) FROM material_voices WHERE consultation_id IN
			(SELECT id FROM material_consultations WHERE material_id = @id AND version > @before AND version <= @now)) AS voices,
		(SELECT COUNT(*) FROM material_suggestions WHERE material_id = @id AND version >= @before AND version <= @now AND state <> 'open') AS suggestions,
		(SELECT COUNT(*) FROM material_suggestions WHERE material_id = @id AND version >= @before AND version <= @now AND state = 'changed') AS taken`,
		map[string]any{"id": m.ID, "before": before, "now": m.PublishedVersion}).Scan(&n).Error
	if err != nil {
		return b, store.Translate(err)
	}
	b.Readers, b.Voices, b.Suggestions, b.Taken = n.Readers, n.Voices, n.Suggestions, n.Taken
	asked, err := gorm.G[Consultation](db).Where("material_id = ? AND version > ? AND version <= ?", m.ID, before, m.PublishedVersion).Order("number DESC").Limit(1).Find(ctx)
	if err == nil && len(asked) == 1 {
		b.NotAsked = asked[0].NotAsked
	}
	return b, store.Translate(err)
}
