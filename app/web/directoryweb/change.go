package directoryweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/fault"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// changePage is where a coordinator writes over an entry, in the language of the page.
type changePage struct {
	*ui.Page
	ID     string
	Was    string // its name as it is now
	Change directory.Change
	Notice *ui.Notice
	Errs   []ui.FieldError
}

// ChangeForm shows an entry as it is, to be changed.
func (a *Area) ChangeForm(c *fiber.Ctx) error {
	if !tends(c) {
		return fault.New(fault.NotFound, "error.missing")
	}
	e, err := a.directory.Entry(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	page := a.page(c)
	lang := page.P.Tag
	view := changePage{Page: page, ID: e.ID, Was: e.Name, Change: directory.Change{
		Name: e.Name, City: e.City, Phone: e.Phone, Hours: e.Hours, Opening: e.Opening, Acts: e.Acts, Languages: e.Languages, Needs: e.NeedCodes(),
		Free: e.Free, Anonymous: e.Anonymous, NoPapers: e.NoPapers,
		Lang: lang, What: e.What[lang], Conditions: e.Conditions[lang], Mark: e.Mark(),
	}}
	return a.kit.Send(c, fiber.StatusOK, changeView(view))
}

// Change writes what she changed. What she typed stays, whatever became of it.
func (a *Area) Change(c *fiber.Ctx) error {
	if !tends(c) {
		return fault.New(fault.NotFound, "error.missing")
	}
	e, err := a.directory.Entry(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	page := a.page(c)
	view := changePage{Page: page, ID: e.ID, Was: e.Name, Change: changeOf(c, page.P.Tag)}
	if view.Notice = again(c, page); view.Notice != nil {
		return a.kit.Send(c, fiber.StatusConflict, changeView(view))
	}
	err = a.directory.Amend(c.UserContext(), request.Actor(c), e.ID, view.Change)
	switch errs, ok := request.Mend(page.P, err); {
	case ok:
		view.Errs = errs
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, changeView(view))
	case fault.Is(err, fault.Conflict):
		// What she typed stands in the form; sending it again goes over what came between.
		view.Notice, view.Change.Mark = &ui.Notice{Tone: ui.Due, Text: request.Words(page.P, err)}, e.Mark()
		return a.kit.Send(c, fiber.StatusConflict, changeView(view))
	case err != nil:
		return err
	}
	return a.kit.Go(c, entryPath(e.ID), ui.Done, "directory.changed")
}

func changeOf(c *fiber.Ctx, page string) directory.Change {
	change := directory.Change{
		Name: words(c, "name"), City: words(c, "city"), Phone: words(c, "phone"), Hours: words(c, "hours"), Opening: words(c, "opening"), Acts: directory.Acts(c.FormValue("acts")), Languages: words(c, "languages"),
		Free: directory.Answer(c.FormValue("free")), Anonymous: directory.Answer(c.FormValue("anonymous")), NoPapers: directory.Answer(c.FormValue("no_papers")),
		Lang: c.FormValue("words_in"), What: words(c, "what"), Conditions: words(c, "conditions"), Mark: c.FormValue("mark"),
	}
	if !content.KnownLanguage(change.Lang) {
		change.Lang = page
	}
	for _, need := range content.EntryNeeds {
		if c.FormValue("need-"+need) == "1" {
			change.Needs = append(change.Needs, need)
		}
	}
	return change
}

func actsOptions(p *ui.Page) []ui.Option {
	return []ui.Option{
		{Value: "", Label: p.T("directory.unknown")},
		{Value: string(directory.Informs), Label: p.T("directory.acts.informs")},
		{Value: string(directory.Case), Label: p.T("directory.acts.case")},
	}
}

func answerOptions(p *ui.Page) []ui.Option {
	return []ui.Option{
		{Value: string(directory.Unknown), Label: p.T("directory.unknown")},
		{Value: string(directory.Yes), Label: p.T("directory.yes")},
		{Value: string(directory.No), Label: p.T("directory.no")},
	}
}
