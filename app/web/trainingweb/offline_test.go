package trainingweb_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/trainingweb"
	"portico/content"

	"portico/app/web/webtest"
)

// newPhones is the house with the pages that phones keep before its others, as in the table.
func newPhones(t *testing.T) *house {
	t.Helper()
	h := bareHouse(t)
	a := trainingweb.New(h.Kit, h.training)
	h.App.Get("/learn/offline", a.KeptHome)
	h.App.Get("/learn/offline/worker.js", a.Worker)
	h.App.Get("/learn/offline/live.json", a.Live)
	h.App.Get("/learn/offline/:module", a.Kept)
	h.App.Post("/learn/offline/:module", a.TakeLater)
	h.App.Get("/learn/offline/:module/units/:unit", a.Kept)
	h.App.Get("/learn/offline/:module/quiz", a.Kept)
	h.App.Get("/learn/offline/:module/story", a.Kept)
	h.routes(a)
	return h
}

// live is what a phone is told.
type live struct {
	Token, Holder string
	Turns         map[string]int
}

func (p *person) live() (l live) {
	p.T.Helper()
	a := p.Get("/learn/offline/live.json")
	if a.Status != http.StatusOK {
		p.T.Fatalf("live.json: %d", a.Status)
	}
	if err := json.Unmarshal([]byte(a.Body), &l); err != nil {
		p.T.Fatal(err)
	}
	return l
}

// wire is an answer as it travels to a browser.
func (p *person) wire(path string) (sent int, plain string, header http.Header) {
	p.T.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br")
	a := p.Send(r)
	if a.Status != http.StatusOK {
		p.T.Fatalf("%s: status %d", path, a.Status)
	}
	plain = a.Body
	if a.Header.Get("Content-Encoding") == "gzip" {
		packed, err := gzip.NewReader(strings.NewReader(a.Body))
		webtest.Must(p.T, err)
		raw, err := io.ReadAll(packed)
		webtest.Must(p.T, err)
		plain = string(raw)
	}
	return len(a.Body), plain, a.Header
}

// keptPaths are the addresses of all copies of a module.
func keptPaths(m content.Module) []string {
	base := "/learn/offline/" + m.Slug
	all := []string{base, base + "/quiz"}
	for _, u := range m.In("en").Units {
		all = append(all, base+"/units/"+u.ID)
	}
	if len(m.In("en").Scenario.Scenes) > 0 {
		all = append(all, base+"/story")
	}
	return all
}

// heaviest is the most that a page of a begun module may weigh on its way.
const heaviest = 15 << 10

func TestEveryPageOfABegunModuleIsLight(t *testing.T) {
	h := newPhones(t)
	lines, err := content.HelpLines()
	if err != nil {
		t.Fatal(err)
	}
	h.Kit.Lines, h.Kit.Demo = func() []request.Line { return request.Shipped(lines) }, true
	her := h.mine(t)
	all, err := h.training.Modules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		her.begins(m)
		row := fmt.Sprintf("%-16s", m.Slug)
		for _, lang := range []string{"en", "it", "fr", "ar"} {
			her.Lang = lang
			most, where, sum := 0, "", 0
			for _, path := range keptPaths(m) {
				copied, _, _ := her.wire(path)
				sent, _, _ := her.wire(strings.Replace(path, "/offline", "", 1))
				sum += copied
				for at, n := range map[string]int{path: copied, strings.Replace(path, "/offline", "", 1): sent} {
					if n > most {
						most, where = n, strings.TrimPrefix(at, "/learn/")
					}
					if n > heaviest {
						t.Errorf("%s in %s is %d bytes on its way, at most %d", at, lang, n, heaviest)
					}
				}
			}
			row += fmt.Sprintf(" | %s kept %6d, heaviest %5d %s", lang, sum, most, where)
		}
		t.Log(row)
	}
}

// begins reads one unit and answers everything, so that every page says all it can say.
func (p *person) begins(m content.Module) {
	p.T.Helper()
	p.Post("/learn/"+m.Slug+"/units/"+m.In("en").Units[0].ID, "done", "1")
	var fields []string
	for _, q := range m.In("en").Questions {
		for _, one := range q.Right() {
			name, value := "q-"+q.ID, one
			if q.Kind == content.Order || q.Kind == content.Match {
				id, to, _ := strings.Cut(one, ":")
				name, value = name+"-"+id, to
			}
			fields = append(fields, name, value)
		}
	}
	p.Post("/learn/"+m.Slug+"/quiz", fields...).Leads(p.T, "/learn/"+m.Slug+"/quiz")
}

func TestWhatAPhoneKeepsNamesNobody(t *testing.T) {
	h := newPhones(t)
	first, second := h.mine(t), h.mine(t)
	all, _ := h.training.Modules(t.Context())
	first.begins(all[0])
	secrets := []string{first.Actor.Token.FormToken(), first.live().Holder, `name="token"`, "/sign-out", "/me", "/my/talks", "checked", "selected"}
	for _, path := range append(keptPaths(all[0]), "/learn/offline") {
		_, one, header := first.wire(path)
		_, other, _ := second.wire(path)
		if one != other {
			t.Errorf("%s differs from person to person", path)
		}
		for _, secret := range secrets {
			if strings.Contains(one, secret) {
				t.Errorf("%s holds %q", path, secret)
			}
		}
		if header.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
		first.Get(path).Wants(t, 200) // one heading, a neutral title, nothing inline
	}
}

func TestAPageThatIsPressedTogetherHoldsNothingThatSomebodyElseChose(t *testing.T) {
	h := newPhones(t)
	her := h.mine(t)
	for _, path := range []string{"/learn/small", "/learn/small/units/only", "/learn/small/quiz"} {
		_, page, header := her.wire(path + "?guess=" + her.Actor.Token.FormToken()[:6] + "zebra")
		if header.Get("Content-Encoding") != "gzip" || strings.Contains(page, "zebra") {
			t.Errorf("%s: encoding %q, or it holds what stood behind its address", path, header.Get("Content-Encoding"))
		}
	}
}

func TestKeepingIsOfferedOnAPhoneThatIsHersAlone(t *testing.T) {
	h := newPhones(t)
	script := h.Kit.Static.Href("offline.js")
	hers, shared, peer := h.mine(t), h.member(t), h.withRole(t, "mira", member.RolePeer)
	shared.Actor.Device = member.NoTrace
	hers.Get("/learn/small").Lacks(t, "data-keep")
	for _, p := range []*person{hers, shared, peer} {
		p.Post("/learn/small/units/only", "done", "1")
	}
	hers.Get("/learn/small").Wants(t, 200, script, `data-keep="small"`, "/learn/offline/small/units/only", "Whoever opens this phone", "JavaScript")
	said := regexp.MustCompile(`about (\d+) KB`).FindStringSubmatch(hers.Get("/learn/small").Text)
	sum := 0
	for _, path := range []string{"/learn/offline/small", "/learn/offline/small/units/only", "/learn/offline/small/quiz", "/learn/offline/small/story"} {
		n, _, _ := hers.wire(path)
		sum += n
	}
	if len(said) < 2 {
		t.Fatal("the size is not said before keeping")
	}
	if kb, _ := strconv.Atoi(said[1]); kb*1024 < sum || kb > sum/1024+14 {
		t.Errorf("it says %s KB, and its pages are %d bytes", said[1], sum)
	}
	hers.Get("/learn").Wants(t, 200, script)
	shared.Get("/learn/small").Wants(t, 200, "This device leaves no trace")
	peer.Get("/learn/small").Wants(t, 200, "With a role nothing is kept")
	for _, p := range []*person{shared, peer, h.visitor(t)} {
		for _, path := range []string{"/learn/offline/small", "/learn/offline/small/quiz", "/learn/offline/small/units/only"} {
			p.Get(path).Wants(t, 404)
		}
		p.Get("/learn/offline").Leads(t, "/learn")
		if a := p.Get("/learn/offline/live.json"); a.Status != http.StatusNoContent || a.Body != "" {
			t.Errorf("a device that keeps nothing is told %d %q", a.Status, a.Body)
		}
		p.Get("/learn").Lacks(t, script, "data-keep")
	}
	for _, path := range []string{"/learn/offline/none", "/learn/offline/small/units/none", "/learn/offline/none/quiz"} {
		hers.Get(path).Wants(t, 404)
	}
	hers.Get("/learn/offline/small/").Wants(t, 200)
}

func TestAPhoneSendsWhatWaitedOnce(t *testing.T) {
	h := newPhones(t)
	her := h.mine(t)
	l := her.live()
	phone := strings.Repeat("0a", 16)
	send := func(id string, fields ...string) int {
		t.Helper()
		return her.Post("/learn/offline/small", append([]string{"sent", phone + "." + id, "holder", l.Holder, "base", fmt.Sprint(l.Turns["small"])}, fields...)...).Status
	}
	for _, try := range []struct {
		what   string
		status int
		want   int
	}{
		{"a unit", send("1", "unit", "only"), 204},
		{"the same again", send("1", "unit", "only"), 204},
		{"an answer", send("2", "q-one", "b"), 204},
		{"the same again", send("2", "q-one", "b"), 204},
		{"an odd answer", send("3", "q-one", "zebra"), 422},
		{"a unit that is not there", send("4", "unit", "none"), 412},
		{"without a sign", her.Post("/learn/offline/small", "holder", l.Holder).Status, 422},
		{"of somebody else", her.Post("/learn/offline/small", "sent", phone+".5", "holder", "other", "unit", "only").Status, 404},
		{"of no module", her.Post("/learn/offline/none", "sent", phone+".6", "holder", l.Holder).Status, 404},
	} {
		if try.status != try.want {
			t.Errorf("%s: %d, want %d", try.what, try.status, try.want)
		}
	}
	her.Get("/learn/small/quiz").Wants(t, 200, `value="b" checked`)
	her.Post("/learn/small/quiz", "q-one", "a")
	if got := send("7", "q-one", "b"); got != 412 {
		t.Errorf("an answer that a later one with net has overtaken: %d, want 412", got)
	}
	her.Get("/learn/small/quiz").Wants(t, 200, `value="a" checked`)
	for name, bad := range map[string]string{"markup": `"><script>`, "no text": "\xff\xfe", "long": strings.Repeat("x", 50_000), "number": "-1"} {
		a := her.Post("/learn/offline/small", "sent", bad, "holder", bad, "base", bad, "unit", bad, "q-one", bad, "mark-one", bad)
		if a.Status != 404 {
			t.Errorf("%s: %d", name, a.Status)
		}
		a = her.Post("/learn/offline/small", "sent", phone+".8", "holder", l.Holder, "base", bad, "unit", bad, "q-one", bad, "mark-one", bad)
		if a.Status != 412 && a.Status != 204 {
			t.Errorf("%s with a good sign: %d", name, a.Status)
		}
	}
}

func TestTheWorkerServesLearningAlone(t *testing.T) {
	h := newPhones(t)
	_, script, header := h.visitor(t).wire("/learn/offline/worker.js")
	if header.Get("Service-Worker-Allowed") != "/learn" || !strings.HasPrefix(header.Get("Content-Type"), "text/javascript") || !strings.Contains(script, "fetch") {
		t.Errorf("the worker: %v", header)
	}
}

// mine is a member on a phone that she called hers.
func (h *house) mine(t *testing.T) *person {
	p := h.member(t)
	p.Actor.Device = member.Mine
	return p
}
