// Package payrollweb is the pages of payroll: for a peer what she has given so that pay
// reaches her, and who has opened it; for whoever does payroll the people and their details.
//
// Invariants: to everybody without the payroll key the second page does not exist; details
// are opened by a form that says what for, never by following a link; words that she typed
// come back whatever became of the form; titles are neutral.
package payrollweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/payroll"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit *request.Kit
	pay *payroll.Service
}

// New makes the area.
func New(kit *request.Kit, p *payroll.Service) *Area { return &Area{kit, p} }

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("nav.work"), "work")
}

var methodWords = map[string]string{
	"iban":  "payroll.method.iban",
	"cash":  "payroll.method.cash",
	"other": "payroll.method.other",
}

var purposeWords = map[string]string{
	"pay":   "payroll.purpose.pay",
	"check": "payroll.purpose.check",
	"file":  "payroll.purpose.file",
}

func word(p *ui.Page, words map[string]string, code string) string {
	if key, ok := words[code]; ok {
		return p.T(key)
	}
	return ""
}

func options(p *ui.Page, codes []string, words map[string]string, choose string) []ui.Option {
	list := []ui.Option{{Label: choose}}
	for _, code := range codes {
		list = append(list, ui.Option{Value: code, Label: word(p, words, code)})
	}
	return list
}

// isolated keeps a name's own direction inside a sentence.
func isolated(text string) string { return "\u2068" + text + "\u2069" }
