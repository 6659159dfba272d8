package trainingweb

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// quizPage is a quiz with what she chose.
type quizPage struct {
	lesson
	Chosen map[string][]string
	Told   bool // her answers are kept, so what is said to them is shown
}

// Quiz shows the quiz as she left it.
func (a *Area) Quiz(c *fiber.Ctx) error {
	l, err := a.lesson(c)
	if err != nil {
		return err
	}
	return a.light(c, l.Page, quizView(quizPage{lesson: l, Chosen: l.Answers, Told: true}))
}

// AnswerQuiz keeps what she chose and says something to each answer. Nobody counts tries.
func (a *Area) AnswerQuiz(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	given := filled(c, l.Module.In("en").Questions)
	view := quizPage{lesson: l, Chosen: given.Chosen}
	status := 0
	if status, view.Again = request.Stopped(c, view.Page); status != 0 {
		return a.kit.Send(c, status, quizView(view))
	}
	if err := a.training.Answer(c.UserContext(), request.Actor(c), l.Slug, given); err != nil {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, quizView(view))
	}
	after, err := a.training.Progress(c.UserContext(), request.Actor(c), l.Slug)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(after.Module.In("en").Questions, after.Stale) {
		return a.kit.Go(c, l.path("/quiz"), ui.Due, "learn.quiz.changed")
	}
	if fit, all := after.Fitting(); fit == all {
		return a.kit.Go(c, l.path("/quiz"), ui.Done, "learn.quiz.all")
	}
	return a.kit.Go(c, l.path("/quiz"), ui.Info, "learn.quiz.kept")
}

// filled reads the answers of a form. A question without a tick is a question without an
// answer, also when it had one before. Marks say to which words she answered.
func filled(c *fiber.Ctx, questions []content.Question) training.Answers {
	form := c.Request().PostArgs()
	all := training.Answers{Chosen: map[string][]string{}, Marks: map[string]string{}}
	for _, q := range questions {
		if mark := string(form.Peek("mark-" + q.ID)); mark != "" {
			all.Marks[q.ID] = mark
		}
		all.Chosen[q.ID] = nil
		switch q.Kind {
		case content.Order, content.Match:
			for _, answer := range q.Answers {
				if to := string(form.Peek(partOf(q, answer))); to != "" {
					all.Chosen[q.ID] = append(all.Chosen[q.ID], answer.ID+":"+to)
				}
			}
		case content.Short:
			if typed := strings.TrimSpace(request.Typed(c, fieldOf(q))); typed != "" {
				all.Chosen[q.ID] = []string{cut(typed)}
			}
		default:
			for _, value := range form.PeekMulti(fieldOf(q)) {
				all.Chosen[q.ID] = append(all.Chosen[q.ID], string(value))
			}
		}
	}
	return all
}

// cut shortens a typed answer to what is kept; the field takes no more.
func cut(typed string) string {
	if runes := []rune(typed); len(runes) > content.LongestShort {
		return string(runes[:content.LongestShort])
	}
	return typed
}

// fieldOf is the name of a question's field. It is apart from the form's own fields.
func fieldOf(q content.Question) string { return "q-" + q.ID }

// partOf is the name of the field of one line of a question.
func partOf(q content.Question, answer content.Answer) string { return fieldOf(q) + "-" + answer.ID }

func (v quizPage) picked(q content.Question, answer string) bool {
	return slices.Contains(v.Chosen[q.ID], answer)
}

// to is what she put beside one line of a question: a place, or the pair of an answer.
func (v quizPage) to(q content.Question, answer content.Answer) string {
	for _, one := range v.Chosen[q.ID] {
		if id, to, _ := strings.Cut(one, ":"); id == answer.ID {
			return to
		}
	}
	return ""
}

// typed is what she typed.
func (v quizPage) typed(q content.Question) string { return strings.Join(v.Chosen[q.ID], " ") }

// saidToTyped is what is said to it.
func (v quizPage) saidToTyped(q content.Question) string {
	if answer, known := q.Known(v.typed(q)); known {
		return answer.Feedback
	}
	return q.Otherwise
}

// placed reports whether one line stands as it fits.
func placed(q content.Question, answer content.Answer, to string) bool {
	return slices.Contains(q.Right(), answer.ID+":"+to)
}

// mark is the mark of a question as it stands now, in the language that all share.
func (v quizPage) mark(q content.Question) string {
	for _, source := range v.Module.In("en").Questions {
		if source.ID == q.ID {
			return source.Mark()
		}
	}
	return ""
}

// fits reports whether a question is answered as it fits.
func (v quizPage) fits(q content.Question) bool { return q.Fits(v.Chosen[q.ID]) && !v.Stale(q) }

// reflectionPage is where she writes for herself.
type reflectionPage struct {
	lesson
	Words string
}

// Reflection shows her own words to her.
func (a *Area) Reflection(c *fiber.Ctx) error {
	l, err := a.lesson(c)
	if err != nil {
		return err
	}
	words, err := a.training.Reflection(c.UserContext(), request.Actor(c), l.Slug)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, reflectionView(reflectionPage{lesson: l, Words: words}))
}

// Reflect keeps her own words.
func (a *Area) Reflect(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	view := reflectionPage{lesson: l, Words: c.FormValue("words")}
	status := 0
	if status, view.Again = request.Stopped(c, view.Page); status != 0 {
		return a.kit.Send(c, status, reflectionView(view))
	}
	if err := a.training.Reflect(c.UserContext(), request.Actor(c), l.Slug, view.Words); err != nil {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, reflectionView(view))
	}
	return a.kit.Go(c, l.path("/reflection"), ui.Done, "learn.reflection.kept")
}
