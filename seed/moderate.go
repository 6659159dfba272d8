package seed

import (
	"context"
	"fmt"
	"slices"
	"time"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// How long things take at the desk.
const (
	untilTaken   = 18 * time.Minute
	untilDecided = 6 * time.Minute
)

// firstLook lets a moderator read a post that waits. She keeps it, unless the data say that
// its words go out or that it goes at once.
func (l *loader) firstLook(ctx context.Context, t *talkData, no int) error {
	choice := desk.Choice{Action: desk.Keep}
	by, err := l.moderatorFor(t, no)
	if err != nil {
		return err
	}
	if d, ok := l.world.decisionOn(t, no); ok && d.atFirstLook() {
		choice = d.choice()
		if by, err = l.byHandle(d.Moderator); err != nil {
			return err
		}
	}
	return l.decide(ctx, by, deciding{t.Title, l.topics[t.Title].posts[no], moderation.Look, choice})
}

// reportAndDecide lets somebody who reads along report a post, and the moderator of the
// data decide about it.
func (l *loader) reportAndDecide(ctx context.Context, t *talkData, d decisionData) error {
	reporter, err := l.readerOf(t, d.Post)
	if err != nil {
		return err
	}
	if err := l.report(ctx, reportData{Talk: d.Talk, Post: d.Post, Reporter: reporter, Reason: d.Reason}); err != nil {
		return err
	}
	by, err := l.byHandle(d.Moderator)
	if err != nil {
		return err
	}
	return l.decide(ctx, by, deciding{t.Title, l.topics[t.Title].posts[d.Post], moderation.Report, d.choice()})
}

func (l *loader) report(ctx context.Context, r reportData) error {
	o, ok := l.topics[r.Talk]
	if !ok {
		return fmt.Errorf("a report is about %q, which is no talk", r.Talk)
	}
	who, ok := l.actors[r.Reporter]
	if !ok {
		return fmt.Errorf("nobody in the cast is called %q", r.Reporter)
	}
	if _, err := l.forum.Report(ctx, who, o.posts[r.Post], r.Reason, r.Note); err != nil {
		return fmt.Errorf("%s reports post %d of %q: %w", r.Reporter, r.Post, r.Talk, err)
	}
	return nil
}

// deciding is a decision about to be taken.
type deciding struct {
	title  string
	post   store.ID
	kind   string // moderation.Look, Report or Appeal
	choice desk.Choice
}

// decide takes the item from the queue and settles it, as a person does.
func (l *loader) decide(ctx context.Context, by member.Actor, d deciding) error {
	item, err := l.take(ctx, by, d)
	if err != nil {
		return err
	}
	if err := l.desk.Decide(ctx, by, item, d.choice, forum.Reasons); err != nil {
		return fmt.Errorf("decide on a post of %q: %w", d.title, err)
	}
	return nil
}

// take claims the item and lets the time pass that somebody needs to think.
func (l *loader) take(ctx context.Context, by member.Actor, d deciding) (store.ID, error) {
	l.clock.later(untilTaken)
	waiting, err := l.desk.Waiting(ctx, by, "")
	if err != nil {
		return store.ID{}, err
	}
	at := slices.IndexFunc(waiting, func(i desk.Item) bool { return i.PostID == d.post && i.Kind == d.kind })
	if at < 0 {
		return store.ID{}, fmt.Errorf("nothing waits at the desk about the post in %q", d.title)
	}
	if err := l.desk.Claim(ctx, by, waiting[at].ID); err != nil {
		return store.ID{}, fmt.Errorf("claim a post of %q: %w", d.title, err)
	}
	l.clock.later(untilDecided)
	return waiting[at].ID, nil
}

// moderatorFor picks who reads a post: one who reads its language where there is one, and
// never its author.
func (l *loader) moderatorFor(t *talkData, no int) (member.Actor, error) {
	said, err := t.said(no)
	if err != nil {
		return member.Actor{}, err
	}
	var somebody *personData
	for _, p := range l.world.People {
		if p.Name == said.Author || !slices.Contains(p.Roles, string(member.RoleModerator)) {
			continue
		}
		if slices.Contains(p.Reads, said.Lang) {
			return l.actors[p.Name], nil
		}
		somebody = &p
	}
	if somebody == nil {
		return member.Actor{}, fmt.Errorf("no moderator can read what %s wrote", said.Author)
	}
	return l.actors[somebody.Name], nil
}

func (l *loader) byHandle(handle string) (member.Actor, error) {
	for _, p := range l.world.People {
		if p.Handle == handle {
			return l.actors[p.Name], nil
		}
	}
	return member.Actor{}, fmt.Errorf("nobody in the cast has the handle %q", handle)
}

// readerOf finds a member who may have reported a post: somebody of the same talk, else
// somebody of the same language.
func (l *loader) readerOf(t *talkData, no int) (string, error) {
	about, err := t.said(no)
	if err != nil {
		return "", err
	}
	for _, said := range append([]words{t.words}, t.Answers...) {
		if p, err := l.world.person(said.Author); err == nil && p.Name != about.Author && p.Handle == "" {
			return p.Name, nil
		}
	}
	for _, p := range l.world.People {
		if p.Name != about.Author && p.Handle == "" && p.Lang == about.Lang {
			return p.Name, nil
		}
	}
	return "", fmt.Errorf("nobody reads along in %q", t.Title)
}

// decisionOn finds what was decided about a post.
func (w world) decisionOn(t *talkData, no int) (decisionData, bool) {
	at := slices.IndexFunc(w.Decisions, func(d decisionData) bool { return d.Talk == t.Title && d.Post == no })
	if at < 0 {
		return decisionData{}, false
	}
	return w.Decisions[at], true
}

// reportedAndDecided finds a decision that somebody's report led to.
func (w world) reportedAndDecided(t *talkData, no int) (decisionData, bool) {
	d, ok := w.decisionOn(t, no)
	return d, ok && !d.atFirstLook()
}

// atFirstLook says that a moderator sees at once what is wrong: somebody's number, or an
// advertisement. Everything else others read before it was decided.
func (d decisionData) atFirstLook() bool {
	return d.Action == string(desk.Mask) || d.Action == string(desk.Remove)
}

func (d decisionData) choice() desk.Choice {
	return desk.Choice{Action: desk.Action(d.Action), Reason: d.Reason, Words: d.Explanation, Mask: d.Mask, Label: d.Label}
}
