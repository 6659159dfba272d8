package webtest

import (
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// ear hears what a test would be told.
type ear struct {
	testing.TB
	heard []string
}

func (e *ear) Helper() {}

func (e *ear) Errorf(format string, _ ...any) { e.heard = append(e.heard, format) }

// Fatalf does not stop here, so that what would come after it is heard too.
func (e *ear) Fatalf(format string, _ ...any) { e.heard = append(e.heard, format) }

func TestAPageIsHeldToWhatEveryPageKeeps(t *testing.T) {
	const good = "<title>My work</title><h1>Hours</h1><p>[1] a.b</p>"
	h := Open(t)
	h.Titles, h.TitleKeys = []string{"My work"}, []string{"nav.talk"}
	page := ""
	h.App.Get("/page", func(c *fiber.Ctx) error {
		c.Type("html", "utf-8")
		return c.SendString(page)
	})
	for _, row := range []struct {
		name, page string
		errors     int
	}{
		{"a page as it should be", good, 0},
		{"a title of the second kind", strings.Replace(good, "My work", h.Say("nav.talk"), 1), 0},
		{"no heading", strings.ReplaceAll(good, "h1", "h2"), 1},
		{"two headings", good + "<h1>Pay</h1>", 1},
		{"a title that tells", strings.Replace(good, "My work", "Her name", 1), 1},
		{"a style on an element", good + `<p style="x">`, 1},
		{"a script in the page", good + "<script>x</script>", 1},
		{"a message without words", good + "[peerwork.kind.odd]", 1},
		{"a value that is missing", good + "<no value>", 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			page = row.page
			e := &ear{TB: t}
			if h.Get(e, "/page"); len(e.heard) != row.errors {
				t.Errorf("%d errors, want %d: %q", len(e.heard), row.errors, e.heard)
			}
		})
	}
}

func TestAFormIsSentAsTheTestSays(t *testing.T) {
	h := Open(t)
	h.App.Post("/form", func(c *fiber.Ctx) error { return c.Send(c.Body()) })
	fields := []string{"one", "a", "list", "b", "one", "c", "list", "d"}
	for name, row := range map[string]struct {
		lists []string
		want  string
	}{
		"every value":                {nil, "list=b&list=d&one=a&one=c"},
		"the last one, but of lists": {[]string{"list"}, "list=b&list=d&one=c"},
		"the last one of each":       {[]string{}, "list=d&one=c"},
	} {
		t.Run(name, func(t *testing.T) {
			h.Lists = row.lists
			if got := h.Post(t, "/form", fields...).Body; got != row.want {
				t.Errorf("sent %s, want %s", got, row.want)
			}
		})
	}
}

func TestAnAnswerIsHeldToWhatIsWanted(t *testing.T) {
	const body = "<p>Two <b>seats</b>\u202f:</p>"
	a := Answer{Status: 303, To: "/meetings", Body: body, Text: textOf(body)}
	for name, row := range map[string]struct {
		look   func(testing.TB)
		errors int
	}{
		"words across elements":   {func(t testing.TB) { a.Wants(t, 303, "Two seats :") }, 0},
		"words with elements":     {func(t testing.TB) { a.Wants(t, 303, "<b>seats</b>") }, 0},
		"words that are missing":  {func(t testing.TB) { a.Wants(t, 303, "Two", "three") }, 1},
		"another status":          {func(t testing.TB) { a.Wants(t, 200) }, 1},
		"words that stand there":  {func(t testing.TB) { a.Lacks(t, "three", "Two seats") }, 1},
		"the way on":              {func(t testing.TB) { a.Leads(t, "/meetings") }, 0},
		"another way on":          {func(t testing.TB) { a.Leads(t, "/") }, 1},
		"a way on of a page":      {func(t testing.TB) { Answer{Status: 200, To: "/"}.Leads(t, "/") }, 1},
		"a page that lacks words": {func(t testing.TB) { Wants(t, body, "seats", "Two seats") }, 1},
		"a page that has words":   {func(t testing.TB) { WantsNot(t, body, "seats", "Two seats") }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			e := &ear{TB: t}
			if row.look(e); len(e.heard) != row.errors {
				t.Errorf("%d errors, want %d: %q", len(e.heard), row.errors, e.heard)
			}
		})
	}
}
