package seed

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/store"
	"portico/moderation"
)

// questionData is something that somebody asks the peers alone. Without a peer it waits.
type questionData struct {
	Person, Lang, Title, Body, Peer, Answer string
	DaysAgo                                 int `toml:"days_ago"`
}

// appealData is an author who asks for another look at a decision about her post. Without a
// moderator it waits.
type appealData struct {
	Talk             string
	Post             int
	DaysAgo          int `toml:"days_ago"`
	Words, Moderator string
	AnsweredAgo      int `toml:"answered_ago"`
	Stands           bool
	Answer           string
}

// pauseData is a pause of an author that waits for the second person.
type pauseData struct {
	Talk                                     string
	Post, Days                               int
	Reporter, Moderator, Reason, Explanation string
}

// kindData are people's kind words about a post.
type kindData struct {
	Talk              string
	Post              int
	Thanks, Too, With []string
}

// When the pause was decided, and the kind words were given, before the present: after what
// they are about, and before the last posts that wait.
const (
	pausedBefore = 22 * time.Hour
	kindBefore   = quietEnd - time.Hour
)

// planQuestions plans what is asked of the peers, and their answer two days later.
func (l *loader) planQuestions() ([]event, error) {
	var events []event
	for _, d := range l.world.Questions {
		var asked store.ID
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) (err error) {
			asked, err = l.ask(ctx, d)
			return about(err, "%s asks the peers", d.Person)
		}})
		if d.Peer == "" {
			continue
		}
		events = append(events, event{l.ago(max(d.DaysAgo-2, 1)), func(ctx context.Context) error {
			return about(l.answer(ctx, d, asked), "%s answers %s", d.Peer, d.Person)
		}})
	}
	return events, nil
}

func (l *loader) ask(ctx context.Context, d questionData) (store.ID, error) {
	who, err := l.actor(d.Person)
	if err != nil {
		return store.ID{}, err
	}
	receipt, err := l.forum.Ask(ctx, who, forum.Draft{Title: d.Title, Body: d.Body, Lang: d.Lang})
	return receipt.ID, stored(receipt.Stored, receipt.Verdict, err)
}

// answer reads before it answers, as people do; that a peer read is audited.
func (l *loader) answer(ctx context.Context, d questionData, id store.ID) error {
	peer, err := l.colleague(d.Peer)
	if err != nil {
		return err
	}
	if _, err := l.forum.AskedOne(ctx, peer, id); err != nil {
		return err
	}
	return l.forum.Answer(ctx, peer, id, forum.Draft{Body: d.Answer})
}

// planAppeals plans who asks for another look, and what another moderator answers.
func (l *loader) planAppeals() ([]event, error) {
	var events []event
	for _, d := range l.world.Appeals {
		if (d.Moderator == "") != (d.Answer == "") || d.Moderator != "" && d.AnsweredAgo >= d.DaysAgo {
			return nil, fmt.Errorf("the appeal about post %d of %q is half answered", d.Post, d.Talk)
		}
		events = append(events, event{l.ago(d.DaysAgo), func(ctx context.Context) error {
			return about(l.appeal(ctx, d), "an appeal about post %d of %q", d.Post, d.Talk)
		}})
		if d.Moderator != "" {
			events = append(events, event{l.ago(d.AnsweredAgo), func(ctx context.Context) error {
				return about(l.lookAgain(ctx, d), "an answer to the appeal about post %d of %q", d.Post, d.Talk)
			}})
		}
	}
	return events, nil
}

// appeal lets the author of a post find the decision about it, as only her session can.
func (l *loader) appeal(ctx context.Context, d appealData) error {
	post, said, err := l.postOf(d.Talk, d.Post)
	if err != nil {
		return err
	}
	who := l.actors[said.Author]
	var tags [][]byte
	err = l.store.Tx(ctx, func(tx *gorm.DB) (err error) {
		tags, err = l.forum.Tags(ctx, tx, who)
		return err
	})
	if err != nil {
		return err
	}
	decisions, err := l.desk.DecisionsFor(ctx, who, tags)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(decisions, func(one desk.Decision) bool { return one.PostID == post })
	if at < 0 {
		return fmt.Errorf("nothing was decided about it")
	}
	return l.desk.Appeal(ctx, who, decisions[at].ID, d.Words)
}

func (l *loader) lookAgain(ctx context.Context, d appealData) error {
	by, err := l.byHandle(d.Moderator)
	if err != nil {
		return err
	}
	post, _, err := l.postOf(d.Talk, d.Post)
	if err != nil {
		return err
	}
	item, err := l.take(ctx, by, deciding{title: d.Talk, post: post, kind: moderation.Appeal})
	if err != nil {
		return err
	}
	return l.desk.Settle(ctx, by, item, d.Stands, d.Answer)
}

// planPauses plans the pauses that one moderator has decided and a second has not seen yet.
func (l *loader) planPauses() ([]event, error) {
	var events []event
	for _, d := range l.world.Pauses {
		events = append(events, event{l.clock.end.Add(-pausedBefore), func(ctx context.Context) error {
			return about(l.pause(ctx, d), "a pause about post %d of %q", d.Post, d.Talk)
		}})
	}
	return events, nil
}

func (l *loader) pause(ctx context.Context, d pauseData) error {
	if err := l.report(ctx, reportData{Talk: d.Talk, Post: d.Post, Reporter: d.Reporter, Reason: d.Reason}); err != nil {
		return err
	}
	by, err := l.byHandle(d.Moderator)
	if err != nil {
		return err
	}
	post, _, err := l.postOf(d.Talk, d.Post)
	if err != nil {
		return err
	}
	choice := desk.Choice{Action: desk.Pause, Reason: d.Reason, Words: d.Explanation, Days: d.Days}
	return l.decide(ctx, by, deciding{d.Talk, post, moderation.Report, choice})
}

// planKind plans the kind words. Their rows hold no day, so that one moment stands for all.
func (l *loader) planKind() ([]event, error) {
	return []event{{l.clock.end.Add(-kindBefore), func(ctx context.Context) error {
		for _, d := range l.world.Kind {
			if err := l.beKind(ctx, d); err != nil {
				return about(err, "a kind word about post %d of %q", d.Post, d.Talk)
			}
		}
		return nil
	}}}, nil
}

func (l *loader) beKind(ctx context.Context, d kindData) error {
	post, _, err := l.postOf(d.Talk, d.Post)
	if err != nil {
		return err
	}
	for i, names := range [][]string{d.Thanks, d.Too, d.With} {
		for _, name := range names {
			who, err := l.actor(name)
			if err != nil {
				return err
			}
			p, topic, err := l.forum.PostFor(ctx, who, post)
			if err == nil {
				err = l.forum.React(ctx, who, topic.ID, p.No, forum.ReactionKinds[i])
			}
			if err != nil {
				return about(err, "%s", name)
			}
		}
	}
	return nil
}

// postOf finds a post of a talk that has taken place, and what was said there.
func (l *loader) postOf(title string, no int) (store.ID, words, error) {
	for _, t := range l.allTalks() {
		o, open := l.topics[title]
		if t.Title != title || !open {
			continue
		}
		said, err := t.said(no)
		if id, there := o.posts[no]; err == nil && there {
			return id, said, nil
		}
	}
	return store.ID{}, words{}, fmt.Errorf("nobody has written post %d of %q", no, title)
}
