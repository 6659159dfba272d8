package server

import (
	"context"

	"portico/app/desk"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/training"
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

// trainingHours does the same for finished modules: learning for this work is work.
type trainingHours struct{ from *training.Service }

// Proposals lists each finished module on the day on which it was finished.
func (h trainingHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]peerwork.Proposal, error) {
	finished, err := h.from.Finished(ctx, who, from, to)
	if err != nil {
		return nil, err
	}
	list := make([]peerwork.Proposal, len(finished))
	for i, one := range finished {
		list[i] = peerwork.Proposal{Source: "training/" + one.Module + "/" + one.Day, Day: one.Day, Kind: "training", Minutes: one.Minutes}
	}
	return list, nil
}

// dutyHours does the same for shifts at the desk that are over.
type dutyHours struct{ from *desk.Service }

// Proposals lists each shift on the day on which it began.
func (h dutyHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]peerwork.Proposal, error) {
	shifts, err := h.from.Worked(ctx, who, from, to)
	if err != nil {
		return nil, err
	}
	list := make([]peerwork.Proposal, len(shifts))
	for i, one := range shifts {
		list[i] = peerwork.Proposal{Source: "duty/" + one.ID.String(), Day: one.Day, Kind: "moderation", Minutes: one.Hours * 60}
	}
	return list, nil
}

// hasLearned holds that a peer who reads private questions has the peer educators' path
// behind her. The other circles ask for their role alone.
func (s *Server) hasLearned(ctx context.Context, circle string, person store.ID) (bool, error) {
	if circle != member.CircleDuty {
		return true, nil
	}
	return s.Training.Active(ctx, person, member.RolePeer)
}

// meetingHours does the same for paid meetings at which she was.
type meetingHours struct{ from *meeting.Service }

// Proposals lists each of them as working time of learning.
func (h meetingHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]peerwork.Proposal, error) {
	attended, err := h.from.Attended(ctx, who, from, to)
	if err != nil {
		return nil, err
	}
	list := make([]peerwork.Proposal, len(attended))
	for i, one := range attended {
		list[i] = peerwork.Proposal{Source: "meeting/" + one.ID.String(), Day: one.Day, Kind: "training", Minutes: one.Minutes}
	}
	return list, nil
}
