package meeting

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Room is a group of the forum or an agreement of supervision for which meetings can be
// called.
type Room struct {
	ID   string // the group's address, or the agreement's number
	Name string
}

// Groups is what meetings ask of the forum: the groups that somebody belongs to, and for
// whoever calls a meeting all groups by name. Which groups there are is no secret, who is in
// them is.
type Groups interface {
	In(ctx context.Context, who member.Actor) ([]string, error)
	All(ctx context.Context, who member.Actor, lang string) ([]Room, error)
}

// Agreements is what meetings ask of supervision: the open agreements of somebody that have
// several people.
type Agreements interface {
	Of(ctx context.Context, who member.Actor) ([]Room, error)
}

// For connects meetings with groups and agreements. It is for wiring only.
func (s *Service) For(g Groups, a Agreements) { s.groups, s.agreements = g, a }

// sight is what one person may see beside what everybody sees.
type sight struct {
	host       store.ID
	boards     []string
	agreements []store.ID
}

// seen is the condition on meetings that a sight fits.
const seen = "((board = '' AND relation_id IS NULL) OR board IN ? OR relation_id IN ? OR host_id = ?)"

func (v sight) where() []any { return []any{v.boards, v.agreements, v.host} }

func (s *Service) look(ctx context.Context, who member.Actor) (v sight, err error) {
	if who.SignedIn() && s.groups != nil {
		if v.boards, err = s.groups.In(ctx, who); err != nil {
			return v, err
		}
	}
	if who.Role == nil {
		return v, nil
	}
	v.host = who.Role.ID
	rooms, err := s.agreementsOf(ctx, who)
	for _, room := range rooms {
		if id, ok := store.ParseID(room.ID); ok {
			v.agreements = append(v.agreements, id)
		}
	}
	return v, err
}

func (s *Service) agreementsOf(ctx context.Context, who member.Actor) ([]Room, error) {
	if s.agreements == nil || who.Role == nil {
		return nil, nil
	}
	return s.agreements.Of(ctx, who)
}

// Rooms lists the groups and the agreements for which she may call meetings. Who hosts
// nothing and has no agreement of several people gets not found.
func (s *Service) Rooms(ctx context.Context, who member.Actor, lang string) (groups, agreements []Room, err error) {
	if agreements, err = s.agreementsOf(ctx, who); err != nil {
		return nil, nil, err
	}
	if !mayHost(who) {
		if len(agreements) == 0 {
			return nil, nil, fault.Missing()
		}
		return nil, agreements, nil
	}
	if s.groups != nil {
		groups, err = s.groups.All(ctx, who, lang)
	}
	return groups, agreements, err
}

// with looks what somebody may see and then runs one transaction: the question goes to other
// areas and must not be asked while this one holds the database.
func (s *Service) with(ctx context.Context, who member.Actor, do func(tx *gorm.DB, v sight) error) error {
	v, err := s.look(ctx, who)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error { return do(tx, v) })
}

// one finds a meeting that somebody may see; what she may not see does not exist.
func one(ctx context.Context, db *gorm.DB, v sight, id store.ID) (Meeting, error) {
	rows, err := gorm.G[Meeting](db).Where("id = ?", id).Where(seen, v.where()...).Limit(1).Find(ctx)
	if err != nil {
		return Meeting{}, store.Translate(err)
	}
	if len(rows) == 0 {
		return Meeting{}, fault.Missing()
	}
	return rows[0], nil
}
