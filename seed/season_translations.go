package seed

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
	"portico/app/translate"
)

// readerData says which languages somebody can check.
type readerData struct {
	Person  string
	Langs   []string
	DaysAgo int `toml:"days_ago"`
}

// translationData is one language of a material, and by whom and how many days ago it was
// opened, written, reviewed and approved; nobody has approved while Approved is 0. The text
// is whole, title first, or ends early where the rest is still empty; Looked is how many of
// its segments the reviewer has come to, 0 for all.
type translationData struct {
	Material, Lang, Text      string
	Opener, Writer, Reviewer  string
	Opened, Written, Reviewed int
	Looked                    int
	Approver                  string
	Approved                  int
	// Second is who reads it after the reviewer where a wrong sentence may harm.
	Second string
	// Read are people of the community who read it before others.
	Read []readingData
}

// readingData is what one of them said.
type readingData struct {
	DaysAgo          int `toml:"days_ago"`
	Understood, Hard string
}

// planTranslations plans who can check a language, and what is brought into it.
func (l *loader) planTranslations() ([]event, error) {
	var events []event
	for _, d := range l.world.Readers {
		who, err := l.colleague(d.Person)
		if err != nil {
			return nil, err
		}
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.translate.SayLanguages(ctx, who, d.Langs), "the languages of %s", d.Person)
		}})
	}
	for _, d := range l.world.Translations {
		at := slices.IndexFunc(l.world.Materials, func(m *materialData) bool { return m.Title == d.Material })
		if at < 0 {
			return nil, fmt.Errorf("a translation is of %q, which is no material", d.Material)
		}
		of := l.world.Materials[at]
		add := func(days int, by string, do func(context.Context, member.Actor, store.ID) error) {
			events = append(events, event{l.ago(days), func(ctx context.Context) error {
				who, err := l.colleague(by)
				if err == nil {
					err = do(ctx, who, of.id)
				}
				return about(err, "%s brings %q into %s", by, d.Material, d.Lang)
			}})
		}
		add(d.Opened, d.Opener, func(ctx context.Context, who member.Actor, doc store.ID) error {
			return l.translate.Open(ctx, who, doc, d.Lang)
		})
		add(d.Written, d.Writer, func(ctx context.Context, who member.Actor, doc store.ID) error { return l.bringOver(ctx, who, doc, d) })
		add(d.Reviewed, d.Reviewer, func(ctx context.Context, who member.Actor, doc store.ID) error { return l.lookOver(ctx, who, doc, d) })
		if d.Second != "" {
			add(d.Reviewed, d.Second, func(ctx context.Context, who member.Actor, doc store.ID) error { return l.lookOver(ctx, who, doc, d) })
		}
		for _, r := range d.Read {
			add(r.DaysAgo, d.Reviewer, func(ctx context.Context, who member.Actor, doc store.ID) error {
				return l.translate.NoteReading(ctx, who, doc, d.Lang, r.Understood, r.Hard)
			})
		}
		if d.Approved > 0 {
			add(d.Approved, d.Approver, func(ctx context.Context, who member.Actor, doc store.ID) error {
				return l.translate.Approve(ctx, who, doc, d.Lang)
			})
		}
	}
	return events, nil
}

// sheetOf reads all segments of a language, page after page.
func (l *loader) sheetOf(ctx context.Context, who member.Actor, doc store.ID, lang string) (lines []translate.Line, err error) {
	for page, more := 1, true; more; page++ {
		sheet, err := l.translate.Sheet(ctx, who, doc, lang, page)
		if err != nil {
			return nil, err
		}
		lines, more = append(lines, sheet.Lines...), sheet.More
	}
	return lines, nil
}

// bringOver writes the words of each segment, which the text holds in the same order.
func (l *loader) bringOver(ctx context.Context, who member.Actor, doc store.ID, d translationData) error {
	lines, err := l.sheetOf(ctx, who, doc, d.Lang)
	if err != nil {
		return err
	}
	pieces, _ := translate.Cut(d.Text)
	if len(pieces) > len(lines) || d.Approved > 0 && len(pieces) < len(lines) {
		return fmt.Errorf("the words are %d segments, the source %d", len(pieces), len(lines))
	}
	for i, p := range pieces {
		if p.Kind != lines[i].Kind {
			return fmt.Errorf("segment %d is %s in the source and %s in the words", i+1, lines[i].Kind, p.Kind)
		}
		if err := l.translate.Save(ctx, who, doc, mark(lines[i]), p.Text); err != nil {
			return about(err, "segment %d", i+1)
		}
	}
	return nil
}

// lookOver says that segments are right, as far as she has come.
func (l *loader) lookOver(ctx context.Context, who member.Actor, doc store.ID, d translationData) error {
	lines, err := l.sheetOf(ctx, who, doc, d.Lang)
	if err != nil {
		return err
	}
	if d.Looked > 0 {
		lines = lines[:d.Looked]
	}
	for i, one := range lines {
		if err := l.translate.Review(ctx, who, doc, mark(one)); err != nil {
			return about(err, "segment %d, %q", i+1, one.Target.Words)
		}
	}
	return nil
}

func mark(one translate.Line) translate.Mark {
	return translate.Mark{Segment: one.ID, Lang: one.Target.Lang, Version: one.Target.Version}
}

// otherLanguages hands a decided text on, as the server does: materials and translations
// do not know each other.
type otherLanguages struct{ by *translate.Service }

// SourceChanged gives the text to the translators, in the transaction of the decision.
func (o otherLanguages) SourceChanged(ctx context.Context, tx *gorm.DB, doc store.ID, source material.Source) error {
	return o.by.SourceChanged(ctx, tx, doc, translate.Document{Kind: source.Kind, Lang: source.Lang, Text: source.Text, Critical: source.Critical})
}

// Languages is empty: nobody reads the library while the demonstration is made.
func (otherLanguages) Languages(context.Context, store.ID) ([]material.Language, error) {
	return nil, nil
}

// Text is the approved text in one language.
func (o otherLanguages) Text(ctx context.Context, doc store.ID, lang string) (string, error) {
	return o.by.Text(ctx, doc, lang)
}
