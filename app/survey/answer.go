package survey

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Voice says that a member has answered: a tag that only her live session computes.
type Voice struct {
	SurveyID store.ID `gorm:"primaryKey"`
	Tag      []byte   `gorm:"primaryKey"`
}

// TableName names the table.
func (Voice) TableName() string { return "survey_voices" }

// Answer is one answer to one question. Answers of one person are not joined.
type Answer struct {
	ID       store.ID `gorm:"primaryKey"`
	SurveyID store.ID
	No       int
	Choice   int // 1 for the first answer, or the point of a scale
}

// TableName names the table.
func (Answer) TableName() string { return "survey_answers" }

// Said is that somebody wrote free words to a question; the words are sealed.
type Said struct {
	ID        store.ID `gorm:"primaryKey"`
	SurveyID  store.ID
	No        int
	SealedID  store.ID
	KeepUntil string // month
}

// TableName names the table.
func (Said) TableName() string { return "survey_words" }

const (
	purposeVoice = "survey voice"
	sealedKind   = "survey words"
)

// Given is what somebody answers to one question: choices by their number, or words.
type Given struct {
	Choices []int
	Words   string
}

// Reply is one person's answers, in the order of the questions.
type Reply struct {
	Nonce, Lang string
	Given       []Given
	Insist      bool // she saw what screening says of her words and keeps them
}

// Reply takes answers. What screening finds in free words, such as a name or a number, comes
// back first. The same form sent twice counts once; a member counts once in any case.
func (s *Service) Reply(ctx context.Context, who member.Actor, id store.ID, r Reply) (moderation.Verdict, error) {
	v, texts, err := s.open(ctx, who, id)
	if err != nil {
		return moderation.Verdict{}, err
	}
	if err := r.check(v, texts); err != nil {
		return moderation.Verdict{}, err
	}
	var words []string
	for _, g := range r.Given {
		words = append(words, g.Words)
	}
	verdict := moderation.Screen(strings.Join(words, "\n"), []string{r.Lang}, nil)
	if verdict.Outcome == moderation.Refuse || len(verdict.Findings) > 0 && !r.Insist {
		return verdict, nil
	}
	return moderation.Verdict{}, s.store.Tx(ctx, func(tx *gorm.DB) error { return s.take(ctx, tx, who, v, r) })
}

// open finds a survey that can be answered now by somebody.
func (s *Service) open(ctx context.Context, who member.Actor, id store.ID) (Survey, []Asked, error) {
	v, err := find(ctx, s.store.DB, id)
	if err != nil {
		return v, nil, err
	}
	switch {
	case v.State == Draft:
		return v, nil, fault.Missing()
	case v.Audience == Members && !who.SignedIn():
		return v, nil, fault.New(fault.SignIn, "error.signin")
	case v.State != Open || v.ClosesDay < s.store.Today():
		return v, nil, fault.New(fault.Refused, "survey.over")
	}
	texts, err := gorm.G[Text](s.store.DB).Where("survey_id = ? AND lang = ?", id, v.Lang).Find(ctx)
	if err != nil || len(texts) == 0 {
		return v, nil, store.Translate(err)
	}
	return v, texts[0].List(), nil
}

func (r *Reply) check(v Survey, questions []Asked) error {
	var wrong []fault.Field
	said := false
	types := strings.Fields(v.Shape)
	for i := range r.Given {
		name := "a" + strconv.Itoa(i+1)
		if i >= len(questions) {
			return fault.Mend(fault.Field{Name: name, Key: "survey.choice.unknown"})
		}
		g := &r.Given[i]
		g.Words = strings.TrimSpace(g.Words)
		rows := v.rows(i, questions[i])
		slices.Sort(g.Choices)
		g.Choices = slices.Compact(g.Choices)
		switch {
		case types[i] == Words && utf8.RuneCountInString(g.Words) > LongestWords:
			wrong = append(wrong, fault.Field{Name: name, Key: "survey.words.long", Args: []any{"Most", LongestWords}})
		case slices.ContainsFunc(g.Choices, func(c int) bool { return c < 1 || c > len(rows) }), types[i] != Many && len(g.Choices) > 1:
			wrong = append(wrong, fault.Field{Name: name, Key: "survey.choice.unknown"})
		}
		if types[i] != Words {
			g.Words = ""
		}
		said = said || len(g.Choices) > 0 || g.Words != ""
	}
	if len(wrong) == 0 && !said {
		wrong = append(wrong, fault.Field{Name: "a1", Key: "survey.nothing"})
	}
	return fault.Mended(wrong)
}

// take writes the answers, each a row of its own.
func (s *Service) take(ctx context.Context, tx *gorm.DB, who member.Actor, v Survey, r Reply) error {
	if v.Audience == Members {
		voiced, err := gorm.G[Voice](tx).Where("survey_id = ? AND tag IN ?", v.ID, who.Tags(purposeVoice, v.ID)).Count(ctx, "tag")
		if err != nil || voiced > 0 {
			return err // she has answered: the first answers count
		}
		if err := gorm.G[Voice](tx).Create(ctx, &Voice{v.ID, who.Tags(purposeVoice, v.ID)[0]}); err != nil {
			return err
		}
	}
	given, err := gorm.G[Answer](tx).Where("survey_id = ?", v.ID).Count(ctx, "id")
	if err == nil && given > mostGiven {
		err = fault.New(fault.Refused, "survey.full")
	}
	if err != nil {
		return err
	}
	var rows []Answer
	for i, g := range r.Given {
		no := strconv.Itoa(i + 1)
		for _, c := range g.Choices {
			rows = append(rows, Answer{ID: formRow(r.Nonce, no, strconv.Itoa(c)), SurveyID: v.ID, No: i + 1, Choice: c})
		}
		if g.Words != "" {
			if err := s.seal(ctx, tx, v, i+1, formRow(r.Nonce, no, "words"), g.Words); err != nil {
				return err
			}
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error
}

// formRow makes the number of a row of a form; without a nonce it is a new one.
func formRow(nonce, no, what string) store.ID {
	if nonce == "" {
		return store.NewID()
	}
	return store.FormID("survey answer "+no+" "+what, nonce)
}

// seal keeps free words for the people who ask.
func (s *Service) seal(ctx context.Context, tx *gorm.DB, v Survey, no int, id store.ID, words string) error {
	there, err := gorm.G[Said](tx).Where("id = ?", id).Count(ctx, "id")
	if err != nil || there > 0 {
		return err
	}
	team, err := member.Colleagues(ctx, tx, member.RoleLeader, member.RoleCoordinator)
	if err != nil {
		return err
	}
	readers := []store.ID{v.MadeBy}
	for _, one := range team {
		readers = append(readers, one.ID)
	}
	sealed, err := member.SealForRoles(ctx, tx, s.store.Clock, member.RoleRecord{Kind: sealedKind, Words: words, KeepMonths: keepMonths, Readers: readers})
	if err != nil {
		return err
	}
	until := s.store.Now().In(s.store.Zone).AddDate(0, keepMonths, 0).Format("2006-01")
	return gorm.G[Said](tx).Create(ctx, &Said{ID: id, SurveyID: v.ID, No: no, SealedID: sealed, KeepUntil: until})
}
