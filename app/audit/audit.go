// Package audit keeps the append-only log of decisions and of reads of sealed records,
// each row chained by hash to the one before.
//
// Rows go in unchained, in the transaction of their cause; one writer chains them soon
// after. Posting is never audited: a chained list of posts would be their global order.
// The hash covers hash(salt ‖ matter) and not the matter, so that the matter can be
// erased when its time is over while the chain still verifies.
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"gorm.io/gorm"

	"portico/app/store"
	"portico/app/vault"
)

// Row is one audited fact. Number, Prev and Hash are empty until it is chained.
type Row struct {
	ID         store.ID `gorm:"primaryKey"`
	Number     *int64
	At         string // a day for decisions, a minute for reads of sealed records
	Kind       string
	Salt       []byte
	Matter     *string
	MatterHash []byte
	Prev       []byte
	Hash       []byte
}

// TableName names the table.
func (Row) TableName() string { return "audit_rows" }

// Note writes a fact in the caller's transaction. Matter is short JSON without any words
// of a person: ids, reason codes, actions.
func Note(ctx context.Context, tx *gorm.DB, at, kind, matter string) error {
	salt := vault.Random(16)
	return gorm.G[Row](tx).Create(ctx, &Row{
		ID: store.NewID(), At: at, Kind: kind, Salt: salt, Matter: &matter, MatterHash: hashMatter(salt, matter),
	})
}

// Chain gives every unchained row its number and hash and returns how many there were.
// The unique number keeps two servers from forking the chain: the later one rolls back.
func Chain(ctx context.Context, s *store.Store) (chained int, err error) {
	waiting, err := gorm.G[Row](s.DB).Where("number IS NULL").Limit(1).Find(ctx)
	if err != nil || len(waiting) == 0 {
		return 0, store.Translate(err)
	}
	err = s.Tx(ctx, func(tx *gorm.DB) error {
		number, prev, err := head(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := gorm.G[Row](tx).Where("number IS NULL").Order("at, id").Limit(500).Find(ctx)
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i].Prev = prev
			next := number + int64(i) + 1
			prev = rows[i].sum(next)
			stamp := Row{Number: &next, Prev: rows[i].Prev, Hash: prev}
			if _, err := gorm.G[Row](tx).Where("id = ? AND number IS NULL", rows[i].ID).
				Select("Number", "Prev", "Hash").Updates(ctx, stamp); err != nil {
				return err
			}
		}
		chained = len(rows)
		return nil
	})
	return chained, err
}

func head(ctx context.Context, tx *gorm.DB) (number int64, hash []byte, err error) {
	last, err := gorm.G[Row](tx).Where("number IS NOT NULL").Order("number DESC").Limit(1).Find(ctx)
	if err != nil || len(last) == 0 {
		return 0, make([]byte, sha256.Size), err
	}
	return *last[0].Number, last[0].Hash, nil
}

// Report is what Verify found.
type Report struct {
	Chained   int64  // rows in the chain
	Unchained int64  // rows that wait for the writer
	Head      []byte // hash of the last row, to be published
	Fault     string // empty when the chain holds; else the first row that does not and why
}

// Verify walks the whole chain in pages and checks every hash.
func Verify(ctx context.Context, s *store.Store) (Report, error) {
	report := Report{Head: make([]byte, sha256.Size)}
	for {
		rows, err := gorm.G[Row](s.DB).Where("number > ?", report.Chained).Order("number").Limit(1000).Find(ctx)
		if err != nil {
			return report, store.Translate(err)
		}
		for i := range rows {
			if why := rows[i].check(report.Chained+1, report.Head); why != "" {
				report.Fault = fmt.Sprintf("row %d: %s", *rows[i].Number, why)
				return report, nil
			}
			report.Chained++
			report.Head = rows[i].Hash
		}
		if len(rows) < 1000 {
			break
		}
	}
	n, err := gorm.G[Row](s.DB).Where("number IS NULL").Count(ctx, "id")
	report.Unchained = n
	return report, store.Translate(err)
}

func (r *Row) check(want int64, prev []byte) string {
	switch {
	case *r.Number != want:
		return fmt.Sprintf("number %d is missing", want)
	case string(r.Prev) != string(prev):
		return "it does not follow the row before"
	case r.Matter != nil && string(hashMatter(r.Salt, *r.Matter)) != string(r.MatterHash):
		return "its matter was altered"
	case string(r.sum(*r.Number)) != string(r.Hash):
		return "its hash does not fit"
	}
	return ""
}

func (r *Row) sum(number int64) []byte {
	h := sha256.New()
	h.Write(r.Prev)
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(number))
	for _, part := range [][]byte{n[:], r.ID[:], []byte(r.At), []byte(r.Kind), r.MatterHash} {
		var length [4]byte
		binary.BigEndian.PutUint32(length[:], uint32(len(part)))
		h.Write(length[:])
		h.Write(part)
	}
	return h.Sum(nil)
}

func hashMatter(salt []byte, matter string) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write([]byte(matter))
	return h.Sum(nil)
}
