package practice

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/content"
	"portico/moderation"
)

// The steps of an interview beside the sections of the guide, which stand between them.
const (
	StepAbout    = "about"
	StepSheet    = "sheet"
	StepCriteria = "criteria"
)

// Steps are all steps in their order.
func (s *Service) Steps() []string {
	steps := []string{StepAbout}
	for _, section := range s.guide.Sections {
		steps = append(steps, section.ID)
	}
	return append(steps, StepSheet, StepCriteria)
}

// StepForm is what one step asks. Fields of other steps are not looked at.
type StepForm struct {
	Name, Country, City, Started, StatusNote, Summary string
	Asked                                             bool
	Answers                                           Texts // by question; a choice holds its option
	Sheet                                             Texts
	Criteria                                          Criteria
	Version                                           int  // that she saw
	Insist                                            bool // she has read what screening found
}

// Receipt says what became of words that somebody sent.
type Receipt struct {
	Stored  bool // false when she has to look at the findings first
	Verdict moderation.Verdict
}

// Save keeps one step. Screening looks at the words first, because the sheet will be public
// and must name nobody; she may insist, since a second person reads everything before that.
func (s *Service) Save(ctx context.Context, who member.Actor, id store.ID, step string, f StepForm) (Receipt, error) {
	var r Receipt
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		iv, err := holdInterview(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if !slices.Contains(s.Steps(), step) {
			return fault.Missing()
		}
		if !iv.writes(who) {
			return fault.New(fault.Refused, "practice.interview.hers")
		}
		texts, mend := s.put(&iv, step, f)
		if len(mend) > 0 {
			return fault.Mend(mend...)
		}
		if iv.Version != f.Version {
			return fault.New(fault.Conflict, "practice.interview.stale")
		}
		if r = screen(texts); !r.Stored && (r.Verdict.Outcome == moderation.Refuse || !f.Insist) {
			return nil
		}
		r.Stored = true
		iv.WrittenBy, iv.Version, iv.Back = who.Role.ID, iv.Version+1, ""
		_, err = gorm.G[Interview](tx).Where("id = ?", id).Select("*").Updates(ctx, iv)
		return err
	})
	return r, err
}

// put writes a step into an interview and returns its words, or what has to be mended.
func (s *Service) put(iv *Interview, step string, f StepForm) (texts []string, mend []fault.Field) {
	switch step {
	case StepAbout:
		return iv.putAbout(f)
	case StepSheet:
		iv.Sheet = Texts{}
		for _, field := range content.SheetFields {
			if words := tidy(f.Sheet[field]); words != "" {
				iv.Sheet[field] = words
				mend = append(mend, asked("sheet-"+field, words, 0, LongestAnswer)...)
			}
		}
		if site := iv.Sheet["contacts"]; site != "" && !website.MatchString(site) {
			mend = append(mend, fault.Field{Name: "sheet-contacts", Key: "practice.contacts.site"})
		}
		for field, words := range iv.Sheet {
			if field != "contacts" { // a bare website is what belongs there
				texts = append(texts, words)
			}
		}
		return texts, mend
	case StepCriteria:
		iv.Criteria = f.Criteria.tidied()
		for i, one := range slices.Concat(iv.Criteria.Mandatory[:], iv.Criteria.Preferential[:]) {
			texts = append(texts, one.Ground)
			mend = append(mend, asked(GroundField(i), one.Ground, 0, LongestSummary)...)
		}
		return texts, mend
	}
	return s.putAnswers(iv, step, f.Answers)
}

// GroundField names the field of a form for the ground of a criterion, by its place among all.
func GroundField(at int) string { return "ground-" + string(rune('a'+at)) }

var (
	website = regexp.MustCompile(`^https?://[A-Za-z0-9.-]+/?$`)
	year    = regexp.MustCompile(`^([12][0-9]{3})?$`)
)

func (iv *Interview) putAbout(f StepForm) ([]string, []fault.Field) {
	iv.Name, iv.City, iv.Started = tidy(f.Name), tidy(f.City), tidy(f.Started)
	iv.StatusNote, iv.Summary, iv.Asked, iv.Country = tidy(f.StatusNote), tidy(f.Summary), f.Asked, f.Country
	mend := asked("name", iv.Name, 3, longestName)
	if !content.KnownCountry(iv.Country) {
		mend = append(mend, fault.Field{Name: "country", Key: "practice.country.missing"})
	}
	mend = append(mend, asked("city", iv.City, 0, longestName)...)
	if !year.MatchString(iv.Started) {
		mend = append(mend, fault.Field{Name: "started", Key: "practice.year"})
	}
	mend = append(mend, asked("status_note", iv.StatusNote, 0, LongestSummary)...)
	mend = append(mend, asked("summary", iv.Summary, 0, LongestSummary)...)
	return []string{iv.Name, iv.StatusNote, iv.Summary}, mend
}

// putAnswers takes the answers of one section. A choice goes to the column that it fills.
func (s *Service) putAnswers(iv *Interview, section string, answers Texts) (texts []string, mend []fault.Field) {
	kept := Texts{}
	maps.Copy(kept, iv.Answers)
	for _, one := range s.guide.Sections {
		if one.ID != section {
			continue
		}
		for _, q := range one.Questions {
			words := tidyText(answers[q.ID])
			if q.Kind == "choice" {
				iv.choose(q, words)
				continue
			}
			kept[q.ID] = words
			texts = append(texts, words)
			mend = append(mend, asked("answer-"+q.ID, words, 0, LongestAnswer)...)
		}
	}
	iv.Answers = kept
	return texts, mend
}

// choose takes the answer to a choice; what is no option leaves it as it is.
func (iv *Interview) choose(q content.GuideQuestion, option string) {
	if !slices.Contains(q.Options, option) {
		return
	}
	switch q.Fills[0] {
	case "p2p":
		iv.Peers = option
	case "status":
		iv.Status = option
	}
}

// Chosen is the option of a choice that an interview holds.
func (iv Interview) Chosen(q content.GuideQuestion) string {
	switch q.Fills[0] {
	case "p2p":
		return iv.Peers
	case "status":
		return iv.Status
	}
	return ""
}

// asked checks the length of a field in characters: least 0 lets it be empty.
func asked(name, text string, least, most int) []fault.Field {
	switch n := utf8.RuneCountInString(text); {
	case n < least:
		return []fault.Field{{Name: name, Key: "practice.field.empty"}}
	case n > most:
		return []fault.Field{{Name: name, Key: "practice.field.long", Args: []any{"Most", most}}}
	}
	return nil
}

// screen looks at each text alone: the last number of one and the first word of the next say
// nothing together. Stored says that nothing was found.
func screen(texts []string) (r Receipt) {
	r.Verdict.Outcome = moderation.Publish
	for _, text := range texts {
		v := moderation.Screen(text, nil, nil)
		if v.Outcome.Worse(r.Verdict.Outcome) {
			r.Verdict.Outcome = v.Outcome
		}
		r.Verdict.Findings = append(r.Verdict.Findings, v.Findings...)
		r.Verdict.Danger, r.Verdict.Urgency = r.Verdict.Danger || v.Danger, max(r.Verdict.Urgency, v.Urgency)
	}
	r.Stored = !r.Verdict.Outcome.Worse(moderation.Publish)
	return r
}
