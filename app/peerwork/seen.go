package peerwork

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Visible is a profile as one person may see it.
type Visible struct {
	Fields  Card
	Label   Label
	Tongues []Tongue
	// Training is nil where nothing is shown of it, and else whether the base training is done.
	Training *bool
}

// Label is the honest word for how somebody works.
type Label struct {
	Paid bool   // a contract with an amount runs today
	Kind string // of the contract, "" for none
}

// Label says honestly how somebody works on a day.
func (p Profile) Label(today string) Label {
	paid := p.PaidFrom != nil && p.PaidUntil != nil && *p.PaidFrom <= today && today <= *p.PaidUntil
	return Label{Paid: paid, Kind: p.WorkKind}
}

// eyes are with what somebody looks at profiles.
type eyes struct {
	audiences []string
	key       *member.Actor // opens what is sealed for the team; nil for everybody outside it
	lang      string
	only      *store.ID // one profile in place of all
}

// Seen lists the profiles that she may see: everybody what is public, people who are signed
// in what is for members, the team what is for the team. Lang is the language of the page,
// for titles. The list is the same for all colleagues and writes nothing down; opening one
// person's page does (Person).
func (s *Service) Seen(ctx context.Context, who member.Actor, lang string) ([]Visible, error) {
	e := eyes{audiences: []string{Public}, lang: lang}
	if who.SignedIn() {
		e.audiences = append(e.audiences, Members)
	}
	if who.Colleague() {
		e.key = &who
	}
	return s.look(ctx, e)
}

// SeenAs shows a peer her own profile with the eyes of an audience, on the very path on
// which those people get it; ok is false where they see nothing. With her own eyes she sees
// everything that she wrote.
func (s *Service) SeenAs(ctx context.Context, who member.Actor, audience, lang string) (v Visible, ok bool, err error) {
	p, card, _, err := s.MyProfile(ctx, who)
	if err != nil {
		return v, false, err
	}
	e := eyes{lang: lang, only: &who.Role.ID}
	switch audience {
	case Me:
		v = Visible{Fields: card.only(func(string) bool { return true }), Label: p.Label(s.store.Today())}
		return v, len(v.Fields) > 0, s.dress(ctx, e, p, &v)
	case Team:
		e.audiences, e.key = []string{Public, Members}, &who
	case Members:
		e.audiences = []string{Public, Members}
	case Public:
		e.audiences = []string{Public}
	default:
		return v, false, fault.Missing()
	}
	seen, err := s.look(ctx, e)
	if err != nil || len(seen) == 0 {
		return v, false, err
	}
	return seen[0], true, nil
}

// holds is true where the newest assessment of whom a row is about is not past its day.
const holds = `EXISTS (SELECT 1 FROM risks WHERE risks.account_id = profile_fields.account_id AND risks.review_day >= ?
	AND risks.number = (SELECT MAX(number) FROM risks AS newer WHERE newer.account_id = risks.account_id))`

// look reads profiles with somebody's eyes.
func (s *Service) look(ctx context.Context, e eyes) ([]Visible, error) {
	q := gorm.G[FieldRow](s.store.DB).Where(`audience IN ? AND account_id IN (SELECT account_id FROM profiles WHERE low = ?)
		AND `+holds+` AND EXISTS (SELECT 1 FROM profile_consents AS c WHERE c.account_id = profile_fields.account_id AND c.purpose = profile_fields.audience)`,
		e.audiences, false, s.store.Today())
	people := gorm.G[Profile](s.store.DB).Where("low = ?", false)
	if e.only != nil {
		q, people = q.Where("account_id = ?", *e.only), people.Where("account_id = ?", *e.only)
	}
	rows, err := q.Limit(2000).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	profiles, err := people.Order("account_id").Limit(500).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	var seen []Visible
	for _, p := range profiles {
		v := Visible{Fields: Card{}, Label: p.Label(s.store.Today())}
		if e.key != nil {
			if _, err := s.open(ctx, s.store.DB, *e.key, p.TeamID, &v.Fields); err != nil {
				return nil, err
			}
		}
		for _, row := range rows {
			if row.AccountID == p.AccountID {
				v.Fields[row.Field] = Field{row.Words, row.Audience}
			}
		}
		if len(v.Fields) == 0 {
			continue
		}
		if err := s.dress(ctx, e, p, &v); err != nil {
			return nil, err
		}
		if len(v.Fields) > 0 {
			seen = append(seen, v)
		}
	}
	return seen, nil
}

// dress fills in what is read at the moment of looking: the title that the group chose, the
// training, and whether the colleagues whom she names want to be seen.
func (s *Service) dress(ctx context.Context, e eyes, p Profile, v *Visible) error {
	if title, there := v.Fields["title"]; there && title.Words == "" {
		delete(v.Fields, "title")
		if s.from.Titles != nil && !p.OrganisationID.IsZero() {
			words, err := s.from.Titles.Title(ctx, p.OrganisationID, e.lang)
			if err != nil {
				return err
			}
			if words != "" {
				v.Fields["title"] = Field{words, title.Audience}
			}
		}
	}
	if _, there := v.Fields["training"]; there {
		delete(v.Fields, "training")
		if s.from.Training != nil {
			done, err := s.from.Training.Active(ctx, p.AccountID, member.RolePeer)
			if err != nil {
				return err
			}
			v.Training = &done
		}
	}
	v.Tongues, _ = ReadTongues(v.Fields["languages"].Words)
	var named []string
	for name := range personFields {
		if handle := v.Fields[name].Words; handle != "" {
			named = append(named, handle)
		}
	}
	gone, err := member.WithdrawnHandles(ctx, s.store.DB, member.EyesOfTeam, named)
	for name := range personFields {
		if gone[v.Fields[name].Words] {
			delete(v.Fields, name)
		}
	}
	return err
}
