package server

import (
	"context"

	"portico/app/desk"
	"portico/app/material"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/timesheet"
	"portico/app/training"
	"portico/app/translate"
)

// supervisionHours lets a time sheet propose the conversations that supervision knows of:
// the two areas do not know each other.
type supervisionHours struct{ from *supervision.Service }

// Proposals lists them as working time.
func (h supervisionHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]timesheet.Proposal, error) {
	held, err := h.from.Hours(ctx, who, from, to)
	if err != nil {
		return nil, err
	}
	list := make([]timesheet.Proposal, len(held))
	for i, one := range held {
		kind := "supervision"
		if one.Kind == "mentoring" {
			kind = "mentoring"
		}
		list[i] = timesheet.Proposal{Source: "supervision/" + one.Entry.String(), Day: one.Day, Kind: kind, Minutes: one.Minutes}
	}
	return list, nil
}

// trainingHours does the same for finished modules: learning for this work is work.
type trainingHours struct{ from *training.Service }

// Proposals lists each finished module on the day on which it was finished.
func (h trainingHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]timesheet.Proposal, error) {
	finished, err := h.from.Finished(ctx, who, from, to)
	if err != nil {
		return nil, err
	}
	list := make([]timesheet.Proposal, len(finished))
	for i, one := range finished {
		list[i] = timesheet.Proposal{Source: "training/" + one.Module + "/" + one.Day, Day: one.Day, Kind: "training", Minutes: one.Minutes}
	}
	return list, nil
}

// dutyHours does the same for shifts at the desk that are over.
type dutyHours struct{ from *desk.Service }

// Proposals lists each shift on the day on which it began.
func (h dutyHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]timesheet.Proposal, error) {
	shifts, err := h.from.Worked(ctx, who, from, to)
	if err != nil {
		return nil, err
	}
	list := make([]timesheet.Proposal, len(shifts))
	for i, one := range shifts {
		list[i] = timesheet.Proposal{Source: "duty/" + one.ID.String(), Day: one.Day, Kind: "moderation", Minutes: one.Hours * 60}
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
func (h meetingHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]timesheet.Proposal, error) {
	attended, err := h.from.Attended(ctx, who, from, to)
	if err != nil {
		return nil, err
	}
	list := make([]timesheet.Proposal, len(attended))
	for i, one := range attended {
		list[i] = timesheet.Proposal{Source: "meeting/" + one.ID.String(), Day: one.Day, Kind: "training", Minutes: one.Minutes}
	}
	return list, nil
}

// contractTerms tells the time sheet what contracts say.
type contractTerms struct{ from *peerwork.Service }

// TermsOn reads for each day the contract that holds on it.
func (c contractTerms) TermsOn(ctx context.Context, who member.Actor, account store.ID, days []string) (map[string]timesheet.Terms, error) {
	found, err := c.from.TermsOn(ctx, who, account, days)
	if err != nil {
		return nil, err
	}
	terms := make(map[string]timesheet.Terms, len(found))
	for day, one := range found {
		terms[day] = timesheet.Terms{Kind: one.Contract.Kind, Unit: one.Unit, Amount: one.Amount, Currency: one.Currency, Locked: one.Locked}
	}
	return terms, nil
}

// materialHours does the same for what people noted for a text that they make together.
type materialHours struct{ from *material.Service }

// Proposals lists what she noted, one for each text and day.
func (h materialHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]timesheet.Proposal, error) {
	spent, err := h.from.Hours(ctx, who, from, to)
	list := make([]timesheet.Proposal, len(spent))
	for i, one := range spent {
		list[i] = timesheet.Proposal{Source: "material/" + one.MaterialID.String() + "/" + one.Day, Day: one.Day, Kind: "co-design", Minutes: one.Minutes}
	}
	return list, err
}

// translationHours does the same for what people noted for a translation.
type translationHours struct{ from *translate.Service }

// Proposals lists what she noted, one for each text and day.
func (h translationHours) Proposals(ctx context.Context, who store.ID, from, to string) ([]timesheet.Proposal, error) {
	spent, err := h.from.Hours(ctx, who, from, to)
	list := make([]timesheet.Proposal, len(spent))
	for i, one := range spent {
		list[i] = timesheet.Proposal{Source: "translation/" + one.DocumentID.String() + "/" + one.Day, Day: one.Day, Kind: "translation", Minutes: one.Minutes}
	}
	return list, err
}
