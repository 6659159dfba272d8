package supervision

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Debrief is a conversation that the organisation owes somebody after something heavy. It
// is clear that it is owed and until when, never why: words are sealed.
type Debrief struct {
	ID         store.ID `gorm:"primaryKey"`
	AccountID  store.ID
	FlaggedDay string
	DueDay     string
	HeldDay    *string  // by her own word; a conversation that she wrote down holds it too
	ToldID     store.ID // the supervisor of hers whom she told, zero for nobody
	WordsID    store.ID // zero for none
}

// TableName names the table.
func (Debrief) TableName() string { return "supervision_debriefs" }

// debriefDays is 72 hours, in days; debriefMonths is how long her words stay.
const (
	debriefDays   = 3
	debriefMonths = 24
)

// OpenDebrief is a debrief as somebody may see it.
type OpenDebrief struct {
	Debrief
	Handle string // hers
	Told   string // handle, "" for nobody
	Held   string // the day on which it was held, "" while it is owed
	Missed bool   // still owed and past its day: the organisation's duty
}

// FlagForm says that something heavy happened. Nothing of it has to be filled in.
type FlagForm struct {
	Words  string
	Told   store.ID // one supervisor of hers, zero for nobody
	Nonce  string
	Insist bool
}

// Flag says that something heavy happened. One debrief a day is enough: the same form
// again, or another one without words, adds nothing.
func (s *Service) Flag(ctx context.Context, who member.Actor, f FlagForm) (Receipt, error) {
	mine, err := s.MySupervisors(ctx, who)
	if err != nil {
		return Receipt{}, err
	}
	mend := tooLong("words", f.Words)
	if !f.Told.IsZero() && !slices.ContainsFunc(mine, func(r member.RoleAccount) bool { return r.ID == f.Told }) {
		mend = append(mend, fault.Field{Name: "told", Key: "supervision.heavy.told.missing"})
	}
	if len(mend) > 0 {
		return Receipt{}, fault.Mend(mend...)
	}
	receipt, stop := screen(f.Insist, f.Words)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = store.FormID("supervision", f.Nonce), true
	row := Debrief{ID: receipt.ID, AccountID: who.Role.ID, FlaggedDay: s.store.Today(), DueDay: s.store.DayAfter(debriefDays), ToldID: f.Told}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		if again, err := flaggedToday(ctx, tx, row, f.Words); err != nil || again {
			return err
		}
		if f.Words != "" {
			readers := []store.ID{who.Role.ID}
			if !f.Told.IsZero() {
				readers = append(readers, f.Told)
			}
			var err error
			row.WordsID, err = member.SealForRoles(ctx, tx, s.store.Clock, member.RoleRecord{
				Kind: "supervision debrief", Words: f.Words, KeepMonths: debriefMonths, Readers: readers,
			})
			if err != nil {
				return err
			}
		}
		return gorm.G[Debrief](tx).Create(ctx, &row)
	})
	if store.IsDuplicate(err) {
		return receipt, nil // she pressed twice
	}
	return receipt, err
}

// flaggedToday looks for what stands there of this day. Words beside other words of the
// same day would be lost, so they are given back to her with a sentence.
func flaggedToday(ctx context.Context, tx *gorm.DB, row Debrief, words string) (again bool, err error) {
	rows, err := gorm.G[Debrief](tx).Where("account_id = ? AND flagged_day = ?", row.AccountID, row.FlaggedDay).Find(ctx)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	if words != "" && rows[0].ID != row.ID {
		return true, fault.New(fault.Conflict, "supervision.heavy.today")
	}
	return true, nil
}

// MySupervisors are the people who supervise her now: of them she may tell one.
func (s *Service) MySupervisors(ctx context.Context, who member.Actor) ([]member.RoleAccount, error) {
	if !who.Colleague() {
		return nil, fault.Missing()
	}
	rows, err := gorm.G[member.RoleAccount](s.store.DB).Select("id", "handle").
		Where(`ended IS NULL AND id <> ? AND id IN (SELECT o.account_id FROM supervision_members o
			JOIN supervision_relations r ON r.id = o.relation_id AND r.state = 'open'
			JOIN supervision_members m ON m.relation_id = r.id
			WHERE o.part = 'supervisor' AND o.left_day IS NULL AND m.account_id = ? AND m.part = 'peer' AND m.left_day IS NULL)`,
			who.Role.ID, who.Role.ID).Order("handle").Find(ctx)
	return rows, store.Translate(err)
}

// HoldDebrief notes by her own word that it took place. Said twice, it is said once.
func (s *Service) HoldDebrief(ctx context.Context, who member.Actor, id store.ID) error {
	d, err := s.debrief(ctx, who, id)
	if err != nil {
		return err
	}
	if d.AccountID != who.Role.ID {
		return fault.Missing()
	}
	day := max(s.store.Today(), d.FlaggedDay) // also where the clock was set back meanwhile
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		_, err := gorm.G[Debrief](tx).Where("id = ? AND account_id = ? AND held_day IS NULL", id, who.Role.ID).Update(ctx, "held_day", day)
		return err
	})
}

// debrief loads one for her, or for the supervisor whom she told.
func (s *Service) debrief(ctx context.Context, who member.Actor, id store.ID) (Debrief, error) {
	if !who.Colleague() {
		return Debrief{}, fault.Missing()
	}
	d, err := gorm.G[Debrief](s.store.DB).Where("id = ? AND (account_id = ? OR told_id = ?)", id, who.Role.ID, who.Role.ID).First(ctx)
	return d, store.Translate(err)
}

// ReadDebrief opens what she said with it; "" when she said nothing, and once its time is
// over. What the supervisor opens is logged.
func (s *Service) ReadDebrief(ctx context.Context, who member.Actor, id store.ID) (OpenDebrief, string, error) {
	d, err := s.debrief(ctx, who, id)
	if err != nil {
		return OpenDebrief{}, "", err
	}
	list, err := s.openDebriefs(ctx, []Debrief{d})
	if err != nil || d.WordsID.IsZero() {
		return list[0], "", err
	}
	found, err := member.OpenAllForRole(ctx, s.store.DB, who, []store.ID{d.WordsID})
	if err != nil {
		return OpenDebrief{}, "", err
	}
	words := found[d.WordsID]
	if words != "" && d.AccountID != who.Role.ID {
		err = s.noteRead(ctx, who, d.WordsID)
	}
	return list[0], words, err
}

// openDebriefs says of each whether it was held: by her word, or by a conversation of her
// own supervision on the flagged day or later.
func (s *Service) openDebriefs(ctx context.Context, rows []Debrief) ([]OpenDebrief, error) {
	var people []store.ID
	from := everUntil
	for _, d := range rows {
		people, from = append(people, d.AccountID), min(from, d.FlaggedDay)
		if !d.ToldID.IsZero() {
			people = append(people, d.ToldID)
		}
	}
	handles, err := member.Handles(ctx, s.store.DB, people)
	if err != nil {
		return make([]OpenDebrief, len(rows)), err
	}
	sessions, err := s.attendedBy(ctx, people, from, everUntil)
	if err != nil {
		return make([]OpenDebrief, len(rows)), err
	}
	of, list := byPerson(had(sessions)), make([]OpenDebrief, len(rows))
	for i, d := range rows {
		list[i] = OpenDebrief{Debrief: d, Handle: handles[d.AccountID], Told: handles[d.ToldID], Held: heldDay(d, of[d.AccountID])}
		list[i].Missed = list[i].Held == "" && s.store.Today() > d.DueDay
	}
	return list, nil
}

// heldDay is the day on which a debrief was held, "" while it is owed. Sessions are hers,
// in the order of their days.
func heldDay(d Debrief, sessions []attended) string {
	if d.HeldDay != nil {
		return *d.HeldDay
	}
	for _, one := range sessions {
		if one.Day >= d.FlaggedDay {
			return one.Day
		}
	}
	return ""
}

// EraseDuties removes what she flagged, with her words, when she deletes her account.
func (s *Service) EraseDuties(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	rows, err := gorm.G[Debrief](tx).Where("account_id = ? AND words_id IS NOT NULL", who.Role.ID).Find(ctx)
	if err != nil {
		return err
	}
	words := make([]store.ID, len(rows))
	for i, d := range rows {
		words[i] = d.WordsID
	}
	if err := member.Shred(ctx, tx, words...); err != nil {
		return err
	}
	_, err = gorm.G[Debrief](tx).Where("account_id = ?", who.Role.ID).Delete(ctx)
	return err
}
