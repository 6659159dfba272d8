package server_test

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/store"
)

// TestWhatModeratorsSeeAndExportNamesNoAccount opens every page of the desk, every item of
// the queue, and the log for oversight, and looks for the number of any account in any form.
func TestWhatModeratorsSeeAndExportNamesNoAccount(t *testing.T) {
	h, ctx := build(t), context.Background()
	var accounts []store.ID
	if err := h.Store.DB.Model(&member.Account{}).Pluck("id", &accounts).Error; err != nil || len(accounts) < 5 {
		t.Fatalf("%d accounts, %v", len(accounts), err)
	}
	moderator := h.enter(t, h.person(t, "moderator"))
	items, err := h.Desk.Waiting(ctx, moderator.Actor, "")
	if err != nil || len(items) == 0 {
		t.Fatalf("nothing waits: %v", err)
	}
	pages := []string{"/desk", "/desk/rota", "/desk/care", "/desk/keys", "/transparency"}
	for _, item := range items {
		if err := h.Desk.Claim(ctx, moderator.Actor, item.ID); err == nil {
			pages = append(pages, "/desk/items/"+item.ID.String())
		}
	}
	seen := map[string]string{}
	for _, page := range pages {
		seen[page] = h.ask(t, http.MethodGet, page, moderator.Cookie, nil).body
	}
	lead := h.enter(t, h.person(t, "coordinator"))
	for _, page := range []string{"/team", "/team/duties", "/team/audit.csv"} {
		seen[page] = h.ask(t, http.MethodGet, page, lead.Cookie, nil).body
	}
	if !strings.Contains(seen["/team/audit.csv"], "number,at,kind,matter") {
		t.Fatalf("the export of the log is none: %.80s", seen["/team/audit.csv"])
	}
	for page, body := range seen {
		if len(body) < 40 {
			t.Errorf("%s is empty", page)
		}
		low := strings.ToLower(body)
		for _, id := range accounts {
			for _, form := range []string{id.String(), hex.EncodeToString(id[:]), base64.StdEncoding.EncodeToString(id[:]), base64.RawURLEncoding.EncodeToString(id[:])} {
				if strings.Contains(low, strings.ToLower(form)) {
					t.Errorf("%s names the account %s", page, form)
				}
			}
		}
	}
}
