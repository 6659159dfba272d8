package training_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/training"
	"portico/content"
)

// lived is a module with a story, a practice and a time after which it comes again.
func lived(slug string, version int, needs ...string) content.Module {
	m := lesson(slug, version, "u1")
	text := m.Texts["en"]
	text.Scenario = content.Scenario{Title: "Night", Scenes: []content.Scene{
		{ID: "a", Choices: []content.Choice{{ID: "x", To: "b"}, {ID: "y", To: "a"}}}, {ID: "b"},
	}}
	text.Practice = content.Practice{Task: "Do", Items: []content.PracticeItem{{ID: "one", Text: "One"}, {ID: "two", Text: "Two"}}}
	m.Texts["en"], m.Needs, m.RefreshMonths = text, needs, 12
	return m
}

// through brings somebody through a module of two questions and, where there is one, a story.
func (s *school) through(t *testing.T, who member.Actor, slug string, units ...string) {
	t.Helper()
	for _, u := range units {
		must(t, s.training.DoUnit(ctx, who, slug, u, true))
	}
	must(t, s.training.Answer(ctx, who, slug, training.Answers{Chosen: fitting}))
	if p := s.stands(t, who, slug); len(p.Module.In("en").Scenario.Scenes) > 0 {
		must(t, s.training.Step(ctx, who, slug, "a", "x"))
	}
}

func TestAModuleIsFinishedAfterItsStoryAndWhatComesBeforeIt(t *testing.T) {
	s := newSchool(t)
	s.training = training.New(s.Store, s.Server, []content.Module{lesson("walk", 1, "u1"), lived("run", 1, "walk")})
	for kind, who := range map[string]member.Actor{"member": s.join(t), "peer": s.peer} {
		t.Run(kind, func(t *testing.T) {
			must(t, s.training.DoUnit(ctx, who, "run", "u1", true))
			must(t, s.training.Answer(ctx, who, "run", training.Answers{Chosen: fitting}))
			_, err := s.training.Complete(ctx, who, "run")
			if fault.As(err).Key != "learn.finish.story" {
				t.Errorf("without the story: %v", err)
			}
			must(t, s.training.Step(ctx, who, "run", "a", "y"))
			must(t, s.training.Step(ctx, who, "run", "b", "x")) // an old page: nothing happens
			if p := s.stands(t, who, "run"); p.StoryDone() || len(p.Steps) != 1 {
				t.Errorf("she stands at %v", p.Steps)
			}
			must(t, s.training.Step(ctx, who, "run", "a", "x"))
			must(t, s.training.BackInStory(ctx, who, "run", true))
			if p := s.stands(t, who, "run"); !p.StoryDone() || len(p.Steps) != 0 {
				t.Error("that she came to an end once is lost with going back")
			}
			if _, err := s.training.Complete(ctx, who, "run"); fault.As(err).Key != "learn.finish.before" {
				t.Errorf("before what comes first: %v", err)
			}
			s.through(t, who, "walk", "u1")
			_, err = s.training.Complete(ctx, who, "walk")
			must(t, err)
			_, err = s.training.Complete(ctx, who, "run")
			must(t, err)
		})
	}
	if err := s.training.Step(ctx, s.peer, "walk", "a", "x"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a step in a module without a story: %v", err)
	}
	if err := s.training.Step(ctx, s.peer, "run", "a", "z"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a way that is none: %v", err)
	}
}

func TestAModuleComesAgainAfterItsTime(t *testing.T) {
	s := newSchool(t)
	s.training = training.New(s.Store, s.Server, []content.Module{lived("run", 1)})
	for kind, who := range map[string]member.Actor{"member": s.join(t), "peer": s.peer} {
		t.Run(kind, func(t *testing.T) {
			s.through(t, who, "run", "u1")
			first, err := s.training.Complete(ctx, who, "run")
			must(t, err)
			if err := s.training.Refresh(ctx, who, "run"); fault.As(err).Key != "learn.refresh.early" {
				t.Errorf("on the same day: %v", err)
			}
			s.Time.Advance(300 * 24 * time.Hour)
			p := s.stands(t, who, "run")
			if p.State() != training.Finished || p.CanRefresh() {
				t.Errorf("after ten months: %s", p.State())
			}
			s.Time.Advance(80 * 24 * time.Hour)
			if p = s.stands(t, who, "run"); p.State() != training.Due || !p.CanRefresh() || p.Holds() {
				t.Errorf("after its time: %s", p.State())
			}
			must(t, s.training.Refresh(ctx, who, "run"))
			must(t, s.training.Refresh(ctx, who, "run")) // a second press is none
			p = s.stands(t, who, "run")
			if p.Answered() || p.StoryDone() || !p.UnitDone("u1") {
				t.Error("the quiz and the story come again, and what was read stays read")
			}
			_, err = s.training.Complete(ctx, who, "run")
			if fault.As(err).Key != "learn.finish.quiz" {
				t.Errorf("without the quiz: %v", err)
			}
			s.through(t, who, "run")
			second, err := s.training.Complete(ctx, who, "run")
			must(t, err)
			if second.Day <= first.Day || second.Minutes >= first.Minutes {
				t.Errorf("first %+v, second %+v", first, second)
			}
			if p = s.stands(t, who, "run"); p.State() != training.Finished || p.Anew {
				t.Errorf("after going through it again: %s", p.State())
			}
			s.Time.Advance(-400 * 24 * time.Hour) // a clock that was set back takes nothing away
			if p = s.stands(t, who, "run"); p.State() != training.Finished {
				t.Errorf("with a clock set back: %s", p.State())
			}
			s.Time.Advance(20 * 24 * time.Hour)
		})
	}
}

func TestAPathIsBehindHerWhenItsPracticeIsSigned(t *testing.T) {
	s := newSchool(t)
	var modules []content.Module
	path := content.Paths()[0]
	for _, slug := range path.Modules {
		modules = append(modules, lived(slug, 1))
	}
	s.training = training.New(s.Store, s.Server, modules)
	sup := s.withRole(t, "sabine", member.RoleSupervisor)
	for _, slug := range path.Modules {
		if active, err := s.training.Active(ctx, s.peer.Role.ID, member.RolePeer); err != nil || active {
			t.Fatalf("active before %s: %v", slug, err)
		}
		s.through(t, s.peer, slug, "u1")
		_, err := s.training.Complete(ctx, s.peer, slug)
		must(t, err)
		if slug == path.Modules[0] {
			must(t, s.training.Waive(ctx, s.boss, training.WaiverForm{Person: s.other.Role.ID, Module: slug, Reason: training.Teaches}))
		}
		must(t, s.training.AskPractice(ctx, s.peer, slug, sup.Role.ID))
		must(t, s.training.Witness(ctx, sup, s.peer.Role.ID, slug, []string{"one", "two", "three"}))
	}
	team, err := s.training.Team(ctx, s.boss)
	must(t, err)
	at := slices.IndexFunc(team, func(one training.Trainee) bool { return one.ID == s.peer.Role.ID })
	if ways := team[at].Ways(); len(ways) != 1 || !ways[0].Whole() {
		t.Error("all is done and the path is not whole")
	}
	active, err := s.training.Active(ctx, s.peer.Role.ID, member.RolePeer)
	if err != nil || !active {
		t.Errorf("active %v, %v", active, err)
	}
	if other, err := s.training.Active(ctx, s.other.Role.ID, member.RolePeer); err != nil || other {
		t.Errorf("somebody else is active too: %v", err)
	}
	if moderator, err := s.training.Active(ctx, s.other.Role.ID, member.RoleModerator); err != nil || !moderator {
		t.Errorf("a role without a path needs none: %v", err)
	}
	s.Time.Advance(370 * 24 * time.Hour)
	if active, _ = s.training.Active(ctx, s.peer.Role.ID, member.RolePeer); active {
		t.Error("a path whose time is over keeps her active")
	}
}

func TestNobodySignsHerOwnPractice(t *testing.T) {
	s := newSchool(t)
	s.training = training.New(s.Store, s.Server, []content.Module{lived("run", 1)})
	self := s.withRole(t, "sabine", member.RoleSupervisor)
	if err := s.training.AskPractice(ctx, self, "run", self.Role.ID); fault.As(err).Key == "" {
		t.Errorf("asked herself: %v", err)
	}
	if err := s.training.AskPractice(ctx, s.peer, "run", s.other.Role.ID); err == nil {
		t.Error("a peer without a signed practice may sign")
	}
	must(t, s.training.AskPractice(ctx, s.peer, "run", self.Role.ID))
	for name, who := range map[string]member.Actor{"another supervisor": s.withRole(t, "tove", member.RoleSupervisor), "herself": s.peer, "a member": s.join(t)} {
		if err := s.training.Witness(ctx, who, s.peer.Role.ID, "run", []string{"one", "two"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s signs: %v", name, err)
		}
	}
	must(t, s.training.Witness(ctx, self, s.peer.Role.ID, "run", []string{"one"}))
	if p := s.stands(t, s.peer, "run"); p.Signed() || !p.Practice.Saw("one") {
		t.Errorf("half seen: %+v", p.Practice)
	}
	must(t, s.training.AskPractice(ctx, s.peer, "run", self.Role.ID))
	must(t, s.training.Witness(ctx, self, s.peer.Role.ID, "run", []string{"one", "two"}))
	// Her signed practice makes her a mentor of the next one.
	signers, err := s.training.Signers(ctx, s.other, "run")
	must(t, err)
	if !slices.ContainsFunc(signers, func(one training.Signer) bool { return one.ID == s.peer.Role.ID }) {
		t.Errorf("the signers are %v", signers)
	}
	must(t, s.training.AskPractice(ctx, s.peer, "run", self.Role.ID))
	if p := s.stands(t, s.peer, "run"); !p.Signed() {
		t.Error("asking again took a signature away")
	}
}

// packed is a shipped module with another version and, if wanted, other words.
func packed(t *testing.T, slug string, version string, change ...string) []byte {
	t.Helper()
	all, err := content.Modules()
	must(t, err)
	at := slices.IndexFunc(all, func(m content.Module) bool { return m.Slug == slug })
	raw, err := all[at].Pack()
	must(t, err)
	return rewritten(t, raw, func(name, text string) string {
		if strings.HasSuffix(name, "module.toml") {
			text = strings.Replace(text, "version = 1", "version = "+version, 1)
		}
		return strings.NewReplacer(change...).Replace(text)
	})
}

func TestANewVersionNeverBreaksALearnerHalfWay(t *testing.T) {
	s := newSchool(t)
	shipped, err := content.Modules()
	must(t, err)
	s.training = training.New(s.Store, s.Server, shipped)
	her := s.join(t)
	must(t, s.training.DoUnit(ctx, her, "listening", "being-heard", true))
	must(t, s.training.Answer(ctx, her, "listening", training.Answers{Chosen: map[string][]string{"say-back": {"c"}, "promise": {"c"}}}))
	old := s.stands(t, her, "listening").Module.In("en").Questions
	marks := map[string]string{}
	for _, q := range old {
		marks[q.ID] = q.Mark()
	}
	raw := packed(t, "listening", "2", "If I report him, do I get papers?", "If I report him, do I get a permit?")
	brought, err := s.training.Bring(ctx, s.boss, raw)
	if err != nil || len(brought.Faults) > 0 || brought.Version != 2 {
		t.Fatalf("%+v, %v", brought, err)
	}
	if p := s.stands(t, her, "listening"); p.Module.Version != 1 {
		t.Fatal("a draft is learned with")
	}
	must(t, s.training.Open(ctx, s.boss, "listening", 2))
	p := s.stands(t, her, "listening")
	if p.Module.Version != 2 || !p.UnitDone("being-heard") || !p.Changed() || p.Next() != "on-the-street" {
		t.Errorf("version %d, units %v", p.Module.Version, p.Units)
	}
	for _, q := range p.Module.In("en").Questions {
		if stale := p.Stale(q); stale != (q.ID == "promise") {
			t.Errorf("%s is stale: %v", q.ID, stale)
		}
	}
	// She sends a page that she opened before: what she gave is kept, and she is asked again.
	must(t, s.training.Answer(ctx, her, "listening", training.Answers{Chosen: map[string][]string{"promise": {"a"}, "online": {"a"}}, Marks: marks}))
	p = s.stands(t, her, "listening")
	if !slices.Equal(p.Answers["promise"], []string{"a"}) || !slices.Equal(p.Answers["online"], []string{"a"}) {
		t.Errorf("kept %v", p.Answers)
	}
	must(t, s.training.Answer(ctx, her, "listening", training.Answers{Chosen: map[string][]string{"promise": {"c"}}}))
	if p = s.stands(t, her, "listening"); slices.ContainsFunc(p.Module.In("en").Questions, p.Stale) {
		t.Error("an answer to the question as it stands is still stale")
	}
	again, err := p.Module.Pack()
	must(t, err)
	if string(again) != string(raw) {
		t.Error("the module that was brought does not go out as it came in")
	}
}

func TestTheShelfTakesEachVersionOnce(t *testing.T) {
	s := newSchool(t)
	shipped, err := content.Modules()
	must(t, err)
	s.training = training.New(s.Store, s.Server, shipped)
	second := packed(t, "listening", "2")
	for name, err := range map[string]error{
		"a member":         broughtErr(s.training.Bring(ctx, s.join(t), second)),
		"a peer":           broughtErr(s.training.Bring(ctx, s.peer, second)),
		"the shipped one":  broughtErr(s.training.Bring(ctx, s.boss, packed(t, "listening", "1"))),
		"a draft's opener": s.training.Open(ctx, s.peer, "listening", 2),
	} {
		if err == nil {
			t.Errorf("%s: nothing was refused", name)
		}
	}
	must(t, broughtErr(s.training.Bring(ctx, s.boss, second)))
	must(t, broughtErr(s.training.Bring(ctx, s.boss, second)))
	must(t, broughtErr(s.training.Bring(ctx, s.boss, packed(t, "listening", "2", "Count to three", "Count to four"))))
	must(t, s.training.Open(ctx, s.boss, "listening", 2))
	if err := broughtErr(s.training.Bring(ctx, s.boss, second)); fault.As(err).Fields[0].Key != "learn.shelf.taken" {
		t.Errorf("other words under an open version: %v", err)
	}
	if err := s.training.Drop(ctx, s.boss, "listening", 2); !fault.Is(err, fault.NotFound) {
		t.Errorf("an open version is thrown away: %v", err)
	}
	rows, err := s.training.Shelf(ctx, s.boss)
	if err != nil || len(rows) != 1 || rows[0].State != training.ShelfOpen {
		t.Errorf("%+v, %v", rows, err)
	}
	broken, err := s.training.Bring(ctx, s.boss, second[:len(second)-40])
	if err != nil || len(broken.Faults) != 1 {
		t.Errorf("a damaged file: %+v, %v", broken, err)
	}
}

func broughtErr(_ training.Brought, err error) error { return err }

// rewritten is a ZIP with other words in its files.
func rewritten(t *testing.T, raw []byte, change func(name, text string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, entry := range in.File {
		f, err := entry.Open()
		must(t, err)
		text, err := io.ReadAll(f)
		must(t, err)
		to, err := w.CreateHeader(&zip.FileHeader{Name: entry.Name, Method: zip.Deflate, Modified: entry.Modified})
		must(t, err)
		_, err = to.Write([]byte(change(entry.Name, string(text))))
		must(t, err)
	}
	must(t, w.Close())
	_, whole, faults := content.Unpack(out.Bytes(), nil)
	if len(whole) == 0 {
		t.Fatal(faults)
	}
	return whole
}
