// Package job is the durable queue: a row written in the same transaction as its cause,
// done at least once, by one server at a time, also after a kill.
//
// Invariants: a payload never holds a member's account, tag or words; the row is deleted
// when the work is done; jobs never open sealed records, because nobody is signed in when
// they run. A worker holds a row for a limited time, so that work of a server that died
// is taken up by another.
package job

import (
	"context"
	"log/slog"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/store"
)

// hold is how long a worker may take before another one tries.
const hold = 10 * time.Minute

// Job is one piece of work that waits.
type Job struct {
	ID        store.ID `gorm:"primaryKey"`
	Kind      string
	Payload   string
	Due       string // minute, UTC
	Tries     int
	HeldUntil string // minute, UTC; "" when free
}

// TableName names the table.
func (Job) TableName() string { return "jobs" }

// Work does one job. An error leaves the row to be tried again later.
type Work func(ctx context.Context, payload string) error

// Queue finds due jobs and does them.
type Queue struct {
	store *store.Store
	log   *slog.Logger
	kinds map[string]Work
}

// New makes a queue without any kinds of work.
func New(s *store.Store, log *slog.Logger) *Queue {
	return &Queue{store: s, log: log, kinds: map[string]Work{}}
}

// Handle names the work for a kind. All kinds are named before Run.
func (q *Queue) Handle(kind string, work Work) { q.kinds[kind] = work }

// Enqueue writes a job in the caller's transaction. An empty payload means that one
// waiting job of this kind is enough: a second one changes nothing.
func Enqueue(ctx context.Context, tx *gorm.DB, kind, payload string, due time.Time) error {
	j := Job{ID: store.NewID(), Kind: kind, Payload: payload, Due: store.Minute(due)}
	return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&j).Error
}

// RunDue does every job that is due and returns how many were done.
func (q *Queue) RunDue(ctx context.Context) (done int, err error) {
	for ctx.Err() == nil {
		j, ok, err := q.take(ctx)
		if err != nil || !ok {
			return done, err
		}
		work, known := q.kinds[j.Kind]
		if !known {
			q.log.Error("a job of an unknown kind waits", "kind", j.Kind)
			continue
		}
		if err := work(ctx, j.Payload); err != nil {
			q.log.Error("a job failed and will be tried again", "kind", j.Kind, "tries", j.Tries+1, "cause", err.Error())
			continue
		}
		if err := q.finish(ctx, j); err != nil {
			return done, err
		}
		done++
	}
	return done, ctx.Err()
}

// take claims the oldest due job with one conditional update, so that two servers never
// do the same work at the same time.
func (q *Queue) take(ctx context.Context) (j Job, ok bool, err error) {
	now := q.store.Time()
	minute := store.Minute(now)
	err = q.store.Tx(ctx, func(tx *gorm.DB) error {
		query := tx.Where("due <= ? AND held_until <= ?", minute, minute).Order("due, id").Limit(1)
		if q.store.Postgres() {
			query = query.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"})
		}
		var found []Job
		if err := query.Find(&found).Error; err != nil || len(found) == 0 {
			return err
		}
		j, ok = found[0], true
		_, err := gorm.G[Job](tx).Where("id = ?", j.ID).Select("HeldUntil", "Tries").
			Updates(ctx, Job{HeldUntil: store.Minute(now.Add(hold)), Tries: j.Tries + 1})
		return err
	})
	return j, ok && err == nil, err
}

func (q *Queue) finish(ctx context.Context, j Job) error {
	return q.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[Job](tx).Where("id = ?", j.ID).Delete(ctx)
		return err
	})
}

// Every does something again and again until ctx ends: the small clockwork of the server.
// The work itself decides whether anything is due.
func Every(ctx context.Context, pause time.Duration, work func(context.Context)) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			work(ctx)
		}
	}
}
