package forum

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Reaction is a kind word about a post without words of one's own. Its tag belongs to this
// post alone, so that no two reactions of one person look alike.
type Reaction struct {
	PostID store.ID `gorm:"primaryKey"`
	Tag    []byte   `gorm:"primaryKey"`
	Kind   string
}

// TableName names the table.
func (Reaction) TableName() string { return "reactions" }

const purposeReact = "react"

// ReactionKinds are "thank you", "me too" and "I am with you", in the order of pages.
var ReactionKinds = []string{"thanks", "too", "with"}

// React puts her reaction on a post of a topic, takes it back when it is the one she gave,
// or changes it. There is none to her own posts, and none that ranks anybody: what pages
// show is which words were given, never how often.
func (s *Service) React(ctx context.Context, who member.Actor, topic store.ID, no int, kind string) error {
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	if !slices.Contains(ReactionKinds, kind) {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		t, err := s.topicFor(ctx, tx, who, topic)
		if err != nil {
			return err
		}
		touched(tx, t)
		posts, err := gorm.G[Post](tx).Where("topic_id = ? AND no = ? AND state = ?", topic, no, Shown).Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(posts) == 0 || isMine(posts[0], who) {
			return notFound()
		}
		if err := s.setReaction(ctx, tx, who, posts[0].ID, kind); err != nil {
			return err
		}
		trail, err := member.Trail(ctx, tx, who)
		if err != nil || slices.Contains(trail, topic) {
			return err
		}
		// Deleting her account finds her reactions through her trail.
		return member.AddTrail(ctx, tx, s.store.Clock, who, topic)
	})
}

func (s *Service) setReaction(ctx context.Context, tx *gorm.DB, who member.Actor, post store.ID, kind string) error {
	tags := who.Tags(purposeReact, post)
	before, err := gorm.G[Reaction](tx).Where("post_id = ? AND tag IN ?", post, tags).Find(ctx)
	if err != nil {
		return err
	}
	if len(before) == 0 {
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&Reaction{PostID: post, Tag: tags[0], Kind: kind}).Error
	}
	if before[0].Kind == kind {
		_, err = gorm.G[Reaction](tx).Where("post_id = ? AND tag IN ?", post, tags).Delete(ctx)
		return err
	}
	_, err = gorm.G[Reaction](tx).Where("post_id = ? AND tag IN ?", post, tags).Update(ctx, "kind", kind)
	return err
}

// addReactions fills in which reactions stand at the posts of one page, and which is hers.
func (s *Service) addReactions(ctx context.Context, who member.Actor, posts []Seen) error {
	ids := make([]store.ID, len(posts))
	at := make(map[store.ID]*Seen, len(posts))
	for i := range posts {
		ids[i], at[posts[i].ID] = posts[i].ID, &posts[i]
	}
	rows, err := gorm.G[Reaction](s.store.DB).Where("post_id IN ?", ids).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, row := range rows {
		seen := at[row.PostID]
		if !slices.Contains(seen.Reactions, row.Kind) {
			seen.Reactions = append(seen.Reactions, row.Kind)
		}
		if who.SignedIn() && slices.ContainsFunc(who.Tags(purposeReact, row.PostID), func(tag []byte) bool { return string(tag) == string(row.Tag) }) {
			seen.MyReaction = row.Kind
		}
	}
	for i := range posts {
		slices.SortFunc(posts[i].Reactions, func(a, b string) int {
			return slices.Index(ReactionKinds, a) - slices.Index(ReactionKinds, b)
		})
	}
	return nil
}

// eraseReactions takes back what she gave to the posts of one topic.
func (s *Service) eraseReactions(ctx context.Context, tx *gorm.DB, who member.Actor, topic store.ID) error {
	posts, err := gorm.G[Post](tx).Select("id").Where("topic_id = ?", topic).Find(ctx)
	if err != nil {
		return err
	}
	var tags [][]byte
	for _, p := range posts {
		tags = append(tags, who.Tags(purposeReact, p.ID)...)
	}
	for batch := range slices.Chunk(tags, 400) {
		if _, err := gorm.G[Reaction](tx).Where("tag IN ?", batch).Delete(ctx); err != nil {
			return err
		}
	}
	return nil
}
