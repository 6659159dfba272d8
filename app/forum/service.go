package forum

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"sync"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// Queue is where posts wait for a moderator. The desk implements it; the forum only puts
// cases in and takes them back, inside its own transactions.
type Queue interface {
	// Put adds a case, or raises the one that waits already.
	Put(ctx context.Context, tx *gorm.DB, c moderation.Case) error
	// Drop removes whatever waits about a post.
	Drop(ctx context.Context, tx *gorm.DB, post store.ID) error
	// Terms are the words that this host watches, read anew for each post: a term that was
	// just added holds on every server.
	Terms(ctx context.Context, db *gorm.DB) ([]moderation.Term, error)
}

// Service holds the verbs of the forum. Each exported verb is one transaction.
type Service struct {
	store *store.Store
	queue Queue
	// lookAnyway decides whether a trusted voice's post gets the same look as a
	// newcomer's: one in twenty, so that a held post never means "newcomer".
	lookAnyway func() bool
	// company remembers for a day in which languages few people write.
	company sync.Map
}

// New makes the service.
func New(s *store.Store, queue Queue) *Service {
	return &Service{store: s, queue: queue, lookAnyway: oneIn(randomLook)}
}

// WithLook replaces the draw that gives trusted posts a look, for tests and the demonstration.
func (s *Service) WithLook(draw func() bool) *Service {
	s.lookAnyway = draw
	return s
}

func oneIn(n uint64) func() bool {
	return func() bool {
		var b [8]byte
		rand.Read(b[:])
		return binary.BigEndian.Uint64(b[:])%n == 0
	}
}

// Receipt says what became of a draft.
type Receipt struct {
	Topic  store.ID
	Post   store.ID
	Stored bool // false when the author has to look at findings first
	Held   bool // a moderator reads it before others do
	// Verdict holds the exact words that screening found, for the author alone.
	Verdict moderation.Verdict
}

// judged is a draft after screening.
type judged struct {
	verdict moderation.Verdict
	hold    bool
	stop    bool // not stored: she edits, insists, or it is refused
}

// screen looks at words before anything is stored. What endangers somebody is never
// refused: a person who writes that her passport is kept may need help.
func (s *Service) screen(ctx context.Context, db *gorm.DB, d Draft) (judged, error) {
	terms, err := s.queue.Terms(ctx, db)
	if err != nil {
		return judged{}, err
	}
	v := moderation.Screen(screenedText(d.Title, d.Warning, d.Body), spokenIn(d.Lang), terms)
	switch v.Outcome {
	case moderation.Refuse:
		return judged{verdict: v, stop: true}, nil
	case moderation.Warn:
		return judged{verdict: v, stop: !d.Insist, hold: true}, nil
	case moderation.Hold:
		return judged{verdict: v, hold: true}, nil
	}
	return judged{verdict: v}, nil
}

// rules lists the rules that a verdict speaks of, without doubles. Ordinary links are not
// worth a moderator's eye.
func rules(v moderation.Verdict) []string {
	var ids []string
	seen := map[string]bool{}
	for _, f := range v.Findings {
		if f.Outcome != moderation.Publish && !seen[f.Rule] {
			seen[f.Rule] = true
			ids = append(ids, f.Rule)
		}
	}
	return ids
}

// FirstLook is the one reason shown for posts that wait without any finding: no ordinal,
// no "newcomer", because a durable mark would join three posts in three topics.
const FirstLook = "first-look"

func (s *Service) caseOf(p Post, board string, v moderation.Verdict) moderation.Case {
	reasons := rules(v)
	if len(reasons) == 0 {
		reasons = []string{FirstLook}
	}
	return moderation.Case{Kind: moderation.Look, Post: p.ID, Board: board, Lang: p.Lang, Urgency: v.Urgency, Reasons: reasons}
}

// index puts a shown post into SQLite's word index; PostgreSQL indexes the column itself.
func (s *Service) index(tx *gorm.DB, p Post) error {
	if s.store.Postgres() {
		return nil
	}
	return tx.Exec("INSERT INTO post_words (rowid, toks) VALUES (?, ?)", p.SearchID, p.Toks).Error
}

// unindex takes a post's words out for good: the special delete of a contentless index,
// with secure-delete, is the only form that leaves no word in the file.
func (s *Service) unindex(tx *gorm.DB, p Post) error {
	if s.store.Postgres() {
		return nil
	}
	return tx.Exec("INSERT INTO post_words (post_words, rowid, toks) VALUES ('delete', ?, ?)", p.SearchID, p.Toks).Error
}

func notFound() *fault.Error { return fault.New(fault.NotFound, "error.missing") }

// signature says under what a person posts: a badge, openly, or a tag.
func signature(p *Post, who member.Actor, mode NameMode, tag []byte) {
	if mode == ByHandle && who.Colleague() {
		p.RoleAccountID, p.Handle, p.Badge = who.Role.ID, who.Role.Handle, badge(who)
		return
	}
	p.Tag = tag
}

// badgeOrder is which role shows when somebody has several: what she answers as, first.
var badgeOrder = []member.Role{
	member.RolePeer, member.RoleLeader, member.RoleMediator, member.RoleSupervisor, member.RoleModerator,
	member.RoleCoordinator, member.RoleAdmin,
}

func badge(who member.Actor) string {
	for _, r := range badgeOrder {
		if who.Has(r) {
			return string(r)
		}
	}
	return ""
}
