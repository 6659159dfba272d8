package fault_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"portico/app/fault"
)

func TestAFaultKeepsItsKindThroughWrapping(t *testing.T) {
	refused := fault.New(fault.Refused, "forum.paused", "Day", "2026-03-07")
	for name, err := range map[string]error{
		"itself":              refused,
		"inside another":      fmt.Errorf("post: %w", refused),
		"wrapped once more":   fault.Wrap(refused, "post"),
		"joined with another": errors.Join(errors.New("first"), refused),
	} {
		if !fault.Is(err, fault.Refused) || fault.Is(err, fault.Internal) || fault.KindOf(err) != fault.Refused {
			t.Errorf("%s: kind %v", name, fault.KindOf(err))
		}
		if got := fault.As(err); got == nil || got.Key != "forum.paused" || len(got.Args) != 2 {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestAnErrorThatIsNoFaultIsInternal(t *testing.T) {
	plain := errors.New("disk full")
	if fault.KindOf(plain) != fault.Internal || fault.Is(plain, fault.Internal) || fault.As(plain) != nil {
		t.Error("a plain error counts as internal, and is no fault")
	}
	wrapped := fault.Wrap(plain, "write a post")
	f := fault.As(wrapped)
	if f == nil || f.Kind != fault.Internal || f.Key != "error.internal" || !errors.Is(wrapped, plain) {
		t.Fatalf("got %+v", f)
	}
	if text := wrapped.Error(); !strings.Contains(text, "write a post") || !strings.Contains(text, "disk full") {
		t.Errorf("the log reads %q; want what was done and why it failed", text)
	}
}

func TestNothingStaysNothing(t *testing.T) {
	if fault.Wrap(nil, "anything") != nil || fault.As(nil) != nil || fault.Is(nil, fault.Internal) {
		t.Error("nil must stay nil")
	}
}

func TestTheCauseIsPrivate(t *testing.T) {
	cause := errors.New("a value that nobody may see")
	f := fault.New(fault.Conflict, "error.changed").Because(cause)
	if !errors.Is(f, cause) || !strings.Contains(f.Error(), cause.Error()) {
		t.Error("the log does not learn the cause")
	}
	if shown := fmt.Sprint(f.Key, f.Args, f.Fields); strings.Contains(shown, cause.Error()) {
		t.Errorf("what a page shows holds the cause: %s", shown)
	}
	if got := fault.New(fault.Busy, "error.busy").Error(); got != "error.busy" {
		t.Errorf("without a cause the log reads %q", got)
	}
}

func TestMendSaysWhere(t *testing.T) {
	f := fault.Mend(fault.Field{Name: "words", Key: "desk.words.long", Args: []any{"Most", 600}}, fault.Field{Name: "days", Key: "desk.days.range"})
	if f.Kind != fault.Invalid || f.Key != "error.mend" || len(f.Fields) != 2 || f.Fields[0].Name != "words" || f.Fields[1].Name != "days" {
		t.Errorf("got %+v", f)
	}
}
