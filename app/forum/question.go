package forum

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
	"portico/moderation"
)

// Question is something that somebody asks the peers on duty alone. Title and words are
// sealed to their circle; the row says only what orders the queue. Whose it is stands
// nowhere: her copy of the key lies in her box of this question.
//
// All parts of a question are sealed under the one key that its author keeps, because she
// has no public key to which a peer could seal another. So a peer who leaves keeps what she
// could open of a question that began while she was there, if she has a copy of the
// database from later; of questions that begin after she left she can open nothing.
type Question struct {
	ID        store.ID `gorm:"primaryKey"`
	Lang      string
	Urgent    bool
	Day       string // since when it waits, or when it was answered
	State     string
	LastNo    int    // number of the last part
	KeepUntil string // month
}

// TableName names the table.
func (Question) TableName() string { return "questions" }

// QuestionPart is one contribution to a question: hers or a peer's, which only the sealed
// words say.
type QuestionPart struct {
	QuestionID store.ID `gorm:"primaryKey"`
	No         int      `gorm:"primaryKey"`
	SealedID   store.ID
	Day        string
	NonceHash  []byte
}

// TableName names the table.
func (QuestionPart) TableName() string { return "question_parts" }

// States of a question, beside Open and Closed.
const Answered = "answered"

const (
	questionKind   = "question"
	questionMonths = 12 // how long a question stays at most
	MostQuestions  = 10 // that one person has open at once
)

// part is what is sealed of one contribution.
type part struct {
	Title  string `json:"title,omitempty"`
	Body   string `json:"body"`
	Handle string `json:"handle,omitempty"` // of the peer who answers; "" for the person who asked
	Badge  string `json:"badge,omitempty"`
}

func (p part) text() string {
	raw, err := json.Marshal(p)
	if err != nil {
		panic("forum: strings always marshal: " + err.Error())
	}
	return string(raw)
}

// QuestionReceipt says what became of words about a question, and what screening found.
type QuestionReceipt struct {
	ID      store.ID
	Stored  bool
	Verdict moderation.Verdict
}

// CanAsk reports whether anybody could read a question now.
func (s *Service) CanAsk(ctx context.Context) (bool, error) {
	return member.CircleHeld(ctx, s.store.DB, member.CircleDuty)
}

// noReader is the refusal where nobody holds the key: better no question than one that
// lies unread.
func noReader() error { return fault.New(fault.Refused, "forum.ask.nobody") }

// Ask seals a question to the peers on duty. Screening looks first, as everywhere; what it
// would hold for a moderator goes to the peers, because no moderator reads here.
func (s *Service) Ask(ctx context.Context, who member.Actor, d Draft) (QuestionReceipt, error) {
	d = d.trimmed()
	d.Warning = ""
	if !who.SignedIn() {
		return QuestionReceipt{}, fault.New(fault.SignIn, "error.signin")
	}
	if err := d.check(true); err != nil {
		return QuestionReceipt{}, err
	}
	j, err := s.screen(ctx, s.store.DB, d)
	if err != nil || j.stop {
		return QuestionReceipt{Verdict: j.verdict}, err
	}
	receipt := QuestionReceipt{Verdict: j.verdict, Stored: true}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		done, err := s.alreadyAsked(ctx, tx, d.Nonce, &receipt)
		if err != nil || done {
			return err
		}
		if err := s.mayAsk(ctx, tx, who); err != nil {
			return err
		}
		receipt.ID, err = s.seal(ctx, tx, who, d, urgent(j.verdict))
		return err
	})
	return s.settleAsked(ctx, receipt, d.Nonce, err)
}

// urgent is the one clear bit: it orders the queue and says no more.
func urgent(v moderation.Verdict) bool { return v.Danger || v.Urgency >= 2 }

func (s *Service) mayAsk(ctx context.Context, tx *gorm.DB, who member.Actor) error {
	held, err := member.CircleHeld(ctx, tx, member.CircleDuty)
	if err != nil {
		return err
	}
	if !held {
		return noReader()
	}
	mine, err := s.questionsOf(ctx, tx, who)
	if err != nil {
		return err
	}
	open := 0
	for _, q := range mine {
		if q.State != Closed {
			open++
		}
	}
	if open >= MostQuestions {
		return fault.New(fault.Refused, "forum.ask.many", "Most", MostQuestions)
	}
	return nil
}

// seal writes a new question: only rows that are new, and her box of this question.
func (s *Service) seal(ctx context.Context, tx *gorm.DB, who member.Actor, d Draft, urgent bool) (store.ID, error) {
	until := s.store.Now().In(s.store.Zone).AddDate(0, questionMonths, 0).Format("2006-01")
	q := Question{ID: store.NewID(), Lang: d.Lang, Urgent: urgent, Day: s.store.Today(), State: Open, LastNo: 1, KeepUntil: until}
	sealed, key, err := member.SealKept(ctx, tx, s.store.Clock, member.CircleRecord{
		Circle: member.CircleDuty, Kind: questionKind, Words: part{Title: d.Title, Body: d.Body}.text(), Until: until,
	})
	if err != nil {
		return q.ID, err
	}
	if err := gorm.G[Question](tx).Create(ctx, &q); err != nil {
		return q.ID, err
	}
	first := QuestionPart{QuestionID: q.ID, No: 1, SealedID: sealed, Day: q.Day, NonceHash: nonceHash(d.Nonce)}
	if err := gorm.G[QuestionPart](tx).Create(ctx, &first); err != nil {
		return q.ID, err
	}
	err = member.ChangeBox(ctx, tx, s.store.Clock, who, topicBox(q.ID), func(k *Kept) { k.Key, k.Read = key, 1 })
	if err != nil {
		return q.ID, err
	}
	return q.ID, member.AddTrail(ctx, tx, s.store.Clock, who, q.ID)
}

// AskMore adds her words to a question of hers; it waits for an answer again.
func (s *Service) AskMore(ctx context.Context, who member.Actor, id store.ID, d Draft) (QuestionReceipt, error) {
	d = d.trimmed()
	d.Title, d.Warning = "", ""
	if !who.SignedIn() {
		return QuestionReceipt{}, fault.New(fault.SignIn, "error.signin")
	}
	if err := d.check(false); err != nil {
		return QuestionReceipt{}, err
	}
	j, err := s.screen(ctx, s.store.DB, d)
	if err != nil || j.stop {
		return QuestionReceipt{ID: id, Verdict: j.verdict}, err
	}
	receipt := QuestionReceipt{ID: id, Verdict: j.verdict, Stored: true}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if done, err := s.alreadyAsked(ctx, tx, d.Nonce, &receipt); err != nil || done {
			return err
		}
		q, key, err := s.hers(ctx, tx, who, id)
		if err != nil {
			return err
		}
		no, err := s.addPart(ctx, tx, adding{question: q, key: key, part: part{Body: d.Body}, nonce: d.Nonce, state: Open, urgent: urgent(j.verdict)})
		if err != nil {
			return err
		}
		return member.ChangeBox(ctx, tx, s.store.Clock, who, topicBox(id), func(k *Kept) { k.Read = max(k.Read, no) })
	})
	return s.settleAsked(ctx, receipt, d.Nonce, err)
}

// adding is one more part of a question on its way in.
type adding struct {
	question Question
	key      vault.RecordKey
	part     part
	nonce    string
	state    string // of the question afterwards
	urgent   bool
}

// addPart writes a part under the question's key. The row's own number puts two parts in
// order; a question that was closed in between takes none.
func (s *Service) addPart(ctx context.Context, tx *gorm.DB, in adding) (no int, err error) {
	err = tx.WithContext(ctx).Raw("UPDATE questions SET last_no = last_no + 1, state = ?, day = ?, urgent = (urgent OR ?) WHERE id = ? AND state <> ? RETURNING last_no",
		in.state, s.store.Today(), in.urgent, in.question.ID, Closed).Scan(&no).Error
	if err != nil {
		return 0, err
	}
	if no == 0 {
		return 0, fault.New(fault.Refused, "forum.ask.closed")
	}
	sealed, err := member.SealUnder(ctx, tx, in.key, member.CircleRecord{Kind: questionKind, Words: in.part.text(), Until: in.question.KeepUntil})
	if err != nil {
		return 0, err
	}
	row := QuestionPart{QuestionID: in.question.ID, No: no, SealedID: sealed, Day: s.store.Today(), NonceHash: nonceHash(in.nonce)}
	return no, gorm.G[QuestionPart](tx).Create(ctx, &row)
}

// CloseQuestion ends a question of hers; it stays readable for her and the peers.
func (s *Service) CloseQuestion(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, _, err := s.hers(ctx, tx, who, id); err != nil {
			return err
		}
		_, err := gorm.G[Question](tx).Where("id = ?", id).Update(ctx, "state", Closed)
		return err
	})
}

// DeleteQuestion takes a question of hers away for everybody, with all answers.
func (s *Service) DeleteQuestion(ctx context.Context, who member.Actor, id store.ID) error {
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, _, err := s.hers(ctx, tx, who, id); err != nil {
			return err
		}
		if err := s.dropQuestion(ctx, tx, id); err != nil {
			return err
		}
		return member.DropBox(ctx, tx, who, topicBox(id))
	})
	if err != nil {
		return err
	}
	return s.store.Checkpoint(ctx)
}

func (s *Service) dropQuestion(ctx context.Context, tx *gorm.DB, id store.ID) error {
	parts, err := gorm.G[QuestionPart](tx).Where("question_id = ?", id).Find(ctx)
	if err != nil {
		return err
	}
	sealed := make([]store.ID, len(parts))
	for i, p := range parts {
		sealed[i] = p.SealedID
	}
	if err := member.Shred(ctx, tx, sealed...); err != nil {
		return err
	}
	if _, err := gorm.G[QuestionPart](tx).Where("question_id = ?", id).Delete(ctx); err != nil {
		return err
	}
	if _, err := gorm.G[Question](tx).Where("id = ?", id).Delete(ctx); err != nil {
		return err
	}
	return job.EnqueueErased(ctx, tx, "questions", id)
}

// eraseQuestions removes her questions with her account. They go whatever she wants to
// happen to her posts: an answer that nobody can read any more helps nobody.
func (s *Service) eraseQuestions(ctx context.Context, tx *gorm.DB, who member.Actor, trail []store.ID) error {
	mine, err := questionsIn(ctx, tx, trail)
	if err != nil {
		return err
	}
	for _, q := range mine {
		if _, _, err := s.hers(ctx, tx, who, q.ID); fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return err
		}
		if err := s.dropQuestion(ctx, tx, q.ID); err != nil {
			return err
		}
	}
	return nil
}

// alreadyAsked finds the part that the same form made before.
func (s *Service) alreadyAsked(ctx context.Context, db *gorm.DB, nonce string, r *QuestionReceipt) (bool, error) {
	if nonce == "" {
		return false, nil
	}
	rows, err := gorm.G[QuestionPart](db).Where("nonce_hash = ?", nonceHash(nonce)).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return false, store.Translate(err)
	}
	r.ID, r.Stored = rows[0].QuestionID, true
	return true, nil
}

// settleAsked turns the loser of two identical submits into the winner's receipt.
func (s *Service) settleAsked(ctx context.Context, r QuestionReceipt, nonce string, err error) (QuestionReceipt, error) {
	if err == nil {
		return r, nil
	}
	if store.IsDuplicate(err) {
		if done, findErr := s.alreadyAsked(ctx, s.store.DB, nonce, &r); findErr == nil && done {
			return r, nil
		}
	}
	return QuestionReceipt{}, err
}
