package translate

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// ReadingRow says that somebody of the community read a text in a language before others
// did: whether it was understood, and what was hard. Nobody's name stands here, neither of
// who read nor of who wrote it down.
type ReadingRow struct {
	ID         store.ID `gorm:"primaryKey"`
	DocumentID store.ID
	Lang       string
	Day        string
	Edition    int    // of the source at that time
	Understood string // "yes", "partly" or "no"
	Hard       string // in her words, or ""
}

// TableName names the table.
func (ReadingRow) TableName() string { return "translate_readings" }

// Understandings are the answers of a reader.
var Understandings = []string{"yes", "partly", "no"}

const (
	longestHard  = 600
	mostReadings = 50
)

// NoteReading writes down what a reader of the community said about a language.
func (s *Service) NoteReading(ctx context.Context, who member.Actor, doc store.ID, lang, understood, hard string) error {
	if !works(who) {
		return fault.Missing()
	}
	hard = strings.TrimSpace(hard)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		d, err := documentIn(ctx, tx, doc)
		if err != nil {
			return err
		}
		if _, err := languageIn(ctx, tx, doc, lang); err != nil {
			return err
		}
		var mend []fault.Field
		if !slices.Contains(Understandings, understood) {
			mend = append(mend, fault.Field{Name: "understood", Key: "translate.reading.choose"})
		}
		if utf8.RuneCountInString(hard) > longestHard {
			mend = append(mend, fault.Field{Name: "hard", Key: "translate.segment.long", Args: []any{"Most", longestHard}})
		}
		if len(mend) > 0 {
			return fault.Mend(mend...)
		}
		written, err := gorm.G[TargetRow](tx).Where("document_id = ? AND lang = ? AND words <> ''", doc, lang).Count(ctx, "lang")
		if err != nil {
			return err
		}
		if written == 0 {
			return fault.New(fault.Refused, "translate.reading.empty")
		}
		row := ReadingRow{ID: store.NewID(), DocumentID: doc, Lang: lang, Day: s.store.Today(), Edition: d.Edition, Understood: understood, Hard: hard}
		return gorm.G[ReadingRow](tx).Create(ctx, &row)
	})
}

// readings are what readers said about a language, the newest first.
func (s *Service) readings(ctx context.Context, doc store.ID, lang string) ([]ReadingRow, error) {
	rows, err := gorm.G[ReadingRow](s.store.DB).Where("document_id = ? AND lang = ?", doc, lang).Order("day DESC, id").Limit(mostReadings).Find(ctx)
	return rows, store.Translate(err)
}
