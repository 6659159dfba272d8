package forum

import (
	"context"
	"slices"
	"sync"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// sight is what one person may see: audiences that follow from who she is, and the boards
// of the groups that let her in.
type sight struct {
	audiences []Audience
	groups    []string // group boards that she reads and writes on
	out       []string // group boards that a moderator put her out of
	outTags   [][]byte // her tags in the talks whose voice carries that mark
}

// readable is the condition on the table boards that a sight fits.
const readable = "(audience IN ? OR slug IN ?)"

// where are the arguments of readable.
func (v sight) where() []any { return []any{v.audiences, v.groups} }

// audiencesOf lists the audiences that a person belongs to. Group is never among them: a
// group is open to its own people alone, board by board.
func audiencesOf(who member.Actor) []Audience {
	seen := []Audience{Public}
	if who.SignedIn() {
		seen = append(seen, Members)
	}
	if who.Has(member.RolePeer, member.RoleLeader, member.RoleMediator, member.RoleSupervisor, member.RoleModerator) {
		seen = append(seen, Peers)
	}
	return seen
}

// look finds out what somebody may see: nothing to ask for a visitor, one query while there
// is no group, two with groups. Her voices that were put out are found from the few that
// are marked, because those tags can be computed, and not from her whole trail.
func look(ctx context.Context, db *gorm.DB, who member.Actor) (sight, error) {
	v := sight{audiences: audiencesOf(who)}
	if !who.SignedIn() {
		return v, nil
	}
	var rows []struct {
		Board   string
		TopicID store.ID
		Tag     store.Bytes
	}
	err := db.WithContext(ctx).Raw(`SELECT slug AS board, NULL AS topic_id, NULL AS tag FROM boards WHERE audience = ?
		UNION ALL SELECT t.board, v.topic_id, v.tag FROM voices v JOIN topics t ON t.id = v.topic_id WHERE v.board_out`, Group).Scan(&rows).Error
	if err != nil {
		return v, store.Translate(err)
	}
	var slugs []string
	for _, row := range rows {
		if len(row.Tag) == 0 {
			slugs = append(slugs, row.Board)
		} else if hasTag(who.Tags(purposeTopic, row.TopicID), row.Tag) {
			v.out, v.outTags = append(v.out, row.Board), append(v.outTags, row.Tag)
		}
	}
	if len(slugs) == 0 {
		return v, nil
	}
	var tags [][]byte
	for _, slug := range slugs {
		tags = append(tags, boardTags(who, slug)...)
	}
	for batch := range slices.Chunk(tags, 400) {
		mine, err := gorm.G[BoardMember](db).Where("tag IN ?", batch).Find(ctx)
		if err != nil {
			return v, store.Translate(err)
		}
		for _, m := range mine {
			// The row must stand under her tag of this very board.
			if hasTag(boardTags(who, m.Board), m.Tag) && !slices.Contains(v.out, m.Board) {
				v.groups = append(v.groups, m.Board)
			}
		}
	}
	return v, nil
}

func hasTag(tags [][]byte, tag []byte) bool {
	return slices.ContainsFunc(tags, func(own []byte) bool { return string(own) == string(tag) })
}

// onceKey is where Once keeps what one request found out.
type onceKey struct{}

type once struct {
	mu    sync.Mutex
	sight map[string]sight // by session
}

// Once makes a context in which what a person may see is asked of the database a single
// time. It is for one request: a page asks several verbs, and each begins with this.
func Once(ctx context.Context) context.Context {
	return context.WithValue(ctx, onceKey{}, &once{sight: map[string]sight{}})
}

// sees returns what somebody may see, remembered for this request where Once was called.
// Verbs that write look anew, inside their transaction.
func sees(ctx context.Context, db *gorm.DB, who member.Actor) (sight, error) {
	memo, ok := ctx.Value(onceKey{}).(*once)
	if !ok || !who.SignedIn() {
		return look(ctx, db, who)
	}
	name := string(who.Newest().Owner())
	if who.Role != nil {
		name += who.Role.ID.String()
	}
	memo.mu.Lock()
	defer memo.mu.Unlock()
	if v, known := memo.sight[name]; known {
		return v, nil
	}
	v, err := look(ctx, db, who)
	if err == nil {
		memo.sight[name] = v
	}
	return v, err
}
