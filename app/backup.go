package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"portico/app/backup"
	"portico/app/config"
	"portico/app/store"
)

// backUp writes everything into one sealed file, also while the server runs.
func backUp(ctx context.Context, cfg config.Config, args []string) error {
	to := cfg.Recipients()
	flags := flag.NewFlagSet("backup", flag.ContinueOnError)
	flags.Func("to", "public key (age1…) of somebody who can open the backup; at least two, else those of PORTICO_BACKUP_RECIPIENTS", func(key string) error { to = append(to, key); return nil })
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 1 {
		return errors.New("name one file or folder, after the options")
	}
	recipients, err := backup.Recipients(to)
	if err != nil {
		return err
	}
	db, err := existing(cfg)
	if err != nil {
		return err
	}
	path, ours, err := backup.FileFor(cmp.Or(flags.Arg(0), cfg.BackupFolder()), db.Time())
	if err != nil {
		return errors.Join(err, db.Close())
	}
	c, err := backup.File(ctx, db, cfg.SecretsFile(), recipients, path)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	fmt.Printf("Everything as it is now, %d rows of %d tables and the server's secrets, is in %s.\nIt is sealed for %d people; nothing on this server can open it.\n", c.Rows(), len(c.Tables), path, len(recipients))
	if ours {
		gone, err := backup.DropOld(filepath.Dir(path), db.Time())
		if err != nil {
			return err
		}
		for _, name := range gone {
			fmt.Printf("%s was older than 30 days and is deleted.\n", name)
		}
	}
	fmt.Printf("Next: copy it to another place, and with it, each time, %s: that list keeps deleted what people delete from now on.\nWhere a key is kept, \"verify -key KEYFILE FILE\" shows that the copy is whole.\n", filepath.Join(cfg.BackupFolder(), backup.ErasedFile))
	for _, name := range backup.KeysIn(cfg.Data, filepath.Dir(path)) {
		fmt.Printf("Careful: %s holds the secret half of a key. Whoever takes this server's disk opens the backups with it. Take it away and delete it here.\n", name)
	}
	return nil
}

// verifyBackup checks a backup without restoring it and says what it holds.
func verifyBackup(_ context.Context, _ config.Config, args []string) error {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	key := flags.String("key", "", "file with the secret half of a key, as age-keygen writes it")
	list := flags.Bool("list", false, "say the number of rows and the checksum of each table")
	file, identities, err := backupAndKey(flags, args, key)
	if err != nil {
		return err
	}
	defer file.Close()
	c, err := backup.Verify(file, identities)
	if err != nil {
		return err
	}
	fmt.Printf("This backup of %s is whole: %d rows of %d tables (schema %d) and the server's secrets.\n", c.Made, c.Rows(), len(c.Tables), c.Schema)
	fmt.Printf("Among them %d accounts of members, %d of people with a role, %d topics with %d posts.\nNobody is signed in after it is restored.\n", c.In("accounts"), c.In("role_accounts"), c.In("topics"), c.In("posts"))
	if *list {
		for _, t := range c.Tables {
			fmt.Printf("%s\t%d\t%s\n", t.Table, t.Rows, t.Sum)
		}
	}
	return nil
}

// moveDatabase copies everything from one engine to the other.
func moveDatabase(ctx context.Context, cfg config.Config, args []string) error {
	flags := flag.NewFlagSet("move", flag.ContinueOnError)
	to := flags.String("to", "", "postgres://… of an empty database, or sqlite for the file in PORTICO_DATA")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is no option of move", flags.Arg(0))
	}
	target := cfg
	switch {
	case *to == "sqlite":
		target.Database = ""
	case strings.HasPrefix(*to, "postgres://") || strings.HasPrefix(*to, "postgresql://") || strings.Contains(*to, "host="):
		target.Database = *to
	default:
		return errors.New("say where to: -to postgres://… or -to sqlite")
	}
	if target.Database == cfg.Database {
		return errors.New("the portal is there already: -to names the database that PORTICO_DATABASE names")
	}
	from, err := existing(cfg)
	if err != nil {
		return err
	}
	c, err := intoEmpty(target, func(db *store.Store) (backup.Contents, error) { return backup.Move(ctx, from, db) })
	if err = errors.Join(err, from.Close()); err != nil {
		return err
	}
	fmt.Printf("%d rows of %d tables are in the new database, each compared with the old one. Whoever is signed in stays so.\n", c.Rows(), len(c.Tables))
	if target.Database == "" {
		fmt.Println("Next: take PORTICO_DATABASE out of the settings and start the server.")
	} else {
		fmt.Println("Next: set PORTICO_DATABASE to the new address and start the server. PORTICO_DATA stays: secrets.key is there.")
	}
	fmt.Println("The old database still holds everything. When the new one serves well, delete the old one.")
	return nil
}

// existing opens the database of the settings. A SQLite file is never made here.
func existing(cfg config.Config) (*store.Store, error) {
	if path := cfg.SQLite(); path != "" {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("there is no database at %s: say where it is with PORTICO_DATA or PORTICO_DATABASE", path)
		}
	}
	return store.Open(store.Address{SQLite: cfg.SQLite(), Postgres: cfg.Database}, store.RealClock(cfg.Location()), logger())
}

// intoEmpty opens the database that something is written into, and leaves no file of it when
// that went wrong.
func intoEmpty(cfg config.Config, write func(*store.Store) (backup.Contents, error)) (backup.Contents, error) {
	fresh := false
	if path := cfg.SQLite(); path != "" {
		if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
			return backup.Contents{}, err
		}
		_, err := os.Stat(path)
		fresh = errors.Is(err, os.ErrNotExist)
	}
	db, err := store.Open(store.Address{SQLite: cfg.SQLite(), Postgres: cfg.Database}, store.RealClock(cfg.Location()), logger())
	if err != nil {
		return backup.Contents{}, err
	}
	c, err := write(db)
	err = errors.Join(err, db.Close())
	if err != nil && fresh {
		for _, end := range []string{"", "-wal", "-shm"} {
			if gone := os.Remove(cfg.SQLite() + end); gone != nil && !errors.Is(gone, os.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}
	return c, err
}
