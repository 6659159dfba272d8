package forum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// boardHosts are the roles that set boards up and change them. Groups are set up by their
// own verbs, because there nobody outside decides who comes in.
var boardHosts = []member.Role{member.RoleCoordinator, member.RoleAdmin}

// OpenAudiences are those of the boards that are edited here, widest first.
var OpenAudiences = []Audience{Public, Members, Peers}

// source is the language in which every board has its words.
const source = "en"

// EditBoard is a board as its hosts see it: with all its texts.
type EditBoard struct {
	Board
	Texts map[string]BoardText
	Used  bool // somebody has written on it
}

// Base stands for a board as somebody saw it, so that two hosts who write at once do not
// overwrite each other.
func (b EditBoard) Base() string {
	all := sha256.New()
	all.Write([]byte(b.Audience))
	langs := make([]string, 0, len(b.Texts))
	for lang := range b.Texts {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	for _, lang := range langs {
		all.Write([]byte("\x00" + lang + "\x00" + b.Texts[lang].Name + "\x00" + b.Texts[lang].Purpose + "\x00" + b.Texts[lang].Rules))
	}
	return hex.EncodeToString(all.Sum(nil)[:8])
}

// BoardsToEdit lists all boards but the groups', in their order, archived ones too.
func (s *Service) BoardsToEdit(ctx context.Context, who member.Actor) ([]EditBoard, error) {
	if who.Role == nil || !who.Has(boardHosts...) {
		return nil, notFound()
	}
	return editBoards(ctx, s.store.DB, "", OpenAudiences)
}

// BoardToEdit returns one of them.
func (s *Service) BoardToEdit(ctx context.Context, who member.Actor, slug string) (EditBoard, error) {
	if who.Role == nil || !who.Has(boardHosts...) {
		return EditBoard{}, notFound()
	}
	return editBoard(ctx, s.store.DB, slug, OpenAudiences)
}

func editBoard(ctx context.Context, db *gorm.DB, slug string, of []Audience) (EditBoard, error) {
	boards, err := editBoards(ctx, db, slug, of)
	if err != nil {
		return EditBoard{}, err
	}
	if len(boards) == 0 || slug == "" {
		return EditBoard{}, notFound()
	}
	return boards[0], nil
}

// editBoards reads boards of some audiences with their texts: one, or with "" all.
func editBoards(ctx context.Context, db *gorm.DB, slug string, of []Audience) ([]EditBoard, error) {
	q := gorm.G[Board](db).Where("audience IN ?", of)
	if slug != "" {
		q = q.Where("slug = ?", slug)
	}
	boards, err := q.Order("position, slug").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	slugs := make([]string, len(boards))
	for i, b := range boards {
		slugs[i] = b.Slug
	}
	texts, err := gorm.G[BoardText](db).Where("board IN ?", slugs).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var used []string
	if err := db.WithContext(ctx).Table("topics").Distinct("board").Where("board IN ?", slugs).Pluck("board", &used).Error; err != nil {
		return nil, store.Translate(err)
	}
	list := make([]EditBoard, len(boards))
	for i, b := range boards {
		list[i] = EditBoard{Board: b, Texts: map[string]BoardText{}, Used: slices.Contains(used, b.Slug)}
		for _, text := range texts {
			if text.Board == b.Slug {
				list[i].Texts[text.Lang] = text
			}
		}
	}
	return list, nil
}

// BoardForm is a board as a host typed it.
type BoardForm struct {
	Slug     string // of a new board
	Audience Audience
	Texts    []BoardText
	Base     string // Base of the board that she started from
}

func (f BoardForm) trimmed() BoardForm {
	f.Slug = strings.TrimSpace(f.Slug)
	f.Texts = slices.Clone(f.Texts)
	for i, t := range f.Texts {
		f.Texts[i].Name, f.Texts[i].Purpose, f.Texts[i].Rules = oneLine(t.Name), oneLine(t.Purpose), oneLine(t.Rules)
	}
	return f
}

// oneLine takes line breaks and doubled spaces out of short words.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// check holds a board to its limits. English is always there, because it stands in for
// every other language.
func (f BoardForm) check() (mend []fault.Field) {
	if !slices.Contains(OpenAudiences, f.Audience) {
		mend = append(mend, fault.Field{Name: "audience", Key: "board.audience.missing"})
	}
	mend = append(mend, f.checkTexts(source)...)
	if !slices.ContainsFunc(f.Texts, func(t BoardText) bool { return t.Lang == source }) {
		mend = append(mend, fault.Field{Name: "name-" + source, Key: "board.name.length", Args: []any{"Most", LongestName}})
	}
	return mend
}

// checkTexts holds the words to their limits. A language has both name and purpose or
// neither, and must is never empty; rules are nowhere needed.
func (f BoardForm) checkTexts(must string) (mend []fault.Field) {
	for _, t := range f.Texts {
		if !language.MatchString(t.Lang) {
			mend = append(mend, fault.Field{Name: "audience", Key: "forum.lang.unknown"})
			continue
		}
		needed := t.Lang == must || !t.empty()
		if n := utf8.RuneCountInString(t.Name); needed && (n < ShortestTitle || n > LongestName) {
			mend = append(mend, fault.Field{Name: "name-" + t.Lang, Key: "board.name.length", Args: []any{"Most", LongestName}})
		}
		if n := utf8.RuneCountInString(t.Purpose); needed && (n == 0 || n > LongestPurpose) {
			mend = append(mend, fault.Field{Name: "purpose-" + t.Lang, Key: "board.purpose.length", Args: []any{"Most", LongestPurpose}})
		}
		if utf8.RuneCountInString(t.Rules) > LongestRules {
			mend = append(mend, fault.Field{Name: "rules-" + t.Lang, Key: "board.rules.length", Args: []any{"Most", LongestRules}})
		}
	}
	return mend
}

func (t BoardText) empty() bool { return t.Name == "" && t.Purpose == "" && t.Rules == "" }

var slugShape = regexp.MustCompile(`^[a-z0-9-]{1,20}$`)

// telling are beginnings of words, and tellingWords whole ones, that an address must not show
// to whoever picks up her phone. No list can be complete; the page says what it is for.
var telling = []string{
	"sex", "porn", "prost", "escort", "whore", "hooker", "brothel", "slut", "erot", "xxx", "pimp", "client", "punter", "traffick",
	"tratta", "traite", "victim", "vittim", "puttan", "bordel", "condom", "abort", "lesb", "queer", "migrant", "illegal",
	"undocument", "police", "polizia", "violen",
}

var tellingWords = []string{
	"nude", "nudes", "puta", "putas", "troia", "hiv", "vih", "aids", "std", "stds", "sti", "stis", "gay", "trans", "rape", "drug", "drugs", "droga",
}

// taken are what addresses under /forum mean already, or will read as in a form.
var taken = []string{"new", "search", "groups", "group", "ask", "questions", "question", "talks", "boards"}

// checkSlug refuses an address that tells too much, or that would hide another page.
func checkSlug(slug string) (mend []fault.Field) {
	key := ""
	switch {
	case !slugShape.MatchString(slug) || strings.Trim(slug, "-") == "":
		key = "board.slug.shape"
	case slices.Contains(taken, slug):
		key = "board.slug.taken"
	case slices.ContainsFunc(strings.Split(slug, "-"), tells):
		key = "board.slug.telling"
	default:
		return nil
	}
	return []fault.Field{{Name: "slug", Key: key}}
}

func tells(word string) bool {
	return slices.Contains(tellingWords, word) || slices.ContainsFunc(telling, func(beginning string) bool { return strings.HasPrefix(word, beginning) })
}

// OpenBoard sets a new board up, at the end of the list.
func (s *Service) OpenBoard(ctx context.Context, who member.Actor, f BoardForm) error {
	if who.Role == nil || !who.Has(boardHosts...) {
		return notFound()
	}
	f = f.trimmed()
	if mend := append(checkSlug(f.Slug), f.check()...); len(mend) > 0 {
		return fault.Mend(mend...)
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		last, err := gorm.G[Board](tx).Order("position DESC").Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		board := Board{Slug: f.Slug, Audience: f.Audience, Position: 1}
		if len(last) == 1 {
			board.Position = last[0].Position + 1
		}
		if err := gorm.G[Board](tx).Create(ctx, &board); err != nil {
			return err
		}
		if err := putTexts(ctx, tx, f); err != nil {
			return err
		}
		return s.noteBoard(ctx, tx, who, "open", f.Slug)
	})
	if store.IsDuplicate(err) {
		err = fault.Mend(fault.Field{Name: "slug", Key: "board.slug.taken"})
	}
	return err
}

// putTexts writes the words of a board; a language that was emptied goes.
func putTexts(ctx context.Context, tx *gorm.DB, f BoardForm) error {
	for _, t := range f.Texts {
		t.Board = f.Slug
		if t.Name == "" {
			if _, err := gorm.G[BoardText](tx).Where("board = ? AND lang = ?", t.Board, t.Lang).Delete(ctx); err != nil {
				return err
			}
			continue
		}
		err := tx.WithContext(ctx).Clauses(clause.OnConflict{
			Columns: []clause.Column{{Name: "board"}, {Name: "lang"}}, DoUpdates: clause.AssignmentColumns([]string{"name", "purpose", "rules"}),
		}).Create(&t).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// noteBoard audits a change of a board; its address is neutral and no word of a person.
func (s *Service) noteBoard(ctx context.Context, tx *gorm.DB, who member.Actor, act, slug string) error {
	return audit.Note(ctx, tx, s.store.Today(), "board", `{"act":"`+act+`","board":"`+slug+`","by":"`+who.Role.ID.String()+`"}`)
}
