package timesheet

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/numeral"
	"portico/app/store"
)

// Payment is one payment for some lines of one person, in one currency.
type Payment struct {
	ID        store.ID `gorm:"primaryKey"`
	AccountID store.ID
	Day       string
	Reference string
	Minutes   int
	Currency  string   // ISO 4217; "" for one that was recorded before amounts were
	AmountID  store.ID // the sealed amount
	PaidBy    store.ID
}

// TableName names the table.
func (Payment) TableName() string { return "payments" }

// amount is what is sealed of a payment. Lines is empty where somebody typed the sum.
type amount struct {
	Sum   decimal.Decimal            `json:"sum"`
	Lines map[string]decimal.Decimal `json:"lines,omitempty"`
}

// OpenPayment is a payment as somebody reads it.
type OpenPayment struct {
	Payment
	Sum   decimal.Decimal
	Known bool // the amount was sealed for this reader
	lines map[string]decimal.Decimal
}

// OfLine is what a payment was for one line; ok is false where only the sum is known.
func (p OpenPayment) OfLine(id store.ID) (decimal.Decimal, bool) {
	d, ok := p.lines[id.String()]
	return d, ok
}

// Bundle is the lines of a week that one payment can be for.
type Bundle struct {
	Key      string // names it in a form
	Currency string // "" where she chooses it
	Typed    bool   // minutes make no money here: the coordinator types the sum
	Locked   bool   // the contract was not sealed for her
	Minutes  int
	Sum      decimal.Decimal
	Lines    []Line
	each     map[string]decimal.Decimal
}

// bundles sorts lines that can be paid now into payments: one for each currency of pay by
// the hour, one for each currency of other pay, one for days without a contract.
func bundles(lines []Line, terms map[string]Terms, today string) []Bundle {
	var list []Bundle
	for _, line := range lines {
		if !line.CanPay(today) {
			continue
		}
		t := terms[line.Day]
		one := Bundle{Key: t.Currency, Currency: t.Currency, Typed: !t.Hourly(), Locked: t.Locked}
		switch {
		case t.Locked:
			one.Key = Locked
		case one.Typed:
			one.Key = "typed" + t.Currency
		}
		i := slices.IndexFunc(list, func(b Bundle) bool { return b.Key == one.Key })
		if i < 0 {
			one.each = map[string]decimal.Decimal{}
			list, i = append(list, one), len(list)
		}
		b := &list[i]
		b.Lines, b.Minutes = append(b.Lines, line), b.Minutes+line.ApprovedMinutes
		if money, ok := Money(line.ApprovedMinutes, t); ok {
			b.Sum, b.each[line.ID.String()] = b.Sum.Add(money), money
		}
	}
	return list
}

// Bundles lists what a coordinator can pay of a week now.
func (s *Service) Bundles(ctx context.Context, who member.Actor, sheet Sheet) ([]Bundle, error) {
	if !coordinates(who) || sheet.AccountID == who.Role.ID {
		return nil, nil
	}
	lines := slices.DeleteFunc(bare(sheet.Lines), func(l Line) bool {
		return !l.CanPay(s.store.Today()) || slices.Contains(sheet.Locked, MonthOf(l.Day))
	})
	terms, err := s.termsOn(ctx, who, sheet.AccountID, lines)
	if err != nil {
		return nil, err
	}
	return bundles(lines, terms, s.store.Today()), nil
}

// PayForm is what a coordinator says about a payment.
type PayForm struct {
	Bundle, Reference string
	Amount, Currency  string // typed; the currency only where no contract names it
	Minutes           int    // of the bundle as she read it
	Sum               string // of the bundle as she read it, where minutes make money
	Nonce             string
}

// referencePattern keeps references to payments neutral: numbers with dashes, as a bank
// statement shows them to whoever opens her letters.
var referencePattern = regexp.MustCompile(`^[A-Z]{0,4}[-/ ]?[0-9][0-9/ -]{0,29}$`)

// Pay records one payment for the lines of a bundle, with a neutral reference. The lines
// and their sum have to be those that she read. The same form again changes nothing; of two
// people at once one is told that it is done.
func (s *Service) Pay(ctx context.Context, who member.Actor, id store.ID, f PayForm) error {
	before, err := s.readFor(ctx, who, id)
	if err != nil {
		return err
	}
	payment := Payment{ID: store.FormID("timesheet", f.Nonce), AccountID: before.AccountID, Day: s.store.Today(), PaidBy: who.Role.ID}
	terms, err := s.termsOn(ctx, who, before.AccountID, before.lines)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		held, err := s.holdClosed(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if n, err := gorm.G[Payment](tx).Where("id = ? AND account_id = ?", payment.ID, held.AccountID).Count(ctx, "id"); err != nil || n > 0 {
			return err // the same form again
		}
		bundle, err := f.find(ctx, tx, bundles(held.lines, terms, payment.Day))
		if err != nil {
			return err
		}
		if err := f.fill(&payment, &bundle); err != nil {
			return err
		}
		if payment.AmountID, err = s.seal(ctx, tx, "hours pay", amount{bundle.Sum, bundle.each}, before.AccountID); err != nil {
			return err
		}
		if err := gorm.G[Payment](tx).Create(ctx, &payment); err != nil {
			return err
		}
		for _, line := range bundle.Lines {
			n, err := gorm.G[Line](tx).Where("id = ? AND payment_id IS NULL AND state = ? AND account_id <> ?", line.ID, line.State, who.Role.ID).
				Select("State", "PaymentID").Updates(ctx, Line{State: Paid, PaymentID: payment.ID})
			if err != nil {
				return err
			}
			if n == 0 {
				return fault.New(fault.Conflict, "timesheet.pay.changed")
			}
		}
		return s.note(ctx, tx, who, Paid, payment.ID)
	})
}

// find is the bundle that the form is about, if it is still as she read it and lies in no
// locked month.
func (f PayForm) find(ctx context.Context, tx *gorm.DB, all []Bundle) (Bundle, error) {
	at := slices.IndexFunc(all, func(b Bundle) bool { return b.Key == f.Bundle })
	if at < 0 {
		return Bundle{}, fault.New(fault.Conflict, "peerwork.pay.not-yet")
	}
	b := all[at]
	if b.Locked {
		return b, fault.New(fault.Refused, "timesheet.pay.sealed")
	}
	open, err := openOnes(ctx, tx, b.Lines)
	if err != nil {
		return b, err
	}
	b = b.only(open)
	if b.Minutes != f.Minutes || !b.Typed && b.Sum.StringFixed(2) != f.Sum {
		return b, fault.New(fault.Conflict, "timesheet.pay.changed")
	}
	return b, nil
}

// only is the bundle with some of its lines.
func (b Bundle) only(lines []Line) Bundle {
	part := Bundle{Key: b.Key, Currency: b.Currency, Typed: b.Typed, Lines: lines, each: map[string]decimal.Decimal{}}
	for _, l := range lines {
		part.Minutes += l.ApprovedMinutes
		if money, ok := b.each[l.ID.String()]; ok {
			part.Sum, part.each[l.ID.String()] = part.Sum.Add(money), money
		}
	}
	return part
}

// fill checks what she typed and puts it into the payment.
func (f PayForm) fill(p *Payment, b *Bundle) error {
	var mend []fault.Field
	p.Reference, p.Minutes, p.Currency = strings.ToUpper(numeral.Fold(f.Reference)), b.Minutes, b.Currency
	if !referencePattern.MatchString(p.Reference) {
		mend = append(mend, fault.Field{Name: "reference", Key: "peerwork.reference.form"})
	}
	if b.Typed {
		sum, ok := numeral.Amount(f.Amount)
		if !ok {
			mend = append(mend, fault.Field{Name: "amount", Key: "timesheet.amount.range"})
		}
		b.Sum = sum
		if p.Currency == "" {
			p.Currency = f.Currency
		}
		if !slices.Contains(Currencies, p.Currency) {
			mend = append(mend, fault.Field{Name: "currency", Key: "peerwork.currency.missing"})
		}
	}
	return fault.Mended(mend)
}

// paymentsOf opens the payments of some lines, the newest first.
func (s *Service) paymentsOf(ctx context.Context, who member.Actor, lines []Line) ([]OpenPayment, error) {
	var ids []store.ID
	for _, l := range lines {
		if !l.PaymentID.IsZero() && !slices.Contains(ids, l.PaymentID) {
			ids = append(ids, l.PaymentID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := gorm.G[Payment](s.store.DB).Where("id IN ?", ids).Order("day DESC, id").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.openPayments(ctx, who, rows)
}

func (s *Service) openPayments(ctx context.Context, who member.Actor, rows []Payment) ([]OpenPayment, error) {
	var sealed []store.ID
	for _, row := range rows {
		if !row.AmountID.IsZero() {
			sealed = append(sealed, row.AmountID)
		}
	}
	found := map[store.ID]string{}
	if len(sealed) > 0 {
		var err error
		if found, err = member.OpenAllForRole(ctx, s.store.DB, who, sealed); err != nil {
			return nil, err
		}
	}
	list := make([]OpenPayment, len(rows))
	for i, row := range rows {
		list[i] = OpenPayment{Payment: row}
		raw, ok := found[row.AmountID]
		if !ok {
			continue
		}
		var a amount
		if err := json.Unmarshal([]byte(raw), &a); err != nil {
			return nil, fault.Wrap(err, "read a sealed amount")
		}
		list[i].Sum, list[i].Known, list[i].lines = a.Sum, true, a.Lines
	}
	return list, nil
}
