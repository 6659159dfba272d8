package supervision

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Sitting is what the minutes of several people hold, in words that are sealed for all who
// are part of the group on that day. Who was missing follows from who was there; a reason
// is never asked.
type Sitting struct {
	Norms     bool     `json:"norms"` // what stays in this room was said again
	CheckIn   string   `json:"check_in"`
	Owner     store.ID `json:"owner"` // whose question it was
	Question  string   `json:"question"`
	Heard     string   `json:"heard"` // what the group hears
	Ideas     string   `json:"ideas"`
	Decisions string   `json:"decisions"`
	Childcare bool     `json:"childcare"` // it was provided
}

// MinutesForm is what the facilitator of a session writes down.
type MinutesForm struct {
	Day     string
	Minutes int
	Mode    string
	Next    string // day, "" for none yet
	Present []store.ID
	Sitting Sitting
	Code    string
	Nonce   string
	Version int // of what she changes
	Insist  bool
}

func (f MinutesForm) check(t Team, who member.Actor, today string, days [2]string) error {
	talk := EntryForm{Day: f.Day, Minutes: f.Minutes, Mode: f.Mode, Next: f.Next, Words: Words{Worked: "-"}}
	var mend []fault.Field
	if bad := fault.As(talk.check(t.Kind, today, days[0], days[1])); bad != nil {
		mend = bad.Fields
	}
	here := accounts(t.here())
	away := slices.ContainsFunc(f.Present, func(id store.ID) bool { return !slices.Contains(here, id) })
	if len(f.Present) < 2 || away || twice(f.Present) || !slices.Contains(f.Present, who.Role.ID) {
		mend = append(mend, fault.Field{Name: "present", Key: "supervision.present.few"})
	}
	g := f.Sitting
	if !g.Owner.IsZero() && !slices.Contains(f.Present, g.Owner) {
		mend = append(mend, fault.Field{Name: "owner", Key: "supervision.owner.absent"})
	}
	if strings.TrimSpace(g.CheckIn+g.Question+g.Heard+g.Ideas+g.Decisions) == "" {
		mend = append(mend, fault.Field{Name: "check-in", Key: "supervision.minutes.empty"})
	}
	for _, one := range []struct{ name, text string }{
		{"check-in", g.CheckIn}, {"question", g.Question}, {"heard", g.Heard}, {"ideas", g.Ideas}, {"decisions", g.Decisions},
	} {
		mend = append(mend, tooLong(one.name, one.text)...)
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

func (g Sitting) texts() []string {
	return []string{g.CheckIn, g.Question, g.Heard, g.Ideas, g.Decisions}
}

func (f MinutesForm) writing(who member.Actor, t Team, e Entry) writing {
	return writing{who: who, team: t, entry: &e, words: f.Sitting, present: f.Present, next: f.Next, code: f.Code}
}

// WriteMinutes stores the minutes of a session. Whoever writes them led it; they are a
// draft until somebody signs.
func (s *Service) WriteMinutes(ctx context.Context, who member.Actor, relation store.ID, f MinutesForm) (Receipt, error) {
	t, err := s.mine(ctx, s.store.DB, who, relation)
	if err != nil {
		return Receipt{}, err
	}
	if err := t.mayWrite(who); err != nil {
		return Receipt{}, err
	}
	if err := s.checkMinutes(ctx, t, who, f); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(f.Insist, f.Sitting.texts()...)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = store.FormID("supervision", f.Nonce), true
	return receipt, s.store1(ctx, f.writing(who, t, Entry{
		ID: receipt.ID, RelationID: t.ID, Form: FormMinutes, HeldDay: f.Day, Minutes: f.Minutes, Mode: f.Mode, State: Written, LedBy: who.Role.ID, Version: 1,
	}))
}

func (s *Service) checkMinutes(ctx context.Context, t Team, who member.Actor, f MinutesForm) error {
	if !t.Several() {
		return fault.New(fault.Refused, "supervision.talk-instead")
	}
	days := [2]string{s.store.DayAfter(-longestCadence), s.store.DayAfter(longestCadence)}
	if err := f.check(t, who, s.store.Today(), days); err != nil {
		return err
	}
	return s.checkCode(ctx, t, f.Code)
}

// ReviseMinutes changes minutes that nobody has signed yet. A choice stays as long as the
// question is the same person's.
func (s *Service) ReviseMinutes(ctx context.Context, who member.Actor, id store.ID, f MinutesForm) (Receipt, error) {
	old, t, err := s.entry(ctx, s.store.DB, who, id)
	if err != nil {
		return Receipt{}, err
	}
	switch {
	case old.Form != FormMinutes:
		return Receipt{}, fault.New(fault.Refused, "supervision.talk-instead")
	case old.LedBy != who.Role.ID:
		return Receipt{}, fault.New(fault.Refused, "supervision.facilitator-writes")
	}
	if err := s.checkMinutes(ctx, t, who, f); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(f.Insist, f.Sitting.texts()...)
	if stop {
		return receipt, nil
	}
	before, err := s.readSitting(ctx, who, old)
	if err != nil {
		return Receipt{}, err
	}
	receipt.ID, receipt.Stored = id, true
	next := old
	next.HeldDay, next.Minutes, next.Mode, next.Version = f.Day, f.Minutes, f.Mode, f.Version+1
	if before.Owner != f.Sitting.Owner {
		next.ChoiceID = store.ID{}
	}
	w := f.writing(who, t, next)
	w.old, w.old.Version = old, f.Version
	return receipt, s.rewrite(ctx, w)
}

// ChoiceForm is what the owner of a question takes with her.
type ChoiceForm struct {
	Words   string
	Version int
	Insist  bool
}

// Choose sets the choice of whoever brought the question, and nobody else can: a group
// gives ideas and decides nothing for her. It is part of what the others sign.
func (s *Service) Choose(ctx context.Context, who member.Actor, id store.ID, f ChoiceForm) (Receipt, error) {
	e, t, err := s.entry(ctx, s.store.DB, who, id)
	if err != nil {
		return Receipt{}, err
	}
	if e.Form != FormMinutes {
		return Receipt{}, fault.Missing()
	}
	sitting, err := s.readSitting(ctx, who, e)
	if err != nil {
		return Receipt{}, err
	}
	if sitting.Owner != who.Role.ID {
		return Receipt{}, fault.New(fault.Refused, "supervision.choice.hers")
	}
	mend := tooLong("choice", f.Words)
	if strings.TrimSpace(f.Words) == "" {
		mend = append(mend, fault.Field{Name: "choice", Key: "supervision.comment.empty"})
	}
	if len(mend) > 0 {
		return Receipt{}, fault.Mend(mend...)
	}
	receipt, stop := screen(f.Insist, f.Words)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = id, true
	return receipt, s.store.Tx(ctx, func(tx *gorm.DB) error { return s.choose(ctx, tx, who, choosing{e, t, f}) })
}

type choosing struct {
	entry Entry
	team  Team
	form  ChoiceForm
}

func (s *Service) choose(ctx context.Context, tx *gorm.DB, who member.Actor, c choosing) error {
	readers, err := c.team.readers(ctx, tx, who)
	if err != nil {
		return err
	}
	if readers, err = readersOf(ctx, tx, c.entry, append(readers, who.Role.ID)); err != nil {
		return err
	}
	next := Entry{Version: c.form.Version + 1}
	if next.ChoiceID, err = s.seal(ctx, tx, readers, "supervision choice", c.form.Words); err != nil {
		return err
	}
	n, err := gorm.G[Entry](tx).Where("id = ? AND version = ?", c.entry.ID, c.form.Version).Select("ChoiceID", "Version").Updates(ctx, next)
	if err != nil {
		return err
	}
	signed, err := gorm.G[Link](tx).Where("entry_id = ?", c.entry.ID).Count(ctx, "id")
	if err != nil {
		return err
	}
	if n == 0 || signed > 0 {
		return fault.New(fault.Conflict, "supervision.choice.late")
	}
	return member.Shred(ctx, tx, c.entry.ChoiceID)
}

// Turn proposes who leads the next session: whoever has not led for the longest time, and
// of those who never did a peer first. It is a proposal; anybody may take the turn.
func (s *Service) Turn(ctx context.Context, who member.Actor, relation store.ID) (Person, error) {
	line, err := s.Relation(ctx, who, relation)
	if err != nil || !line.Several() {
		return Person{}, err
	}
	rows, err := s.count(ctx, `SELECT led_by AS relation_id, 0 AS n, 0 AS minutes, MAX(held_day) AS day
		FROM supervision_entries WHERE relation_id IN ? GROUP BY led_by`, []store.ID{relation})
	if err != nil {
		return Person{}, err
	}
	people := slices.DeleteFunc(slices.Clone(line.People), func(p Person) bool { return !p.Here() || p.Why != "" })
	slices.SortStableFunc(people, func(a, b Person) int {
		if c := strings.Compare(rows[a.AccountID].Day, rows[b.AccountID].Day); c != 0 {
			return c
		}
		if c := strings.Compare(a.Part, b.Part); c != 0 {
			return c // "peer" stands before "supervisor"
		}
		return strings.Compare(a.Handle, b.Handle)
	})
	if len(people) == 0 {
		return Person{}, nil
	}
	return people[0], nil
}
