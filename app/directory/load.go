package directory

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

// Load brings the shipped entries into the table. New ones come in, changed ones are
// renewed, and those that are not shipped any more go, except what a coordinator has
// checked or changed: that stays as it is. Loading the same entries again changes nothing.
func (s *Service) Load(ctx context.Context, shipped []content.Entry) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		rows, err := gorm.G[Entry](tx).Find(ctx)
		if err != nil {
			return err
		}
		held := map[string]Entry{}
		for _, row := range rows {
			held[row.ID] = row
		}
		var fresh []Entry
		altered := false
		for _, from := range shipped {
			want, err := fromShipped(from)
			if err != nil {
				return fault.Wrap(err, "read a shipped entry")
			}
			have, there := held[from.ID]
			delete(held, from.ID)
			if !there {
				fresh = append(fresh, want)
				continue
			}
			renewed, err := renew(ctx, tx, have, want)
			if err != nil {
				return err
			}
			altered = altered || renewed
		}
		gone, err := s.withdraw(ctx, tx, held)
		if err != nil {
			return err
		}
		if len(fresh) > 0 {
			// Another server may load the same entries at this moment.
			if err := gorm.G[Entry](tx, clause.OnConflict{DoNothing: true}).CreateInBatches(ctx, &fresh, 50); err != nil {
				return err
			}
		}
		related, err := relate(ctx, tx, shipped)
		if err != nil || !altered && !gone && !related && len(fresh) == 0 {
			return err
		}
		return changed(ctx, tx)
	})
}

// renew brings one row up to what is shipped, unless a coordinator's word stands in it. Its
// search words follow the program in any case.
func renew(ctx context.Context, tx *gorm.DB, have, want Entry) (altered bool, err error) {
	if have.Edited || have.VerifiedOn != nil {
		want = have
		want.index()
	}
	if bytes.Equal(have.SourceHash, want.SourceHash) && have.Toks == want.Toks && bytes.Equal(have.Place, want.Place) {
		return false, nil
	}
	_, err = gorm.G[Entry](tx).Where("id = ?", have.ID).Select("*").Updates(ctx, want)
	return true, err
}

// relate brings the shipped relations up to what is shipped; those that a coordinator made
// stay.
func relate(ctx context.Context, tx *gorm.DB, shipped []content.Entry) (altered bool, err error) {
	held, err := gorm.G[Relation](tx).Where("shipped = ?", true).Find(ctx)
	if err != nil {
		return false, err
	}
	left := map[Relation]bool{}
	for _, r := range held {
		left[r] = true
	}
	var fresh []Relation
	for _, from := range shipped {
		for _, r := range from.Relations() {
			row := Relation{FromID: from.ID, Kind: r.Kind, ToID: r.To, Shipped: true}
			if !left[row] {
				fresh = append(fresh, row)
			}
			delete(left, row)
		}
	}
	for r := range left {
		if _, err := gorm.G[Relation](tx).Where("from_id = ? AND kind = ? AND to_id = ?", r.FromID, r.Kind, r.ToID).Delete(ctx); err != nil {
			return false, err
		}
	}
	if len(fresh) > 0 {
		err = gorm.G[Relation](tx, clause.OnConflict{DoNothing: true}).CreateInBatches(ctx, &fresh, 50)
	}
	return len(fresh)+len(left) > 0, err
}

// withdraw deletes what is not shipped any more.
func (s *Service) withdraw(ctx context.Context, tx *gorm.DB, left map[string]Entry) (gone bool, err error) {
	for id, row := range left {
		if row.Edited || row.VerifiedOn != nil || len(row.SourceHash) == 0 {
			continue
		}
		if _, err := gorm.G[Correction](tx).Where("entry = ?", id).Delete(ctx); err != nil {
			return false, err
		}
		if _, err := gorm.G[Relation](tx).Where("from_id = ? OR to_id = ?", id, id).Delete(ctx); err != nil {
			return false, err
		}
		if _, err := gorm.G[Entry](tx).Where("id = ?", id).Delete(ctx); err != nil {
			return false, err
		}
		gone = true
	}
	return gone, nil
}

func fromShipped(from content.Entry) (Entry, error) {
	raw, err := json.Marshal(from)
	if err != nil {
		return Entry{}, err
	}
	sum := sha256.Sum256(raw)
	e := Entry{
		ID: from.ID, Kind: from.Kind, Name: from.Name, Country: from.Country, City: from.City,
		Also: strings.Join(from.Also, " "), Languages: strings.Join(from.Languages, " "), Needs: strings.Join(from.Needs, " "),
		Phone: from.Phone, What: from.What, Conditions: from.Conditions,
		Free: answer(from.Free), Anonymous: answer(from.Anonymous), NoPapers: answer(from.NoPapers),
		Hours: from.Hours, Opening: from.Opening, Acts: Acts(from.Acts), Source: from.Source, SourceHash: sum[:],
	}
	e.index()
	return e, nil
}
