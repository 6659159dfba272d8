package material

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Want says that somebody wants a material: a tag that only her session computes.
type Want struct {
	MaterialID store.ID `gorm:"primaryKey"`
	Tag        []byte   `gorm:"primaryKey"`
}

// TableName names the table.
func (Want) TableName() string { return "material_wants" }

// IdeaForm is what somebody thinks should exist.
type IdeaForm struct {
	Kind     Kind
	Title    string
	Purpose  string // what for
	Audience string // for whom
	Lang     string
	Sign     bool // with her handle; only for people with a role
	Nonce    string
}

func (f IdeaForm) tidied() IdeaForm {
	f.Title, f.Purpose, f.Audience = tidy(f.Title), tidyText(f.Purpose), tidyText(f.Audience)
	return f
}

func (f IdeaForm) check() error {
	mend := asked("title", f.Title, 3, longestTitle)
	mend = append(mend, asked("purpose", f.Purpose, 1, longestShort)...)
	mend = append(mend, asked("audience", f.Audience, 1, longestShort)...)
	if !slices.Contains(Kinds, f.Kind) {
		mend = append(mend, fault.Field{Name: "kind", Key: "material.kind.missing"})
	}
	if !language.MatchString(f.Lang) {
		mend = append(mend, fault.Field{Name: "language", Key: "material.lang.missing"})
	}
	return fault.Mended(mend)
}

// mostIdeas is how many open ideas wait at most: somebody has to read them.
const mostIdeas = 300

// Propose writes an idea down. Of a member nothing is kept but her words.
func (s *Service) Propose(ctx context.Context, who member.Actor, f IdeaForm) (Receipt, error) {
	if !who.SignedIn() {
		return Receipt{}, signIn()
	}
	f = f.tidied()
	if err := f.check(); err != nil {
		return Receipt{}, err
	}
	receipt, stop := screen(everyMember, false, f.Title, f.Purpose, f.Audience)
	if stop {
		return receipt, nil
	}
	receipt.ID, receipt.Stored = store.FormID("material", f.Nonce), true
	m := Material{ID: receipt.ID, Kind: f.Kind, Title: f.Title, Purpose: f.Purpose, Audience: f.Audience, Lang: f.Lang, State: Idea, Day: s.store.Today()}
	if f.Sign && who.Colleague() {
		m.SignedBy = who.Role.ID
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Material](tx).Where("state = ? AND id <> ?", Idea, m.ID).Count(ctx, "id")
		if err != nil {
			return err
		}
		if n >= mostIdeas {
			return fault.New(fault.Refused, "material.ideas.full")
		}
		return gorm.G[Material](tx).Create(ctx, &m)
	})
	return receipt, once(err)
}

// Want says "I want this", once. A person with a role says it as everybody does, so that
// no row joins her voice to her handle.
func (s *Service) Want(ctx context.Context, who member.Actor, id store.ID) error {
	if !who.SignedIn() {
		return signIn()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := find(ctx, tx, id)
		if err != nil {
			return err
		}
		if m.State != Idea {
			return fault.Missing()
		}
		tag, known, err := tagOf[Want](ctx, tx, who.Tags(purposeWant, id), "material_id", id)
		if err != nil || known {
			return err
		}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&Want{id, tag}).Error
	})
}

// TakeUp makes an idea a draft, with the leader who takes it up as the first of its group.
// A material whose last leader has left may be taken up as well, as it stands.
func (s *Service) TakeUp(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		if !who.Has(member.RoleLeader) || m.State == Archived {
			return fault.Missing()
		}
		if m.State == Idea {
			err = move(ctx, tx, m, Drafting)
		} else {
			err = leaderless(ctx, tx, id)
		}
		if err != nil {
			return err
		}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).
			Create(&Person{MaterialID: id, RoleAccountID: who.Role.ID, Credit: NotNamed}).Error
	})
}

func leaderless(ctx context.Context, tx *gorm.DB, id store.ID) error {
	people, err := peopleOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(people, func(p GroupPerson) bool { return p.Leader }) {
		return fault.New(fault.Conflict, "material.step.not-now")
	}
	return nil
}

// IdeaLine is an idea as everybody signed in sees it.
type IdeaLine struct {
	Material
	Wants  int
	Wanted bool   // by her
	By     string // a handle, "" for most
}

// Ideas lists the ideas, those most wanted first.
func (s *Service) Ideas(ctx context.Context, who member.Actor) ([]IdeaLine, error) {
	if !who.SignedIn() {
		return nil, signIn()
	}
	rows, err := gorm.G[Material](s.store.DB).Where("state = ?", Idea).Order("title, id").Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	return s.ideaLines(ctx, who, rows)
}

func (s *Service) ideaLines(ctx context.Context, who member.Actor, rows []Material) ([]IdeaLine, error) {
	var ids, signed []store.ID
	var tags [][]byte
	for _, m := range rows {
		ids, tags = append(ids, m.ID), append(tags, who.Tags(purposeWant, m.ID)...)
		if !m.SignedBy.IsZero() {
			signed = append(signed, m.SignedBy)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	wants, err := s.count(ctx, "SELECT material_id AS id, COUNT(*) AS n FROM material_wants WHERE material_id IN ? GROUP BY material_id", ids)
	if err != nil {
		return nil, err
	}
	wanted := map[store.ID]bool{}
	for batch := range slices.Chunk(tags, 1000) {
		rows, err := gorm.G[Want](s.store.DB).Where("tag IN ?", batch).Find(ctx)
		if err != nil {
			return nil, store.Translate(err)
		}
		for _, w := range rows {
			wanted[w.MaterialID] = true
		}
	}
	handles, err := member.ShownHandles(ctx, s.store.DB, who, signed)
	if err != nil {
		return nil, err
	}
	lines := make([]IdeaLine, len(rows))
	for i, m := range rows {
		lines[i] = IdeaLine{m, wants[m.ID], wanted[m.ID], handles[m.SignedBy]}
	}
	slices.SortStableFunc(lines, func(a, b IdeaLine) int { return b.Wants - a.Wants })
	return lines, nil
}
