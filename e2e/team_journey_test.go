//go:build e2e

package e2e

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestANewModeratorComesToTheTeam(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		coordinator := p.journey(t, how)
		coordinator.signsInAs(p.withRole(t, "coordinator"))
		link := coordinator.offersARole("moderator")

		j := p.journey(t, how)
		fresh := j.takesUpTheRole(link)
		j.goesTo("/desk")
		j.look("desk of a new moderator")
		j.open("/desk/keys")
		j.sees(j.words().T("desk.keys.none"))
		j.look("no key yet")
		late := p.journey(t, how)
		late.openAs(link, 404) // the link opens once

		first := p.journey(t, how)
		first.signsInAs(p.withRole(t, "moderator"))
		first.goesTo("/desk")
		first.follow("/desk/keys")
		first.sees(fresh.Handle)
		first.look("somebody waits for the key")
		first.press(`main form[action^="/desk/keys/"] button`)
		first.sees(first.words().T("desk.keys.given"))
		first.look("key given")
		j.reload()
		j.seesNot(j.words().T("desk.keys.none"))

		j.leaves()
		j.press(sendButton)
		j.signsInAs(fresh)
	})
}

// offersARole makes a link for one role and returns its path.
func (j *journey) offersARole(role string) (path string) {
	j.t.Helper()
	j.goesTo("/team")
	j.look("team")
	j.press(sendButton)
	j.refused("roles")
	j.tick("#role-" + role)
	j.press(sendButton)
	j.look("role link")
	link, err := url.Parse(j.text("#role-link"))
	if err != nil || !strings.HasPrefix(link.Path, "/role/") {
		j.stop("the link is %q: %v", j.text("#role-link"), err)
	}
	return link.Path
}

// takesUpTheRole chooses a handle and a passphrase and puts the secret into an authenticator.
func (j *journey) takesUpTheRole(link string) (fresh *person) {
	j.t.Helper()
	j.open(link)
	j.look("role offered")
	fresh = &person{Name: "the new one", Roles: []string{"moderator"}, Handle: "rosmarino", Passphrase: "warm stone quiet arch seven lamps"}
	fresh.TOTP = strings.Join(strings.Fields(j.text("#factor")), "")
	j.fill("#handle", fresh.Handle)
	j.fill("#passphrase", "short")
	code := fresh.code(j.t)
	j.fill("#otp", code)
	j.press(sendButton)
	j.refused("passphrase")
	j.look("role with a short passphrase")
	if got := strings.Join(strings.Fields(j.text("#factor")), ""); got != fresh.TOTP {
		j.stop("the second factor changed after a mistake")
	}
	j.fill("#passphrase", fresh.Passphrase)
	j.fill("#otp", j.how.typedIn(code)) // a mistake elsewhere does not use it up
	j.press(sendButton)
	j.arrivedAt("/")
	j.in()
	j.look("role taken up")
	return fresh
}

func TestACoordinatorPrintsCardsAndSomebodyJoinsWithOne(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		coordinator := p.journey(t, how)
		coordinator.signsInAs(p.withRole(t, "coordinator"))
		coordinator.goesTo("/team")
		coordinator.follow("/team/invitations")
		coordinator.look("invitations")
		coordinator.fill("#label", "")
		coordinator.press(sendButton)
		coordinator.refused("label")
		coordinator.fill("#label", "Harbour, autumn")
		coordinator.fill("#most", "9") // so few that a batch could stand for one person
		coordinator.press(sendButton)
		coordinator.refused("most")
		coordinator.look("batch too small")
		coordinator.fill("#most", how.typedIn("10"))
		coordinator.fill("#days", "30")
		coordinator.press(sendButton)
		coordinator.look("cards to print")
		code := coordinator.text(".sheet-card .key-show")
		ending := fmt.Sprintf("form[action=%q]", strings.TrimSuffix(coordinator.path(), "cards")+"close")

		j := p.journey(t, how)
		j.open("/join?code=" + url.QueryEscape(code))
		if got := j.value("#code"); got != code {
			t.Fatalf("the address of the card fills in %q, want %q", got, code)
		}
		j.tick("#adult")
		j.tick("#rules")
		j.press(sendButton)
		j.arrivedAt("/key")
		key := j.keyShown()

		coordinator.open("/team/invitations")
		coordinator.look("invitations used")
		for _, secret := range []string{key, key[:4] + " " + key[4:8]} {
			coordinator.seesNot(secret)
		}
		coordinator.click("details:has(" + ending + ") summary")
		coordinator.press(ending + " button")
		coordinator.look("batch closed")
		late := p.journey(t, how)
		late.open("/join?code=" + url.QueryEscape(code))
		late.tick("#adult")
		late.tick("#rules")
		late.press(sendButton)
		late.refused("code")
		late.look("card too late")
	})
}
