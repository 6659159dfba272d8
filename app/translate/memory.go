package translate

import (
	"context"
	"crypto/sha256"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/search"
	"portico/app/store"
)

// MemoryRow is a source with the words that a person reviewed for it, by pair of languages.
// A later review of the same source stands in the place of the earlier one.
type MemoryRow struct {
	ID         store.ID `gorm:"primaryKey"`
	FromLang   string
	ToLang     string
	SourceHash []byte // of the normalised source
	Size       int    // in words, to look at sources of a like length alone
	Source     string
	Target     string
	DocumentID store.ID // the text it was last reviewed in; zero where it came in a file
}

// TableName names the table.
func (MemoryRow) TableName() string { return "translate_memory" }

// Match is what the memory knows for a source.
type Match struct {
	ID     store.ID
	Source string
	Target string
	Exact  bool
}

const (
	nearEnough = 0.75
	mostShown  = 3
	// mostScanned and longestNear keep a page quick when the memory is large.
	mostScanned = 3000
	longestNear = 120 // words
)

// tokens are the words of a text for comparing: folded, without marks.
func tokens(text string) []string { return strings.Fields(search.Tokens(text)) }

func sourceHash(words []string) []byte {
	sum := sha256.Sum256([]byte(strings.Join(words, " ")))
	return sum[:16]
}

// similarity is 1 for the same words and 0 for none in common: the share of words that need
// not be put in, taken out or replaced.
func similarity(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before := row[0]
		row[0] = i + 1
		for j := range b {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return 1 - float64(row[len(b)])/float64(max(len(a), len(b)))
}

// remember keeps a reviewed segment for the next time somebody meets its source.
func remember(ctx context.Context, tx *gorm.DB, from, to, source, target string) error {
	return keepMemory(ctx, tx, MemoryRow{FromLang: from, ToLang: to, Source: source, Target: target})
}

func keepMemory(ctx context.Context, tx *gorm.DB, row MemoryRow) error {
	words := tokens(row.Source)
	if len(words) == 0 {
		return nil
	}
	row.ID, row.SourceHash, row.Size = store.NewID(), sourceHash(words), len(words)
	return tx.WithContext(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "from_lang"}, {Name: "to_lang"}, {Name: "source_hash"}},
		DoUpdates: clause.AssignmentColumns([]string{"source", "target", "document_id"}),
	}).Create(&row).Error
}

// recall finds exact and near matches, the best first.
func recall(ctx context.Context, db *gorm.DB, from, to, source string) ([]Match, error) {
	words := tokens(source)
	if len(words) == 0 {
		return nil, nil
	}
	exact, err := gorm.G[MemoryRow](db).Where("from_lang = ? AND to_lang = ? AND source_hash = ?", from, to, sourceHash(words)).Limit(1).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var list []Match
	for _, row := range exact {
		list = append(list, Match{row.ID, row.Source, row.Target, true})
	}
	if len(words) > longestNear {
		return list, nil
	}
	least, most := int(float64(len(words))*nearEnough), int(float64(len(words))/nearEnough)+1
	rows, err := gorm.G[MemoryRow](db).Where("from_lang = ? AND to_lang = ? AND size BETWEEN ? AND ?", from, to, least, most).
		Order("id").Limit(mostScanned).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	type near struct {
		Match
		like float64
	}
	var close []near
	for _, row := range rows {
		if like := similarity(words, tokens(row.Source)); like >= nearEnough && like < 1 {
			close = append(close, near{Match{row.ID, row.Source, row.Target, false}, like})
		}
	}
	slices.SortStableFunc(close, func(a, b near) int {
		switch {
		case a.like > b.like:
			return -1
		case a.like < b.like:
			return 1
		}
		return 0
	})
	for _, n := range close {
		if len(list) < mostShown {
			list = append(list, n.Match)
		}
	}
	return list, nil
}
