package magazine

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Copies say how many copies of an issue go to one kind of place: never to which place,
// because a list of places where people work is a map.
type Copies struct {
	ID      store.ID `gorm:"primaryKey"`
	IssueID store.ID
	Place   string
	Copies  int
}

// TableName names the table.
func (Copies) TableName() string { return "magazine_copies" }

// Places in the order of pages.
var Places = []string{"clinic", "street", "shelter", "drop-in", "office", "event", "other"}

const (
	mostCopies = 100_000
	mostLines  = 200
)

// AddCopies writes a line of the list for distribution.
func (s *Service) AddCopies(ctx context.Context, who member.Actor, id store.ID, place string, copies int, nonce string) error {
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := edited(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if i.State != Layout && i.State != Published {
			return notNow()
		}
		var mend []fault.Field
		if !slices.Contains(Places, place) {
			mend = append(mend, fault.Field{Name: "place", Key: "magazine.place.missing"})
		}
		if copies < 1 || copies > mostCopies {
			mend = append(mend, fault.Field{Name: "copies", Key: "magazine.copies.range", Args: []any{"Most", mostCopies}})
		}
		if err := fault.Mended(mend); err != nil {
			return err
		}
		n, err := gorm.G[Copies](tx).Where("issue_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostLines {
			return fault.New(fault.Refused, "magazine.copies.full")
		}
		return gorm.G[Copies](tx).Create(ctx, &Copies{store.FormID("magazine copies", nonce), id, place, copies})
	})
	return once(err)
}

// DropCopies takes a line away.
func (s *Service) DropCopies(ctx context.Context, who member.Actor, id, line store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := edited(ctx, tx, who, id); err != nil {
			return err
		}
		n, err := gorm.G[Copies](tx).Where("id = ? AND issue_id = ?", line, id).Delete(ctx)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		return err
	})
}

// copiesOf lists the lines of an issue in the order of places, and their sum.
func copiesOf(ctx context.Context, db *gorm.DB, id store.ID) (lines []Copies, sum int, err error) {
	rows, err := gorm.G[Copies](db).Where("issue_id = ?", id).Order("copies DESC, id").Limit(mostLines).Find(ctx)
	for _, place := range Places {
		for _, r := range rows {
			if r.Place == place {
				lines, sum = append(lines, r), sum+r.Copies
			}
		}
	}
	return lines, sum, store.Translate(err)
}

// Distribution is where the copies of an issue go.
type Distribution struct {
	Issue
	Lines []Copies
	Sum   int
}

// Distribution shows the list to the board.
func (s *Service) Distribution(ctx context.Context, who member.Actor, id store.ID) (d Distribution, err error) {
	on, err := onBoard(ctx, s.store.DB, who, id)
	if err == nil && !on {
		err = fault.Missing()
	}
	if err != nil {
		return d, err
	}
	if d.Issue, err = find(ctx, s.store.DB, id); err != nil {
		return d, err
	}
	d.Lines, d.Sum, err = copiesOf(ctx, s.store.DB, id)
	return d, err
}

// Said is what a reader says about an issue, without anything about her: not even a day.
type Said struct {
	ID      store.ID `gorm:"primaryKey"`
	IssueID store.ID
	Useful  string // "yes", "no" or "" for not said
	Plain   string // was it clear
	Missing string
}

// TableName names the table.
func (Said) TableName() string { return "magazine_said" }

// SaidForm is what a reader sends. Nobody needs a key for it.
type SaidForm struct {
	Useful, Plain, Missing string
	Nonce                  string
	Insist                 bool
}

const mostSaid = 2000 // about one issue

// Say keeps what a reader says about a published issue. What she misses may be a topic of
// the next one.
func (s *Service) Say(ctx context.Context, id store.ID, f SaidForm) (Receipt, error) {
	f.Missing = tidyText(f.Missing)
	receipt, stop := screen(true, f.Insist, f.Missing)
	receipt.ID = store.FormID("magazine said", f.Nonce)
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := find(ctx, tx, id)
		if err == nil && i.State != Published {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		answers := []string{"", "yes", "no"}
		mend := asked("missing", f.Missing, 0, longestWords)
		if !slices.Contains(answers, f.Useful) || !slices.Contains(answers, f.Plain) || f.Useful+f.Plain+f.Missing == "" {
			mend = append(mend, fault.Field{Name: "useful", Key: "magazine.said.empty"})
		}
		if err := fault.Mended(mend); err != nil || stop {
			return err
		}
		n, err := gorm.G[Said](tx).Where("issue_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostSaid {
			return fault.New(fault.Refused, "magazine.said.full")
		}
		return gorm.G[Said](tx).Create(ctx, &Said{receipt.ID, id, f.Useful, f.Plain, f.Missing})
	})
	receipt.Stored = !stop
	return receipt, once(err)
}
