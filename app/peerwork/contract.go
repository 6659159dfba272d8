package peerwork

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// WorkKinds are the kinds of contract, in the order of pages.
var WorkKinds = []string{"permanent", "fixed", "project", "fee", "intern", "reimbursement", "voucher", "volunteer", "board"}

// neverPaid are kinds that no amount turns into pay: they show as what they are.
var neverPaid = []string{"reimbursement", "voucher", "volunteer"}

// Units are what an amount is for.
var Units = []string{"hour", "task", "month", "total"}

// Currencies that hosts here use, by their ISO 4217 codes.
var Currencies = []string{"EUR", "CHF", "GBP", "USD", "ALL", "BGN", "BRL", "CNY", "MAD", "NGN", "PLN", "RON", "RSD", "RUB", "TRY", "UAH"}

// openEnd stands for a contract without an end.
const openEnd = "9999-12-31"

// remindDays is how long before the end of a contract or its money coordinators see it.
const remindDays = 90

// ContractRow is a contract. Clear are only the days that remind; what it says is sealed.
type ContractRow struct {
	ID        store.ID `gorm:"primaryKey"`
	AccountID store.ID
	SavedBy   store.ID
	SavedDay  string
	Present   bool
	RemindDay *string
	WordsID   store.ID
}

// TableName names the table.
func (ContractRow) TableName() string { return "contracts" }

// Contract is what is sealed for the peer and the coordinator who saves it.
type Contract struct {
	Kind        string          `json:"kind"`
	From        string          `json:"from"`
	To          string          `json:"to"` // "" for no end
	Hours       decimal.Decimal `json:"hours"`
	Amount      decimal.Decimal `json:"amount"`
	Unit        string          `json:"unit"`
	Currency    string          `json:"currency"`
	Funding     string          `json:"funding"`
	FundingEnds string          `json:"funding_ends"`
	Leave       string          `json:"leave"`
	Childcare   bool            `json:"childcare"`
}

// Paid reports whether this is pay: an amount, and a kind that is paid.
func (c Contract) Paid() bool {
	return c.Amount.IsPositive() && !slices.Contains(neverPaid, c.Kind)
}

// ContractForm is what a coordinator types; numbers as text, in the digits of any script.
type ContractForm struct {
	Kind, From, To, Hours, Amount, Unit, Currency, Funding, FundingEnds, Leave string
	Childcare                                                                  bool
	Nonce                                                                      string
}

var decimalPattern = regexp.MustCompile(`^[0-9]{1,9}([.,][0-9]{1,2})?$`)

// ParseDecimal reads an amount with at most two places, in the digits of any script; an
// empty text is nought. Signs, exponents and thousands are refused rather than guessed.
func ParseDecimal(typed string) (decimal.Decimal, bool) {
	text := Fold(typed)
	if text == "" {
		return decimal.Zero, true
	}
	if !decimalPattern.MatchString(text) {
		return decimal.Zero, false
	}
	d, err := decimal.NewFromString(strings.Replace(text, ",", ".", 1))
	return d, err == nil
}

func (f ContractForm) contract() (Contract, error) {
	c := Contract{
		Kind: f.Kind, From: f.From, To: f.To, Unit: f.Unit, Currency: f.Currency, Funding: strings.TrimSpace(f.Funding), FundingEnds: f.FundingEnds,
		Leave: strings.TrimSpace(f.Leave), Childcare: f.Childcare,
	}
	var mend []fault.Field
	bad := func(name, key string) { mend = append(mend, fault.Field{Name: name, Key: key}) }
	var ok bool
	if !slices.Contains(WorkKinds, f.Kind) {
		bad("kind", "peerwork.work.missing")
	}
	if !isDay(f.From) {
		bad("from", "peerwork.from.missing")
	}
	if f.To != "" && (!isDay(f.To) || f.To < f.From) {
		bad("to", "peerwork.to.range")
	}
	if f.To == "" && (f.Kind == "fixed" || f.Kind == "project") {
		bad("to", "peerwork.to.missing")
	}
	if c.Hours, ok = ParseDecimal(f.Hours); !ok || c.Hours.GreaterThan(decimal.NewFromInt(80)) {
		bad("hours", "peerwork.hours.range")
	}
	if c.Amount, ok = ParseDecimal(f.Amount); !ok {
		bad("amount", "peerwork.amount.range")
	}
	if c.Amount.IsPositive() && !slices.Contains(Currencies, f.Currency) {
		bad("currency", "peerwork.currency.missing")
	}
	if c.Amount.IsPositive() && !slices.Contains(Units, f.Unit) {
		bad("unit", "peerwork.unit.missing")
	}
	if f.FundingEnds != "" && !isDay(f.FundingEnds) {
		bad("funding-ends", "peerwork.day.wrong")
	}
	mend = append(mend, tooLong("funding", f.Funding)...)
	mend = append(mend, tooLong("leave", f.Leave)...)
	return c, mended(mend)
}

// remind is the day from which coordinators see that something ends, without what.
func (c Contract) remind() *string {
	ends := c.To
	if c.FundingEnds != "" && (ends == "" || c.FundingEnds < ends) {
		ends = c.FundingEnds
	}
	if ends == "" {
		return nil
	}
	return new(after(ends, -remindDays))
}

// SaveContract keeps the contract of a peer in the place of the one before, and in the same
// transaction the days on which she may be called paid. It answers whether it is pay.
func (s *Service) SaveContract(ctx context.Context, who member.Actor, account store.ID, f ContractForm) (paid bool, err error) {
	if !coordinates(who) {
		return false, missing()
	}
	if _, err := s.peer(ctx, account); err != nil {
		return false, err
	}
	if who.Role.ID == account {
		return false, fault.New(fault.Refused, "peerwork.two-people")
	}
	c, err := f.contract()
	if err != nil {
		return false, err
	}
	row := ContractRow{ID: idOf(f.Nonce), AccountID: account, SavedBy: who.Role.ID, SavedDay: s.store.Today(), Present: true, RemindDay: c.remind()}
	return c.Paid(), s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := begin(ctx, tx, account); err != nil {
			return err
		}
		p, err := hold(ctx, tx, account)
		if err != nil {
			return err
		}
		if n, err := gorm.G[ContractRow](tx).Where("id = ?", row.ID).Count(ctx, "id"); err != nil || n > 0 {
			return err // the same form again
		}
		if _, err := gorm.G[ContractRow](tx).Where("account_id = ? AND present = ?", account, true).Update(ctx, "present", false); err != nil {
			return err
		}
		if row.WordsID, err = s.seal(ctx, tx, "contract", c, account, who.Role.ID); err != nil {
			return err
		}
		if err := gorm.G[ContractRow](tx).Create(ctx, &row); err != nil {
			return err
		}
		p.WorkKind, p.PaidFrom, p.PaidUntil = c.Kind, nil, nil
		if c.Paid() {
			until := c.To
			if until == "" {
				until = openEnd
			}
			p.PaidFrom, p.PaidUntil = &c.From, &until
		}
		if _, err := gorm.G[Profile](tx).Where("account_id = ?", account).Select("WorkKind", "PaidFrom", "PaidUntil").Updates(ctx, p); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "contract", account)
	})
}

// OpenContract is a contract as somebody reads it.
type OpenContract struct {
	ContractRow
	Contract
	Locked bool // it was sealed for others than this reader
}

// ContractsOf lists the contracts of a peer, the present one first: for her, and for
// coordinators, who read those that they saved. A coordinator's reading is logged.
func (s *Service) ContractsOf(ctx context.Context, who member.Actor, account store.ID) ([]OpenContract, error) {
	if err := s.mayWork(ctx, who, account); err != nil {
		return nil, err
	}
	rows, err := gorm.G[ContractRow](s.store.DB).Where("account_id = ?", account).Order("present DESC, saved_day DESC, id").Limit(50).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var list []OpenContract
	for _, row := range rows {
		o := OpenContract{ContractRow: row}
		found, err := s.open(ctx, s.store.DB, who, row.WordsID, &o.Contract)
		if err != nil {
			return nil, err
		}
		o.Locked = !found
		if found && who.Role.ID != account {
			if err := s.noteRead(ctx, who, row.WordsID); err != nil {
				return nil, err
			}
		}
		list = append(list, o)
	}
	return list, nil
}
