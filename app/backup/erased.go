package backup

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"portico/app/store"
)

// ErasedFile is the name of the list of what people deleted, which lies beside the backups.
const ErasedFile = "erased.log"

// erasedFirst is its first line; the day after it is when the server last looked after it.
const erasedFirst = "portico erased v1 "

// keptDays is how long backups are kept, and so how long the list must remember.
const keptDays = 30

// mark is one line of the list: the day and what store.ErasedMark made of table and number.
type mark struct{ day, mark string }

// Erased is the list of what people deleted in the last 30 days. Its lines are a day and a hash
// of a random number each: no account, no words. A restore leaves out what it names.
type Erased struct {
	// Upto is the day up to which the server has kept the list.
	Upto  string
	marks []mark
	known map[string]bool
}

// has reports whether the row with this number was erased. A nil list knows of nothing.
func (e *Erased) has(table string, id []byte) bool {
	return e != nil && e.known[store.ErasedMark(table, id)]
}

// ReadErased reads such a list.
func ReadErased(in io.Reader) (*Erased, error) {
	e := &Erased{known: map[string]bool{}}
	lines := bufio.NewScanner(in)
	if !lines.Scan() {
		return nil, cmp.Or(lines.Err(), errErased)
	}
	upto, ok := strings.CutPrefix(lines.Text(), erasedFirst)
	if e.Upto = upto; !ok || !store.IsDay(upto) {
		return nil, errErased
	}
	for lines.Scan() {
		day, text, ok := strings.Cut(lines.Text(), " ")
		if !ok || !store.IsDay(day) || !store.IsErasedMark(text) {
			return nil, errErased
		}
		e.add(day, text)
	}
	return e, lines.Err()
}

var errErased = errors.New("the list of what people deleted does not read: take another copy of it")

// Join takes in another list, of another server of the same portal. The older day counts.
func (e *Erased) Join(other *Erased) {
	e.Upto = min(e.Upto, other.Upto)
	for _, m := range other.marks {
		e.add(m.day, m.mark)
	}
}

func (e *Erased) add(day, text string) {
	if !e.known[text] {
		e.known[text] = true
		e.marks = append(e.marks, mark{day, text})
	}
}

// Keeper writes the list of one server: its queue of work does, one line after the other. Two
// servers do not share a file.
type Keeper struct {
	folder string
	clock  store.Clock
}

// NewKeeper looks after the list in a folder, which is made when something is to be written.
func NewKeeper(folder string, clock store.Clock) *Keeper {
	return &Keeper{folder: folder, clock: clock}
}

// Add writes one mark and returns when it is on disk. The same mark twice changes nothing.
func (k *Keeper) Add(text string) error {
	if !store.IsErasedMark(text) {
		return errErased
	}
	return k.change(func(e *Erased) { e.add(k.clock.Today(), text) })
}

// Tidy drops what is older than every backup and says that the list is kept up to today.
func (k *Keeper) Tidy() error {
	first := k.clock.DayAfter(-keptDays)
	return k.change(func(e *Erased) {
		e.marks = slices.DeleteFunc(e.marks, func(m mark) bool { return m.day < first })
	})
}

// change writes the list anew, in the order of days and marks and not of what happened, and
// puts it in the place of the old one in one step.
func (k *Keeper) change(fn func(*Erased)) (err error) {
	path := filepath.Join(k.folder, ErasedFile)
	e := &Erased{known: map[string]bool{}}
	in, err := os.Open(path)
	if err == nil {
		e, err = ReadErased(in)
		err = errors.Join(err, in.Close())
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("read %s: %w", path, err)
	}
	fn(e)
	slices.SortFunc(e.marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.mark, b.mark)) })
	var b strings.Builder
	b.WriteString(erasedFirst + k.clock.Today() + "\n")
	for _, m := range e.marks {
		b.WriteString(m.day + " " + m.mark + "\n")
	}
	if err := os.MkdirAll(k.folder, 0o700); err != nil {
		return fmt.Errorf("make the folder for backups: %w", err)
	}
	return replace(path, b.String())
}

// replace writes a file whole or not at all.
func replace(path, text string) error {
	fresh := path + ".new"
	f, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(fresh)))
	}
	return nil
}
