package forum

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Audience says who may read and write on a board.
type Audience string

// The audiences.
const (
	Public  Audience = "public"  // everybody reads, members write
	Members Audience = "members" // members read and write
	Peers   Audience = "peers"   // people with a role in the community
	Group   Audience = "group"   // the people of one group, whom two of its members vouched for
)

// Board is a room of the forum. Its slug is neutral, because it stays in the history of a shared phone.
type Board struct {
	Slug     string `gorm:"primaryKey"`
	Audience Audience
	Position int
	Archived bool
	Closed   *string // day on which the people of a group closed their room
}

// TableName names the table.
func (Board) TableName() string { return "boards" }

// BoardText is a board's name, purpose and rules in one language.
type BoardText struct {
	Board   string `gorm:"primaryKey"`
	Lang    string `gorm:"primaryKey"`
	Name    string
	Purpose string
	Rules   string // shown above each form on this board; "" for none
}

// TableName names the table.
func (BoardText) TableName() string { return "board_texts" }

// BoardView is a board as one person reads it.
type BoardView struct {
	Board
	Name     string
	Purpose  string
	TextLang string // language of name and purpose; English where hers is missing

	Rules     string // "" where the board has none
	RulesLang string // language of the rules, which may be missing in hers
}

// Boards lists the boards that she may see, in order, with their texts in her language. A
// room that its group closed stays in the list of its people for some weeks.
func (s *Service) Boards(ctx context.Context, who member.Actor, lang string) ([]BoardView, error) {
	v, err := sees(ctx, s.store.DB, who)
	if err != nil {
		return nil, err
	}
	boards, err := gorm.G[Board](s.store.DB).Where(readable, v.where()...).Where("(archived = ? OR closed >= ?)", false, s.store.DayAfter(-ListedAfter)).Order("position, slug").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.withTexts(ctx, boards, lang)
}

// Board returns one board; a board she may not see does not exist.
func (s *Service) Board(ctx context.Context, who member.Actor, slug, lang string) (BoardView, error) {
	v, err := sees(ctx, s.store.DB, who)
	if err != nil {
		return BoardView{}, err
	}
	boards, err := gorm.G[Board](s.store.DB).Where("slug = ?", slug).Where(readable, v.where()...).Limit(1).Find(ctx)
	if err != nil {
		return BoardView{}, store.Translate(err)
	}
	if len(boards) == 0 {
		return BoardView{}, fault.New(fault.NotFound, "error.missing")
	}
	views, err := s.withTexts(ctx, boards, lang)
	if err != nil {
		return BoardView{}, err
	}
	return views[0], nil
}

func (s *Service) withTexts(ctx context.Context, boards []Board, lang string) ([]BoardView, error) {
	slugs := make([]string, len(boards))
	for i, b := range boards {
		slugs[i] = b.Slug
	}
	// A group may have words in one language only; then those are better than none.
	texts, err := gorm.G[BoardText](s.store.DB).
		Where("board IN ? AND (lang IN ? OR board IN (SELECT slug FROM boards WHERE audience = ?))", slugs, []string{lang, "en"}, Group).Order("lang").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	views := make([]BoardView, len(boards))
	for i, b := range boards {
		views[i] = BoardView{Board: b, Name: b.Slug}
		for _, text := range texts {
			if text.Board != b.Slug {
				continue
			}
			if nearer(text.Lang, views[i].TextLang, lang) {
				views[i].Name, views[i].Purpose, views[i].TextLang = text.Name, text.Purpose, text.Lang
			}
			if text.Rules != "" && nearer(text.Lang, views[i].RulesLang, lang) {
				views[i].Rules, views[i].RulesLang = text.Rules, text.Lang
			}
		}
	}
	return views, nil
}

// nearer reports whether words in one language serve a reader better than those that were
// found before: her own first, then English, then whatever there is.
func nearer(lang, found, hers string) bool {
	return found != hers && (lang == hers || lang == source || found == "")
}

// NewBoard is a board with its texts, as the host sets it up.
type NewBoard struct {
	Board
	Texts []BoardText
}

// SetUpBoards writes boards with their texts, for the demonstration and for tests; people
// set theirs up in the browser.
func (s *Service) SetUpBoards(ctx context.Context, boards []NewBoard) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		for _, b := range boards {
			if err := gorm.G[Board](tx).Create(ctx, &b.Board); err != nil {
				return err
			}
			texts := b.Texts
			for i := range texts {
				texts[i].Board = b.Slug
			}
			if err := gorm.G[BoardText](tx).CreateInBatches(ctx, &texts, 50); err != nil {
				return err
			}
		}
		return nil
	})
}

// CountBoards tells an empty portal from one that was set up.
func (s *Service) CountBoards(ctx context.Context) (int, error) {
	n, err := gorm.G[Board](s.store.DB).Count(ctx, "slug")
	return int(n), store.Translate(err)
}

// Pin keeps a topic at the head of its board, or lets it go. Like SetUpBoards it is for the
// host and the demonstration; no page does it yet.
func (s *Service) Pin(ctx context.Context, topic store.ID, on bool) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Topic](tx).Where("id = ?", topic).Update(ctx, "pinned", on)
		if err == nil && n == 0 {
			return notFound()
		}
		return err
	})
}
