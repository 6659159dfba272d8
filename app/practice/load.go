package practice

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/content"
)

// perBatch is how many rows one statement writes: both engines count its values.
const perBatch = 50

// Load brings the shipped sheets into the table. New ones come in, changed ones are renewed,
// and those that are not shipped any more go, except what people here checked or changed.
// Loading the same sheets again reads and writes nothing else.
func (s *Service) Load(ctx context.Context, shipped []content.FactSheet) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		rows, err := gorm.G[Practice](tx).Find(ctx)
		if err != nil {
			return err
		}
		held := map[string]Practice{}
		for _, row := range rows {
			held[row.ID] = row
		}
		var fresh []Practice
		for _, from := range shipped {
			want, err := fromShipped(from)
			if err != nil {
				return fault.Wrap(err, "read a shipped practice")
			}
			have, there := held[from.ID]
			delete(held, from.ID)
			if !there {
				fresh = append(fresh, want)
			} else if err := renew(ctx, tx, have, want); err != nil {
				return err
			}
		}
		if err := withdraw(ctx, tx, held); err != nil || len(fresh) == 0 {
			return err
		}
		// Another server may load the same sheets at this moment.
		return gorm.G[Practice](tx, clause.OnConflict{DoNothing: true}).CreateInBatches(ctx, &fresh, perBatch)
	})
}

// renew brings one row up to what is shipped, unless a person's word stands in it. Its
// search words follow the program in any case.
func renew(ctx context.Context, tx *gorm.DB, have, want Practice) error {
	if have.Edited || have.VerifiedOn != nil {
		want = have
		want.index()
	}
	if bytes.Equal(have.SourceHash, want.SourceHash) && have.Toks == want.Toks && bytes.Equal(have.Place, want.Place) {
		return nil
	}
	_, err := gorm.G[Practice](tx).Where("id = ?", have.ID).Select("*").Updates(ctx, want)
	return err
}

// withdraw deletes what is not shipped any more. What people here wrote was never shipped.
func withdraw(ctx context.Context, tx *gorm.DB, left map[string]Practice) error {
	for id, row := range left {
		if row.Edited || row.VerifiedOn != nil || len(row.SourceHash) == 0 {
			continue
		}
		if _, err := gorm.G[Correction](tx).Where("practice = ?", id).Delete(ctx); err != nil {
			return err
		}
		if _, err := gorm.G[Practice](tx).Where("id = ?", id).Delete(ctx); err != nil {
			return err
		}
	}
	return nil
}

// shippedLang is the language in which shipped sheets are written.
const shippedLang = "en"

func fromShipped(from content.FactSheet) (Practice, error) {
	raw, err := json.Marshal(from)
	if err != nil {
		return Practice{}, err
	}
	sum := sha256.Sum256(raw)
	p := Practice{
		ID: from.ID, Name: from.Name, Kind: from.Kind, Form: from.Form, Source: from.Source, SourcePlace: from.Place, AsOf: from.AsOf,
		Country: from.Country, City: from.City, Languages: strings.Join(from.Languages, " "), Started: from.Started, Ended: from.Ended,
		Status: from.Status, StatusNote: from.StatusNote, Peers: from.Peers, Keep: from.Keep, Lang: shippedLang,
		Summary: from.Summary, Sheet: from.Sheet, Criteria: shippedCriteria(from.Criteria), SourceHash: sum[:],
	}
	p.index()
	return p, nil
}
