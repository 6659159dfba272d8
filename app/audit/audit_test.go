package audit_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/store"
	"portico/app/store/storetest"
)

func note(t *testing.T, db *storetest.DB, at, matter string) {
	t.Helper()
	ctx := context.Background()
	err := db.Tx(ctx, func(tx *gorm.DB) error { return audit.Note(ctx, tx, at, "decision", matter) })
	if err != nil {
		t.Fatalf("note: %v", err)
	}
}

// chained is a fresh database with a chain of n rows, one a day.
func chained(t *testing.T, n int) *storetest.DB {
	t.Helper()
	db := storetest.New(t)
	for i := range n {
		note(t, db, fmt.Sprintf("2026-03-%02d", i+1), fmt.Sprintf(`{"action":"hide","n":"%d"}`, i+1))
	}
	if got, err := audit.Chain(context.Background(), db.Store); err != nil || got != n {
		t.Fatalf("chained %d rows, %v; want %d", got, err, n)
	}
	return db
}

func verify(t *testing.T, s *store.Store) audit.Report {
	t.Helper()
	report, err := audit.Verify(context.Background(), s)
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	return report
}

func run(t *testing.T, db *storetest.DB, statement string, args ...any) {
	t.Helper()
	result := db.DB.Exec(statement, args...)
	if result.Error != nil || result.RowsAffected == 0 {
		t.Fatalf("%s: %d rows, %v", statement, result.RowsAffected, result.Error)
	}
}

func TestAnEmptyChainHolds(t *testing.T) {
	db := storetest.New(t)
	if n, err := audit.Chain(context.Background(), db.Store); n != 0 || err != nil {
		t.Errorf("chained %d, %v", n, err)
	}
	if r := verify(t, db.Store); r.Chained != 0 || r.Unchained != 0 || r.Fault != "" || len(r.Head) != 32 {
		t.Errorf("got %+v", r)
	}
}

func TestRowsAreChainedInOrderAndOnlyOnce(t *testing.T) {
	ctx := context.Background()
	db := chained(t, 5)
	var rows []audit.Row
	if err := db.DB.Order("number").Find(&rows).Error; err != nil || len(rows) != 5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	prev := make([]byte, 32)
	for i, row := range rows {
		if *row.Number != int64(i+1) || row.At != fmt.Sprintf("2026-03-%02d", i+1) {
			t.Errorf("place %d: number %d of day %s", i+1, *row.Number, row.At)
		}
		if hex.EncodeToString(row.Prev) != hex.EncodeToString(prev) {
			t.Errorf("row %d does not hold the hash of the one before", i+1)
		}
		prev = row.Hash
	}
	if n, err := audit.Chain(ctx, db.Store); n != 0 || err != nil {
		t.Errorf("nothing waits, and yet %d were chained, %v", n, err)
	}
	r := verify(t, db.Store)
	if r.Fault != "" || r.Chained != 5 || hex.EncodeToString(r.Head) != hex.EncodeToString(prev) {
		t.Errorf("got %+v", r)
	}
	note(t, db, "2026-03-01", `{"action":"late"}`)
	if n, err := audit.Chain(ctx, db.Store); n != 1 || err != nil {
		t.Fatalf("a later row: chained %d, %v", n, err)
	}
	if r := verify(t, db.Store); r.Fault != "" || r.Chained != 6 {
		t.Errorf("a row of an earlier day comes after the chain that stands: got %+v", r)
	}
}

func TestRowsThatWaitAreCounted(t *testing.T) {
	db := chained(t, 2)
	for range 3 {
		note(t, db, "2026-03-09", "{}")
	}
	if r := verify(t, db.Store); r.Chained != 2 || r.Unchained != 3 || r.Fault != "" {
		t.Errorf("got %+v; want 2 chained and 3 that wait", r)
	}
}

func TestARowOfACauseThatFailedIsNotThere(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	err := db.Tx(ctx, func(tx *gorm.DB) error {
		if err := audit.Note(ctx, tx, "2026-03-07", "decision", "{}"); err != nil {
			return err
		}
		return fault.New(fault.Refused, "desk.own")
	})
	if !fault.Is(err, fault.Refused) {
		t.Fatal(err)
	}
	if r := verify(t, db.Store); r.Unchained != 0 {
		t.Errorf("%d rows wait; want none", r.Unchained)
	}
}

func TestMoreRowsThanOnePageAreChainedAndVerified(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	err := db.Tx(ctx, func(tx *gorm.DB) error {
		for range 1100 {
			if err := audit.Note(ctx, tx, "2026-03-07", "decision", "{}"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{500, 500, 100, 0} {
		if n, err := audit.Chain(ctx, db.Store); n != want || err != nil {
			t.Fatalf("chained %d, %v; want %d", n, err, want)
		}
	}
	if r := verify(t, db.Store); r.Chained != 1100 || r.Unchained != 0 || r.Fault != "" {
		t.Errorf("got %+v", r)
	}
	run(t, db, "UPDATE audit_rows SET matter = 'x' WHERE number = 1050")
	if r := verify(t, db.Store); !strings.HasPrefix(r.Fault, "row 1050:") {
		t.Errorf("a fault on the second page: got %q", r.Fault)
	}
}

func TestEachTamperingIsFoundAndNamed(t *testing.T) {
	other := strings.Repeat("ab", 32)
	blob := func(s string) []byte { raw, _ := hex.DecodeString(s); return raw }
	for _, c := range []struct {
		name, want string
		tamper     func(t *testing.T, db *storetest.DB)
	}{
		{"matter altered", "row 3: its matter was altered", func(t *testing.T, db *storetest.DB) {
			run(t, db, `UPDATE audit_rows SET matter = '{"action":"keep","n":"3"}' WHERE number = 3`)
		}},
		{"matter altered with its hash", "row 3: its matter was altered", func(t *testing.T, db *storetest.DB) {
			run(t, db, `UPDATE audit_rows SET matter = 'x', matter_hash = ? WHERE number = 3`, blob(other))
		}},
		{"matter erased and its hash altered", "row 3: its hash does not fit", func(t *testing.T, db *storetest.DB) {
			run(t, db, `UPDATE audit_rows SET matter = NULL, matter_hash = ? WHERE number = 3`, blob(other))
		}},
		{"hash altered", "row 2: its hash does not fit", func(t *testing.T, db *storetest.DB) {
			run(t, db, `UPDATE audit_rows SET hash = ? WHERE number = 2`, blob(other))
		}},
		{"hash of the last row altered", "row 5: its hash does not fit", func(t *testing.T, db *storetest.DB) {
			run(t, db, `UPDATE audit_rows SET hash = ? WHERE number = 5`, blob(other))
		}},
		{"link altered", "row 4: it does not follow the row before", func(t *testing.T, db *storetest.DB) {
			run(t, db, `UPDATE audit_rows SET prev = ? WHERE number = 4`, blob(other))
		}},
		{"day altered", "row 2: its hash does not fit", func(t *testing.T, db *storetest.DB) {
			run(t, db, `UPDATE audit_rows SET at = '2026-01-01' WHERE number = 2`)
		}},
		{"kind altered", "row 2: its hash does not fit", func(t *testing.T, db *storetest.DB) {
			run(t, db, `UPDATE audit_rows SET kind = 'export' WHERE number = 2`)
		}},
		{"a row deleted", "row 3: number 2 is missing", func(t *testing.T, db *storetest.DB) {
			run(t, db, `DELETE FROM audit_rows WHERE number = 2`)
		}},
		{"the first row deleted", "row 2: number 1 is missing", func(t *testing.T, db *storetest.DB) {
			run(t, db, `DELETE FROM audit_rows WHERE number = 1`)
		}},
		{"a row deleted and the gap closed", "row 2: it does not follow the row before", func(t *testing.T, db *storetest.DB) {
			run(t, db, `DELETE FROM audit_rows WHERE number = 2`)
			for n := 3; n <= 5; n++ {
				run(t, db, `UPDATE audit_rows SET number = ? WHERE number = ?`, n-1, n)
			}
		}},
		{"two rows reordered", "row 2: it does not follow the row before", func(t *testing.T, db *storetest.DB) {
			for _, move := range [][2]int{{2, 100}, {3, 2}, {100, 3}} {
				run(t, db, `UPDATE audit_rows SET number = ? WHERE number = ?`, move[1], move[0])
			}
		}},
		{"a row put in", "row 6: it does not follow the row before", func(t *testing.T, db *storetest.DB) {
			note(t, db, "2026-03-06", "{}")
			run(t, db, `UPDATE audit_rows SET number = 6, prev = ?, hash = ? WHERE number IS NULL`, blob(other), blob(other))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := chained(t, 5)
			c.tamper(t, db)
			if r := verify(t, db.Store); r.Fault != c.want {
				t.Errorf("got %q; want %q", r.Fault, c.want)
			}
		})
	}
}

func TestErasedMatterStillVerifies(t *testing.T) {
	db := chained(t, 4)
	head := verify(t, db.Store).Head
	run(t, db, "UPDATE audit_rows SET matter = NULL WHERE number IN (1, 3)")
	if r := verify(t, db.Store); r.Fault != "" || r.Chained != 4 || string(r.Head) != string(head) {
		t.Errorf("got %+v; want the same head and no fault", r)
	}
}

func TestTwoChainersDoNotForkTheChain(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	second, err := store.Open(db.Address, db.Clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = second.Close() })
	const rounds, each = 12, 5
	var wg sync.WaitGroup
	for _, s := range []*store.Store{db.Store, second} {
		wg.Go(func() {
			for range rounds {
				err := s.Tx(ctx, func(tx *gorm.DB) error {
					for range each {
						if err := audit.Note(ctx, tx, "2026-03-07", "decision", "{}"); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					t.Errorf("note: %v", err)
				}
				// The later of two chainers rolls back and is told so; nothing else may go wrong.
				if _, err := audit.Chain(ctx, s); err != nil && !store.IsDuplicate(err) {
					t.Errorf("chain: %v", err)
				}
			}
		})
	}
	wg.Wait()
	if _, err := audit.Chain(ctx, db.Store); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, db.Store); r.Fault != "" || r.Chained != 2*rounds*each || r.Unchained != 0 {
		t.Errorf("got %+v; want one chain of %d", r, 2*rounds*each)
	}
}
