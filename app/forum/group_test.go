package forum_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
)

// round is a group with its first two people.
type round struct {
	slug          string
	first, second member.Actor
}

func (p *place) codes(n int) (hashes [][]byte) {
	for range n {
		hashes = append(hashes, p.members.NewCode("group").Hash)
	}
	return hashes
}

func (p *place) group(t *testing.T, name string) round {
	t.Helper()
	ctx := context.Background()
	starters := p.codes(forum.StarterCodes)
	slug, err := p.forum.SetUpGroup(ctx, p.team, forum.NewGroup{Name: name, Purpose: "For us", Lang: "it", Nonce: name}, starters)
	if err != nil {
		t.Fatal(err)
	}
	r := round{slug, p.join(t), p.join(t)}
	for i, who := range []member.Actor{r.first, r.second} {
		if did, err := p.forum.UseCode(ctx, who, slug, starters[i]); err != nil || did != forum.Entered {
			t.Fatalf("a starter code: %v, %v", did, err)
		}
	}
	return r
}

// bring lets a new person in by two signs.
func (p *place) bring(t *testing.T, r round, who member.Actor) {
	t.Helper()
	ctx := context.Background()
	code := p.codes(1)[0]
	if err := p.forum.AskIn(ctx, who, r.slug, code); err != nil {
		t.Fatal(err)
	}
	for i, voucher := range []member.Actor{r.first, r.second} {
		did, err := p.forum.UseCode(ctx, voucher, r.slug, code)
		if want := []forum.CodeDid{forum.Vouched, forum.Admitted}[i]; err != nil || did != want {
			t.Fatalf("sign %d: %v, %v; want %v", i+1, did, err, want)
		}
	}
}

// keyOf is the message of an error, the first field's where it is about a form.
func keyOf(err error) string {
	f := fault.As(err)
	if f == nil {
		return ""
	}
	if len(f.Fields) > 0 {
		return f.Fields[0].Key
	}
	return f.Key
}

func TestTenAdmissionsLeaveMembersAndNothingElse(t *testing.T) {
	p := open(t)
	one, two := p.group(t, "One"), p.group(t, "Two")
	var people []member.Actor
	for range 10 {
		who := p.join(t)
		p.bring(t, one, who)
		p.bring(t, two, who)
		people = append(people, who)
	}
	for table, want := range map[string]int64{"vouches": 0, "board_codes": 0, "board_members": 24} {
		var n int64
		if err := p.DB.DB.Table(table).Count(&n).Error; err != nil || n != want {
			t.Errorf("%s has %d rows, %v; want %d", table, n, err, want)
		}
	}
	var rows []forum.BoardMember
	if err := p.DB.DB.Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	at := map[string]string{}
	for _, row := range rows {
		if other, twice := at[string(row.Tag)]; twice {
			t.Errorf("a value stands in %s and in %s", other, row.Board)
		}
		at[string(row.Tag)] = row.Board
	}
	for _, who := range append(people, one.first, one.second, two.first, two.second, p.team) {
		if _, there := at[string(who.Account[:])]; there {
			t.Error("a member row holds an account")
		}
		if who.Role != nil {
			if _, there := at[string(who.Role.ID[:])]; there {
				t.Error("a member row holds a role account")
			}
		}
	}
}

func TestWaitingSignsHoldNoMembersValueAndNoAccount(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	who, code := p.join(t), p.codes(1)[0]
	if err := p.forum.AskIn(ctx, who, r.slug, code); err != nil {
		t.Fatal(err)
	}
	if _, err := p.forum.UseCode(ctx, r.first, r.slug, code); err != nil {
		t.Fatal(err)
	}
	var dump string
	for _, table := range []string{"vouches", "board_codes"} {
		var rows []map[string]any
		if err := p.DB.DB.Table(table).Find(&rows).Error; err != nil || len(rows) != 1 {
			t.Fatalf("%s: %d rows, %v", table, len(rows), err)
		}
		dump += fmt.Sprint(rows)
	}
	var members []forum.BoardMember
	if err := p.DB.DB.Find(&members).Error; err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		if strings.Contains(dump, fmt.Sprint(m.Tag)) {
			t.Error("a waiting sign says which member gave it")
		}
	}
	for _, a := range []member.Actor{who, r.first} {
		if strings.Contains(dump, fmt.Sprint(a.Account[:])) {
			t.Error("an account stands in what waits")
		}
	}
}

func TestOnlyTwoOtherPeopleOfTheGroupLetSomebodyIn(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r, other := p.group(t, "One"), p.group(t, "Two")
	who, stranger, code := p.join(t), p.join(t), p.codes(1)[0]
	if err := p.forum.AskIn(ctx, who, r.slug, code); err != nil {
		t.Fatal(err)
	}
	use := func(who member.Actor, slug string, code []byte) string {
		_, err := p.forum.UseCode(ctx, who, slug, code)
		return keyOf(err)
	}
	changed := r.first
	opened, err := p.members.ChangeKey(ctx, r.first, member.Again{Key: r.first.NewKey})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, got, want string }{
		{"she herself", use(who, r.slug, code), "forum.group.code.own"},
		{"somebody outside", use(stranger, r.slug, code), forum.WrongCode},
		{"somebody of another group", use(other.first, r.slug, code), forum.WrongCode},
		{"the code of another group", use(other.first, other.slug, code), forum.WrongCode},
		{"a code that nobody has", use(r.first, r.slug, p.codes(1)[0]), forum.WrongCode},
		{"the first sign", use(changed, r.slug, code), ""},
		{"the same person again", use(changed, r.slug, code), "forum.group.code.twice"},
		{"the same person under a new key", use(opened.Actor, r.slug, code), "forum.group.code.twice"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q; want %q", c.name, c.got, c.want)
		}
	}
	if _, err := p.forum.Board(ctx, who, r.slug, "en"); !fault.Is(err, fault.NotFound) {
		t.Fatalf("with one sign she is in: %v", err)
	}
	if err := p.forum.AskIn(ctx, r.second, r.slug, p.codes(1)[0]); keyOf(err) != "forum.group.in.already" {
		t.Errorf("a member asks: %v", err)
	}
	p.Time.Advance((forum.CodeDays + 1) * 24 * 3600 * 1e9)
	if got := use(r.second, r.slug, code); got != "forum.group.code.old" {
		t.Errorf("after its time: got %q", got)
	}
	if err := p.Retain(ctx); err != nil {
		t.Fatal(err)
	}
	var left int64
	p.DB.DB.Raw("SELECT (SELECT COUNT(*) FROM vouches) + (SELECT COUNT(*) FROM board_codes)").Scan(&left)
	if left != 0 {
		t.Errorf("%d rows of an old code stay", left)
	}
}

func TestAskingAgainMakesTheCodeBeforeWorthless(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	who, codes := p.join(t), p.codes(2)
	for _, code := range codes {
		if err := p.forum.AskIn(ctx, who, r.slug, code); err != nil {
			t.Fatal(err)
		}
		if _, err := p.forum.UseCode(ctx, r.first, r.slug, code); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.forum.UseCode(ctx, r.second, r.slug, codes[0]); keyOf(err) != forum.WrongCode {
		t.Errorf("the code before: %v", err)
	}
	if did, err := p.forum.UseCode(ctx, r.second, r.slug, codes[1]); err != nil || did != forum.Admitted {
		t.Errorf("the new code: %v, %v", did, err)
	}
}

func TestStarterCodesWorkOnceAndForASmallGroupOnly(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	more := p.codes(3)
	for name, who := range map[string]member.Actor{"a member": r.first, "somebody": p.join(t), "a visitor": {}} {
		if err := p.forum.NewStarters(ctx, who, r.slug, more); err == nil {
			t.Errorf("%s makes starter codes", name)
		}
	}
	if err := p.forum.NewStarters(ctx, p.team, r.slug, more); err != nil {
		t.Fatal(err)
	}
	third, fourth := p.join(t), p.join(t)
	if did, err := p.forum.UseCode(ctx, third, r.slug, more[0]); err != nil || did != forum.Entered {
		t.Fatalf("%v, %v", did, err)
	}
	for i, want := range []string{forum.WrongCode, "forum.group.code.full", forum.WrongCode} {
		if _, err := p.forum.UseCode(ctx, fourth, r.slug, more[i]); keyOf(err) != want {
			t.Errorf("code %d for a fourth person: %v; want %s", i, err, want)
		}
	}
	if err := p.forum.NewStarters(ctx, p.team, r.slug, p.codes(2)); !fault.Is(err, fault.Refused) {
		t.Errorf("starter codes for three people: %v; want a refusal", err)
	}
	if _, err := p.forum.SetUpGroup(ctx, p.team, forum.NewGroup{Name: "One", Purpose: "For us", Lang: "it", Nonce: "One"}, p.codes(2)); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same form again: %v; want that it made its group", err)
	}
}

// TestAGroupDoesNotExistForOthers asks every way in.
func TestAGroupDoesNotExistForOthers(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	talk := p.start(t, r.first, r.slug, forum.Draft{Title: "Among ourselves", Body: "A canarybird sang.", Lang: "en"})
	p.keep(t)
	in := p.join(t)
	p.bring(t, r, in)
	for name, c := range map[string]struct {
		who  member.Actor
		want bool
	}{
		"a member of the group": {in, true}, "a visitor": {member.Actor{}, false}, "another member": {p.join(t), false},
		"a moderator": {p.team, false}, "the administrator": {p.admin, false},
	} {
		for way, err := range map[string]error{
			"the board":        errOf(p.forum.Board(ctx, c.who, r.slug, "en")),
			"the conversation": errOf(p.forum.Conversation(ctx, c.who, talk.Topic, 1)),
			"the permalink":    third(p.forum.PostFor(ctx, c.who, talk.Post)),
		} {
			if got := err == nil; got != c.want || (err != nil && !fault.Is(err, fault.NotFound)) {
				t.Errorf("%s by %s: %v", name, way, err)
			}
		}
		hits, err := p.forum.Search(ctx, c.who, "canarybird", "")
		if err != nil || (len(hits) == 1) != c.want {
			t.Errorf("%s finds %d posts, %v", name, len(hits), err)
		}
		boards, err := p.forum.Boards(ctx, c.who, "en")
		listed := false
		for _, b := range boards {
			listed = listed || b.Slug == r.slug
		}
		if err != nil || listed != c.want {
			t.Errorf("%s: the board is listed %v, %v", name, listed, err)
		}
		if !c.want && c.who.SignedIn() {
			if _, err := p.forum.Reply(ctx, c.who, talk.Topic, forum.Draft{Body: "me too", Lang: "en"}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s answers: %v", name, err)
			}
			if _, err := p.forum.Report(ctx, c.who, talk.Post, "other", ""); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reports: %v", name, err)
			}
		}
	}
	if latest, err := p.forum.Latest(ctx, "en", 10); err != nil || len(latest) != 0 {
		t.Errorf("the front page lists %d talks of a group, %v", len(latest), err)
	}
	if _, err := p.forum.Report(ctx, in, talk.Post, "other", ""); err != nil {
		t.Fatal(err)
	}
	brought, err := p.forum.ForDesk(ctx, p.team, []store.ID{talk.Post})
	if err != nil || brought[talk.Post].Body == "" {
		t.Errorf("a moderator does not read the reported post: %v", err)
	}
}

func errOf[T any](_ T, err error) error { return err }

func third[A, B any](_ A, _ B, err error) error { return err }

// unkind is why somebody is put out.
var unkind = desk.Choice{Reason: "blame", Words: "Not among us."}

func TestSomebodyWhoIsPutOutLosesTheGroupAndKeepsHerWords(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	who := p.join(t)
	p.bring(t, r, who)
	talk := p.start(t, who, r.slug, forum.Draft{Title: "My own talk", Body: "Something unkind.", Lang: "en"})
	p.keep(t)
	for name, actor := range map[string]member.Actor{"a member": r.first, "an administrator": p.admin, "she herself": who} {
		if err := p.desk.PutOut(ctx, actor, talk.Post, unkind, forum.Reasons); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s puts somebody out: %v", name, err)
		}
	}
	if err := p.desk.PutOut(ctx, p.team, talk.Post, unkind, forum.Reasons); err != nil {
		t.Fatal(err)
	}
	if _, err := p.forum.Board(ctx, who, r.slug, "en"); !fault.Is(err, fault.NotFound) {
		t.Errorf("the group is still there for her: %v", err)
	}
	if g, err := p.forum.Group(ctx, who, r.slug, "en"); err != nil || g.Standing != forum.PutOut {
		t.Errorf("she is told %q, %v", g.Standing, err)
	}
	if err := p.forum.AskIn(ctx, who, r.slug, p.codes(1)[0]); keyOf(err) != "forum.group.out" {
		t.Errorf("she asks again: %v", err)
	}
	if _, err := p.forum.Board(ctx, r.first, r.slug, "en"); err != nil {
		t.Errorf("another member lost the group: %v", err)
	}
	if _, err := p.forum.Revise(ctx, who, talk.Post, forum.Revision{Body: "More of it.", Version: 1}); !fault.Is(err, fault.Refused) {
		t.Errorf("she changes her post: %v", err)
	}
	mine, err := p.forum.MyWordsIn(ctx, who, r.slug)
	if err != nil || len(mine) != 1 {
		t.Fatalf("she finds %d posts of hers, %v", len(mine), err)
	}
	if err := p.desk.LetIn(ctx, p.team, talk.Post); err != nil {
		t.Fatal(err)
	}
	if _, err := p.forum.Board(ctx, who, r.slug, "en"); err != nil {
		t.Errorf("let in again: %v", err)
	}
	if err := p.desk.PutOut(ctx, p.team, talk.Post, unkind, forum.Reasons); err != nil {
		t.Fatal(err)
	}
	if _, gone, err := p.forum.Withdraw(ctx, who, mine[0].ID); err != nil || gone {
		t.Errorf("she takes her words away: topic gone %v, %v", gone, err)
	}
	if _, err := p.forum.Board(ctx, who, r.slug, "en"); !fault.Is(err, fault.NotFound) {
		t.Errorf("deleting was a way back in: %v", err)
	}
}

func TestLeavingAndDeletingTakeHerOutOfGroups(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r := p.group(t, "One")
	who, candidate, code := p.join(t), p.join(t), p.codes(1)[0]
	p.bring(t, r, who)
	if err := p.forum.AskIn(ctx, candidate, r.slug, code); err != nil {
		t.Fatal(err)
	}
	if _, err := p.forum.UseCode(ctx, who, r.slug, code); err != nil {
		t.Fatal(err)
	}
	if err := p.forum.LeaveGroup(ctx, r.first, r.slug); err != nil {
		t.Fatal(err)
	}
	if _, err := p.forum.Board(ctx, r.first, r.slug, "en"); !fault.Is(err, fault.NotFound) {
		t.Errorf("after leaving: %v", err)
	}
	if err := p.members.DeleteAccount(ctx, who, member.Again{Key: who.NewKey}, false); err != nil {
		t.Fatal(err)
	}
	for table, want := range map[string]int64{"board_members": 1, "vouches": 0, "board_codes": 1} {
		var n int64
		if err := p.DB.DB.Table(table).Count(&n).Error; err != nil || n != want {
			t.Errorf("%s has %d rows, %v; want %d", table, n, err, want)
		}
	}
}
