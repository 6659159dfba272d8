package desk_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"
	"gorm.io/gorm"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
	"portico/moderation"
)

// keyring is a place whose moderators are real: their keys open what is sealed.
type keyring struct {
	*place
	members *member.Service
	admin   member.Opened
}

func withKeys(t *testing.T) *keyring {
	t.Helper()
	ctx := context.Background()
	k := &keyring{place: open(t)}
	k.members = member.New(k.Store, k.Server, member.Options{Salt: k.Salt, OpenJoin: true})
	k.admin = k.takeUp(t, "keystone", func() (string, error) { return k.members.OfferFirstAdmin(ctx) })
	k.mod = k.moderator(t, "lampione").Actor
	return k
}

func (k *keyring) moderator(t *testing.T, handle string) member.Opened {
	t.Helper()
	return k.takeUp(t, handle, func() (string, error) {
		return k.members.OfferRoles(context.Background(), k.admin.Actor, []member.Role{member.RoleModerator})
	})
}

func (k *keyring) takeUp(t *testing.T, handle string, offer func() (string, error)) member.Opened {
	t.Helper()
	ctx := context.Background()
	token, err := offer()
	if err != nil {
		t.Fatal(err)
	}
	shown, err := k.members.ReadLink(ctx, token, "Portico")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(shown.Factor, k.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := k.members.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: shown.Passphrase, Code: code, Ticket: shown.Ticket})
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

const secretNote = "He is my flatmate, he calls himself Zimtstern"

// noted is a post with a report whose note is sealed.
func (k *keyring) noted(t *testing.T) (post store.ID, item desk.Item, note store.ID) {
	t.Helper()
	ctx := context.Background()
	r, item := k.held(t, someone(), "Words that somebody will report.")
	k.decide(t, item, desk.Choice{Action: desk.Keep})
	if _, err := k.forum.Report(ctx, someone(), r.Post, "identifies", secretNote); err != nil {
		t.Fatal(err)
	}
	brought, err := k.forum.ForDesk(ctx, k.mod, []store.ID{r.Post})
	if err != nil || len(brought[r.Post].Reports) != 1 || brought[r.Post].Reports[0].NoteID.IsZero() {
		t.Fatalf("the desk is brought %+v, %v", brought, err)
	}
	return r.Post, k.itemOf(t, r.Post), brought[r.Post].Reports[0].NoteID
}

func TestASecondReportOfOnePersonIsNoSecond(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r, item := p.held(t, someone(), "Words that somebody will report.")
	p.decide(t, item, desk.Choice{Action: desk.Keep})
	reporter := someone()
	changed := reporter // after she changed her key
	changed.Secrets = append([]vault.Secret{vault.NewSecret()}, reporter.Secrets...)
	for _, who := range []member.Actor{reporter, reporter, changed} {
		if _, err := p.forum.Report(ctx, who, r.Post, "off-topic", ""); err != nil {
			t.Fatal(err)
		}
	}
	if n, q := p.count(t, "reports", "1 = 1"), p.count(t, "queue_items", "1 = 1"); n != 1 || q != 1 {
		t.Fatalf("%d reports and %d items; want one of each", n, q)
	}
	since := p.itemOf(t, r.Post).Since
	p.Time.Advance(600e9)
	if _, err := p.forum.Report(ctx, someone(), r.Post, "minor", ""); err != nil {
		t.Fatal(err)
	}
	now := p.itemOf(t, r.Post)
	if n, q := p.count(t, "reports", "1 = 1"), p.count(t, "queue_items", "1 = 1"); n != 2 || q != 1 {
		t.Errorf("somebody else's report: %d reports and %d items; want two and one", n, q)
	}
	if now.Reasons != "off-topic,minor" || now.Urgent != 2 || now.Since != since {
		t.Errorf("the item is %+v; want both reasons, the higher urgency and its place since %s", now, since)
	}
	if _, err := p.forum.Report(ctx, someone(), r.Post, "off-topic", ""); err != nil {
		t.Fatal(err)
	}
	if now := p.itemOf(t, r.Post); now.Reasons != "off-topic,minor" || now.Urgent != 2 {
		t.Errorf("a third report of a known reason makes it %+v", now)
	}
}

func TestTheNoteOfAReportIsReadByHoldersOfTheKeyOnly(t *testing.T) {
	ctx := context.Background()
	k := withKeys(t)
	post, item, note := k.noted(t)
	if strings.Contains(k.dump(t), "Zimtstern") {
		t.Fatal("the note stands in the database in plain words")
	}
	if !storetest.Postgres() {
		files, _ := filepath.Glob(filepath.Join(k.Folder, "portico.db*"))
		for _, file := range files {
			if content, err := os.ReadFile(file); err != nil || bytes.Contains(content, []byte("Zimtstern")) {
				t.Errorf("the note stands in %s, %v", filepath.Base(file), err)
			}
		}
	}
	second := k.moderator(t, "lanterna").Actor
	for name, who := range map[string]member.Actor{
		"a moderator without the key":     second,
		"an invented moderator":           team("lampione", member.RoleModerator),
		"the administrator":               k.admin.Actor,
		"the first's id, without her key": {Secrets: k.mod.Secrets, Role: &member.RoleActor{ID: store.NewID(), Roles: k.mod.Role.Roles, Identity: k.mod.Role.Identity}},
	} {
		if words, err := k.desk.NoteFor(ctx, who, note); !fault.Is(err, fault.NotFound) || words != "" {
			t.Errorf("%s reads %q, %v; want that it does not exist", name, words, err)
		}
	}
	if n := len(k.audited(t, "read sealed")); n != 0 {
		t.Errorf("%d reads are audited; nobody read anything", n)
	}
	if words, err := k.desk.NoteFor(ctx, k.mod, note); err != nil || words != secretNote {
		t.Fatalf("the holder reads %q, %v", words, err)
	}
	reads := k.audited(t, "read sealed")
	if len(reads) != 1 || !strings.Contains(reads[0], note.String()) || !strings.Contains(reads[0], k.mod.Role.ID.String()) || strings.Contains(reads[0], "Zimtstern") {
		t.Errorf("audited as %q; want the ids of the note and of the reader, and no words", reads)
	}
	if n := k.count(t, "audit_rows", "kind = 'read sealed' AND at = '2026-03-07T03:30'"); n != 1 {
		t.Error("a read of a sealed record keeps the minute")
	}
	if err := k.members.GrantKey(ctx, k.mod, member.CircleModerators, second.Role.ID); err != nil {
		t.Fatal(err)
	}
	if words, err := k.desk.NoteFor(ctx, second, note); err != nil || words != secretNote {
		t.Errorf("after she was granted the key: %q, %v", words, err)
	}
	k.decide(t, item, desk.Choice{Action: desk.Hide, Reason: "identifies"})
	if _, err := k.desk.NoteFor(ctx, k.mod, note); !fault.Is(err, fault.NotFound) {
		t.Errorf("after the decision: %v; want that the note is gone", err)
	}
	for _, table := range []string{"sealed", "sealed_keys", "reports"} {
		if n := k.count(t, table, "1 = 1"); n != 0 {
			t.Errorf("after the decision %s has %d rows", table, n)
		}
	}
	if k.post(t, post).State != forum.Hidden {
		t.Error("the post is not hidden")
	}
}

func TestARoleThatWasOnlyWrittenIntoTheDatabaseReadsNothing(t *testing.T) {
	ctx := context.Background()
	k := withKeys(t)
	_, _, note := k.noted(t)
	if err := k.DB.DB.Exec("UPDATE role_accounts SET roles = 'admin,moderator' WHERE id = ?", k.admin.Actor.Role.ID).Error; err != nil {
		t.Fatal(err)
	}
	seen, err := k.members.Recognise(ctx, k.admin.Cookie)
	if err != nil || !seen.Actor.Has(member.RoleModerator) {
		t.Fatalf("the written role is not seen: %v, %v", seen.Actor.Roles(), err)
	}
	self := seen.Actor
	if words, err := k.desk.NoteFor(ctx, self, note); !fault.Is(err, fault.NotFound) || words != "" {
		t.Errorf("she reads %q, %v; want that it does not exist", words, err)
	}
	if err := k.members.GrantKey(ctx, self, member.CircleModerators, self.Role.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("she grants herself the key: %v", err)
	}
	// Even the holder's wrap, copied to her own row, opens nothing.
	err = k.DB.DB.Exec("INSERT INTO circle_keys (circle, epoch, account_id, wrap) SELECT circle, epoch, ?, wrap FROM circle_keys WHERE account_id = ?",
		self.Role.ID, k.mod.Role.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	if words, err := k.desk.NoteFor(ctx, self, note); err == nil || words != "" {
		t.Errorf("with a copied wrap she reads %q, %v", words, err)
	}
	if n := len(k.audited(t, "read sealed")); n != 0 {
		t.Errorf("%d reads are audited; nobody read anything", n)
	}
}

func TestKeepingAfterALookLeavesAReportOpen(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r, report := p.reported(t, someone(), "Words that were reported.", "blame")
	err := p.Tx(ctx, func(tx *gorm.DB) error {
		return p.queue.Put(ctx, tx, moderation.Case{Kind: moderation.Look, Post: r.Post, Board: "home", Lang: "en", Reasons: []string{forum.FirstLook}})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range p.waiting(t, "") {
		if item.Kind == moderation.Look {
			p.decide(t, item, desk.Choice{Action: desk.Keep})
		}
	}
	if items := p.waiting(t, ""); len(items) != 1 || items[0].ID != report.ID || p.count(t, "reports", "1 = 1") != 1 {
		t.Fatalf("after the look was kept %d items wait; want the report", len(items))
	}
	p.decide(t, report, desk.Choice{Action: desk.Keep})
	if len(p.waiting(t, "")) != 0 || p.count(t, "reports", "1 = 1") != 0 || p.count(t, "decisions", "1 = 1") != 0 {
		t.Error("a report that was answered by keeping the post left something")
	}
}

func TestADecisionAnswersEverythingThatWaitsAboutAPost(t *testing.T) {
	ctx := context.Background()
	p := open(t)
	r, _ := p.reported(t, someone(), "Words that were reported.", "blame")
	err := p.Tx(ctx, func(tx *gorm.DB) error {
		return p.queue.Put(ctx, tx, moderation.Case{Kind: moderation.Look, Post: r.Post, Board: "home", Lang: "en", Reasons: []string{"phone"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range p.waiting(t, "") {
		if item.Kind == moderation.Look {
			p.decide(t, item, desk.Choice{Action: desk.Hide, Reason: "contact"})
		}
	}
	if len(p.waiting(t, "")) != 0 || p.count(t, "reports", "1 = 1") != 0 {
		t.Error("after the post was hidden something still waits about it")
	}
}
