package forum

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// BoardMember says that somebody belongs to a group: by a tag that serves this one board
// and nothing else, so that no two groups share a value and no row holds an account.
type BoardMember struct {
	Board string `gorm:"primaryKey"`
	Tag   []byte `gorm:"primaryKey"`
}

// TableName names the table.
func (BoardMember) TableName() string { return "board_members" }

// BoardCode is a code that leads into a group. With a tag it is a candidate's, and two
// people of the group have to enter it; without one it is a starter code, which lets in
// whoever enters it while the group is small.
type BoardCode struct {
	CodeHash []byte `gorm:"primaryKey"`
	Board    string
	Tag      store.Bytes
	Ends     string // last day
}

// TableName names the table.
func (BoardCode) TableName() string { return "board_codes" }

// Vouch is one sign that a candidate may come in. Its tag belongs to this code alone, and
// the row is gone as soon as the second sign is there: who vouched for whom is kept nowhere.
type Vouch struct {
	CodeHash []byte `gorm:"primaryKey"`
	Tag      []byte `gorm:"primaryKey"`
}

// TableName names the table.
func (Vouch) TableName() string { return "vouches" }

// Rules of a group.
const (
	VouchesNeeded = 2
	StarterCodes  = 2
	CodeDays      = 14 // how long a code works
	FewMembers    = 3  // below this many people starter codes let somebody in
)

// Limits of a group's words, in characters.
const (
	LongestName    = 60
	LongestPurpose = 300
	LongestRules   = 400 // of what a board asks of those who write there
)

// groupHosts are the roles that set a group up. None of them makes anybody a member.
var groupHosts = []member.Role{member.RoleCoordinator, member.RoleAdmin, member.RoleModerator}

// boardTags are her tags for one board, newest secret first.
func boardTags(who member.Actor, slug string) [][]byte {
	tags := make([][]byte, len(who.Secrets))
	for i, secret := range who.Secrets {
		tags[i] = secret.Tag(purposeBoard, []byte(slug))
	}
	return tags
}

// vouchTags are her tags for one code.
func vouchTags(who member.Actor, code []byte) [][]byte {
	tags := make([][]byte, len(who.Secrets))
	for i, secret := range who.Secrets {
		tags[i] = secret.Tag(purposeVouch, code)
	}
	return tags
}

// Standing is where somebody stands with a group.
type Standing string

// The standings.
const (
	Outside Standing = ""
	Asked   Standing = "asked" // her code waits for two signs
	Inside  Standing = "in"
	PutOut  Standing = "out" // a moderator put her out
)

// GroupView is a group as somebody reads about it who may not be in it: name and purpose.
// What its people think of closing the room is told to them alone.
type GroupView struct {
	BoardView
	Standing Standing
	Few      bool // fewer than FewMembers people; told to hosts alone
	Asks     bool // somebody inside asks to close the room, or to open it again
	MyAsk    bool // and it was she
}

// Groups lists the groups that let people in by vouching. A closed one is in the list of
// its own people alone, and after some weeks in nobody's.
func (s *Service) Groups(ctx context.Context, who member.Actor, lang string) ([]GroupView, error) {
	v, err := sees(ctx, s.store.DB, who)
	if err != nil {
		return nil, err
	}
	boards, err := gorm.G[Board](s.store.DB).Where("audience = ?", Group).
		Where("(archived = ? OR (slug IN ? AND closed >= ?))", false, v.groups, s.store.DayAfter(-ListedAfter)).Order("position, slug").Find(ctx)
	if err != nil || len(boards) == 0 {
		return nil, store.Translate(err)
	}
	return s.groupViews(ctx, who, boards, lang)
}

// Group returns what anybody may know of one group. A closed one exists only for its own
// people, and for somebody who was put out and may still want to delete her words.
func (s *Service) Group(ctx context.Context, who member.Actor, slug, lang string) (GroupView, error) {
	v, err := sees(ctx, s.store.DB, who)
	if err != nil {
		return GroupView{}, err
	}
	boards, err := gorm.G[Board](s.store.DB).Where("slug = ? AND audience = ?", slug, Group).
		Where("(archived = ? OR slug IN ? OR slug IN ?)", false, v.groups, v.out).Limit(1).Find(ctx)
	if err != nil {
		return GroupView{}, store.Translate(err)
	}
	if len(boards) == 0 {
		return GroupView{}, notFound()
	}
	views, err := s.groupViews(ctx, who, boards, lang)
	if err != nil {
		return GroupView{}, err
	}
	return views[0], nil
}

func (s *Service) groupViews(ctx context.Context, who member.Actor, boards []Board, lang string) ([]GroupView, error) {
	texts, err := s.withTexts(ctx, boards, lang)
	if err != nil {
		return nil, err
	}
	v, err := sees(ctx, s.store.DB, who)
	if err != nil {
		return nil, err
	}
	asked, err := askedIn(ctx, s.store.DB, who, boards, s.store.Today())
	if err != nil {
		return nil, err
	}
	views := make([]GroupView, len(texts))
	for i, text := range texts {
		views[i] = GroupView{BoardView: text}
		switch {
		case slices.Contains(v.out, text.Slug):
			views[i].Standing = PutOut
		case slices.Contains(v.groups, text.Slug):
			views[i].Standing = Inside
		case asked[text.Slug]:
			views[i].Standing = Asked
		}
		if views[i].Standing == Inside {
			if views[i].Asks, views[i].MyAsk, err = s.asksToClose(ctx, s.store.DB, who, text.Slug); err != nil {
				return nil, err
			}
		}
		if who.Has(groupHosts...) {
			n, err := membersOf(ctx, s.store.DB, text.Slug)
			if err != nil {
				return nil, err
			}
			views[i].Few = n < FewMembers
		}
	}
	return views, nil
}

// askedIn finds the groups in which a code of hers waits.
func askedIn(ctx context.Context, db *gorm.DB, who member.Actor, boards []Board, today string) (map[string]bool, error) {
	asked := map[string]bool{}
	var tags [][]byte
	for _, b := range boards {
		tags = append(tags, boardTags(who, b.Slug)...)
	}
	if len(tags) == 0 {
		return asked, nil
	}
	rows, err := gorm.G[BoardCode](db).Select("board").Where("tag IN ? AND ends >= ?", tags, today).Find(ctx)
	for _, row := range rows {
		asked[row.Board] = true
	}
	return asked, store.Translate(err)
}

func membersOf(ctx context.Context, db *gorm.DB, slug string) (int64, error) {
	n, err := gorm.G[BoardMember](db).Where("board = ?", slug).Count(ctx, "board")
	return n, store.Translate(err)
}

// NewGroup is what a host says about a group.
type NewGroup struct {
	Name, Purpose, Lang string
	Nonce               string // of the form: the same form makes one group
}

func (g NewGroup) trimmed() NewGroup {
	g.Name, g.Purpose = oneLine(g.Name), oneLine(g.Purpose)
	return g
}

func (g NewGroup) check() error {
	var mend []fault.Field
	if n := utf8.RuneCountInString(g.Name); n < ShortestTitle || n > LongestName {
		mend = append(mend, fault.Field{Name: "name", Key: "forum.group.name.length", Args: []any{"Most", LongestName}})
	}
	if n := utf8.RuneCountInString(g.Purpose); n == 0 || n > LongestPurpose {
		mend = append(mend, fault.Field{Name: "purpose", Key: "forum.group.purpose.length", Args: []any{"Most", LongestPurpose}})
	}
	if !language.MatchString(g.Lang) {
		mend = append(mend, fault.Field{Name: "lang", Key: "forum.lang.unknown"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// neutralSlug is an address that says nothing about the group. It follows from the form,
// so that sending the form twice makes one group.
func neutralSlug(nonce string) string {
	sum := sha256.Sum256([]byte("group|" + nonce))
	return "g" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:4]))[:6]
}

// SetUpGroup makes a group with nobody in it, and the starter codes for its first people.
// Whoever sets it up is no member and does not see what is written there.
func (s *Service) SetUpGroup(ctx context.Context, who member.Actor, g NewGroup, starters [][]byte) (slug string, err error) {
	if !who.Has(groupHosts...) {
		return "", notFound()
	}
	g = g.trimmed()
	if err := g.check(); err != nil {
		return "", err
	}
	if g.Nonce == "" {
		id := store.NewID()
		g.Nonce = id.String()
	}
	slug = neutralSlug(g.Nonce)
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		last, err := gorm.G[Board](tx).Order("position DESC").Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		board := Board{Slug: slug, Audience: Group}
		if len(last) == 1 {
			board.Position = last[0].Position + 1
		}
		if err := gorm.G[Board](tx).Create(ctx, &board); err != nil {
			return err
		}
		if err := gorm.G[BoardText](tx).Create(ctx, &BoardText{Board: slug, Lang: g.Lang, Name: g.Name, Purpose: g.Purpose}); err != nil {
			return err
		}
		if err := s.putStarters(ctx, tx, slug, starters); err != nil {
			return err
		}
		return s.noteGroup(ctx, tx, who, `"act":"set up","board":"`+slug+`"`)
	})
	if store.IsDuplicate(err) {
		return "", fault.New(fault.Conflict, "forum.group.new.twice")
	}
	return slug, err
}

// NewStarters replaces the unused starter codes of a group that has too few people to
// vouch for anybody.
func (s *Service) NewStarters(ctx context.Context, who member.Actor, slug string, starters [][]byte) error {
	if !who.Has(groupHosts...) {
		return notFound()
	}
	if _, err := s.Group(ctx, who, slug, "en"); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := membersOf(ctx, tx, slug)
		if err != nil {
			return err
		}
		if n >= FewMembers {
			return fault.New(fault.Refused, "forum.group.starters.enough")
		}
		if err := s.putStarters(ctx, tx, slug, starters); err != nil {
			return err
		}
		return s.noteGroup(ctx, tx, who, `"act":"starter codes","board":"`+slug+`"`)
	})
}

func (s *Service) putStarters(ctx context.Context, tx *gorm.DB, slug string, starters [][]byte) error {
	if _, err := gorm.G[BoardCode](tx).Where("board = ? AND tag IS NULL", slug).Delete(ctx); err != nil {
		return err
	}
	for _, hash := range starters[:min(len(starters), StarterCodes)] {
		if err := gorm.G[BoardCode](tx).Create(ctx, &BoardCode{CodeHash: hash, Board: slug, Ends: s.store.DayAfter(CodeDays)}); err != nil {
			return err
		}
	}
	return nil
}

// noteGroup writes what a host or moderator did with a group into the audit log.
func (s *Service) noteGroup(ctx context.Context, tx *gorm.DB, who member.Actor, matter string) error {
	return audit.Note(ctx, tx, s.store.Today(), "group", `{`+matter+`,"by":"`+who.Role.ID.String()+`"}`)
}
