package directory

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"slices"
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
		for _, from := range shipped {
			want, err := fromShipped(from)
			if err != nil {
				return fault.Wrap(err, "read a shipped entry")
			}
			have, there := held[from.ID]
			delete(held, from.ID)
			switch {
			case !there:
				fresh = append(fresh, want)
			default:
				err = renew(ctx, tx, have, want)
			}
			if err != nil {
				return err
			}
		}
		if err := s.withdraw(ctx, tx, held); err != nil || len(fresh) == 0 {
			return err
		}
		// Another server may load the same entries at this moment.
		return gorm.G[Entry](tx, clause.OnConflict{DoNothing: true}).CreateInBatches(ctx, &fresh, 50)
	})
}

// renew brings one row up to what is shipped, unless a coordinator's word stands in it. Its
// search words follow the program in any case.
func renew(ctx context.Context, tx *gorm.DB, have, want Entry) error {
	if have.Edited || have.VerifiedOn != nil {
		want = have
		want.index()
	}
	if bytes.Equal(have.SourceHash, want.SourceHash) && have.Toks == want.Toks && bytes.Equal(have.Place, want.Place) {
		return nil
	}
	_, err := gorm.G[Entry](tx).Where("id = ?", have.ID).Select("*").Updates(ctx, want)
	return err
}

// withdraw deletes what is not shipped any more.
func (s *Service) withdraw(ctx context.Context, tx *gorm.DB, left map[string]Entry) error {
	for id, row := range left {
		if row.Edited || row.VerifiedOn != nil || len(row.SourceHash) == 0 {
			continue
		}
		if _, err := gorm.G[Correction](tx).Where("entry = ?", id).Delete(ctx); err != nil {
			return err
		}
		if _, err := gorm.G[Entry](tx).Where("id = ?", id).Delete(ctx); err != nil {
			return err
		}
	}
	return nil
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
		Hours: from.Hours, Source: from.Source, SourceHash: sum[:],
	}
	e.index()
	return e, nil
}

// languagesOf lists the languages that some entry speaks, without script and country.
func languagesOf(columns []string) []string {
	var tags []string
	for _, column := range columns {
		for _, tag := range strings.Fields(column) {
			if b := base(tag); !slices.Contains(tags, b) {
				tags = append(tags, b)
			}
		}
	}
	slices.Sort(tags)
	return tags
}
