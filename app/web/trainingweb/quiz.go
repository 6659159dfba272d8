package trainingweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

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
	return a.kit.Send(c, fiber.StatusOK, quizView(quizPage{lesson: l, Chosen: l.Answers, Told: true}))
}

// AnswerQuiz keeps what she chose and says something to each answer. Nobody counts tries.
func (a *Area) AnswerQuiz(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	view := quizPage{lesson: l, Chosen: chosen(c, l.Text.Questions)}
	status := 0
	if status, view.Again = request.Stopped(c, view.Page); status != 0 {
		return a.kit.Send(c, status, quizView(view))
	}
	if err := a.training.Answer(c.UserContext(), request.Actor(c), l.Slug, view.Chosen); err != nil {
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
	if fit, all := after.Fitting(); fit == all {
		return a.kit.Go(c, l.path("/quiz"), ui.Done, "learn.quiz.all")
	}
	return a.kit.Go(c, l.path("/quiz"), ui.Info, "learn.quiz.kept")
}

// chosen reads the answers of a form. A question without a tick is a question without an
// answer, also when it had one before.
func chosen(c *fiber.Ctx, questions []content.Question) map[string][]string {
	all := map[string][]string{}
	for _, q := range questions {
		all[q.ID] = nil
		for _, value := range c.Request().PostArgs().PeekMulti(fieldOf(q)) {
			all[q.ID] = append(all[q.ID], string(value))
		}
	}
	return all
}

// fieldOf is the name of a question's field. It is apart from the form's own fields.
func fieldOf(q content.Question) string { return "q-" + q.ID }

func (v quizPage) picked(q content.Question, answer string) bool {
	return slices.Contains(v.Chosen[q.ID], answer)
}

// fits reports whether a question is answered as it fits.
func (v quizPage) fits(q content.Question) bool { return q.Fits(v.Chosen[q.ID]) }

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
