package notice

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Tip is a warning for everybody. It knows no notice: whoever has all of the database learns
// from it no more than its readers.
type Tip struct {
	ID      store.ID `gorm:"primaryKey"`
	Country string
	Region  string
	Kind    string
	Month   string // in which it was written
	Until   string // month after which it goes
}

// TableName names the table.
func (Tip) TableName() string { return "tips" }

// TipText is a tip in one language. Each stands on its own and has a second reader of its own.
type TipText struct {
	TipID     store.ID `gorm:"primaryKey"`
	Lang      string   `gorm:"primaryKey"`
	Title     string
	Body      string
	WrittenBy store.ID
	ShownBy   store.ID // the second moderator, once she has read it
}

// TableName names the table.
func (TipText) TableName() string { return "tip_texts" }

// The limits of tips.
const (
	LongestTitle = 120
	LongestTip   = 1500
	tipMonths    = 12 // how long a tip is shown
	tipsShown    = 60
)

// TipForm is what a moderator writes. Without an ID it is a new tip; with one, a text of it in
// one more language or anew.
type TipForm struct {
	ID                                        store.ID
	Nonce                                     string
	Country, Region, Kind, Lang, Title, Words string
	Insist                                    bool // she read what screening says and keeps her words
}

func (f TipForm) check(regions []string, langs []string) error {
	var wrong []fault.Field
	add := func(bad bool, name, key string, args ...any) {
		if bad {
			wrong = append(wrong, fault.Field{Name: name, Key: key, Args: args})
		}
	}
	if f.ID.IsZero() {
		add(!slices.Contains(Kinds, f.Kind), "kind", "notice.kind.empty")
		add(f.Region != "" && !slices.Contains(regions, f.Region), "region", "notice.region.unknown")
		add(len(f.Country) != 2, "country", "notice.country.empty")
	}
	add(!slices.Contains(langs, f.Lang), "lang", "notice.tip.lang")
	add(f.Title == "", "title", "notice.tip.title.empty")
	add(utf8.RuneCountInString(f.Title) > LongestTitle, "title", "notice.words.long", "Most", LongestTitle)
	add(f.Words == "", "words", "notice.words.empty")
	add(utf8.RuneCountInString(f.Words) > LongestTip, "words", "notice.words.long", "Most", LongestTip)
	if len(wrong) > 0 {
		return fault.Mend(wrong...)
	}
	return nil
}

// Write keeps a tip for a second moderator to read. What screening finds, such as a name, a
// number plate or a telephone, comes back first: a tip identifies nobody. Langs are those in
// which people may write.
func (s *Service) Write(ctx context.Context, who member.Actor, f TipForm, langs []string) (moderation.Verdict, error) {
	if err := moderates(who); err != nil {
		return moderation.Verdict{}, err
	}
	f.Title, f.Words = strings.TrimSpace(f.Title), strings.TrimSpace(f.Words)
	if err := f.check(s.regions(f.Country), langs); err != nil {
		return moderation.Verdict{}, err
	}
	verdict := moderation.Screen(f.Title+"\n"+f.Words, []string{f.Lang}, nil)
	if verdict.Outcome == moderation.Refuse || len(verdict.Findings) > 0 && !f.Insist {
		return verdict, nil
	}
	return moderation.Verdict{}, s.store.Tx(ctx, func(tx *gorm.DB) error {
		if f.ID.IsZero() {
			f.ID = store.FormID("tip", f.Nonce)
			now := s.store.Now().In(s.store.Zone)
			tip := Tip{ID: f.ID, Country: f.Country, Region: f.Region, Kind: f.Kind, Month: now.Format("2006-01"), Until: now.AddDate(0, tipMonths, 0).Format("2006-01")}
			there, err := gorm.G[Tip](tx).Where("id = ?", f.ID).Count(ctx, "id")
			if err != nil || there > 0 {
				return err
			}
			if err := gorm.G[Tip](tx).Create(ctx, &tip); err != nil {
				return err
			}
		} else if n, err := gorm.G[Tip](tx).Where("id = ?", f.ID).Count(ctx, "id"); err != nil || n == 0 {
			return missingOr(err)
		}
		// Words anew need a second reader anew.
		if _, err := gorm.G[TipText](tx).Where("tip_id = ? AND lang = ?", f.ID, f.Lang).Delete(ctx); err != nil {
			return err
		}
		row := TipText{TipID: f.ID, Lang: f.Lang, Title: f.Title, Body: f.Words, WrittenBy: who.Role.ID}
		if err := gorm.G[TipText](tx).Create(ctx, &row); err != nil {
			return err
		}
		return s.note(ctx, tx, "tip written", who, f.ID)
	})
}

func missingOr(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}

// Show makes a text public. Whoever wrote it cannot; words that changed since she read them
// are for another look.
func (s *Service) Show(ctx context.Context, who member.Actor, id store.ID, lang, read string) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		rows, err := gorm.G[TipText](tx).Where("tip_id = ? AND lang = ?", id, lang).Limit(1).Find(ctx)
		if err != nil || len(rows) == 0 {
			return missingOr(err)
		}
		if rows[0].WrittenBy == who.Role.ID {
			return fault.New(fault.Refused, "notice.tip.own")
		}
		if rows[0].Mark() != read {
			return fault.New(fault.Conflict, "notice.tip.changed")
		}
		_, err = gorm.G[TipText](tx).Where("tip_id = ? AND lang = ?", id, lang).Update(ctx, "shown_by", who.Role.ID)
		if err != nil {
			return err
		}
		return s.note(ctx, tx, "tip shown", who, id)
	})
}

// Mark stands for the very words of a text in the form of whoever reads them.
func (t TipText) Mark() string { return store.FormID("tip words", t.Title+"\n"+t.Body).String() }

// TakeDown removes a tip in all languages. One moderator is enough: a tip that harms must go.
func (s *Service) TakeDown(ctx context.Context, who member.Actor, id store.ID) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := gorm.G[TipText](tx).Where("tip_id = ?", id).Delete(ctx); err != nil {
			return err
		}
		n, err := gorm.G[Tip](tx).Where("id = ?", id).Delete(ctx)
		if err != nil || n == 0 {
			return missingOr(err)
		}
		return s.note(ctx, tx, "tip taken down", who, id)
	})
}
