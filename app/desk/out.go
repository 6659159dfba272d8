package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Out closes a group to the author of a post. It is not among Actions, because no item of
// the queue asks for it: a moderator comes to it from the talk or from the post at the desk.
const Out Action = "out"

// PutOut closes a group to the author of a post, with a reason from the house rules. It is
// a decision like any other: its author reads the reason, and another moderator looks again
// when she asks for it. The choice's action does not count.
func (s *Service) PutOut(ctx context.Context, who member.Actor, post store.ID, c Choice, reasons []string) error {
	if err := moderates(who); err != nil {
		return err
	}
	c.Words = strings.TrimSpace(c.Words)
	if err := c.checkOut(reasons); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		board, lang, changed, err := s.posts.PutOut(ctx, tx, who, post, true)
		if err != nil || !changed {
			return err
		}
		// Nothing waited in the queue, so the bucket says the least and the page of public
		// figures leaves it out.
		d := Decision{
			ID: store.NewID(), PostID: post, Action: Out, Reason: c.Reason, Words: c.Words, Day: s.store.Today(), Waited: waits[0],
			MadeBy: who.Role.ID, Board: board, Lang: lang,
		}
		if d.TopicID, d.Tag, d.RoleAccountID, _, err = s.posts.Whose(ctx, tx, who, post); err != nil {
			return err
		}
		if err := s.count(ctx, tx, d); err != nil {
			return err
		}
		if err := gorm.G[Decision](tx).Create(ctx, &d); err != nil {
			return err
		}
		return s.note(ctx, tx, settling{decision: d})
	})
}

func (c Choice) checkOut(reasons []string) error {
	var mend []fault.Field
	if !slices.Contains(reasons, c.Reason) {
		mend = append(mend, fault.Field{Name: "reason", Key: "desk.reason.missing"})
	}
	if utf8.RuneCountInString(c.Words) > LongestWords {
		mend = append(mend, fault.Field{Name: "words", Key: "desk.words.long", Args: []any{"Most", LongestWords}})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// LetIn takes that back without an appeal: the decision goes with what waits about it.
func (s *Service) LetIn(ctx context.Context, who member.Actor, post store.ID) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, _, _, err := s.posts.PutOut(ctx, tx, who, post, false); err != nil {
			return err
		}
		topic, tag, _, _, err := s.posts.Whose(ctx, tx, who, post)
		if err != nil {
			return err
		}
		rows, err := gorm.G[Decision](tx).Where("topic_id = ? AND tag = ? AND action = ? AND appeal <> ?", topic, tag, Out, Changed).Find(ctx)
		if err != nil {
			return err
		}
		for _, d := range rows {
			if err := s.dropOut(ctx, tx, d); err != nil {
				return err
			}
		}
		matter, err := json.Marshal(map[string]string{"action": "let in", "by": who.Role.ID.String(), "post": post.String()})
		if err != nil {
			return fault.Wrap(err, "write an audit row")
		}
		return audit.Note(ctx, tx, s.store.Today(), "decision", string(matter))
	})
}

// dropOut removes one decision. An appeal in the queue may be about another decision on the
// same post as well; then it stays.
func (s *Service) dropOut(ctx context.Context, tx *gorm.DB, d Decision) error {
	if !d.AppealNoteID.IsZero() {
		if err := member.Shred(ctx, tx, d.AppealNoteID); err != nil {
			return err
		}
	}
	if _, err := gorm.G[Decision](tx).Where("id = ?", d.ID).Delete(ctx); err != nil || d.Appeal != Open {
		return err
	}
	left, err := gorm.G[Decision](tx).Where("post_id = ? AND appeal = ?", d.PostID, Open).Count(ctx, "id")
	if err != nil || left > 0 {
		return err
	}
	_, err = gorm.G[Item](tx).Where("post_id = ? AND kind = ?", d.PostID, moderation.Appeal).Delete(ctx)
	return err
}
