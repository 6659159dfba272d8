package peerwork

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Tick is the row of a part that was explained to her. Only she makes it.
type Tick struct {
	TextID  store.ID `gorm:"primaryKey"`
	Part    int      `gorm:"primaryKey"` // from 1
	Day     string
	WordsID store.ID
}

// TableName names the table.
func (Tick) TableName() string { return "contract_ticks" }

// Question is something she asks about a part, and what a coordinator answers.
type Question struct {
	ID          store.ID `gorm:"primaryKey"`
	TextID      store.ID
	Part        int
	Day         string
	WordsID     store.ID
	AnswerID    store.ID
	AnsweredBy  store.ID
	AnsweredDay *string
}

// TableName names the table.
func (Question) TableName() string { return "contract_questions" }

// Explained is what is sealed of a tick.
type Explained struct {
	Lang string `json:"lang"`
	By   string `json:"by"`
}

// longestBy is the limit of "by whom", in characters.
const longestBy = 200

// ExplainForm is what she ticks: on which day, in which language and by whom a part was
// explained to her.
type ExplainForm struct{ Day, Lang, By string }

func (f ExplainForm) check(from, today string) error {
	var mend []fault.Field
	if !store.DayIn(f.Day, from, today) {
		mend = append(mend, fault.Field{Name: "day", Key: "peerwork.explained.day", Args: []any{"Day", from}})
	}
	if !tagPattern.MatchString(f.Lang) {
		mend = append(mend, fault.Field{Name: "lang", Key: "peerwork.text.lang.missing"})
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(f.By)); n == 0 || n > longestBy {
		mend = append(mend, fault.Field{Name: "by", Key: "peerwork.explained.by.missing", Args: []any{"Most", longestBy}})
	}
	return fault.Mended(mend)
}

// OpenPart is a part as somebody reads it.
type OpenPart struct {
	Part
	Number    int
	Tick      *Tick
	Explained Explained
	Questions []OpenQuestion
}

// OpenQuestion is a question with its answer.
type OpenQuestion struct {
	Question
	Words, Answer string
}

// OpenText is the text of a contract as somebody reads it.
type OpenText struct {
	ContractText
	List   []OpenPart
	Done   int // parts that were explained
	Newest bool
	Locked bool
	Mine   bool // it is the contract of whoever reads
}

// textFor admits the peer and the coordinators to a text.
func (s *Service) textFor(ctx context.Context, who member.Actor, id store.ID) (ContractText, bool, error) {
	if who.Role == nil {
		return ContractText{}, false, fault.Missing()
	}
	text, err := gorm.G[ContractText](s.store.DB).Where("id = ?", id).First(ctx)
	if err != nil {
		return text, false, store.Translate(err)
	}
	if err := s.mayWork(ctx, who, text.AccountID); err != nil {
		return text, false, err
	}
	n, err := gorm.G[ContractText](s.store.DB).Where("contract_id = ? AND lang = ? AND version > ?", text.ContractID, text.Lang, text.Version).Count(ctx, "id")
	return text, n == 0, store.Translate(err)
}

// Text reads a text with what was ticked, asked and answered. A coordinator's reading is
// logged.
func (s *Service) Text(ctx context.Context, who member.Actor, id store.ID) (OpenText, error) {
	text, newest, err := s.textFor(ctx, who, id)
	if err != nil {
		return OpenText{}, err
	}
	o := OpenText{ContractText: text, Newest: newest, Mine: isPeer(who) && who.Role.ID == text.AccountID}
	var parts []Part
	found, err := s.open(ctx, s.store.DB, who, text.WordsID, &parts)
	if err != nil {
		return o, err
	}
	if o.Locked = !found; o.Locked {
		return o, nil
	}
	for i, p := range parts {
		o.List = append(o.List, OpenPart{Part: p, Number: i + 1})
	}
	if err := s.readTicks(ctx, who, &o); err != nil {
		return o, err
	}
	if err := s.readQuestions(ctx, who, &o); err != nil {
		return o, err
	}
	if o.Mine {
		return o, nil
	}
	if err := s.noteRead(ctx, who, text.WordsID); err != nil {
		return o, err
	}
	return o, s.noteView(ctx, who, ViewContract, text.AccountID)
}

func (s *Service) readTicks(ctx context.Context, who member.Actor, o *OpenText) error {
	rows, err := gorm.G[Tick](s.store.DB).Where("text_id = ?", o.ID).Order("part").Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, row := range rows {
		if row.Part < 1 || row.Part > len(o.List) {
			continue
		}
		part := &o.List[row.Part-1]
		part.Tick = &row
		o.Done++
		if _, err := s.open(ctx, s.store.DB, who, row.WordsID, &part.Explained); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) readQuestions(ctx context.Context, who member.Actor, o *OpenText) error {
	rows, err := gorm.G[Question](s.store.DB).Where("text_id = ?", o.ID).Order("part, day, id").Limit(200).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, row := range rows {
		if row.Part < 1 || row.Part > len(o.List) {
			continue
		}
		q := OpenQuestion{Question: row}
		if _, err := s.open(ctx, s.store.DB, who, row.WordsID, &q.Words); err != nil {
			return err
		}
		if _, err := s.open(ctx, s.store.DB, who, row.AnswerID, &q.Answer); err != nil {
			return err
		}
		part := &o.List[row.Part-1]
		part.Questions = append(part.Questions, q)
	}
	return nil
}

// hers admits the peer alone to the newest version of her text, and to a part that it has.
func (s *Service) hers(ctx context.Context, who member.Actor, id store.ID, part int) (ContractText, error) {
	text, newest, err := s.textFor(ctx, who, id)
	if err != nil {
		return text, err
	}
	if !isPeer(who) || text.AccountID != who.Role.ID || part < 1 || part > text.Parts {
		return text, fault.Missing()
	}
	if !newest {
		return text, fault.New(fault.Conflict, "peerwork.text.changed")
	}
	return text, nil
}

// Explain is her tick under one part: this was explained to me. Nobody can make it for her.
func (s *Service) Explain(ctx context.Context, who member.Actor, id store.ID, part int, f ExplainForm) error {
	text, err := s.hers(ctx, who, id, part)
	if err != nil {
		return err
	}
	if err := f.check(text.SavedDay, s.store.Today()); err != nil {
		return err
	}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		words, err := s.sealText(ctx, tx, text, Explained{f.Lang, strings.TrimSpace(f.By)})
		if err != nil {
			return err
		}
		return gorm.G[Tick](tx).Create(ctx, &Tick{id, part, f.Day, words})
	})
	if store.IsDuplicate(err) {
		return nil // it is ticked already
	}
	return err
}

func (s *Service) sealText(ctx context.Context, tx *gorm.DB, text ContractText, value any) (store.ID, error) {
	readers, err := coordinators(ctx, tx)
	if err != nil {
		return store.ID{}, err
	}
	return s.sealKept(ctx, tx, "contract text", value, append(readers, text.AccountID)...)
}

// AskForm is a question about a part.
type AskForm struct {
	Part         int
	Words, Nonce string
}

// AskAbout keeps a question of hers about a part of her contract.
func (s *Service) AskAbout(ctx context.Context, who member.Actor, id store.ID, f AskForm) error {
	text, err := s.hers(ctx, who, id, f.Part)
	if err != nil {
		return err
	}
	if err := someWords("question", "peerwork.question.empty", f.Words); err != nil {
		return err
	}
	q := Question{ID: store.FormID("peerwork", f.Nonce), TextID: id, Part: f.Part, Day: s.store.Today()}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if q.WordsID, err = s.sealText(ctx, tx, text, strings.TrimSpace(f.Words)); err != nil {
			return err
		}
		return gorm.G[Question](tx).Create(ctx, &q)
	})
	if store.IsDuplicate(err) {
		return nil // the same form again
	}
	return err
}

// AnswerAbout answers a question about a contract, once.
func (s *Service) AnswerAbout(ctx context.Context, who member.Actor, question store.ID, words string) (text store.ID, err error) {
	if !coordinates(who) {
		return text, fault.Missing()
	}
	q, err := gorm.G[Question](s.store.DB).Where("id = ?", question).First(ctx)
	if err != nil {
		return text, store.Translate(err)
	}
	t, _, err := s.textFor(ctx, who, q.TextID)
	if err != nil {
		return text, err
	}
	if t.AccountID == who.Role.ID {
		return t.ID, fault.New(fault.Refused, "peerwork.two-people")
	}
	if err := someWords("answer", "peerwork.answer.empty", words); err != nil {
		return t.ID, err
	}
	return t.ID, s.store.Tx(ctx, func(tx *gorm.DB) error {
		next := Question{AnsweredBy: who.Role.ID, AnsweredDay: new(s.store.Today())}
		if next.AnswerID, err = s.sealText(ctx, tx, t, strings.TrimSpace(words)); err != nil {
			return err
		}
		n, err := gorm.G[Question](tx).Where("id = ? AND answer_id IS NULL", question).Select("AnswerID", "AnsweredBy", "AnsweredDay").Updates(ctx, next)
		if err == nil && n == 0 {
			return fault.New(fault.Conflict, "peerwork.answered.already")
		}
		return err
	})
}

func someWords(field, empty, words string) error {
	if strings.TrimSpace(words) == "" {
		return fault.Mend(fault.Field{Name: field, Key: empty})
	}
	return fault.Mended(tooLong(field, words))
}
