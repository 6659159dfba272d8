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
	c := OutCase{Board: views[0], Day: p.Day, Own: isMine(p, who)}
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

// PutOut closes a group to the author of a post: the mark stays on this voice, and her own
// session finds it. Nobody learns which member row is hers.
func (s *Service) PutOut(ctx context.Context, who member.Actor, post store.ID) error {
	return s.setOut(ctx, who, post, true)
}

// LetIn takes that back.
func (s *Service) LetIn(ctx context.Context, who member.Actor, post store.ID) error {
	return s.setOut(ctx, who, post, false)
}

func (s *Service) setOut(ctx context.Context, who member.Actor, post store.ID, out bool) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, board, err := s.inGroup(ctx, tx, who, post)
		if err != nil {
			return err
		}
		if isMine(p, who) {
			return fault.New(fault.Refused, "desk.own")
		}
		n, err := gorm.G[Voice](tx).Where("topic_id = ? AND tag = ?", p.TopicID, p.Tag).Update(ctx, "board_out", out)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Refused, "forum.group.out.badge")
		}
		act := "put out"
		if !out {
			act = "let in"
		}
		return s.noteGroup(ctx, tx, who, `"act":"`+act+`","board":"`+board.Slug+`","post":"`+post.String()+`"`)
	})
}
