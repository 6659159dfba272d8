package directoryweb_test

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"portico/app/web/directoryweb"
	"portico/app/web/webtest"
)

// brings sends a file in the form of the page.
func brings(t *testing.T, who *webtest.Person, text string) webtest.Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "x")
	webtest.Must(t, err)
	_, err = part.Write([]byte(text))
	webtest.Must(t, err)
	webtest.Must(t, form.Close())
	r := httptest.NewRequest(http.MethodPost, "/directory/files", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return who.Send(r)
}

func TestAFileIsLookedAtAndThenTakenIn(t *testing.T) {
	h := newHouse(t)
	v, lead := h.Visitor(t), h.coordinator(t)
	v.Get("/directory/files").Wants(t, 404)
	v.Post("/directory/files/write", "file", "id,name\n").Wants(t, 404)
	lead.Get("/directory/files").Wants(t, 200, "/directory.json", "up to 400 kB")
	table := v.Get("/directory/everything.csv")
	table.Wants(t, 200)
	if !strings.Contains(table.Body, "ex-gruppo-abele,organisation,Gruppo Abele") {
		t.Error("the table lacks an entry")
	}
	v.Get("/directory.json").Wants(t, 200)

	head := "id,kind,name,country,city,languages,what.en\n"
	brings(t, lead, head+"x-1,shop,New,IT,Padova,Klingon,Helps.\nx-1,service,New,IT,,it,\"Tea,\nquietly.\"\n").Wants(t, 422,
		"3 things are wrong", "we do not know \u2068shop\u2069", "Klingon", "Nothing comes in")
	brings(t, lead, "").Wants(t, 422, "not empty")
	brings(t, lead, strings.Repeat("x", directoryweb.LargestFile+1)).Wants(t, 422, "larger than 400 kB")
	brings(t, lead, "[{").Wants(t, 422, "cannot be read any further")
	seen := brings(t, lead, head+"x-1,service,New,IT,Padova,it,\"Tea,\nquietly.\"\n")
	seen.Wants(t, 200, "One entry is new", "0 entries change")
	v.Get("/directory/x-1").Wants(t, 404)
	m := regexp.MustCompile(`name="file" value="([^"]*)"`).FindStringSubmatch(seen.Body)
	if m == nil {
		t.Fatal("no form keeps the file")
	}
	// Browsers send every line end of a field as two signs.
	again := strings.ReplaceAll(html.UnescapeString(m[1]), "\n", "\r\n")
	lead.Post("/directory/files/write", "file", again).Wants(t, 303)
	v.Get("/directory/x-1").Wants(t, 200, "New", "Nobody has checked this yet")
	brings(t, lead, table.Body).Wants(t, 200, "Nothing would change")
}
