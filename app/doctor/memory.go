package doctor

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// Room is the memory of the machine, in bytes. Zero is not known.
type Room struct {
	// Total is what the machine has, or what it gives to this group of programs when that is less.
	Total uint64
	// Free is what programs can have now.
	Free uint64
	// Swap is how much of the disk stands in for memory.
	Swap uint64
	// Database is the size of the embedded database, 0 for PostgreSQL.
	Database uint64
}

const (
	leastMemory     = 480 * mebibyte // a machine that is sold with 512 MiB shows a little less
	leastFreeMemory = 96 * mebibyte
)

// lookAtMemory reads the figures of Linux, where there are any; machine is the root of the files.
func lookAtMemory(machine fs.FS, database uint64) Room {
	r := Room{Database: database}
	text, err := fs.ReadFile(machine, "proc/meminfo")
	if err != nil {
		return r
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		if len(words) != 3 || words[2] != "kB" {
			continue
		}
		kib, err := strconv.ParseUint(words[1], 10, 53)
		if err != nil {
			continue
		}
		switch words[0] {
		case "MemTotal:":
			r.Total = kib << 10
		case "MemAvailable:":
			r.Free = kib << 10
		case "SwapTotal:":
			r.Swap = kib << 10
		}
	}
	if text, err := fs.ReadFile(machine, "sys/fs/cgroup/memory.max"); err == nil {
		if most, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64); err == nil && most < r.Total {
			r.Total = most
		}
	}
	return r
}

// Findings judges the memory.
func (r Room) Findings() []Finding {
	f := &findings{check: "memory"}
	if r.Total == 0 {
		return f.or("How much memory this machine has cannot be seen from here.")
	}
	if r.Total < leastMemory {
		f.look(fmt.Sprintf("This machine has %s of memory.", amount(r.Total)), "Give it 1 GiB before many people come.")
	}
	if r.Free > 0 && r.Free < leastFreeMemory {
		f.mend(fmt.Sprintf("Only %s of memory are free.", amount(r.Free)), "Stop what else runs here, or take more memory: a program without memory is killed.")
	}
	// The nightly work builds the embedded database anew in memory, so that nothing of it is
	// ever written to a temporary file.
	if r.Database > 0 && r.Database > r.Total/2 {
		f.mend(fmt.Sprintf("The database (%s) is larger than half of the memory (%s), in which the nightly work builds it anew.", amount(r.Database), amount(r.Total)),
			"Move to PostgreSQL, as hosting.md says, or take more memory.")
	}
	if r.Swap > 0 {
		f.look("This machine writes memory to the disk (swap), and with it whatever is open at that moment.", "Switch it off (swapoff -a, and take its line out of /etc/fstab), unless it is encrypted.")
	}
	return f.or("%s of memory, %s of it free.", amount(r.Total), amount(r.Free))
}
