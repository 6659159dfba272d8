package seed_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store/storetest"
	"portico/seed"
)

// community is a loaded demonstration with the services that look at it.
type community struct {
	*storetest.DB
	cast   seed.Cast
	people *member.Service
	forum  *forum.Service
	desk   *desk.Service
}

func load(t *testing.T) community {
	t.Helper()
	db := storetest.New(t)
	began := time.Now()
	cast, err := seed.Load(context.Background(), db.Store, db.Server, db.Salt)
	if err != nil {
		t.Fatalf("load the demonstration: %v", err)
	}
	t.Logf("loaded in %s", time.Since(began).Round(time.Millisecond))
	queue := desk.NewQueue(db.Clock)
	posts := forum.New(db.Store, queue).WithLook(func() bool { return false })
	return community{
		DB: db, cast: cast, forum: posts, desk: desk.New(db.Store, queue, posts),
		people: member.New(db.Store, db.Server, member.Options{Salt: db.Salt}),
	}
}

// enter signs a person of the cast in with what the cast says about her, as anybody would.
// A code of the second factor works once, so the clock moves on to the next one.
func (c community) enter(t *testing.T, name string) member.Actor {
	t.Helper()
	ctx := context.Background()
	at := slices.IndexFunc(c.cast.People, func(p seed.Person) bool { return p.Name == name })
	if at < 0 {
		t.Fatalf("%s is not in the cast", name)
	}
	p := c.cast.People[at]
	c.Time.Advance(30 * time.Second)
	in, err := member.Opened{}, error(nil)
	if p.Key != "" {
		in, err = c.people.SignIn(ctx, member.KeyForm{Key: p.Key})
	} else {
		code, otpErr := totp.GenerateCode(p.TOTP, c.Clock.Time())
		if otpErr != nil {
			t.Fatal(otpErr)
		}
		in, err = c.people.SignInRole(ctx, member.RoleForm{Handle: p.Handle, Passphrase: p.Passphrase, Code: code})
	}
	if err != nil {
		t.Fatalf("%s signs in: %v", name, err)
	}
	return in.Actor
}

// talks lists what somebody sees on all boards.
func (c community) talks(t *testing.T, who member.Actor) []forum.Topic {
	t.Helper()
	ctx := context.Background()
	boards, err := c.forum.Boards(ctx, who, "en")
	if err != nil {
		t.Fatal(err)
	}
	var all []forum.Topic
	for _, b := range boards {
		topics, more, err := c.forum.Topics(ctx, who, b.Slug, "", nil)
		if err != nil || more {
			t.Fatalf("board %s: more than a page %v, %v", b.Slug, more, err)
		}
		all = append(all, topics...)
	}
	return all
}

// talk opens the talk with this title.
func (c community) talk(t *testing.T, who member.Actor, title string) forum.Conversation {
	t.Helper()
	for _, topic := range c.talks(t, who) {
		if topic.Title == title {
			talk, err := c.forum.Conversation(context.Background(), who, topic.ID, 1)
			if err != nil {
				t.Fatal(err)
			}
			return talk
		}
	}
	t.Fatalf("no talk is called %q", title)
	return forum.Conversation{}
}

func TestTheDemonstration(t *testing.T) {
	c := load(t)
	t.Run("leaves no session behind", c.noSessionStays)
	t.Run("has every role and language in its cast", c.castIsWhole)
	t.Run("has every audience, and names boards in every language", c.boardsAreWhole)
	t.Run("shows talks in four languages", c.talksAreThere)
	t.Run("spreads over weeks and ends before tomorrow", c.daysAreBelievable)
	t.Run("leaves work at the desk", c.deskHasWork)
	t.Run("has people on their way in", c.joiningIsThere)
	t.Run("has decisions that took effect", c.decisionsTookEffect)
	t.Run("has a group that lets in by vouching", c.groupIsThere)
	t.Run("has private questions, one answered", c.questionsAreThere)
	t.Run("has decisions looked at again, and some that wait for it", c.secondLooksAreThere)
	t.Run("has kind words", c.kindWordsAreThere)
	t.Run("lets its old members write at once", c.oldMembersAreTrusted)
	t.Run("lets every moderator read notes", c.moderatorsHoldTheKey)
	t.Run("lets a visitor join with its invitation", c.visitorsJoin)
	t.Run("has everybody whom a season needs", c.teamIsWhole)
	t.Run("has learners at every stage", c.learningIsThere)
	t.Run("has supervision at every stage", c.supervisionIsThere)
	t.Run("has honest contracts and chosen profiles", c.workIsThere)
	t.Run("has hours at every stage", c.hoursAreThere)
	t.Run("has corrections, and marks no entry as checked", c.correctionsWait)
	t.Run("has a rota, and proposes what is over", c.rotaIsThere)
	t.Run("has materials at every stage", c.materialsAreThere)
	t.Run("has a magazine with one issue to read and one in its vote", c.magazineIsThere)
	t.Run("has figures of which some are shown and some hidden", c.figuresAreThere)
	t.Run("has a library that two people have seen", c.libraryIsThere)
	t.Run("has a translation half done", c.translationGoesOn)
	t.Run("has readers who say what is missing", c.readersHaveSpoken)
	t.Run("keeps notes, names and keys out of every table", c.nothingPrivateInTheOpen)
	t.Run("is marked as a demonstration", func(t *testing.T) {
		if demo, err := c.IsDemo(context.Background()); err != nil || !demo {
			t.Errorf("marked %v, %v", demo, err)
		}
	})
	t.Run("is not loaded a second time", func(t *testing.T) {
		before := dump(t, c.DB)
		if _, err := seed.Load(context.Background(), c.Store, c.Server, c.Salt); !errors.Is(err, seed.ErrNotEmpty) {
			t.Errorf("got %v; want the refusal of a database that is not empty", err)
		}
		if dump(t, c.DB) != before {
			t.Error("the second load changed something")
		}
	})
}

func (c community) castIsWhole(t *testing.T) {
	roles, langs, secrets := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range c.cast.People {
		langs[p.Lang] = true
		for _, r := range p.Roles {
			roles[r] = true
		}
		member, team := p.Key != "", p.Handle != "" && p.Passphrase != "" && p.TOTP != ""
		if member == team {
			t.Errorf("%s has key %v and handle with passphrase and factor %v; want one of the two", p.Name, member, team)
		}
		if secret := p.Key + p.Passphrase; secrets[secret] {
			t.Errorf("%s shares a key or passphrase", p.Name)
		} else {
			secrets[secret] = true
		}
	}
	for _, r := range append(member.GivenRoles, member.RoleMember) {
		if !roles[string(r)] {
			t.Errorf("nobody has the role %s", r)
		}
	}
	for _, lang := range []string{"en", "it", "fr", "ar"} {
		if !langs[lang] {
			t.Errorf("nobody reads %s", lang)
		}
	}
	for _, name := range []string{"Rowan", "Petra", "Folake", "Celeste", "Liridona", "Anouk", "Amara"} {
		who := c.enter(t, name)
		at := slices.IndexFunc(c.cast.People, func(p seed.Person) bool { return p.Name == name })
		for _, r := range c.cast.People[at].Roles {
			if !who.Has(member.Role(r)) {
				t.Errorf("%s signs in without her role %s", name, r)
			}
		}
	}
}

func (c community) boardsAreWhole(t *testing.T) {
	who := c.enter(t, "Bahia")
	seen := map[forum.Audience]bool{}
	for _, lang := range []string{"en", "it", "fr", "ar"} {
		boards, err := c.forum.Boards(context.Background(), who, lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range boards {
			seen[b.Audience] = true
			if b.TextLang != lang || b.Name == "" || b.Purpose == "" {
				t.Errorf("board %s in %s: name %q, purpose %q in %q", b.Slug, lang, b.Name, b.Purpose, b.TextLang)
			}
		}
	}
	for _, a := range []forum.Audience{forum.Public, forum.Members, forum.Peers} {
		if !seen[a] {
			t.Errorf("no board is for %s", a)
		}
	}
}

func (c community) talksAreThere(t *testing.T) {
	all := c.talks(t, c.enter(t, "Yasmine"))
	langs, pinned, closed := map[string]int{}, 0, 0
	for _, topic := range all {
		langs[topic.Lang]++
		if topic.Pinned {
			pinned++
		}
		if topic.State == forum.Closed {
			closed++
		}
	}
	if len(all) < 20 || pinned == 0 || closed == 0 {
		t.Errorf("%d talks, %d pinned, %d closed; want at least 20, 1 and 1", len(all), pinned, closed)
	}
	for _, lang := range []string{"en", "it", "fr", "ar"} {
		if langs[lang] == 0 {
			t.Errorf("no talk in %s", lang)
		}
		if latest, err := c.forum.Latest(context.Background(), lang, 3); err != nil || len(latest) == 0 {
			t.Errorf("the front page has no talk in %s: %v", lang, err)
		}
	}
	if hits, err := c.forum.Search(context.Background(), member.Actor{}, "مترجمة", ""); err != nil || len(hits) == 0 {
		t.Errorf("a search in Arabic finds %d posts, %v", len(hits), err)
	}
}

func (c community) daysAreBelievable(t *testing.T) {
	var days []string
	if err := c.DB.DB.Raw("SELECT day FROM posts ORDER BY day").Scan(&days).Error; err != nil {
		t.Fatal(err)
	}
	if len(days) == 0 {
		t.Fatal("there is no post")
	}
	if first, last := days[0], days[len(days)-1]; first != c.DayAfter(-60) || last > c.Today() {
		t.Errorf("posts from %s to %s; want from %s to at most %s", first, last, c.DayAfter(-60), c.Today())
	}
	if n := len(slices.Compact(days)); n < 20 {
		t.Errorf("posts on %d days; want at least 20", n)
	}
}

func (c community) deskHasWork(t *testing.T) {
	ctx := context.Background()
	who := c.enter(t, "Marta")
	items, err := c.desk.Waiting(ctx, who, "")
	if err != nil {
		t.Fatal(err)
	}
	kinds, urgent := map[string]int{}, 0
	for _, item := range items {
		kinds[item.Kind]++
		if item.Urgent == 2 {
			urgent++
		}
		if item.Since > c.Clock.Time().Format("2006-01-02T15:04") || item.Since[:10] < c.DayAfter(-1) {
			t.Errorf("an item waits since %s, and now is %s", item.Since, c.Clock.Time())
		}
		if item.TakenBy(who, c.Clock.Time()) != "" {
			t.Error("somebody has an item already")
		}
	}
	if len(items) < 5 || kinds["look"] < 5 || kinds["report"] < 3 || urgent == 0 {
		t.Errorf("%d items wait, %v, %d urgent; want five posts, three reports, one urgent", len(items), kinds, urgent)
	}
}

func (c community) oldMembersAreTrusted(t *testing.T) {
	ctx := context.Background()
	who := c.enter(t, "June")
	talk := c.talk(t, who, "Small wins of this week")
	receipt, err := c.forum.Reply(ctx, who, talk.Topic.ID, forum.Draft{Body: "Soup.", Lang: "en"})
	if err != nil || !receipt.Stored || receipt.Held {
		t.Errorf("stored %v, held %v, %v; want it shown at once", receipt.Stored, receipt.Held, err)
	}
	if _, _, err := c.forum.Withdraw(ctx, who, receipt.Post); err != nil {
		t.Fatal(err)
	}
}

func (c community) moderatorsHoldTheKey(t *testing.T) {
	ctx := context.Background()
	var notes int
	for _, name := range []string{"Yasmine", "Marta", "Bahia"} {
		who := c.enter(t, name)
		if holds, err := c.people.HoldsKey(ctx, who, member.CircleModerators); err != nil || !holds {
			t.Errorf("%s holds the key %v, %v", name, holds, err)
		}
		var reports []forum.ReportRow
		if err := c.DB.DB.Where("note_id IS NOT NULL").Find(&reports).Error; err != nil {
			t.Fatal(err)
		}
		for _, r := range reports {
			if words, err := member.OpenForCircle(ctx, c.DB.DB, who, r.NoteID); err != nil || words == "" {
				t.Errorf("%s opens a note: %q, %v", name, words, err)
			}
			notes++
		}
	}
	if notes != 9 {
		t.Errorf("%d notes were read; want three by each", notes)
	}
}

func (c community) visitorsJoin(t *testing.T) {
	ctx := context.Background()
	in, err := c.people.Join(ctx, member.JoinForm{Code: c.cast.Invitation, Adult: true, Rules: true}, "here")
	if err != nil {
		t.Fatalf("join with the invitation: %v", err)
	}
	batches, err := c.people.Batches(ctx, c.enter(t, "Petra"))
	if err != nil || len(batches) != 1 || batches[0].Most != 200 || batches[0].Over {
		t.Fatalf("batches %+v, %v; want one for 200 people that still holds", batches, err)
	}
	members := 0
	for _, p := range c.cast.People {
		if p.Key != "" {
			members++
		}
	}
	if got := batches[0].Uses; got != members+1 {
		t.Errorf("%d uses; want one for each of %d members and the visitor", got, members)
	}
	if err := c.people.SignOut(ctx, in.Cookie); err != nil {
		t.Fatal(err)
	}
}

func (c community) noSessionStays(t *testing.T) {
	for _, table := range []string{"sessions", "role_links"} {
		var rows int64
		if err := c.DB.DB.Table(table).Count(&rows).Error; err != nil || rows != 0 {
			t.Errorf("%d rows in %s, %v; want none", rows, table, err)
		}
	}
}

func (c community) nothingPrivateInTheOpen(t *testing.T) {
	all := dump(t, c.DB)
	topic := c.talk(t, member.Actor{}, "كسكس يوم الجمعة").Topic.ID
	for _, public := range []string{"zaytuna", "كسكس", string(topic[:])} { // letters, and bytes
		if !strings.Contains(all, public) {
			t.Fatalf("the dump does not hold %q, which is public, so it proves nothing", public)
		}
	}
	secrets := []string{"it is the second time", "n'importe qui du quartier", "Ce n'est pas une avocate", c.cast.Invitation,
		strings.ReplaceAll(c.cast.Invitation, "-", ""), "Reads a lot at night", "Mirela", "Solène", "Liridona", "Ornella"}
	secrets = append(append(secrets, sealedInSeason...), sealedTogether...)
	for _, p := range c.cast.People {
		for _, secret := range []string{p.Key, p.Passphrase, p.TOTP} {
			if secret != "" {
				secrets = append(secrets, secret)
			}
		}
	}
	for i, secret := range secrets {
		if strings.Contains(all, secret) {
			t.Errorf("private words %d (%.8s…) stand in a table", i, secret)
		}
	}
}
