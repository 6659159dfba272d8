package doctor

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"

	"portico/app/vault"
)

// FileSystem is a kind of file system that matters to a database.
type FileSystem string

// The kinds. Plain is any other, or not known.
const (
	Plain   FileSystem = ""
	Network FileSystem = "network"
	Memory  FileSystem = "memory"
	Layer   FileSystem = "layer"
)

// Disk is what is known of one folder that the server writes to.
type Disk struct {
	Folder string
	// Failure says why a file could not be written, forced to the disk, read back and removed.
	Failure error
	// Known says that Free and Total, in bytes, are.
	Known       bool
	Free, Total uint64
	Kind        FileSystem
	// Database is the size of the embedded database in this folder in bytes, 0 when it is elsewhere.
	Database uint64
	// Stamp is the time that the disk gave a file, WroteAt ours at that moment.
	Stamp, WroteAt time.Time
}

const (
	mebibyte   = 1 << 20
	gibibyte   = 1 << 30
	leastFree  = 256 * mebibyte
	betterFree = gibibyte
)

// lookAtDisk tries a folder. Database is the path of the embedded database, "" for none.
func lookAtDisk(folder, database string, now func() time.Time) Disk {
	d := Disk{Folder: folder, Kind: fileSystem(folder)}
	d.Free, d.Total, d.Known = room(folder)
	d.WroteAt = now()
	d.Stamp, d.Failure = try(folder)
	if info, err := os.Stat(database); database != "" && err == nil {
		d.Database = uint64(info.Size())
	}
	return d
}

// try writes a file, forces it to the disk, reads it back and removes it.
func try(folder string) (stamp time.Time, err error) {
	file, err := os.CreateTemp(folder, ".doctor-*")
	if err != nil {
		return stamp, err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	words := vault.Random(4096)
	if _, err := file.Write(words); err != nil {
		return stamp, err
	}
	if err := file.Sync(); err != nil {
		return stamp, err
	}
	info, err := file.Stat()
	if err != nil {
		return stamp, err
	}
	back, err := os.ReadFile(file.Name())
	if err == nil && !bytes.Equal(words, back) {
		err = errors.New("what was written is not what is read")
	}
	return info.ModTime(), err
}

// Findings judges the folder.
func (d Disk) Findings() []Finding {
	f := &findings{check: "disk"}
	if d.Failure != nil {
		f.mend(fmt.Sprintf("Nothing can be kept in %s: %v.", d.Folder, d.Failure), "Make room, or give the folder to the portal's user: chown -R portico: "+d.Folder)
	}
	switch d.Kind {
	case Network:
		f.mend(d.Folder+" lies on a network file system, which promises too little for a database.", "Move the folder to a disk of this machine.")
	case Memory:
		f.mend(d.Folder+" lies in memory and is gone when the machine stops.", "Move the folder to a disk.")
	case Layer:
		f.look(d.Folder+" lies in a container's own layer, which goes when the container is made anew.", "Give the container a volume for this folder.")
	}
	d.space(f)
	return f.or("%s can be written and forced to the disk; %s of %s are free.", d.Folder, amount(d.Free), amount(d.Total))
}

// space judges what is free. Each night the embedded database is written anew in one go, by
// way of its write-ahead log, and then needs its own size once more.
func (d Disk) space(f *findings) {
	if !d.Known {
		return
	}
	what := fmt.Sprintf("%s of %s are free in %s.", amount(d.Free), amount(d.Total), d.Folder)
	switch {
	case d.Free < leastFree:
		f.mend(what, "Make room now: copy old backups elsewhere and delete them here; hosting.md says what to do when the disk is full.")
	case d.Database > 0 && d.Free < d.Database+leastFree:
		f.mend(what+" The nightly work needs the size of the database ("+amount(d.Database)+") once more.", "Take a larger disk.")
	case d.Free < betterFree || d.Free < d.Total/20:
		f.look(what, "Make room in the next days, or take a larger disk.")
	}
}

// amount writes a number of bytes as people read it.
func amount(bytes uint64) string {
	if bytes < gibibyte {
		return fmt.Sprintf("%d MiB", bytes/mebibyte)
	}
	return fmt.Sprintf("%.1f GiB", float64(bytes)/gibibyte)
}
