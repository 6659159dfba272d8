package job_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/job"
	"portico/app/store"
	"portico/app/store/storetest"
)

var quiet = slog.New(slog.DiscardHandler)

func enqueue(t *testing.T, db *storetest.DB, kind, payload string, due time.Time) {
	t.Helper()
	ctx := context.Background()
	err := db.Tx(ctx, func(tx *gorm.DB) error { return job.Enqueue(ctx, tx, kind, payload, due) })
	if err != nil {
		t.Fatalf("enqueue: %v", err)
	}
}

func waiting(t *testing.T, db *storetest.DB) []job.Job {
	t.Helper()
	var rows []job.Job
	if err := db.DB.Order("kind, payload").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return rows
}

func runDue(t *testing.T, q *job.Queue, want int) {
	t.Helper()
	if done, err := q.RunDue(context.Background()); err != nil || done != want {
		t.Fatalf("did %d jobs, %v; want %d", done, err, want)
	}
}

func TestAJobOfACauseThatFailedIsNotThere(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	broken := errors.New("the cause failed")
	err := db.Tx(ctx, func(tx *gorm.DB) error {
		if err := job.Enqueue(ctx, tx, "sweep", "", db.Time.Now()); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if rows := waiting(t, db); len(rows) != 0 {
		t.Errorf("%d jobs wait; want none", len(rows))
	}
}

func TestAJobRunsOnceWhenItIsDueAndLeavesNoRow(t *testing.T) {
	db := storetest.New(t)
	enqueue(t, db, "sweep", "b4", db.Time.Now().Add(5*time.Minute))
	var got []string
	q := job.New(db.Store, quiet)
	q.Handle("sweep", func(_ context.Context, payload string) error { got = append(got, payload); return nil })
	db.Time.Advance(4 * time.Minute)
	runDue(t, q, 0)
	db.Time.Advance(time.Minute)
	runDue(t, q, 1)
	runDue(t, q, 0)
	if strings.Join(got, " ") != "b4" {
		t.Errorf("the work saw %q; want b4 once", got)
	}
	if rows := waiting(t, db); len(rows) != 0 {
		t.Errorf("%d rows stay after the work", len(rows))
	}
}

func TestTwoWorkersNeverDoTheSameJob(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	const jobs = 40
	for i := range jobs {
		enqueue(t, db, "sweep", fmt.Sprint(i), db.Time.Now())
	}
	var mu sync.Mutex
	runs, total := map[string]int{}, 0
	var wg sync.WaitGroup
	for range 2 {
		q := job.New(db.Store, quiet)
		q.Handle("sweep", func(_ context.Context, payload string) error {
			mu.Lock()
			defer mu.Unlock()
			runs[payload]++
			return nil
		})
		wg.Go(func() {
			done, err := q.RunDue(ctx)
			if err != nil {
				t.Errorf("run: %v", err)
			}
			mu.Lock()
			defer mu.Unlock()
			total += done
		})
	}
	wg.Wait()
	// A worker that finds every due row locked by the other goes home; what it left is taken next time.
	if len(waiting(t, db)) > 0 {
		t.Errorf("%d jobs were left over", len(waiting(t, db)))
	}
	if total != jobs || len(runs) != jobs {
		t.Errorf("%d runs of %d different jobs; want %d of each", total, len(runs), jobs)
	}
	for payload, n := range runs {
		if n != 1 {
			t.Errorf("job %s ran %d times", payload, n)
		}
	}
}

func TestFailingWorkIsTriedAgainAfterTheHoldOnly(t *testing.T) {
	db := storetest.New(t)
	var log bytes.Buffer
	q := job.New(db.Store, slog.New(slog.NewTextHandler(&log, nil)))
	tries, others := 0, 0
	q.Handle("fragile", func(context.Context, string) error {
		if tries++; tries < 3 {
			return errors.New("not yet")
		}
		return nil
	})
	q.Handle("steady", func(context.Context, string) error { others++; return nil })
	enqueue(t, db, "fragile", "a payload", db.Time.Now())
	enqueue(t, db, "steady", "", db.Time.Now())
	runDue(t, q, 1)
	if tries != 1 || others != 1 {
		t.Fatalf("%d tries and %d others; one failure must not stop the rest, and is not tried at once", tries, others)
	}
	if rows := waiting(t, db); len(rows) != 1 || rows[0].Tries != 1 {
		t.Fatalf("waiting: %+v; want the failed one with one try", rows)
	}
	db.Time.Advance(9 * time.Minute)
	runDue(t, q, 0)
	if tries != 1 {
		t.Fatal("tried again before the hold ended")
	}
	db.Time.Advance(time.Minute)
	runDue(t, q, 0)
	db.Time.Advance(10 * time.Minute)
	runDue(t, q, 1)
	if tries != 3 || len(waiting(t, db)) != 0 {
		t.Errorf("%d tries, %d wait; want the third to end it", tries, len(waiting(t, db)))
	}
	if text := log.String(); !strings.Contains(text, "fragile") || strings.Contains(text, "a payload") {
		t.Errorf("the log must name the kind and never the payload: %s", text)
	}
}

func TestTheWorkOfAWorkerThatDiedIsTakenUp(t *testing.T) {
	db := storetest.New(t)
	enqueue(t, db, "sweep", "", db.Time.Now())
	dying := job.New(db.Store, quiet)
	dying.Handle("sweep", func(context.Context, string) error { runtime.Goexit(); return nil })
	var wg sync.WaitGroup
	wg.Go(func() { _, _ = dying.RunDue(context.Background()) })
	wg.Wait()
	if rows := waiting(t, db); len(rows) != 1 || rows[0].HeldUntil != store.Minute(db.Time.Now().Add(10*time.Minute)) {
		t.Fatalf("after the death: %+v; want a row that is held for ten minutes", rows)
	}
	runs := 0
	q := job.New(db.Store, quiet)
	q.Handle("sweep", func(context.Context, string) error { runs++; return nil })
	db.Time.Advance(9 * time.Minute)
	runDue(t, q, 0)
	db.Time.Advance(time.Minute)
	runDue(t, q, 1)
	if runs != 1 || len(waiting(t, db)) != 0 {
		t.Errorf("%d runs, %d wait", runs, len(waiting(t, db)))
	}
}

func TestAnEmptyPayloadMeansOneRowOfAKind(t *testing.T) {
	db := storetest.New(t)
	for range 3 {
		enqueue(t, db, "sweep", "", db.Time.Now())
		enqueue(t, db, "vacuum", "", db.Time.Now())
		enqueue(t, db, "board", "b4", db.Time.Now())
	}
	count := map[string]int{}
	for _, row := range waiting(t, db) {
		count[row.Kind]++
	}
	if count["sweep"] != 1 || count["vacuum"] != 1 || count["board"] != 3 {
		t.Errorf("got %v; want one of each kind without payload and every one with", count)
	}
}

func TestAJobOfAnUnknownKindStaysAndIsSaid(t *testing.T) {
	db := storetest.New(t)
	var log bytes.Buffer
	q := job.New(db.Store, slog.New(slog.NewTextHandler(&log, nil)))
	runs := 0
	q.Handle("known", func(context.Context, string) error { runs++; return nil })
	enqueue(t, db, "of-a-newer-server", "p", db.Time.Now().Add(-time.Hour))
	enqueue(t, db, "known", "", db.Time.Now())
	runDue(t, q, 1)
	if rows := waiting(t, db); runs != 1 || len(rows) != 1 || rows[0].Kind != "of-a-newer-server" {
		t.Errorf("%d runs, waiting %+v; want the known one done and the other kept", runs, rows)
	}
	if !strings.Contains(log.String(), "of-a-newer-server") {
		t.Error("the log does not name the kind")
	}
}

func TestTheOldestDueJobComesFirst(t *testing.T) {
	db := storetest.New(t)
	for _, minutes := range []int{-1, -30, -5} {
		enqueue(t, db, "sweep", fmt.Sprint(minutes), db.Time.Now().Add(time.Duration(minutes)*time.Minute))
	}
	var got []string
	q := job.New(db.Store, quiet)
	q.Handle("sweep", func(_ context.Context, payload string) error { got = append(got, payload); return nil })
	runDue(t, q, 3)
	if strings.Join(got, " ") != "-30 -5 -1" {
		t.Errorf("done in the order %v", got)
	}
}

func TestAnEndedContextStopsBetweenJobs(t *testing.T) {
	db := storetest.New(t)
	for i := range 3 {
		enqueue(t, db, "sweep", fmt.Sprint(i), db.Time.Now())
	}
	ctx, stop := context.WithCancel(context.Background())
	q := job.New(db.Store, quiet)
	runs := 0
	q.Handle("sweep", func(context.Context, string) error { runs++; stop(); return errors.New("stopped") })
	if _, err := q.RunDue(ctx); !errors.Is(err, context.Canceled) || runs != 1 {
		t.Errorf("%d runs, %v; want one and then the end", runs, err)
	}
	if n := len(waiting(t, db)); n != 3 {
		t.Errorf("%d jobs wait; want all three", n)
	}
}

func TestEveryWorksUntilItIsStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	runs := 0
	job.Every(ctx, time.Millisecond, func(context.Context) {
		if runs++; runs == 3 {
			stop()
		}
	})
	if runs < 3 {
		t.Errorf("%d runs", runs)
	}
}

// TestWhatWasDeletedIsWrittenDownBeforeAServerEnds finishes one kind of work and leaves others,
// and keeps what could not be written.
func TestWhatWasDeletedIsWrittenDownBeforeAServerEnds(t *testing.T) {
	db := storetest.New(t)
	ctx := context.Background()
	id := store.NewID()
	q := job.New(db.Store, quiet)
	var got []string
	broken := errors.New("the disk is full")
	q.Handle(job.Erased, func(_ context.Context, mark string) error {
		got = append(got, mark)
		return broken
	})
	err := db.Tx(ctx, func(tx *gorm.DB) error { return job.EnqueueErased(ctx, tx, "posts", id) })
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, db, "other", "stays", db.Time.Now())
	if err := q.Finish(ctx, job.Erased); !errors.Is(err, broken) || len(waiting(t, db)) != 2 {
		t.Errorf("what could not be written: %v, %v", err, waiting(t, db))
	}
	broken = nil
	if err := q.Finish(ctx, job.Erased); err != nil {
		t.Fatal(err)
	}
	left := waiting(t, db)
	if len(left) != 1 || left[0].Kind != "other" || len(got) != 2 || got[1] != store.ErasedMark("posts", id[:]) {
		t.Errorf("done %q, left %v", got, left)
	}
	if strings.Contains(got[0], id.String()) || !store.IsErasedMark(got[0]) {
		t.Errorf("the payload is %q", got[0])
	}
}
