package homeweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/markup"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// rulesPage is the house rules that hold now.
type rulesPage struct {
	*ui.Page
	text    writtenText
	number  int
	day     string // "" for the rules that the portal came with
	decided string
}

// Rules shows the newest version in her language, else the rules that the portal came with.
func (a *Area) Rules(c *fiber.Ctx) error {
	v := rulesPage{Page: a.kit.Page(c, "", ""), number: 1}
	shipped, ok := a.written("rules", v.P.Tag)
	if !ok {
		return fault.Missing()
	}
	v.text, v.Title = shipped, shipped.title
	now, decided, err := a.desk.Rules(c.UserContext(), v.P.Tag)
	if err != nil {
		return err
	}
	if decided {
		v.text, v.number, v.day, v.decided = a.ruleText(shipped, now), now.Number, now.Day, now.Decided
	}
	return a.kit.Send(c, fiber.StatusOK, rulesView(v))
}

// ruleText is a version as HTML in the language that it is really in, under the heading
// that the page has in that language.
func (a *Area) ruleText(shipped writtenText, now desk.RuleVersion) writtenText {
	if shipped.lang != now.Lang {
		if other, ok := a.written("rules", now.Lang); ok {
			shipped = other
		}
	}
	return writtenText{title: shipped.title, lang: now.Lang, dir: a.kit.Bundle.Printer(now.Lang).Dir, html: markup.Page(now.Body)}
}

// changesPage is a version of the house rules beside the one before.
type changesPage struct {
	*ui.Page
	desk.RuleChange
	stretches []ui.Stretch
	dir       string
	newest    int
	unread    bool // she has not said yet that she has read the newest
}

// RuleChanges says what a version changed: the newest, or the one that is asked for.
func (a *Area) RuleChanges(c *fiber.Ctx) error {
	v := changesPage{Page: a.kit.Page(c, "", "")}
	v.Title = v.T("rules.changes")
	number := request.Whole(c.Query("version"))
	if number == 0 {
		_, decided, err := a.desk.Rules(c.UserContext(), v.P.Tag)
		if err != nil {
			return err
		}
		if !decided {
			return a.kit.Send(c, fiber.StatusOK, changesView(v))
		}
	}
	var err error
	if v.RuleChange, err = a.desk.RuleChange(c.UserContext(), v.P.Tag, number); err != nil {
		return err
	}
	v.newest, v.dir = v.Versions[0].Number, a.kit.Bundle.Printer(v.After.Lang).Dir
	for _, piece := range markup.Differences(v.Before.Body, v.After.Body) {
		v.stretches = append(v.stretches, ui.Stretch{Text: piece.Text, Taken: piece.Turn == markup.Taken, Added: piece.Turn == markup.Added})
	}
	if v.After.Number == v.newest {
		if _, v.unread, err = a.desk.RulesNews(c.UserContext(), request.Actor(c)); err != nil {
			return err
		}
	}
	return a.kit.Send(c, fiber.StatusOK, changesView(v))
}

// ReadRules notes, where only she can find it, that she has read the rules.
func (a *Area) ReadRules(c *fiber.Ctx) error {
	if err := a.desk.HaveRead(c.UserContext(), request.Actor(c), request.Whole(c.FormValue("version"))); err != nil {
		return err
	}
	return a.kit.Go(c, "/rules", ui.Done, "rules.read.now")
}

// held says since when a version holds.
func held(p *ui.Page, number int, day string) string {
	if day == "" {
		return p.T("rules.version.first", "Number", number)
	}
	return p.T("rules.version", "Number", number, "Day", p.P.Day(day))
}
