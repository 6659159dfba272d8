package onboarding

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// PageRow says whether an organisation is open for people, and the share of its peers, in
// percent, that has to vote.
type PageRow struct {
	OrganisationID store.ID `gorm:"primaryKey"`
	Open           bool
	Quorum         int
}

// TableName names the table.
func (PageRow) TableName() string { return "joining_pages" }

// TextRow is what an organisation says about joining in one language.
type TextRow struct {
	OrganisationID store.ID `gorm:"primaryKey"`
	Lang           string   `gorm:"primaryKey"`
	How            string   // how people come in
	Expects        string   // what is expected of them
	Limits         string   // what the role is not
	Pay            string   // honest, also where there is none
	Childcare      string
}

// TableName names the table.
func (TextRow) TableName() string { return "joining_texts" }

// CriteriaRow is one version of the criteria in one language, a sentence on each line. The
// same line is the same criterion in every language.
type CriteriaRow struct {
	OrganisationID store.ID `gorm:"primaryKey"`
	Number         int      `gorm:"primaryKey"`
	Lang           string   `gorm:"primaryKey"`
	Sentences      string
	Day            string
}

// TableName names the table.
func (CriteriaRow) TableName() string { return "joining_criteria" }

// List is the criteria in order.
func (c CriteriaRow) List() []string {
	if c.Sentences == "" {
		return nil
	}
	return strings.Split(c.Sentences, "\n")
}

// Langs are the languages of the public pages, in the order in which one stands in for
// another.
var Langs = []string{"en", "it", "fr", "ar"}

// Limits of a page.
const (
	defaultQuorum = 50
	mostCriteria  = 12
)

// Page is what the public page of an organisation shows in one language.
type Page struct {
	Organisation
	Open     bool
	Quorum   int
	Text     TextRow
	Criteria CriteriaRow
	Postings []Posting // that can be answered today
}

// Pages lists the organisations that are open, for everybody.
func (s *Service) Pages(ctx context.Context, lang string) ([]Page, error) {
	all, err := s.orgs.All(ctx, s.store.DB)
	if err != nil {
		return nil, err
	}
	var pages []Page
	for _, o := range all {
		p, err := s.page(ctx, o, lang)
		if err != nil {
			return nil, err
		}
		if p.Open {
			pages = append(pages, p)
		}
	}
	return pages, nil
}

// Page is one organisation for everybody, as long as it is open.
func (s *Service) Page(ctx context.Context, id store.ID, lang string) (Page, error) {
	o, err := s.organisation(ctx, s.store.DB, id)
	if err != nil {
		return Page{}, err
	}
	p, err := s.page(ctx, o, lang)
	if err == nil && !p.Open {
		err = fault.Missing()
	}
	return p, err
}

func (s *Service) page(ctx context.Context, o Organisation, lang string) (Page, error) {
	p := Page{Organisation: o, Quorum: defaultQuorum}
	db := s.store.DB
	rows, err := gorm.G[PageRow](db).Where("organisation_id = ?", o.ID).Limit(1).Find(ctx)
	if err != nil {
		return p, store.Translate(err)
	}
	if len(rows) == 1 {
		p.Open, p.Quorum = rows[0].Open, rows[0].Quorum
	}
	texts, err := gorm.G[TextRow](db).Where("organisation_id = ?", o.ID).Find(ctx)
	if err != nil {
		return p, store.Translate(err)
	}
	p.Text = inLanguage(texts, lang, func(t TextRow) string { return t.Lang })
	if p.Criteria, err = criteria(ctx, db, o.ID, 0, lang); err != nil {
		return p, err
	}
	postings, err := gorm.G[Posting](db).Where("organisation_id = ? AND closed = ? AND until_day >= ?", o.ID, false, s.store.Today()).Order("until_day, id").Limit(50).Find(ctx)
	p.Postings = postings
	return p, store.Translate(err)
}

// inLanguage chooses the row in her language, or in the first that there is.
func inLanguage[T any](rows []T, lang string, of func(T) string) (found T) {
	for _, tag := range append([]string{lang}, Langs...) {
		if i := slices.IndexFunc(rows, func(r T) bool { return of(r) == tag }); i >= 0 {
			return rows[i]
		}
	}
	return found
}

// criteria reads a version in her language; number 0 stands for the newest.
func criteria(ctx context.Context, db *gorm.DB, organisation store.ID, number int, lang string) (CriteriaRow, error) {
	find := gorm.G[CriteriaRow](db).Where("organisation_id = ?", organisation)
	if number > 0 {
		find = find.Where("number = ?", number)
	}
	rows, err := find.Order("number DESC").Limit(len(Langs)).Find(ctx)
	if err != nil || len(rows) == 0 {
		return CriteriaRow{}, store.Translate(err)
	}
	newest := rows[0].Number
	rows = slices.DeleteFunc(rows, func(r CriteriaRow) bool { return r.Number != newest })
	return inLanguage(rows, lang, func(r CriteriaRow) string { return r.Lang }), nil
}

// Draft is everything of an organisation's page, for who edits it.
type Draft struct {
	Page
	Texts    map[string]TextRow
	Newest   map[string]string // the newest criteria by language
	Number   int               // of that version, 0 for none
	Closed   []Posting
	Deciding bool // a vote is open: the criteria wait
}

// Drafts lists the organisations for a coordinator.
func (s *Service) Drafts(ctx context.Context, who member.Actor) ([]Organisation, error) {
	if !coordinates(who) {
		return nil, fault.Missing()
	}
	return s.orgs.All(ctx, s.store.DB)
}

// Draft is one organisation's page for a coordinator.
func (s *Service) Draft(ctx context.Context, who member.Actor, id store.ID, lang string) (Draft, error) {
	d := Draft{Texts: map[string]TextRow{}, Newest: map[string]string{}}
	if !coordinates(who) {
		return d, fault.Missing()
	}
	o, err := s.organisation(ctx, s.store.DB, id)
	if err != nil {
		return d, err
	}
	if d.Page, err = s.page(ctx, o, lang); err != nil {
		return d, err
	}
	texts, err := gorm.G[TextRow](s.store.DB).Where("organisation_id = ?", id).Find(ctx)
	if err != nil {
		return d, store.Translate(err)
	}
	for _, t := range texts {
		d.Texts[t.Lang] = t
	}
	d.Number = d.Criteria.Number
	rows, err := gorm.G[CriteriaRow](s.store.DB).Where("organisation_id = ? AND number = ?", id, d.Number).Find(ctx)
	if err != nil {
		return d, store.Translate(err)
	}
	for _, r := range rows {
		d.Newest[r.Lang] = r.Sentences
	}
	d.Closed, err = gorm.G[Posting](s.store.DB).Where("organisation_id = ? AND (closed = ? OR until_day < ?)", id, true, s.store.Today()).Order("until_day DESC").Limit(20).Find(ctx)
	if err != nil {
		return d, store.Translate(err)
	}
	d.Deciding, err = deciding(ctx, s.store.DB, id)
	return d, err
}

// deciding reports whether a vote of the organisation is open.
func deciding(ctx context.Context, db *gorm.DB, organisation store.ID) (bool, error) {
	n, err := gorm.G[Vote](db).Where("state = ? AND candidacy_id IN (SELECT id FROM candidacies WHERE organisation_id = ?)", VoteOpen, organisation).Count(ctx, "id")
	return n > 0, store.Translate(err)
}

// SavePage says whether an organisation is open and what its quorum is.
func (s *Service) SavePage(ctx context.Context, who member.Actor, id store.ID, open bool, quorum int) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	if quorum < 1 || quorum > 100 {
		return fault.Mend(fault.Field{Name: "quorum", Key: "joining.quorum.range"})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.organisation(ctx, tx, id); err != nil {
			return err
		}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&PageRow{id, open, quorum}).Error
	})
}

// SaveText keeps what the page says in one language. Pay is never left out: where there is
// none, that is said.
func (s *Service) SaveText(ctx context.Context, who member.Actor, t TextRow) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	t.How, t.Expects, t.Limits, t.Pay, t.Childcare = tidy(t.How), tidy(t.Expects), tidy(t.Limits), tidy(t.Pay), tidy(t.Childcare)
	var mend []fault.Field
	for _, f := range []struct{ name, text string }{{"how", t.How}, {"expects", t.Expects}, {"limits", t.Limits}, {"pay", t.Pay}, {"childcare", t.Childcare}} {
		mend = append(mend, asked(f.name, f.text, 3, LongestWords)...)
	}
	if !slices.Contains(Langs, t.Lang) {
		mend = append(mend, fault.Field{Name: "how", Key: "joining.lang.missing"})
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.organisation(ctx, tx, t.OrganisationID); err != nil {
			return err
		}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&t).Error
	})
}

// SaveCriteria publishes the next version of the criteria in all its languages. While a vote
// is open they stay as they are.
func (s *Service) SaveCriteria(ctx context.Context, who member.Actor, id store.ID, texts map[string]string) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	lines, err := checkCriteria(texts)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.organisation(ctx, tx, id); err != nil {
			return err
		}
		if open, err := deciding(ctx, tx, id); err != nil {
			return err
		} else if open {
			return fault.New(fault.Refused, "joining.criteria.voting")
		}
		now, err := criteria(ctx, tx, id, 0, Langs[0])
		if err != nil {
			return err
		}
		for lang, text := range lines {
			row := CriteriaRow{OrganisationID: id, Number: now.Number + 1, Lang: lang, Sentences: text, Day: s.store.Today()}
			if err := gorm.G[CriteriaRow](tx).Create(ctx, &row); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, who, "criteria", id)
	})
}

// checkCriteria tidies the sentences: each language names the same criteria line by line.
func checkCriteria(texts map[string]string) (map[string]string, error) {
	lines, number := map[string]string{}, 0
	var mend []fault.Field
	for _, lang := range Langs {
		var list []string
		for _, line := range strings.Split(texts[lang], "\n") {
			if line = tidy(line); line != "" {
				list = append(list, line)
				mend = append(mend, asked("criteria-"+lang, line, 3, 300)...)
			}
		}
		switch {
		case len(list) == 0:
			continue
		case len(list) > mostCriteria:
			mend = append(mend, fault.Field{Name: "criteria-" + lang, Key: "joining.criteria.many", Args: []any{"Most", mostCriteria}})
		case number > 0 && len(list) != number:
			mend = append(mend, fault.Field{Name: "criteria-" + lang, Key: "joining.criteria.uneven"})
		}
		if number == 0 {
			number = len(list)
		}
		lines[lang] = strings.Join(list, "\n")
	}
	if number == 0 {
		mend = append(mend, fault.Field{Name: "criteria-en", Key: "joining.criteria.none"})
	}
	return lines, fault.Mended(mend)
}

// Shown is what an organisation says, also while it takes nobody new: a candidate reads what
// is expected of her.
func (s *Service) Shown(ctx context.Context, id store.ID, lang string) (Page, error) {
	o, err := s.organisation(ctx, s.store.DB, id)
	if err != nil {
		return Page{}, err
	}
	return s.page(ctx, o, lang)
}
