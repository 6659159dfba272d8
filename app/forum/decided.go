package forum

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// What the moderators' desk does to posts. Each of these runs in the desk's transaction,
// so that a decision and its effect are one.

// Brought is a post as a moderator reads it at the desk.
type Brought struct {
	Seen
	Topic    Topic
	Findings []moderation.Finding // in the body
	// InTitle and InWarning are what was found there, of a first post.
	InTitle, InWarning []moderation.Finding
	Reports            []ReportRow
	Own                bool // hers: somebody else decides
}

// ForDesk loads the posts of a queue page with their names. Findings are computed anew,
// because they are stored nowhere.
func (s *Service) ForDesk(ctx context.Context, who member.Actor, ids []store.ID) (map[store.ID]Brought, error) {
	if !who.Has(member.RoleModerator) {
		return nil, notFound()
	}
	posts, err := gorm.G[Post](s.store.DB).Where("id IN ?", ids).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	if err := s.veil(ctx, who, posts); err != nil {
		return nil, err
	}
	hits, err := s.withTopics(ctx, posts)
	if err != nil {
		return nil, err
	}
	reports, err := gorm.G[ReportRow](s.store.DB).Where("post_id IN ?", ids).Order("day, id").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	terms, err := s.queue.Terms(ctx, s.store.DB)
	if err != nil {
		return nil, err
	}
	brought := make(map[store.ID]Brought, len(hits))
	for _, h := range hits {
		b := Brought{Seen: Seen{Post: h.Post, Name: h.Name}, Topic: h.Topic, Own: isMine(h.Post, who)}
		b.find(terms)
		for _, r := range reports {
			if r.PostID == h.ID {
				b.Reports = append(b.Reports, r)
			}
		}
		brought[h.ID] = b
	}
	return brought, nil
}

// Before returns up to n shown posts that stand before a post in its topic, oldest first:
// a moderator judges words in their place.
func (s *Service) Before(ctx context.Context, who member.Actor, p Post, n int) ([]Seen, error) {
	if !who.Has(member.RoleModerator) {
		return nil, notFound()
	}
	posts, err := gorm.G[Post](s.store.DB).Where("topic_id = ? AND no < ? AND state = ?", p.TopicID, p.No, Shown).Order("no DESC").Limit(n).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	slices.Reverse(posts)
	if err := s.veil(ctx, who, posts); err != nil {
		return nil, err
	}
	names, err := s.namesOf(ctx, posts)
	seen := make([]Seen, len(posts))
	for i, q := range posts {
		seen[i] = Seen{Post: q, Name: names[string(q.Tag)]}
	}
	return seen, err
}

// Whose returns the topic of a post and what it is signed with, and whether it is her own.
func (s *Service) Whose(ctx context.Context, tx *gorm.DB, who member.Actor, id store.ID) (topic store.ID, tag []byte, role store.ID, own bool, err error) {
	p, err := onePost(ctx, tx, id)
	if err != nil {
		return topic, nil, role, false, err
	}
	return p.TopicID, p.Tag, p.RoleAccountID, isMine(p, who), nil
}

// Keep shows a post that waited, or leaves a reported one where it is.
func (s *Service) Keep(ctx context.Context, tx *gorm.DB, id store.ID) error {
	p, err := onePost(ctx, tx, id)
	if err != nil || p.State == Shown {
		return err
	}
	if err := touchedBy(ctx, tx, p); err != nil {
		return err
	}
	if err := setState(ctx, tx, p, Shown); err != nil {
		return err
	}
	return s.show(tx, p)
}

// Hide takes a post out of everybody's sight but its author's.
func (s *Service) Hide(ctx context.Context, tx *gorm.DB, id store.ID) error {
	p, err := onePost(ctx, tx, id)
	if err != nil || p.State == Hidden {
		return err
	}
	if err := touchedBy(ctx, tx, p); err != nil {
		return err
	}
	if p.State == Shown {
		if err := s.unshow(tx, p); err != nil {
			return err
		}
	}
	return setState(ctx, tx, p, Hidden)
}

// Remove deletes a post for good. Its topic stays, so that the author can still read why.
func (s *Service) Remove(ctx context.Context, tx *gorm.DB, id store.ID) error {
	p, err := onePost(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := touchedBy(ctx, tx, p); err != nil {
		return err
	}
	if p.State == Shown {
		if err := s.unshow(tx, p); err != nil {
			return err
		}
	}
	if _, err := gorm.G[Reaction](tx).Where("post_id = ?", id).Delete(ctx); err != nil {
		return err
	}
	if err := dropPicture(ctx, tx, id); err != nil {
		return err
	}
	if _, err := gorm.G[Post](tx).Where("id = ?", id).Delete(ctx); err != nil {
		return err
	}
	return job.EnqueueErased(ctx, tx, "posts", id)
}

// Mask replaces words by a label in the language of the post ("[phone number removed]")
// and shows the rest. Words that are not there are an error to mend.
func (s *Service) Mask(ctx context.Context, tx *gorm.DB, id store.ID, words []string, label string) error {
	p, err := onePost(ctx, tx, id)
	if err != nil {
		return err
	}
	// All words at once, the longest first, so that no word is found inside a label.
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	pairs := make([]string, 0, 2*len(words))
	for _, word := range words {
		if word != "" {
			pairs = append(pairs, word, label)
		}
	}
	body := strings.NewReplacer(pairs...).Replace(p.Body)
	if body == p.Body {
		return fault.Mend(fault.Field{Name: "words", Key: "desk.mask.absent"})
	}
	topic, err := gorm.G[Topic](tx).Where("id = ?", p.TopicID).Take(ctx)
	if err != nil {
		return err
	}
	touched(tx, topic)
	was := p
	title := ""
	if p.No == 1 {
		title = topic.Title
	}
	if was.State == Shown {
		if err := s.unshow(tx, was); err != nil {
			return err
		}
	}
	p.write(title, body)
	p.State, p.Version = Shown, p.Version+1
	if _, err := gorm.G[Post](tx).Where("id = ?", id).Select("Body", "HTML", "Toks", "State", "Version").Updates(ctx, p); err != nil {
		return err
	}
	return s.show(tx, p)
}

// CloseTopic ends a conversation; it stays readable.
func (s *Service) CloseTopic(ctx context.Context, tx *gorm.DB, topic store.ID) error {
	_, err := gorm.G[Topic](tx).Where("id = ?", topic).Update(ctx, "state", Closed)
	return err
}

// Pause keeps the author of a post from writing until the given day, on all boards: the
// mark stays on this voice, and her own session finds it. A badge post has no voice.
func (s *Service) Pause(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte, until string) error {
	n, err := gorm.G[Voice](tx).Where("topic_id = ? AND tag = ?", topic, tag).Update(ctx, "pause_until", until)
	if err == nil && n == 0 {
		return fault.New(fault.Refused, "desk.pause.badge")
	}
	return err
}

// Shut keeps the author of a post from writing for good, on all boards, as Pause does for a time.
func (s *Service) Shut(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte) error {
	n, err := gorm.G[Voice](tx).Where("topic_id = ? AND tag = ?", topic, tag).Update(ctx, "closed", true)
	if err == nil && n == 0 {
		return fault.New(fault.Refused, "desk.pause.badge")
	}
	return err
}

// Lift takes every mark off a voice: she may write again, and nothing lowers her trust.
func (s *Service) Lift(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte) error {
	if len(tag) == 0 {
		return nil
	}
	return tx.WithContext(ctx).Exec("UPDATE voices SET pause_until = NULL, upheld_day = NULL, closed = ? WHERE topic_id = ? AND tag = ?", false, topic, tag).Error
}

// OpenTopic lets a conversation go on that was closed.
func (s *Service) OpenTopic(ctx context.Context, tx *gorm.DB, topic store.ID) error {
	_, err := gorm.G[Topic](tx).Where("id = ?", topic).Update(ctx, "state", Open)
	return err
}

// Hers reports whether a signature in a topic is this person's, also when the post that
// carried it is gone.
func (s *Service) Hers(who member.Actor, topic store.ID, tag []byte, role store.ID) bool {
	if len(tag) == 0 {
		return who.Role != nil && who.Role.ID == role
	}
	return slices.ContainsFunc(who.Tags(purposeTopic, topic), func(own []byte) bool { return string(own) == string(tag) })
}

// Uphold marks the voice after a report that led to something; trust is lower for a year.
func (s *Service) Uphold(ctx context.Context, tx *gorm.DB, topic store.ID, tag []byte) error {
	if len(tag) == 0 {
		return nil
	}
	_, err := gorm.G[Voice](tx).Where("topic_id = ? AND tag = ?", topic, tag).Update(ctx, "upheld_day", s.store.Today())
	return err
}

// CloseReports removes the reports of a post once they are decided.
func (s *Service) CloseReports(ctx context.Context, tx *gorm.DB, post store.ID) error {
	return s.dropReports(ctx, tx, post)
}

func onePost(ctx context.Context, tx *gorm.DB, id store.ID) (Post, error) {
	posts, err := gorm.G[Post](tx).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return Post{}, store.Translate(err)
	}
	if len(posts) == 0 {
		return Post{}, notFound()
	}
	return posts[0], nil
}

func setState(ctx context.Context, tx *gorm.DB, p Post, state string) error {
	_, err := gorm.G[Post](tx).Where("id = ?", p.ID).Update(ctx, "state", state)
	return err
}
