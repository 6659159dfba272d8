//go:build linux || darwin || freebsd

package doctor

import (
	"io/fs"
	"os"
	"syscall"
)

// otherOwner reports whether a file belongs to another user than ours.
func otherOwner(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) != os.Geteuid()
}

// room is how much a folder's file system holds and how much of it is free, in bytes.
func room(folder string) (free, total uint64, ok bool) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(folder, &stat); err != nil {
		return 0, 0, false
	}
	size := uint64(stat.Bsize)
	return uint64(stat.Bavail) * size, uint64(stat.Blocks) * size, true
}
