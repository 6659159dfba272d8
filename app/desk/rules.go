package desk

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// RuleVersion is the house rules in one language, as they stood from a day on. Version 1 is
// the text that the portal came with; it is written down when the second is decided, so that
// a newer program cannot change what was.
type RuleVersion struct {
	Number  int    `gorm:"primaryKey"`
	Lang    string `gorm:"primaryKey"`
	Body    string
	Decided string // how it was decided and by whom, in words and without names
	Day     string // since when it holds; "" for a draft and for version 1
	State   string
}

// TableName names the table.
func (RuleVersion) TableName() string { return "rule_versions" }

// States of a version.
const (
	RulesDraft   = "draft"
	RulesDecided = "decided"
)

// standIn is the language that stands in where a version has no text in hers.
const standIn = "en"

// NewsDays is how long a change of the rules is told on the front page. Nobody knows who
// joined after it, so the end of the news cannot depend on that.
const NewsDays = 90

// Rules returns the newest decided version in her language, or in English. ok is false
// while the text that the portal came with is still the first and only one.
func (s *Service) Rules(ctx context.Context, lang string) (now RuleVersion, ok bool, err error) {
	rows, err := gorm.G[RuleVersion](s.store.DB).
		Where("state = ? AND lang IN ? AND number > 1", RulesDecided, []string{lang, standIn}).Order("number DESC").Limit(2).Find(ctx)
	if err != nil || len(rows) == 0 {
		return now, false, store.Translate(err)
	}
	now = rows[0]
	if len(rows) == 2 && rows[1].Number == now.Number && rows[1].Lang == lang {
		now = rows[1]
	}
	return now, true, nil
}

// RuleChange is a version beside the one before it, both in one language.
type RuleChange struct {
	Before, After RuleVersion
	Versions      []RuleVersion // all, newest first, without their texts
}

// RuleChange compares a version with the one before; number 0 stands for the newest.
func (s *Service) RuleChange(ctx context.Context, lang string, number int) (RuleChange, error) {
	var c RuleChange
	all, err := gorm.G[RuleVersion](s.store.DB).Select("number", "lang", "day", "state").
		Where("state = ? AND lang = ?", RulesDecided, standIn).Order("number DESC").Find(ctx)
	if err != nil {
		return c, store.Translate(err)
	}
	c.Versions = all
	if number == 0 && len(all) > 0 {
		number = all[0].Number
	}
	if number < 2 || len(all) == 0 || number > all[0].Number {
		return c, fault.New(fault.NotFound, "error.missing")
	}
	rows, err := gorm.G[RuleVersion](s.store.DB).
		Where("state = ? AND number IN ? AND lang IN ?", RulesDecided, []int{number - 1, number}, []string{lang, standIn}).Find(ctx)
	if err != nil {
		return c, store.Translate(err)
	}
	// Both sides in her language, or both in English: else everything would have changed.
	for _, tag := range []string{standIn, lang} {
		before, after := versionIn(rows, number-1, tag), versionIn(rows, number, tag)
		if before.Number > 0 && after.Number > 0 {
			c.Before, c.After = before, after
		}
	}
	if c.After.Number == 0 {
		return c, fault.New(fault.NotFound, "error.missing")
	}
	return c, nil
}

func versionIn(rows []RuleVersion, number int, lang string) RuleVersion {
	for _, row := range rows {
		if row.Number == number && row.Lang == lang {
			return row
		}
	}
	return RuleVersion{}
}

// RulesNews tells a member who is signed in of a change that she has not confirmed to have
// read. It writes nothing.
func (s *Service) RulesNews(ctx context.Context, who member.Actor) (now RuleVersion, news bool, err error) {
	if !who.SignedIn() {
		return now, false, nil
	}
	now, ok, err := s.Rules(ctx, standIn)
	if err != nil || !ok || now.Day < s.store.DayAfter(-NewsDays) {
		return now, false, err
	}
	prefs, err := member.ReadPrefs(ctx, s.store.DB, who)
	return now, prefs.RulesRead < now.Number, err
}

// HaveRead notes in her own box that she has read the rules up to a version. Nobody else
// can tell who read what.
func (s *Service) HaveRead(ctx context.Context, who member.Actor, number int) error {
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	now, ok, err := s.Rules(ctx, standIn)
	if err != nil || !ok || number < 1 {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return member.ChangePrefs(ctx, tx, s.store.Clock, who, func(p *member.Prefs) {
			p.RulesRead = max(p.RulesRead, min(number, now.Number))
		})
	})
}

// newestDecided is the number of the version that holds now; 1 is the portal's own.
func newestDecided(ctx context.Context, db *gorm.DB) (int, error) {
	rows, err := gorm.G[RuleVersion](db).Select("number").Where("state = ?", RulesDecided).Order("number DESC").Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return 1, store.Translate(err)
	}
	return rows[0].Number, nil
}
