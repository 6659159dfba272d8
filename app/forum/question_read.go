package forum

import (
	"context"
	"encoding/json"
	"slices"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/markup"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// QuestionLine is a question in a list.
type QuestionLine struct {
	Question
	Title string
	New   bool // hers, with an answer that she has not seen
}

// QuestionPartView is one contribution as it is read.
type QuestionPartView struct {
	No     int
	Day    string
	HTML   string
	Handle string // "" for the person who asked
	Badge  string
}

// QuestionThread is a whole question as it is read.
type QuestionThread struct {
	QuestionLine
	Parts []QuestionPartView
}

// hers loads a question with the key that lies in her box; anybody else's does not exist.
func (s *Service) hers(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Question, vault.RecordKey, error) {
	var kept Kept
	if !who.SignedIn() {
		return Question{}, kept.Key, fault.New(fault.SignIn, "error.signin")
	}
	if _, err := member.ReadBox(ctx, db, who, topicBox(id), &kept); err != nil {
		return Question{}, kept.Key, err
	}
	if kept.Key == (vault.RecordKey{}) {
		return Question{}, kept.Key, notFound()
	}
	q, err := oneQuestion(ctx, db, id)
	return q, kept.Key, err
}

func oneQuestion(ctx context.Context, db *gorm.DB, id store.ID) (Question, error) {
	rows, err := gorm.G[Question](db).Where("id = ?", id).Limit(1).Find(ctx)
	if err != nil {
		return Question{}, store.Translate(err)
	}
	if len(rows) == 0 {
		return Question{}, notFound()
	}
	return rows[0], nil
}

func (s *Service) questionsOf(ctx context.Context, db *gorm.DB, who member.Actor) ([]Question, error) {
	trail, err := member.Trail(ctx, db, who)
	if err != nil {
		return nil, err
	}
	return questionsIn(ctx, db, trail)
}

func questionsIn(ctx context.Context, db *gorm.DB, trail []store.ID) (found []Question, err error) {
	for batch := range slices.Chunk(trail, 400) {
		rows, err := gorm.G[Question](db).Where("id IN ?", batch).Order("day DESC, id").Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		found = append(found, rows...)
	}
	return found, nil
}

// MyQuestions lists what she asked privately, newest first. Only her live session can.
func (s *Service) MyQuestions(ctx context.Context, who member.Actor) ([]QuestionLine, error) {
	if !who.SignedIn() {
		return nil, nil
	}
	mine, err := s.questionsOf(ctx, s.store.DB, who)
	if err != nil || len(mine) == 0 {
		return nil, err
	}
	names := make([]string, len(mine))
	for i, q := range mine {
		names[i] = topicBox(q.ID)
	}
	boxes, err := member.ReadBoxes[Kept](ctx, s.store.DB, who, names)
	if err != nil {
		return nil, err
	}
	firsts, err := firstParts(ctx, s.store.DB, mine)
	if err != nil {
		return nil, err
	}
	keys := map[store.ID]vault.RecordKey{}
	for i, q := range mine {
		if key := boxes[names[i]].Key; key != (vault.RecordKey{}) {
			keys[firsts[q.ID]] = key
		}
	}
	lines, err := s.titled(ctx, mine, firsts, keys)
	for i := range lines {
		lines[i].New = lines[i].LastNo > boxes[topicBox(lines[i].ID)].Read
	}
	return lines, err
}

// firstParts finds the sealed record of each question's first words.
func firstParts(ctx context.Context, db *gorm.DB, questions []Question) (map[store.ID]store.ID, error) {
	ids := make([]store.ID, len(questions))
	for i, q := range questions {
		ids[i] = q.ID
	}
	firsts := map[store.ID]store.ID{}
	for batch := range slices.Chunk(ids, 400) {
		rows, err := gorm.G[QuestionPart](db).Where("no = 1 AND question_id IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, row := range rows {
			firsts[row.QuestionID] = row.SealedID
		}
	}
	return firsts, nil
}

// titled opens the titles of those questions whose key is there; the others are left out.
func (s *Service) titled(ctx context.Context, questions []Question, firsts map[store.ID]store.ID, keys map[store.ID]vault.RecordKey) ([]QuestionLine, error) {
	words, err := member.OpenUnder(ctx, s.store.DB, keys)
	if err != nil {
		return nil, err
	}
	var lines []QuestionLine
	for _, q := range questions {
		text, ok := words[firsts[q.ID]]
		if !ok {
			continue
		}
		var first part
		if err := json.Unmarshal([]byte(text), &first); err != nil {
			return nil, fault.Wrap(err, "read a question")
		}
		lines = append(lines, QuestionLine{Question: q, Title: first.Title})
	}
	return lines, nil
}

// MyQuestion reads a question of hers with its answers, and remembers how far she read.
func (s *Service) MyQuestion(ctx context.Context, who member.Actor, id store.ID) (QuestionThread, error) {
	q, key, err := s.hers(ctx, s.store.DB, who, id)
	if err != nil {
		return QuestionThread{}, err
	}
	thread, err := s.thread(ctx, s.store.DB, q, key)
	if err != nil || len(thread.Parts) == 0 {
		return thread, err
	}
	if thread, err = s.veilThread(ctx, who, thread); err != nil {
		return thread, err
	}
	last := thread.Parts[len(thread.Parts)-1].No
	kept, err := s.Kept(ctx, who, id)
	if err != nil || kept.Read >= last {
		return thread, err
	}
	return thread, s.store.Tx(ctx, func(tx *gorm.DB) error {
		return member.ChangeBox(ctx, tx, s.store.Clock, who, topicBox(id), func(k *Kept) { k.Read = max(k.Read, last) })
	})
}

// thread opens every part of a question with its key.
func (s *Service) thread(ctx context.Context, db *gorm.DB, q Question, key vault.RecordKey) (QuestionThread, error) {
	t := QuestionThread{QuestionLine: QuestionLine{Question: q}}
	rows, err := gorm.G[QuestionPart](db).Where("question_id = ?", q.ID).Order("no").Find(ctx)
	if err != nil {
		return t, store.Translate(err)
	}
	keys := map[store.ID]vault.RecordKey{}
	for _, row := range rows {
		keys[row.SealedID] = key
	}
	words, err := member.OpenUnder(ctx, db, keys)
	if err != nil {
		return t, err
	}
	for _, row := range rows {
		text, ok := words[row.SealedID]
		if !ok {
			continue
		}
		var p part
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			return t, fault.Wrap(err, "read a question")
		}
		if row.No == 1 {
			t.Title = p.Title
		}
		t.Parts = append(t.Parts, QuestionPartView{No: row.No, Day: row.Day, HTML: markup.Post(p.Body), Handle: p.Handle, Badge: p.Badge})
	}
	return t, nil
}

// AskedFilter narrows the queue of questions.
type AskedFilter struct {
	Lang     string // "" for all
	Answered bool   // those that wait for nobody, in place of those that wait
}

// mostAsked is how many questions one page of the queue shows.
const mostAsked = 100

// Asked lists the questions for a peer who holds the key: what is urgent first, then what
// waits longest. Older says that there are questions which her key does not open.
func (s *Service) Asked(ctx context.Context, who member.Actor, f AskedFilter) (lines []QuestionLine, older bool, err error) {
	if !who.Has(member.RolePeer) || who.Role == nil {
		return nil, false, notFound()
	}
	q := gorm.G[Question](s.store.DB).Where("state = ?", Open)
	order := "urgent DESC, day, id"
	if f.Answered {
		q, order = gorm.G[Question](s.store.DB).Where("state <> ?", Open), "day DESC, id"
	}
	if f.Lang != "" {
		q = q.Where("lang = ?", f.Lang)
	}
	questions, err := q.Order(order).Limit(mostAsked).Find(ctx)
	if err != nil || len(questions) == 0 {
		return nil, false, store.Translate(err)
	}
	firsts, err := firstParts(ctx, s.store.DB, questions)
	if err != nil {
		return nil, false, err
	}
	ids := make([]store.ID, 0, len(firsts))
	for _, id := range firsts {
		ids = append(ids, id)
	}
	keys, err := member.KeysForCircle(ctx, s.store.DB, who, member.CircleDuty, ids)
	if err != nil {
		return nil, false, err
	}
	lines, err = s.titled(ctx, questions, firsts, keys)
	return lines, len(lines) < len(questions), err
}

// AskedOne reads a question for a peer who holds the key, and writes into the audit log
// that it was read. Without the key it does not exist for her.
func (s *Service) AskedOne(ctx context.Context, who member.Actor, id store.ID) (thread QuestionThread, err error) {
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		q, key, sealed, err := s.forPeer(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if thread, err = s.thread(ctx, tx, q, key); err != nil {
			return err
		}
		matter := `{"sealed":"` + sealed.String() + `","by":"` + who.Role.ID.String() + `"}`
		return fault.Wrap(audit.Note(ctx, tx, store.Minute(s.store.Time()), "read sealed", matter), "audit a read")
	})
	if err != nil {
		return thread, err
	}
	return s.veilThread(ctx, who, thread)
}

// forPeer loads a question with its key out of the wrap for the circle.
func (s *Service) forPeer(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Question, vault.RecordKey, store.ID, error) {
	var key vault.RecordKey
	if !who.Has(member.RolePeer) || who.Role == nil {
		return Question{}, key, store.ID{}, notFound()
	}
	q, err := oneQuestion(ctx, db, id)
	if err != nil {
		return q, key, store.ID{}, err
	}
	firsts, err := firstParts(ctx, db, []Question{q})
	if err != nil {
		return q, key, store.ID{}, err
	}
	sealed := firsts[id]
	keys, err := member.KeysForCircle(ctx, db, who, member.CircleDuty, []store.ID{sealed})
	if err != nil {
		return q, key, sealed, err
	}
	key, ok := keys[sealed]
	if !ok {
		return q, key, sealed, notFound()
	}
	return q, key, sealed, nil
}

// Answer adds a peer's words to a question. She answers openly, with handle and badge;
// she claims nothing, so two may answer.
func (s *Service) Answer(ctx context.Context, who member.Actor, id store.ID, d Draft) error {
	d = Draft{Body: d.Body, Nonce: d.Nonce}.trimmed()
	if !who.SignedIn() {
		return fault.New(fault.SignIn, "error.signin")
	}
	if err := d.check(false); err != nil {
		return err
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		q, key, _, err := s.forPeer(ctx, tx, who, id)
		if err != nil {
			return err
		}
		var receipt QuestionReceipt
		if done, err := s.alreadyAsked(ctx, tx, d.Nonce, &receipt); err != nil || done {
			return err
		}
		_, err = s.addPart(ctx, tx, adding{
			question: q, key: key, part: part{Body: d.Body, Handle: who.Role.Handle, Badge: string(member.RolePeer)}, nonce: d.Nonce, state: Answered,
		})
		return err
	})
	if store.IsDuplicate(err) {
		return nil
	}
	return err
}
