package desk_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// keyOf is the message of a fault, "" for none.
func keyOf(err error) string {
	if f := fault.As(err); f != nil {
		return f.Key
	}
	return ""
}

func TestWhatOneModeratorTookTheOtherCannotTake(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	_, item := p.held(t, someone(), "How do you sleep?")
	p.claim(t, item)
	if err := p.desk.Claim(ctx, p.other, item.ID); !fault.Is(err, fault.Conflict) || keyOf(err) != "desk.taken" {
		t.Errorf("the second got %v; want that it is taken", err)
	}
	p.claim(t, item) // her own again
	now := p.waiting(t, "")[0]
	if now.TakenBy(p.mod, p.Store.Time()) != "me" || now.TakenBy(p.other, p.Store.Time()) != "other" || item.TakenBy(p.mod, p.Store.Time()) != "" {
		t.Errorf("taken by %v until %s", now.ClaimedBy, now.ClaimedUntil)
	}
}

func TestOfManyClaimsAtOnceOneHolds(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	_, item := p.held(t, someone(), "How do you sleep?")
	var mu sync.Mutex
	var wg sync.WaitGroup
	holds := 0
	for range 8 {
		who := team("lampione", member.RoleModerator)
		wg.Go(func() {
			err := p.desk.Claim(ctx, who, item.ID)
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Errorf("got %v", err)
			}
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				holds++
			}
		})
	}
	wg.Wait()
	if holds != 1 {
		t.Errorf("%d people hold the item; want one", holds)
	}
}

func TestAClaimRunsOutAfterAQuarterOfAnHour(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	_, item := p.held(t, someone(), "How do you sleep?")
	p.claim(t, item)
	p.Time.Advance(15 * time.Minute)
	if err := p.desk.Claim(ctx, p.other, item.ID); !fault.Is(err, fault.Conflict) {
		t.Fatalf("after 15 minutes somebody else got %v; want that it is taken", err)
	}
	p.Time.Advance(time.Minute)
	if err := p.try(item, desk.Choice{Action: desk.Keep}); !fault.Is(err, fault.Conflict) || keyOf(err) != "desk.claim.over" {
		t.Errorf("after 16 minutes she decides and gets %v; want that her claim is over", err)
	}
	if err := p.desk.Claim(ctx, p.other, item.ID); err != nil {
		t.Errorf("after 16 minutes somebody else got %v", err)
	}
	if err := p.try(item, desk.Choice{Action: desk.Keep}); !fault.Is(err, fault.Conflict) {
		t.Errorf("with somebody else's claim she got %v", err)
	}
}

func TestAnItemThatIsHandedBackIsFree(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	_, item := p.held(t, someone(), "How do you sleep?")
	p.claim(t, item)
	if err := p.desk.Release(ctx, p.other, item.ID); err != nil {
		t.Fatal(err)
	}
	if err := p.desk.Claim(ctx, p.other, item.ID); !fault.Is(err, fault.Conflict) {
		t.Error("somebody else handed back what was not hers")
	}
	if err := p.desk.Release(ctx, p.mod, item.ID); err != nil {
		t.Fatal(err)
	}
	if now := p.waiting(t, "")[0]; !now.ClaimedBy.IsZero() || now.ClaimedUntil != "" {
		t.Errorf("after it was handed back: %+v", now)
	}
	if err := p.desk.Claim(ctx, p.other, item.ID); err != nil {
		t.Errorf("after it was handed back: %v", err)
	}
}

func TestHerOwnWordsAreLeftToSomebodyElse(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	anonymous, item := p.held(t, p.mod, "A question of my own.")
	badge := p.write(t, p.mod, forum.Draft{Body: "I am here tonight.", Mode: forum.ByHandle})
	if _, err := p.forum.Report(ctx, someone(), badge.Post, "other", ""); err != nil {
		t.Fatal(err)
	}
	changed := p.mod // after she changed her key
	changed.Secrets = append([]vault.Secret{vault.NewSecret()}, p.mod.Secrets...)
	before := p.dump(t)
	for name, c := range map[string]struct {
		who  member.Actor
		item desk.Item
	}{
		"her anonymous words":                   {p.mod, item},
		"her badge's words":                     {p.mod, p.itemOf(t, badge.Post)},
		"her words from before she changed key": {changed, item},
	} {
		if err := p.desk.Claim(ctx, c.who, c.item.ID); !fault.Is(err, fault.Refused) || keyOf(err) != "desk.own" {
			t.Errorf("%s: got %v; want a refusal", name, err)
		}
	}
	if p.dump(t) != before {
		t.Error("the refusal left something in the database")
	}
	// Whoever put a claim into the database by hand is still refused at the decision.
	if err := p.DB.DB.Exec("UPDATE queue_items SET claimed_by = ?, claimed_until = '2026-03-07T23:00'", p.mod.Role.ID).Error; err != nil {
		t.Fatal(err)
	}
	if err := p.try(item, desk.Choice{Action: desk.Keep}); !fault.Is(err, fault.Refused) || keyOf(err) != "desk.own" {
		t.Errorf("she decides about herself: got %v; want a refusal", err)
	}
	if p.post(t, anonymous.Post).State != forum.Held || len(p.waiting(t, "")) != 2 {
		t.Error("her own decision had an effect")
	}
	if err := p.desk.Release(ctx, p.mod, item.ID); err != nil {
		t.Fatal(err)
	}
	if err := p.desk.Claim(ctx, p.other, item.ID); err != nil {
		t.Errorf("somebody else takes it: %v", err)
	}
}

func TestNothingIsDecidedWithoutAClaim(t *testing.T) {
	p := open(t)
	r, item := p.held(t, someone(), "How do you sleep?")
	before := p.dump(t)
	for _, action := range desk.Actions {
		err := p.try(item, desk.Choice{Action: action, Reason: "contact", Mask: []string{"sleep"}, Label: "[x]", Days: 3})
		if !fault.Is(err, fault.Conflict) || keyOf(err) != "desk.claim.over" {
			t.Errorf("%s: got %v; want that there is no claim", action, err)
		}
	}
	if p.dump(t) != before || p.post(t, r.Post).State != forum.Held {
		t.Error("a decision without a claim changed something")
	}
}

func TestWhatIsDecidedIsGone(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	_, item := p.held(t, someone(), "How do you sleep?")
	p.decide(t, item, desk.Choice{Action: desk.Keep})
	for name, err := range map[string]error{
		"a second decision": p.try(item, desk.Choice{Action: desk.Remove, Reason: "spam"}),
		"a claim":           p.desk.Claim(ctx, p.other, item.ID),
		"an unknown item":   p.desk.Claim(ctx, p.other, store.NewID()),
	} {
		if !fault.Is(err, fault.Conflict) || keyOf(err) != "desk.item.gone" {
			t.Errorf("%s: got %v; want that the item is gone", name, err)
		}
	}
}

func TestAnIncompleteChoiceSaysWhatToMend(t *testing.T) {
	p := open(t)
	_, item := p.held(t, someone(), "How do you sleep?")
	p.claim(t, item)
	long := strings.Repeat("ж", desk.LongestWords)
	for _, c := range []struct {
		name   string
		choice desk.Choice
		want   string // the fields
	}{
		{"no action", desk.Choice{Reason: "spam"}, "action"},
		{"nothing at all", desk.Choice{}, "action reason"},
		{"an unknown action", desk.Choice{Action: "burn", Reason: "spam"}, "action"},
		{"no reason", desk.Choice{Action: desk.Hide}, "reason"},
		{"an unknown reason", desk.Choice{Action: desk.Hide, Reason: "taste"}, "reason"},
		{"a long explanation", desk.Choice{Action: desk.Hide, Reason: "spam", Words: long + "ж"}, "words"},
		{"a mask without words", desk.Choice{Action: desk.Mask, Reason: "contact", Label: "[x]"}, "mask"},
		{"a mask of empty words", desk.Choice{Action: desk.Mask, Reason: "contact", Mask: []string{"", "  "}, Label: "[x]"}, "mask"},
		{"a pause of no day", desk.Choice{Action: desk.Pause, Reason: "threat"}, "days"},
		{"a pause backwards", desk.Choice{Action: desk.Pause, Reason: "threat", Days: -1}, "days"},
		{"a pause without end", desk.Choice{Action: desk.Pause, Reason: "threat", Days: desk.LongestPause + 1}, "days"},
	} {
		err := p.try(item, c.choice)
		var fields []string
		if f := fault.As(err); f != nil {
			for _, field := range f.Fields {
				fields = append(fields, field.Name)
			}
		}
		if got := strings.Join(fields, " "); !fault.Is(err, fault.Invalid) || got != c.want {
			t.Errorf("%s: got %v with the fields %q; want %q", c.name, err, got, c.want)
		}
	}
	if err := p.try(item, desk.Choice{Action: desk.Hide, Reason: "spam", Words: " " + long + " "}); err != nil {
		t.Errorf("the longest explanation: %v", err)
	}
}
