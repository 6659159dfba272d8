package timesheet

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"portico/app/member"
	"portico/app/store"
)

// Terms are what a contract says about the pay of one day.
type Terms struct {
	Kind     string // one of the kinds of contract
	Unit     string // what the amount is for: hour, task, month, total
	Amount   decimal.Decimal
	Currency string // ISO 4217
	Locked   bool   // there are contracts, and none was sealed for this reader
}

// Contracts is what a time sheet asks of the area of contracts. The server names it.
type Contracts interface {
	// TermsOn reads for each day the contract of an account that holds on it, as far as the
	// reader may. A day without a contract is not in the answer.
	TermsOn(ctx context.Context, who member.Actor, account store.ID, days []string) (map[string]Terms, error)
}

// Currencies that hosts here use, by their ISO 4217 codes.
var Currencies = []string{"EUR", "CHF", "GBP", "USD", "ALL", "BGN", "BRL", "CNY", "MAD", "NGN", "PLN", "RON", "RSD", "RUB", "TRY", "UAH"}

// neverPaid are kinds of contract that no amount turns into pay.
var neverPaid = []string{"reimbursement", "voucher", "volunteer"}

// Paid reports whether work under these terms is paid.
func (t Terms) Paid() bool { return t.Amount.IsPositive() && !slices.Contains(neverPaid, t.Kind) }

// Hourly reports whether minutes make money by themselves.
func (t Terms) Hourly() bool { return t.Paid() && t.Unit == "hour" }

// Money is what minutes are worth under terms by the hour, rounded half to even; ok is
// false for all others, where minutes do not make money.
func Money(minutes int, t Terms) (amount decimal.Decimal, ok bool) {
	if !t.Hourly() {
		return decimal.Zero, false
	}
	return t.Amount.Mul(decimal.NewFromInt(int64(minutes))).DivRound(decimal.NewFromInt(60), 12).RoundBank(2), true
}

// termsOn asks for the terms of the days of some lines.
func (s *Service) termsOn(ctx context.Context, who member.Actor, account store.ID, lines []Line) (map[string]Terms, error) {
	if s.contracts == nil || len(lines) == 0 {
		return nil, nil
	}
	var days []string
	for _, l := range lines {
		days = append(days, l.Day)
	}
	slices.Sort(days)
	return s.contracts.TermsOn(ctx, who, account, slices.Compact(days))
}

// waitsForPay reports whether work of a day waits for pay once it is approved. A day
// without a contract does: what is owed for it is somebody's to say.
func waitsForPay(terms map[string]Terms, day string) bool {
	t, there := terms[day]
	return !there || t.Locked || t.Paid()
}
