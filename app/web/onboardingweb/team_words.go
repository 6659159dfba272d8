package onboardingweb

import (
	"strconv"

	"github.com/a-h/templ"

	"portico/app/onboarding"
	"portico/app/web/ui"
)

// lineTitle names a path on a list: by handle, or by the step before she has one.
func lineTitle(p *ui.Page, l onboarding.Line) string {
	if l.Handle != "" {
		return l.Handle
	}
	return p.T("joining.nameless", "Day", p.P.Day(l.BeganDay))
}

func pathTitle(p *ui.Page, v onboarding.View) string {
	if v.Handle != "" {
		return v.Handle
	}
	return p.T("joining.nameless", "Day", p.P.Day(v.BeganDay))
}

// lineText says what comes next in a path and who sees to it.
func lineText(p *ui.Page, l onboarding.Line) string {
	if !l.Running() {
		return word(p, stateWords, l.State)
	}
	if l.Step.Step == "" {
		return word(p, stateWords, l.State)
	}
	who := l.Owner
	if who == "" {
		who = word(p, byWords, l.Step.By())
	}
	return word(p, stepWords, l.Step.Step) + " · " + who
}

// figureTable is what happened in each year, as numbers.
func figureTable(v teamPage) ui.Table {
	table := ui.Table{Caption: v.T("joining.figures"), Head: []string{v.T("joining.figure.year"), v.T("joining.figure.what"), v.T("joining.figure.number"), v.T("joining.figure.where")}}
	for _, f := range v.Figures {
		name := ""
		for _, o := range v.Orgs {
			if o.ID == f.OrganisationID {
				name = o.Name
			}
		}
		table.Rows = append(table.Rows, []templ.Component{
			ui.Isolated(strconv.Itoa(f.Year)), ui.Words(word(v.Page, figureWords, f.What)), ui.Isolated(strconv.Itoa(f.Number)), ui.Isolated(name),
		})
	}
	return table
}
