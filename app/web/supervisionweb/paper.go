package supervisionweb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// paperPage is a period of her hours to print.
type paperPage struct {
	*ui.Page
	Paper       supervision.Statement
	First, Last string
	Errs        []ui.FieldError
}

// Statement shows her hours between two days, without a word that was said.
func (a *Area) Statement(c *fiber.Ctx) error {
	view, status := paperPage{Page: a.page(c)}, fiber.StatusOK
	view.First, view.Last = a.period(c)
	var err error
	view.Paper, err = a.sup.Statement(c.UserContext(), request.Actor(c), view.First, view.Last)
	if errs, ok := request.Mend(view.P, err); ok {
		status, view.Errs = fiber.StatusUnprocessableEntity, errs
	} else if err != nil {
		return err
	}
	return a.kit.Send(c, status, paperView(view))
}

func paperTable(p *ui.Page, lines []supervision.StatementLine, among string) ui.Table {
	table := ui.Table{Head: []string{p.T("supervision.kind"), p.T("supervision.paper.with"), p.T("supervision.entries"), p.T("supervision.minutes.total")}}
	for _, l := range lines {
		with := ui.Isolated(strings.Join(l.With, " · "))
		if len(l.With) == 0 {
			with = ui.Words(among)
		}
		table.Rows = append(table.Rows, []templ.Component{
			ui.Words(word(p, kindWords, l.Kind)), with, ui.Words(strconv.Itoa(l.Sessions)), ui.Words(p.Duration(l.Minutes)),
		})
	}
	return table
}

// logPage is all conversations of her own supervision with their words.
type logPage struct {
	*ui.Page
	Handle string
	Log    []supervision.Opened
}

// Log shows it to her alone.
func (a *Area) Log(c *fiber.Ctx) error {
	who := request.Actor(c)
	log, err := a.sup.Log(c.UserContext(), who)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, logView(logPage{a.page(c), who.Role.Handle, log}))
}

// logHeader are the columns of the file, in English for every language: programs read them.
var logHeader = []string{
	"day", "kind", "minutes", "mode", "with", "state", "topics", "worked", "hard", "support", "learning", "wellbeing", "workload",
	"goal", "check_in", "question", "heard", "ideas", "choice", "decisions", "actions", "signatures",
}

// LogCSV sends the same as a table.
func (a *Area) LogCSV(c *fiber.Ctx) error {
	log, err := a.sup.Log(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	rows := make([][]string, len(log))
	for i, o := range log {
		rows[i] = logRow(o)
	}
	return request.SendCSV(c, "log.csv", logHeader, rows)
}

func logRow(o supervision.Opened) []string {
	w, g := o.Words, o.Sitting
	var actions, signs []string
	for _, a := range w.Actions {
		actions = append(actions, strings.TrimSpace(a.What+" ("+a.Owner+" "+a.Due)+")")
	}
	for _, l := range o.Links {
		signs = append(signs, strings.TrimSpace(l.Day+" "+l.Handle+" "+string(l.Verdict)+" "+l.Words))
	}
	return []string{
		o.HeldDay, string(o.Relation.Kind), strconv.Itoa(o.Minutes), o.Mode, o.Relation.Supervisor, o.State, strings.Join(w.Topics, " "),
		w.Worked, w.Hard, w.Support, w.Learning, w.Wellbeing, w.Workload, w.Goal, g.CheckIn, g.Question, g.Heard, g.Ideas, o.Choice, g.Decisions,
		strings.Join(actions, "; "), strings.Join(signs, "; "),
	}
}

// labelled is one field of an entry with its label.
type labelled struct{ label, text string }

// logWords are the fields of an entry that have words in them.
func logWords(p *ui.Page, o supervision.Opened) []labelled {
	w, g := o.Words, o.Sitting
	all := []labelled{
		{p.T("supervision.worked"), w.Worked}, {p.T("supervision.hard"), w.Hard}, {p.T("supervision.support"), w.Support},
		{p.T("supervision.learning"), w.Learning}, {p.T("supervision.goal"), w.Goal},
		{p.T("supervision.check-in"), g.CheckIn}, {p.T("supervision.question"), g.Question}, {p.T("supervision.heard"), g.Heard},
		{p.T("supervision.ideas"), g.Ideas}, {p.T("supervision.choice"), o.Choice}, {p.T("supervision.decisions"), g.Decisions},
	}
	for _, a := range w.Actions {
		all = append(all, labelled{p.T("supervision.actions"), a.What})
	}
	return slices.DeleteFunc(all, func(one labelled) bool { return one.text == "" })
}
