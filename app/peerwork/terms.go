package peerwork

import (
	"context"
	"slices"

	"portico/app/member"
	"portico/app/store"
)

// TermsOn reads for each day the contract of a peer that holds on it, for her and for
// coordinators; a coordinator's reading is logged. A day without a contract is not in the
// answer; one whose contracts were all sealed for others stands there as locked. Of several
// that hold on one day, pay by the hour goes before other pay, and a later one before an
// earlier one.
func (s *Service) TermsOn(ctx context.Context, who member.Actor, account store.ID, days []string) (map[string]OpenContract, error) {
	contracts, err := s.ContractsOf(ctx, who, account)
	if err != nil {
		return nil, err
	}
	terms := map[string]OpenContract{}
	for _, day := range days {
		for _, one := range contracts {
			before, there := terms[day]
			if one.Replaced {
				continue // what stands in its place says what holds
			}
			if one.Locked {
				if !there {
					terms[day] = one
				}
				continue
			}
			holds := one.From <= day && (one.To == "" || day <= one.To)
			if holds && (!there || before.Locked || rank(one.Contract) > rank(before.Contract)) {
				terms[day] = one
			}
		}
	}
	return terms, nil
}

// rank orders contracts that hold on one day.
func rank(c Contract) int {
	return slices.Index([]bool{!c.Paid(), c.Paid() && c.Unit != "hour", c.Paid() && c.Unit == "hour"}, true)
}
