package directoryweb

import (
	"time"

	"portico/app/directory"
	"portico/app/hours"
	"portico/app/web/ui"
)

// openWords say whether an entry is open now, as far as that is known, with what comes next.
func (a *Area) openWords(p *ui.Page, e directory.Entry) string {
	if !e.Timetable().Known() {
		return ""
	}
	state := a.directory.Now(e)
	words := stateWords(p, state, a.directory.Today(e))
	if state.Holiday {
		words += " " + p.T("directory.open.holiday")
	}
	return words
}

func stateWords(p *ui.Page, state hours.State, today string) string {
	clock := state.Until.Format("15:04")
	switch {
	case state.Open && state.Until.IsZero():
		return p.T("directory.open.always")
	case state.Open:
		return p.T("directory.open.until", "Time", clock)
	case state.Until.IsZero():
		return p.T("directory.open.closed")
	case state.Until.Format(time.DateOnly) == today:
		return p.T("directory.open.today", "Time", clock)
	}
	return p.T("directory.open.next", "Day", p.P.Weekday(state.Until.Format(time.DateOnly)), "Time", clock)
}

// weekday is one line of the timetable: a day, its times, and the languages of those times.
type weekday struct{ Day, Times, Langs string }

// week is the next seven days as far as something is open on them; nothing for a place that
// never closes, because its one word says it all.
func (a *Area) week(p *ui.Page, e directory.Entry) []weekday {
	if e.Timetable().Always() {
		return nil
	}
	var days []weekday
	last := ""
	for _, o := range a.directory.Week(e) {
		day := o.From.Format(time.DateOnly)
		times := o.From.Format("15:04") + "–" + o.To.Format("15:04")
		langs := ""
		if len(o.Langs) > 0 {
			var names []string
			for _, tag := range o.Langs {
				names = append(names, languageName(tag))
			}
			langs = p.T("directory.open.speaks", "Languages", p.P.List(names))
		}
		if n := len(days) - 1; day == last && days[n].Langs == langs {
			days[n].Times += ", " + times
			continue
		}
		last, days = day, append(days, weekday{p.P.Weekday(day), times, langs})
	}
	return days
}

func actsWords(p *ui.Page, a directory.Acts) string {
	switch a {
	case directory.Case:
		return p.T("directory.acts.case")
	case directory.Informs:
		return p.T("directory.acts.informs")
	}
	return p.T("directory.unknown")
}

// relationWord stands before the name of the other entry.
func relationWord(p *ui.Page, r directory.Related) string {
	words := map[string][2]string{
		"member":    {"directory.relation.member", "directory.relation.member.back"},
		"agreement": {"directory.relation.agreement", "directory.relation.agreement"},
		"part":      {"directory.relation.part", "directory.relation.part.back"},
		"runs":      {"directory.relation.runs", "directory.relation.runs.back"},
	}[r.Kind]
	if r.Back {
		return p.T(words[1])
	}
	return p.T(words[0])
}

func relationOptions(p *ui.Page) []ui.Option {
	return []ui.Option{
		{Value: "member", Label: p.T("directory.relation.member")},
		{Value: "agreement", Label: p.T("directory.relation.agreement")},
		{Value: "part", Label: p.T("directory.relation.part")},
		{Value: "runs", Label: p.T("directory.relation.runs")},
	}
}

// hoursAsked are the hours as a coordinator compares them with what she hears: the timetable
// itself where there is one.
func hoursAsked(p *ui.Page, e directory.Entry) string {
	if e.Opening != "" {
		return e.Opening
	}
	return hoursWords(p, e)
}
