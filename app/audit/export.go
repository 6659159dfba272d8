package audit

import (
	"context"
	"encoding/csv"
	"encoding/hex"
	"io"
	"strconv"

	"gorm.io/gorm"

	"portico/app/store"
)

// Head returns the number and the hash of the last chained row. Whoever writes them down
// can tell later whether anything before that row was altered.
func Head(ctx context.Context, s *store.Store) (number int64, hash []byte, err error) {
	number, hash, err = head(ctx, s.DB)
	return number, hash, store.Translate(err)
}

// Columns head the export.
var Columns = []string{"number", "at", "kind", "matter", "salt", "matter_hash", "prev", "hash"}

// Export writes the chain as CSV, oldest row first, with everything that is needed to check
// it elsewhere. It holds no words of anybody: decisions by id and reason, reads by id.
func Export(ctx context.Context, s *store.Store, to io.Writer) error {
	out := csv.NewWriter(to)
	if err := out.Write(Columns); err != nil {
		return err
	}
	for last := int64(0); ; {
		rows, err := gorm.G[Row](s.DB).Where("number > ?", last).Order("number").Limit(1000).Find(ctx)
		if err != nil {
			return store.Translate(err)
		}
		for _, r := range rows {
			matter := ""
			if r.Matter != nil {
				matter = *r.Matter
			}
			record := []string{strconv.FormatInt(*r.Number, 10), r.At, r.Kind, matter,
				hex.EncodeToString(r.Salt), hex.EncodeToString(r.MatterHash), hex.EncodeToString(r.Prev), hex.EncodeToString(r.Hash)}
			if err := out.Write(record); err != nil {
				return err
			}
			last = *r.Number
		}
		if len(rows) < 1000 {
			out.Flush()
			return out.Error()
		}
	}
}
