package translateweb

import (
	"fmt"
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// machinePath is the log of what left for the machine.
const machinePath = "/translate/machine"

// mostLogged is how many lines the file with the log has.
const mostLogged = 10_000

// machinePage is a page of the log.
type machinePage struct {
	*ui.Page
	translate.MachineLog
	At   ui.Paging
	Home bool // she has the list of texts, too
}

// Machine shows what left for the machine: when, for whom, how much, and never the words.
func (a *Area) Machine(c *fiber.Ctx) error {
	n := max(request.Whole(c.Query("page")), 1)
	view := machinePage{Page: a.page(c)}
	var err error
	if view.MachineLog, err = a.tr.Log(c.UserContext(), request.Actor(c), n, 0); err != nil {
		return err
	}
	if n > 1 {
		view.At.Newer = machinePath + "?page=" + strconv.Itoa(n-1)
	}
	if view.More {
		view.At.Older = machinePath + "?page=" + strconv.Itoa(n+1)
	}
	view.Path, view.Home = machinePath, a.tr.Works(request.Actor(c))
	return a.kit.Send(c, fiber.StatusOK, machineView(view))
}

// MachineCSV is the log as a file, with whole fingerprints.
func (a *Area) MachineCSV(c *fiber.Ctx) error {
	log, err := a.tr.Log(c.UserContext(), request.Actor(c), 1, mostLogged)
	if err != nil {
		return err
	}
	rows := make([][]string, len(log.Lines))
	for i, l := range log.Lines {
		rows[i] = []string{l.Day, l.Purpose, l.DocumentID.String(), l.Lang, l.By, l.Address, l.Model, strconv.Itoa(l.Size), fmt.Sprintf("%x", l.Hash),
			strconv.FormatInt(l.TokensIn, 10), strconv.FormatInt(l.TokensOut, 10), translate.Money(l.Cost), l.Trouble}
	}
	return request.SendCSV(c, "machine.csv", []string{"day", "purpose", "text", "language", "asked_by", "address", "model", "bytes", "sha256",
		"tokens_in", "tokens_out", "cost", "trouble"}, rows)
}

// machineTable is the log as a table.
func machineTable(p *ui.Page, lines []translate.Left) ui.Table {
	table := ui.Table{Head: []string{p.T("translate.egress.day"), p.T("translate.egress.what"), p.T("translate.egress.who"), p.T("translate.egress.where"),
		p.T("translate.egress.size"), p.T("translate.egress.cost"), p.T("translate.egress.hash")}}
	for _, l := range lines {
		what := p.T("translate.egress.draft")
		if l.Purpose == translate.ForBack {
			what = p.T("translate.back")
		}
		by := ui.Isolated(l.By)
		if l.By == "" {
			by = ui.Words(p.T("translate.somebody"))
		}
		table.Rows = append(table.Rows, []templ.Component{ui.Words(p.P.Day(l.Day)), egressWhat(p, l, what), by, ui.Isolated(l.Address + ", " + l.Model),
			ui.Words(p.N("translate.egress.bytes", l.Size)), ui.Words(translate.Money(l.Cost)), ui.Isolated(fmt.Sprintf("%x", l.Hash[:min(8, len(l.Hash))]))})
	}
	return table
}
