package member

import (
	"context"
	"testing"

	"portico/app/fault"
)

// TestTheBudgetOfKeysHasAWaitingRoom fills the room: who finds no place is told at once, who
// stops waiting is not served, and each place is given back.
func TestTheBudgetOfKeysHasAWaitingRoom(t *testing.T) {
	b, ctx := NewBudget(), context.Background()
	for range cap(b.waiting) {
		b.waiting <- struct{}{}
	}
	if err := b.Do(ctx, func() { t.Error("somebody without a place was served") }); !fault.Is(err, fault.Busy) {
		t.Errorf("a full room: got %v; want busy", err)
	}
	for range cap(b.waiting) {
		<-b.waiting
	}
	for range cap(b.running) {
		b.running <- struct{}{}
	}
	gone, leave := context.WithCancel(ctx)
	leave()
	if err := b.Do(gone, func() { t.Error("somebody who left was served") }); !fault.Is(err, fault.Busy) {
		t.Errorf("somebody who left: got %v; want busy", err)
	}
	<-b.running
	served := false
	if err := b.Do(ctx, func() { served = true }); err != nil || !served || len(b.waiting) != 0 || len(b.running) != cap(b.running)-1 {
		t.Errorf("a free place: served %t, %v; %d wait and %d run", served, err, len(b.waiting), len(b.running))
	}
}
