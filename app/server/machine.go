package server

import (
	"context"

	"gorm.io/gorm"

	"portico/app/config"
	"portico/app/fault"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
	"portico/app/translate"
)

// machine is the model that drafts translations, or nil where the host did not turn it on.
func machine(m config.Model) *translate.Settings {
	if !m.ModelOn() {
		return nil
	}
	first := &translate.Settings{
		Drafter: translate.NewModel(m.ModelURL, string(m.ModelKey), m.ModelName), Model: m.ModelName, Address: m.ModelURL,
		Languages: m.ModelLanguages, Budget: m.ModelBudget, PriceIn: m.ModelPriceIn, PriceOut: m.ModelPriceOut,
		Timeout: m.ModelTimeout,
	}
	if m.BackURL != "" {
		first.Back = &translate.Settings{
			Drafter: translate.NewModel(m.BackURL, string(m.BackKey), m.BackName), Model: m.BackName, Address: m.BackURL,
			PriceIn: m.BackPriceIn, PriceOut: m.BackPriceOut, Timeout: m.ModelTimeout,
		}
	}
	return first
}

// translations let a material have other languages: the two areas do not know each other.
type translations struct{ by *translate.Service }

// SourceChanged hands the decided text on, in the transaction of the decision.
func (t translations) SourceChanged(ctx context.Context, tx *gorm.DB, doc store.ID, source material.Source) error {
	return t.by.SourceChanged(ctx, tx, doc, translate.Document{Kind: source.Kind, Lang: source.Lang, Text: source.Text, Critical: source.Critical})
}

// Languages lists what a person has approved.
func (t translations) Languages(ctx context.Context, doc store.ID) ([]material.Language, error) {
	all, err := t.LanguagesOf(ctx, []store.ID{doc})
	return all[doc], err
}

// LanguagesOf lists them for many materials in one question.
func (t translations) LanguagesOf(ctx context.Context, docs []store.ID) (map[store.ID][]material.Language, error) {
	published, err := t.by.LanguagesOf(ctx, docs)
	list := make(map[store.ID][]material.Language, len(published))
	for doc, languages := range published {
		for _, p := range languages {
			list[doc] = append(list[doc], material.Language{
				Lang: p.Lang, Title: p.Title, Day: p.Day, CheckedBy: p.CheckedBy, Machine: p.Machine, Stale: p.Stale, ReadBy: p.ReadBy, Shipped: p.Shipped,
			})
		}
	}
	return list, err
}

// Text is the approved text in one language.
func (t translations) Text(ctx context.Context, doc store.ID, lang string) (string, error) {
	return t.by.Text(ctx, doc, lang)
}

// Ship takes the words that came with the program in other languages.
func (t translations) Ship(ctx context.Context, tx *gorm.DB, doc store.ID, texts map[string]string) error {
	return t.by.Ship(ctx, tx, doc, texts)
}

// Speaks are the languages that somebody says she can check.
func (t translations) Speaks(ctx context.Context, who member.Actor) ([]string, error) {
	langs, err := t.by.ReaderLanguages(ctx, who)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return langs, err
}

// Forget loses what was made of a text that somebody took back.
func (t translations) Forget(ctx context.Context, tx *gorm.DB, doc store.ID, texts []string) error {
	return t.by.Forget(ctx, tx, doc, texts)
}

// groupWords let translators hear what the group of a material decided about its words.
type groupWords struct{ from *material.Service }

// WordsFor lists them for one language.
func (g groupWords) WordsFor(ctx context.Context, db *gorm.DB, doc store.ID, lang string) ([]translate.GroupWord, error) {
	terms, err := g.from.TermsIn(ctx, db, doc, lang)
	list := make([]translate.GroupWord, len(terms))
	for i, t := range terms {
		list[i] = translate.GroupWord{Preferred: t.Preferred, Refused: t.Not()}
	}
	return list, err
}
