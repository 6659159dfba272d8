package content

import (
	"fmt"
	"io/fs"
	"slices"
)

// Guide is the interview guide with which an organisation tells about a practice.
type Guide struct {
	Form struct {
		ID     string            `toml:"id"`
		Source string            `toml:"source"`
		Place  string            `toml:"place"`
		Mode   string            `toml:"mode"`
		From   int               `toml:"minutes_from"`
		To     int               `toml:"minutes_to"`
		Title  map[string]string `toml:"title"`
		Intro  map[string]string `toml:"intro"`
	} `toml:"form"`
	Sections []GuideSection `toml:"section"`
}

// GuideSection is one area of the guide.
type GuideSection struct {
	ID        string            `toml:"id"`
	Title     map[string]string `toml:"title"`
	Questions []GuideQuestion   `toml:"question"`
}

// GuideQuestion is one question, in every complete language.
type GuideQuestion struct {
	ID      string   `toml:"id"`
	Kind    string   `toml:"kind"` // "text", or "choice" with Options
	Options []string `toml:"options"`
	Ours    bool     `toml:"ours"` // not of the source
	// Fills are the fields of a sheet that an answer can go to, the nearest first; also "p2p",
	// "status" and "criteria".
	Fills  []string                     `toml:"fills"`
	En     string                       `toml:"en"`
	It     string                       `toml:"it"`
	Fr     string                       `toml:"fr"`
	Ar     string                       `toml:"ar"`
	Labels map[string]map[string]string `toml:"labels"`
}

// In is the question in a language, in English where it is missing.
func (q GuideQuestion) In(lang string) string {
	if words := map[string]string{"it": q.It, "fr": q.Fr, "ar": q.Ar}[lang]; words != "" {
		return words
	}
	return q.En
}

const guideFile = "interview.toml"

// InterviewGuide reads the guide.
func InterviewGuide() (Guide, error) {
	g, faults := readGuide(files)
	if len(faults) > 0 {
		return g, fmt.Errorf("%s", faults[0])
	}
	return g, nil
}

func checkGuide() []string {
	_, faults := readGuide(files)
	return faults
}

func readGuide(from fs.FS) (Guide, []string) {
	var g Guide
	at, faults := readWhole(from, guideFile, &g)
	if len(faults) > 0 {
		return g, faults
	}
	wrong := map[string]string{}
	if g.Form.Title["en"] == "" || g.Form.Intro["en"] == "" || len(g.Sections) == 0 {
		wrong["form"] = "the guide has no title, no introduction or no section"
	}
	seen := map[string]bool{}
	for _, s := range g.Sections {
		if s.ID == "" || s.Title["en"] == "" || len(s.Questions) == 0 {
			wrong["section"] = fmt.Sprintf("section %q has no id, no title or no question", s.ID)
		}
		for _, q := range s.Questions {
			if why := q.wrong(); why != "" || seen[q.ID] {
				wrong["question"] = fmt.Sprintf("question %q: %s", q.ID, why)
			}
			seen[q.ID] = true
		}
	}
	return g, at.told(wrong)
}

func (q GuideQuestion) wrong() string {
	known := append([]string{"p2p", "status", "criteria"}, SheetFields...)
	switch {
	case q.ID == "" || q.En == "" || q.It == "" || q.Fr == "" || q.Ar == "":
		return "it has no id, or is missing in a complete language"
	case q.Kind != "text" && (q.Kind != "choice" || len(q.Options) == 0 || len(q.Labels["en"]) != len(q.Options)):
		return "it is neither a text nor a choice with its options"
	case len(q.Fills) == 0 || slices.ContainsFunc(q.Fills, func(f string) bool { return !slices.Contains(known, f) }):
		return "it fills nothing, or no field of a sheet"
	}
	return ""
}
