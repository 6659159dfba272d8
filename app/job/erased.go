package job

import (
	"context"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
)

// Erased is the kind of work that writes down what somebody deleted, so that a backup of
// before does not bring it back.
const Erased = "erased"

// EndRole is the kind of work that a restore leaves for the server: somebody with a role had
// deleted her account after the backup. The payload is the number of the role account.
const EndRole = "end-role"

// EnqueueErased makes that work in the transaction that deletes the row. The payload is a hash
// of a random number, and no time is kept with it.
func EnqueueErased(ctx context.Context, tx *gorm.DB, table string, id store.ID) error {
	return Enqueue(ctx, tx, Erased, store.ErasedMark(table, id[:]), time.Time{})
}

// Finish does all waiting work of one kind at once, in the last moments of a server: what was
// deleted a second ago is on the list before anybody can lose the database. The work may be
// done twice, by another server as well, and so must be able to bear it.
func (q *Queue) Finish(ctx context.Context, kind string) error {
	waiting, err := gorm.G[Job](q.store.DB).Where("kind = ?", kind).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, j := range waiting {
		if err := q.kinds[kind](ctx, j.Payload); err != nil {
			return fault.Wrap(err, "finish "+kind)
		}
		if err := q.finish(ctx, j); err != nil {
			return err
		}
	}
	return nil
}
