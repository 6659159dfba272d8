package timesheet

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Payee is how somebody is paid, as the area of payroll keeps it.
type Payee struct{ LegalName, Payout string }

// Payees is what a time sheet asks of the area that keeps legal names. The server names it.
type Payees interface {
	// Payees opens how some people are paid, for the file of one month (YYYY-MM); holds is
	// false for a reader without the key of payroll, who gets nothing and learns nothing.
	// Each opening is logged there, with the month as its purpose.
	Payees(ctx context.Context, who member.Actor, accounts []store.ID, month string) (found map[store.ID]Payee, holds bool, err error)
}

// PayRow is a line of the file for payroll: one person, one kind of contract, one payment,
// or what waits for one.
type PayRow struct {
	Account   store.ID
	Handle    string
	Kind      string // of the contract; "" where there is none or it was sealed for others
	Minutes   int    // approved
	Amount    decimal.Decimal
	Known     bool // whether the amount is known to this reader
	Currency  string
	Reference string // "" while it waits
	Day       string // "" while it waits
	Payee     Payee
	payment   store.ID
}

// PayFile is the file of one month.
type PayFile struct {
	Month string
	Rows  []PayRow
	Names bool // the reader holds the key of payroll: legal names and payout stand in it
}

// PayOf reads what was approved and paid for the days of a month, for coordinators. Reading
// is logged, where there is somebody in the file. No month means the present one.
func (s *Service) PayOf(ctx context.Context, who member.Actor, month string) (PayFile, error) {
	if month == "" {
		month = MonthOf(s.store.Today())
	}
	file := PayFile{Month: month}
	if !coordinates(who) || !isMonth(month) {
		return file, fault.Missing()
	}
	lines, err := gorm.G[Line](s.store.DB).Where("day >= ? AND day <= ? AND approved_minutes > 0 AND state NOT IN ?", month+"-01", month+"-31", []string{Open, Closed}).
		Order("account_id, day, id").Limit(20000).Find(ctx)
	if err != nil {
		return file, store.Translate(err)
	}
	if len(lines) == 0 {
		return file, nil
	}
	if err := s.noteFile(ctx, who, month); err != nil {
		return file, err
	}
	payments, err := s.paymentsOf(ctx, who, lines)
	if err != nil {
		return file, err
	}
	var people []store.ID
	for begin := 0; begin < len(lines); {
		end := begin
		for end < len(lines) && lines[end].AccountID == lines[begin].AccountID {
			end++
		}
		mine := lines[begin:end]
		terms, err := s.termsOn(ctx, who, mine[0].AccountID, mine)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return file, err
		}
		people, file.Rows = append(people, mine[0].AccountID), append(file.Rows, payRows(mine, terms, payments)...)
		begin = end
	}
	return file, s.nameRows(ctx, who, people, &file)
}

// payRows gathers the lines of one person.
func payRows(lines []Line, terms map[string]Terms, payments []OpenPayment) []PayRow {
	var rows []PayRow
	for _, l := range lines {
		t := terms[l.Day]
		i := slices.IndexFunc(rows, func(r PayRow) bool { return r.payment == l.PaymentID && r.Kind == t.Kind })
		if i < 0 {
			i, rows = len(rows), append(rows, PayRow{Account: l.AccountID, Kind: t.Kind, Currency: t.Currency, payment: l.PaymentID, Known: true})
		}
		row := &rows[i]
		row.Minutes += l.ApprovedMinutes
		if l.State != Paid {
			money, ok := Money(l.ApprovedMinutes, t)
			row.Amount, row.Known = row.Amount.Add(money), row.Known && (ok || !l.Pays)
			continue
		}
		p := payments[slices.IndexFunc(payments, func(p OpenPayment) bool { return p.ID == l.PaymentID })]
		row.Reference, row.Day, row.Currency = p.Reference, p.Day, p.Currency
		money, ok := p.OfLine(l.ID)
		switch {
		case ok:
			row.Amount = row.Amount.Add(money)
		case p.Known:
			row.Amount = p.Sum
		default:
			row.Known = false
		}
	}
	return rows
}

// nameRows puts handles into the rows, and for holders of the payroll key how each person
// is paid.
func (s *Service) nameRows(ctx context.Context, who member.Actor, people []store.ID, file *PayFile) error {
	names, err := member.Handles(ctx, s.store.DB, people)
	if err != nil {
		return err
	}
	payees := map[store.ID]Payee{}
	if s.payees != nil && len(people) > 0 {
		if payees, file.Names, err = s.payees.Payees(ctx, who, people, file.Month); err != nil {
			return err
		}
	}
	for i := range file.Rows {
		row := &file.Rows[i]
		row.Handle = names[row.Account]
		if file.Names {
			row.Payee = payees[row.Account]
		}
	}
	slices.SortStableFunc(file.Rows, func(a, b PayRow) int { return strings.Compare(a.Handle, b.Handle) })
	return nil
}

func (s *Service) noteFile(ctx context.Context, who member.Actor, month string) error {
	matter := `{"file":"pay ` + month + `","by":"` + who.Role.ID.String() + `"}`
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return audit.Note(ctx, tx, store.Minute(s.store.Time()), "read sealed", matter)
	})
}

// Table is the file as rows of text. Names of columns are in English in every language,
// because programs read them.
func (f PayFile) Table() (header []string, rows [][]string) {
	header = []string{"handle", "contract", "minutes", "amount", "currency", "reference", "paid_on"}
	if f.Names {
		header = append(header, "legal_name", "payout")
	}
	for _, r := range f.Rows {
		money := ""
		if r.Known {
			money = r.Amount.StringFixed(2)
		}
		row := []string{r.Handle, r.Kind, strconv.Itoa(r.Minutes), money, r.Currency, r.Reference, r.Day}
		if f.Names {
			row = append(row, r.Payee.LegalName, r.Payee.Payout)
		}
		rows = append(rows, row)
	}
	return header, rows
}
