package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"portico/app/backup"
	"portico/app/store"
)

// Backups is what lies in the folder for backups.
type Backups struct {
	Folder     string
	Now        time.Time
	Today      string
	Production bool
	Failure    error
	// Count is how many backups there are; Newest when the newest was made, Empty that it
	// holds nothing.
	Count  int
	Newest time.Time
	Empty  bool
	// Old are the names of those that are older than thirty days.
	Old []string
	// List is the day up to which the list of what people deleted is kept, "" without one;
	// ListFailure says why it does not read.
	List        string
	ListFailure error
	// ListPath is where the list belongs.
	ListPath string
}

const (
	freshFor = 8 * 24 * time.Hour  // a week, and a day in which somebody notices
	keptFor  = 30 * 24 * time.Hour // then what people deleted must be gone from backups too
)

// lookAtBackups reads the folder of the backups, and the list beside which the server keeps it.
func lookAtBackups(folder, lists string, clock store.Clock, production bool) Backups {
	b := Backups{Folder: folder, Now: clock.Time(), Today: clock.Today(), Production: production, ListPath: filepath.Join(lists, backup.ErasedFile)}
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		b.Failure = err
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || filepath.Ext(entry.Name()) != ".age" {
			continue
		}
		b.Count++
		made := madeAt(entry.Name(), info.ModTime())
		if made.After(b.Newest) {
			b.Newest, b.Empty = made, info.Size() == 0
		}
		if b.Now.Sub(made) > keptFor {
			b.Old = append(b.Old, entry.Name())
		}
	}
	in, err := os.Open(b.ListPath)
	if errors.Is(err, fs.ErrNotExist) {
		return b
	}
	if err != nil {
		b.ListFailure = err
		return b
	}
	list, err := backup.ReadErased(in)
	if b.ListFailure = errors.Join(err, in.Close()); b.ListFailure == nil {
		b.List = list.Upto
	}
	return b
}

// madeAt reads the minute in a name that the backup command gave, which survives copying; any
// other file is as old as its last change.
func madeAt(name string, changed time.Time) time.Time {
	minute := strings.TrimSuffix(strings.TrimPrefix(name, "portico-"), ".age")
	if made, err := time.Parse("2006-01-02T1504", minute); err == nil {
		return made
	}
	return changed
}

// Findings judges the backups.
func (b Backups) Findings() []Finding {
	f := &findings{check: "backups"}
	b.fresh(f)
	if len(b.Old) > 0 {
		f.mend(fmt.Sprintf("%d backups are older than 30 days, and hold what people have deleted since: %s.", len(b.Old), strings.Join(b.Old, ", ")),
			"Delete them here and wherever copies of them are.")
	}
	switch {
	case b.ListFailure != nil:
		f.mend(fmt.Sprintf("%s does not read: %v.", b.ListPath, b.ListFailure), "Put back a copy of it; without it a restore brings back what people deleted.")
	case b.List == "":
		f.look(fmt.Sprintf("There is no %s, which keeps deleted what people deleted.", b.ListPath), "The server makes it when it starts; if it ran, look at PORTICO_BACKUPS.")
	case store.DaysBetween(b.List, b.Today) > nightsLook:
		f.look(fmt.Sprintf("The list of what people deleted was last kept on %s.", b.List), "Start the server, or look whether it may write into the folder of the list.")
	}
	return f.or("The newest backup is of %s, and none is older than 30 days. Whether it opens, only \"verify\" with a key shows.", b.Newest.Format(time.DateOnly))
}

// fresh judges the age of the newest backup.
func (b Backups) fresh(f *findings) {
	missing := f.look
	if b.Production {
		missing = f.mend
	}
	const do = "Run the backup command, and see that its timer does (systemctl list-timers portico-backup.timer)."
	switch age := b.Now.Sub(b.Newest); {
	case b.Failure != nil:
		f.mend(fmt.Sprintf("The folder for backups cannot be read: %v.", b.Failure), "Look who may read it, and at PORTICO_BACKUPS.")
	case b.Count == 0:
		missing(fmt.Sprintf("There is no backup in %s.", b.Folder), do)
	case b.Empty:
		f.mend("The newest backup is an empty file.", do)
	case age > keptFor:
		missing(fmt.Sprintf("The newest backup is of %s, more than 30 days ago.", b.Newest.Format(time.DateOnly)), do)
	case age > freshFor:
		f.look(fmt.Sprintf("The newest backup is of %s, more than 8 days ago.", b.Newest.Format(time.DateOnly)), do)
	case age < -apartMend:
		f.look("The newest backup was made after now.", "Set the clock: see above.")
	}
}
