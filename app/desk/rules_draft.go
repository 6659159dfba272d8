package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Limits of the rules, in characters.
const (
	ShortestRules   = 100
	LongestRules    = 20_000
	ShortestDecided = 10
	LongestDecided  = 600
)

// RuleTexts are the complete languages with the text that the portal came with. The pages
// know both; the desk keeps what people decided.
type RuleTexts struct {
	Langs   []string
	Shipped map[string]string
}

// RuleDraft is what the next version is to be, with what holds now.
type RuleDraft struct {
	Number int                    // of the version in the making
	Now    map[string]string      // the texts that hold now
	Drafts map[string]RuleVersion // those in the making
	Base   string                 // stands for the whole draft as she saw it
}

// Missing lists the languages in which the draft lacks its text or how it was decided.
func (d RuleDraft) Missing(langs []string) []string {
	var missing []string
	for _, lang := range langs {
		if row := d.Drafts[lang]; row.Body == "" || row.Decided == "" {
			missing = append(missing, lang)
		}
	}
	return missing
}

// RulesFor returns the draft to those who coordinate.
func (s *Service) RulesFor(ctx context.Context, who member.Actor, texts RuleTexts) (RuleDraft, error) {
	if err := coordinates(who); err != nil {
		return RuleDraft{}, err
	}
	return readDraft(ctx, s.store.DB, texts)
}

func coordinates(who member.Actor) error {
	if who.Role == nil || !who.Has(member.RoleCoordinator) {
		return fault.New(fault.NotFound, "error.missing")
	}
	return nil
}

func readDraft(ctx context.Context, db *gorm.DB, texts RuleTexts) (RuleDraft, error) {
	now, err := newestDecided(ctx, db)
	if err != nil {
		return RuleDraft{}, err
	}
	d := RuleDraft{Number: now + 1, Now: map[string]string{}, Drafts: map[string]RuleVersion{}}
	rows, err := gorm.G[RuleVersion](db).Where("number IN ?", []int{now, now + 1}).Order("number, lang").Find(ctx)
	if err != nil {
		return d, store.Translate(err)
	}
	for _, lang := range texts.Langs {
		d.Now[lang] = texts.Shipped[lang]
	}
	all := sha256.New()
	for _, row := range rows {
		if row.State == RulesDecided {
			d.Now[row.Lang] = row.Body
			continue
		}
		d.Drafts[row.Lang] = row
		all.Write([]byte(row.Lang + "\x00" + RuleBase(row) + "\x00"))
	}
	d.Base = hex.EncodeToString(all.Sum(nil)[:8])
	return d, nil
}

// RuleBase stands for a draft in one language as somebody saw it, so that two people who
// write at once do not overwrite each other.
func RuleBase(row RuleVersion) string {
	sum := sha256.Sum256([]byte(row.Body + "\x00" + row.Decided))
	return hex.EncodeToString(sum[:8])
}

// RuleForm is the draft in one language as it was typed.
type RuleForm struct {
	Lang, Body, Decided string
	Base                string // RuleBase of what she started from
}

func (f RuleForm) check() error {
	var mend []fault.Field
	if n := utf8.RuneCountInString(f.Body); n < ShortestRules || n > LongestRules {
		mend = append(mend, fault.Field{Name: "body", Key: "rules.body.length", Args: []any{"Least", ShortestRules, "Most", LongestRules}})
	}
	// How it was decided may wait until it is.
	if n := utf8.RuneCountInString(f.Decided); n > 0 && (n < ShortestDecided || n > LongestDecided) {
		mend = append(mend, fault.Field{Name: "decided", Key: "rules.decided.length", Args: []any{"Least", ShortestDecided, "Most", LongestDecided}})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// SaveRules keeps a draft in one language. When somebody else was faster, her text comes
// back beside it.
func (s *Service) SaveRules(ctx context.Context, who member.Actor, texts RuleTexts, f RuleForm) (standing RuleVersion, err error) {
	if err := coordinates(who); err != nil {
		return standing, err
	}
	if !slices.Contains(texts.Langs, f.Lang) {
		return standing, fault.New(fault.NotFound, "error.missing")
	}
	f.Body, f.Decided = strings.TrimSpace(f.Body), strings.TrimSpace(f.Decided)
	if err := f.check(); err != nil {
		return standing, err
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		d, err := readDraft(ctx, tx, texts)
		if err != nil {
			return err
		}
		was := d.Drafts[f.Lang]
		if RuleBase(was) != f.Base {
			standing = was
			return fault.New(fault.Conflict, "rules.faster")
		}
		row := RuleVersion{Number: d.Number, Lang: f.Lang, Body: f.Body, Decided: f.Decided, State: RulesDraft}
		result := tx.WithContext(ctx).Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "number"}, {Name: "lang"}},
			Where:     clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "rule_versions.state = ? AND rule_versions.body = ? AND rule_versions.decided = ?", Vars: []any{RulesDraft, was.Body, was.Decided}}}},
			DoUpdates: clause.AssignmentColumns([]string{"body", "decided"}),
		}).Create(&row)
		if result.Error == nil && result.RowsAffected == 0 {
			return fault.New(fault.Conflict, "rules.faster")
		}
		return result.Error
	})
	return standing, err
}

// DecideRules makes the draft the house rules. Every complete language has its text and
// says how it was decided, or nobody could hold people to it.
func (s *Service) DecideRules(ctx context.Context, who member.Actor, texts RuleTexts, base string) error {
	if err := coordinates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		// Taking the rows first lets nobody change a word between the look and the decision.
		if err := tx.WithContext(ctx).Exec("UPDATE rule_versions SET state = state WHERE state = ?", RulesDraft).Error; err != nil {
			return err
		}
		d, err := readDraft(ctx, tx, texts)
		if err != nil {
			return err
		}
		changed := false
		for lang, row := range d.Drafts {
			changed = changed || row.Body != d.Now[lang]
		}
		switch {
		case len(d.Missing(texts.Langs)) > 0:
			return fault.New(fault.Refused, "rules.incomplete")
		case d.Base != base:
			return fault.New(fault.Conflict, "rules.faster")
		case !changed:
			return fault.New(fault.Refused, "rules.same")
		}
		if d.Number == 2 {
			if err := keepFirst(ctx, tx, texts); err != nil {
				return err
			}
		}
		n, err := gorm.G[RuleVersion](tx).Where("number = ? AND state = ?", d.Number, RulesDraft).
			Select("State", "Day").Updates(ctx, RuleVersion{State: RulesDecided, Day: s.store.Today()})
		if err != nil {
			return err
		}
		if n != len(d.Drafts) {
			return fault.New(fault.Conflict, "rules.faster")
		}
		matter := `{"version":` + strconv.Itoa(d.Number) + `,"by":"` + who.Role.ID.String() + `"}`
		return audit.Note(ctx, tx, s.store.Today(), "rules", matter)
	})
}

// keepFirst writes the shipped texts down as version 1.
func keepFirst(ctx context.Context, tx *gorm.DB, texts RuleTexts) error {
	for _, lang := range texts.Langs {
		row := RuleVersion{Number: 1, Lang: lang, Body: texts.Shipped[lang], State: RulesDecided}
		if err := tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
	}
	return nil
}
