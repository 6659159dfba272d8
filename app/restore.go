package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"filippo.io/age"

	"portico/app/backup"
	"portico/app/config"
	"portico/app/store"
)

// restore writes a backup into an empty database.
func restore(ctx context.Context, cfg config.Config, args []string) error {
	flags := flag.NewFlagSet("restore", flag.ContinueOnError)
	key := flags.String("key", "", "file with the secret half of a key, as age-keygen writes it")
	var lists []string
	flags.Func("erased", "list of what people deleted since; without it, erased.log beside the file and in PORTICO_BACKUPS", func(path string) error { lists = append(lists, path); return nil })
	without := flags.Bool("without-erased", false, "there is no such list any more: what people deleted since the backup comes back")
	file, identities, err := backupAndKey(flags, args, key)
	if err != nil {
		return err
	}
	defer file.Close()
	var erased *backup.Erased
	if !*without {
		if erased, err = readErased(lists, filepath.Dir(file.Name()), cfg.BackupFolder()); err != nil {
			return err
		}
	}
	var left backup.Left
	c, err := intoEmpty(cfg, func(db *store.Store) (c backup.Contents, err error) {
		c, left, err = backup.Restore(ctx, file, identities, backup.Target{DB: db, Secrets: cfg.SecretsFile(), Erased: erased})
		return c, err
	})
	if errors.Is(err, backup.ErrNotEmpty) {
		return fmt.Errorf("%w. A backup is restored into an empty database: give another PORTICO_DATA or PORTICO_DATABASE, and keep what is there until you are sure", err)
	}
	if err != nil {
		return err
	}
	fmt.Printf("The backup of %s is restored: %d rows, and the secrets in %s. Everybody is signed out.\n", c.Made, c.Rows(), cfg.SecretsFile())
	tellErased(erased, left, c.Made)
	fmt.Printf("Keys that people changed after %s are the old ones again; every page for signing in says so.\nNext: start the server, sign in, look around, and make a new backup. Take the key file away from this machine.\n", c.Made)
	return nil
}

func tellErased(erased *backup.Erased, left backup.Left, made string) {
	if erased == nil {
		fmt.Printf("Without the list of what people deleted after %s, all of that is back: say so to everybody.\n", made)
		return
	}
	fmt.Printf("What people deleted up to %s stays deleted: %d posts and %d accounts are left out.\n", erased.Upto, left.Posts, left.Accounts)
	if left.Roles > 0 {
		fmt.Printf("%d people with a role had left: the server ends their roles again when it starts, before it serves.\n", left.Roles)
	}
	fmt.Printf("What people changed and moderators decided after %s is as it was before: look through the queue and the forum with that in mind.\n", made)
	if erased.Upto < made {
		fmt.Println("Careful: the list of what people deleted is older than the backup. What they deleted since is back.")
	}
}

// readErased reads the lists that were named, or those in the usual places.
func readErased(named []string, folders ...string) (*backup.Erased, error) {
	usual := len(named) == 0
	if usual {
		for _, folder := range folders {
			named = append(named, filepath.Join(folder, backup.ErasedFile))
		}
	}
	var all *backup.Erased
	for _, path := range slices.Compact(named) {
		in, err := os.Open(path)
		if usual && errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list, err := backup.ReadErased(in)
		if err = errors.Join(err, in.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if all == nil {
			all = list
		} else {
			all.Join(list)
		}
	}
	if all == nil {
		return nil, errors.New("there is no erased.log beside the backup or in PORTICO_BACKUPS, and nothing was written: it names what people deleted after the backup, which would come back. Put it there, name it with -erased, or, if it is lost for good, say -without-erased")
	}
	return all, nil
}

// backupAndKey reads the options and opens the backup and the key.
func backupAndKey(flags *flag.FlagSet, args []string, key *string) (*os.File, []age.Identity, error) {
	if err := flags.Parse(args); err != nil {
		return nil, nil, err
	}
	if flags.NArg() != 1 {
		return nil, nil, errors.New("name one backup, after the options")
	}
	if *key == "" {
		return nil, nil, errors.New("a backup opens only with a key: -key names the file with its secret half")
	}
	in, err := os.Open(*key)
	if err != nil {
		return nil, nil, err
	}
	identities, err := backup.Identities(io.LimitReader(in, 1<<20))
	if err = errors.Join(err, in.Close()); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", *key, err)
	}
	file, err := os.Open(flags.Arg(0))
	return file, identities, err
}
