package material

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
)

// Feedback is what a reader says about a text, without anything about her: not even a day.
type Feedback struct {
	ID         store.ID `gorm:"primaryKey"`
	MaterialID store.ID
	Version    int
	Lang       string
	Useful     string // "yes", "no" or "" for not said
	Plain      string // was it clear
	Missing    string
}

// TableName names the table.
func (Feedback) TableName() string { return "material_feedback" }

// FeedbackForm is what a reader sends. Nobody needs a key for it.
type FeedbackForm struct {
	Lang    string
	Useful  string
	Plain   string
	Missing string
	Nonce   string
	Insist  bool
}

const (
	mostFeedback  = 2000 // about one version
	feedbackShown = 100  // texts for the group
)

// GiveFeedback keeps what a reader says about a published text.
func (s *Service) GiveFeedback(ctx context.Context, id store.ID, f FeedbackForm) (Receipt, error) {
	f.Missing = tidyText(f.Missing)
	row := Feedback{ID: store.FormID("material", f.Nonce), MaterialID: id, Lang: f.Lang, Useful: f.Useful, Plain: f.Plain, Missing: f.Missing}
	receipt, stop := screen(theGroup, f.Insist, f.Missing)
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		shown, err := s.shown(ctx, tx, m)
		if err != nil {
			return err
		}
		if !shown {
			return fault.Missing()
		}
		answers := []string{"", "yes", "no"}
		mend := asked("missing", f.Missing, 0, longestWords)
		if !slices.Contains(answers, f.Useful) || !slices.Contains(answers, f.Plain) || f.Useful+f.Plain+f.Missing == "" {
			mend = append(mend, fault.Field{Name: "useful", Key: "material.feedback.empty"})
		}
		if err := fault.Mended(mend); err != nil || stop {
			return err
		}
		if !language.MatchString(row.Lang) {
			row.Lang = m.Lang
		}
		row.Version = m.PublishedVersion
		n, err := gorm.G[Feedback](tx).Where("material_id = ? AND version = ?", id, row.Version).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostFeedback {
			return fault.New(fault.Refused, "material.feedback.full")
		}
		return gorm.G[Feedback](tx).Create(ctx, &row)
	})
	receipt.ID, receipt.Stored = row.ID, !stop
	return receipt, once(err)
}

// ReadersSaid is what readers said about the published version, for the group.
type ReadersSaid struct {
	Version                                int
	UsefulYes, UsefulNo, PlainYes, PlainNo int
	Missing                                []Feedback
}

func readersSaid(ctx context.Context, db *gorm.DB, m Material) (ReadersSaid, error) {
	said := ReadersSaid{Version: m.PublishedVersion}
	if m.PublishedVersion == 0 {
		return said, nil
	}
	rows, err := gorm.G[Feedback](db).Where("material_id = ? AND version = ?", m.ID, m.PublishedVersion).Order("id").Limit(mostFeedback).Find(ctx)
	if err != nil {
		return said, store.Translate(err)
	}
	for _, r := range rows {
		switch r.Useful {
		case "yes":
			said.UsefulYes++
		case "no":
			said.UsefulNo++
		}
		switch r.Plain {
		case "yes":
			said.PlainYes++
		case "no":
			said.PlainNo++
		}
		if r.Missing != "" && len(said.Missing) < feedbackShown {
			said.Missing = append(said.Missing, r)
		}
	}
	return said, nil
}
