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
	ID        string       `toml:"id"`
	Kind      string       `toml:"kind"`
	Ask       string       `toml:"ask"`
	Otherwise string       `toml:"otherwise"`
	Answer    []answerFile `toml:"answer"`
}

type answerFile struct {
	ID       string   `toml:"id"`
	Text     string   `toml:"text"`
	Pair     string   `toml:"pair"`
	Accept   []string `toml:"accept"`
	Right    bool     `toml:"right"`
	Feedback string   `toml:"feedback"`
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
		question := Question{ID: q.ID, Kind: q.Kind, Ask: q.Ask, Otherwise: q.Otherwise}
		if !slugShape.MatchString(q.ID) || slices.ContainsFunc(questions, func(o Question) bool { return o.ID == q.ID }) {
			r.say(file, line, "question %q needs an id of its own", q.ID)
		}
		if !slices.Contains(questionKinds, q.Kind) {
			r.say(file, line, "kind of %s is %q: say %s", q.ID, q.Kind, strings.Join(questionKinds, ", "))
		}
		if q.Ask == "" || len(q.Answer) < 2 && q.Kind != Short {
			r.say(file, line, "question %s needs ask and at least two answers", q.ID)
		}
		if (q.Otherwise != "") != (q.Kind == Short) {
			r.say(file, line, "question %s: otherwise is said to typed words, and only to these", q.ID)
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
	r.fitting(file, line, q)
	return answers
}

// fitting checks what makes an answer right, which each kind of question says in its own way.
func (r *moduleReader) fitting(file string, line int, q questionFile) {
	var right, placed int
	var pairs []string
	for _, a := range q.Answer {
		if a.Right {
			right++
		}
		if (a.Pair != "") != (q.Kind == Match) || slices.Contains(pairs, a.Pair) {
			r.say(file, line, "answer %s of %s: each answer to match has a pair of its own, and no other kind has one", a.ID, q.ID)
		}
		if q.Kind == Match {
			pairs = append(pairs, a.Pair)
		}
		if (len(a.Accept) > 0) != (q.Kind == Short) || slices.ContainsFunc(a.Accept, func(word string) bool { return plainWord(word) == "" }) {
			r.say(file, line, "answer %s of %s: accept lists the spellings of a typed answer, and no other kind has them", a.ID, q.ID)
		}
		placed++
	}
	if q.Kind == Order || q.Kind == Match {
		if right > 0 || placed < 3 {
			r.say(file, line, "question %s needs three answers or more, and none marked as right: their order or their pairs say it", q.ID)
		}
	} else if right == 0 || q.Kind == Single && right != 1 {
		r.say(file, line, "question %s has %d right answers", q.ID, right)
	}
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
		r.compareScenario(lang, t.Scenario, english.Scenario)
		r.comparePractice(lang, t.Practice, english.Practice)
	}
}

func (r *moduleReader) compareQuiz(lang string, got, want []Question) {
	file := r.quizName(lang)
	lines := r.questionLines(file)
	for i, q := range want {
		switch {
		case i >= len(got):
			r.say(file, 1, "question %s is missing, English has it", q.ID)
		case got[i].ID != q.ID || got[i].Kind != q.Kind:
			r.say(file, at(lines, i), "question %d is %q, in English it is %q of the same kind", i+1, got[i].ID, q.ID)
		case !slices.Equal(answerIDs(got[i]), answerIDs(q)):
			r.say(file, at(lines, i), "answers of %s are %v, in English %v", q.ID, answerIDs(got[i]), answerIDs(q))
		case !slices.Equal(rightIDs(got[i]), rightIDs(q)):
			r.say(file, at(lines, i), "right answers of %s are %v, in English %v", q.ID, rightIDs(got[i]), rightIDs(q))
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

func rightIDs(q Question) (ids []string) {
	for _, a := range q.Answers {
		if a.Right {
			ids = append(ids, a.ID)
		}
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
