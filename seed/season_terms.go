package seed

import (
	"context"

	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/timesheet"
)

// terms tells the time sheet what contracts say, as the server does.
type terms struct{ from *peerwork.Service }

// TermsOn reads for each day the contract that holds on it.
func (t terms) TermsOn(ctx context.Context, who member.Actor, account store.ID, days []string) (map[string]timesheet.Terms, error) {
	found, err := t.from.TermsOn(ctx, who, account, days)
	list := make(map[string]timesheet.Terms, len(found))
	for day, one := range found {
		list[day] = timesheet.Terms{Kind: one.Contract.Kind, Unit: one.Unit, Amount: one.Amount, Currency: one.Currency, Locked: one.Locked}
	}
	return list, err
}
