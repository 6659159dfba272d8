package translate

import (
	"context"
	"crypto/sha256"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/store"
)

// SpendingRow is what the machine cost for a language of a document in a month, in
// thousand-millionths of the host's currency.
type SpendingRow struct {
	Month      string   `gorm:"primaryKey"`
	DocumentID store.ID `gorm:"primaryKey"`
	Lang       string   `gorm:"primaryKey"`
	TokensIn   int64
	TokensOut  int64
	Cost       int64
}

// TableName names the table.
func (SpendingRow) TableName() string { return "translate_spending" }

// AnswerRow keeps a draft by the hash of all that it depends on, so that the same text is
// not paid for twice.
type AnswerRow struct {
	Hash  []byte `gorm:"primaryKey"`
	Words string
}

// TableName names the table.
func (AnswerRow) TableName() string { return "translate_answers" }

// answerHash stands for a question about one segment.
func answerHash(model, from, to, glossary, source string) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %q", model, from, to, glossary, source))
	return sum[:]
}

// answers reads the drafts that are known already, by the hash of their question.
func (s *Service) answers(ctx context.Context, hashes [][]byte) (map[string]string, error) {
	rows, err := gorm.G[AnswerRow](s.store.DB).Where("hash IN ?", hashes).Find(ctx)
	known := make(map[string]string, len(rows))
	for _, r := range rows {
		known[string(r.Hash)] = r.Words
	}
	return known, store.Translate(err)
}

func keepAnswers(ctx context.Context, tx *gorm.DB, rows []AnswerRow) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error
}

// within says no where a question would not fit into the month's money.
func (s *Service) within(ctx context.Context, m *Settings, ask Ask) error {
	spent, err := s.spent(ctx, s.store.DB)
	if err != nil {
		return err
	}
	if in, out := guess(ask); !m.affords(s.machine.Budget, spent, in, out) {
		return &Trouble{Kind: TroubleBudget}
	}
	return nil
}

func (s *Service) month() string { return s.store.Today()[:len("2006-01")] }

// spent is what the machine cost this month, in nanos.
func (s *Service) spent(ctx context.Context, db *gorm.DB) (int64, error) {
	var sum int64
	err := db.WithContext(ctx).Raw("SELECT COALESCE(SUM(cost), 0) FROM translate_spending WHERE month = ?", s.month()).Scan(&sum).Error
	return sum, store.Translate(err)
}

// pay writes down what a call used, whatever became of its answer.
func (s *Service) pay(ctx context.Context, m *Settings, doc store.ID, lang string, a Answer) error {
	if a.In == 0 && a.Out == 0 {
		return nil
	}
	row := SpendingRow{Month: s.month(), DocumentID: doc, Lang: lang, TokensIn: int64(a.In), TokensOut: int64(a.Out), Cost: m.cost(a.In, a.Out)}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		return tx.WithContext(ctx).Clauses(clause.OnConflict{
			Columns: []clause.Column{{Name: "month"}, {Name: "document_id"}, {Name: "lang"}},
			DoUpdates: clause.Assignments(map[string]any{
				"tokens_in":  gorm.Expr("translate_spending.tokens_in + ?", row.TokensIn),
				"tokens_out": gorm.Expr("translate_spending.tokens_out + ?", row.TokensOut),
				"cost":       gorm.Expr("translate_spending.cost + ?", row.Cost),
			}),
		}).Create(&row).Error
	})
}

// Bill is what the machine cost, as the page of a language shows it.
type Bill struct {
	Here   string // for this language of this document, in all
	Spent  string // this month, for everything
	Budget string // a month
}

func (s *Service) bill(ctx context.Context, doc store.ID, lang string) (Bill, error) {
	var here int64
	err := s.store.DB.WithContext(ctx).Raw("SELECT COALESCE(SUM(cost), 0) FROM translate_spending WHERE document_id = ? AND lang = ?", doc, lang).Scan(&here).Error
	if err != nil {
		return Bill{}, store.Translate(err)
	}
	spent, err := s.spent(ctx, s.store.DB)
	return Bill{Money(here), Money(spent), s.machine.Budget.StringFixed(2)}, err
}
