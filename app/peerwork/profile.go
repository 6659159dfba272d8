package peerwork

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Fields of a profile, in the order of pages. Regions are the finest place there is.
var Fields = []string{"name", "title", "languages", "regions", "scope", "limits", "skills", "availability", "pair", "mentor", "supervisor", "training"}

// The audiences of a field, from narrow to wide. Me is where every field starts.
const (
	Me      = "me"
	Team    = "team"
	Members = "members"
	Public  = "public"
)

// Audiences in the order of pages.
var Audiences = []string{Me, Team, Members, Public}

// Purposes are the uses that each need her consent.
var Purposes = []string{Members, Public}

// The states of being shown.
const (
	Hidden = "hidden"
	Asked  = "asked" // she wants to be shown and a coordinator has not said yes
	Shown  = "shown"
)

// Profile is the row of a peer worker. Its words are sealed: for her alone, for the team,
// and while she asks to be shown for the coordinators.
type Profile struct {
	AccountID      store.ID `gorm:"primaryKey"`
	OrganisationID store.ID
	State          string
	Low            bool // low profile: nothing of her is shown to anybody
	MineID         store.ID
	TeamID         store.ID
	WishID         store.ID
	AskedBy        store.ID
	ShownBy        store.ID
	ShownDay       *string
	WorkKind       string // of the present contract, "" for none
	PaidFrom       *string
	PaidUntil      *string
}

// TableName names the table.
func (Profile) TableName() string { return "profiles" }

// FieldRow is a field that members or everybody may read. It exists only while they may.
type FieldRow struct {
	AccountID store.ID `gorm:"primaryKey"`
	Field     string   `gorm:"primaryKey"`
	Audience  string
	Words     string
}

// TableName names the table.
func (FieldRow) TableName() string { return "profile_fields" }

// Consent is her yes to one use. The row goes when she takes it back.
type Consent struct {
	AccountID store.ID `gorm:"primaryKey"`
	Purpose   string   `gorm:"primaryKey"`
	Day       string
}

// TableName names the table.
func (Consent) TableName() string { return "profile_consents" }

// Field is one field with its audience.
type Field struct {
	Words    string `json:"words"`
	Audience string `json:"audience"`
}

// Card is a profile in words.
type Card map[string]Field

// wide reports whether the audience is more than the team.
func wide(audience string) bool { return audience == Members || audience == Public }

// only keeps the fields with words whose audience passes. A title without words stays
// beside others: it stands for the one that her group chose. Where there is nothing else,
// there is nothing.
func (c Card) only(passes func(audience string) bool) Card {
	some := Card{}
	for name, f := range c {
		if passes(f.Audience) && strings.TrimSpace(f.Words) != "" {
			some[name] = f
		}
	}
	if title, ok := c["title"]; ok && len(some) > 0 && passes(title.Audience) {
		some["title"] = title
	}
	return some
}

func (c Card) check() error {
	var mend []fault.Field
	for _, name := range Fields {
		f := c[name]
		mend = append(mend, longer(name, f.Words, longestOf(name))...)
		if f.Audience != "" && !slices.Contains(Audiences, f.Audience) {
			mend = append(mend, fault.Field{Name: "for-" + name, Key: "peerwork.audience.missing"})
		}
	}
	return fault.Mended(mend)
}

// longestOf is the limit of a field, in characters.
func longestOf(name string) int {
	switch name {
	case "name", "title", "pair", "mentor", "supervisor":
		return longestTitle
	case "languages", "regions":
		return longestRegion
	}
	return LongestWords
}

// clean drops what is no field and hides what has no audience. What is shown of her training
// is read when somebody looks; the field itself says only that it may be.
func (c Card) clean() Card {
	out := Card{}
	for _, name := range Fields {
		f := c[name]
		if f.Audience == "" {
			f.Audience = Me
		}
		f.Words = strings.TrimSpace(f.Words)
		if name == "training" {
			f.Words = ""
			if f.Audience != Me {
				f.Words = trainingShown
			}
		}
		out[name] = f
	}
	return out
}

// begin makes sure that there is a row to hold on to.
func begin(ctx context.Context, tx *gorm.DB, account store.ID) error {
	return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&Profile{AccountID: account, State: Hidden}).Error
}

// hold locks the row for this transaction and reads it.
func hold(ctx context.Context, tx *gorm.DB, account store.ID) (Profile, error) {
	if _, err := gorm.G[Profile](tx).Where("account_id = ?", account).Update(ctx, "account_id", account); err != nil {
		return Profile{}, err
	}
	p, err := gorm.G[Profile](tx).Where("account_id = ?", account).First(ctx)
	return p, store.Translate(err)
}

// MyProfile reads her own profile with everything that is in it.
func (s *Service) MyProfile(ctx context.Context, who member.Actor) (Profile, Card, []Consent, error) {
	if !isPeer(who) {
		return Profile{}, nil, nil, fault.Missing()
	}
	rows, err := gorm.G[Profile](s.store.DB).Where("account_id = ?", who.Role.ID).Limit(1).Find(ctx)
	if err != nil {
		return Profile{}, nil, nil, store.Translate(err)
	}
	p := Profile{AccountID: who.Role.ID, State: Hidden}
	if len(rows) > 0 {
		p = rows[0]
	}
	card := Card{}
	if _, err := s.open(ctx, s.store.DB, who, p.MineID, &card); err != nil {
		return p, nil, nil, err
	}
	consents, err := gorm.G[Consent](s.store.DB).Where("account_id = ?", who.Role.ID).Find(ctx)
	return p, card.clean(), consents, store.Translate(err)
}

// SaveProfile keeps her words. What others read already stays only where it is still the
// same and still meant for them; anything new waits until she asks and somebody agrees.
func (s *Service) SaveProfile(ctx context.Context, who member.Actor, card Card, insist bool) (Receipt, error) {
	if !isPeer(who) {
		return Receipt{}, fault.Missing()
	}
	card = card.clean()
	if err := card.check(); err != nil {
		return Receipt{}, err
	}
	_, before, _, err := s.MyProfile(ctx, who)
	if err != nil {
		return Receipt{}, err
	}
	if err := s.checkFields(ctx, who, card, before); err != nil {
		return Receipt{}, err
	}
	var texts []string
	for name, f := range card.only(wide) {
		if name != "languages" && name != "training" {
			texts = append(texts, f.Words)
		}
	}
	slices.Sort(texts)
	r := Receipt{Verdict: moderation.Screen(strings.Join(texts, "\n"), nil, nil)}
	if r.Verdict.Outcome == moderation.Refuse || r.Verdict.Outcome.Worse(moderation.Publish) && !insist {
		return r, nil
	}
	r.Stored = true
	return r, s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := begin(ctx, tx, who.Role.ID); err != nil {
			return err
		}
		p, err := hold(ctx, tx, who.Role.ID)
		if err != nil {
			return err
		}
		old := []store.ID{p.MineID, p.TeamID, p.WishID}
		if p.MineID, err = s.seal(ctx, tx, "profile", card, who.Role.ID); err != nil {
			return err
		}
		if p.TeamID, err = s.sealForTeam(ctx, tx, p, card); err != nil {
			return err
		}
		if err := narrow(ctx, tx, p.AccountID, card); err != nil {
			return err
		}
		if p.State == Asked {
			p.State = Hidden // what she asked for has changed: she asks again
		}
		p.WishID = store.ID{}
		if _, err := gorm.G[Profile](tx).Where("account_id = ?", p.AccountID).Select("MineID", "TeamID", "WishID", "State").Updates(ctx, p); err != nil {
			return err
		}
		return shredSome(ctx, tx, old...)
	})
}

// sealForTeam seals what colleagues may read for everybody with a role today.
func (s *Service) sealForTeam(ctx context.Context, tx *gorm.DB, p Profile, card Card) (store.ID, error) {
	some := card.only(func(audience string) bool { return audience != Me })
	if p.Low || len(some) == 0 {
		return store.ID{}, nil
	}
	team, err := member.Colleagues(ctx, tx, member.GivenRoles...)
	if err != nil {
		return store.ID{}, err
	}
	readers := make([]store.ID, len(team))
	for i, r := range team {
		readers[i] = r.ID
	}
	return s.seal(ctx, tx, "profile team", some, readers...)
}

// narrow takes away the shown fields that are not what she wants any more.
func narrow(ctx context.Context, tx *gorm.DB, account store.ID, card Card) error {
	rows, err := gorm.G[FieldRow](tx).Where("account_id = ?", account).Find(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		f := card[row.Field]
		if f.Words == row.Words && (f.Audience == row.Audience || f.Audience == Public) {
			continue
		}
		if _, err := gorm.G[FieldRow](tx).Where("account_id = ? AND field = ?", account, row.Field).Delete(ctx); err != nil {
			return err
		}
	}
	return nil
}
