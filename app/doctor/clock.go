package doctor

import (
	"fmt"
	"time"

	"portico/app/store"
)

// Clock is what the clocks around this server say. Zero times and empty days are not known.
type Clock struct {
	// Now is this machine's clock and Today the day in the host's zone.
	Now   time.Time
	Today string
	// Database is the clock of PostgreSQL, AskedAt ours at that moment.
	Database, AskedAt time.Time
	// Disk is the time that the disk gave a file, WroteAt ours at that moment.
	Disk, WroteAt time.Time
	// Answer is the time in an answer of the public address, HeardAt ours at that moment.
	Answer, HeardAt time.Time
	// Written is when a file in the data folder last changed.
	Written time.Time
	// Newest is the newest day that a row of the past bears, Nightly the day on which the
	// nightly work last ran.
	Newest, Nightly string
}

// Two clocks may differ by this much: answers travel, and the Date header knows whole seconds.
const (
	apartLook = 5 * time.Second
	apartMend = time.Minute
)

// Days without the nightly work. Much longer, and the clock may have jumped ahead: then the
// nightly work would delete what is not yet past its time.
const (
	nightsLook = 2
	nightsMend = 30
)

const setClock = "Switch on the machine's time service (timedatectl set-ntp true) on every server, and run this again."

// Findings judges the clocks.
func (c Clock) Findings() []Finding {
	f := &findings{check: "clock"}
	c.apart(f, "the database", c.Database, c.AskedAt)
	c.apart(f, "the disk", c.Disk, c.WroteAt)
	c.apart(f, "the public address", c.Answer, c.HeardAt)
	if ahead := c.Written.Sub(c.Now); !c.Written.IsZero() && ahead > apartMend {
		f.mend(fmt.Sprintf("A file of the portal was written %s after now, so the clock has gone back.", rounded(ahead)), setClock)
	}
	switch days := store.DaysBetween(c.Today, c.Newest); {
	case c.Newest == "":
	case days > 1:
		f.mend(fmt.Sprintf("The database knows the day %s and the clock says %s, so the clock has gone back.", c.Newest, c.Today),
			"Stop the server, set the clock, and start again: sessions and limits that should be over would live on.")
	case days == 1:
		f.look(fmt.Sprintf("The database knows the day %s and the clock says %s.", c.Newest, c.Today),
			"If PORTICO_ZONE was changed today this is why; otherwise set the clock.")
	}
	switch nights := store.DaysBetween(c.Nightly, c.Today); {
	case c.Nightly == "":
	case nights > nightsMend:
		f.mend(fmt.Sprintf("The nightly work last ran on %s, %d days ago.", c.Nightly, nights),
			"Be sure that the date is right before the server starts: the nightly work deletes what is past its time, and a clock ahead of time makes it delete too much.")
	case nights > nightsLook:
		f.look(fmt.Sprintf("The nightly work last ran on %s, %d days ago.", c.Nightly, nights),
			"Leave the server running past four in the morning; if it was, read its log for \"nightly\".")
	}
	return f.or("All clocks agree, and none has gone back.")
}

// apart compares another clock with ours at the same moment.
func (c Clock) apart(f *findings, whose string, theirs, ours time.Time) {
	if theirs.IsZero() || ours.IsZero() {
		return
	}
	by := theirs.Sub(ours).Abs()
	what := fmt.Sprintf("This machine and %s differ by %s.", whose, rounded(by))
	switch {
	case by >= apartMend:
		f.mend(what, setClock)
	case by > apartLook:
		f.look(what, setClock)
	}
}

func rounded(d time.Duration) time.Duration { return d.Round(time.Second) }
