package server

import (
	"context"

	"gorm.io/gorm"

	"portico/app/config"
	"portico/app/material"
	"portico/app/store"
	"portico/app/translate"
)

// machine is the model that drafts translations, or nil where the host did not turn it on.
func machine(m config.Model) *translate.Settings {
	if !m.ModelOn() {
		return nil
	}
	return &translate.Settings{
		Drafter: translate.NewModel(m.ModelURL, string(m.ModelKey), m.ModelName), Model: m.ModelName,
		Languages: m.ModelLanguages, Budget: m.ModelBudget, PriceIn: m.ModelPriceIn, PriceOut: m.ModelPriceOut,
		Timeout: m.ModelTimeout,
	}
}

// translations let a material have other languages: the two areas do not know each other.
type translations struct{ by *translate.Service }

// SourceChanged hands the decided text on, in the transaction of the decision.
func (t translations) SourceChanged(ctx context.Context, tx *gorm.DB, doc store.ID, source material.Source) error {
	return t.by.SourceChanged(ctx, tx, doc, translate.Document{Kind: source.Kind, Lang: source.Lang, Text: source.Text})
}

// Languages lists what a person has approved.
func (t translations) Languages(ctx context.Context, doc store.ID) ([]material.Language, error) {
	published, err := t.by.Languages(ctx, doc)
	if err != nil {
		return nil, err
	}
	list := make([]material.Language, len(published))
	for i, p := range published {
		list[i] = material.Language{Lang: p.Lang, Title: p.Title, Day: p.Day, CheckedBy: p.CheckedBy, Machine: p.Machine, Stale: p.Stale}
	}
	return list, nil
}

// Text is the approved text in one language.
func (t translations) Text(ctx context.Context, doc store.ID, lang string) (string, error) {
	return t.by.Text(ctx, doc, lang)
}
