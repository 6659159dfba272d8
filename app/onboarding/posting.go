package onboarding

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Posting is a job that an organisation offers in public. No amount is "not paid", and the
// page says so.
type Posting struct {
	ID             store.ID `gorm:"primaryKey"`
	OrganisationID store.ID
	Title, Lang    string
	Hours          string // a week, such as "20"
	Amount         string // "" is not paid
	Unit           string
	Currency       string
	FromDay        string
	UntilDay       string // the last day on which it can be answered
	Languages      string // tags, with spaces between
	Closed         bool
}

// TableName names the table.
func (Posting) TableName() string { return "joining_postings" }

// Paid reports whether the job is paid.
func (p Posting) Paid() bool { return p.Amount != "" }

// The units and currencies of an amount.
var (
	Units      = []string{"hour", "task", "month", "total"}
	Currencies = []string{"EUR", "CHF", "GBP", "USD", "ALL", "BGN", "BRL", "CNY", "MAD", "NGN", "PLN", "RON", "RSD", "RUB", "TRY", "UAH"}
)

var (
	amountForm = regexp.MustCompile(`^[0-9]{1,6}([.,][0-9]{1,2})?$`)
	hoursForm  = regexp.MustCompile(`^[0-9]{1,2}([.,][0-9])?$`)
	zeroAmount = regexp.MustCompile(`^[0.,]*$`)
)

func (p *Posting) check(today, last string) error {
	p.Title, p.Hours, p.Amount = tidy(p.Title), tidy(p.Hours), tidy(p.Amount)
	mend := asked("title", p.Title, 3, LongestShort)
	bad := func(name, key string) { mend = append(mend, fault.Field{Name: name, Key: key}) }
	if !hoursForm.MatchString(p.Hours) || zeroAmount.MatchString(p.Hours) || p.weekly() > 60 {
		bad("hours", "joining.posting.hours.odd")
	}
	switch {
	case p.Amount == "":
		p.Unit, p.Currency = "", ""
	case !amountForm.MatchString(p.Amount) || zeroAmount.MatchString(p.Amount):
		bad("amount", "joining.posting.amount.odd")
	case !slices.Contains(Units, p.Unit) || !slices.Contains(Currencies, p.Currency):
		bad("unit", "joining.posting.unit.odd")
	}
	if !store.DayIn(p.FromDay, today, last) {
		bad("from", "joining.day.odd")
	}
	if !store.DayIn(p.UntilDay, today, last) {
		bad("until", "joining.day.odd")
	}
	if !slices.Contains(Langs, p.Lang) {
		bad("title", "joining.lang.missing")
	}
	return fault.Mended(mend)
}

// weekly is the whole hours of a week.
func (p *Posting) weekly() (hours int) {
	whole, _, _ := strings.Cut(strings.ReplaceAll(p.Hours, ",", "."), ".")
	for _, r := range whole {
		hours = hours*10 + int(r-'0')
	}
	return hours
}

// Post publishes a job of an organisation that employs.
func (s *Service) Post(ctx context.Context, who member.Actor, p Posting, nonce string) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	p.ID = store.FormID("onboarding", nonce)
	if err := p.check(s.store.Today(), s.store.DayAfter(2*366)); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		o, err := s.organisation(ctx, tx, p.OrganisationID)
		if err != nil {
			return err
		}
		if o.Mode != Employment {
			return fault.New(fault.Refused, "joining.posting.mode")
		}
		n, err := gorm.G[Posting](tx).Where("id = ?", p.ID).Count(ctx, "id")
		if err != nil || n > 0 {
			return err // the same form once more
		}
		return gorm.G[Posting](tx).Create(ctx, &p)
	})
}

// ClosePosting takes a job off the page. Whoever answered it goes on her path.
func (s *Service) ClosePosting(ctx context.Context, who member.Actor, id store.ID) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Posting](tx).Where("id = ?", id).Update(ctx, "closed", true)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		return err
	})
}
