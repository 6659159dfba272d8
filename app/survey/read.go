package survey

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// View is a survey as somebody may see it.
type View struct {
	Survey
	Text     Text     // in her language, or in the one it was written in
	Tags     []string // the languages that it has
	Answered bool     // by her; only her session knows
	Asks     bool     // she is one of those who ask
}

// sees reports whether a survey exists for somebody.
func (v Survey) sees(who member.Actor) bool {
	if asks(who) || v.State == Draft && who.Role != nil && who.Has(member.RoleMediator) {
		return true
	}
	return v.State != Draft && (v.Audience == Everybody || who.SignedIn())
}

// List are the surveys that somebody may see, those that wait for answers first.
func (s *Service) List(ctx context.Context, who member.Actor, lang string) ([]View, error) {
	rows, err := gorm.G[Survey](s.store.DB).Where("1 = 1").
		Order("CASE state WHEN 'open' THEN 0 WHEN 'draft' THEN 1 WHEN 'ended' THEN 2 ELSE 3 END, closes_day DESC, id").Limit(listed).Find(ctx)
	if err != nil || len(rows) == 0 {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(rows))
	for i, v := range rows {
		ids[i] = v.ID
	}
	texts, err := gorm.G[Text](s.store.DB).Where("survey_id IN ?", ids).Order("lang").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	by := map[store.ID][]Text{}
	for _, t := range texts {
		by[t.SurveyID] = append(by[t.SurveyID], t)
	}
	var list []View
	for _, v := range rows {
		if v.sees(who) {
			list = append(list, viewed(v, by[v.ID], lang, asks(who)))
		}
	}
	return list, nil
}

func viewed(v Survey, texts []Text, lang string, asks bool) View {
	view := View{Survey: v, Asks: asks}
	for _, t := range texts {
		view.Tags = append(view.Tags, t.Lang)
		if t.Lang == lang || t.Lang == v.Lang && view.Text.Lang != lang {
			view.Text = t
		}
	}
	return view
}

// Find is one survey in a language.
func (s *Service) Find(ctx context.Context, who member.Actor, id store.ID, lang string) (View, error) {
	v, err := find(ctx, s.store.DB, id)
	if err != nil {
		return View{}, err
	}
	if !v.sees(who) {
		return View{}, fault.Missing()
	}
	texts, err := gorm.G[Text](s.store.DB).Where("survey_id = ?", id).Order("lang").Find(ctx)
	if err != nil {
		return View{}, store.Translate(err)
	}
	view := viewed(v, texts, lang, asks(who))
	if who.SignedIn() && v.Audience == Members && v.State == Open {
		n, err := gorm.G[Voice](s.store.DB).Where("survey_id = ? AND tag IN ?", id, who.Tags(purposeVoice, id)).Count(ctx, "tag")
		if err != nil {
			return view, store.Translate(err)
		}
		view.Answered = n > 0
	}
	return view, nil
}

// Words opens the free words to each question for somebody who asks, in no order that tells
// anything. Those that are not sealed for her are left out.
func (s *Service) Words(ctx context.Context, who member.Actor, id store.ID) (map[int][]string, error) {
	if !asks(who) {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[Said](s.store.DB).Where("survey_id = ?", id).Order("id").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.SealedID
	}
	opened, err := member.OpenAllForRole(ctx, s.store.DB, who, ids)
	if err != nil {
		return nil, err
	}
	words := map[int][]string{}
	for _, r := range rows {
		if text, ok := opened[r.SealedID]; ok {
			words[r.No] = append(words[r.No], text)
		}
	}
	for _, list := range words {
		slices.Sort(list)
	}
	return words, nil
}
