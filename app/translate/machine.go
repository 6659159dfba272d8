package translate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Drafter drafts translations. It is one call to a machine: no retries, no state.
type Drafter interface {
	Draft(ctx context.Context, ask Ask) (Answer, error)
}

// Ask is all that a machine learns: segments of a material, the segments beside them, and
// words of the glossary and of the group that made the material.
type Ask struct {
	From, To      string
	Texts         []string
	Before, After string
	Terms         []AskTerm
}

// AskTerm is a word with what it should be called, and what not. A word of a group stands
// for no word of the source, and one of the glossary may only refuse.
type AskTerm struct {
	Term      string   `json:"term,omitempty"`
	Preferred string   `json:"use,omitempty"`
	Refused   []string `json:"do_not_use,omitempty"`
	Keep      bool     `json:"keep,omitempty"` // it stays as it is
}

// Answer is one text for each text of the question, in its order, and what it cost. What it
// cost is there as well when the call failed after the machine had worked.
type Answer struct {
	Texts []string
	In    int // tokens
	Out   int
}

// The troubles of a machine. Each has its words on the page.
const (
	TroubleSlow    = "slow"    // no answer in time
	TroubleBusy    = "busy"    // too many questions at once
	TroubleDown    = "down"    // broken on its side, or not reachable
	TroubleShape   = "shape"   // an answer of the wrong shape, such as another number of segments
	TroubleEmpty   = "empty"   // an answer without words
	TroubleRefused = "refused" // it will not translate this
	TroubleSetup   = "setup"   // it does not know our key or our model
	TroubleBudget  = "budget"  // the money of this month is used up
	TroubleOff     = "off"     // the host has turned it off since
)

// Troubles are all of them, for the words of pages.
var Troubles = []string{TroubleSlow, TroubleBusy, TroubleDown, TroubleShape, TroubleEmpty, TroubleRefused, TroubleSetup, TroubleBudget, TroubleOff}

// Trouble is why a machine gave no draft. It never carries words of the machine or of the
// network: either could repeat our key.
type Trouble struct {
	Kind  string
	After time.Duration // how long the machine asks us to wait; 0 when it does not say
}

// Error names the kind, for the log.
func (t *Trouble) Error() string { return "the machine gave no draft: " + t.Kind }

// kindOf is the kind of trouble that an error is.
func kindOf(err error) (kind string, after time.Duration) {
	var t *Trouble
	if errors.As(err, &t) {
		return t.Kind, t.After
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return TroubleSlow, 0
	}
	return TroubleDown, 0
}

// mostTries is how often a batch is tried before it gives up: troubles that pass get time,
// a wrong shape a second chance, and everything else none.
func mostTries(kind string) int {
	switch kind {
	case TroubleSlow, TroubleBusy, TroubleDown:
		return 5
	case TroubleShape, TroubleEmpty:
		return 2
	}
	return 1
}

// backoff is how long a batch waits after a number of tries: a minute, then twice as long
// each time, and at least as long as the machine asks for, up to a day.
func backoff(tries int, asked time.Duration) time.Duration {
	wait := time.Minute << min(max(tries-1, 0), 10)
	return min(max(wait, asked), 24*time.Hour)
}

// Settings are what the host says about the machine.
type Settings struct {
	Drafter   Drafter
	Model     string
	Address   string   // where it is, for the log of what leaves
	Languages []string // into which it may draft; none means all
	Budget    decimal.Decimal
	PriceIn   decimal.Decimal // per million tokens
	PriceOut  decimal.Decimal
	Timeout   time.Duration // of one call; 0 is a minute
	// Back is a second machine that translates back, or nil. Its budget is that of the first.
	Back *Settings
}

func (s *Settings) drafts(lang string) bool {
	return s != nil && (len(s.Languages) == 0 || slices.Contains(s.Languages, lang))
}

func (s *Settings) timeout() time.Duration {
	if s.Timeout > 0 {
		return s.Timeout
	}
	return time.Minute
}

// nano is the unit in which costs are kept: a thousand-millionth of the host's currency.
var nano = decimal.New(1, -9)

// cost of a call, in nanos. What is less than one is one: nothing that costs is free.
func (s *Settings) cost(in, out int) int64 {
	price := s.PriceIn.Mul(decimal.NewFromInt(int64(in))).Add(s.PriceOut.Mul(decimal.NewFromInt(int64(out)))).Shift(-6)
	return price.Div(nano).Ceil().IntPart()
}

// free reports whether calls cost nothing, as on a machine of the host's own.
func (s *Settings) free() bool { return s.PriceIn.IsZero() && s.PriceOut.IsZero() }

// affords reports whether a call of about this many tokens fits into the month's budget.
func (s *Settings) affords(budget decimal.Decimal, spent int64, in, out int) bool {
	if s.free() {
		return true
	}
	return decimal.NewFromInt(spent + s.cost(in, out)).Mul(nano).LessThanOrEqual(budget)
}

// Money writes nanos as an amount with two digits, rounded up.
func Money(nanos int64) string {
	return decimal.NewFromInt(nanos).Mul(nano).RoundCeil(2).StringFixed(2)
}

// guess is about how many tokens a question and its answer have: in every script a token
// holds at least two bytes, and an answer is about as long as the question.
func guess(a Ask) (in, out int) {
	for _, text := range a.Texts {
		in += len(text)
	}
	out = in/2 + 20*len(a.Texts)
	in = (in+len(a.Before)+len(a.After)+len(instructions(a)))/3 + 60*len(a.Terms)
	return in, out
}

// String keeps the settings short in a log line.
func (s *Settings) String() string { return fmt.Sprintf("model %s", s.Model) }
