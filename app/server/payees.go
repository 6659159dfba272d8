package server

import (
	"context"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/payroll"
	"portico/app/store"
	"portico/app/timesheet"
)

// payees tells the file of payments how people are paid.
type payees struct{ from *payroll.Service }

// Payees opens the details of everybody in a file, for who holds the payroll key; that is
// logged for each of them.
func (p payees) Payees(ctx context.Context, who member.Actor, accounts []store.ID, _ string) (map[store.ID]timesheet.Payee, bool, error) {
	details, err := p.from.OpenMany(ctx, who, accounts)
	if fault.Is(err, fault.NotFound) {
		return nil, false, nil
	}
	found := make(map[store.ID]timesheet.Payee, len(details))
	for id, d := range details {
		payout := d.Words
		if d.Method == "iban" {
			payout = d.IBAN
		} else if payout == "" {
			payout = d.Method
		}
		found[id] = timesheet.Payee{LegalName: d.Name, Payout: payout}
	}
	return found, true, err
}
