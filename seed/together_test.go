package seed_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/moderation"
)

// sealedTogether are words that no table may show: what was asked of the peers, what they
// answered, and what an author said when she asked for another look.
var sealedTogether = []string{
	"Un esame che non so", "compagno di scuola", "con un numero e senza nome", "ورقة من المدرسة", "يقرؤها معي", "colère à cause", "found by other mothers",
}

func (c community) groupIsThere(t *testing.T) {
	ctx, june := context.Background(), c.enter(t, "June")
	groups, err := c.forum.Groups(ctx, june, "it")
	if err != nil || len(groups) != 1 || groups[0].Standing != forum.Inside || groups[0].Name == "" {
		t.Fatalf("June sees the groups %+v, %v; want one that she is in", groups, err)
	}
	slug := groups[0].Slug
	topics, _, err := c.forum.Topics(ctx, june, slug, "", nil)
	if err != nil || len(topics) != 2 || topics[0].Lang == topics[1].Lang {
		t.Errorf("%d talks in it, %v; want two, in two languages", len(topics), err)
	}
	voices, langs := map[string]bool{}, map[string]bool{}
	for _, topic := range topics {
		talk, err := c.forum.Conversation(ctx, june, topic.ID, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range talk.Posts {
			voices[topic.ID.String()+p.Name], langs[p.Lang] = true, true
		}
	}
	if len(voices) != 6 || len(langs) != 4 {
		t.Errorf("%d voices in %d languages; want six in four", len(voices), len(langs))
	}
	for name, want := range map[string]forum.Standing{"Amara": forum.Inside, "Salma": forum.Asked, "Teo": forum.Outside, "Tamsin": forum.Outside, "Marta": forum.Outside} {
		who := c.enter(t, name)
		group, err := c.forum.Group(ctx, who, slug, "en")
		if err != nil || group.Standing != want {
			t.Errorf("%s stands %q to it, %v; want %q", name, group.Standing, err, want)
		}
		if _, _, err := c.forum.Topics(ctx, who, slug, "", nil); fault.Is(err, fault.NotFound) != (want != forum.Inside) {
			t.Errorf("%s opens its board: %v", name, err)
		}
	}
}

func (c community) questionsAreThere(t *testing.T) {
	ctx := context.Background()
	for name, want := range map[string]string{"Teo": forum.Answered, "Salma": forum.Open} {
		mine, err := c.forum.MyQuestions(ctx, c.enter(t, name))
		if err != nil || len(mine) != 1 || mine[0].State != want || mine[0].New != (want == forum.Answered) {
			t.Errorf("%s finds %+v, %v; want one question, %s", name, mine, err, want)
		}
	}
	for name, answered := range map[string]bool{"Folake": true, "Ornella": false} {
		lines, older, err := c.forum.Asked(ctx, c.enter(t, name), forum.AskedFilter{Answered: answered})
		if err != nil || len(lines) != 1 || older {
			t.Errorf("%s reads %d questions, older %v, %v; want one", name, len(lines), older, err)
		}
	}
	if _, _, err := c.forum.Asked(ctx, c.enter(t, "Marta"), forum.AskedFilter{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a moderator who is no peer reads questions: %v", err)
	}
}

func (c community) secondLooksAreThere(t *testing.T) {
	ctx, marta := context.Background(), c.enter(t, "Marta")
	waiting, err := c.desk.Waiting(ctx, marta, "")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, item := range waiting {
		kinds[item.Kind]++
		if item.Kind != moderation.Appeal && item.Kind != moderation.Second {
			continue
		}
		if err := c.desk.Claim(ctx, marta, item.ID); !fault.Is(err, fault.Refused) { // she decided both
			t.Errorf("Marta takes her own decision in hand: %v", err)
		}
		if err := c.desk.Claim(ctx, c.enter(t, "Bahia"), item.ID); err != nil {
			t.Errorf("another moderator takes it: %v", err)
		}
		if err := c.desk.Release(ctx, c.enter(t, "Bahia"), item.ID); err != nil {
			t.Error(err)
		}
	}
	if kinds[moderation.Appeal] != 1 || kinds[moderation.Second] != 1 {
		t.Errorf("%v wait; want one appeal and one pause", kinds)
	}
	for name, want := range map[string]string{"Maël": desk.Stays, "Amara": desk.Open, "Edda": ""} {
		hers := c.decisionsFor(t, name)
		if len(hers) != 1 || hers[0].Appeal != want || (want == desk.Stays) != (hers[0].Answer != "") {
			t.Errorf("%s finds %+v; want one decision with the appeal %q", name, hers, want)
		}
	}
	edda := c.enter(t, "Edda")
	if _, err := c.forum.StartTalk(ctx, edda, "start", forum.Draft{Title: "One more time", Body: "Words.", Lang: "en"}); !fault.Is(err, fault.Refused) {
		t.Errorf("Edda writes while her pause waits for its second person: %v", err)
	}
}

func (c community) kindWordsAreThere(t *testing.T) {
	seen, mine := map[string]bool{}, 0
	for _, name := range []string{"Teo", "Nour"} {
		who := c.enter(t, name)
		for _, topic := range c.talks(t, who) {
			talk, err := c.forum.Conversation(context.Background(), who, topic.ID, 1)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range talk.Posts {
				for _, kind := range p.Reactions {
					seen[kind] = true
				}
				if p.MyReaction != "" {
					mine++
				}
			}
		}
	}
	if len(seen) != len(forum.ReactionKinds) || mine < 4 {
		t.Errorf("the kinds %v, and Teo and Nour gave %d; want all, and four at least", seen, mine)
	}
}

// decisionsFor finds the decisions about somebody's words, as her session does.
func (c community) decisionsFor(t *testing.T, name string) []desk.Decision {
	t.Helper()
	ctx, who := context.Background(), c.enter(t, name)
	var tags [][]byte
	err := c.Tx(ctx, func(tx *gorm.DB) (err error) {
		tags, err = c.forum.Tags(ctx, tx, who)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	hers, err := c.desk.DecisionsFor(ctx, who, tags)
	if err != nil {
		t.Fatal(err)
	}
	return hers
}

func (c community) decisionsTookEffect(t *testing.T) {
	masked := c.talk(t, c.enter(t, "Amara"), "Who is with the little one at night?").Posts[2].Body
	if !strings.Contains(masked, "[contact removed]") || strings.Contains(masked, "softlamp") {
		t.Errorf("the masked answer reads %q", masked)
	}
	talk := c.talk(t, c.enter(t, "Salma"), "كسكس يوم الجمعة")
	if talk.Topic.Shown != 3 || talk.Topic.LastNo != 4 {
		t.Errorf("the talk with the advertisement shows %d of %d; want 3 of 4", talk.Topic.Shown, talk.Topic.LastNo)
	}
	var actions []string
	if err := c.DB.DB.Raw("SELECT action FROM decisions ORDER BY action").Scan(&actions).Error; err != nil {
		t.Fatal(err)
	}
	if want := []string{"hide", "mask", "pause", "remove"}; !slices.Equal(actions, want) {
		t.Errorf("decisions %v; want %v", actions, want)
	}
	if hers := c.decisionsFor(t, "Amara"); len(hers) != 1 || hers[0].Words == "" {
		t.Errorf("Amara finds %d decisions about her words; want one with an explanation", len(hers))
	}
}
