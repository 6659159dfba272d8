package content

import (
	"slices"
	"strings"
)

// quizFile is quiz.<language>.toml.
type quizFile struct {
	Question []questionFile `toml:"question"`
}

type questionFile struct {
	ID     string       `toml:"id"`
	Kind   string       `toml:"kind"` // "single" or "several"
	Ask    string       `toml:"ask"`
	Answer []answerFile `toml:"answer"`
}

type answerFile struct {
	ID       string `toml:"id"`
	Text     string `toml:"text"`
	Right    bool   `toml:"right"`
	Feedback string `toml:"feedback"`
}

func (r *moduleReader) quizName(lang string) string { return r.folder + "/quiz." + lang + ".toml" }

// quiz reads and checks the quiz of one language.
func (r *moduleReader) quiz(lang string) []Question {
	file := r.quizName(lang)
	var raw quizFile
	text, ok := r.decode(file, &raw)
	if !ok {
		return nil
	}
	lines := headerLines(text, "[[question]]")
	if len(raw.Question) == 0 {
		r.say(file, 1, "the quiz has no question")
	}
	var questions []Question
	for i, q := range raw.Question {
		line := at(lines, i)
		question := Question{ID: q.ID, Several: q.Kind == "several", Ask: q.Ask}
		if !slugShape.MatchString(q.ID) || slices.ContainsFunc(questions, func(o Question) bool { return o.ID == q.ID }) {
			r.say(file, line, "question %q needs an id of its own", q.ID)
		}
		if q.Kind != "single" && q.Kind != "several" {
			r.say(file, line, "kind of %s is %q: say single or several", q.ID, q.Kind)
		}
		if q.Ask == "" || len(q.Answer) < 2 {
			r.say(file, line, "question %s needs ask and at least two answers", q.ID)
		}
		question.Answers = r.answers(file, line, q)
		questions = append(questions, question)
	}
	return questions
}

func (r *moduleReader) answers(file string, line int, q questionFile) []Answer {
	var answers []Answer
	for _, a := range q.Answer {
		if !answerShape.MatchString(a.ID) || slices.ContainsFunc(answers, func(o Answer) bool { return o.ID == a.ID }) {
			r.say(file, line, "answer %q of %s needs an id of its own", a.ID, q.ID)
		}
		if a.Text == "" || a.Feedback == "" {
			r.say(file, line, "answer %s of %s needs text and feedback", a.ID, q.ID)
		}
		answers = append(answers, Answer(a))
	}
	right := len(Question{Answers: answers}.Right())
	if right == 0 || q.Kind == "single" && right != 1 {
		r.say(file, line, "question %s has %d right answers", q.ID, right)
	}
	return answers
}

// compare holds every language to English: an answer that is right in one language and
// wrong in another would be unjust, and progress kept in one must open in the other.
func (r *moduleReader) compare(m Module, langs []string) {
	english, ok := m.Texts[fallback]
	if !ok {
		return
	}
	for _, lang := range langs {
		t, ok := m.Texts[lang]
		if !ok || lang == fallback {
			continue
		}
		if len(t.Objectives) != len(english.Objectives) {
			r.say(r.folder+"/module.toml", 1, "%d objectives in %s, %d in English", len(t.Objectives), lang, len(english.Objectives))
		}
		r.compareQuiz(lang, t.Questions, english.Questions)
	}
}

func (r *moduleReader) compareQuiz(lang string, got, want []Question) {
	file := r.quizName(lang)
	lines := r.questionLines(file)
	for i, q := range want {
		switch {
		case i >= len(got):
			r.say(file, 1, "question %s is missing, English has it", q.ID)
		case got[i].ID != q.ID || got[i].Several != q.Several:
			r.say(file, at(lines, i), "question %d is %q, in English it is %q of the same kind", i+1, got[i].ID, q.ID)
		case !slices.Equal(answerIDs(got[i]), answerIDs(q)):
			r.say(file, at(lines, i), "answers of %s are %v, in English %v", q.ID, answerIDs(got[i]), answerIDs(q))
		case !slices.Equal(got[i].Right(), q.Right()):
			r.say(file, at(lines, i), "right answers of %s are %v, in English %v", q.ID, got[i].Right(), q.Right())
		}
	}
	if len(got) > len(want) {
		r.say(file, at(lines, len(want)), "%d questions, English has %d", len(got), len(want))
	}
}

func (r *moduleReader) questionLines(file string) []int {
	raw, ok := r.plain(file)
	if !ok {
		return nil
	}
	return headerLines(raw, "[[question]]")
}

func answerIDs(q Question) []string {
	ids := make([]string, len(q.Answers))
	for i, a := range q.Answers {
		ids[i] = a.ID
	}
	return ids
}

// headerLines lists the lines of a repeated table.
func headerLines(text, header string) []int {
	var lines []int
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == header {
			lines = append(lines, i+1)
		}
	}
	return lines
}

func at(lines []int, i int) int {
	if i < len(lines) {
		return lines[i]
	}
	return 1
}
