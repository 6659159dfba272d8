package onboardingweb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/onboarding"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// editPage is where a coordinator edits what an organisation says in public.
type editPage struct {
	*ui.Page
	Draft onboarding.Draft
	Forms []form
}

const pagesPath = teamPath + "/pages/"

// Edit shows the forms of one organisation's page. ?in= chooses the language of its words.
func (a *Area) Edit(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	v := editPage{Page: a.page(c)}
	if v.Draft, err = a.in.Draft(c.UserContext(), request.Actor(c), id, v.P.Tag); err != nil {
		return err
	}
	d := v.Draft
	lang := v.P.Tag
	if slices.Contains(onboarding.Langs, c.Query("in")) {
		lang = c.Query("in")
	}
	row := d.Texts[lang]
	row.Lang = lang
	v.Forms = []form{a.openForm(c, d.Open, strconv.Itoa(d.Quorum)), a.textForm(c, row)}
	if d.Mode != onboarding.Consultation {
		v.Forms = append(v.Forms, a.criteriaForm(c, d.Newest))
	}
	if d.Mode == onboarding.Employment {
		v.Forms = append(v.Forms, a.postingForm(c, onboarding.Posting{Unit: "hour", Currency: "EUR"}, nil))
	}
	return a.kit.Send(c, fiber.StatusOK, editView(v))
}

func (a *Area) edit(c *fiber.Ctx, title, to string) form {
	p := a.page(c)
	at := pagesPath + c.Params("id")
	return form{Page: p, Title: title, Back: at, BackWord: p.T("joining.pages"), Action: at + to, Kind: ui.Secondary, Sees: p.T("joining.sees.public")}
}

// keep runs one of the forms of a page.
func (a *Area) keep(c *fiber.Ctx, f form, verb func(id store.ID) error) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.send(c, f, act{func() (onboarding.Receipt, error) { return plain(verb(id)) }, pagesPath + id.String(), "joining.saved"})
}

func (a *Area) openForm(c *fiber.Ctx, open bool, quorum string) form {
	f := a.edit(c, t(c, "joining.open.title"), "/open")
	f.Button = t(c, "joining.save")
	f.Fields = []field{
		tick(ui.Tick{ID: "open", Label: t(c, "joining.open"), Checked: open}),
		line(ui.Input{ID: "quorum", Kind: ui.Number, Label: t(c, "joining.quorum"), Hint: t(c, "joining.quorum.hint"), Value: quorum, Max: 3}),
	}
	return f
}

// SaveOpen says whether an organisation is open.
func (a *Area) SaveOpen(c *fiber.Ctx) error {
	open := c.FormValue("open") == "1"
	return a.keep(c, a.openForm(c, open, c.FormValue("quorum")), func(id store.ID) error {
		return a.in.SavePage(c.UserContext(), request.Actor(c), id, open, request.Whole(c.FormValue("quorum")))
	})
}

func (a *Area) textForm(c *fiber.Ctx, row onboarding.TextRow) form {
	f := a.edit(c, t(c, "joining.text.title"), "/text")
	f.Button, f.Lead = t(c, "joining.save"), langName(row.Lang)
	f.Fields = []field{
		hidden("lang", row.Lang),
		area("how", t(c, "joining.how"), "", row.How, false),
		area("expects", t(c, "joining.expects"), "", row.Expects, false),
		area("limits", t(c, "joining.limits"), "", row.Limits, false),
		area("pay", t(c, "joining.pay"), t(c, "joining.pay.hint"), row.Pay, false),
		area("childcare", t(c, "joining.childcare"), "", row.Childcare, false),
	}
	return f
}

// SaveText keeps what the page says in one language.
func (a *Area) SaveText(c *fiber.Ctx) error {
	row := onboarding.TextRow{
		Lang: c.FormValue("lang"), How: request.Typed(c, "how"), Expects: request.Typed(c, "expects"), Limits: request.Typed(c, "limits"),
		Pay: request.Typed(c, "pay"), Childcare: request.Typed(c, "childcare"),
	}
	return a.keep(c, a.textForm(c, row), func(id store.ID) error {
		row.OrganisationID = id
		return a.in.SaveText(c.UserContext(), request.Actor(c), row)
	})
}

func (a *Area) criteriaForm(c *fiber.Ctx, texts map[string]string) form {
	f := a.edit(c, t(c, "joining.criteria"), "/criteria")
	f.Lead, f.Button = t(c, "joining.criteria.what"), t(c, "joining.criteria.send")
	for _, tag := range onboarding.Langs {
		f.Fields = append(f.Fields, line(ui.Input{ID: "criteria-" + tag, Kind: ui.TextArea, Label: langName(tag), Value: texts[tag], Lang: tag, Optional: true, Max: onboarding.LongestWords}))
	}
	return f
}

// SaveCriteria publishes the next version of the criteria.
func (a *Area) SaveCriteria(c *fiber.Ctx) error {
	texts := map[string]string{}
	for _, tag := range onboarding.Langs {
		texts[tag] = request.Typed(c, "criteria-"+tag)
	}
	return a.keep(c, a.criteriaForm(c, texts), func(id store.ID) error {
		return a.in.SaveCriteria(c.UserContext(), request.Actor(c), id, texts)
	})
}

func (a *Area) postingForm(c *fiber.Ctx, j onboarding.Posting, langs []string) form {
	f := a.edit(c, t(c, "joining.posting.new"), "/postings/"+firstOf(c.Params("form"), request.NewNonce()))
	f.Button = t(c, "joining.posting.send")
	var currencies []ui.Option
	for _, code := range onboarding.Currencies {
		currencies = append(currencies, ui.Option{Value: code, Label: code})
	}
	f.Fields = []field{
		line(ui.Input{ID: "title", Label: t(c, "joining.posting.title"), Value: j.Title, Max: onboarding.LongestShort}),
		line(ui.Input{ID: "hours", Kind: ui.Number, Label: t(c, "joining.posting.hours"), Value: j.Hours, Max: 4}),
		line(ui.Input{ID: "amount", Kind: ui.Number, Label: t(c, "joining.posting.amount"), Hint: t(c, "joining.posting.amount.hint"), Value: j.Amount, Optional: true, Max: 9}),
		choose(ui.Choice{ID: "unit", Label: t(c, "joining.posting.unit"), Options: options(f.Page, onboarding.Units, unitWords), Value: j.Unit}),
		choose(ui.Choice{ID: "currency", Label: t(c, "joining.posting.currency"), Options: currencies, Value: j.Currency}),
		line(ui.Input{ID: "from", Kind: ui.Day, Label: t(c, "joining.posting.from"), Value: j.FromDay}),
		line(ui.Input{ID: "until", Kind: ui.Day, Label: t(c, "joining.posting.until"), Value: j.UntilDay}),
		{Many: &many{ID: "languages", Label: t(c, "joining.posting.languages"), Options: languageOptions(), Chosen: langs}},
	}
	return f
}

// Post publishes a job.
func (a *Area) Post(c *fiber.Ctx) error {
	langs := slices.DeleteFunc(several(c, "languages"), func(tag string) bool { return !slices.Contains(onboarding.Langs, tag) })
	j := onboarding.Posting{
		Title: request.Typed(c, "title"), Lang: request.Printer(c).Tag, Hours: strings.TrimSpace(c.FormValue("hours")), Amount: strings.TrimSpace(c.FormValue("amount")),
		Unit: c.FormValue("unit"), Currency: c.FormValue("currency"), FromDay: c.FormValue("from"), UntilDay: c.FormValue("until"), Languages: strings.Join(langs, " "),
	}
	return a.keep(c, a.postingForm(c, j, langs), func(id store.ID) error {
		j.OrganisationID = id
		return a.in.Post(c.UserContext(), request.Actor(c), j, c.Params("form"))
	})
}

// ClosePosting takes a job off the page.
func (a *Area) ClosePosting(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.in.ClosePosting(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, teamPath, ui.Done, "joining.saved")
}
