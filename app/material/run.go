package material

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// PrintRun says that copies were printed, and to which kind of place they went: never to
// which place, because a list of places where people work is a map.
type PrintRun struct {
	ID         store.ID `gorm:"primaryKey"`
	MaterialID store.ID
	Day        string
	Lang       string
	Sheet      string
	Copies     int
	Place      string
}

// TableName names the table.
func (PrintRun) TableName() string { return "material_prints" }

// Sheets and places in the order of pages.
var (
	Sheets = []string{"a4", "pocket", "other"}
	Places = []string{"clinic", "street", "shelter", "drop-in", "office", "event", "other"}
)

const (
	mostCopies = 100_000
	mostRuns   = 1000
	oldestRun  = 730 // days
)

// PrintForm is a run to note.
type PrintForm struct {
	Day, Lang, Sheet, Place string
	Copies                  int
	Nonce                   string
}

func (s *Service) checkPrint(f PrintForm) (PrintRun, error) {
	var mend []fault.Field
	if !store.DayIn(f.Day, s.store.DayAfter(-oldestRun), s.store.Today()) {
		mend = append(mend, fault.Field{Name: "day", Key: "material.print.day"})
	}
	if !language.MatchString(f.Lang) {
		mend = append(mend, fault.Field{Name: "language", Key: "material.lang.missing"})
	}
	if !slices.Contains(Sheets, f.Sheet) {
		mend = append(mend, fault.Field{Name: "sheet", Key: "material.print.sheet.missing"})
	}
	if !slices.Contains(Places, f.Place) {
		mend = append(mend, fault.Field{Name: "place", Key: "material.print.place.missing"})
	}
	if f.Copies < 1 || f.Copies > mostCopies {
		mend = append(mend, fault.Field{Name: "copies", Key: "material.print.copies.range", Args: []any{"Most", mostCopies}})
	}
	return PrintRun{ID: store.FormID("material", f.Nonce), Day: f.Day, Lang: f.Lang, Sheet: f.Sheet, Copies: f.Copies, Place: f.Place}, fault.Mended(mend)
}

// NotePrint keeps a print run of a published text. A story is printed only where she allowed
// paper.
func (s *Service) NotePrint(ctx context.Context, who member.Actor, id store.ID, f PrintForm) error {
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if m.PublishedVersion == 0 {
			return fault.New(fault.Conflict, "material.step.not-now")
		}
		run, err := s.checkPrint(f)
		if err != nil {
			return err
		}
		may, err := s.living(ctx, tx, OnPaper, m)
		if err != nil {
			return err
		}
		if !may.ok(m, run.Lang) {
			return fault.New(fault.Refused, "material.story.paper")
		}
		n, err := gorm.G[PrintRun](tx).Where("material_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostRuns {
			return fault.New(fault.Refused, "material.prints.full")
		}
		run.MaterialID = id
		return gorm.G[PrintRun](tx).Create(ctx, &run)
	})
	return once(err)
}

// DropPrint takes away a run that was noted wrongly.
func (s *Service) DropPrint(ctx context.Context, who member.Actor, id, run store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := mine(ctx, tx, who, id); err != nil {
			return err
		}
		n, err := gorm.G[PrintRun](tx).Where("id = ? AND material_id = ?", run, id).Delete(ctx)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		return err
	})
}

// Prints lists the runs of a material for its group, newest first, with the sum.
func (s *Service) Prints(ctx context.Context, who member.Actor, id store.ID) (runs []PrintRun, copies int, err error) {
	in, err := inGroup(ctx, s.store.DB, who, id)
	if err == nil && !in {
		err = fault.Missing()
	}
	if err != nil {
		return nil, 0, err
	}
	runs, err = gorm.G[PrintRun](s.store.DB).Where("material_id = ?", id).Order("day DESC, id").Limit(mostRuns).Find(ctx)
	for _, r := range runs {
		copies += r.Copies
	}
	return runs, copies, store.Translate(err)
}

// printed is how many copies there are of a material, as everybody may know.
func printed(ctx context.Context, db *gorm.DB, id store.ID) (n int, err error) {
	err = db.WithContext(ctx).Raw("SELECT COALESCE(SUM(copies), 0) FROM material_prints WHERE material_id = ?", id).Scan(&n).Error
	return n, store.Translate(err)
}
