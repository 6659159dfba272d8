package seed

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"portico/app/forum"
	"portico/app/store"
	"portico/moderation"
)

// say lets somebody write: the opening of a talk for 0, else that answer. What is held and
// does not have to wait gets its look from a moderator soon after.
func (l *loader) say(ctx context.Context, t *talkData, no int) error {
	said, err := t.said(no)
	if err != nil {
		return err
	}
	l.look = said.Held
	receipt, err := l.write(ctx, t, no)
	l.look = false
	if err == nil && !receipt.Stored {
		err = fmt.Errorf("screening refuses it: %v", receipt.Verdict.Findings)
	}
	if err == nil && said.Held && !receipt.Held {
		err = fmt.Errorf("it should wait for a moderator")
	}
	if err != nil {
		return fmt.Errorf("%s writes post %d of %q: %w", said.Author, no, t.Title, err)
	}
	if no == 0 {
		l.topics[t.Title] = &opened{topic: receipt.Topic, posts: map[int]store.ID{}}
	}
	l.topics[t.Title].posts[no] = receipt.Post
	if said.Held {
		return nil
	}
	if receipt.Held {
		return l.firstLook(ctx, t, no)
	}
	if d, ok := l.world.decisionOn(t, no); ok && d.atFirstLook() {
		return l.reportAndDecide(ctx, t, d) // screening let it pass, so somebody has to say it
	}
	return nil
}

// write posts the words, and insists when screening warns: the author means them.
func (l *loader) write(ctx context.Context, t *talkData, no int) (forum.Receipt, error) {
	said, err := t.said(no)
	if err != nil {
		return forum.Receipt{}, err
	}
	who, ok := l.actors[said.Author]
	if !ok {
		return forum.Receipt{}, fmt.Errorf("nobody in the cast is called %q", said.Author)
	}
	draft := forum.Draft{Body: said.Body, Lang: said.Lang, Mode: forum.NameMode(said.NameMode)}
	post := func() (forum.Receipt, error) { return l.forum.Reply(ctx, who, l.topicOf(t), draft) }
	if no == 0 {
		draft.Title, draft.Warning = t.Title, t.Warning
		post = func() (forum.Receipt, error) { return l.forum.StartTalk(ctx, who, t.Board, draft) }
	}
	receipt, err := post()
	if err == nil && !receipt.Stored && receipt.Verdict.Outcome == moderation.Warn {
		draft.Insist = true
		return post()
	}
	return receipt, err
}

func (l *loader) topicOf(t *talkData) store.ID {
	if o := l.topics[t.Title]; o != nil {
		return o.topic
	}
	return store.ID{}
}

func (l *loader) pin(ctx context.Context, t *talkData) error {
	return l.forum.Pin(ctx, l.topicOf(t), true)
}

func (l *loader) close(ctx context.Context, t *talkData) error {
	return l.store.Tx(ctx, func(tx *gorm.DB) error { return l.forum.CloseTopic(ctx, tx, l.topicOf(t)) })
}
