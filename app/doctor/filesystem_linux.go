package doctor

import "syscall"

// The file systems on which a database is in danger, by the numbers that Linux gives them.
var kinds = map[uint32]FileSystem{
	0x6969: Network, 0x517b: Network, 0xff534d42: Network, 0xfe534d42: Network, // NFS, SMB of three ages
	0x00c36400: Network, 0x01021997: Network, 0x65735546: Network, // Ceph, 9P, FUSE
	0x01021994: Memory, 0x858458f6: Memory, // tmpfs, ramfs
	0x794c7630: Layer, // overlay
}

// fileSystem says on what kind of file system a folder lies.
func fileSystem(folder string) FileSystem {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(folder, &stat); err != nil {
		return Plain
	}
	return kinds[uint32(stat.Type)]
}
