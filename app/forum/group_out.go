package forum

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// OutCase is what a moderator reads before she puts a voice out of a group: which group
// and which name, never the words, because she may be no member.
type OutCase struct {
	Post  store.ID
	Board BoardView
	Name  string // the drawn name; "" for a post that was signed openly
	Day   string
	Out   bool // is out already
	Own   bool
}

// OutCase loads the voice behind a post of a group board for a moderator.
func (s *Service) OutCase(ctx context.Context, who member.Actor, post store.ID, lang string) (OutCase, error) {
	p, board, err := s.inGroup(ctx, s.store.DB, who, post)
	if err != nil {
		return OutCase{}, err
	}
	views, err := s.withTexts(ctx, []Board{board}, lang)
	if err != nil {
		return OutCase{}, err
	}
	c := OutCase{Post: post, Board: views[0], Day: p.Day, Own: isMine(p, who)}
	if len(p.Tag) == 0 {
		return c, nil
	}
	voices, err := gorm.G[Voice](s.store.DB).Where("topic_id = ? AND tag = ?", p.TopicID, p.Tag).Limit(1).Find(ctx)
	if err != nil {
		return c, store.Translate(err)
	}
	if len(voices) == 1 {
		c.Name, c.Out = voices[0].Name, voices[0].BoardOut
	}
	return c, nil
}

// inGroup loads a post of a group board for a moderator. Of any other board's it says that
// there is none.
func (s *Service) inGroup(ctx context.Context, db *gorm.DB, who member.Actor, post store.ID) (Post, Board, error) {
	if !who.Has(member.RoleModerator) {
		return Post{}, Board{}, notFound()
	}
	p, err := onePost(ctx, db, post)
	if err != nil {
		return Post{}, Board{}, err
	}
	boards, err := gorm.G[Board](db).Where("audience = ? AND slug IN (SELECT board FROM topics WHERE id = ?)", Group, p.TopicID).Limit(1).Find(ctx)
	if err != nil {
		return Post{}, Board{}, store.Translate(err)
	}
	if len(boards) == 0 {
		return Post{}, Board{}, notFound()
	}
	return p, boards[0], nil
}

// PutOut closes a group to the author of a post, or with out false opens it to her again,
// in the desk's transaction. The mark stays on this voice, and her own session finds it:
// nobody learns which member row is hers.
func (s *Service) PutOut(ctx context.Context, tx *gorm.DB, who member.Actor, post store.ID, out bool) (board, lang string, changed bool, err error) {
	p, group, err := s.inGroup(ctx, tx, who, post)
	if err != nil {
		return "", "", false, err
	}
	if isMine(p, who) {
		return "", "", false, fault.New(fault.Refused, "desk.own")
	}
	there, err := gorm.G[Voice](tx).Where("topic_id = ? AND tag = ?", p.TopicID, p.Tag).Count(ctx, "topic_id")
	if err != nil {
		return "", "", false, err
	}
	if there == 0 {
		return "", "", false, fault.New(fault.Refused, "forum.group.out.badge")
	}
	n, err := gorm.G[Voice](tx).Where("topic_id = ? AND tag = ? AND board_out <> ?", p.TopicID, p.Tag, out).Update(ctx, "board_out", out)
	return group.Slug, p.Lang, n > 0, err
}

// LetBack opens a group again to a voice, also when the post behind it is gone.
func (s *Service) LetBack(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte) error {
	_, err := gorm.G[Voice](tx).Where("topic_id = ? AND tag = ?", topic, tag).Update(ctx, "board_out", false)
	return err
}

// GroupsOf lists the addresses of the groups that somebody belongs to, for another area that
// has something for their people alone. No page shows it to anybody else.
func (s *Service) GroupsOf(ctx context.Context, who member.Actor) ([]string, error) {
	v, err := sees(ctx, s.store.DB, who)
	return v.groups, err
}
