package directory

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/hsds"
	"portico/app/member"
)

// TakenIn is what became of a file, or would.
type TakenIn struct {
	New, Changed, Same int
	// Kept are entries about which the file says something else, and which a coordinator has
	// checked or changed: her word stands.
	Kept   []string
	Faults []hsds.Fault // the first of them
	Wrong  int          // how many in all
	Done   bool         // it is written
}

// Limits of a report, so that a page can show it.
const (
	mostFaults = 200
	mostKept   = 100
)

// Reader reads a file and hands over each record with what is wrong with it.
type Reader func(take func(int, hsds.Record, []hsds.Fault) error) error

// TakeIn takes a file into the directory. With try nothing is written. Where one record has a
// fault nothing of the file is written either: half a list is worse than none, and every fault
// is told at once. What comes in is not checked by anybody, and what a coordinator checked or
// changed stays as it is.
func (s *Service) TakeIn(ctx context.Context, who member.Actor, read Reader, try bool) (TakenIn, error) {
	if !mayTend(who) {
		return TakenIn{}, fault.Missing()
	}
	var report TakenIn
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		in := intake{ctx: ctx, tx: tx, seen: map[string]int{}}
		err := read(in.take)
		if err == nil {
			err = in.flush()
		}
		report = in.report
		if wrong, ok := err.(hsds.Fault); ok {
			report.add(wrong)
			err = nil
		}
		if err != nil || try || report.Wrong > 0 {
			return undone(err)
		}
		report.Done = true
		if report.New+report.Changed == 0 {
			return nil
		}
		if err := changed(ctx, tx); err != nil {
			return err
		}
		return s.note(ctx, tx, "directory taken in", who, fmt.Sprintf("%d new, %d changed", report.New, report.Changed))
	})
	if err == errUndone {
		err = nil
	}
	return report, err
}

// errUndone rolls a transaction back that went well, because nobody asked it to stay.
var errUndone = fault.New(fault.Refused, "error.stale")

func undone(err error) error {
	if err != nil {
		return err
	}
	return errUndone
}

func (r *TakenIn) add(f hsds.Fault) {
	if r.Wrong++; len(r.Faults) < mostFaults {
		r.Faults = append(r.Faults, f)
	}
}

// intake writes records as they come, some hundreds at a time.
type intake struct {
	ctx    context.Context
	tx     *gorm.DB
	report TakenIn
	seen   map[string]int // the number of the record with an id
	batch  []hsds.Record
}

func (in *intake) take(number int, r hsds.Record, faults []hsds.Fault) error {
	if len(faults) == 0 {
		r, faults = checked(r)
		if first, twice := in.seen[r.ID]; twice {
			faults = append(faults, hsds.Fault{ID: r.ID, Field: "id", What: hsds.Twice, Value: fmt.Sprint(first)})
		}
	}
	in.seen[r.ID] = number
	for _, f := range faults {
		if f.Record == 0 {
			f.Record = number
		}
		in.report.add(f)
	}
	if len(faults) > 0 {
		return nil
	}
	if in.batch = append(in.batch, r); len(in.batch) >= recordBatch {
		return in.flush()
	}
	return nil
}

// flush compares a batch with what is there and writes it.
func (in *intake) flush() error {
	ids := make([]string, len(in.batch))
	for i, r := range in.batch {
		ids[i] = r.ID
	}
	var rows []Entry
	if len(ids) > 0 {
		if err := in.tx.WithContext(in.ctx).Where("id IN ?", ids).Find(&rows).Error; err != nil {
			return err
		}
	}
	held := map[string]Entry{}
	for _, e := range rows {
		held[e.ID] = e
	}
	var fresh []Entry
	for _, r := range in.batch {
		have, there := held[r.ID]
		switch {
		case !there:
			fresh = append(fresh, fromRecord(Entry{}, r))
		case same(have, r):
			in.report.Same++
		case have.Edited || have.VerifiedOn != nil:
			if len(in.report.Kept) < mostKept {
				in.report.Kept = append(in.report.Kept, r.ID)
			}
		default:
			in.report.Changed++
			e := fromRecord(have, r)
			e.Edited = true // or the next start would bring back what is shipped
			if _, err := gorm.G[Entry](in.tx).Where("id = ?", e.ID).Select("*").Updates(in.ctx, e); err != nil {
				return err
			}
		}
	}
	in.report.New += len(fresh)
	in.batch = in.batch[:0]
	if len(fresh) == 0 {
		return nil
	}
	return gorm.G[Entry](in.tx).CreateInBatches(in.ctx, &fresh, 100)
}
