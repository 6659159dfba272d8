package content

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

const storyText = `title = "A story"

[[scene]]
id = "start"
text = "You stand there."

[[scene.choice]]
id = "go"
text = "I go"
says = "You went."
to = "end"

[[scene.choice]]
id = "stay"
text = "I stay"
to = "start"

[[scene]]
id = "end"
text = "Good night."
`

func TestAStoryIsHeldToItsWays(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"a whole story", storyText, ""},
		{"a choice that leads nowhere", strings.Replace(storyText, `to = "end"`, `to = "ende"`, 1), `leads to "ende", which is no scene`},
		{"a scene that nobody reaches", storyText + "\n[[scene]]\nid = \"far\"\ntext = \"Far\"\n", "scenario.en.toml:22: no choice leads to scene far"},
		{"a circle without an end", strings.Replace(storyText, `to = "end"`, `to = "start"`, 1), "from scene start no ending can be reached"},
		{"one choice alone", strings.Replace(storyText, "[[scene.choice]]\nid = \"stay\"\ntext = \"I stay\"\nto = \"start\"\n", "", 1), "has one choice"},
		{"the same scene twice", storyText + "\n[[scene]]\nid = \"end\"\ntext = \"Again\"\n", `scene "end" needs an id of its own`},
		{"no title", strings.Replace(storyText, "A story", "", 1), "needs a title"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, faults := ReadModules(folder(map[string]string{"scenario.en.toml": row.text, "scenario.it.toml": row.text}))
			all := strings.Join(faults, "\n")
			if row.want == "" && all != "" || !strings.Contains(all, row.want) {
				t.Errorf("got %q; want %q", all, row.want)
			}
		})
	}
}

func TestAWalkGoesAsFarAsTheStoryStillHasIt(t *testing.T) {
	story := Scenario{Scenes: []Scene{
		{ID: "a", Choices: []Choice{{ID: "x", Says: "So", To: "b"}, {ID: "y", To: "a"}}},
		{ID: "b", Choices: []Choice{{ID: "z", Says: "Then", To: "c"}, {ID: "w", To: "a"}}},
		{ID: "c"},
	}}
	for _, row := range []struct {
		name      string
		steps     []string
		now, said string
		good      int
	}{
		{"no step", nil, "a", "", 0},
		{"to the end", []string{"a/x", "b/z"}, "c", "Then", 2},
		{"in a circle", []string{"a/y", "a/x"}, "b", "So", 2},
		{"a choice that is gone", []string{"a/x", "b/q", "c/r"}, "b", "So", 1},
		{"a step of another scene", []string{"b/z"}, "a", "", 0},
	} {
		now, said, good := story.Walk(row.steps)
		if now.ID != row.now || said != row.said || good != row.good {
			t.Errorf("%s: at %s after %d, told %q", row.name, now.ID, good, said)
		}
	}
}

func TestEachKindOfQuestionKnowsWhatFits(t *testing.T) {
	order := Question{ID: "o", Kind: Order, Answers: []Answer{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	match := Question{ID: "m", Kind: Match, Answers: []Answer{{ID: "a", Pair: "1"}, {ID: "b", Pair: "2"}, {ID: "c", Pair: "3"}}}
	short := Question{ID: "s", Kind: Short, Answers: []Answer{{ID: "a", Accept: []string{"112", "one hundred twelve"}, Right: true}, {ID: "b", Accept: []string{"Wörter"}}}}
	for _, row := range []struct {
		name   string
		q      Question
		chosen []string
		takes  bool
		fits   bool
	}{
		{"the right order", order, []string{"b:2", "a:1", "c:3"}, true, true},
		{"two at one place", order, []string{"a:1", "b:1", "c:3"}, true, false},
		{"a place too far", order, []string{"a:4"}, false, false},
		{"an item twice", order, []string{"a:1", "a:2"}, false, false},
		{"all pairs", match, []string{"a:a", "c:c", "b:b"}, true, true},
		{"one pair open", match, []string{"a:a", "b:b"}, true, false},
		{"a pair that is none", match, []string{"a:z"}, false, false},
		{"a number with a dot", short, []string{" 112. "}, true, true},
		{"words in another case", short, []string{"One hundred TWELVE"}, true, true},
		{"a known other answer, without its dots", short, []string{"worter"}, true, false},
		{"a whole letter", short, []string{strings.Repeat("a", 200)}, false, false},
		{"nothing", short, nil, true, false},
	} {
		if got := row.q.Takes(row.chosen); got != row.takes {
			t.Errorf("%s: taken %v", row.name, got)
		}
		if got := row.q.Fits(row.chosen); got != row.fits {
			t.Errorf("%s: fits %v", row.name, got)
		}
	}
	for _, q := range []Question{order, match, short} {
		if !q.Fits(q.Right()) || !q.Takes(q.Right()) {
			t.Errorf("the right answer of %s does not fit: %v", q.ID, q.Right())
		}
	}
}

func TestMixedAnswersGiveNothingAwayAndStayWhereTheyAre(t *testing.T) {
	q := Question{ID: "o", Kind: Order, Answers: []Answer{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}}
	first, second := q.Mixed(), q.Mixed()
	same := true
	for i := range first {
		same = same && first[i].ID == q.Answers[i].ID
		if first[i].ID != second[i].ID {
			t.Error("an answer moved between two looks")
		}
	}
	if same || len(first) != 4 {
		t.Errorf("mixed to %v", first)
	}
}

func TestAChangedQuestionBearsAnotherMark(t *testing.T) {
	q := Question{ID: "o", Kind: Single, Ask: "Why?", Answers: []Answer{{ID: "a", Text: "So", Right: true}, {ID: "b", Text: "Not"}}}
	before := q.Mark()
	q.Answers[0].Feedback = "Kinder words"
	if q.Mark() != before {
		t.Error("other feedback is no other question")
	}
	q.Answers[1].Text = "Perhaps"
	if q.Mark() == before {
		t.Error("an answer with other words is another question")
	}
}

func TestEveryShippedModuleComesBackOutOfItsZIPUnchanged(t *testing.T) {
	all, err := Modules()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		raw, err := m.Pack()
		if err != nil {
			t.Fatal(err)
		}
		back, whole, faults := Unpack(raw, all)
		if len(faults) > 0 || back.Slug != m.Slug || len(back.Texts) != len(m.Texts) {
			t.Errorf("%s: %v", m.Slug, faults)
		}
		again, err := back.Pack()
		if err != nil || !bytes.Equal(raw, whole) || !bytes.Equal(raw, again) {
			t.Errorf("%s is not the same after a way there and back", m.Slug)
		}
	}
}

// zipped makes a ZIP of files that nobody checked.
func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range files {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestADamagedOrGreedyZIPIsRefusedWithItsReason(t *testing.T) {
	good := map[string]string{}
	for name, text := range whole {
		good["some/"+name] = text
	}
	raw := zipped(t, good)
	if _, _, faults := Unpack(raw, nil); len(faults) > 0 {
		t.Fatal(faults)
	}
	damaged := bytes.Clone(raw)
	for i := range 40 { // inside the first file
		damaged[60+i] ^= 0x55
	}
	for _, row := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"no ZIP at all", []byte("hello"), "no whole ZIP file"},
		{"cut off", raw[:len(raw)/2], "no whole ZIP file"},
		{"damaged inside", damaged, "damaged"},
		{"nothing", zipped(t, nil), "empty"},
		{"files without a folder", zipped(t, whole), "one folder"},
		{"two folders", zipped(t, map[string]string{"a/module.toml": "x", "b/module.toml": "x"}), "one folder"},
		{"a way out", zipped(t, map[string]string{"../module.toml": "x"}), "may not stand"},
		{"an absolute name", zipped(t, map[string]string{"/etc/x": "x"}), "may not stand"},
		{"a file that swells", zipped(t, map[string]string{"some/module.toml": strings.Repeat("a", largestText+1)}), "too large"},
		{"other letters than UTF-8", zipped(t, map[string]string{"some/module.toml": "\xff\xfe"}), "UTF-8"},
		{"a folder with a fault", zipped(t, map[string]string{"some/module.toml": "version = "}), "some/module.toml:1:"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, _, faults := Unpack(row.raw, nil)
			if all := strings.Join(faults, "\n"); !strings.Contains(all, row.want) {
				t.Errorf("got %q; want %q", all, row.want)
			}
		})
	}
}

func TestARecordingBelongsToItsUnit(t *testing.T) {
	from := folder(nil).(fstest.MapFS)
	from["modules/some/units/01-first.it.ogg"] = &fstest.MapFile{Data: []byte("a voice")}
	all, faults := ReadModules(from)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	unit := all[0].In("it").Units[0]
	voice, err := all[0].Recording(unit)
	if err != nil || string(voice) != "a voice" || all[0].In("en").Units[0].Audio != "" {
		t.Errorf("%q, %v, %q", voice, err, unit.Audio)
	}
}
