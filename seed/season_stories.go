package seed

import (
	"context"

	"portico/app/material"
	"portico/app/member"
)

// termData is a word that a group decided.
type termData struct {
	By, Lang, Preferred, Refused, Why string
	DaysAgo                           int `toml:"days_ago"`
}

// printData is a print run.
type printData struct {
	By, Lang, Sheet, Place string
	DaysAgo                int `toml:"days_ago"`
	Copies                 int
}

// consentData is a use that somebody allowed, in these languages or in all.
type consentData struct {
	Use       string
	Langs     []string
	Recognise string
	Removed   []string
	Said      string
}

// planStory marks a story on the day of its first text; whose it is keeps it with her key,
// because nobody would know its code.
func (l *loader) planStory(d *materialData, add func(int, string, deed)) {
	if d.Story == "" || len(d.Versions) == 0 {
		return
	}
	day := d.Versions[0].DaysAgo
	code := l.people.NewCode("material story").Hash
	add(day, d.Leader, func(ctx context.Context, who member.Actor) error {
		return l.materials.MarkStory(ctx, who, d.id, code, false)
	})
	add(day, d.Story, func(ctx context.Context, who member.Actor) error {
		return l.materials.Keep(ctx, who, material.Claim{Code: code})
	})
	for _, one := range d.Consents {
		f := material.ConsentForm{Use: material.Use(one.Use), Langs: one.Langs, Recognise: one.Recognise, Removed: one.Removed, Said: one.Said, Fair: true}
		if one.Said == material.Herself {
			add(day, d.Story, func(ctx context.Context, who member.Actor) error {
				return l.materials.Allow(ctx, who, material.Claim{ID: d.id}, f)
			})
			continue
		}
		add(day, d.Leader, func(ctx context.Context, who member.Actor) error { return l.materials.Record(ctx, who, d.id, f) })
	}
}

// planCare plans what goes with a text: what it is about, words of its group, print runs.
func (l *loader) planCare(d *materialData, add func(int, string, deed)) {
	if len(d.Subjects) > 0 {
		add(d.Versions[0].DaysAgo, d.Leader, func(ctx context.Context, who member.Actor) error { return l.materials.Mark(ctx, who, d.id, d.Subjects) })
	}
	for _, one := range d.Terms {
		add(one.DaysAgo, one.By, func(ctx context.Context, who member.Actor) error {
			return l.materials.DecideTerm(ctx, who, d.id, material.TermForm{Lang: one.Lang, Preferred: one.Preferred, Refused: one.Refused, Why: one.Why})
		})
	}
	for _, one := range d.Prints {
		add(one.DaysAgo, one.By, func(ctx context.Context, who member.Actor) error {
			return l.materials.NotePrint(ctx, who, d.id, material.PrintForm{
				Day: l.store.Today(), Lang: one.Lang, Sheet: one.Sheet, Place: one.Place, Copies: one.Copies,
			})
		})
	}
}
