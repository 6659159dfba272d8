package translateweb

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Where the glossary and the memory go out as files and come back.
const (
	glossaryFile = "/translate/glossary/exchange"
	memoryFile   = "/translate/memory/exchange"
)

// bringPage is where the whole glossary, or the memory of a pair of languages, goes out and
// comes back.
type bringPage struct {
	*ui.Page
	ui.Again
	Memory     bool
	From, Lang string // of the memory
	Tried      bool   // a file was looked at
	File       string // what was looked at, to be written as it is
	Rows       []bringRow
	More       int // rows that the page does not show
	Takes      int // rows that would be written
	Same       int
	Faulty     bool // a line has to be mended first
}

// bringRow is a line of a file and what becomes of it.
type bringRow struct {
	Line                     int
	What, Word, Theirs, Ours string
	Faults                   []fault.Field
}

// bringWords say what becomes of a line.
var bringWords = map[string]string{
	translate.Brought: "translate.bring.new", translate.Replaced: "translate.bring.changed", translate.Clash: "translate.bring.conflict",
	translate.Passed: "translate.bring.passed", translate.Faulty: "translate.bring.faulty",
}

// bringOrder has those first that somebody has to look at.
var bringOrder = []string{translate.Faulty, translate.Clash, translate.Passed, translate.Replaced, translate.Brought}

// GlossaryFile shows the way out and back of the glossary.
func (a *Area) GlossaryFile(c *fiber.Ctx) error { return a.sendBring(c, fiber.StatusOK, false, nil) }

// MemoryFile shows the way out and back of the memory.
func (a *Area) MemoryFile(c *fiber.Ctx) error { return a.sendBring(c, fiber.StatusOK, true, nil) }

func (a *Area) sendBring(c *fiber.Ctx, status int, memory bool, change func(*bringPage)) error {
	if !a.tr.MayTendTerms(request.Actor(c)) {
		return fault.Missing()
	}
	view := bringPage{Page: a.page(c), Memory: memory}
	view.From, view.Lang = a.pair(c, c.FormValue("from"), c.FormValue("lang"), view.P.Tag)
	if change != nil {
		change(&view)
	}
	view.Path = view.action()
	return a.kit.Send(c, status, bringView(view))
}

// pair are the languages of a memory, and likely ones where none of ours were named.
func (a *Area) pair(c *fiber.Ctx, from, lang, page string) (of, into string) {
	if !slices.Contains(translate.Targets(), from) {
		from = "en"
	}
	if !slices.Contains(translate.Targets(), lang) {
		lang = a.likelyLanguage(c, page)
	}
	return from, lang
}

func (v bringPage) action() string {
	if v.Memory {
		return memoryFile
	}
	return glossaryFile
}

func (a *Area) bringAgain(c *fiber.Ctx, memory bool, err error) error {
	var back ui.Again
	status, rest := request.Refused(a.page(c), &back, err)
	if rest != nil {
		return rest
	}
	return a.sendBring(c, status, memory, func(v *bringPage) { v.Again = back })
}

// GlossaryCSV sends the whole glossary as a table.
func (a *Area) GlossaryCSV(c *fiber.Ctx) error {
	var out bytes.Buffer
	if err := a.tr.WriteGlossary(c.UserContext(), request.Actor(c), &out); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="glossary.csv"`)
	return c.Send(out.Bytes())
}

// MemoryTMX sends the memory of a pair of languages.
func (a *Area) MemoryTMX(c *fiber.Ctx) error {
	if !a.tr.MayTendTerms(request.Actor(c)) {
		return fault.Missing()
	}
	from, lang := a.pair(c, c.Query("from"), c.Query("lang"), request.Printer(c).Tag)
	var out bytes.Buffer
	if err := a.tr.ExportMemory(c.UserContext(), request.Actor(c), from, lang, &out); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/xml; charset=utf-8")
	// Both languages are ours, so they are safe in a name.
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="memory-`+from+"-"+lang+`.tmx"`)
	return c.Send(out.Bytes())
}

// BringGlossary looks at a table and says what each line would do. Nothing is written.
func (a *Area) BringGlossary(c *fiber.Ctx) error { return a.look(c, false) }

// BringMemory looks at a memory and says what each sentence would do. Nothing is written.
func (a *Area) BringMemory(c *fiber.Ctx) error { return a.look(c, true) }

func (a *Area) look(c *fiber.Ctx, memory bool) error {
	raw, err := sent(c)
	if err == nil && len(raw) > largestAgain {
		err = fault.Mend(fault.Field{Name: "file", Key: "translate.exchange.fault.many"})
	}
	if err != nil {
		return a.bringAgain(c, memory, err)
	}
	return a.looked(c, memory, string(raw))
}

// looked shows what a file would do.
func (a *Area) looked(c *fiber.Ctx, memory bool, text string) error {
	plan, err := a.bring(c, memory, text, true)
	if err != nil {
		return a.bringAgain(c, memory, err)
	}
	status := fiber.StatusOK
	if plan.Faulty {
		status = fiber.StatusUnprocessableEntity
	}
	return a.sendBring(c, status, memory, func(v *bringPage) {
		plan.Page, plan.From, plan.Lang, plan.Memory, plan.File, plan.Tried = v.Page, v.From, v.Lang, memory, text, true
		*v = plan
	})
}

// WriteGlossary keeps what she has seen: all of it, or nothing where a line is faulty.
func (a *Area) WriteGlossary(c *fiber.Ctx) error { return a.keepBrought(c, false) }

// WriteMemory keeps what she has seen. What was reviewed here stays.
func (a *Area) WriteMemory(c *fiber.Ctx) error { return a.keepBrought(c, true) }

func (a *Area) keepBrought(c *fiber.Ctx, memory bool) error {
	text := request.Typed(c, "file")
	plan, err := a.bring(c, memory, text, true)
	if err != nil {
		return a.bringAgain(c, memory, err)
	}
	if plan.Faulty {
		return a.looked(c, memory, text)
	}
	if _, err = a.bring(c, memory, text, false); err != nil {
		return a.bringAgain(c, memory, err)
	}
	if memory {
		return a.kit.Go(c, memoryFile, ui.Done, "translate.bring.done")
	}
	return a.kit.Go(c, glossaryFile, ui.Done, "translate.bring.done")
}

// bring hands a file on, to be looked at or written.
func (a *Area) bring(c *fiber.Ctx, memory bool, text string, try bool) (plan bringPage, err error) {
	ctx, who := c.UserContext(), request.Actor(c)
	if memory {
		all, err := a.tr.BringMemory(ctx, who, c.FormValue("from"), c.FormValue("lang"), strings.NewReader(text), try)
		for _, o := range all.Rows {
			plan.Rows = append(plan.Rows, bringRow{Line: o.Line, What: o.What, Word: o.Source, Theirs: o.Theirs, Ours: o.Ours})
		}
		plan.Same = all.Same
		return plan.sorted(), err
	}
	list, err := a.tr.ImportTerms(ctx, who, strings.NewReader(text), try)
	for _, o := range list {
		if o.What == translate.Equal {
			plan.Same++
			continue
		}
		plan.Faulty = plan.Faulty || o.What == translate.Faulty
		plan.Rows = append(plan.Rows, bringRow{Line: o.Line, What: o.What, Word: o.Term.Term, Theirs: said(o.Term.Preferred, o.Term.Refused), Ours: said(o.Ours.Preferred, o.Ours.Refused), Faults: o.Faults})
	}
	return plan.sorted(), err
}

// said are the words of a term, those to use first.
func said(preferred, refused string) string {
	switch {
	case refused == "":
		return preferred
	case preferred == "":
		return "✗ " + refused
	}
	return preferred + " ✗ " + refused
}

// sorted has the rows first that somebody has to look at, and as many as a page shows.
func (v bringPage) sorted() bringPage {
	for _, r := range v.Rows {
		if r.What == translate.Brought || r.What == translate.Replaced {
			v.Takes++
		}
	}
	slices.SortStableFunc(v.Rows, func(x, y bringRow) int { return slices.Index(bringOrder, x.What) - slices.Index(bringOrder, y.What) })
	if most := 2 * mostRows; len(v.Rows) > most {
		v.Rows, v.More = v.Rows[:most], len(v.Rows)-most
	}
	return v
}

// bringTable says line by line what becomes of a file.
func bringTable(v bringPage) ui.Table {
	table := ui.Table{Head: []string{v.T("translate.bring.line"), v.T("translate.bring.what"), v.T("translate.term"), v.T("translate.exchange.theirs"), v.T("translate.exchange.ours")}}
	for _, r := range v.Rows {
		what := []string{word(v.Page, bringWords, r.What)}
		for _, f := range r.Faults {
			what = append(what, why(v.Page, fault.New(fault.Invalid, f.Key, f.Args...)))
		}
		table.Rows = append(table.Rows, []templ.Component{ui.Words(strconv.Itoa(r.Line)), ui.Words(strings.Join(what, " ")), ui.Isolated(r.Word), ui.Isolated(r.Theirs), ui.Isolated(r.Ours)})
	}
	return table
}
