package forum_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
)

var secretQuestion = forum.Draft{Title: "A canarytitle", Body: "The canarybody of my question.", Lang: "it", Nonce: "ask"}

func (p *place) ask(t *testing.T, who member.Actor, d forum.Draft) store.ID {
	t.Helper()
	r, err := p.forum.Ask(context.Background(), who, d)
	if err != nil || !r.Stored {
		t.Fatalf("ask: stored %v, %v", r.Stored, err)
	}
	return r.ID
}

// everything is all that a thief has: every table, and on SQLite the files.
func (p *place) everything(t *testing.T) string {
	t.Helper()
	tables, err := p.DB.DB.Migrator().GetTables()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, table := range tables {
		if strings.HasPrefix(table, "post_words") || strings.HasPrefix(table, "sqlite_") {
			continue
		}
		var rows []map[string]any
		if err := p.DB.DB.Table(table).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, value := range row {
				if raw, ok := value.([]byte); ok {
					row[column] = string(raw)
				}
			}
			fmt.Fprintln(&b, table, row)
		}
	}
	if !storetest.Postgres() {
		for _, suffix := range []string{"", "-wal"} {
			raw, err := os.ReadFile(p.Address.SQLite + suffix)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(raw)
		}
	}
	return b.String()
}

func TestHerQuestionIsReadByPeersWithTheKeyAndByNobodyElse(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	who, other := p.join(t), p.join(t)
	id := p.ask(t, who, secretQuestion)
	coordinator := p.takeUp(t, "bussola", func() (string, error) {
		return p.members.OfferRoles(ctx, p.admin, []member.Role{member.RoleCoordinator})
	})
	moderator := p.takeUp(t, "faro", func() (string, error) {
		return p.members.OfferRoles(ctx, p.admin, []member.Role{member.RoleModerator})
	})
	newcomer := p.takeUp(t, "colibri", func() (string, error) {
		return p.members.OfferRoles(ctx, p.admin, []member.Role{member.RolePeer})
	})
	for name, actor := range map[string]member.Actor{
		"a coordinator": coordinator, "an administrator": p.admin, "a moderator": moderator, "a visitor": {}, "another member": other,
		"a peer whom nobody gave the key": newcomer,
	} {
		if thread, err := p.forum.AskedOne(ctx, actor, id); !fault.Is(err, fault.NotFound) || len(thread.Parts) > 0 {
			t.Errorf("%s reads it: %v", name, err)
		}
		if err := p.forum.Answer(ctx, actor, id, forum.Draft{Body: "An answer."}); err == nil {
			t.Errorf("%s answers it", name)
		}
		if _, err := p.forum.MyQuestion(ctx, actor, id); err == nil {
			t.Errorf("%s reads it as hers", name)
		}
	}
	if lines, older, err := p.forum.Asked(ctx, newcomer, forum.AskedFilter{}); err != nil || len(lines) != 0 || !older {
		t.Errorf("without the key: %d lines, older %v, %v", len(lines), older, err)
	}
	if err := p.members.GrantKey(ctx, p.team, member.CircleDuty, newcomer.Role.ID); err != nil {
		t.Fatal(err)
	}
	thread, err := p.forum.AskedOne(ctx, newcomer, id)
	if err != nil || thread.Title != "A canarytitle" || len(thread.Parts) != 1 || thread.Parts[0].Handle != "" {
		t.Fatalf("after the key was handed on: %+v, %v", thread, err)
	}
	if lines, _, err := p.forum.Asked(ctx, newcomer, forum.AskedFilter{Lang: "it"}); err != nil || len(lines) != 1 || lines[0].Title != "A canarytitle" {
		t.Errorf("the queue shows %v, %v", lines, err)
	}
	if lines, _, err := p.forum.Asked(ctx, newcomer, forum.AskedFilter{Lang: "fr"}); err != nil || len(lines) != 0 {
		t.Errorf("the queue in another language shows %v, %v", lines, err)
	}
	if hits, err := p.forum.Search(ctx, p.team, "canarybody", ""); err != nil || len(hits) != 0 {
		t.Errorf("search finds it: %d, %v", len(hits), err)
	}
	if all := p.everything(t); strings.Contains(all, "canarytitle") || strings.Contains(all, "canarybody") {
		t.Error("a copy of the database shows the words")
	}
}

func TestTheAuthorReadsTheAnswerInANewSession(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	who := p.join(t)
	id := p.ask(t, who, secretQuestion)
	if again := p.ask(t, who, secretQuestion); again != id {
		t.Error("the same form asked twice")
	}
	answer := forum.Draft{Body: "The canaryanswer.", Nonce: "answer"}
	for range 2 {
		if err := p.forum.Answer(ctx, p.team, id, answer); err != nil {
			t.Fatal(err)
		}
	}
	opened, err := p.members.SignIn(ctx, member.KeyForm{Key: who.NewKey})
	if err != nil {
		t.Fatal(err)
	}
	later := opened.Actor
	lines, err := p.forum.MyQuestions(ctx, later)
	if err != nil || len(lines) != 1 || lines[0].Title != "A canarytitle" || !lines[0].New || lines[0].State != forum.Answered {
		t.Fatalf("her list: %+v, %v", lines, err)
	}
	thread, err := p.forum.MyQuestion(ctx, later, id)
	if err != nil || len(thread.Parts) != 2 || thread.Parts[1].Handle != "lampione" || thread.Parts[1].Badge != "peer" ||
		!strings.Contains(thread.Parts[1].HTML, "canaryanswer") {
		t.Fatalf("she reads %+v, %v", thread, err)
	}
	if lines, _ = p.forum.MyQuestions(ctx, later); lines[0].New {
		t.Error("what she has read is still new")
	}
	if _, err := p.forum.AskMore(ctx, later, id, forum.Draft{Body: "And one more thing.", Nonce: "more"}); err != nil {
		t.Fatal(err)
	}
	if waiting, _, err := p.forum.Asked(ctx, p.team, forum.AskedFilter{}); err != nil || len(waiting) != 1 {
		t.Errorf("it waits again: %d, %v", len(waiting), err)
	}
	changed, err := p.members.ChangeKey(ctx, later, member.Again{Key: who.NewKey})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.forum.MyQuestion(ctx, changed.Actor, id); err != nil {
		t.Errorf("under a new key: %v", err)
	}
	if err := p.forum.CloseQuestion(ctx, changed.Actor, id); err != nil {
		t.Fatal(err)
	}
	if err := p.forum.Answer(ctx, p.team, id, forum.Draft{Body: "Too late."}); keyOf(err) != "forum.ask.closed" {
		t.Errorf("an answer to a closed question: %v", err)
	}
	if _, err := p.forum.AskMore(ctx, changed.Actor, id, forum.Draft{Body: "Too late."}); keyOf(err) != "forum.ask.closed" {
		t.Errorf("her own words to a closed question: %v", err)
	}
	for name, actor := range map[string]member.Actor{"a peer": p.team, "another member": p.join(t)} {
		if err := p.forum.DeleteQuestion(ctx, actor, id); err == nil {
			t.Errorf("%s deletes it", name)
		}
	}
}

func TestADeletedQuestionLeavesNothing(t *testing.T) {
	ctx := context.Background()
	for name, remove := range map[string]func(p *place, who member.Actor, id store.ID) error{
		"by its author": func(p *place, who member.Actor, id store.ID) error { return p.forum.DeleteQuestion(ctx, who, id) },
		"with the account": func(p *place, who member.Actor, _ store.ID) error {
			return p.members.DeleteAccount(ctx, who, member.Again{Key: who.NewKey}, false)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t)
			who := p.join(t)
			id := p.ask(t, who, secretQuestion)
			if err := p.forum.Answer(ctx, p.team, id, forum.Draft{Body: "The canaryanswer."}); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(p.everything(t), string(id[:])) {
				t.Fatal("the question is not even there before")
			}
			if err := remove(p, who, id); err != nil {
				t.Fatal(err)
			}
			if err := p.Shuffle(ctx); err != nil {
				t.Fatal(err)
			}
			if err := p.Checkpoint(ctx); err != nil {
				t.Fatal(err)
			}
			all := p.everything(t)
			for _, canary := range []string{"canary", string(id[:]), string(who.Newest().Address("topic/" + id.String()))} {
				if strings.Contains(all, canary) {
					t.Errorf("%q is still there", canary)
				}
			}
			for _, table := range []string{"questions", "question_parts", "sealed", "sealed_keys"} {
				var n int64
				if err := p.DB.DB.Table(table).Count(&n).Error; err != nil || n != 0 {
					t.Errorf("%s keeps %d rows, %v", table, n, err)
				}
			}
			if err := p.forum.Answer(ctx, p.team, id, forum.Draft{Body: "Where is it?"}); !fault.Is(err, fault.NotFound) {
				t.Errorf("an answer to what is gone: %v", err)
			}
		})
	}
}

func TestNobodyIsAskedWhereNobodyReads(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	who := p.join(t)
	if err := p.DB.DB.Exec("UPDATE role_accounts SET ended = '2026-03-01' WHERE id = ?", p.team.Role.ID).Error; err != nil {
		t.Fatal(err)
	}
	if can, err := p.forum.CanAsk(ctx); err != nil || can {
		t.Errorf("somebody can ask: %v, %v", can, err)
	}
	if _, err := p.forum.Ask(ctx, who, secretQuestion); keyOf(err) != "forum.ask.nobody" {
		t.Errorf("got %v; want a refusal that says that nobody reads", err)
	}
	next := p.takeUp(t, "colibri", func() (string, error) {
		return p.members.OfferRoles(ctx, p.admin, []member.Role{member.RolePeer})
	})
	id := p.ask(t, who, secretQuestion)
	if _, err := p.forum.AskedOne(ctx, next, id); err != nil {
		t.Errorf("the next peer founds the circle anew and reads: %v", err)
	}
}

func TestAQuestionIsScreenedLikeAPost(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	who := p.join(t)
	d := secretQuestion
	d.Body = "Call me on 347 123 45 67 please"
	r, err := p.forum.Ask(ctx, who, d)
	if err != nil || r.Stored || len(r.Verdict.Findings) == 0 {
		t.Fatalf("a number: stored %v, %v", r.Stored, err)
	}
	d.Insist = true
	p.ask(t, who, d)
	for name, c := range map[string]struct {
		d     forum.Draft
		field string
	}{
		"nothing":         {forum.Draft{Lang: "en"}, "title"},
		"no words":        {forum.Draft{Title: "A question", Lang: "en"}, "body"},
		"far too many":    {forum.Draft{Title: "A question", Body: strings.Repeat("x", 100_000), Lang: "en"}, "body"},
		"an odd language": {forum.Draft{Title: "A question", Body: "Words.", Lang: "xx1"}, "lang"},
	} {
		_, err := p.forum.Ask(ctx, who, c.d)
		if f := fault.As(err); f == nil || len(f.Fields) == 0 || f.Fields[0].Name != c.field {
			t.Errorf("%s: %v; want something to mend in %s", name, err, c.field)
		}
	}
	urgent := p.ask(t, who, forum.Draft{Title: "Tonight", Body: "I want to kill myself", Lang: "en", Nonce: "urgent"})
	lines, _, err := p.forum.Asked(ctx, p.team, forum.AskedFilter{})
	if err != nil || len(lines) != 2 || lines[0].ID != urgent || !lines[0].Urgent || lines[1].Urgent {
		t.Errorf("the queue is %+v, %v; want what is urgent first", lines, err)
	}
	for i := range forum.MostQuestions - 2 {
		p.ask(t, who, forum.Draft{Title: "One more", Body: "Words.", Lang: "en", Nonce: fmt.Sprint("n", i)})
	}
	if _, err := p.forum.Ask(ctx, who, forum.Draft{Title: "Too many", Body: "Words.", Lang: "en"}); keyOf(err) != "forum.ask.many" {
		t.Errorf("the eleventh: %v", err)
	}
}
