package translateweb_test

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/translate"
	"portico/app/web/translateweb"
	"portico/app/web/webtest"
)

// ready opens Italian of a small text for a mediator.
func ready(t *testing.T) *portal {
	t.Helper()
	p := open(t, false)
	p.Who = p.mediator
	p.source(t, "# Night bus\n\nIt stops at the bridge.\n\nCall 1522.\n")
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	return p
}

// send sends a file in the form of the page.
func (p *portal) send(t *testing.T, text string) webtest.Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "x")
	webtest.Must(t, err)
	_, err = part.Write([]byte(text))
	webtest.Must(t, err)
	webtest.Must(t, form.Close())
	r := httptest.NewRequest(http.MethodPost, p.path("/it/exchange"), &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return p.Ask(t, r)
}

// kept is what the form of the page would bring again.
func kept(t *testing.T, page string) string {
	t.Helper()
	m := regexp.MustCompile(`name="file" value="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no form keeps the words: %s", page)
	}
	// Browsers send every line end of a field as two signs.
	return strings.ReplaceAll(html.UnescapeString(m[1]), "\n", "\r\n")
}

// filled puts words into the empty target of a source.
func filled(text, source, words string) string {
	return strings.Replace(text, "<source>"+source+"</source>\n", "<source>"+source+"</source><target>"+words+"</target>\n", 1)
}

func (p *portal) wordsOf(t *testing.T, n int) string {
	t.Helper()
	d, err := p.tr.Segment(ctx, p.mediator, p.doc, "it", n)
	webtest.Must(t, err)
	return d.Line.Target.Words
}

func TestAFileGoesOutIsSeenAndIsKept(t *testing.T) {
	p := ready(t)
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, p.path("/it/exchange"))
	webtest.Wants(t, p.Get(t, p.path("/it/exchange")).Body, `href="`+p.path("/it/exchange/po")+`"`, `enctype="multipart/form-data"`, "up to 1 MB")
	for _, format := range []string{"xliff", "po", "tmx"} {
		if a := p.Get(t, p.path("/it/exchange/"+format)); a.Status != http.StatusOK || strings.Contains(a.Body, "ponte") {
			t.Errorf("%s: %d %s", format, a.Status, a.Body)
		}
	}
	out := p.Get(t, p.path("/it/exchange/xliff")).Body
	seen := p.send(t, filled(filled(out, "Call 1522.", "Chiama il 1523.\nOra."), "It stops at the bridge.", "Si ferma al ponte."))
	webtest.Wants(t, seen.Body, "2 segments are new.", "1 segment stays the same.", "Si ferma al ponte.", "Keep 2 segments", "1523")
	if p.wordsOf(t, 2) != "" {
		t.Fatal("looking at a file writes it")
	}
	done := p.Post(t, p.path("/it/exchange/write"), "file", kept(t, seen.Body))
	if done.Status != http.StatusSeeOther || p.wordsOf(t, 2) != "Si ferma al ponte." || p.wordsOf(t, 3) != "Chiama il 1523.\nOra." {
		t.Errorf("%d, %q, %q", done.Status, p.wordsOf(t, 2), p.wordsOf(t, 3))
	}
	webtest.Wants(t, p.send(t, out).Body, "There is nothing in it to keep.")
}

func TestWhatSomebodyElseWroteMeanwhileStaysAndIsShown(t *testing.T) {
	p := ready(t)
	out := p.Get(t, p.path("/it/exchange/xliff")).Body
	seen := p.send(t, filled(filled(out, "Call 1522.", "Chiama il 1522."), "It stops at the bridge.", "Si ferma al ponte."))
	d, err := p.tr.Segment(ctx, p.second, p.doc, "it", 2)
	webtest.Must(t, err)
	webtest.Must(t, p.tr.Save(ctx, p.second, p.doc, translate.Mark{Segment: d.Line.ID, Lang: "it", Version: d.Line.Target.Version}, "Ferma vicino al ponte."))
	done := p.Post(t, p.path("/it/exchange/write"), "file", kept(t, seen.Body))
	if done.Status != http.StatusConflict {
		t.Fatalf("status %d", done.Status)
	}
	webtest.Wants(t, done.Body, "somebody else worked here", "Ferma vicino al ponte.", "Si ferma al ponte.", p.path("/it/2"))
	if p.wordsOf(t, 2) != "Ferma vicino al ponte." || p.wordsOf(t, 3) != "Chiama il 1522." {
		t.Errorf("got %q, %q", p.wordsOf(t, 2), p.wordsOf(t, 3))
	}
}

func TestABadFileIsAnsweredInWords(t *testing.T) {
	p := ready(t)
	out := p.Get(t, p.path("/it/exchange/xliff")).Body
	for _, row := range []struct{ name, text, words string }{
		{"no file", "", "Choose a file first"}, {"a bomb", `<!DOCTYPE a [<!ENTITY b "c">]><xliff/>`, "Line 1: the file defines abbreviations"},
		{"half a file", out[:len(out)/2], "ends here, too early"}, {"a picture", "\x89PNG\r\n\x1a\n", "cannot be read"}, {"a letter", "Dear all,\nhello", "no XLIFF 2, PO or TMX"},
		{"too much", strings.Repeat("x", translateweb.LargestFile+1), "larger than 1 MB"}, {"another language", strings.Replace(out, `trgLang="it"`, `trgLang="ar"`, 1), "another language (ar)"},
	} {
		a := p.send(t, row.text)
		if a.Status != http.StatusUnprocessableEntity || strings.Count(a.Body, row.words) != 2 || !strings.Contains(a.Body, `id="file-error"`) {
			t.Errorf("%s: %d, and not %q above the form and beside the field", row.name, a.Status, row.words)
		}
	}
	if a := p.Post(t, p.path("/it/exchange/write"), "file", "<half"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("half a form: %d", a.Status)
	}
	if a := p.Post(t, p.path("/it/exchange"), "file", "x"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a form without a file: %d", a.Status)
	}
}

func TestNobodyElseLearnsOfTheExchange(t *testing.T) {
	p := ready(t)
	out := p.Get(t, p.path("/it/exchange/xliff")).Body
	p.Who = member.Actor{}
	for _, path := range []string{"/it/exchange", "/it/exchange/po", "/it/exchange/doc"} {
		if a := p.Get(t, p.path(path)); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
	if a := p.send(t, out); a.Status != http.StatusNotFound {
		t.Errorf("a file: %d", a.Status)
	}
	if a := p.Post(t, p.path("/it/exchange/write"), "file", out); a.Status != http.StatusNotFound {
		t.Errorf("its words: %d", a.Status)
	}
}
