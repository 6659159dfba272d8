package peerwork

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"portico/app/fault"
	"portico/app/numeral"
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

// LeaveKinds are the kinds of leave that interrupt a contract.
var LeaveKinds = []string{"none", "maternity", "sick", "moved", "paused"}

// openEnd stands for a contract without an end.
const openEnd = "9999-12-31"

// remindDays is how long before the end of a contract or its money coordinators see it.
const remindDays = 90

// The days between which a contract may begin and end: what lies outside is a slip.
const firstDay, lastDay = "1990-01-01", "2099-12-31"

// Limits of what a contract may say: hours a week, and an amount in any currency.
var mostHours, mostAmount = decimal.NewFromInt(80), decimal.NewFromInt(10_000_000)

// ContractRow is a contract. Clear are its kind, its days and whether it is pay, so that
// labels and reminders need nobody to open it; what it says is sealed. A row that is not
// present was replaced by another.
type ContractRow struct {
	ID         store.ID `gorm:"primaryKey"`
	AccountID  store.ID
	SavedBy    store.ID
	SavedDay   string
	Present    bool
	RemindDay  *string
	WordsID    store.ID
	Kind       string // "" for one from before kinds were clear
	Paid       bool
	Additional bool // it runs beside another, of another kind
	FromDay    *string
	ToDay      *string // nil for no end
}

// TableName names the table.
func (ContractRow) TableName() string { return "contracts" }

// Contract is what is sealed for the peer, the coordinators of the day and the recovery.
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
	LeaveKind   string          `json:"leave_kind"` // "" and "none" for none
	LeaveFrom   string          `json:"leave_from"`
	LeaveTo     string          `json:"leave_to"` // "" while nobody knows
	Leave       string          `json:"leave"`    // what was agreed about leave, in words
	Needed      bool            `json:"childcare_needed"`
	Childcare   bool            `json:"childcare"` // it is covered
}

// Paid reports whether this is pay: an amount, and a kind that is paid.
func (c Contract) Paid() bool {
	return c.Amount.IsPositive() && !NeverPaid(c.Kind)
}

// NeverPaid reports whether a kind is one that no amount turns into pay.
func NeverPaid(kind string) bool { return slices.Contains(neverPaid, kind) }

// ContractForm is what a coordinator types; numbers as text, in the digits of any script.
type ContractForm struct {
	Kind, From, To, Hours, Amount, Unit, Currency, Funding, FundingEnds, Leave string
	LeaveKind, LeaveFrom, LeaveTo                                              string
	Needed, Childcare                                                          bool
	Additional                                                                 bool     // it runs beside another
	Known                                                                      bool     // she has read that this is not pay
	Replaces                                                                   store.ID // a contract in whose place this one stands
	Nonce                                                                      string
}

func (f ContractForm) contract() (Contract, error) {
	c := Contract{
		Kind: f.Kind, From: f.From, To: f.To, Unit: f.Unit, Currency: f.Currency, Funding: strings.TrimSpace(f.Funding), FundingEnds: f.FundingEnds,
		LeaveKind: f.LeaveKind, LeaveFrom: f.LeaveFrom, LeaveTo: f.LeaveTo, Leave: strings.TrimSpace(f.Leave), Needed: f.Needed, Childcare: f.Childcare,
	}
	var mend []fault.Field
	bad := func(name, key string) { mend = append(mend, fault.Field{Name: name, Key: key}) }
	if !slices.Contains(WorkKinds, f.Kind) {
		bad("kind", "peerwork.work.missing")
	}
	if !store.DayIn(f.From, firstDay, lastDay) {
		bad("from", "peerwork.from.missing")
	}
	if f.To != "" && !store.DayIn(f.To, max(f.From, firstDay), lastDay) {
		bad("to", "peerwork.to.range")
	}
	if f.To == "" && (f.Kind == "fixed" || f.Kind == "project") {
		bad("to", "peerwork.to.missing")
	}
	c.money(f, bad)
	if f.FundingEnds != "" && !store.DayIn(f.FundingEnds, firstDay, lastDay) {
		bad("funding-ends", "peerwork.day.wrong")
	}
	c.leave(bad)
	if NeverPaid(f.Kind) && !f.Known {
		bad("known", "peerwork.known.missing")
	}
	mend = append(mend, tooLong("funding", f.Funding)...)
	mend = append(mend, tooLong("leave", f.Leave)...)
	return c, fault.Mended(mend)
}

// money reads hours and amount; a sign, an exponent or a number beyond reason is a slip.
func (c *Contract) money(f ContractForm, bad func(name, key string)) {
	var ok bool
	if c.Hours, ok = numeral.Decimal(f.Hours); !ok || c.Hours.GreaterThan(mostHours) {
		bad("hours", "peerwork.hours.range")
	}
	if c.Amount, ok = numeral.Decimal(f.Amount); !ok || c.Amount.GreaterThan(mostAmount) {
		bad("amount", "peerwork.amount.range")
	}
	if c.Amount.IsPositive() && !slices.Contains(Currencies, f.Currency) {
		bad("currency", "peerwork.currency.missing")
	}
	if c.Amount.IsPositive() && !slices.Contains(Units, f.Unit) {
		bad("unit", "peerwork.unit.missing")
	}
}

// leave holds that a leave has a kind and a first day. Days without a leave are dropped.
func (c *Contract) leave(bad func(name, key string)) {
	switch {
	case c.LeaveKind == "" || c.LeaveKind == "none":
		c.LeaveKind, c.LeaveFrom, c.LeaveTo = "none", "", ""
	case !slices.Contains(LeaveKinds, c.LeaveKind):
		bad("leave-kind", "peerwork.leave.missing")
	default:
		if !store.DayIn(c.LeaveFrom, firstDay, lastDay) {
			bad("leave-from", "peerwork.leave.from")
		}
		if c.LeaveTo != "" && !store.DayIn(c.LeaveTo, max(c.LeaveFrom, firstDay), lastDay) {
			bad("leave-to", "peerwork.leave.to")
		}
	}
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
	return new(store.DaysAfter(ends, -remindDays))
}
