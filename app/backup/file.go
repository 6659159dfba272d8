package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"portico/app/store"
)

// The name that backups get in a folder: the minute in UTC stands between the two.
const (
	nameFirst = "portico-"
	nameLast  = ".age"
	nameTime  = "2006-01-02T1504"
)

// FileFor says where a backup goes: into the file that was named, or under a name of ours into
// a folder, which is made when it is missing and the name looks like none of a file.
func FileFor(named string, now time.Time) (path string, ours bool, err error) {
	info, err := os.Stat(named)
	if err == nil && !info.IsDir() {
		return "", false, fmt.Errorf("%s is there already, and a backup never writes over anything: name another file", named)
	}
	if err != nil && filepath.Ext(named) != "" {
		return named, false, nil
	}
	if err != nil {
		if err := os.MkdirAll(named, 0o700); err != nil {
			return "", false, fmt.Errorf("make the folder for backups: %w", err)
		}
	}
	return filepath.Join(named, nameFirst+now.UTC().Format(nameTime)+nameLast), true, nil
}

// File writes a backup into a new file, readable for its owner only. When something goes wrong
// no file stays.
func File(ctx context.Context, db *store.Store, secrets string, to []age.Recipient, path string) (Contents, error) {
	text, err := os.ReadFile(secrets)
	if errors.Is(err, os.ErrNotExist) {
		return Contents{}, fmt.Errorf("%s is missing: without it a backup would be worth nothing. Look at PORTICO_DATA", secrets)
	}
	if err != nil {
		return Contents{}, err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return Contents{}, fmt.Errorf("%s is there already, and a backup never writes over anything: name another file", path)
	}
	if err != nil {
		return Contents{}, fmt.Errorf("write the backup: %w", err)
	}
	c, err := Write(ctx, db, text, to, out)
	if err == nil {
		err = out.Sync()
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return c, fmt.Errorf("no backup was made: %w", errors.Join(err, os.Remove(path)))
	}
	return c, nil
}

// DropOld deletes backups of ours in a folder that are older than 30 days, by their names: what
// people deleted must not live on in backups. It returns the paths.
func DropOld(folder string, now time.Time) (gone []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		middle, ok := strings.CutPrefix(entry.Name(), nameFirst)
		middle, also := strings.CutSuffix(middle, nameLast)
		made, err := time.Parse(nameTime, middle)
		if !ok || !also || err != nil || !made.Before(now.UTC().AddDate(0, 0, -keptDays)) {
			continue
		}
		path := filepath.Join(folder, entry.Name())
		if err := os.Remove(path); err != nil {
			return gone, err
		}
		gone = append(gone, path)
	}
	return gone, nil
}

// smallest is how large a file may be to be looked at for a key: files with keys are short.
const smallest = 64 << 10

// KeysIn names the files in some folders that hold the secret half of a key of age, which must
// not lie where the backups are made.
func KeysIn(folders ...string) (found []string) {
	looked := map[string]bool{}
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil || looked[filepath.Clean(folder)] {
			continue
		}
		looked[filepath.Clean(folder)] = true
		for _, entry := range entries {
			info, err := entry.Info()
			if err != nil || !info.Mode().IsRegular() || info.Size() > smallest {
				continue
			}
			path := filepath.Join(folder, entry.Name())
			if text, err := os.ReadFile(path); err == nil && bytes.Contains(text, []byte("AGE-SECRET-KEY-")) {
				found = append(found, path)
			}
		}
	}
	return found
}
