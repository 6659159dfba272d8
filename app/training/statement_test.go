package training_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/training"
	"portico/content"
)

// made makes a statement and returns what she holds.
func (s *school) made(t *testing.T, who member.Actor, module string) training.Held {
	t.Helper()
	must(t, s.training.MakeStatement(ctx, who, module))
	held, err := s.training.Held(ctx, who, module)
	must(t, err)
	if len(held.Code) != 20 || held.State != training.Counts {
		t.Fatalf("she holds %+v", held)
	}
	return held
}

// hash is the fingerprint of what somebody typed, as the page that asks for codes makes it.
func (s *school) hash(typed string) []byte {
	return s.Server.Fingerprint(training.CodePurpose, training.FoldCode(typed))
}

// verified is what a typed code stands for.
func (s *school) verified(t *testing.T, typed string) (training.Statement, bool) {
	t.Helper()
	st, ok, err := s.training.Verify(ctx, s.hash(typed))
	must(t, err)
	return st, ok
}

// lasting is training with one module that is gone through again every so many months.
func (s *school) lasting(months int) {
	m := lesson("walk", 1, "u1", "u2")
	m.RefreshMonths = months
	s.training = training.New(s.Store, s.Server, []content.Module{m, lesson("kitewords", 1, "u1")})
}

func TestAStatementIsMadeOnceAndFoundAgain(t *testing.T) {
	s := newSchool(t)
	for kind, who := range s.learners(t) {
		t.Run(kind, func(t *testing.T) {
			if err := s.training.MakeStatement(ctx, who, "walk"); !fault.Is(err, fault.NotFound) {
				t.Errorf("before the module is finished: %v", err)
			}
			done := finish(t, s, who, "walk", "u1", "u2")
			rows := s.count(t, "statements")
			held := s.made(t, who, "walk")
			s.Time.Advance(72 * time.Hour)
			if again := s.made(t, who, "walk"); again != held {
				t.Errorf("made a second time it is %+v, was %+v", again, held)
			}
			if n := s.count(t, "statements") - rows; n != 1 {
				t.Errorf("%d rows for one statement", n)
			}
			want := training.Statement{Module: "walk", Version: done.Version, Day: done.Day, State: training.Counts}
			if got, ok := s.verified(t, training.ShowCode(held.Code)); !ok || got != want {
				t.Errorf("its code stands for %+v, %v; want %+v", got, ok, want)
			}
		})
	}
}

func TestACodeIsReadHoweverItIsTyped(t *testing.T) {
	const code = "0123456789ABCDEFGHJV"
	if got := training.ShowCode(code); got != "0123-4567-89AB-CDEF-GHJV" {
		t.Errorf("shown as %s", got)
	}
	for name, typed := range map[string]string{
		"as it stands": code, "grouped": training.ShowCode(code), "in small letters": strings.ToLower(code),
		"with the letters that look alike": "OI23456789ABCDEFGHJU", "and in small ones": "ol23 4567 89ab cdef ghju",
		"with spaces around it": "  " + code + "\n", "with long dashes": strings.ReplaceAll(training.ShowCode(code), "-", "—"),
		"with spaces that do not break": strings.ReplaceAll(training.ShowCode(code), "-", "\u00a0"), "with dots": "0123.4567.89AB.CDEF.GHJV",
		"in full-width letters": "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＶ", "with Arabic digits": "٠١٢٣٤٥٦٧٨٩ABCDEFGHJV",
		"with Persian digits": "۰۱۲۳۴۵۶۷۸۹abcdefghjv", "between direction marks": "\u2066" + code + "\u2069",
	} {
		if got := training.FoldCode(typed); got != code {
			t.Errorf("%s: %q is read as %q", name, typed, got)
		}
	}
}

func TestAnInventedCodeIsUnknownAndCostsTheSameLook(t *testing.T) {
	s := newSchool(t)
	her := s.join(t)
	finish(t, s, her, "walk", "u1", "u2")
	real := s.made(t, her, "walk").Code
	asked := 0
	must(t, s.DB.DB.Callback().Query().After("gorm:query").Register("count", func(*gorm.DB) { asked++ }))
	looks := func(typed string) (n int, ok bool) {
		before := asked
		_, ok = s.verified(t, typed)
		return asked - before, ok
	}
	want, ok := looks(real)
	if !ok || want == 0 {
		t.Fatalf("the real code is known: %v, with %d looks", ok, want)
	}
	other := []byte(real)
	if other[7]++; other[7] == 'Z'+1 || strings.ContainsRune("OILU:", rune(other[7])) {
		other[7] = '2'
	}
	for name, typed := range map[string]string{
		"one sign off": string(other), "nothing": "", "too short": real[:19], "too long": real + "0", "no code": "<script>alert(1)</script>",
		"another word": strings.Repeat("A", 20), "very long": strings.Repeat("0", 90_000), "no text": "\xff\xfe\x00",
	} {
		if typed == real {
			continue
		}
		if n, ok := looks(typed); ok || n != want {
			t.Errorf("%s: known %v after %d looks, want %d as for a real one", name, ok, n, want)
		}
	}
}

func TestTwoStatementsHaveNothingInCommonButWhatWasLearned(t *testing.T) {
	s := newSchool(t)
	seen := map[string]bool{}
	for _, who := range []member.Actor{s.peer, s.other, s.join(t)} {
		for _, module := range []string{"walk", "kitewords"} {
			units := []string{"u1", "u2"}[:map[string]int{"walk": 2, "kitewords": 1}[module]]
			finish(t, s, who, module, units...)
			held := s.made(t, who, module)
			if seen[held.Code] {
				t.Error("two statements have one code: then a code is not one paper's")
			}
			seen[held.Code] = true
			for _, reader := range []member.Actor{s.boss, s.join(t)} {
				if got, err := s.training.Held(ctx, reader, module); err != nil || got.Code != "" {
					t.Errorf("somebody else finds her code: %+v, %v", got, err)
				}
			}
		}
	}
	all := s.everything(t)
	for code := range seen {
		if strings.Contains(all, code) || strings.Contains(all, training.ShowCode(code)) {
			t.Error("a dump shows a code")
		}
	}
	var hashes [][]byte
	must(t, s.DB.DB.Model(&training.StatementRow{}).Pluck("code_hash", &hashes).Error)
	if len(hashes) != len(seen) {
		t.Fatalf("%d rows for %d codes", len(hashes), len(seen))
	}
}

func TestAStatementAndItsBoxAreNeverWrittenTogether(t *testing.T) {
	s := newSchool(t)
	for kind, who := range s.learners(t) {
		finish(t, s, who, "walk", "u1", "u2")
		where := map[string][]gorm.ConnPool{}
		note := func(tx *gorm.DB) {
			where[tx.Statement.Table] = append(where[tx.Statement.Table], tx.Statement.ConnPool)
		}
		must(t, s.DB.DB.Callback().Create().After("gorm:create").Replace("where", note))
		must(t, s.DB.DB.Callback().Update().After("gorm:update").Replace("where", note))
		s.made(t, who, "walk")
		must(t, s.training.TakeBack(ctx, who, "walk"))
		if len(where["boxes"]) != 1 || len(where["statements"]) != 2 || len(where) != 2 {
			t.Fatalf("%s: writes were seen in %v", kind, where)
		}
		if slices.Contains(where["statements"], where["boxes"][0]) {
			t.Errorf("%s: a box and a row of the table were written in one transaction", kind)
		}
	}
}

func TestTwoSessionsAtOnceMakeOneStatement(t *testing.T) {
	s := newSchool(t)
	her := s.join(t)
	finish(t, s, her, "walk", "u1", "u2")
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if err := s.training.MakeStatement(ctx, her, "walk"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s.made(t, her, "walk")
	if n := s.count(t, "statements"); n != 1 {
		t.Errorf("%d rows are left, and she holds one code", n)
	}
}

func TestAStatementCountsUntilItsLastDay(t *testing.T) {
	s := newSchool(t)
	s.lasting(6)
	for kind, who := range s.learners(t) {
		t.Run(kind, func(t *testing.T) {
			start := s.Time.Now()
			finish(t, s, who, "walk", "u1", "u2")
			held := s.made(t, who, "walk")
			end, err := time.Parse(time.DateOnly, held.Ends)
			must(t, err)
			if got := end.AddDate(0, 0, 1).AddDate(0, -6, 0).Format(time.DateOnly); got != held.Day {
				t.Fatalf("finished on %s, it counts until %s", held.Day, held.Ends)
			}
			for name, row := range map[string]struct {
				at   time.Time
				want training.StatementState
			}{
				"on its last day":                    {end.Add(23 * time.Hour), training.Counts},
				"the day after":                      {end.Add(25 * time.Hour), training.Expired},
				"with a clock that was put back":     {start.AddDate(-1, 0, 0), training.Counts},
				"with a clock at the dawn of clocks": {time.Unix(0, 0), training.Counts},
			} {
				s.Time.Advance(row.at.Sub(s.Time.Now()))
				got, ok := s.verified(t, held.Code)
				if !ok || got.State != row.want || got.Day != held.Day || got.Ends != held.Ends {
					t.Errorf("%s: %+v, %v; want %s of the same days", name, got, ok, row.want)
				}
			}
			s.Time.Advance(end.AddDate(0, 0, 2).Sub(s.Time.Now()))
			if err := s.training.MakeStatement(ctx, who, "walk"); !fault.Is(err, fault.Refused) {
				t.Errorf("a new one out of its time: %v", err)
			}
			must(t, s.training.Refresh(ctx, who, "walk"))
			finish(t, s, who, "walk", "u1", "u2")
			if fresh := s.made(t, who, "walk"); fresh.Code == held.Code || fresh.Day == held.Day {
				t.Errorf("gone through again she holds %+v", fresh)
			}
			if got, ok := s.verified(t, held.Code); !ok || got.State != training.Expired {
				t.Errorf("the old one is %+v, %v", got, ok)
			}
		})
	}
}

func TestWhatEndedLongAgoGoes(t *testing.T) {
	s := newSchool(t)
	s.lasting(6)
	her := s.join(t)
	finish(t, s, her, "walk", "u1", "u2")
	finish(t, s, her, "kitewords", "u1")
	ending, endless := s.made(t, her, "walk"), s.made(t, her, "kitewords")
	end, err := time.Parse(time.DateOnly, ending.Ends)
	must(t, err)
	s.Time.Advance(end.AddDate(2, 0, 0).Sub(s.Time.Now()))
	must(t, s.Retain(ctx))
	if _, ok := s.verified(t, ending.Code); !ok {
		t.Error("it is gone before two years are over")
	}
	s.Time.Advance(48 * time.Hour)
	must(t, s.Retain(ctx))
	if _, ok := s.verified(t, ending.Code); ok {
		t.Error("it is still there more than two years after its end")
	}
	if got, err := s.training.Held(ctx, her, "walk"); err != nil || got.Code != "" {
		t.Errorf("she holds %+v, %v", got, err)
	}
	if _, ok := s.verified(t, endless.Code); !ok {
		t.Error("one without an end is gone")
	}
}

func TestAPaperStillChecksWhenTheAccountIsGone(t *testing.T) {
	s := newSchool(t)
	people := member.New(s.Store, s.Server, member.Options{Salt: s.Salt, OpenJoin: true})
	people.OnDelete(s.training.Erase)
	opened, err := people.Join(ctx, member.JoinForm{Adult: true, Rules: true}, "here")
	must(t, err)
	her := opened.Actor
	before := s.count(t, "boxes")
	finish(t, s, her, "walk", "u1", "u2")
	held := s.made(t, her, "walk")
	must(t, people.DeleteAccount(ctx, her, member.Again{Key: her.NewKey, Client: "here"}, true))
	if n := s.count(t, "boxes"); n != before {
		t.Errorf("%d boxes are left of her", n-before)
	}
	if got, ok := s.verified(t, held.Code); !ok || got.State != training.Counts {
		t.Errorf("what she carries is now %+v, %v", got, ok)
	}
}
