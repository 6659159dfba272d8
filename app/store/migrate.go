package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"

	"portico/app/vault"
)

//go:embed migrations
var migrations embed.FS

// Migrations returns the SQL files of one engine, for the gate that holds both to one another.
func Migrations(postgres bool) fs.FS {
	folder := "migrations/sqlite"
	if postgres {
		folder = "migrations/postgres"
	}
	sub, err := fs.Sub(migrations, folder)
	if err != nil {
		panic("store: the migrations are embedded: " + err.Error())
	}
	return sub
}

// ErrNewer says that the database was written by a newer program.
var ErrNewer = errors.New("the database is newer than this program: start the newer program, or restore a backup")

// Migrate brings the schema up to date. It refuses a schema that is newer than the program.
func (s *Store) Migrate(ctx context.Context) error { return s.MigrateTo(ctx, newest) }

// newest stands for the last migration that the program knows.
const newest = -1

// MigrateTo brings an older or empty database to one version of the schema: a backup is
// restored under the schema that it was made with. It never goes back.
func (s *Store) MigrateTo(ctx context.Context, version int64) error {
	raw, err := s.DB.DB()
	if err != nil {
		return err
	}
	dialect := goose.DialectSQLite3
	if s.postgres {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, raw, Migrations(s.postgres))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	at, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	sources := provider.ListSources()
	last := sources[len(sources)-1].Version
	if version == newest {
		version = last
	}
	if at > version || version > last {
		return ErrNewer
	}
	if _, err := provider.UpTo(ctx, version); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Fact is one row of the table "site": what this instance must remember about itself.
type Fact struct {
	Name  string `gorm:"primaryKey"`
	Value []byte
}

// TableName names the table.
func (Fact) TableName() string { return "site" }

// Names of the facts.
const (
	factSecrets = "secrets_id"
	factSalt    = "salt"
	factDemo    = "demo"
)

// ErrOtherSecrets says that the secrets file is not the one this database was made with.
var ErrOtherSecrets = errors.New("the secrets file does not belong to this database: put back the file it was made with")

// Claimed reports whether some secrets file belongs to this database already.
func (s *Store) Claimed(ctx context.Context) (bool, error) {
	value, err := s.fact(ctx, factSecrets)
	return value != nil, err
}

// Claim ties an empty database to the server's secrets, or checks that they belong together.
// It returns the site's salt for member keys.
func (s *Store) Claim(ctx context.Context, server *vault.Server) (salt []byte, err error) {
	id, err := s.fact(ctx, factSecrets)
	if err != nil {
		return nil, err
	}
	if id == nil {
		salt = vault.Random(16)
		err = s.Tx(ctx, func(tx *gorm.DB) error {
			facts := []Fact{{factSecrets, server.ID()}, {factSalt, salt}}
			return gorm.G[Fact](tx).CreateInBatches(ctx, &facts, 10)
		})
		return salt, err
	}
	if string(id) != string(server.ID()) {
		return nil, ErrOtherSecrets
	}
	return s.fact(ctx, factSalt)
}

// MarkDemo remembers that this database holds the demonstration, which production refuses.
func (s *Store) MarkDemo(ctx context.Context) error {
	return s.Tx(ctx, func(tx *gorm.DB) error {
		return gorm.G[Fact](tx).Create(ctx, &Fact{factDemo, []byte{1}})
	})
}

// IsDemo reports whether this database holds the demonstration.
func (s *Store) IsDemo(ctx context.Context) (bool, error) {
	value, err := s.fact(ctx, factDemo)
	return value != nil, err
}

func (s *Store) fact(ctx context.Context, name string) ([]byte, error) {
	rows, err := gorm.G[Fact](s.DB).Where("name = ?", name).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return nil, Translate(err)
	}
	return rows[0].Value, nil
}
