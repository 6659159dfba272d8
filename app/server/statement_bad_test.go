package server_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/training"
)

// holder is somebody of the demonstration who has finished a module, with a statement about
// it in her hands.
func (h *house) holder(t *testing.T) (who member.Opened, module, code string) {
	t.Helper()
	ctx := context.Background()
	for _, p := range h.cast.People {
		if p.Key != "" {
			continue
		}
		who := h.enter(t, p)
		all, err := h.Training.Overview(ctx, who.Actor)
		if err != nil {
			t.Fatal(err)
		}
		for _, pr := range all {
			if pr.State() != training.Finished {
				continue
			}
			if err := h.Training.MakeStatement(ctx, who.Actor, pr.Module.Slug); err != nil {
				t.Fatal(err)
			}
			held, err := h.Training.Held(ctx, who.Actor, pr.Module.Slug)
			if err != nil {
				t.Fatal(err)
			}
			return who, pr.Module.Slug, held.Code
		}
	}
	t.Fatal("nobody of the demonstration has finished a module")
	return who, "", ""
}

// TestStatementsSurviveBadInput sends each bad value to the forms about a statement that
// exists, as those who may use them. Whatever was typed, the statement stays as it was, and
// the name in a file is only ever text.
func TestStatementsSurviveBadInput(t *testing.T) {
	h := build(t)
	holder, module, code := h.holder(t)
	boss := h.enter(t, h.person(t, "coordinator"))
	for name, value := range badValues {
		h.time.advance(16 * time.Minute) // or the slowness after wrong codes would answer instead of the form
		if found, err := h.Members.Recognise(context.Background(), boss.Cookie); err != nil || !found.Actor.SignedIn() {
			boss = h.enter(t, h.person(t, "coordinator"))
		}
		if found, err := h.Members.Recognise(context.Background(), holder.Cookie); err != nil || !found.Actor.SignedIn() {
			holder, module, code = h.holder(t)
		}
		for _, form := range []struct {
			path string
			who  member.Opened
			set  url.Values
		}{
			{"/learn/" + module + "/statement", holder, url.Values{"name": {value}, "as": {"page"}}},
			{"/learn/" + module + "/statement", holder, url.Values{"name": {fitting("name", value)}, "as": {"json"}}},
			{"/learn/" + module + "/statement", holder, url.Values{"name": {fitting("name", value)}, "as": {"jwt"}}},
			{"/learn/" + module + "/statement", holder, url.Values{"name": {"Anna"}, "as": {value}}},
			{"/learn/" + module + "/statement/make", holder, url.Values{"name": {value}}},
			{"/learn/team/statements", boss, url.Values{"code": {value}, "reason": {"passed"}, "act": {"revoke"}}},
			{"/learn/team/statements", boss, url.Values{"code": {code}, "reason": {value}, "act": {value}}},
			{"/learn/team/statements", boss, url.Values{"code": {value}, "wait": {value}, "act": {"allow"}}},
			{"/learn/verify", boss, url.Values{"code": {value}, "wait": {value}}},
		} {
			form.set.Set("token", form.who.Actor.Token.FormToken())
			a := h.ask(t, http.MethodPost, form.path, form.who.Cookie, form.set)
			if a.status >= 500 {
				t.Errorf("%s with %s: status %d", form.path, name, a.status)
			}
			file := strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment")
			if !file && (strings.Contains(a.body, "<script>alert(1)") || strings.Contains(a.body, "<img src=x")) {
				t.Errorf("%s with %s: the markup came back alive", form.path, name)
			}
			if file && (a.header.Get("X-Content-Type-Options") != "nosniff" || strings.HasPrefix(a.header.Get("Content-Type"), "text/html")) {
				t.Errorf("%s with %s: a browser may read the file as a page", form.path, name)
			}
		}
	}
	if a := h.ask(t, http.MethodPost, "/learn/verify", "", url.Values{"code": {code}}); a.status == http.StatusOK {
		t.Error("a form without its token is answered")
	}
	held, err := h.Training.Held(context.Background(), holder.Actor, module)
	if err != nil || held.Code != code || held.State != training.Counts {
		t.Errorf("after all this she holds %+v, %v", held, err)
	}
	if strings.Contains(h.logs.String(), "panicked") {
		t.Errorf("a handler panicked: %s", h.logs.String())
	}
	if strings.Contains(h.logs.String(), code) || strings.Contains(h.logs.String(), training.ShowCode(code)) {
		t.Error("the log holds the code")
	}
}
