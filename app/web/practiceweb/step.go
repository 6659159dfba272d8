package practiceweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/practice"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// stepPage is one step of an interview with what stands in it, or what was typed.
type stepPage struct {
	*ui.Page
	ui.Again
	ID    store.ID
	Step  string
	Steps []string
	Guide content.Guide
	Form  practice.StepForm
	Lang  string // of the words, "" where the session is over
}

func (a *Area) stepPage(c *fiber.Ctx) (stepPage, error) {
	id, err := request.ID(c)
	if err != nil {
		return stepPage{}, err
	}
	v := stepPage{Page: a.form(c), ID: id, Step: c.Params("step"), Steps: a.library.Steps(), Guide: a.library.Guide()}
	v.Path = stepPath(id, v.Step)
	if !slices.Contains(v.Steps, v.Step) {
		return v, fault.Missing()
	}
	return v, nil
}

// Step shows one step as it stands.
func (a *Area) Step(c *fiber.Ctx) error {
	v, err := a.stepPage(c)
	if err != nil {
		return err
	}
	room, err := a.library.Interview(c.UserContext(), request.Actor(c), v.ID)
	if err != nil {
		return err
	}
	if !room.Writes {
		return fault.Missing()
	}
	v.Lang, v.Form = room.Lang, a.stands(room.Interview)
	return a.kit.Send(c, fiber.StatusOK, stepView(v))
}

// stands is an interview as the form of a step.
func (a *Area) stands(iv practice.Interview) practice.StepForm {
	f := practice.StepForm{
		Name: iv.Name, Country: iv.Country, City: iv.City, Started: iv.Started, StatusNote: iv.StatusNote, Summary: iv.Summary, Asked: iv.Asked,
		Answers: practice.Texts{}, Sheet: a.library.Fields(iv), Criteria: iv.Criteria, Version: iv.Version,
	}
	for _, section := range a.library.Guide().Sections {
		for _, q := range section.Questions {
			f.Answers[q.ID] = iv.Answers[q.ID]
			if q.Kind == "choice" {
				f.Answers[q.ID] = iv.Chosen(q)
			}
		}
	}
	return f
}

// SaveStep keeps a step. What was typed stays on the form, whatever became of it.
func (a *Area) SaveStep(c *fiber.Ctx) error {
	v, err := a.stepPage(c)
	if err != nil {
		return err
	}
	v.Form = typed(c, v.Guide)
	status, back, err := request.StoppedTeam(c, v.Page)
	if err != nil {
		return err
	}
	v.Again, v.Form.Insist = back, back.Insist
	if status != 0 {
		return a.kit.Send(c, status, stepView(v))
	}
	who := request.Actor(c)
	receipt, err := a.library.Save(c.UserContext(), who, v.ID, v.Step, v.Form)
	switch {
	case err == nil && receipt.Stored:
		return a.kit.Go(c, v.next(), ui.Done, "practice.saved")
	case err == nil:
		request.Warn(v.Page, &v.Again, receipt.Verdict)
		status = fiber.StatusUnprocessableEntity
	default:
		conflict := fault.Is(err, fault.Conflict)
		if status, err = request.Refused(v.Page, &v.Again, err); err != nil {
			return err
		}
		if room, err := a.library.Interview(c.UserContext(), who, v.ID); err == nil && conflict {
			v.Form.Version = room.Version // sending it again goes over what came between
		}
	}
	return a.kit.Send(c, status, stepView(v))
}

// typed reads the whole form; the service looks at the fields of the step alone.
func typed(c *fiber.Ctx, guide content.Guide) practice.StepForm {
	f := practice.StepForm{
		Name: request.Typed(c, "name"), Country: c.FormValue("country"), City: request.Typed(c, "city"), Started: request.Typed(c, "started"),
		StatusNote: request.Typed(c, "status_note"), Summary: request.Typed(c, "summary"), Asked: c.FormValue("asked") == "1",
		Answers: practice.Texts{}, Sheet: practice.Texts{}, Version: request.Whole(c.FormValue("version")),
	}
	for _, section := range guide.Sections {
		for _, q := range section.Questions {
			f.Answers[q.ID] = request.Typed(c, "answer-"+q.ID)
		}
	}
	for _, field := range content.SheetFields {
		f.Sheet[field] = request.Typed(c, "sheet-"+field)
	}
	judged := func(at int) practice.Judged {
		return practice.Judged{Answer: practice.Answer(c.FormValue(answerField(at))), Ground: request.Typed(c, practice.GroundField(at))}
	}
	for i := range f.Criteria.Mandatory {
		f.Criteria.Mandatory[i] = judged(i)
	}
	for i := range f.Criteria.Preferential {
		f.Criteria.Preferential[i] = judged(len(f.Criteria.Mandatory) + i)
	}
	return f
}

// answerField names the field of a form for the answer to a criterion.
func answerField(at int) string { return "criterion-" + string(rune('a'+at)) }

// next is the step after this one, and after the last the whole interview.
func (v stepPage) next() string {
	at := slices.Index(v.Steps, v.Step)
	if at+1 < len(v.Steps) {
		return stepPath(v.ID, v.Steps[at+1])
	}
	return roomPath(v.ID)
}

func (v stepPage) words() []string {
	words := make([]string, len(v.Steps))
	for i, step := range v.Steps {
		words[i] = stepWord(v.Page, v.Guide, step)
	}
	return words
}

// questions are those of the section that this step is, if it is one.
func (v stepPage) questions() []content.GuideQuestion {
	for _, section := range v.Guide.Sections {
		if section.ID == v.Step {
			return section.Questions
		}
	}
	return nil
}

func questionOptions(p *ui.Page, q content.GuideQuestion) []ui.Option {
	labels := q.Labels[p.P.Tag]
	if labels == nil {
		labels = q.Labels["en"]
	}
	options := make([]ui.Option, len(q.Options))
	for i, option := range q.Options {
		options[i] = ui.Option{Value: option, Label: labels[option]}
	}
	return options
}

var countries = []string{
	"IT", "FR", "SK", "AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GB", "GR", "HR", "HU", "IE", "IS", "LT", "LU", "LV",
	"MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "TR", "UA", "BR", "CN", "MA", "NG", "TN", "EU", content.Worldwide,
}

func chosenCountries(p *ui.Page, chosen string) []ui.Option {
	codes := countries
	if chosen != "" && content.KnownCountry(chosen) && !slices.Contains(codes, chosen) {
		codes = append(slices.Clone(codes), chosen)
	}
	return append([]ui.Option{{Label: p.T("practice.country.choose")}}, countryOptions(p, codes)...)
}
