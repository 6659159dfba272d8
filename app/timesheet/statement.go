package timesheet

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Statement is what somebody worked and was paid from one day to another.
type Statement struct {
	From, To string
	Handle   string
	Lines    []StatedLine
	Kinds    []KindSum // minutes by kind of work, in the order of Kinds
	Minutes  int       // that she wrote down
	Approved int       // that were approved
	Payments []OpenPayment
	Paid     []Sum // what her payments for these lines come to, by currency
	Owed     []Sum // what approved lines by the hour are worth that wait for pay
	Waiting  int   // minutes that wait for a decision or for pay
}

// StatedLine is a line with what was or will be paid for it.
type StatedLine struct {
	Line
	Money    decimal.Decimal
	Currency string // "" where there is no amount for it alone
}

// KindSum is the minutes of one kind of work.
type KindSum struct {
	Kind    string
	Minutes int
}

// Sum is an amount in one currency.
type Sum struct {
	Currency string
	Amount   decimal.Decimal
}

func add(list []Sum, currency string, amount decimal.Decimal) []Sum {
	i := slices.IndexFunc(list, func(s Sum) bool { return s.Currency == currency })
	if i < 0 {
		return append(list, Sum{currency, amount})
	}
	list[i].Amount = list[i].Amount.Add(amount)
	return list
}

// longestPeriod is how many days a statement covers at most.
const longestPeriod = 366

// StatementOf makes her own statement for a period.
func (s *Service) StatementOf(ctx context.Context, who member.Actor, from, to string) (Statement, error) {
	if !isPeer(who) {
		return Statement{}, fault.Missing()
	}
	var mend []fault.Field
	if !store.IsDay(from) {
		mend = append(mend, fault.Field{Name: "from", Key: "timesheet.period.day"})
	}
	if !store.IsDay(to) || to < from || store.IsDay(from) && store.DaysBetween(from, to) > longestPeriod {
		mend = append(mend, fault.Field{Name: "to", Key: "timesheet.period.range"})
	}
	if err := fault.Mended(mend); err != nil {
		return Statement{}, err
	}
	rows, err := gorm.G[Line](s.store.DB).Where("account_id = ? AND day >= ? AND day <= ?", who.Role.ID, from, to).Order("day, kind, id").Limit(3000).Find(ctx)
	if err != nil {
		return Statement{}, store.Translate(err)
	}
	st := Statement{From: from, To: to, Handle: who.Role.Handle}
	if st.Payments, err = s.paymentsOf(ctx, who, rows); err != nil {
		return st, err
	}
	terms, err := s.termsOn(ctx, who, who.Role.ID, rows)
	if err != nil {
		return st, err
	}
	st.fill(rows, terms, s.store.Today())
	return st, nil
}

// fill adds the lines up.
func (st *Statement) fill(rows []Line, terms map[string]Terms, today string) {
	kinds := map[string]int{}
	for _, row := range rows {
		one := StatedLine{Line: row}
		kinds[row.Kind] += row.Minutes
		st.Minutes += row.Minutes
		st.Approved += row.ApprovedMinutes
		if row.Waits(today) {
			st.Waiting += row.Minutes
		}
		if row.State == Paid {
			one.Money, one.Currency = st.paidFor(row)
		} else if money, ok := Money(row.ApprovedMinutes, terms[row.Day]); ok && row.CanPay(today) {
			one.Money, one.Currency = money, terms[row.Day].Currency
			st.Owed = add(st.Owed, one.Currency, money)
		}
		st.Lines = append(st.Lines, one)
	}
	for _, kind := range Kinds {
		if kinds[kind] > 0 {
			st.Kinds = append(st.Kinds, KindSum{kind, kinds[kind]})
		}
	}
	for _, p := range st.Payments {
		if p.Known {
			st.Paid = add(st.Paid, p.Currency, p.Sum)
		}
	}
}

// paidFor is what a payment was for one line, where it says so.
func (st *Statement) paidFor(row Line) (decimal.Decimal, string) {
	for _, p := range st.Payments {
		if p.ID == row.PaymentID {
			if d, ok := p.OfLine(row.ID); ok {
				return d, p.Currency
			}
		}
	}
	return decimal.Zero, ""
}
