package forum

import (
	"context"

	"gorm.io/gorm"

	"portico/app/store"
)

// Pages of talks and boards are kept until something on them changes. The scopes here say what
// a verb reads or writes: one talk, the list of one board, the newest talks of one language. A
// verb that names its talk drops the pages of that talk and no other; one that does not drops
// the pages of all talks.

func talkScope(id store.ID) string { return "talk/" + id.String() }

func boardScope(slug string) string { return "board/" + slug }

func langScope(lang string) string { return "lang/" + lang }

// inTalk says that what is read of these tables belongs to one talk.
func inTalk(ctx context.Context, id store.ID) context.Context {
	return store.Narrow(ctx, talkScope(id), "topics", "posts", "voices", "reactions", "post_pictures")
}

// touched says that a transaction changes one talk, and with it the lists where it stands.
func touched(tx *gorm.DB, t Topic) {
	store.Within(tx, talkScope(t.ID), boardScope(t.Board), langScope(t.Lang))
}

// touchedBy is touched for a verb that knows only a post of the talk.
func touchedBy(ctx context.Context, tx *gorm.DB, p Post) error {
	topic, err := gorm.G[Topic](tx).Where("id = ?", p.TopicID).Take(ctx)
	if err != nil {
		return store.Translate(err)
	}
	touched(tx, topic)
	return nil
}
