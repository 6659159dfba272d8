package survey

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Survey is a survey without its words.
type Survey struct {
	ID        store.ID `gorm:"primaryKey"`
	Kind      string   // one of Kinds
	Audience  string   // one of Audiences
	Lang      string   // in which it was written first
	State     State
	MadeBy    store.ID
	Shape     string // the kind of each question, with spaces between
	OpenedDay string
	ClosesDay string // the last day for answers
	EndedDay  string
	ClosedDay string
	Figures   string // what was counted at the end, as JSON; "" before
}

// TableName names the table.
func (Survey) TableName() string { return "surveys" }

// Text is a survey in one language.
type Text struct {
	SurveyID  store.ID `gorm:"primaryKey"`
	Lang      string   `gorm:"primaryKey"`
	Title     string
	Intro     string
	Questions string // JSON of Asked
	Did       string // what was done with it, once it was closed
}

// TableName names the table.
func (Text) TableName() string { return "survey_texts" }

// Asked is a question in one language, with its answers.
type Asked struct {
	Words   string   `json:"words"`
	Answers []string `json:"answers,omitempty"`
}

// List reads the questions.
func (t Text) List() (list []Asked) {
	_ = json.Unmarshal([]byte(t.Questions), &list) // it was written by Draft
	return list
}

// State is where a survey stands.
type State string

// The states.
const (
	Draft  State = "draft"
	Open   State = "open"
	Ended  State = "ended"
	Closed State = "closed"
)

// The kinds of surveys, of people who answer, and of questions.
const (
	Members   = "members"
	Everybody = "everybody"

	One   = "one"   // one answer of several
	Many  = "many"  // any of several
	Scale = "scale" // from 1 to 5
	Words = "words" // free words
)

// The lists to choose from.
var (
	Kinds     = []string{"needs", "feedback", "plan"}
	Audiences = []string{Members, Everybody}
	Types     = []string{One, Many, Scale, Words}
)

// The limits: short, so that it is answered on a phone.
const (
	MostQuestions = 10
	MostAnswers   = 12
	TopOfScale    = 5
	LongestWords  = 1000 // of free words, and of what was done
	longestLine   = 200
	longestOpen   = 120   // days
	mostGiven     = 50000 // answers in all: anybody may give them, so a flood ends somewhere
	keepMonths    = 6     // of free words, after they were written
	listed        = 100
)

// Form is a survey as somebody writes it.
type Form struct {
	Nonce                 string
	Kind, Audience        string
	Lang                  string
	ClosesDay             string
	Title, Intro          string
	Types                 []string
	Questions             []Asked
	firstDay, lastClosing string
}

// Service holds the verbs. Each exported verb is one transaction.
type Service struct{ store *store.Store }

// New makes the service.
func New(s *store.Store) *Service { return &Service{s} }

// asks reports whether somebody may ask; for everybody else what she would do does not exist.
func asks(who member.Actor) bool {
	return who.Role != nil && who.Has(member.RoleLeader, member.RoleCoordinator)
}

// tidy takes out empty questions and blanks.
func (f *Form) tidy() {
	var types []string
	var questions []Asked
	for i, q := range f.Questions {
		q.Words = strings.TrimSpace(q.Words)
		var answers []string
		for _, a := range q.Answers {
			if a = strings.TrimSpace(a); a != "" && !slices.Contains(answers, a) {
				answers = append(answers, a)
			}
		}
		if q.Answers = answers; q.Words == "" && len(answers) == 0 {
			continue
		}
		if f.Types[i] == Scale || f.Types[i] == Words {
			q.Answers = nil
		}
		types, questions = append(types, f.Types[i]), append(questions, q)
	}
	f.Title, f.Intro, f.Types, f.Questions = strings.TrimSpace(f.Title), strings.TrimSpace(f.Intro), types, questions
}

func (f Form) check() error {
	var wrong []fault.Field
	add := func(bad bool, name, key string, args ...any) {
		if bad {
			wrong = append(wrong, fault.Field{Name: name, Key: key, Args: args})
		}
	}
	add(!slices.Contains(Kinds, f.Kind), "kind", "survey.kind.empty")
	add(!slices.Contains(Audiences, f.Audience), "audience", "survey.audience.empty")
	add(!store.DayIn(f.ClosesDay, f.firstDay, f.lastClosing), "closes", "survey.closes.range", "Most", longestOpen)
	wrong = append(wrong, f.checkWords()...)
	add(len(f.Questions) == 0 || len(f.Questions) > MostQuestions, "q1", "survey.questions.number", "Most", MostQuestions)
	return fault.Mended(wrong)
}

// checkWords looks at what stands in every language.
func (f Form) checkWords() (wrong []fault.Field) {
	if f.Title == "" || utf8.RuneCountInString(f.Title) > longestLine {
		wrong = append(wrong, fault.Field{Name: "title", Key: "survey.title.empty", Args: []any{"Most", longestLine}})
	}
	if utf8.RuneCountInString(f.Intro) > LongestWords {
		wrong = append(wrong, fault.Field{Name: "intro", Key: "survey.words.long", Args: []any{"Most", LongestWords}})
	}
	for i, q := range f.Questions {
		if i == MostQuestions {
			break
		}
		name := "q" + strconv.Itoa(i+1)
		choice := f.Types[i] == One || f.Types[i] == Many
		switch {
		case !slices.Contains(Types, f.Types[i]):
			wrong = append(wrong, fault.Field{Name: name, Key: "survey.type.empty"})
		case q.Words == "" || utf8.RuneCountInString(q.Words) > longestLine:
			wrong = append(wrong, fault.Field{Name: name, Key: "survey.question.empty", Args: []any{"Most", longestLine}})
		case choice && (len(q.Answers) < 2 || len(q.Answers) > MostAnswers):
			wrong = append(wrong, fault.Field{Name: name, Key: "survey.answers.number", Args: []any{"Most", MostAnswers}})
		case slices.ContainsFunc(q.Answers, func(a string) bool { return utf8.RuneCountInString(a) > longestLine }):
			wrong = append(wrong, fault.Field{Name: name, Key: "survey.words.long", Args: []any{"Most", longestLine}})
		}
	}
	return wrong
}

// Write keeps a draft. The same form sent twice is one survey.
func (s *Service) Write(ctx context.Context, who member.Actor, f Form) (store.ID, error) {
	if !asks(who) {
		return store.ID{}, fault.Missing()
	}
	f.tidy()
	f.firstDay, f.lastClosing = s.store.DayAfter(1), s.store.DayAfter(longestOpen)
	if err := f.check(); err != nil {
		return store.ID{}, err
	}
	id := store.FormID("survey", f.Nonce)
	return id, s.store.Tx(ctx, func(tx *gorm.DB) error {
		there, err := gorm.G[Survey](tx).Where("id = ?", id).Count(ctx, "id")
		if err != nil || there > 0 {
			return err
		}
		row := Survey{ID: id, Kind: f.Kind, Audience: f.Audience, Lang: f.Lang, State: Draft, MadeBy: who.Role.ID, Shape: strings.Join(f.Types, " "), ClosesDay: f.ClosesDay}
		if err := gorm.G[Survey](tx).Create(ctx, &row); err != nil {
			return err
		}
		text := f.text(id)
		return gorm.G[Text](tx).Create(ctx, &text)
	})
}

func (f Form) text(id store.ID) Text {
	raw, err := json.Marshal(f.Questions)
	if err != nil {
		panic("survey: strings always marshal: " + err.Error())
	}
	return Text{SurveyID: id, Lang: f.Lang, Title: f.Title, Intro: f.Intro, Questions: string(raw)}
}

// Translate keeps the words of a survey in one more language, or anew in one that it has. It
// must have the same questions with as many answers; words of an open survey can be added and
// not changed, because people have answered to those.
func (s *Service) Translate(ctx context.Context, who member.Actor, id store.ID, f Form) error {
	if !asks(who) && (who.Role == nil || !who.Has(member.RoleMediator)) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		v, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		texts, err := gorm.G[Text](tx).Where("survey_id = ?", id).Find(ctx)
		if err != nil {
			return err
		}
		f.Types = strings.Fields(v.Shape)
		f.tidy()
		has := slices.ContainsFunc(texts, func(t Text) bool { return t.Lang == f.Lang })
		if v.State != Draft && (has || v.State != Open) {
			return fault.New(fault.Refused, "survey.words.stay")
		}
		wrong := f.checkWords()
		if !sameShape(f.Questions, texts[slices.IndexFunc(texts, func(t Text) bool { return t.Lang == v.Lang })].List()) {
			wrong = append(wrong, fault.Field{Name: "q1", Key: "survey.shape"})
		}
		if err := fault.Mended(wrong); err != nil {
			return err
		}
		if _, err := gorm.G[Text](tx).Where("survey_id = ? AND lang = ?", id, f.Lang).Delete(ctx); err != nil {
			return err
		}
		text := f.text(id)
		return gorm.G[Text](tx).Create(ctx, &text)
	})
}

func sameShape(a, b []Asked) bool {
	return slices.EqualFunc(a, b, func(x, y Asked) bool { return len(x.Answers) == len(y.Answers) })
}

func find(ctx context.Context, db *gorm.DB, id store.ID) (Survey, error) {
	rows, err := gorm.G[Survey](db).Where("id = ?", id).Limit(1).Find(ctx)
	if err == nil && len(rows) == 0 {
		return Survey{}, fault.Missing()
	}
	if err != nil {
		return Survey{}, store.Translate(err)
	}
	return rows[0], nil
}
