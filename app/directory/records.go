package directory

import (
	"context"
	"maps"
	"slices"
	"strings"

	"portico/app/hsds"
	"portico/app/store"
)

// recordBatch is how many entries are read at a time for a file: the table may be large.
const recordBatch = 500

// Records hands over every entry as files hold it, by id. Who checked an entry, and what
// people say is wrong with it, is in no file.
func (s *Service) Records(ctx context.Context, each func(hsds.Record) error) error {
	for last := ""; ; {
		var rows []Entry
		if err := s.store.DB.WithContext(ctx).Where("id > ?", last).Order("id").Limit(recordBatch).Find(&rows).Error; err != nil {
			return store.Translate(err)
		}
		for _, e := range rows {
			if err := each(recordOf(e)); err != nil {
				return err
			}
		}
		if len(rows) < recordBatch {
			return nil
		}
		last = rows[len(rows)-1].ID
	}
}

// Tongues lists the languages besides English in which some entry has words.
func (s *Service) Tongues(ctx context.Context) ([]string, error) {
	tags := map[string]bool{}
	err := s.Records(ctx, func(r hsds.Record) error {
		for _, texts := range []map[string]string{r.What, r.Conditions} {
			for tag := range texts {
				tags[tag] = true
			}
		}
		return nil
	})
	delete(tags, "en")
	return slices.Sorted(maps.Keys(tags)), err
}

func recordOf(e Entry) hsds.Record {
	r := hsds.Record{
		ID: e.ID, Kind: e.Kind, Name: e.Name, Also: e.Also, Country: e.Country, City: e.City, Languages: e.LanguageTags(), Needs: e.NeedCodes(), Phone: e.Phone,
		What: e.What, Conditions: e.Conditions, Free: string(e.Free), Anonymous: string(e.Anonymous), NoPapers: string(e.NoPapers),
		Hours: e.Hours, Opening: e.Opening, Acts: string(e.Acts), Source: e.Source,
	}
	if e.VerifiedOn != nil {
		r.VerifiedOn = *e.VerifiedOn
	}
	return r
}

// fromRecord writes a record over an entry, which may be a new one. The day of a check is not
// taken over: only somebody who asked can say it.
func fromRecord(e Entry, r hsds.Record) Entry {
	e.ID, e.Kind, e.Name, e.Also, e.Country, e.City = r.ID, r.Kind, r.Name, r.Also, r.Country, r.City
	e.Languages, e.Needs, e.Phone = strings.Join(r.Languages, " "), strings.Join(r.Needs, " "), r.Phone
	e.What, e.Conditions = Texts(r.What), Texts(r.Conditions)
	e.Free, e.Anonymous, e.NoPapers = Answer(r.Free), Answer(r.Anonymous), Answer(r.NoPapers)
	e.Hours, e.Opening, e.Acts, e.Source = r.Hours, r.Opening, Acts(r.Acts), r.Source
	e.index()
	return e
}

// same says whether an entry already says what a record says.
func same(e Entry, r hsds.Record) bool {
	return fromRecord(e, r).Mark() == e.Mark() && e.Kind == r.Kind && e.Country == r.Country && e.Also == r.Also && e.Source == r.Source
}
