package material

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Asked is a consultation as somebody who may answer it sees it.
type Asked struct {
	Material
	Consultation Consultation
	Version      Version
	Questions    []Question
	Answered     bool // by her
	In           bool // she is of the group
	Over         bool
	Suggestions  []SuggestionLine // what was suggested since, with the answers
	Ended        bool             // it is published since: only what came of it is left to say
	Because      Because
}

// Asked reads the consultation of a material, for everybody who is signed in.
func (s *Service) Asked(ctx context.Context, who member.Actor, id store.ID) (Asked, error) {
	var a Asked
	if !who.SignedIn() {
		return a, signIn()
	}
	m, err := find(ctx, s.store.DB, id)
	if err != nil {
		return a, err
	}
	if a.Material, a.Ended = m, m.State == Published; a.Ended {
		return a, s.came(ctx, &a)
	}
	may, err := s.living(ctx, s.store.DB, OnPage, m)
	if err == nil && (m.State != Consulting || !may.ok(m, m.Lang)) {
		err = fault.Missing()
	}
	if err != nil {
		return a, err
	}
	if a.Consultation, err = newest(ctx, s.store.DB, id); err != nil {
		return a, err
	}
	if a.Version, err = versionOf(ctx, s.store.DB, id, m.Version); err != nil {
		return a, err
	}
	if a.Questions, err = gorm.G[Question](s.store.DB).Where("consultation_id = ?", a.Consultation.ID).Order("number").Find(ctx); err != nil {
		return a, store.Translate(err)
	}
	if a.In, err = inGroup(ctx, s.store.DB, who, id); err != nil {
		return a, err
	}
	a.Over = a.Consultation.Over(s.store.Today())
	if _, a.Answered, err = tagOf[Voice](ctx, s.store.DB, who.Tags(purposeVoice, a.Consultation.ID), "consultation_id", a.Consultation.ID); err != nil {
		return a, err
	}
	a.Suggestions, err = s.suggestionLines(ctx, who, id, m.PublishedVersion)
	return a, err
}

// came reads what came of a consultation once its text is published.
func (s *Service) came(ctx context.Context, a *Asked) error {
	shown, err := s.shown(ctx, s.store.DB, a.Material)
	if err == nil && !shown {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	if a.Consultation, err = newest(ctx, s.store.DB, a.ID); err != nil {
		return err
	}
	a.Because, err = because(ctx, s.store.DB, a.Material)
	return err
}

// Heard is what the group hears of a consultation.
type Heard struct {
	Consultation
	Community int // voices that count towards the least number
	Voices    int // all voices
	Reached   bool
	Over      bool
	Questions []HeardQuestion
}

// HeardQuestion is one question with what was said. Totals stay nil until enough people
// of the community answered, so that no single answer can be read from them.
type HeardQuestion struct {
	Question
	Totals []int // how many chose 1, 2 … 5
	Words  []string
}

// heard reads what was said in a consultation. Replies come in the order of their random
// numbers, so not in that in which they were given.
func (s *Service) heard(ctx context.Context, c Consultation) (Heard, error) {
	db := s.store.DB
	h := Heard{Consultation: c, Over: c.Over(s.store.Today())}
	all, err := gorm.G[Voice](db).Where("consultation_id = ?", c.ID).Count(ctx, "tag")
	if err != nil {
		return h, store.Translate(err)
	}
	if h.Community, err = community(ctx, db, c.ID); err != nil {
		return h, err
	}
	h.Voices, h.Reached = int(all), h.Community >= c.Least
	questions, err := gorm.G[Question](db).Where("consultation_id = ?", c.ID).Order("number").Find(ctx)
	if err != nil {
		return h, store.Translate(err)
	}
	replies, err := gorm.G[Reply](db).Where("consultation_id = ?", c.ID).Order("id").Limit(mostVoices * MostQuestions).Find(ctx)
	if err != nil {
		return h, store.Translate(err)
	}
	for _, q := range questions {
		one := HeardQuestion{Question: q}
		if q.Kind == Scale && h.Reached {
			one.Totals = make([]int, TopOfScale)
		}
		for _, r := range replies {
			switch {
			case r.Number != q.Number:
			case q.Kind == Words:
				one.Words = append(one.Words, r.Words)
			case h.Reached && r.Scale > 0:
				one.Totals[r.Scale-1]++
			}
		}
		h.Questions = append(h.Questions, one)
	}
	return h, nil
}

// OpenConsultation is a consultation in the list of somebody who may answer it.
type OpenConsultation struct {
	Material
	ClosesDay string
	Answered  bool
}

// Consultations lists what people are being asked about now.
func (s *Service) Consultations(ctx context.Context, who member.Actor) ([]OpenConsultation, error) {
	if !who.SignedIn() {
		return nil, signIn()
	}
	open, err := gorm.G[Consultation](s.store.DB).
		Where("state = ? AND closes_day >= ? AND material_id IN (SELECT id FROM materials WHERE state = ?)", Open, s.store.Today(), Consulting).
		Order("closes_day, id").Limit(mostAtOnce).Find(ctx)
	if err != nil || len(open) == 0 {
		return nil, store.Translate(err)
	}
	var ids []store.ID
	var tags [][]byte
	for _, c := range open {
		ids, tags = append(ids, c.MaterialID), append(tags, who.Tags(purposeVoice, c.ID)...)
	}
	rows, err := gorm.G[Material](s.store.DB).Where("id IN ?", ids).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	voices, err := gorm.G[Voice](s.store.DB).Where("tag IN ?", tags).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	may, err := s.living(ctx, s.store.DB, OnPage, rows...)
	if err != nil {
		return nil, err
	}
	answered, named := map[store.ID]bool{}, map[store.ID]Material{}
	for _, v := range voices {
		answered[v.ConsultationID] = true
	}
	for _, m := range rows {
		named[m.ID] = m
	}
	var list []OpenConsultation
	for _, c := range open {
		if m := named[c.MaterialID]; may.ok(m, m.Lang) {
			list = append(list, OpenConsultation{m, c.ClosesDay, answered[c.ID]})
		}
	}
	return list, nil
}
