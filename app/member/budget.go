package member

import (
	"context"
	"runtime"

	"portico/app/fault"
)

// Budget keeps the costly key derivations from eating the machine: at most half the cores
// run one at any moment, and a waiting room of 64 holds the rest.
type Budget struct {
	running chan struct{}
	waiting chan struct{}
}

// NewBudget sizes the budget for this machine.
func NewBudget() *Budget {
	return &Budget{running: make(chan struct{}, max(1, runtime.NumCPU()/2)), waiting: make(chan struct{}, 64)}
}

// Do runs the costly work when there is room. A full waiting room is a Busy fault.
func (b *Budget) Do(ctx context.Context, work func()) error {
	select {
	case b.waiting <- struct{}{}:
	default:
		return fault.New(fault.Busy, "error.busy")
	}
	defer func() { <-b.waiting }()
	select {
	case b.running <- struct{}{}:
	case <-ctx.Done():
		return fault.New(fault.Busy, "error.busy").Because(ctx.Err())
	}
	defer func() { <-b.running }()
	work()
	return nil
}
