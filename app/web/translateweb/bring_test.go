package translateweb_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/webtest"
)

const (
	glossaryFile = "/translate/glossary/exchange"
	memoryFile   = "/translate/memory/exchange"
)

// bring sends a file with fields in the form of a page.
func (p *portal) bring(t *testing.T, path, text string, fields ...string) webtest.Answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		webtest.Must(t, form.WriteField(fields[i], fields[i+1]))
	}
	part, err := form.CreateFormFile("file", "x")
	webtest.Must(t, err)
	_, err = part.Write([]byte(text))
	webtest.Must(t, err)
	webtest.Must(t, form.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return p.Ask(t, r)
}

func TestTheGlossaryGoesOutIsSeenLineByLineAndIsKept(t *testing.T) {
	p := ready(t)
	webtest.Wants(t, p.Get(t, "/translate/glossary").Body, `href="`+glossaryFile+`"`, `href="`+memoryFile+`"`, `name="kind"`, "Do not translate")
	webtest.Wants(t, p.Get(t, glossaryFile).Body, `href="`+glossaryFile+`/csv"`, `enctype="multipart/form-data"`)
	out := p.Get(t, glossaryFile+"/csv").Body
	webtest.Wants(t, out, "id,version,from,lang,term,preferred,refused,kind,domain,note", "TAMPEP,TAMPEP,,keep,")
	faulty := p.bring(t, glossaryFile, out+",,en,it,,x,,,,\n,,en,it,night bus,autobus,,own,,\n")
	if faulty.Status != http.StatusUnprocessableEntity || strings.Contains(faulty.Body, "Keep what is new") {
		t.Errorf("faulty lines: %d", faulty.Status)
	}
	webtest.Wants(t, faulty.Body, "Write the word as it stands in the source.", "Choose one of the three", "Some lines have to be mended first.")
	seen := p.bring(t, glossaryFile, out+",,en,it,night bus,autobus di notte,,,,\n")
	webtest.Wants(t, seen.Body, "autobus di notte", "New.", "Keep what is new or changed")
	if strings.Contains(p.Get(t, "/translate/glossary?lang-of=it").Body, "autobus di notte") {
		t.Fatal("looking at a table writes it")
	}
	if a := p.Post(t, glossaryFile+"/write", "file", kept(t, seen.Body)); a.Status != http.StatusSeeOther {
		t.Errorf("kept: %d", a.Status)
	}
	webtest.Wants(t, p.Get(t, "/translate/glossary?lang-of=it").Body, "autobus di notte")
	if a := p.Post(t, glossaryFile+"/write", "file", "from,lang,term,preferred\nen,it,,x\n"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a faulty form: %d", a.Status)
	}
}

func TestAMemoryIsSeenSentenceBySentenceAndKept(t *testing.T) {
	p := ready(t)
	tmx := func(words string) string {
		return `<?xml version="1.0"?><tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>` +
			`<tu><tuv xml:lang="en"><seg>Call 1522.</seg></tuv><tuv xml:lang="it"><seg>` + words + `</seg></tuv></tu><tu><tuv xml:lang="en"><seg>Only English.</seg></tuv></tu></body></tmx>`
	}
	webtest.Wants(t, p.Get(t, memoryFile).Body, memoryFile+"/tmx?from=en")
	seen := p.bring(t, memoryFile, tmx("Chiama il 1522."), "from", "en", "lang", "it")
	webtest.Wants(t, seen.Body, "Chiama il 1522.", "New.", "Passed over")
	if a := p.Post(t, memoryFile+"/write", "file", kept(t, seen.Body), "from", "en", "lang", "it"); a.Status != http.StatusSeeOther {
		t.Errorf("kept: %d %s", a.Status, a.Body)
	}
	webtest.Wants(t, p.Get(t, memoryFile+"/tmx?from=en&lang=it").Body, "Chiama il 1522.")
	webtest.Wants(t, p.bring(t, memoryFile, tmx("Altro."), "from", "en", "lang", "it").Body, "Something else stands here, and stays.", "There is nothing in it to keep.")
	if a := p.bring(t, memoryFile, tmx("x"), "from", "it", "lang", "it"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("one language: %d", a.Status)
	}
	if a := p.bring(t, memoryFile, "half", "from", "en", "lang", "it"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("no memory: %d", a.Status)
	}
}

func TestNobodyElseLearnsOfTheFilesOfTheGlossary(t *testing.T) {
	p := ready(t)
	for _, who := range []member.Actor{{}, p.peer} {
		p.Who = who
		for _, path := range []string{glossaryFile, glossaryFile + "/csv", memoryFile} {
			if a := p.Get(t, path); a.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, a.Status)
			}
		}
		for _, path := range []string{glossaryFile, memoryFile} {
			if a := p.bring(t, path, "x"); a.Status != http.StatusNotFound {
				t.Errorf("a file to %s: %d", path, a.Status)
			}
			if a := p.bring(t, path, ""); a.Status != http.StatusNotFound {
				t.Errorf("nothing to %s: %d", path, a.Status)
			}
			if a := p.Post(t, path+"/write", "file", "x", "from", "en", "lang", "it"); a.Status != http.StatusNotFound {
				t.Errorf("words to %s: %d", path, a.Status)
			}
		}
	}
}
