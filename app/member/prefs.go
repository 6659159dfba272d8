package member

import (
	"context"

	"gorm.io/gorm"

	"portico/app/store"
)

// Prefs is what a person set for herself. It lies in a box of hers, so that no row of an
// account tells what she likes or has read.
type Prefs struct {
	RulesRead int `json:"rules_read,omitempty"` // the newest version of the house rules that she has read
}

const prefsBox = "prefs"

// ReadPrefs opens her preferences; who never set any has the zero ones.
func ReadPrefs(ctx context.Context, db *gorm.DB, who Actor) (Prefs, error) {
	var p Prefs
	_, err := ReadBox(ctx, db, who, prefsBox, &p)
	return p, err
}

// ChangePrefs changes them in the caller's transaction.
func ChangePrefs(ctx context.Context, tx *gorm.DB, clock store.Clock, who Actor, change func(*Prefs)) error {
	return ChangeBox(ctx, tx, clock, who, prefsBox, change)
}
