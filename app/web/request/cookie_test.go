package request_test

import (
	"testing"

	"portico/app/web/request"
)

func TestTheWayBackNeverLeadsToAnotherSite(t *testing.T) {
	for path, want := range map[string]string{
		"/forum/start?after=x":  "/forum/start?after=x",
		"":                      "/",
		"forum":                 "/",
		"//evil.example":        "/",
		"/\t/evil.example":      "/",
		"/\r\n/evil.example":    "/",
		"/\\evil.example":       "/",
		"https://evil.example/": "/",
		"/ /evil.example":       "/",
	} {
		if got := request.LocalPath(path, "/"); got != want {
			t.Errorf("%q: got %q; want %q", path, got, want)
		}
	}
}
