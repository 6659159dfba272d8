package magazineweb

import (
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/magazine"
	"portico/app/markup"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// listPage is the magazine's front door.
type listPage struct {
	*ui.Page
	Issues []magazine.Issue
	Begins bool // she may begin an issue
}

// List shows the issues that somebody may see.
func (a *Area) List(c *fiber.Ctx) error {
	view := listPage{Page: a.page(c), Begins: magazine.MayBegin(request.Actor(c))}
	var err error
	if view.Issues, err = a.mag.Issues(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

func (a *Area) beginForm(c *fiber.Ctx) form {
	p := a.page(c)
	lang := c.FormValue("language")
	if lang == "" {
		lang = p.P.Tag
	}
	return form{
		Page: p, Heading: p.T("magazine.begin"), Lead: p.T("magazine.begin.lead"), Action: home + "/new/issue", Back: home, Go: home,
		Sees: p.T("magazine.sees.members"), Button: p.T("magazine.begin.go"), Said: "magazine.begin.done",
		Fields: []field{
			line(ui.Input{ID: "title", Label: p.T("magazine.field.title"), Value: request.Typed(c, "title"), Max: 120}),
			line(ui.Input{ID: "month", Label: p.T("magazine.field.month"), Hint: p.T("magazine.field.month.hint"), Value: request.Typed(c, "month"), Max: 7}),
			choose(ui.Choice{ID: "language", Label: p.T("material.field.lang"), Options: langOptions(), Value: lang}),
			line(ui.Input{ID: "closes", Kind: ui.Day, Label: p.T("magazine.field.closes"), Value: request.Typed(c, "closes")}),
			nonceField(c),
		},
	}
}

// BeginForm asks for an issue to begin.
func (a *Area) BeginForm(c *fiber.Ctx) error { return a.show(c, a.beginForm(c)) }

// Begin opens an issue.
func (a *Area) Begin(c *fiber.Ctx) error {
	f := a.beginForm(c)
	if person := request.Actor(c); person.SignedIn() && !magazine.MayBegin(person) {
		return fault.Missing()
	}
	return a.tryPlain(c, f, func() error {
		_, err := a.mag.Begin(c.UserContext(), request.Actor(c), magazine.IssueForm{
			Title: request.Typed(c, "title"), Month: strings.TrimSpace(c.FormValue("month")), Lang: known(c.FormValue("language")), Closes: c.FormValue("closes"), Nonce: c.FormValue("nonce"),
		})
		return err
	})
}

// readPage is an issue as it is read.
type readPage struct {
	*ui.Page
	magazine.Reading
	Dir     string
	Board   bool
	Draft   bool // only its board sees it yet
	Say     form
	Address string // without the scheme, to type
	QR      ui.QR
}

// openPage is an issue that is being made.
type openPage struct {
	*ui.Page
	magazine.Open
	Propose form
}

// Issue shows an issue as far as it is: to read, or to take part in.
func (a *Area) Issue(c *fiber.Ctx) error {
	view, err := a.readPage(c)
	if err == nil {
		return a.kit.Send(c, fiber.StatusOK, readView(view))
	}
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	o := openPage{}
	if o.Open, err = a.mag.Open(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	o.Page, o.Propose = a.page(c), a.topicForm(c)
	return a.kit.Send(c, fiber.StatusOK, openView(o))
}

func (a *Area) readPage(c *fiber.Ctx) (view readPage, err error) {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return view, err
	}
	who := request.Actor(c)
	if view.Reading, err = a.mag.Read(c.UserContext(), who, id); err != nil {
		return view, err
	}
	view.Page, view.Dir, view.Draft = a.page(c), a.dir(view.Lang), view.State != magazine.Published
	if who.Colleague() {
		_, err := a.mag.Distribution(c.UserContext(), who, id)
		view.Board = err == nil
	}
	view.Say = a.sayForm(c)
	address := a.origin(c) + pathOf(id, "")
	_, view.Address, _ = strings.Cut(address, "://")
	view.QR, err = ui.DrawQR(address)
	return view, err
}

// Print shows a whole issue as sheets for a printer.
func (a *Area) Print(c *fiber.Ctx) error {
	view, err := a.readPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, printView(view))
}

// Text sends the words of an issue alone, for a message or a slow line.
func (a *Area) Text(c *fiber.Ctx) error {
	view, err := a.readPage(c)
	if err != nil {
		return err
	}
	in := a.kit.Bundle.Printer(view.Lang)
	parts := []string{view.Reading.Title + "\n" + in.T("magazine.number", "Number", view.Number, "Month", in.Month(view.Month)), bare(view.Greeting)}
	for _, p := range view.Pieces {
		parts = append(parts, "* "+p.Title+"\n\n"+bare(p.Body), p.Signed)
	}
	parts = append(parts, "--\n"+bare(view.Imprint), a.origin(c)+pathOf(view.ID, ""))
	var kept []string
	for _, part := range parts {
		if strings.Trim(part, "- \n") != "" {
			kept = append(kept, part)
		}
	}
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	c.Set(fiber.HeaderContentLanguage, view.Lang)
	return c.SendString(strings.Join(kept, "\n\n") + "\n")
}

var (
	headMarks = regexp.MustCompile(`(?m)^#{1,6}[ \t]+`)
	strong    = regexp.MustCompile(`\*\*([^*\n]+)\*\*|__([^_\n]+)__`)
	links     = regexp.MustCompile(`\[([^\]\n]+)\]\(([^)\s]+)\)`)
)

// bare takes off the marks of Markdown that read badly as words.
func bare(body string) string {
	return links.ReplaceAllString(strong.ReplaceAllString(headMarks.ReplaceAllString(body, ""), "$1$2"), "$1 ($2)")
}

// html is Markdown as a page shows it.
func html(body string) string { return markup.Page(body) }

func (a *Area) sayForm(c *fiber.Ctx) form {
	f := a.below(c, "/said")
	f.Heading, f.Lead, f.Button, f.Said = f.T("magazine.say"), f.T("magazine.say.lead"), f.T("magazine.say.go"), "magazine.say.done"
	f.Back, f.Go, f.Kind, f.Sees = home+"/"+c.Params("id"), home+"/"+c.Params("id"), ui.Secondary, f.T("magazine.sees.said")
	answers := []ui.Option{{Label: f.T("material.feedback.skip")}, {Value: "yes", Label: f.T("material.yes")}, {Value: "no", Label: f.T("material.no")}}
	f.Fields = []field{
		choose(ui.Choice{ID: "useful", Label: f.T("material.feedback.useful"), Options: answers, Value: c.FormValue("useful")}),
		choose(ui.Choice{ID: "plain", Label: f.T("material.feedback.plain"), Options: answers, Value: c.FormValue("plain")}),
		line(ui.Input{ID: "missing", Kind: ui.TextArea, Rows: 3, Label: f.T("magazine.say.missing"), Hint: f.T("magazine.say.hint"), Value: request.Typed(c, "missing"), Optional: true}),
		nonceField(c),
	}
	return f
}

// Say keeps what a reader says. Nobody needs a key for it.
func (a *Area) Say(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	return a.try(c, a.sayForm(c), open, func(f form) (magazine.Receipt, error) {
		return a.mag.Say(c.UserContext(), id, magazine.SaidForm{
			Useful: c.FormValue("useful"), Plain: c.FormValue("plain"), Missing: request.Typed(c, "missing"), Nonce: c.FormValue("nonce"), Insist: f.Insist,
		})
	})
}

func (a *Area) topicForm(c *fiber.Ctx) form {
	f := a.below(c, "/topics")
	f.Heading, f.Lead, f.Button, f.Said = f.T("magazine.topic.new"), f.T("magazine.topic.lead"), f.T("magazine.topic.go"), "magazine.topic.done"
	f.Back, f.Go, f.Sees, f.Never = home+"/"+c.Params("id"), home+"/"+c.Params("id"), f.T("material.sees.members"), true
	f.Fields = []field{line(ui.Input{ID: "words", Label: f.T("magazine.topic.words"), Value: request.Typed(c, "words"), Max: 120}), nonceField(c)}
	return f
}

// Propose puts a topic forward.
func (a *Area) Propose(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	return a.try(c, a.topicForm(c), signed, func(form) (magazine.Receipt, error) {
		return a.mag.Propose(c.UserContext(), request.Actor(c), id, request.Typed(c, "words"), c.FormValue("nonce"))
	})
}

// Want says "I would read this".
func (a *Area) Want(c *fiber.Ctx) error {
	return a.do(c, "topic", func(id, topic store.ID) error { return a.mag.Want(c.UserContext(), request.Actor(c), id, topic) }, "", "magazine.wanted")
}

// DropTopic takes a topic away that cannot stay.
func (a *Area) DropTopic(c *fiber.Ctx) error {
	return a.do(c, "topic", func(id, topic store.ID) error { return a.mag.DropTopic(c.UserContext(), request.Actor(c), id, topic) }, room, "magazine.topic.dropped")
}

func (a *Area) sendForm(c *fiber.Ctx) form {
	f := a.below(c, "/send")
	f.Heading, f.Lead, f.Button, f.Said = f.T("magazine.send"), f.T("magazine.send.lead"), f.T("magazine.send.go"), "magazine.send.done"
	f.Back, f.Go, f.Sees = home+"/"+c.Params("id"), home+"/"+c.Params("id"), f.T("magazine.sees.piece")
	f.Fields = []field{
		line(ui.Input{ID: "title", Label: f.T("magazine.field.title"), Value: request.Typed(c, "title"), Max: 120}),
		line(ui.Input{ID: "body", Kind: ui.TextArea, Rows: 14, Label: f.T("magazine.field.body"), Hint: f.T("magazine.field.body.hint"), Value: request.Typed(c, "body")}),
		line(ui.Input{ID: "signed", Label: f.T("magazine.field.signed"), Hint: f.T("magazine.field.signed.hint"), Value: request.Typed(c, "signed"), Max: 60, Optional: true}),
		nonceField(c),
	}
	return f
}

// SendForm asks for a piece, while an issue collects them.
func (a *Area) SendForm(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	o, err := a.mag.Open(c.UserContext(), request.Actor(c), id)
	if err == nil && o.State != magazine.Pieces {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	return a.show(c, a.sendForm(c))
}

// Send gives the board a piece.
func (a *Area) Send(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	return a.try(c, a.sendForm(c), signed, func(f form) (magazine.Receipt, error) {
		return a.mag.Send(c.UserContext(), request.Actor(c), id, magazine.PieceForm{
			Title: request.Typed(c, "title"), Body: request.Typed(c, "body"), Signed: request.Typed(c, "signed"), Nonce: c.FormValue("nonce"), Insist: f.Insist,
		})
	})
}
