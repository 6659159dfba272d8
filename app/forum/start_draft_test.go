package forum_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
)

func (p *place) kept(t *testing.T, who member.Actor, board string) (forum.StartDraft, bool) {
	t.Helper()
	d, found, err := p.forum.KeptStart(context.Background(), who, board)
	if err != nil {
		t.Fatal(err)
	}
	return d, found
}

func TestATalkThatIsNotBegunIsKeptForEachBoard(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	who, other := p.join(t), p.join(t)
	before := counts(t, p)
	if err := p.forum.KeepStart(ctx, who, "home", forum.Draft{Title: "A", Body: "First words.", Lang: "it", Warning: "Night"}); err != nil {
		t.Fatal(err)
	}
	if err := p.forum.KeepStart(ctx, who, "care", forum.Draft{Body: "Other words."}); err != nil {
		t.Fatal(err)
	}
	if err := p.forum.KeepStart(ctx, who, "home", forum.Draft{Title: "A night", Body: "Second words.", Lang: "it"}); err != nil {
		t.Fatal(err)
	}
	d, found := p.kept(t, who, "home")
	if want := (forum.StartDraft{Board: "home", Title: "A night", Body: "Second words.", Lang: "it"}); !found || d != want {
		t.Errorf("kept for home: %+v", d)
	}
	if d, _ := p.kept(t, who, "care"); d.Body != "Other words." {
		t.Errorf("kept for care: %+v", d)
	}
	if _, found := p.kept(t, other, "home"); found {
		t.Error("another person finds her draft")
	}
	if _, found := p.kept(t, member.Actor{}, "home"); found {
		t.Error("a visitor finds a draft")
	}
	after := counts(t, p)
	for table, n := range before {
		if table != "boxes" && after[table] != n {
			t.Errorf("%s has %d rows, and had %d", table, after[table], n)
		}
	}
	if after["boxes"] != before["boxes"]+4 {
		t.Errorf("%d boxes, and %d before; want one and one on her trail for each draft", after["boxes"], before["boxes"])
	}
	if talks, err := p.forum.MyTalks(ctx, who); err != nil || len(talks) != 0 {
		t.Errorf("her list has %d talks, %v", len(talks), err)
	}
	r := p.start(t, who, "home", forum.Draft{Title: "A night", Body: "Second words.", Lang: "it"})
	if _, found := p.kept(t, who, "home"); found {
		t.Error("the draft is there after she began the talk")
	}
	if _, found := p.kept(t, who, "care"); !found {
		t.Error("the draft of another board is gone")
	}
	if again := p.start(t, who, "home", hello); again.Topic == r.Topic {
		t.Error("two talks have one id")
	}
	trail, err := member.Trail(ctx, p.DB.DB, who)
	if err != nil || len(trail) != 3 {
		t.Errorf("her trail has %d entries, %v; want the two talks and the draft", len(trail), err)
	}
}

// counts are the rows of the tables that others see.
func counts(t *testing.T, p *place) map[string]int64 {
	t.Helper()
	found := map[string]int64{}
	for _, table := range []string{"boxes", "topics", "posts", "voices", "queue_items", "audit_rows"} {
		var n int64
		if err := p.DB.DB.Table(table).Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		found[table] = n
	}
	return found
}

func TestAForgottenDraftLeavesNoTrailBehind(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	who := p.join(t)
	for range 5 {
		for _, body := range []string{"Words.", ""} {
			if err := p.forum.KeepStart(ctx, who, "home", forum.Draft{Body: body}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, found := p.kept(t, who, "home"); found {
		t.Error("a forgotten draft is found")
	}
	if trail, err := member.Trail(ctx, p.DB.DB, who); err != nil || len(trail) != 1 {
		t.Errorf("her trail has %d entries, %v", len(trail), err)
	}
	if err := p.members.DeleteAccount(ctx, who, member.Again{Key: who.NewKey}, true); err != nil {
		t.Fatal(err)
	}
	if n := counts(t, p)["boxes"]; n != 0 {
		t.Errorf("%d boxes are left of her", n)
	}
}

func TestADraftIsHeldToItsBoundsAndItsBoard(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	who := p.join(t)
	for what, row := range map[string]struct {
		who   member.Actor
		board string
		d     forum.Draft
		want  fault.Kind
	}{
		"a long text":             {who, "home", forum.Draft{Body: strings.Repeat("x", forum.LongestBody+1)}, fault.Invalid},
		"a long title":            {who, "home", forum.Draft{Title: strings.Repeat("x", forum.LongestTitle+1)}, fault.Invalid},
		"a long warning":          {who, "home", forum.Draft{Warning: strings.Repeat("x", forum.LongestWarning+1)}, fault.Invalid},
		"broken signs":            {who, "home", forum.Draft{Body: "a\xff"}, fault.Invalid},
		"a board that is none":    {who, "nowhere", forum.Draft{Body: "x"}, fault.NotFound},
		"a board of other people": {who, "round", forum.Draft{Body: "x"}, fault.NotFound},
		"an archived board":       {who, "old", forum.Draft{Body: "x"}, fault.Refused},
		"a visitor":               {member.Actor{}, "home", forum.Draft{Body: "x"}, fault.SignIn},
	} {
		if err := p.forum.KeepStart(ctx, row.who, row.board, row.d); !fault.Is(err, row.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if n := counts(t, p)["boxes"]; n != 0 {
		t.Errorf("%d boxes were written", n)
	}
	if err := p.forum.KeepStart(ctx, who, "home", forum.Draft{Body: strings.Repeat("<", forum.LongestBody)}); err != nil {
		t.Errorf("the longest text: %v", err)
	}
	if d, _ := p.kept(t, who, "home"); len(d.Body) != forum.LongestBody {
		t.Errorf("%d letters came back", len(d.Body))
	}
}

func TestATalkThatIsSignedOpenlyTakesItsDraftAlong(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	if err := p.forum.KeepStart(ctx, p.team, "round", forum.Draft{Title: "Between us", Body: "Words."}); err != nil {
		t.Fatal(err)
	}
	r := p.start(t, p.team, "round", forum.Draft{Title: "Between us", Body: "Words.", Lang: "en", Mode: forum.ByHandle})
	if _, found := p.kept(t, p.team, "round"); found {
		t.Error("the draft is there after she began the talk")
	}
	// The box of the draft must not lead to a topic that carries her handle.
	trail, err := member.Trail(ctx, p.DB.DB, p.team)
	if err != nil || len(trail) != 1 || trail[0] == r.Topic {
		t.Errorf("her trail is %v, %v; the talk is %v", trail, err, r.Topic)
	}
	if err := p.forum.KeepDraft(ctx, p.team, r.Topic, "An answer."); err != nil {
		t.Fatal(err)
	}
	if _, err := p.forum.Reply(ctx, p.team, r.Topic, forum.Draft{Body: "An answer.", Mode: forum.ByHandle}); err != nil {
		t.Fatal(err)
	}
	if kept, err := p.forum.Kept(ctx, p.team, r.Topic); err != nil || kept.Draft != "" {
		t.Errorf("the draft of her answer is %q, %v", kept.Draft, err)
	}
}
