// Package fault is the one error type that crosses from the areas to the edge.
//
// A fault has a kind (what went wrong, as a caller may act on it), a message key
// with arguments (what to say to the person, in her language, chosen at the edge)
// and a private cause that only the log sees. Domain packages return faults;
// app/web alone turns them into pages. The package imports nothing of ours.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what a caller may do about a fault. The edge maps it to a status.
type Kind int

const (
	// Internal is a defect or a broken dependency; the person can only try again.
	Internal Kind = iota
	// Invalid is input that the person can mend; Fields say where.
	Invalid
	// NotFound is what does not exist or what this person may not see: both look alike.
	NotFound
	// Conflict is a state that changed under her, such as a stale edit or a taken item.
	Conflict
	// Refused is a rule that says no to this person now, such as a pause or a closed topic.
	Refused
	// KeyAgain asks for the key or passphrase once more before something grave.
	KeyAgain
	// SignIn is an act that needs a live session which is not there any more.
	SignIn
	// Wait is too many tries; the caller shows when to try again.
	Wait
	// Busy is a server without room at this moment.
	Busy
)

// Field names one form field that has to be mended and the message that says how.
type Field struct {
	Name string
	Key  string
	Args []any
}

// Error carries a kind, a message key with arguments, the fields and a private cause.
// Its Error text is for the log and must never reach a page.
type Error struct {
	Kind   Kind
	Key    string
	Args   []any
	Fields []Field
	cause  error
}

// Error returns the text for the log: the key and the private cause.
func (e *Error) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s: %v", e.Key, e.cause)
	}
	return e.Key
}

// Unwrap returns the private cause.
func (e *Error) Unwrap() error { return e.cause }

// Because attaches the private cause and returns the same fault.
func (e *Error) Because(cause error) *Error {
	e.cause = cause
	return e
}

// New makes a fault. Args are name and value pairs for the message.
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// Missing is what does not exist for this person. It is one fault for both reasons, so that
// nobody learns from it what exists.
func Missing() *Error { return New(NotFound, "error.missing") }

// Mended is nil when no field has to be mended, and a fault that names them otherwise.
func Mended(fields []Field) error {
	if len(fields) == 0 {
		return nil
	}
	return Mend(fields...)
}

// Wrap makes an Internal fault out of any error; a fault passes through unchanged,
// and nil stays nil.
func Wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	var already *Error
	if errors.As(err, &already) {
		return err
	}
	return &Error{Kind: Internal, Key: "error.internal", cause: fmt.Errorf("%s: %w", doing, err)}
}

// Mend makes an Invalid fault with the fields that have to be mended.
func Mend(fields ...Field) *Error {
	return &Error{Kind: Invalid, Key: "error.mend", Fields: fields}
}

// KindOf returns the kind of err; an error that is no fault is Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a fault of the given kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// As returns the fault inside err, or nil.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
