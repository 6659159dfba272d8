package seed

import (
	"context"
	"maps"
	"slices"

	"portico/app/member"
	"portico/app/store"
	"portico/app/survey"
)

// surveyData is a survey in several languages. Counts are how many people give each answer;
// ended and closed count days back, 0 for not yet.
type surveyData struct {
	By, Kind, Audience, Lang string

	DaysAgo           int `toml:"days_ago"`
	Ended, Closed     int
	Title, Intro, Did map[string]string
	Questions         []questionAsked `toml:"question"`

	id store.ID
}

type questionAsked struct {
	Type    string
	Counts  []int
	Words   map[string]string
	Answers map[string][]string
}

// planSurveys plans what is asked, answered, counted and done.
func (l *loader) planSurveys() ([]event, error) {
	var events []event
	for _, d := range l.world.Surveys {
		step := func(days int, what string, do func(context.Context, member.Actor) error) {
			events = append(events, event{l.ago(days), func(ctx context.Context) error {
				by, err := l.colleague(d.By)
				if err == nil {
					err = do(ctx, by)
				}
				return about(err, "%s %s", what, d.Title["en"])
			}})
		}
		step(d.DaysAgo, "ask", func(ctx context.Context, by member.Actor) error { return l.askAll(ctx, by, d) })
		if d.Ended > 0 {
			step(d.Ended+1, "answer", func(ctx context.Context, _ member.Actor) error { return l.answerAll(ctx, d) })
			step(d.Ended, "end", func(ctx context.Context, by member.Actor) error { return l.surveys.Stop(ctx, by, d.id) })
		}
		if d.Closed > 0 {
			step(d.Closed, "close", func(ctx context.Context, by member.Actor) error {
				for _, lang := range slices.Sorted(maps.Keys(d.Did)) {
					if err := l.surveys.Close(ctx, by, d.id, lang, d.Did[lang]); err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
	return events, nil
}

// form is a survey in one language.
func (d *surveyData) form(lang string) survey.Form {
	f := survey.Form{Kind: d.Kind, Audience: d.Audience, Lang: lang, Title: d.Title[lang], Intro: d.Intro[lang]}
	for _, q := range d.Questions {
		f.Types, f.Questions = append(f.Types, q.Type), append(f.Questions, survey.Asked{Words: q.Words[lang], Answers: q.Answers[lang]})
	}
	return f
}

// askAll writes a survey in all its languages and opens it for thirty days.
func (l *loader) askAll(ctx context.Context, by member.Actor, d *surveyData) (err error) {
	f := d.form(d.Lang)
	f.Nonce, f.ClosesDay = store.NewID().String(), l.store.DayAfter(30)
	if d.id, err = l.surveys.Write(ctx, by, f); err != nil {
		return err
	}
	for _, lang := range slices.Sorted(maps.Keys(d.Title)) {
		if lang == d.Lang {
			continue
		}
		if err := l.surveys.Translate(ctx, by, d.id, d.form(lang)); err != nil {
			return err
		}
	}
	return l.surveys.Begin(ctx, by, d.id)
}

// answerAll gives the answers, each from somebody without a key.
func (l *loader) answerAll(ctx context.Context, d *surveyData) error {
	people := 0
	for _, q := range d.Questions {
		sum := 0
		for _, n := range q.Counts {
			sum += n
		}
		if q.Type == survey.One {
			people = max(people, sum)
		}
	}
	for n := range people {
		r := survey.Reply{Nonce: store.NewID().String(), Lang: d.Lang}
		for _, q := range d.Questions {
			r.Given = append(r.Given, survey.Given{Choices: q.chosenBy(n)})
		}
		if _, err := l.surveys.Reply(ctx, member.Actor{}, d.id, r); err != nil {
			return err
		}
	}
	return nil
}

// chosenBy is what the nth person answers, so that the counts come out.
func (q questionAsked) chosenBy(n int) (choices []int) {
	before := 0
	for k, count := range q.Counts {
		if q.Type == survey.Many && n < count || q.Type == survey.One && n >= before && n < before+count {
			choices = append(choices, k+1)
		}
		before += count
	}
	return choices
}
