package content

import (
	"path"
	"slices"
	"strings"
)

// Scenario is a story in which the learner chooses what she does. The first scene is the
// beginning; a scene without choices is an ending. A module may have none.
type Scenario struct {
	Title  string
	Scenes []Scene
}

// Scene is one moment of a story.
type Scene struct {
	ID      string
	Text    string // Markdown
	Choices []Choice
}

// Choice is one way on.
type Choice struct {
	ID   string
	Text string
	Says string // what follows from it, shown above the next scene
	To   string
}

// Scene finds a scene by its id.
func (s Scenario) Scene(id string) (Scene, bool) {
	i := slices.IndexFunc(s.Scenes, func(one Scene) bool { return one.ID == id })
	if i < 0 {
		return Scene{}, false
	}
	return s.Scenes[i], true
}

// Walk goes along choices, each "scene/choice", as far as the story still has them. It
// answers where she stands then, what was said last, and how many steps were good.
func (s Scenario) Walk(steps []string) (now Scene, said string, good int) {
	if len(s.Scenes) == 0 {
		return Scene{}, "", 0
	}
	now = s.Scenes[0]
	for _, step := range steps {
		scene, choice, _ := strings.Cut(step, "/")
		i := slices.IndexFunc(now.Choices, func(c Choice) bool { return c.ID == choice })
		if scene != now.ID || i < 0 {
			break
		}
		said = now.Choices[i].Says
		now, _ = s.Scene(now.Choices[i].To)
		good++
	}
	return now, said, good
}

// Through is a shortest way to an ending, as steps "scene/choice", nil for a module without
// a story. The demonstration goes along it.
func (s Scenario) Through() []string {
	if len(s.Scenes) == 0 {
		return nil
	}
	type at struct {
		scene string
		steps []string
	}
	seen := map[string]bool{}
	for open := []at{{scene: s.Scenes[0].ID}}; len(open) > 0; open = open[1:] {
		scene, _ := s.Scene(open[0].scene)
		if len(scene.Choices) == 0 {
			return open[0].steps
		}
		for _, c := range scene.Choices {
			if !seen[c.To] {
				seen[c.To] = true
				open = append(open, at{c.To, append(slices.Clone(open[0].steps), scene.ID+"/"+c.ID)})
			}
		}
	}
	return nil
}

// Practice is a task that somebody watches and signs. A module may have none.
type Practice struct {
	Task  string
	Items []PracticeItem
}

// PracticeItem is one thing that can be seen.
type PracticeItem struct {
	ID   string `toml:"id"`
	Text string `toml:"text"`
}

// scenarioFile is scenario.<language>.toml.
type scenarioFile struct {
	Title string      `toml:"title"`
	Scene []sceneFile `toml:"scene"`
}

type sceneFile struct {
	ID     string       `toml:"id"`
	Text   string       `toml:"text"`
	Choice []choiceFile `toml:"choice"`
}

type choiceFile struct {
	ID   string `toml:"id"`
	Text string `toml:"text"`
	Says string `toml:"says"`
	To   string `toml:"to"`
}

// practiceFile is practice.<language>.toml.
type practiceFile struct {
	Task string         `toml:"task"`
	Item []PracticeItem `toml:"item"`
}

// optional reports whether a file that a module may have is there in some language. Then it
// must be there in every one.
func (r *moduleReader) optional(kind string) bool {
	return slices.ContainsFunc(r.files("."), func(file string) bool {
		return strings.HasPrefix(path.Base(file), kind+".")
	})
}

// scenario reads and checks the story of one language.
func (r *moduleReader) scenario(lang string) Scenario {
	if !r.optional("scenario") {
		return Scenario{}
	}
	file := r.folder + "/scenario." + lang + ".toml"
	var raw scenarioFile
	text, ok := r.decode(file, &raw)
	if !ok {
		return Scenario{}
	}
	lines := headerLines(text, "[[scene]]")
	story := Scenario{Title: raw.Title}
	if raw.Title == "" || len(raw.Scene) < 2 {
		r.say(file, 1, "a scenario needs a title and two scenes or more")
	}
	for i, s := range raw.Scene {
		if _, twice := story.Scene(s.ID); twice || !slugShape.MatchString(s.ID) || s.Text == "" {
			r.say(file, at(lines, i), "scene %q needs an id of its own and a text", s.ID)
		}
		scene := Scene{ID: s.ID, Text: s.Text}
		for _, c := range s.Choice {
			if !answerShape.MatchString(c.ID) || c.Text == "" || slices.ContainsFunc(scene.Choices, func(o Choice) bool { return o.ID == c.ID }) {
				r.say(file, at(lines, i), "choice %q of %s needs an id of its own and a text", c.ID, s.ID)
			}
			scene.Choices = append(scene.Choices, Choice(c))
		}
		if len(scene.Choices) == 1 {
			r.say(file, at(lines, i), "scene %s has one choice, which is none", s.ID)
		}
		story.Scenes = append(story.Scenes, scene)
	}
	r.ways(file, lines, story)
	return story
}

// ways checks that every choice leads somewhere, every scene is reached, and from every
// scene an ending can be reached.
func (r *moduleReader) ways(file string, lines []int, s Scenario) {
	ends := map[string]bool{}
	for range s.Scenes { // as often as the longest way is long
		for _, scene := range s.Scenes {
			ends[scene.ID] = ends[scene.ID] || len(scene.Choices) == 0 ||
				slices.ContainsFunc(scene.Choices, func(c Choice) bool { return ends[c.To] })
		}
	}
	reached := map[string]bool{}
	var follow func(id string)
	follow = func(id string) {
		scene, ok := s.Scene(id)
		if !ok || reached[id] {
			return
		}
		reached[id] = true
		for _, c := range scene.Choices {
			follow(c.To)
		}
	}
	if len(s.Scenes) > 0 {
		follow(s.Scenes[0].ID)
	}
	for i, scene := range s.Scenes {
		for _, c := range scene.Choices {
			if _, ok := s.Scene(c.To); !ok {
				r.say(file, at(lines, i), "choice %s of %s leads to %q, which is no scene", c.ID, scene.ID, c.To)
			}
		}
		if !ends[scene.ID] {
			r.say(file, at(lines, i), "from scene %s no ending can be reached", scene.ID)
		}
		if !reached[scene.ID] {
			r.say(file, at(lines, i), "no choice leads to scene %s", scene.ID)
		}
	}
}

// practice reads and checks the task of one language.
func (r *moduleReader) practice(lang string) Practice {
	if !r.optional("practice") {
		return Practice{}
	}
	file := r.folder + "/practice." + lang + ".toml"
	var raw practiceFile
	text, ok := r.decode(file, &raw)
	if !ok {
		return Practice{}
	}
	lines := headerLines(text, "[[item]]")
	if raw.Task == "" || len(raw.Item) == 0 {
		r.say(file, 1, "a practice needs a task and items to look for")
	}
	for i, item := range raw.Item {
		if !answerShape.MatchString(item.ID) || item.Text == "" || slices.ContainsFunc(raw.Item[:i], func(o PracticeItem) bool { return o.ID == item.ID }) {
			r.say(file, at(lines, i), "item %q needs an id of its own and a text", item.ID)
		}
	}
	return Practice{Task: raw.Task, Items: raw.Item}
}

func (r *moduleReader) compareScenario(lang string, got, want Scenario) {
	shape := func(s Scenario) (all []string) {
		for _, scene := range s.Scenes {
			line := scene.ID
			for _, c := range scene.Choices {
				line += " " + c.ID + ">" + c.To
			}
			all = append(all, line)
		}
		return all
	}
	a, b := shape(got), shape(want)
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			r.say(r.folder+"/scenario."+lang+".toml", 1, "scene %d and its choices are not those of the English story", i+1)
			return
		}
	}
}

func (r *moduleReader) comparePractice(lang string, got, want Practice) {
	same := slices.EqualFunc(got.Items, want.Items, func(a, b PracticeItem) bool { return a.ID == b.ID })
	if !same {
		r.say(r.folder+"/practice."+lang+".toml", 1, "the items are not those of the English task")
	}
}
