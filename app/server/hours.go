package server

import (
	"context"

	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/supervision"
)

// supervisionHours lets a time sheet propose the conversations that supervision knows of:
// the two areas do not know each other.
type supervisionHours struct{ from *supervision.Service }

// Proposals lists them as working time.
func (h supervisionHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]peerwork.Proposal, error) {
	held, err := h.from.Hours(ctx, who, from, to)
	if err != nil {
		return nil, err
	}
	list := make([]peerwork.Proposal, len(held))
	for i, one := range held {
		list[i] = peerwork.Proposal{Source: "supervision/" + one.Entry.String(), Day: one.Day, Kind: "supervision", Minutes: one.Minutes}
	}
	return list, nil
}
