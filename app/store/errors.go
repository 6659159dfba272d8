package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
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

// bare cuts from a driver's error what may quote a value of the statement, and keeps what
// finds the defect. PostgreSQL quotes what it cannot read, in the language of the server,
// so only its code and its names stay; SQLite's word index repeats the question that it
// cannot read, so its text stays for broken constraints alone.
func bare(err error) error {
	text := err.Error()
	var postgres *pgconn.PgError
	var lite interface{ Code() int }
	switch {
	case errors.As(err, &postgres):
		text = fmt.Sprintf("PostgreSQL error %s, table %q, constraint %q", postgres.Code, postgres.TableName, postgres.ConstraintName)
	case errors.As(err, &lite):
		if lite.Code()&0xff != sqliteConstraint {
			text, _, _ = strings.Cut(text, ":")
			text = fmt.Sprintf("%s (%d)", text, lite.Code())
		}
	default:
		for _, quoting := range []string{"unable to encode", "converting driver.Value"} {
			text, _, _ = strings.Cut(text, quoting)
		}
	}
	return bareError{text, err}
}

// sqliteConstraint is SQLite's code for a broken constraint; the finer codes keep it in
// their low byte.
const sqliteConstraint = 19

// bareError says less than the error that it stands for.
type bareError struct {
	text  string
	cause error
}

func (b bareError) Error() string { return b.text }

func (b bareError) Unwrap() error { return b.cause }

// quietLogger logs statements that failed without their values. GORM's own logger prints
// them: one slow query would write all of a person's tags into a log line.
type quietLogger struct{ log *slog.Logger }

func (q quietLogger) LogMode(logger.LogLevel) logger.Interface      { return q }
func (q quietLogger) Info(context.Context, string, ...interface{})  {}
func (q quietLogger) Warn(context.Context, string, ...interface{})  {}
func (q quietLogger) Error(context.Context, string, ...interface{}) {}

// ParamsFilter drops the values before any statement text is built.
func (q quietLogger) ParamsFilter(ctx context.Context, sql string, values ...interface{}) (string, []interface{}) {
	return withoutValues(ctx, sql, values...)
}

func withoutValues(_ context.Context, sql string, _ ...interface{}) (string, []interface{}) {
	return sql, nil
}

// GORM's Scan does not ask the logger above: it records the statement first, values and
// all, with a recorder of its own that is set for the whole program.
func init() { logger.RecorderParamsFilter = withoutValues }

func (q quietLogger) Trace(_ context.Context, _ time.Time, fc func() (string, int64), err error) {
	switch {
	case err == nil, errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, gorm.ErrDuplicatedKey),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return
	}
	statement, _ := fc()
	q.log.Error("a statement failed", "statement", statement, "cause", bare(err).Error())
}
