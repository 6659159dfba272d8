package server

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/onboarding"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/content"
)

// Places tells onboarding which organisations there are and who works with which: the two
// areas do not know each other.
type Places struct{ Work *peerwork.Service }

// All lists every organisation by name.
func (p Places) All(ctx context.Context, db *gorm.DB) ([]onboarding.Organisation, error) {
	rows, err := gorm.G[peerwork.Organisation](db).Order("name").Limit(200).Find(ctx)
	list := make([]onboarding.Organisation, len(rows))
	for i, r := range rows {
		list[i] = onboarding.Organisation{ID: r.ID, Name: r.Name, Mode: r.Mode}
	}
	return list, store.Translate(err)
}

// Peers are the accounts that are placed with an organisation now.
func (p Places) Peers(ctx context.Context, db *gorm.DB, organisation store.ID) ([]store.ID, error) {
	rows, err := gorm.G[peerwork.Profile](db).Select("account_id").Where("organisation_id = ?", organisation).Limit(1000).Find(ctx)
	ids := make([]store.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.AccountID
	}
	return ids, store.Translate(err)
}

// Of is where somebody is placed, the zero id for nowhere.
func (p Places) Of(ctx context.Context, db *gorm.DB, account store.ID) (store.ID, error) {
	rows, err := gorm.G[peerwork.Profile](db).Select("organisation_id").Where("account_id = ?", account).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return store.ID{}, store.Translate(err)
	}
	return rows[0].OrganisationID, nil
}

// Place says with which organisation somebody works. Her profile begins hidden.
func (p Places) Place(ctx context.Context, tx *gorm.DB, account, organisation store.ID) error {
	row := peerwork.Profile{AccountID: account, State: peerwork.Hidden}
	if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return err
	}
	_, err := gorm.G[peerwork.Profile](tx).Where("account_id = ?", account).Update(ctx, "organisation_id", organisation)
	return err
}

// Depart takes her place away, and everything that is shown of her at once.
func (p Places) Depart(ctx context.Context, tx *gorm.DB, account store.ID) error {
	if err := p.Work.WithdrawAll(ctx, tx, account); err != nil {
		return err
	}
	_, err := gorm.G[peerwork.Profile](tx).Where("account_id = ?", account).Update(ctx, "organisation_id", nil)
	return err
}

// HouseRules tells onboarding the house rules that somebody signs.
type HouseRules struct{ Desk *desk.Service }

// Now is the version that holds, in a language; the text that the portal came with is the
// first one.
func (h HouseRules) Now(ctx context.Context, lang string) (onboarding.RuleText, error) {
	row, decided, err := h.Desk.Rules(ctx, lang)
	if err != nil {
		return onboarding.RuleText{}, err
	}
	if decided {
		return onboarding.RuleText{Version: row.Number, Lang: row.Lang, Body: row.Body}, nil
	}
	text, ok := content.Page("rules", lang)
	if !ok {
		return onboarding.RuleText{}, fault.New(fault.NotFound, "error.missing")
	}
	return onboarding.RuleText{Version: 1, Lang: text.Lang, Body: text.Body}, nil
}
