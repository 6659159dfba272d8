package translateweb

import (
	"bytes"
	"io"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// LargestFile is the largest file of a translator's tool that a form takes, in bytes. A
// leaflet with all its words is a hundredth of it.
const LargestFile = 1 << 20

// largestAgain keeps the form that brings the words of a file a second time within what a
// form may hold, written as browsers write it.
const largestAgain = 400 << 10

// mostRows is how many texts of a file one page shows of each outcome.
const mostRows = 50

// exchangePage is where a language goes out to a translator's own tool and comes back.
type exchangePage struct {
	*ui.Page
	ui.Again
	Doc    translate.DocumentRow
	Lang   string
	Brings *translate.Brings // what a file would do; nil before one was sent
	Done   bool              // it was written, all but what the page shows
}

// formats are the buttons of the page in their order, with their messages.
var formats = []struct{ Name, Key string }{
	{"xliff", "translate.exchange.xliff"}, {"po", "translate.exchange.po"}, {"tmx", "translate.exchange.tmx"},
}

func exchangePath(doc store.ID, lang string) string { return sheetPath(doc, lang) + "/exchange" }

// Exchange shows the ways out and back.
func (a *Area) Exchange(c *fiber.Ctx) error { return a.sendExchange(c, fiber.StatusOK, nil) }

func (a *Area) sendExchange(c *fiber.Ctx, status int, change func(*exchangePage)) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	view := exchangePage{Page: a.page(c), Lang: c.Params("lang")}
	sheet, err := a.tr.Sheet(c.UserContext(), request.Actor(c), doc, view.Lang, 1)
	if err != nil {
		return err
	}
	view.Doc, view.Path = sheet.Doc, exchangePath(doc, view.Lang)
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, exchangeView(view))
}

// TakeOut sends a language of a text as a file.
func (a *Area) TakeOut(c *fiber.Ctx) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	lang, format := c.Params("lang"), c.Params("format")
	if err := a.tr.Export(c.UserContext(), request.Actor(c), doc, lang, format, &out); err != nil {
		return err
	}
	kind := "application/xml; charset=utf-8"
	if format == "po" {
		kind = "text/x-gettext-translation; charset=utf-8"
	}
	c.Set(fiber.HeaderContentType, kind)
	// The language was found, so it is one of ours and safe in a name.
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="text-`+lang+`.`+translate.Formats[format]+`"`)
	return c.Send(out.Bytes())
}

// BringBack looks at a file and says what it would do. Nothing is written or kept.
func (a *Area) BringBack(c *fiber.Ctx) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	raw, err := sent(c)
	if err == nil {
		var brings translate.Brings
		brings, err = a.tr.TryImport(c.UserContext(), request.Actor(c), doc, c.Params("lang"), bytes.NewReader(raw))
		if err == nil && len(brings.Again) > largestAgain {
			err = fault.Mend(fault.Field{Name: "file", Key: "translate.exchange.fault.many"})
		}
		if err == nil {
			return a.sendExchange(c, fiber.StatusOK, func(v *exchangePage) { v.Brings = &brings })
		}
	}
	return a.exchangeAgain(c, err)
}

// TakeIn writes what she has seen. What somebody else has written in the meantime stays,
// and is shown.
func (a *Area) TakeIn(c *fiber.Ctx) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	brings, err := a.tr.Import(c.UserContext(), request.Actor(c), doc, c.Params("lang"), strings.NewReader(request.Typed(c, "file")))
	if err != nil {
		return a.exchangeAgain(c, err)
	}
	if brings.Taken() == len(brings.Rows) {
		return a.kit.Go(c, sheetPath(doc, c.Params("lang")), ui.Done, "translate.exchange.done")
	}
	return a.sendExchange(c, fiber.StatusConflict, func(v *exchangePage) { v.Brings, v.Done = &brings, true })
}

func (a *Area) exchangeAgain(c *fiber.Ctx, err error) error {
	var back ui.Again
	status, rest := request.Refused(a.page(c), &back, err)
	if rest != nil {
		return rest
	}
	return a.sendExchange(c, status, func(v *exchangePage) { v.Again = back })
}

// sent reads the file of the form. The name that her device gave it is never read.
func sent(c *fiber.Ctx) ([]byte, error) {
	header, err := c.FormFile("file")
	if err != nil {
		return nil, fault.Mend(fault.Field{Name: "file", Key: "translate.exchange.missing"})
	}
	file, err := header.Open()
	if err != nil {
		return nil, fault.Wrap(err, "open what was sent")
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, LargestFile+1))
	switch {
	case err != nil:
		return nil, fault.Wrap(err, "read what was sent")
	case len(raw) > LargestFile:
		return nil, fault.Mend(fault.Field{Name: "file", Key: "translate.exchange.large"})
	case len(raw) == 0:
		return nil, fault.Mend(fault.Field{Name: "file", Key: "translate.exchange.missing"})
	}
	return raw, nil
}

// outcomeWords say how many texts had an outcome, and what that means.
var outcomeWords = map[string]string{
	translate.Clash:    "translate.exchange.is.conflict",
	translate.Outdated: "translate.exchange.is.outdated",
	translate.Guess:    "translate.exchange.is.guess",
	translate.TooLong:  "translate.exchange.is.long",
	translate.Unknown:  "translate.exchange.is.unknown",
	translate.Brought:  "translate.exchange.is.new",
	translate.Replaced: "translate.exchange.is.changed",
	translate.Equal:    "translate.exchange.is.same",
}

// rows are the texts with an outcome, as many as one page shows; more is how many follow.
func (v exchangePage) rows(what string) (list []translate.Outcome, more int) {
	for _, o := range v.Brings.Rows {
		if o.What == what && len(list) < mostRows {
			list = append(list, o)
		} else if o.What == what {
			more++
		}
	}
	return list, more
}

// shown are the outcomes that the page speaks of. What was written needs no words any more.
func (v exchangePage) shown() []string {
	var list []string
	for _, what := range translate.Outcomes {
		written := what == translate.Brought || what == translate.Replaced
		if v.Brings.Count(what) > 0 && (!v.Done || !written) {
			list = append(list, what)
		}
	}
	return list
}

func (v exchangePage) pair(source, target, word string) ui.Segment {
	return ui.Segment{SourceLang: v.Doc.Lang, SourceDir: "auto", Source: source, TargetLang: v.Lang, TargetDir: "auto", Target: target,
		State: ui.BadgePlain, StateWord: word, Draw: drawn}
}

// findings are the words of what the checks say about a text of a file.
func (v exchangePage) findings(o translate.Outcome) []string {
	var list []string
	for _, f := range o.Findings {
		list = append(list, findingWords(v.Page, f))
	}
	return list
}
