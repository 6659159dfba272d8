package server_test

import (
	"context"
	"slices"
	"testing"

	"portico/app/payroll"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/timesheet"
)

var coordinators = []string{"payroll", "coordinator"} // the coordinators of the day

// profileFields are those of a profile that hold words of hers.
var profileFields = []string{"name", "title", "regions", "scope", "limits", "skills", "availability"}

// audienceReaders says who may read a field with an audience, by the people of the matrix.
func audienceReaders(audience string) []string {
	switch audience {
	case peerwork.Team: // sealed for the team of that day
		return everyone("visitor", "member", "candidate", "applicant", "late coordinator")
	case peerwork.Members:
		return everyone("visitor")
	case peerwork.Public:
		return everyone()
	}
	return []string{"owner"}
}

// writeProfile shows every field of words to every audience in turn. What stood before is
// looked up before the next turn takes its place, with the pages of profiles alone.
func (m *matrix) writeProfile(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	org := m.organisation(t, "Zanthe Common House", "membership")
	for _, column := range []string{"owner", "mate", "other peer"} {
		must(t, m.Peerwork.Place(ctx, m.who("coordinator"), m.id(column), org))
	}
	m.ids["org"] = append(m.ids["org"], org.String())
	m.ids["owner"] = []string{m.id("owner").String()}
	m.writeRisk(t)
	for turn := range peerwork.Audiences {
		card := peerwork.Card{}
		for i, name := range profileFields {
			audience := peerwork.Audiences[(i+turn)%len(peerwork.Audiences)]
			readers := audienceReaders(audience)
			if turn < len(peerwork.Audiences)-1 { // they come when this turn is over
				readers = slices.DeleteFunc(readers, func(c string) bool { return c == "candidate" || c == "applicant" || c == "late coordinator" })
			}
			card[name] = peerwork.Field{Words: m.say("profile: "+name+" for "+audience, readers...), Audience: audience}
			if audience == peerwork.Members || audience == peerwork.Public {
				if turn == len(peerwork.Audiences)-1 {
					m.open("it lies open while it is shown to " + audience)
				} else {
					m.fields[len(m.fields)-1].gone = true
				}
			}
		}
		receipt, err := m.Peerwork.SaveProfile(ctx, m.who("owner"), card, true)
		must(t, err)
		if !receipt.Stored {
			t.Fatalf("the profile is not stored: %v", receipt)
		}
		must(t, m.Peerwork.AskToBeShown(ctx, m.who("owner"), peerwork.Purposes))
		must(t, m.Peerwork.Show(ctx, m.who("coordinator"), m.id("owner")))
		for column := range m.people {
			for _, path := range m.profilePages(column) {
				m.visit(t, column, path)
			}
		}
	}
}

func (m *matrix) profilePages(column string) []string {
	list := []string{"/peers"}
	switch column {
	case "owner":
		return append(list, "/work/profile", "/work/profile/as/me", "/work/profile/as/team", "/work/profile/as/members", "/work/profile/as/public")
	case "coordinator", "payroll":
		return append(list, "/work/team", "/work/team/people/"+m.id("owner").String())
	}
	return list
}

func (m *matrix) organisation(t *testing.T, name, mode string) store.ID {
	t.Helper()
	ctx := context.Background()
	must(t, m.Peerwork.AddOrganisation(ctx, m.who("coordinator"), name, mode))
	all, err := m.Peerwork.Organisations(ctx, m.who("coordinator"))
	must(t, err)
	for _, o := range all {
		if o.Name == name {
			return o.ID
		}
	}
	t.Fatalf("there is no %s", name)
	return store.ID{}
}

func (m *matrix) writeRisk(t *testing.T) {
	t.Helper()
	readers := append([]string{"owner"}, coordinators...)
	form := peerwork.RiskForm{Review: m.Store.DayAfter(100), Risk: peerwork.Risk{Profile: m.say("risk: what would be seen", readers...), Hazards: []peerwork.Hazard{
		{What: m.say("risk: a hazard", readers...), Likelihood: 2, Consequence: 2, Measures: m.say("risk: what is done", readers...)},
	}}}
	must(t, m.Peerwork.Assess(context.Background(), m.who("coordinator"), m.id("owner"), form))
}

func (m *matrix) writeWork(t *testing.T) {
	t.Helper()
	ctx, readers := context.Background(), append([]string{"owner"}, coordinators...)
	_, err := m.Peerwork.SaveContract(ctx, m.who("coordinator"), m.id("owner"), peerwork.ContractForm{
		Kind: "fixed", From: m.Store.DayAfter(-200), To: m.Store.DayAfter(300), Hours: "17.38", Amount: "7391.37", Unit: "hour", Currency: "EUR",
		Funding: m.say("contract: where the money comes from", readers...), FundingEnds: "2039-05-17",
		LeaveKind: "paused", LeaveFrom: m.Store.DayAfter(200), Leave: m.say("contract: leave", readers...),
	})
	must(t, err)
	m.number("contract: hours", []string{"17.38", "17,38"}, readers...)
	m.number("contract: amount", []string{"7391.37", "7,391.37"}, readers...)
	m.number("contract: when the money ends", []string{"17 may 2039", "may 17, 2039", "2039-05-17"}, readers...)
	m.writeText(t, readers)
	m.writeWeek(t, readers)
	m.unlockMonth(t)
	m.writePayroll(t)
}

func (m *matrix) writeText(t *testing.T, readers []string) {
	t.Helper()
	ctx, owner, boss := context.Background(), m.who("owner"), m.who("coordinator")
	list, err := m.Peerwork.ContractsOf(ctx, owner, m.id("owner"))
	must(t, err)
	contract := list[0].ID
	words := "# " + m.say("contract text: a heading", readers...) + "\n\n" + m.say("contract text: a part", readers...) + "\n"
	must(t, m.Peerwork.SaveText(ctx, boss, contract, peerwork.TextForm{Lang: "en", Words: words}))
	list, err = m.Peerwork.ContractsOf(ctx, owner, m.id("owner"))
	must(t, err)
	text := list[0].Texts[0].ID
	must(t, m.Peerwork.Explain(ctx, owner, text, 1, peerwork.ExplainForm{Day: m.Store.Today(), Lang: "en", By: m.say("contract text: who explained it", readers...)}))
	must(t, m.Peerwork.AskAbout(ctx, owner, text, peerwork.AskForm{Part: 1, Words: m.say("contract text: her question", readers...)}))
	open, err := m.Peerwork.Text(ctx, boss, text)
	must(t, err)
	_, err = m.Peerwork.AnswerAbout(ctx, boss, open.List[0].Questions[0].ID, m.say("contract text: the answer", readers...))
	must(t, err)
	m.ids["contract"], m.ids["text"] = []string{contract.String()}, []string{text.String()}
}

// writeWeek lets her hand a week in, and goes through cut, dispute, settling and pay.
func (m *matrix) writeWeek(t *testing.T, readers []string) {
	t.Helper()
	ctx, owner := context.Background(), m.who("owner")
	today := m.Store.Today()
	monday := timesheet.MondayOf(today)
	must(t, m.Timesheet.AddLine(ctx, owner, monday, timesheet.LineForm{Day: today, Kind: "outreach", Minutes: 120, Note: m.say("hours: her note", readers...)}))
	must(t, m.Timesheet.Close(ctx, owner, monday))
	sheet, err := m.Timesheet.MyWeek(ctx, owner, monday)
	must(t, err)
	line := sheet.Lines[0].ID
	must(t, m.Timesheet.Decide(ctx, m.who("payroll"), line, timesheet.LineDecision{Minutes: 60, Closings: sheet.Closings, Reason: m.say("hours: why it was cut", readers...)}))
	must(t, m.Timesheet.Dispute(ctx, owner, line, m.say("hours: her dispute", readers...)))
	must(t, m.Timesheet.Settle(ctx, m.who("coordinator"), line, timesheet.LineDecision{Minutes: 90, Closings: sheet.Closings, Reason: m.say("hours: the second decision", readers...)}))
	must(t, m.Timesheet.Pay(ctx, m.who("coordinator"), sheet.ID, timesheet.PayForm{Bundle: "EUR", Reference: "2026-771133", Minutes: 90, Sum: "11087.06"}))
	m.number("pay: amount", []string{"11087.06", "11,087.06"}, readers...)
	m.number("pay: reference", []string{"2026-771133"}, append(readers, "late coordinator")...)
	m.open("a neutral number for the bank, for everybody who coordinates")
	m.ids["monday"], m.ids["week"], m.ids["line"] = []string{monday}, []string{sheet.ID.String()}, []string{line.String()}
	m.ids["month"] = []string{timesheet.MonthOf(today)}
}

// unlockMonth opens the month that the demonstration has locked.
func (m *matrix) unlockMonth(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	months, err := m.Timesheet.Months(ctx, m.who("coordinator"))
	must(t, err)
	for _, one := range months {
		if one.State == timesheet.Locked {
			must(t, m.Timesheet.Unlock(ctx, m.who("coordinator"), one.Month.Month, m.say("month: why it was unlocked", coordinators...)))
			m.ids["month"] = append(m.ids["month"], one.Month.Month)
			return
		}
	}
	t.Fatal("the demonstration has no locked month")
}

func (m *matrix) writePayroll(t *testing.T) {
	t.Helper()
	readers := []string{"owner", "payroll"}
	must(t, m.Payroll.Save(context.Background(), m.who("owner"), payroll.Details{
		Name: m.say("payroll: legal name", readers...), Method: "iban", IBAN: "DE89370400440532013000", Tax: m.say("payroll: tax number", readers...),
	}))
	m.number("payroll: account", []string{"de89370400440532013000", "de89 3704 0044 0532 0130 00"}, readers...)
	m.number("payroll: another's way of pay", []string{"in busta, il primo luned"}, "other peer", "payroll")
	m.ids["paid"] = []string{m.id("owner").String(), m.id("other peer").String()}
}
