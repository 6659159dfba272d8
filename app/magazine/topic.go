package magazine

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Topic is what somebody would like to read in an issue. Nothing says who.
type Topic struct {
	ID      store.ID `gorm:"primaryKey"`
	IssueID store.ID
	Words   string
	Readers bool // readers of the last issue missed it
}

// TableName names the table.
func (Topic) TableName() string { return "magazine_topics" }

// Want says that somebody wants a topic: a tag that only her session computes.
type Want struct {
	TopicID store.ID `gorm:"primaryKey"`
	Tag     []byte   `gorm:"primaryKey"`
}

// TableName names the table.
func (Want) TableName() string { return "magazine_wants" }

const mostTopics = 60 // of one issue: somebody has to read them

// voting finds an issue whose topics are open; afterwards it says so.
func (s *Service) voting(ctx context.Context, tx *gorm.DB, who member.Actor, id store.ID) (Issue, error) {
	if !who.SignedIn() {
		return Issue{}, signIn()
	}
	i, err := find(ctx, tx, id)
	switch {
	case err != nil:
		return i, err
	case i.State == Stopped:
		return i, fault.Missing()
	case !i.Voting(s.store.Today()):
		return i, fault.New(fault.Refused, "magazine.topics.over")
	}
	return i, nil
}

// Propose puts a topic forward. Of whoever does it nothing is kept but her words.
func (s *Service) Propose(ctx context.Context, who member.Actor, id store.ID, words, nonce string) (Receipt, error) {
	words = tidy(words)
	receipt, stop := screen(false, false, words)
	receipt.ID = store.FormID("magazine topic", nonce)
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.voting(ctx, tx, who, id); err != nil {
			return err
		}
		if err := fault.Mended(asked("words", words, 3, longestTopic)); err != nil || stop {
			return err
		}
		n, err := gorm.G[Topic](tx).Where("issue_id = ? AND id <> ?", id, receipt.ID).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostTopics {
			return fault.New(fault.Refused, "magazine.topics.full")
		}
		return gorm.G[Topic](tx).Create(ctx, &Topic{ID: receipt.ID, IssueID: id, Words: words})
	})
	receipt.Stored = !stop
	return receipt, once(err)
}

// Want says "I would read this", once for each topic.
func (s *Service) Want(ctx context.Context, who member.Actor, id, topic store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.voting(ctx, tx, who, id); err != nil {
			return err
		}
		n, err := gorm.G[Topic](tx).Where("id = ? AND issue_id = ?", topic, id).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing()
		}
		tags := who.Tags(purposeWant, topic)
		known, err := gorm.G[Want](tx).Where("topic_id = ? AND tag IN ?", topic, tags).Count(ctx, "tag")
		if err != nil || known > 0 {
			return err
		}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&Want{topic, tags[0]}).Error
	})
}

// DropTopic takes a topic away that cannot stay; the board does it while topics are open.
func (s *Service) DropTopic(ctx context.Context, who member.Actor, id, topic store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		i, err := edited(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if i.State != Topics {
			return notNow()
		}
		if _, err := gorm.G[Want](tx).Where("topic_id IN (SELECT id FROM magazine_topics WHERE id = ? AND issue_id = ?)", topic, id).Delete(ctx); err != nil {
			return err
		}
		n, err := gorm.G[Topic](tx).Where("id = ? AND issue_id = ?", topic, id).Delete(ctx)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		return err
	})
}

// TopicLine is a topic with how many people want it.
type TopicLine struct {
	Topic
	Wants  int
	Wanted bool // by her
}

// topicLines lists the topics of an issue, those most wanted first.
func topicLines(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) ([]TopicLine, error) {
	rows, err := gorm.G[Topic](db).Where("issue_id = ?", id).Order("words, id").Limit(2 * mostTopics).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	wants, err := gorm.G[Want](db).Where("topic_id IN (SELECT id FROM magazine_topics WHERE issue_id = ?)", id).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	lines := make([]TopicLine, len(rows))
	for n, t := range rows {
		lines[n].Topic = t
		tags := who.Tags(purposeWant, t.ID)
		for _, w := range wants {
			if w.TopicID != t.ID {
				continue
			}
			lines[n].Wants++
			lines[n].Wanted = lines[n].Wanted || slices.ContainsFunc(tags, func(tag []byte) bool { return string(tag) == string(w.Tag) })
		}
	}
	slices.SortStableFunc(lines, func(a, b TopicLine) int { return b.Wants - a.Wants })
	return lines, nil
}
