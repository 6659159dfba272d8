package forum

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// StartTalk opens a topic with its first post. A draft that she kept for this board is gone
// with it.
func (s *Service) StartTalk(ctx context.Context, who member.Actor, board string, d Draft) (Receipt, error) {
	d = d.trimmed()
	if !who.SignedIn() {
		return Receipt{}, fault.New(fault.SignIn, "error.signin")
	}
	if err := d.check(true); err != nil {
		return Receipt{}, err
	}
	j, err := s.screen(ctx, s.store.DB, d)
	if err != nil || j.stop {
		return Receipt{Verdict: j.verdict}, err
	}
	receipt := Receipt{Verdict: j.verdict, Stored: true}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if done, err := s.alreadyPosted(ctx, tx, d.Nonce, &receipt); err != nil || done {
			return err
		}
		if err := s.writable(ctx, tx, who, board); err != nil {
			return err
		}
		id := store.NewID()
		if !signsOpenly(who, d) {
			if id, err = s.takeStart(ctx, tx, who, board); err != nil {
				return err
			}
		}
		topic := Topic{
			ID: id, Board: board, Title: d.Title, Lang: d.Lang, Warning: d.Warning,
			State: Open, LastDay: s.store.Today(),
		}
		if err := gorm.G[Topic](tx).Create(ctx, &topic); err != nil {
			return err
		}
		return s.post(ctx, tx, posting{who: who, topic: topic, draft: d, judged: j, receipt: &receipt})
	})
	if err == nil && signsOpenly(who, d) {
		err = s.store.Tx(ctx, func(tx *gorm.DB) error {
			_, err := s.takeStart(ctx, tx, who, board)
			return err
		})
	}
	return s.settle(ctx, receipt, d.Nonce, err)
}

// signsOpenly reports whether a draft will carry her role account. Such a row and a box of
// hers are never written in one transaction: that would join the box to the account.
func signsOpenly(who member.Actor, d Draft) bool { return d.Mode == ByHandle && who.Colleague() }

// Reply adds a post to a topic.
func (s *Service) Reply(ctx context.Context, who member.Actor, topic store.ID, d Draft) (Receipt, error) {
	d = d.trimmed()
	d.Title, d.Warning = "", ""
	if !who.SignedIn() {
		return Receipt{}, fault.New(fault.SignIn, "error.signin")
	}
	if err := d.check(false); err != nil {
		return Receipt{}, err
	}
	j, err := s.screen(ctx, s.store.DB, d)
	if err != nil || j.stop {
		return Receipt{Topic: topic, Verdict: j.verdict}, err
	}
	receipt := Receipt{Verdict: j.verdict, Stored: true}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if done, err := s.alreadyPosted(ctx, tx, d.Nonce, &receipt); err != nil || done {
			return err
		}
		t, err := s.topicFor(ctx, tx, who, topic)
		if err != nil {
			return err
		}
		if t.State != Open {
			return fault.New(fault.Refused, "forum.topic.closed")
		}
		if err := s.writable(ctx, tx, who, t.Board); err != nil {
			return err
		}
		if err := s.post(ctx, tx, posting{who: who, topic: t, draft: d, judged: j, receipt: &receipt}); err != nil || signsOpenly(who, d) {
			return err
		}
		return s.dropDraft(ctx, tx, who, topic)
	})
	if err == nil && signsOpenly(who, d) {
		err = s.store.Tx(ctx, func(tx *gorm.DB) error { return s.dropDraft(ctx, tx, who, topic) })
	}
	return s.settle(ctx, receipt, d.Nonce, err)
}

// posting is one post on its way in.
type posting struct {
	who     member.Actor
	topic   Topic
	draft   Draft
	judged  judged
	receipt *Receipt
}

// post writes one post with everything that belongs to it. It touches the topic's public
// counters and otherwise only rows that are new or belong to this topic.
func (s *Service) post(ctx context.Context, tx *gorm.DB, in posting) error {
	touched(tx, in.topic)
	p := Post{
		ID: store.NewID(), TopicID: in.topic.ID, Lang: in.draft.Lang, Day: s.store.Today(), Version: 1,
		NonceHash: nonceHash(in.draft.Nonce), SearchID: newSearchID(), State: Shown,
	}
	if p.Lang == "" {
		p.Lang = in.topic.Lang
	}
	hold := in.judged.hold
	if signsOpenly(in.who, in.draft) {
		signature(&p, in.who, ByHandle, nil)
	} else {
		look, err := s.asVoice(ctx, tx, in, &p)
		if err != nil {
			return err
		}
		hold = hold || look
	}
	p.write(in.draft.Title, in.draft.Body)
	if hold {
		p.State = Held
	}
	if err := s.number(tx, &p); err != nil {
		return err
	}
	if err := gorm.G[Post](tx).Create(ctx, &p); err != nil {
		return err
	}
	in.receipt.Topic, in.receipt.Post, in.receipt.Held = in.topic.ID, p.ID, hold
	if hold {
		return s.queue.Put(ctx, tx, s.caseOf(p, in.topic.Board, in.judged.verdict))
	}
	return s.show(tx, p)
}

// asVoice signs a post with her tag in the topic, makes the voice where it is new, and
// says whether the post gets a look before others read it.
func (s *Service) asVoice(ctx context.Context, tx *gorm.DB, in posting, p *Post) (look bool, err error) {
	st, err := s.standingOf(ctx, tx, in.who)
	if err != nil {
		return false, err
	}
	if err := st.mayWrite(); err != nil {
		return false, err
	}
	tag, known, err := myTag(ctx, tx, in.who, in.topic.ID)
	if err != nil {
		return false, err
	}
	if !known {
		if err := s.enter(ctx, tx, in.who, Voice{TopicID: in.topic.ID, Tag: tag, Lang: in.topic.Lang}); err != nil {
			return false, err
		}
	}
	signature(p, in.who, ByTopicName, tag)
	return !st.trusted || s.lookAnyway(), nil
}

// number takes the next number of the topic; the row lock that comes with it puts two
// replies to one topic in order.
func (s *Service) number(tx *gorm.DB, p *Post) error {
	return tx.Raw("UPDATE topics SET last_no = last_no + 1 WHERE id = ? RETURNING last_no", p.TopicID).Scan(&p.No).Error
}

// show makes the counters and the word index agree with a post that everybody sees now.
func (s *Service) show(tx *gorm.DB, p Post) error {
	err := tx.Exec("UPDATE topics SET shown = shown + 1, listed = ?, last_day = CASE WHEN last_day < ? THEN ? ELSE last_day END WHERE id = ?",
		true, p.Day, p.Day, p.TopicID).Error
	if err != nil {
		return err
	}
	return s.index(tx, p)
}

// unshow is the reverse of show. A topic without any shown post leaves the lists.
func (s *Service) unshow(tx *gorm.DB, p Post) error {
	err := tx.Exec("UPDATE topics SET shown = shown - 1, listed = (shown > 1) WHERE id = ?", p.TopicID).Error
	if err != nil {
		return err
	}
	return s.unindex(tx, p)
}

// alreadyPosted finds the post that the same form made before.
func (s *Service) alreadyPosted(ctx context.Context, db *gorm.DB, nonce string, r *Receipt) (bool, error) {
	if nonce == "" {
		return false, nil
	}
	rows, err := gorm.G[Post](db).Select("id", "topic_id", "state").Where("nonce_hash = ?", nonceHash(nonce)).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return false, store.Translate(err)
	}
	r.Topic, r.Post, r.Held, r.Stored = rows[0].TopicID, rows[0].ID, rows[0].State == Held, true
	return true, nil
}

// settle turns the loser of two identical submits at the same moment into the winner's receipt.
func (s *Service) settle(ctx context.Context, r Receipt, nonce string, err error) (Receipt, error) {
	if err == nil {
		return r, nil
	}
	if store.IsDuplicate(err) {
		if done, findErr := s.alreadyPosted(ctx, s.store.DB, nonce, &r); findErr == nil && done {
			return r, nil
		}
	}
	return Receipt{}, err
}

// writable refuses a board that she may not see or that is archived.
func (s *Service) writable(ctx context.Context, tx *gorm.DB, who member.Actor, slug string) error {
	v, err := look(ctx, tx, who)
	if err != nil {
		return err
	}
	boards, err := gorm.G[Board](tx).Where("slug = ?", slug).Where(readable, v.where()...).Limit(1).Find(ctx)
	if err != nil {
		return err
	}
	if len(boards) == 0 {
		return notFound()
	}
	if boards[0].Archived {
		return fault.New(fault.Refused, "forum.board.closed")
	}
	return nil
}

// topicFor loads a topic as this person may see it.
func (s *Service) topicFor(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Topic, error) {
	v, err := sees(ctx, db, who)
	if err != nil {
		return Topic{}, err
	}
	topics, err := gorm.G[Topic](db).Where("id = ?", id).Where("board IN (SELECT slug FROM boards WHERE "+readable+")", v.where()...).Limit(1).Find(ctx)
	if err != nil {
		return Topic{}, store.Translate(err)
	}
	if len(topics) == 0 {
		return Topic{}, notFound()
	}
	if topics[0].Listed {
		return topics[0], nil
	}
	// A topic whose first post still waits, or was taken away, exists only for the people who
	// wrote in it and for the moderators.
	mine, err := s.wroteIn(ctx, db, who, id)
	if err != nil {
		return Topic{}, err
	}
	if !mine && !who.Has(member.RoleModerator) {
		return Topic{}, notFound()
	}
	return topics[0], nil
}

// wroteIn reports whether she has a voice in a topic or signed a post there. The voice
// stays when her post was removed, so that she can still read why.
func (s *Service) wroteIn(ctx context.Context, db *gorm.DB, who member.Actor, topic store.ID) (bool, error) {
	if !who.SignedIn() {
		return false, nil
	}
	_, known, err := myTag(ctx, db, who, topic)
	if err != nil || known || who.Role == nil {
		return known, err
	}
	n, err := gorm.G[Post](db).Where("topic_id = ? AND role_account_id = ?", topic, who.Role.ID).Count(ctx, "id")
	return n > 0, store.Translate(err)
}
