package material

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Consultation asks the community about a version, with a short survey.
type Consultation struct {
	ID         store.ID `gorm:"primaryKey"`
	MaterialID store.ID
	Number     int
	Version    int
	Least      int    // community voices, at least
	NotAsked   string // who was not asked, and why
	OpenedDay  string
	ClosesDay  string
	ClosedDay  *string
	State      string // Open or Closed
}

// TableName names the table.
func (Consultation) TableName() string { return "material_consultations" }

// Closed is a consultation that nobody can answer any more.
const Closed = "closed"

// The kinds of questions.
const (
	Scale = "scale" // from one to five
	Words = "words"
)

// Question is one question of a survey.
type Question struct {
	ConsultationID store.ID `gorm:"primaryKey"`
	Number         int      `gorm:"primaryKey"`
	Kind           string
	Words          string
}

// TableName names the table.
func (Question) TableName() string { return "material_questions" }

// Voice says that somebody answered: a tag that only her session computes. What she said
// is not joined to it.
type Voice struct {
	ConsultationID store.ID `gorm:"primaryKey"`
	Tag            []byte   `gorm:"primaryKey"`
	Community      bool     // not of the staff
}

// TableName names the table.
func (Voice) TableName() string { return "material_voices" }

// Reply is one answer to one question. Replies of one person are not joined either.
type Reply struct {
	ID             store.ID `gorm:"primaryKey"`
	ConsultationID store.ID
	Number         int
	Scale          int // 0 for words
	Words          string
}

// TableName names the table.
func (Reply) TableName() string { return "material_replies" }

// The limits of a survey: short, so that it is answered on a phone.
const (
	FewestQuestions = 3
	MostQuestions   = 5
	TopOfScale      = 5
	mostVoices      = 1000
	longestOpen     = 180 // days
)

// ConsultForm is a survey to open.
type ConsultForm struct {
	Questions []Question // kind and words
	Least     int
	ClosesDay string
	NotAsked  string
}

func (s *Service) checkConsult(f *ConsultForm) error {
	f.NotAsked = tidyText(f.NotAsked)
	mend := asked("not_asked", f.NotAsked, 3, longestWords)
	if len(f.Questions) < FewestQuestions || len(f.Questions) > MostQuestions {
		mend = append(mend, fault.Field{Name: "question1", Key: "material.questions.number", Args: []any{"Least", FewestQuestions, "Most", MostQuestions}})
	}
	for i := range f.Questions {
		f.Questions[i].Words = tidy(f.Questions[i].Words)
		if q := f.Questions[i]; q.Kind != Scale && q.Kind != Words {
			mend = append(mend, fault.Field{Name: "question1", Key: "material.question.kind"})
		}
		mend = append(mend, asked("question1", f.Questions[i].Words, 3, longestShort)...)
	}
	if f.Least < 1 || f.Least > mostVoices {
		mend = append(mend, fault.Field{Name: "least", Key: "material.least.range", Args: []any{"Most", mostVoices}})
	}
	if !store.DayIn(f.ClosesDay, s.store.DayAfter(1), s.store.DayAfter(longestOpen)) {
		mend = append(mend, fault.Field{Name: "closes", Key: "material.closes.range", Args: []any{"Most", longestOpen}})
	}
	return fault.Mended(mend)
}

// Consult opens a consultation about the newest version.
func (s *Service) Consult(ctx context.Context, who member.Actor, id store.ID, f ConsultForm) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := m.step(who, true, Consulting); err != nil {
			return err
		}
		if m.Version == m.PublishedVersion {
			return fault.New(fault.Refused, "material.text.none")
		}
		if err := s.checkConsult(&f); err != nil {
			return err
		}
		if err := s.mayAppear(ctx, tx, m); err != nil {
			return err
		}
		n, err := gorm.G[Consultation](tx).Where("material_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		c := Consultation{ID: store.NewID(), MaterialID: id, Number: int(n) + 1, Version: m.Version, Least: f.Least, NotAsked: f.NotAsked,
			OpenedDay: s.store.Today(), ClosesDay: f.ClosesDay, State: Open}
		if err := gorm.G[Consultation](tx).Create(ctx, &c); err != nil {
			return err
		}
		for i := range f.Questions {
			f.Questions[i].ConsultationID, f.Questions[i].Number = c.ID, i+1
		}
		if err := gorm.G[Question](tx).CreateInBatches(ctx, &f.Questions, 10); err != nil {
			return err
		}
		return move(ctx, tx, m, Consulting)
	})
}

// Over reports whether nobody can answer any more.
func (c Consultation) Over(today string) bool { return c.State == Closed || c.ClosesDay < today }

func newest(ctx context.Context, db *gorm.DB, material store.ID) (Consultation, error) {
	c, err := gorm.G[Consultation](db).Where("material_id = ?", material).Order("number DESC").First(ctx)
	return c, store.Translate(err)
}

// community counts the voices that are not of the staff.
func community(ctx context.Context, db *gorm.DB, consultation store.ID) (int, error) {
	n, err := gorm.G[Voice](db).Where("consultation_id = ? AND community = ?", consultation, true).Count(ctx, "tag")
	return int(n), store.Translate(err)
}

// openOne loads the consultation of a material that is being asked about.
func openOne(ctx context.Context, tx *gorm.DB, m Material) (Consultation, error) {
	if m.State != Consulting {
		return Consultation{}, fault.New(fault.Conflict, "material.step.not-now")
	}
	c, err := newest(ctx, tx, m.ID)
	if err == nil && c.State != Open {
		err = fault.New(fault.Conflict, "material.consultation.over")
	}
	return c, err
}

// CloseConsultation ends a consultation. Before its day that takes the least number of
// community voices.
func (s *Service) CloseConsultation(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		c, err := openOne(ctx, tx, m)
		if err != nil {
			return err
		}
		voices, err := community(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		if voices < c.Least && !c.Over(s.store.Today()) {
			return fault.New(fault.Refused, "material.consultation.few", "Voices", voices, "Least", c.Least)
		}
		return closeOne(ctx, tx, c, s.store.Today())
	})
}

func closeOne(ctx context.Context, tx *gorm.DB, c Consultation, today string) error {
	_, err := gorm.G[Consultation](tx).Where("id = ? AND state = ?", c.ID, Open).
		Select("State", "ClosedDay").Updates(ctx, Consultation{State: Closed, ClosedDay: &today})
	return err
}

// Prolong gives people more time; a consultation is never made shorter.
func (s *Service) Prolong(ctx context.Context, who member.Actor, id store.ID, day string) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		c, err := openOne(ctx, tx, m)
		if err != nil {
			return err
		}
		if !store.DayIn(day, max(c.ClosesDay, s.store.Today()), s.store.DayAfter(longestOpen)) {
			return fault.Mend(fault.Field{Name: "closes", Key: "material.closes.range", Args: []any{"Most", longestOpen}})
		}
		_, err = gorm.G[Consultation](tx).Where("id = ?", c.ID).Update(ctx, "closes_day", day)
		return err
	})
}

// SayForm is what somebody answers: one reply for each question that she wants to answer.
type SayForm struct {
	Replies []Reply // number with scale or words
	Insist  bool
}

// Say answers a consultation, once. People of the group wrote the text and do not answer;
// staff may, and do not count as community.
func (s *Service) Say(ctx context.Context, who member.Actor, id store.ID, f SayForm) (Receipt, error) {
	if !who.SignedIn() {
		return Receipt{}, signIn()
	}
	var typed []string
	for i := range f.Replies {
		f.Replies[i].Words = tidyText(f.Replies[i].Words)
		typed = append(typed, f.Replies[i].Words)
	}
	receipt, stop := screen(theGroup, f.Insist, typed...)
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		c, err := s.askable(ctx, tx, who, m)
		if err != nil {
			return err
		}
		questions, err := gorm.G[Question](tx).Where("consultation_id = ?", c.ID).Order("number").Find(ctx)
		if err != nil {
			return err
		}
		replies, err := fitting(c, questions, f.Replies)
		if err != nil || stop {
			return err
		}
		tag, known, err := tagOf[Voice](ctx, tx, who.Tags(purposeVoice, c.ID), "consultation_id", c.ID)
		if err != nil {
			return err
		}
		if known {
			return fault.New(fault.Conflict, "material.say.once")
		}
		if err := gorm.G[Voice](tx).Create(ctx, &Voice{c.ID, tag, !who.Colleague() || !isStaff(who.Roles())}); err != nil {
			return err
		}
		return gorm.G[Reply](tx).CreateInBatches(ctx, &replies, 10)
	})
	receipt.ID, receipt.Stored = id, !stop
	return receipt, err
}

// askable is the consultation that she may answer now. Where there was one she is told
// that it is over, because she may have written for a while.
func (s *Service) askable(ctx context.Context, db *gorm.DB, who member.Actor, m Material) (Consultation, error) {
	c, err := newest(ctx, db, m.ID)
	if err != nil {
		return c, err
	}
	in, err := inGroup(ctx, db, who, m.ID)
	switch {
	case err != nil:
		return c, err
	case in:
		return c, fault.New(fault.Refused, "material.say.group")
	case m.State != Consulting, c.Over(s.store.Today()):
		return c, fault.New(fault.Conflict, "material.consultation.over")
	}
	return c, nil
}

// fitting holds replies to the questions. Every question may be left out, but not all.
func fitting(c Consultation, questions []Question, given []Reply) ([]Reply, error) {
	var replies []Reply
	var mend []fault.Field
	for _, q := range questions {
		at := slices.IndexFunc(given, func(r Reply) bool { return r.Number == q.Number })
		if at < 0 {
			continue
		}
		r := Reply{ID: store.NewID(), ConsultationID: c.ID, Number: q.Number}
		if q.Kind == Scale {
			r.Scale = given[at].Scale
			if r.Scale < 0 || r.Scale > TopOfScale {
				mend = append(mend, fault.Field{Name: replyField(q.Number), Key: "material.say.scale"})
			}
		} else {
			r.Words = given[at].Words
			mend = append(mend, asked(replyField(q.Number), r.Words, 0, longestWords)...)
		}
		if r.Scale != 0 || r.Words != "" {
			replies = append(replies, r)
		}
	}
	if len(replies) == 0 && len(mend) == 0 {
		mend = append(mend, fault.Field{Name: replyField(1), Key: "material.say.empty"})
	}
	return replies, fault.Mended(mend)
}

// replyField is the name of the field that answers a question.
func replyField(number int) string { return "reply" + string(rune('0'+number)) }
