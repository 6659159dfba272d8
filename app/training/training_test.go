package training_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/training"
	"portico/app/vault"
	"portico/content"
)

var ctx = context.Background()

// school is training with two small modules, a coordinator, two peers and a way to join.
type school struct {
	*storetest.DB
	training *training.Service
	boss     member.Actor // coordinator
	peer     member.Actor
	other    member.Actor
}

// lesson is a module with units of the given ids and two questions.
func lesson(slug string, version int, units ...string) content.Module {
	text := content.ModuleText{Lang: "en", Title: slug, Questions: []content.Question{
		{ID: "one", Kind: content.Single, Answers: []content.Answer{{ID: "a", Right: true}, {ID: "b"}}},
		{ID: "many", Kind: content.Several, Answers: []content.Answer{{ID: "a", Right: true}, {ID: "b", Right: true}, {ID: "c"}}},
	}}
	for _, id := range units {
		text.Units = append(text.Units, content.Unit{ID: id, Title: id, Minutes: 5, Body: id})
	}
	return content.Module{Slug: slug, Version: version, Minutes: 60 * version, RequiredFor: []string{"peer"}, Texts: map[string]content.ModuleText{"en": text}}
}

var fitting = map[string][]string{"one": {"a"}, "many": {"b", "a"}}

func newSchool(t *testing.T) *school {
	t.Helper()
	s := &school{DB: storetest.New(t)}
	s.training = training.New(s.Store, s.Server, []content.Module{lesson("walk", 1, "u1", "u2"), lesson("kitewords", 1, "u1")})
	s.boss = s.withRole(t, "lintel", member.RoleCoordinator)
	s.peer = s.withRole(t, "mira", member.RolePeer)
	s.other = s.withRole(t, "nadia", member.RolePeer)
	return s
}

// withRole is a live session of somebody with a role, whose row is in the database. It
// spares the tests the cost of a passphrase; takeUp is the real way.
func (s *school) withRole(t *testing.T, handle string, role member.Role) member.Actor {
	t.Helper()
	row := member.RoleAccount{ID: store.NewID(), Handle: handle, Roles: string(role), Salt: []byte("s"), Sealed: []byte("s"), Gen: []byte("g")}
	must(t, s.DB.DB.Create(&row).Error)
	who := s.join(t)
	who.Role = &member.RoleActor{ID: row.ID, Handle: handle, Roles: []member.Role{role}, Identity: vault.NewIdentity()}
	return who
}

// join is a live session of a plain member, made without the cost of a key.
func (s *school) join(*testing.T) member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (s *school) stands(t *testing.T, who member.Actor, module string) training.Progress {
	t.Helper()
	p, err := s.training.Progress(ctx, who, module)
	must(t, err)
	return p
}

// learners are the two kinds of person, for tests that hold for both.
func (s *school) learners(t *testing.T) map[string]member.Actor {
	return map[string]member.Actor{"a plain member": s.join(t), "a person with a role": s.peer}
}

func TestALearnerGoesThroughAModuleAndFindsEverythingAgain(t *testing.T) {
	s := newSchool(t)
	for kind, who := range s.learners(t) {
		t.Run(kind, func(t *testing.T) {
			if got := s.stands(t, who, "walk").State(); got != training.NotBegun {
				t.Fatalf("she begins as %s", got)
			}
			must(t, s.training.DoUnit(ctx, who, "walk", "u1", true))
			must(t, s.training.DoUnit(ctx, who, "walk", "u1", true))
			must(t, s.training.Answer(ctx, who, "walk", training.Answers{Chosen: map[string][]string{"one": {"b"}}}))
			must(t, s.training.Answer(ctx, who, "walk", training.Answers{Chosen: map[string][]string{"many": {"a"}}}))
			p := s.stands(t, who, "walk")
			done, all := p.UnitsDone()
			fit, questions := p.Fitting()
			if p.State() != training.Begun || done != 1 || all != 2 || fit != 0 || questions != 2 || p.Next() != "u2" {
				t.Errorf("half way: %s, %d of %d units, %d of %d answers, next %q", p.State(), done, all, fit, questions, p.Next())
			}
			if got := fmt.Sprint(p.Answers["one"], p.Answers["many"]); got != "[b] [a]" {
				t.Errorf("her answers came back as %s", got)
			}
			if _, err := s.training.Complete(ctx, who, "walk"); !fault.Is(err, fault.Refused) {
				t.Errorf("finishing with a unit open: %v", err)
			}
			must(t, s.training.DoUnit(ctx, who, "walk", "u2", true))
			if _, err := s.training.Complete(ctx, who, "walk"); !fault.Is(err, fault.Refused) {
				t.Errorf("finishing with the quiz open: %v", err)
			}
			must(t, s.training.Answer(ctx, who, "walk", training.Answers{Chosen: fitting}))
			if got := s.stands(t, who, "walk").State(); got != training.Ready {
				t.Errorf("all done, and she is %s", got)
			}
			first, err := s.training.Complete(ctx, who, "walk")
			must(t, err)
			s.Time.Advance(48 * time.Hour)
			again, err := s.training.Complete(ctx, who, "walk")
			must(t, err)
			if first != again || first.Minutes != 60 {
				t.Errorf("finished %v, and a second time %v", first, again)
			}
			overview, err := s.training.Overview(ctx, who)
			must(t, err)
			if overview[0].State() != training.Finished || overview[1].State() != training.NotBegun {
				t.Errorf("the list says %s and %s", overview[0].State(), overview[1].State())
			}
		})
	}
}

func TestAMarkCanBeTakenBack(t *testing.T) {
	s := newSchool(t)
	for kind, who := range s.learners(t) {
		must(t, s.training.DoUnit(ctx, who, "kitewords", "u1", true))
		must(t, s.training.DoUnit(ctx, who, "kitewords", "u1", false))
		if s.stands(t, who, "kitewords").UnitDone("u1") {
			t.Errorf("%s: the unit is still marked", kind)
		}
	}
}

func TestANewVersionTakesNothingFromWhoIsHalfWay(t *testing.T) {
	s := newSchool(t)
	for kind, who := range s.learners(t) {
		t.Run(kind, func(t *testing.T) {
			must(t, s.training.DoUnit(ctx, who, "walk", "u1", true))
			must(t, s.training.Answer(ctx, who, "walk", training.Answers{Chosen: fitting}))
			must(t, s.training.DoUnit(ctx, who, "kitewords", "u1", true))
			must(t, s.training.Answer(ctx, who, "kitewords", training.Answers{Chosen: fitting}))
			_, err := s.training.Complete(ctx, who, "kitewords")
			must(t, err)
			later := training.New(s.Store, s.Server, []content.Module{lesson("walk", 2, "u0", "u1", "u3"), lesson("kitewords", 2, "u1", "u2")})
			p, err := later.Progress(ctx, who, "walk")
			must(t, err)
			if done, all := p.UnitsDone(); done != 1 || all != 3 || !p.UnitDone("u1") || !p.Changed() {
				t.Errorf("%d of %d units, u1 %v, changed %v", done, all, p.UnitDone("u1"), p.Changed())
			}
			finished, err := later.Progress(ctx, who, "kitewords")
			must(t, err)
			if finished.State() != training.Finished || finished.Done.Version != 1 || !finished.Changed() {
				t.Errorf("what was finished is now %s", finished.State())
			}
		})
	}
}

func TestBadInputChangesNothing(t *testing.T) {
	s := newSchool(t)
	who := s.join(t)
	for name, row := range map[string]struct {
		kind fault.Kind
		err  error
	}{
		"a visitor marks a unit":       {fault.SignIn, s.training.DoUnit(ctx, member.Actor{}, "walk", "u1", true)},
		"a visitor answers":            {fault.SignIn, s.training.Answer(ctx, member.Actor{}, "walk", training.Answers{Chosen: fitting})},
		"a visitor writes":             {fault.SignIn, s.training.Reflect(ctx, member.Actor{}, "walk", "words")},
		"a module that is none":        {fault.NotFound, s.training.DoUnit(ctx, who, "run", "u1", true)},
		"a unit that is none":          {fault.NotFound, s.training.DoUnit(ctx, who, "walk", "u9", true)},
		"a question that is none":      {fault.Invalid, s.training.Answer(ctx, who, "walk", training.Answers{Chosen: map[string][]string{"two": {"a"}}})},
		"an answer that is none":       {fault.Invalid, s.training.Answer(ctx, who, "walk", training.Answers{Chosen: map[string][]string{"one": {"z"}}})},
		"two answers where one fits":   {fault.Invalid, s.training.Answer(ctx, who, "walk", training.Answers{Chosen: map[string][]string{"one": {"a", "b"}}})},
		"the same answer twice":        {fault.Invalid, s.training.Answer(ctx, who, "walk", training.Answers{Chosen: map[string][]string{"many": {"a", "a"}}})},
		"a reflection without end":     {fault.Invalid, s.training.Reflect(ctx, who, "walk", strings.Repeat("ж", training.LongestReflection+1))},
		"a member waives":              {fault.NotFound, s.training.Waive(ctx, who, training.WaiverForm{Person: s.peer.Role.ID, Module: "walk", Reason: "elsewhere"})},
		"a peer waives":                {fault.NotFound, s.training.Waive(ctx, s.peer, training.WaiverForm{Person: s.other.Role.ID, Module: "walk", Reason: "elsewhere"})},
		"a coordinator for herself":    {fault.Invalid, s.training.Waive(ctx, s.boss, training.WaiverForm{Person: s.boss.Role.ID, Module: "walk", Reason: "elsewhere"})},
		"a waiver for nobody":          {fault.Invalid, s.training.Waive(ctx, s.boss, training.WaiverForm{Person: store.NewID(), Module: "walk", Reason: "elsewhere"})},
		"a waiver without a reason":    {fault.Invalid, s.training.Waive(ctx, s.boss, training.WaiverForm{Person: s.peer.Role.ID, Module: "walk"})},
		"a waiver of no module":        {fault.Invalid, s.training.Waive(ctx, s.boss, training.WaiverForm{Person: s.peer.Role.ID, Module: "run", Reason: "elsewhere"})},
		"a waiver back that was none":  {fault.NotFound, s.training.Unwaive(ctx, s.boss, s.peer.Role.ID, "walk")},
		"a peer takes a waiver back":   {fault.NotFound, s.training.Unwaive(ctx, s.peer, s.other.Role.ID, "walk")},
		"a member asks for the table":  {fault.NotFound, second(s.training.Team(ctx, who))},
		"a peer asks for the table":    {fault.NotFound, second(s.training.Team(ctx, s.peer))},
		"a visitor asks for the list":  {fault.SignIn, second(s.training.Overview(ctx, member.Actor{}))},
		"a visitor reads a reflection": {fault.SignIn, second(s.training.Reflection(ctx, member.Actor{}, "walk"))},
	} {
		if row.err == nil || !fault.Is(row.err, row.kind) {
			t.Errorf("%s: got %v, want kind %d", name, row.err, row.kind)
		}
	}
	if p := s.stands(t, who, "walk"); p.State() != training.NotBegun {
		t.Errorf("after all this she is %s", p.State())
	}
	for _, table := range []string{"training_units", "training_completions", "training_waivers"} {
		if n := s.count(t, table); n != 0 {
			t.Errorf("%s has %d rows", table, n)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func (s *school) count(t *testing.T, table string) (n int64) {
	t.Helper()
	must(t, s.DB.DB.Table(table).Count(&n).Error)
	return n
}

// everything is all that a thief of the database would hold, as text.
func (s *school) everything(t *testing.T) string {
	t.Helper()
	columns, err := s.Columns(ctx)
	must(t, err)
	var all strings.Builder
	seen := map[string]bool{}
	for _, c := range columns {
		if seen[c.Table] {
			continue
		}
		seen[c.Table] = true
		var rows []map[string]any
		must(t, s.DB.DB.Table(c.Table).Find(&rows).Error)
		for _, row := range rows {
			for _, value := range row {
				if raw, ok := value.([]byte); ok {
					value = string(raw)
				}
				fmt.Fprintln(&all, value)
			}
		}
	}
	if !seen["boxes"] || !seen["training_units"] {
		t.Fatal("the dump is not whole")
	}
	files, err := filepath.Glob(filepath.Join(s.Folder, "portico.db*"))
	must(t, err)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		must(t, err)
		all.Write(raw)
	}
	return all.String()
}

func TestAReflectionIsReadByHerAlone(t *testing.T) {
	s := newSchool(t)
	const words = "the night when nobody came"
	for kind, who := range s.learners(t) {
		t.Run(kind, func(t *testing.T) {
			must(t, s.training.Reflect(ctx, who, "walk", words))
			got, err := s.training.Reflection(ctx, who, "walk")
			if err != nil || got != words {
				t.Errorf("she reads %q, %v", got, err)
			}
			for _, reader := range []member.Actor{s.boss, s.other, s.join(t)} {
				if got, err := s.training.Reflection(ctx, reader, "walk"); err != nil || got != "" {
					t.Errorf("somebody else reads %q, %v", got, err)
				}
			}
			if p := s.stands(t, who, "walk"); p.State() != training.NotBegun {
				t.Errorf("writing counts as %s", p.State())
			}
			must(t, s.training.Reflect(ctx, who, "walk", "  "))
			if got, _ := s.training.Reflection(ctx, who, "walk"); got != "" {
				t.Errorf("emptied, it still says %q", got)
			}
			must(t, s.training.Reflect(ctx, who, "walk", words))
		})
	}
	if strings.Contains(s.everything(t), "nobody came") {
		t.Error("a dump shows the words of a reflection")
	}
}

func TestADumpSaysNothingOfMembersAndNoAnswersOfAnybody(t *testing.T) {
	s := newSchool(t)
	her := s.join(t)
	before := s.count(t, "training_units") + s.count(t, "training_completions")
	must(t, s.training.DoUnit(ctx, her, "kitewords", "u1", true))
	must(t, s.training.Answer(ctx, her, "kitewords", training.Answers{Chosen: fitting}))
	_, err := s.training.Complete(ctx, her, "kitewords")
	must(t, err)
	if after := s.count(t, "training_units") + s.count(t, "training_completions"); after != before {
		t.Error("a member's learning left rows")
	}
	if strings.Contains(s.everything(t), "kitewords") {
		t.Error("a dump names a module that only a member has learned")
	}
	must(t, s.training.Answer(ctx, s.peer, "walk", training.Answers{Chosen: map[string][]string{"one": {"b"}}}))
	if s.count(t, "training_units") != 0 || strings.Contains(s.everything(t), "walk") {
		t.Error("a dump shows that a peer has tried the quiz")
	}
}

func TestNoTransactionTiesTheTwoCompartmentsOfAPerson(t *testing.T) {
	s := newSchool(t)
	boxes, rows := s.count(t, "boxes"), s.count(t, "training_units")
	must(t, s.training.DoUnit(ctx, s.peer, "kitewords", "u1", true))
	if s.count(t, "boxes") != boxes || s.count(t, "training_units") != rows+1 {
		t.Error("marking a unit wrote into a box")
	}
	must(t, s.training.Answer(ctx, s.peer, "kitewords", training.Answers{Chosen: fitting}))
	must(t, s.training.Reflect(ctx, s.peer, "kitewords", "words"))
	if s.count(t, "boxes") != boxes+2 || s.count(t, "training_units") != rows+1 {
		t.Error("answering or writing did more than fill two boxes")
	}
	_, err := s.training.Complete(ctx, s.peer, "kitewords")
	must(t, err)
	if s.count(t, "boxes") != boxes+2 || s.count(t, "training_completions") != 1 {
		t.Error("finishing wrote into a box")
	}
}
