package seed

import (
	"context"

	"portico/app/career"
	"portico/app/store"
)

// skillData is something that a peer wrote down about what she can do.
type skillData struct {
	Person, Kind, Name, Evidence, Asked string
	Readers                             []string
	Confirmed                           bool
	DaysAgo                             int `toml:"days_ago"`
}

// stepData is a step that a coordinator wrote down; Since is how many days ago it was taken.
type stepData struct {
	Person, By, Step, Promise string
	Since                     int
	DaysAgo                   int `toml:"days_ago"`
	Kept                      bool
}

// careerTalkData is a talk. In is how many days after the present it is, below zero for one
// that is over; By writes the notes, and it is held once she agrees.
type careerTalkData struct {
	Person, With, Agenda, By, There, Steps, Words string
	In                                            int
	DaysAgo                                       int `toml:"days_ago"` // it is planned
	Agreed                                        bool
}

type contactData struct {
	Person, Organisation, By string
	DaysAgo                  int `toml:"days_ago"`
}

// conflictData is a note to a contact, with an answer where there is one.
type conflictData struct {
	Person, Contact, Words, Answer string
	DaysAgo                        int `toml:"days_ago"`
}

// lookData is a coordinator who opens the page of a peer, or her risk assessment.
type lookData struct {
	Person, At string
	Risk       bool
	DaysAgo    int `toml:"days_ago"`
}

// planCareer plans skills, steps, talks, contacts, notes, and who looks at profiles.
func (l *loader) planCareer() ([]event, error) {
	var events []event
	add := func(days int, who string, do func(context.Context) error) {
		events = append(events, event{l.ago(days), func(ctx context.Context) error { return about(do(ctx), "the path of %s", who) }})
	}
	for _, d := range l.world.Contacts {
		add(d.DaysAgo, d.Person, func(ctx context.Context) error { return l.contact(ctx, d) })
	}
	for _, d := range l.world.Steps {
		add(d.DaysAgo, d.Person, func(ctx context.Context) error { return l.step(ctx, d) })
	}
	for _, d := range l.world.Skills {
		add(d.DaysAgo, d.Person, func(ctx context.Context) error { return l.skill(ctx, d) })
	}
	for _, d := range l.world.CareerTalks {
		id := store.NewID().String()
		add(d.DaysAgo, d.Person, func(ctx context.Context) error { return l.agreeTalk(ctx, d, id) })
		if d.In < 0 {
			add(-d.In, d.Person, func(ctx context.Context) error { return l.noteTalk(ctx, d) })
		}
	}
	for _, d := range l.world.Conflicts {
		add(d.DaysAgo, d.Person, func(ctx context.Context) error { return l.conflict(ctx, d) })
	}
	for _, d := range l.world.Looks {
		add(d.DaysAgo, d.Person, func(ctx context.Context) error { return l.lookAt(ctx, d) })
	}
	return events, nil
}

func (l *loader) contact(ctx context.Context, d contactData) error {
	who, by, err := l.withRoles(d.Person, d.By)
	if err != nil {
		return err
	}
	return l.career.NameContact(ctx, by, who.Role.Handle, d.Organisation)
}

func (l *loader) step(ctx context.Context, d stepData) error {
	who, by, err := l.withRoles(d.Person, d.By)
	if err != nil {
		return err
	}
	if err := l.career.TakeStep(ctx, by, who.Role.ID, career.StepForm{Step: d.Step, Day: l.dayIn(-d.Since), Promise: d.Promise}); err != nil || !d.Kept {
		return err
	}
	steps, err := l.career.MySteps(ctx, who)
	for _, s := range steps {
		if err == nil && s.Step == d.Step {
			err = l.career.Kept(ctx, who, s.ID, true)
		}
	}
	return err
}

func (l *loader) skill(ctx context.Context, d skillData) error {
	who, err := l.colleague(d.Person)
	if err != nil {
		return err
	}
	f := career.SkillForm{Kind: d.Kind, Name: d.Name, Evidence: d.Evidence}
	for _, name := range d.Readers {
		reader, err := l.colleague(name)
		if err != nil {
			return err
		}
		f.Readers = append(f.Readers, reader.Role.ID)
	}
	if d.Asked != "" {
		asked, err := l.colleague(d.Asked)
		if err != nil {
			return err
		}
		f.Asked = asked.Role.ID
	}
	receipt, err := l.career.SaveSkill(ctx, who, f)
	if err := stored(receipt.Stored, receipt.Verdict, err); err != nil || !d.Confirmed {
		return err
	}
	asked, err := l.colleague(d.Asked)
	if err != nil {
		return err
	}
	shared, err := l.career.Shared(ctx, asked)
	for _, one := range shared {
		if err == nil && one.Name == d.Name {
			err = l.career.Confirm(ctx, asked, one.ID)
		}
	}
	return err
}

func (l *loader) agreeTalk(ctx context.Context, d careerTalkData, nonce string) error {
	who, with, err := l.withRoles(d.Person, d.With)
	if err != nil {
		return err
	}
	receipt, err := l.career.Plan(ctx, who, career.PlanForm{Account: who.Role.ID, With: with.Role.ID, Day: l.ago(-d.In).Format("2006-01-02"), Agenda: d.Agenda, Nonce: nonce})
	return stored(receipt.Stored, receipt.Verdict, err)
}

func (l *loader) noteTalk(ctx context.Context, d careerTalkData) error {
	who, by, err := l.withRoles(d.Person, d.By)
	if err != nil {
		return err
	}
	talks, err := l.career.Talks(ctx, by)
	if err != nil {
		return err
	}
	day := l.ago(-d.In).Format("2006-01-02")
	for _, t := range talks {
		if t.AccountID != who.Role.ID || t.Day != day {
			continue
		}
		form := career.NoteForm{TalkWords: career.TalkWords{Agenda: d.Agenda, There: d.There, Steps: d.Steps, Words: d.Words}, Day: day}
		receipt, err := l.career.Note(ctx, by, t.ID, form)
		if err := stored(receipt.Stored, receipt.Verdict, err); err != nil || !d.Agreed {
			return err
		}
		return l.career.Answer(ctx, who, t.ID, true)
	}
	return nil
}

func (l *loader) conflict(ctx context.Context, d conflictData) error {
	who, contact, err := l.withRoles(d.Person, d.Contact)
	if err != nil {
		return err
	}
	id, err := l.career.Write(ctx, who, career.WriteForm{Contact: contact.Role.ID, Words: d.Words})
	if err != nil || d.Answer == "" {
		return err
	}
	return l.career.Respond(ctx, contact, id, d.Answer, "")
}

func (l *loader) lookAt(ctx context.Context, d lookData) error {
	who, at, err := l.withRoles(d.Person, d.At)
	if err != nil {
		return err
	}
	if d.Risk {
		_, err = l.work.RiskOf(ctx, who, at.Role.ID)
		return err
	}
	_, err = l.work.Person(ctx, who, at.Role.ID)
	return err
}
