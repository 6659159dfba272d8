package forum

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
)

// Mine returns a post for its author to change; anybody else's does not exist here.
func (s *Service) Mine(ctx context.Context, who member.Actor, id store.ID) (Post, Topic, error) {
	return s.myPost(ctx, s.store.DB, who, id)
}

func (s *Service) myPost(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Post, Topic, error) {
	posts, err := gorm.G[Post](db).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return Post{}, Topic{}, store.Translate(err)
	}
	if len(posts) == 0 || !isMine(posts[0], who) {
		return Post{}, Topic{}, notFound()
	}
	// Her own words stay hers to read and to take back, also where she may not write any
	// more because a group put her out.
	topics, err := gorm.G[Topic](db).Where("id = ?", posts[0].TopicID).Limit(1).Find(ctx)
	if err != nil {
		return Post{}, Topic{}, store.Translate(err)
	}
	if len(topics) == 0 {
		return Post{}, Topic{}, notFound()
	}
	return posts[0], topics[0], nil
}

func isMine(p Post, who member.Actor) bool {
	if len(p.Tag) == 0 {
		return who.Role != nil && p.RoleAccountID == who.Role.ID
	}
	return slices.ContainsFunc(who.Tags(purposeTopic, p.TopicID), func(tag []byte) bool { return string(tag) == string(p.Tag) })
}

// Revision is a changed text with the version that it was made from.
type Revision struct {
	Body    string
	Version int
	Insist  bool
}

// Revised says what became of a change. Standing holds the words that stand now when
// somebody (she herself, elsewhere) changed them in between.
type Revised struct {
	Receipt
	Standing string
}

// Revise changes the words of her post. The text is screened again, and what was shown may
// have to wait again. An edit made from an older version is a Conflict that loses nothing:
// the page shows both texts. No history is kept, only that it was edited.
func (s *Service) Revise(ctx context.Context, who member.Actor, id store.ID, r Revision) (Revised, error) {
	if !who.SignedIn() {
		return Revised{}, fault.New(fault.SignIn, "error.signin")
	}
	d := Draft{Body: r.Body, Insist: r.Insist}.trimmed()
	if err := d.check(false); err != nil {
		return Revised{}, err
	}
	var out Revised
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, topic, err := s.myPost(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := s.mayRevise(ctx, tx, who, topic); err != nil {
			return err
		}
		if p.Version != r.Version {
			out.Standing = p.Body
			return fault.New(fault.Conflict, "forum.edit.stale")
		}
		d.Lang = p.Lang
		if p.No == 1 {
			d.Title = topic.Title
		}
		j, err := s.screen(ctx, tx, d)
		out.Receipt = Receipt{Topic: topic.ID, Post: p.ID, Verdict: j.verdict}
		if err != nil || j.stop {
			return err
		}
		out.Stored, out.Held = true, j.hold || p.State != Shown
		return s.rewrite(ctx, tx, rewriting{p, topic, d, j})
	})
	return out, err
}

func (s *Service) mayRevise(ctx context.Context, tx *gorm.DB, who member.Actor, topic Topic) error {
	if topic.State != Open {
		return fault.New(fault.Refused, "forum.topic.closed")
	}
	if _, err := s.topicFor(ctx, tx, who, topic.ID); fault.Is(err, fault.NotFound) {
		return fault.New(fault.Refused, "forum.board.closed")
	} else if err != nil {
		return err
	}
	st, err := s.standingOf(ctx, tx, who)
	if err != nil {
		return err
	}
	return st.mayWrite()
}

// rewriting is a changed post on its way in.
type rewriting struct {
	post   Post
	topic  Topic
	draft  Draft
	judged judged
}

// rewrite replaces the words. A hidden post goes back to the moderators; a shown one stays
// shown unless its new words have to be looked at.
func (s *Service) rewrite(ctx context.Context, tx *gorm.DB, in rewriting) error {
	touched(tx, in.topic)
	was := in.post
	p := in.post
	p.write(in.draft.Title, in.draft.Body)
	p.Edited, p.Version = true, was.Version+1
	wait := in.judged.hold || was.State != Shown
	if wait {
		p.State = Held
	}
	if was.State == Shown {
		if err := s.unshow(tx, was); err != nil {
			return err
		}
	}
	n, err := gorm.G[Post](tx).Where("id = ? AND version = ?", p.ID, was.Version).
		Select("Body", "HTML", "Toks", "Edited", "Version", "State").Updates(ctx, p)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "forum.edit.stale")
	}
	if wait {
		return s.queue.Put(ctx, tx, s.caseOf(p, in.topic.Board, in.judged.verdict))
	}
	return s.show(tx, p)
}

// Withdraw deletes her post: the row, its words in the index and what waits about it.
// A topic that has no post left goes as well.
func (s *Service) Withdraw(ctx context.Context, who member.Actor, id store.ID) (topic Topic, gone bool, err error) {
	if !who.SignedIn() {
		return Topic{}, false, fault.New(fault.SignIn, "error.signin")
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		p, t, err := s.myPost(ctx, tx, who, id)
		if err != nil {
			return err
		}
		topic = t
		touched(tx, t)
		gone, err = s.erasePost(ctx, tx, p)
		return err
	})
	return topic, gone, err
}

// erasePost removes one post and tells whether its topic went with it.
func (s *Service) erasePost(ctx context.Context, tx *gorm.DB, p Post) (topicGone bool, err error) {
	if p.State == Shown {
		if err := s.unshow(tx, p); err != nil {
			return false, err
		}
	}
	if _, err := gorm.G[Post](tx).Where("id = ?", p.ID).Delete(ctx); err != nil {
		return false, err
	}
	if err := job.EnqueueErased(ctx, tx, "posts", p.ID); err != nil {
		return false, err
	}
	if _, err := gorm.G[Reaction](tx).Where("post_id = ?", p.ID).Delete(ctx); err != nil {
		return false, err
	}
	if err := dropPicture(ctx, tx, p.ID); err != nil {
		return false, err
	}
	if err := s.dropReports(ctx, tx, p.ID); err != nil {
		return false, err
	}
	if err := s.queue.Drop(ctx, tx, p.ID); err != nil {
		return false, err
	}
	left, err := gorm.G[Post](tx).Where("topic_id = ?", p.TopicID).Count(ctx, "id")
	if err != nil || left > 0 {
		return false, err
	}
	if _, err := gorm.G[Voice](tx).Where("topic_id = ? AND pause_until IS NULL AND upheld_day IS NULL AND closed = ? AND board_out = ?", p.TopicID, false, false).Delete(ctx); err != nil {
		return false, err
	}
	// A voice with a mark has to stay, or deleting would be a way out of a pause; then the
	// empty topic stays too, unlisted.
	marked, err := gorm.G[Voice](tx).Where("topic_id = ?", p.TopicID).Count(ctx, "topic_id")
	if err != nil || marked > 0 {
		return false, err
	}
	_, err = gorm.G[Topic](tx).Where("id = ?", p.TopicID).Delete(ctx)
	return true, err
}

// Erase removes a person's traces in the forum when she deletes her account. With posts
// false her words stay under their drawn names, which then lead to nobody.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, posts bool) error {
	topics, err := member.Trail(ctx, tx, who)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(topics))
	for _, topic := range topics {
		names = append(names, topicBox(topic))
		if posts {
			if err := s.eraseReactions(ctx, tx, who, topic); err != nil {
				return err
			}
			if err := s.eraseIn(ctx, tx, who, topic); err != nil {
				return err
			}
		}
	}
	if err := s.eraseGroups(ctx, tx, who); err != nil {
		return err
	}
	if err := s.eraseQuestions(ctx, tx, who, topics); err != nil {
		return err
	}
	return member.DropBoxes(ctx, tx, who, names)
}

func (s *Service) eraseIn(ctx context.Context, tx *gorm.DB, who member.Actor, topic store.ID) error {
	tags := who.Tags(purposeTopic, topic)
	found, err := gorm.G[Post](tx).Where("topic_id = ? AND tag IN ?", topic, tags).Find(ctx)
	if err != nil {
		return err
	}
	for _, p := range found {
		if _, err := s.erasePost(ctx, tx, p); err != nil {
			return err
		}
	}
	_, err = gorm.G[Voice](tx).Where("topic_id = ? AND tag IN ?", topic, tags).Delete(ctx)
	return err
}
