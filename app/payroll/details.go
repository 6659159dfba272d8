package payroll

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Methods are the ways in which pay reaches somebody, in the order of pages.
var Methods = []string{"iban", "cash", "other"}

// Row says that somebody has given details, and since when. What they say is sealed.
type Row struct {
	AccountID store.ID `gorm:"primaryKey"`
	SavedDay  string
	WordsID   store.ID
}

// TableName names the table.
func (Row) TableName() string { return "payroll_details" }

// Details are what is sealed.
type Details struct {
	Name   string `json:"name"`   // her legal name
	Method string `json:"method"` // one of Methods
	IBAN   string `json:"iban"`
	Words  string `json:"words"` // how it reaches her otherwise
	Tax    string `json:"tax"`   // a tax number, "" for none
}

// Limits in characters.
const (
	LongestName  = 200
	LongestWords = 500
	LongestTax   = 60
)

// keepMonths is how long details stay at most without being typed again.
const keepMonths = 60

// Service holds the verbs of payroll. Each exported verb is one transaction.
type Service struct {
	store  *store.Store
	people *member.Service
}

// New makes the service.
func New(s *store.Store, people *member.Service) *Service { return &Service{s, people} }

func isPeer(who member.Actor) bool { return who.Role != nil && who.Has(member.RolePeer) }

func (d Details) check() (Details, error) {
	var mend []fault.Field
	bad := func(name, key string, most int) {
		mend = append(mend, fault.Field{Name: name, Key: key, Args: []any{"Most", most}})
	}
	d.Name, d.Words, d.Tax = strings.TrimSpace(d.Name), strings.TrimSpace(d.Words), strings.TrimSpace(d.Tax)
	if n := utf8.RuneCountInString(d.Name); n == 0 || n > LongestName {
		bad("name", "payroll.name.missing", LongestName)
	}
	if !slices.Contains(Methods, d.Method) {
		bad("method", "payroll.method.missing", 0)
	}
	switch d.Method {
	case "iban":
		iban, ok := ParseIBAN(d.IBAN)
		if d.IBAN = iban; !ok {
			bad("iban", "payroll.iban.wrong", 0)
		}
	case "other":
		d.IBAN = ""
		if d.Words == "" {
			bad("words", "payroll.words.missing", LongestWords)
		}
	default:
		d.IBAN = ""
	}
	if utf8.RuneCountInString(d.Words) > LongestWords {
		bad("words", "payroll.words.missing", LongestWords)
	}
	if utf8.RuneCountInString(d.Tax) > LongestTax {
		bad("tax", "payroll.tax.long", LongestTax)
	}
	if len(mend) > 0 {
		return d, fault.Mend(mend...)
	}
	return d, nil
}

// Save keeps her details in the place of those before, which are shredded. While nobody
// has taken up payroll there is nobody to seal them for, and she is told so.
func (s *Service) Save(ctx context.Context, who member.Actor, d Details) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	d, err := d.check()
	if err != nil {
		return err
	}
	held, err := member.CircleHeld(ctx, s.store.DB, member.CirclePayroll)
	if err != nil {
		return err
	}
	if !held {
		return fault.New(fault.Refused, "payroll.nobody")
	}
	raw, err := json.Marshal(d)
	if err != nil {
		return fault.Wrap(err, "write a sealed record")
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		before, err := gorm.G[Row](tx).Where("account_id = ?", who.Role.ID).Find(ctx)
		if err != nil {
			return err
		}
		row := Row{AccountID: who.Role.ID, SavedDay: s.store.Today()}
		row.WordsID, err = member.SealForRoles(ctx, tx, s.store.Clock, member.RoleRecord{
			Kind: "payroll", Words: string(raw), KeepMonths: keepMonths, Readers: []store.ID{who.Role.ID}, Circle: member.CirclePayroll, Recovery: true,
		})
		if err != nil {
			return err
		}
		if err := tx.WithContext(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return err
		}
		for _, old := range before {
			if err := member.Shred(ctx, tx, old.WordsID); err != nil {
				return err
			}
		}
		return nil
	})
}

// Remove takes her details away at once.
func (s *Service) Remove(ctx context.Context, who member.Actor) error {
	if !isPeer(who) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error { return s.remove(ctx, tx, who.Role.ID) })
}

func (s *Service) remove(ctx context.Context, tx *gorm.DB, account store.ID) error {
	rows, err := gorm.G[Row](tx).Where("account_id = ?", account).Find(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := member.Shred(ctx, tx, row.WordsID); err != nil {
			return err
		}
	}
	_, err = gorm.G[Row](tx).Where("account_id = ?", account).Delete(ctx)
	return err
}

// Erase removes her details and the log about them when she deletes her account.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	if err := s.remove(ctx, tx, who.Role.ID); err != nil {
		return err
	}
	_, err := gorm.G[ReadRow](tx).Where("account_id = ?", who.Role.ID).Delete(ctx)
	return err
}
