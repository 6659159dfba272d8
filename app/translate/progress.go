package translate

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/store"
)

// Progress is what became of the last question to the machine.
type Progress struct {
	Total, Drafted int
	Waiting        bool     // some of it is still on its way
	Later          bool     // all that waits has met trouble and waits for its next try
	Given          []string // troubles after which it gave up
	Again          []string // troubles after which it tries again
}

// progress is nil when the machine was never asked about this language.
func (s *Service) progress(ctx context.Context, doc store.ID, lang string) (*Progress, error) {
	rows, err := gorm.G[BatchRow](s.store.DB).Where("document_id = ? AND lang = ?", doc, lang).Find(ctx)
	if err != nil || len(rows) == 0 {
		return nil, store.Translate(err)
	}
	p := &Progress{}
	fresh := false
	for _, b := range rows {
		p.Total, p.Drafted, p.Waiting = p.Total+b.Total, p.Drafted+b.Drafted, p.Waiting || b.State == batchWaiting
		fresh = fresh || b.State == batchWaiting && b.Trouble == ""
		switch {
		case b.State == batchFailed && !slices.Contains(p.Given, b.Trouble):
			p.Given = append(p.Given, b.Trouble)
		case b.State == batchWaiting && b.Trouble != "" && !slices.Contains(p.Again, b.Trouble):
			p.Again = append(p.Again, b.Trouble)
		}
	}
	p.Later = p.Waiting && !fresh
	slices.Sort(p.Given)
	slices.Sort(p.Again)
	return p, nil
}
