package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/pquerna/otp/totp"

	"portico/app/config"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/server"
	"portico/app/store"
	"portico/app/vault"
	"portico/seed"
)

// community is the database of a run with the people who live in it.
type community struct {
	config  config.Config
	clock   store.Clock
	secrets *vault.Server
	door    doorkeeper
	corpus  corpus
	boards  []string // of everybody and of members
	public  []string // of everybody
	lots    []*lot
	team    map[string]member.Actor // by handle
	about   Machine

	published, peers int // texts and people with logs so far, see surround
}

// settings are those of a real host, on a port of this machine.
func settings(folder, database string) config.Config {
	return config.Config{
		Listen: "127.0.0.1:0", Database: database, Data: folder, Env: "production", Origin: "https://" + host, Lang: "en", Country: "IT", Zone: "Europe/Rome",
	}
}

// environment is the same for a program that is started.
func environment(c config.Config) []string {
	return []string{"PORTICO_LISTEN=" + c.Listen, "PORTICO_DATABASE=" + c.Database, "PORTICO_DATA=" + c.Data, "PORTICO_ENV=" + c.Env, "PORTICO_ORIGIN=" + c.Origin}
}

// found makes the database, the boards and the team, by the verbs that people use.
func found(ctx context.Context, c config.Config) (*community, error) {
	texts, err := readCorpus()
	if err != nil {
		return nil, err
	}
	clock := store.RealClock(c.Location())
	s, err := server.Open(ctx, c, server.Options{Clock: clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	b := &community{config: c, clock: clock, secrets: s.Secrets, corpus: texts, team: map[string]member.Actor{}}
	b.door = newDoorkeeper(s.Secrets, s.Salt, clock)
	err = b.settle(ctx, s)
	if err == nil {
		b.about, err = describe(ctx, s.Store, clock.Now())
	}
	return b, errors.Join(err, s.Store.Close())
}

func (b *community) settle(ctx context.Context, s *server.Server) error {
	boards, err := seed.Boards()
	if err != nil {
		return err
	}
	if err := s.Forum.SetUpBoards(ctx, boards); err != nil {
		return fmt.Errorf("set up the boards: %w", err)
	}
	for _, board := range boards {
		switch board.Audience {
		case forum.Public:
			b.public = append(b.public, board.Slug)
			b.boards = append(b.boards, board.Slug)
		case forum.Members:
			b.boards = append(b.boards, board.Slug)
		}
	}
	first, err := s.Members.OfferFirstAdmin(ctx)
	if err != nil {
		return err
	}
	if err := b.takeUp(ctx, s, first, "head"); err != nil {
		return err
	}
	desk, err := s.Members.OfferRoles(ctx, b.team["head"], []member.Role{member.RoleModerator, member.RolePeer})
	if err != nil {
		return err
	}
	return b.takeUp(ctx, s, desk, "desk")
}

// takeUp follows a role link with the passphrase and the second factor that it proposes.
func (b *community) takeUp(ctx context.Context, s *server.Server, link, handle string) error {
	offer, err := s.Members.ReadLink(ctx, link, "Portico")
	if err != nil {
		return err
	}
	code, err := totp.GenerateCode(offer.Factor, b.clock.Now())
	if err != nil {
		return err
	}
	opened, err := s.Members.TakeUp(ctx, link, member.RoleForm{Handle: handle, Passphrase: offer.Passphrase, Code: code, Ticket: offer.Ticket})
	b.team[handle] = opened.Actor
	return err
}

// grow adds a lot of so many talks with its members, while no server runs.
func (b *community) grow(ctx context.Context, topics int) (*lot, error) {
	l := newLot(uint64(len(b.lots)+1), b.corpus, b.boards, b.clock.Now().In(b.clock.Zone), topics)
	err := b.load(ctx, true, append([]rows{b.door.accounts(l)}, l.tables(b.clock)...)...)
	if err != nil {
		return nil, err
	}
	b.lots = append(b.lots, l)
	b.about.Posts, b.about.Topics = b.about.Posts+l.posts(), b.about.Topics+topics
	return l, nil
}

// load writes rows in bulk; bare is for many.
func (b *community) load(ctx context.Context, bare bool, tables ...rows) error {
	if b.config.Database != "" {
		return postgresLoader{b.config.Database}.load(ctx, tables, bare)
	}
	return sqliteLoader{b.config.SQLite()}.load(ctx, tables, bare)
}

// seat opens so many sessions of the members of a lot, in the table where sessions are.
func (b *community) seat(ctx context.Context, l *lot, n int) ([]seat, error) {
	seats := b.door.seats(l, n)
	list, err := b.door.sessions(seats)
	if err != nil {
		return nil, err
	}
	return seats, b.load(ctx, false, list)
}

// cookie is the session cookie of somebody of the team at this moment.
func (b *community) cookie(handle string) string {
	return b.secrets.Cookie(b.team[handle].Token, b.clock.Now())
}

// file is a path in the folder of the run.
func (b *community) file(name string) string { return filepath.Join(b.config.Data, name) }

// stretch is how long something took, for the progress lines.
func stretch(since time.Time) string { return time.Since(since).Round(100 * time.Millisecond).String() }
