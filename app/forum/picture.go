package forum

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/picture"
	"portico/app/store"
	"portico/moderation"
)

// PictureRow is the picture of a post, where the host allows pictures: what was left of a
// file after it was decoded and encoded anew, and what it shows for those who cannot see it.
type PictureRow struct {
	PostID store.ID `gorm:"primaryKey"`
	Type   string
	Width  int
	Height int
	Shows  string
	Bytes  []byte
}

// TableName names the table.
func (PictureRow) TableName() string { return "post_pictures" }

// LongestShows is the length of what a picture shows, in characters.
const LongestShows = 200

// WithPicture is the reason shown at the desk for a post that waits because of its picture.
// No rule can read a picture, so a moderator looks at each.
const WithPicture = "picture"

// AddPicture puts a picture to her own post. The post waits, with it, until a moderator has
// looked. A second picture takes the place of the first.
func (s *Service) AddPicture(ctx context.Context, who member.Actor, post store.ID, file []byte, shows string) error {
	shows = strings.Join(strings.Fields(shows), " ")
	if n := utf8.RuneCountInString(shows); n < 3 || n > LongestShows {
		return fault.Mend(fault.Field{Name: "shows", Key: "picture.shows.length", Args: []any{"Most", LongestShows}})
	}
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	if _, _, err := s.Mine(ctx, who, post); err != nil {
		return err // before anything is unpacked for a stranger
	}
	kept, err := picture.Clean(file)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, err := onePost(ctx, tx, post)
		if err != nil {
			return err
		}
		topic, err := s.topicFor(ctx, tx, who, p.TopicID)
		if err != nil {
			return err
		}
		if !isMine(p, who) {
			return notFound()
		}
		if topic.State != Open {
			return fault.New(fault.Refused, "forum.topic.closed")
		}
		touched(tx, topic)
		if err := dropPicture(ctx, tx, post); err != nil {
			return err
		}
		row := PictureRow{PostID: post, Type: kept.Type, Width: kept.Width, Height: kept.Height, Shows: shows, Bytes: kept.Bytes}
		if err := gorm.G[PictureRow](tx).Create(ctx, &row); err != nil {
			return err
		}
		return s.waitWithPicture(ctx, tx, p, topic)
	})
}

// waitWithPicture takes a post out of sight until a moderator has seen its picture. A post
// that a moderator hid stays hidden.
func (s *Service) waitWithPicture(ctx context.Context, tx *gorm.DB, p Post, topic Topic) error {
	if p.State == Shown {
		if err := s.unshow(tx, p); err != nil {
			return err
		}
		if err := setState(ctx, tx, p, Held); err != nil {
			return err
		}
	}
	if p.State == Hidden {
		return nil
	}
	return s.queue.Put(ctx, tx, moderation.Case{Kind: moderation.Look, Post: p.ID, Board: topic.Board, Lang: p.Lang, Reasons: []string{WithPicture}})
}

// RemovePicture takes the picture off her own post.
func (s *Service) RemovePicture(ctx context.Context, who member.Actor, post store.ID) error {
	_, topic, err := s.Mine(ctx, who, post)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		touched(tx, topic)
		return dropPicture(ctx, tx, post)
	})
}

// Picture returns the picture of a post that she may see: shown to its readers, or her own,
// or waiting for a moderator.
func (s *Service) Picture(ctx context.Context, who member.Actor, post store.ID) (PictureRow, error) {
	_, _, err := s.PostFor(ctx, who, post)
	if fault.Is(err, fault.NotFound) && who.SignedIn() {
		_, _, err = s.Mine(ctx, who, post)
	}
	if fault.Is(err, fault.NotFound) && who.Has(member.RoleModerator) {
		err = nil
	}
	if err != nil {
		return PictureRow{}, err
	}
	rows, err := gorm.G[PictureRow](s.store.DB).Where("post_id = ?", post).Limit(1).Find(ctx)
	if err == nil && len(rows) == 0 {
		return PictureRow{}, notFound()
	}
	if err != nil {
		return PictureRow{}, store.Translate(err)
	}
	return rows[0], nil
}

// Pictures lists which of these posts of one talk have a picture, without the pictures themselves.
func (s *Service) Pictures(ctx context.Context, topic store.ID, posts []store.ID) (map[store.ID]PictureRow, error) {
	found := map[store.ID]PictureRow{}
	if len(posts) == 0 {
		return found, nil
	}
	ctx = inTalk(ctx, topic)
	rows, err := gorm.G[PictureRow](s.store.DB).Select("post_id", "type", "width", "height", "shows").Where("post_id IN ?", posts).Find(ctx)
	for _, row := range rows {
		found[row.PostID] = row
	}
	return found, store.Translate(err)
}

func dropPicture(ctx context.Context, tx *gorm.DB, post store.ID) error {
	_, err := gorm.G[PictureRow](tx).Where("post_id = ?", post).Delete(ctx)
	return err
}
