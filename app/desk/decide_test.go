package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
)

func TestAKeptFirstLookLeavesNothingButACount(t *testing.T) {
	p := open(t)
	author := someone()
	r, item := p.held(t, author, "How do you sleep?")
	if p.sees(member.Actor{}, r) || !p.sees(author, r) {
		t.Fatal("while it waits its author alone sees it")
	}
	p.decide(t, item, desk.Choice{Action: desk.Keep, Words: "a warm welcome"})
	if !p.sees(member.Actor{}, r) {
		t.Error("a visitor does not see what was kept")
	}
	if n := p.count(t, "decisions", "1 = 1"); n != 0 {
		t.Errorf("%d decisions stay; want none", n)
	}
	if n := p.count(t, "queue_items", "1 = 1"); n != 0 {
		t.Errorf("%d items still wait", n)
	}
	if n := p.count(t, "desk_counts", "month = '2026-03' AND action = 'keep' AND reason = '' AND waited = 'minutes' AND n = 1"); n != 1 {
		t.Errorf("%d counts; want one", n)
	}
	matter := p.audited(t, "decision")
	if len(matter) != 1 || !strings.Contains(matter[0], p.mod.Role.ID.String()) {
		t.Fatalf("the audit log has %q; want one row that names who decided", matter)
	}
	for _, trace := range []string{r.Post.String(), r.Topic.String(), "warm", "sleep", forum.FirstLook} {
		if strings.Contains(matter[0], trace) {
			t.Errorf("the audit row of a kept first look holds %q: %s", trace, matter[0])
		}
	}
	dump := p.dump(t)
	if strings.Contains(dump, forum.FirstLook) || strings.Count(dump, r.Post.String()) != 1 {
		t.Errorf("a kept first look left its mark: the post's id stands %d times", strings.Count(dump, r.Post.String()))
	}
}

func TestMaskedWordsAreGoneAndTheRestIsShown(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author := someone()
	r, item := p.held(t, author, "Ask Valentina at the corner, Valentina knows.")
	p.claim(t, item)
	choice := desk.Choice{Action: desk.Mask, Reason: "identifies", Mask: []string{"Ludmilla"}, Label: "[name removed]"}
	before := p.dump(t)
	err := p.try(item, choice)
	if f := fault.As(err); f == nil || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Key != "desk.mask.absent" {
		t.Fatalf("words that are not there: got %v; want something to mend", err)
	}
	if p.dump(t) != before {
		t.Fatal("a mask that did not fit changed something")
	}
	choice.Mask = []string{"Valentina"}
	if err := p.try(item, choice); err != nil {
		t.Fatal(err)
	}
	post := p.post(t, r.Post)
	if post.Body != "Ask [name removed] at the corner, [name removed] knows." || post.State != forum.Shown || post.Version != 2 {
		t.Errorf("got %q, %s, version %d", post.Body, post.State, post.Version)
	}
	if strings.Contains(strings.ToLower(p.dump(t)), "valentina") {
		t.Error("the masked name still stands in the database")
	}
	if hits, err := p.forum.Search(ctx, member.Actor{}, "valentina", ""); err != nil || len(hits) != 0 {
		t.Errorf("the masked name is found %d times, %v", len(hits), err)
	}
	if hits, err := p.forum.Search(ctx, member.Actor{}, "corner", ""); err != nil || len(hits) != 1 {
		t.Errorf("the rest is found %d times, %v", len(hits), err)
	}
}

func TestMaskingAReportedPostKeepsItsCounters(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r, item := p.reported(t, someone(), "Ask Valentina at the corner.", "identifies")
	p.decide(t, item, desk.Choice{Action: desk.Mask, Reason: "identifies", Mask: []string{"Valentina"}, Label: "[name removed]"})
	if n := p.count(t, "topics", "id = ? AND shown = 1 AND listed = ?", r.Topic, true); n != 1 {
		t.Error("the talk's counter does not fit its one shown post")
	}
	if hits, err := p.forum.Search(ctx, member.Actor{}, "valentina", ""); err != nil || len(hits) != 0 {
		t.Errorf("the masked name is found %d times, %v", len(hits), err)
	}
}

func TestAHiddenPostIsSeenByItsAuthorAloneWithTheReason(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author, stranger := someone(), someone()
	r, item := p.reported(t, author, "Words that somebody reported.", "blame")
	p.decide(t, item, desk.Choice{Action: desk.Hide, Reason: "blame", Words: "  Please say it without blame.  "})
	if p.sees(member.Actor{}, r) || p.sees(stranger, r) || !p.sees(author, r) {
		t.Errorf("seen by a visitor %v, a member %v, its author %v", p.sees(member.Actor{}, r), p.sees(stranger, r), p.sees(author, r))
	}
	if hits, err := p.forum.Search(ctx, member.Actor{}, "reported", ""); err != nil || len(hits) != 0 {
		t.Errorf("a hidden post is found %d times, %v", len(hits), err)
	}
	for name, c := range map[string]struct {
		who  member.Actor
		want int
	}{"its author": {author, 1}, "another member": {stranger, 0}, "the moderator": {p.mod, 0}, "a visitor": {member.Actor{}, 0}} {
		tags, err := p.forum.Tags(ctx, p.DB.DB, c.who)
		if err != nil {
			t.Fatal(err)
		}
		found, err := p.desk.DecisionsFor(ctx, c.who, tags)
		if err != nil || len(found) != c.want {
			t.Errorf("%s finds %d decisions, %v; want %d", name, len(found), err, c.want)
			continue
		}
		if c.want == 1 && (found[0].Words != "Please say it without blame." || found[0].Reason != "blame" || found[0].Action != desk.Hide ||
			found[0].Day != "2026-03-07" || found[0].PostID != r.Post) {
			t.Errorf("she reads %+v", found[0])
		}
	}
}

func TestADecisionIsAuditedByItsIdsWithoutWords(t *testing.T) {
	p := open(t)
	author := someone()
	r, item := p.reported(t, author, "Words about zimtstern.", "blame")
	p.decide(t, item, desk.Choice{Action: desk.Hide, Reason: "blame", Words: "An explanation about muskatnuss."})
	matter := p.audited(t, "decision")
	if len(matter) != 2 { // the first look before
		t.Fatalf("%d audit rows", len(matter))
	}
	all := strings.Join(matter, " ")
	for _, want := range []string{r.Post.String(), p.mod.Role.ID.String(), `"action":"hide"`, `"reason":"blame"`} {
		if !strings.Contains(all, want) {
			t.Errorf("the audit log lacks %s: %s", want, all)
		}
	}
	tag := author.Tags("topic", r.Topic)[0]
	for _, trace := range []string{"zimtstern", "muskatnuss", r.Topic.String(), string(tag), p.mod.Role.Handle, author.Account.String()} {
		if strings.Contains(all, trace) {
			t.Errorf("the audit log holds %q", trace)
		}
	}
	if n := p.count(t, "audit_rows", "kind = 'decision' AND at = '2026-03-07'"); n != 2 {
		t.Error("decisions are audited with the day and nothing finer")
	}
	for table, where := range map[string]string{"queue_items": "1 = 1", "reports": "1 = 1"} {
		if n := p.count(t, table, where); n != 0 {
			t.Errorf("%s still has %d rows", table, n)
		}
	}
	if n := p.count(t, "desk_counts", "action = 'hide' AND reason = 'blame' AND n = 1"); n != 1 {
		t.Error("the decision is not counted")
	}
}

func TestARemovedPostIsGoneAndItsAuthorReadsWhy(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author := someone()
	r, item := p.reported(t, author, "Call zimtstern tonight.", "offer")
	p.decide(t, item, desk.Choice{Action: desk.Remove, Reason: "offer"})
	if p.count(t, "posts", "id = ?", r.Post) != 0 || strings.Contains(p.dump(t), "zimtstern") {
		t.Error("the words are still there")
	}
	if p.count(t, "topics", "id = ? AND shown = 0 AND listed = ?", r.Topic, false) != 1 {
		t.Error("a talk without words must stay for its author and leave the lists")
	}
	tags, err := p.forum.Tags(ctx, p.DB.DB, author)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := p.desk.DecisionsFor(ctx, author, tags); err != nil || len(found) != 1 || found[0].Action != desk.Remove {
		t.Errorf("its author finds %d decisions, %v", len(found), err)
	}
	err = p.Tx(ctx, func(tx *gorm.DB) error { return p.desk.Erase(ctx, tx, tags) })
	if err != nil || p.count(t, "decisions", "1 = 1") != 0 {
		t.Errorf("after she took everything with her decisions stay, %v", err)
	}
}

func TestAClosedTalkIsReadAndNotAnswered(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r, item := p.held(t, someone(), "A talk that has run its course.")
	p.decide(t, item, desk.Choice{Action: desk.Close, Reason: "off-topic"})
	if !p.sees(member.Actor{}, r) {
		t.Error("a closed talk must stay readable")
	}
	if _, err := p.forum.Reply(ctx, someone(), r.Topic, forum.Draft{Body: "One more word", Lang: "en"}); !fault.Is(err, fault.Refused) || keyOf(err) != "forum.topic.closed" {
		t.Errorf("an answer: got %v; want a refusal", err)
	}
}

func TestAPauseHoldsOnEveryBoardAndEndsByItself(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	author := someone()
	elsewhere := p.write(t, author, forum.Draft{Body: "Another talk of hers."})
	r, item := p.reported(t, author, "A threat.", "threat")
	boxes := p.count(t, "boxes", "1 = 1")
	p.decide(t, item, desk.Choice{Action: desk.Pause, Reason: "threat", Days: 3})
	if p.sees(member.Actor{}, r) {
		t.Error("the post that led to a pause is still shown")
	}
	if p.count(t, "boxes", "1 = 1") != boxes || p.count(t, "accounts", "1 = 1") != 0 {
		t.Error("a pause wrote a row that belongs to a person")
	}
	talk := func() error {
		_, err := p.forum.StartTalk(ctx, author, "care", forum.Draft{Title: "On another board", Body: "Hello.", Lang: "en"})
		return err
	}
	answer := func() error {
		_, err := p.forum.Reply(ctx, author, elsewhere.Topic, forum.Draft{Body: "Hello.", Lang: "en"})
		return err
	}
	second := author // a second session of hers, after she changed her key
	second.Secrets = append(someone().Secrets, author.Secrets...)
	for day := 7; day <= 10; day++ {
		for name, act := range map[string]func() error{"a talk on another board": talk, "an answer in another talk": answer} {
			if err := act(); !fault.Is(err, fault.Refused) || keyOf(err) != "forum.paused" {
				t.Errorf("%s on %d March: got %v; want that she is paused", name, day, err)
			}
		}
		if _, err := p.forum.Reply(ctx, second, elsewhere.Topic, forum.Draft{Body: "Hello.", Lang: "en"}); keyOf(err) != "forum.paused" {
			t.Errorf("her other session on %d March: got %v", day, err)
		}
		p.Time.Advance(24 * time.Hour)
	}
	for name, act := range map[string]func() error{"a talk on another board": talk, "an answer in another talk": answer} {
		if err := act(); err != nil {
			t.Errorf("%s on 11 March: got %v; want that the pause ended by itself", name, err)
		}
	}
}

func TestABadgeIsNotPausedAndNothingIsHalfDecided(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.write(t, p.other, forum.Draft{Body: "I am here tonight.", Mode: forum.ByHandle})
	if _, err := p.forum.Report(ctx, someone(), r.Post, "blame", ""); err != nil {
		t.Fatal(err)
	}
	item := p.itemOf(t, r.Post)
	p.claim(t, item)
	before := p.dump(t)
	if err := p.try(item, desk.Choice{Action: desk.Pause, Reason: "blame", Days: 3}); !fault.Is(err, fault.Refused) {
		t.Errorf("got %v; want a refusal", err)
	}
	if p.dump(t) != before {
		t.Error("a decision that failed changed something")
	}
	if err := p.try(item, desk.Choice{Action: desk.Hide, Reason: "blame"}); err != nil {
		t.Fatal(err)
	}
	if found, err := p.desk.DecisionsFor(ctx, p.other, nil); err != nil || len(found) != 1 {
		t.Errorf("she who signed it finds %d decisions, %v", len(found), err)
	}
	if found, err := p.desk.DecisionsFor(ctx, p.mod, nil); err != nil || len(found) != 0 {
		t.Errorf("her colleague finds %d decisions, %v", len(found), err)
	}
}

func TestAnUpheldReportWeighsAndAFirstLookDoesNot(t *testing.T) {
	p := open(t)
	hidden, item := p.held(t, someone(), "Words that never were shown.")
	p.decide(t, item, desk.Choice{Action: desk.Hide, Reason: "off-topic"})
	if n := p.count(t, "voices", "topic_id = ? AND upheld_day IS NULL", hidden.Topic); n != 1 {
		t.Error("a first look counts like an upheld report")
	}
	upheld, item := p.reported(t, someone(), "Words that were reported.", "blame")
	p.decide(t, item, desk.Choice{Action: desk.Hide, Reason: "blame"})
	if n := p.count(t, "voices", "topic_id = ? AND upheld_day = '2026-03-07'", upheld.Topic); n != 1 {
		t.Error("the upheld report left no mark on the voice")
	}
	kept, item := p.reported(t, someone(), "Words that were reported for nothing.", "blame")
	p.decide(t, item, desk.Choice{Action: desk.Keep})
	if n := p.count(t, "voices", "topic_id = ? AND upheld_day IS NULL", kept.Topic); n != 1 {
		t.Error("a report that led to nothing left a mark")
	}
}

func TestTheWaitIsCountedInBucketsByMonth(t *testing.T) {
	p := open(t)
	for _, waits := range []time.Duration{0, 10 * time.Minute, 11 * time.Minute, time.Hour, 61 * time.Minute, 24 * time.Hour, 25 * time.Hour} {
		_, item := p.held(t, someone(), "How do you sleep?")
		p.Time.Advance(waits)
		p.decide(t, item, desk.Choice{Action: desk.Hide, Reason: "spam"})
	}
	var counts []desk.Count
	if err := p.DB.DB.Order("waited").Find(&counts).Error; err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"minutes": 2, "hour": 2, "day": 2, "longer": 1}
	if len(counts) != len(want) {
		t.Fatalf("got %+v", counts)
	}
	for _, c := range counts {
		if c.N != want[c.Waited] || c.Month != "2026-03" || c.Reason != "spam" {
			t.Errorf("got %+v; want %d", c, want[c.Waited])
		}
	}
}
