package memberweb_test

import (
	"context"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"portico/app/member"
)

var (
	ticketField = regexp.MustCompile(`name="ticket" value="([^"]+)"`)
	factorLink  = regexp.MustCompile(`href="otpauth://[^"]*secret=([A-Z2-7]+)`)
)

// takeUp opens a role link, makes one mistake on the way, and comes out signed in.
func takeUp(t *testing.T, p *portal, path, handle string) *browser {
	t.Helper()
	b := p.visitor(t)
	page := b.Get(path)
	secret, ticket := factorLink.FindStringSubmatch(page.Body), ticketField.FindStringSubmatch(page.Body)
	if page.Status != 200 || secret == nil || ticket == nil {
		t.Fatalf("a role link: %d, secret %v, ticket %v", page.Status, secret, ticket)
	}
	passphrase := "seven quiet arches at night"
	again := b.Post(path, "handle", handle, "passphrase", passphrase, "otp", "000", "ticket", ticket[1], "proposal", "five drawn words stand here")
	kept := factorLink.FindStringSubmatch(again.Body)
	if again.Status != 422 || kept == nil || kept[1] != secret[1] || !strings.Contains(again.Body, "five drawn words stand here") {
		t.Fatalf("a wrong code: %d, the secret changed or the proposal is lost", again.Status)
	}
	if strings.Contains(again.Body, passphrase) {
		t.Error("the passphrase came back on the page")
	}
	code, err := totp.GenerateCode(secret[1], p.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if a := b.Post(path, "handle", handle, "passphrase", passphrase, "otp", code, "ticket", ticket[1]); a.To != "/" || b.actor().Role == nil {
		t.Fatalf("take up a role: %d to %q\n%s", a.Status, a.To, a.Body)
	}
	return b
}

// admin is the first administrator, who is a coordinator as well.
func admin(t *testing.T, p *portal) *browser {
	t.Helper()
	token, err := p.Kit.Members.OfferFirstAdmin(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return takeUp(t, p, "/role/"+token, "first")
}

func TestARoleLinkIsShownOnceAndWorksOnce(t *testing.T) {
	p := newPortal(t)
	boss := admin(t, p)
	if a := boss.Post("/team/links"); a.Status != 422 || !strings.Contains(a.Body, `href="#roles"`) {
		t.Errorf("a link without roles: %d, want 422 that leads to the question", a.Status)
	}
	made := boss.Post("/team/links", "roles", "moderator", "roles", "coordinator")
	link := regexp.MustCompile(`https://walk\.example(/role/[A-Za-z0-9_-]+)`).FindStringSubmatch(made.Body)
	if made.Status != 200 || link == nil {
		t.Fatalf("make a link: %d, link %v", made.Status, link)
	}
	if strings.Contains(boss.Get("/team").Body, link[1]) {
		t.Error("the link is shown a second time")
	}
	second := takeUp(t, p, link[1], "mod-1")
	if !second.actor().Has(member.RoleModerator) {
		t.Error("the link gave no role")
	}
	if a := p.visitor(t).Get(link[1]); a.Status != 404 {
		t.Errorf("the used link: got %d, want 404", a.Status)
	}
	if strings.Contains(second.Get("/team").Body, `value="admin"`) {
		t.Error("a coordinator is offered the role of the host to give")
	}
	for _, path := range []string{"/me", "/key", "/sign-out", "/sign-in", "/sign-in/team", "/me/key", "/me/delete", "/me/end-all"} {
		if a := second.Get(path); a.Status != 200 {
			t.Errorf("%s with a role: %d", path, a.Status)
		}
	}
	if a := second.Post("/me/end-all", "passphrase", "seven quiet arches at night"); a.To != "/sign-in" || second.actor().SignedIn() {
		t.Errorf("sign out everywhere with the passphrase: %d to %q", a.Status, a.To)
	}
}

func TestTheTeamSignsInWithAllThreeOrNotAtAll(t *testing.T) {
	p := newPortal(t)
	admin(t, p)
	b := p.visitor(t)
	for _, fields := range [][]string{
		{"handle", "first", "passphrase", "", "otp", ""},
		{"handle", "", "passphrase", "", "otp", ""},
		{"handle", "first", "passphrase", "seven quiet arches at night", "otp", "000000"},
	} {
		a := b.Post("/sign-in", fields...)
		if a.Status != 422 || !strings.Contains(a.Body, `name="otp"`) || fields[3] != "" && strings.Contains(a.Body, fields[3]) {
			t.Errorf("%v: %d, or another form, or the passphrase on the page; want 422 and the team's form", fields, a.Status)
		}
	}
}

func TestInvitationCardsAreNeutralAndLeadToTheFormWithTheirCode(t *testing.T) {
	p := closedPortal(t)
	boss := admin(t, p)
	if a := boss.Post("/team/invitations", "label", "", "most", "3", "days", "x"); a.Status != 422 || !strings.Contains(a.Body, `name="most"`) {
		t.Errorf("a wrong batch: %d, want the form again", a.Status)
	}
	made := boss.Post("/team/invitations", "label", "night bus, secret label", "most", "٢٠", "days", "90")
	cards := boss.Get(made.To)
	if cards.Status != 200 || strings.Count(cards.Body, `class="sheet-card"`) != 8 {
		t.Fatalf("the sheet: %d with %d cards, want 8", cards.Status, strings.Count(cards.Body, `class="sheet-card"`))
	}
	if strings.Contains(cards.Body, "secret label") {
		t.Error("the label of the batch is on the cards")
	}
	code := regexp.MustCompile(`[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}`).FindString(cards.Body)
	guest := p.visitor(t)
	if body := guest.Get("/join?code=" + url.QueryEscape(code)).Body; code == "" || !strings.Contains(body, `name="code" type="text" value="`+code+`"`) {
		t.Errorf("the form does not hold the code %q of the address", code)
	}
	if a := guest.Post("/join", "code", "AAAA-AAAA", "adult", "1", "rules", "1"); a.Status != 422 || !strings.Contains(a.Body, `value="AAAA-AAAA"`) {
		t.Errorf("a wrong code: %d, or it is gone from the form", a.Status)
	}
	if a := guest.Post("/join", "code", strings.ToLower(code), "adult", "1", "rules", "1"); a.To != "/key" {
		t.Errorf("the right code: %d to %q, want 303 to /key", a.Status, a.To)
	}
	list := boss.Get("/team/invitations").Body
	closing := regexp.MustCompile(`/team/invitations/[a-z0-9]+/close`).FindString(list)
	if !strings.Contains(list, code) || !strings.Contains(list, "1 taken, 19 free") || closing == "" {
		t.Fatal("the list lacks the code, the places or the way to close")
	}
	if a := boss.Post(closing); a.To != "/team/invitations" {
		t.Errorf("close: %d to %q", a.Status, a.To)
	}
	if body := boss.Get(made.To).Body; strings.Contains(body, "sheet-card") || strings.Contains(body, code) {
		t.Error("closed cards can still be printed")
	}
	if a := boss.Get("/team/invitations/aaaa/cards"); a.Status != 404 {
		t.Errorf("cards of nothing: %d, want 404", a.Status)
	}
}
