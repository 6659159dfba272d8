package store

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"portico/app/fault"
)

// Translate turns a driver's error into a fault. Faults and nil pass through.
func Translate(err error) error {
	switch {
	case err == nil:
		return nil
	case fault.As(err) != nil:
		return err
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fault.New(fault.NotFound, "error.missing").Because(err)
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return fault.New(fault.Conflict, "error.changed").Because(errDuplicate)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fault.New(fault.Busy, "error.busy").Because(err)
	}
	return fault.New(fault.Internal, "error.internal").Because(bare(err))
}

// errDuplicate replaces the driver's own text, which quotes the value that was there already.
var errDuplicate = errors.New("a row with this key exists already")

// IsDuplicate reports whether err says that a row exists already.
func IsDuplicate(err error) bool {
	return errors.Is(err, errDuplicate) || errors.Is(err, gorm.ErrDuplicatedKey)
}

// bare keeps an error's message but cuts what a driver may quote after it. PostgreSQL puts
// values into the detail, which pgx does not print; SQLite never quotes values.
func bare(err error) error { return err }

// quietLogger logs statements that failed without their values. GORM's own logger prints
// them: one slow query would write all of a person's tags into a log line.
type quietLogger struct{ log *slog.Logger }

func (q quietLogger) LogMode(logger.LogLevel) logger.Interface      { return q }
func (q quietLogger) Info(context.Context, string, ...interface{})  {}
func (q quietLogger) Warn(context.Context, string, ...interface{})  {}
func (q quietLogger) Error(context.Context, string, ...interface{}) {}

// ParamsFilter drops the values before any statement text is built.
func (q quietLogger) ParamsFilter(_ context.Context, sql string, _ ...interface{}) (string, []interface{}) {
	return sql, nil
}

func (q quietLogger) Trace(_ context.Context, _ time.Time, fc func() (string, int64), err error) {
	switch {
	case err == nil, errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, gorm.ErrDuplicatedKey),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return
	}
	statement, _ := fc()
	q.log.Error("a statement failed", "statement", statement, "cause", err.Error())
}
