//go:build linux || darwin || freebsd

package crawl

import "golang.org/x/sys/unix"

// freeSpace returns how many bytes we may still write to the file system of dir,
// and how many it holds in all.
func freeSpace(dir string) (free, size int64, err error) {
	var s unix.Statfs_t
	for {
		err := unix.Statfs(dir, &s)
		if err == nil {
			return max(0, int64(s.Bavail)) * int64(s.Bsize), int64(s.Blocks) * int64(s.Bsize), nil
		}
		if err != unix.EINTR {
			return 0, 0, err
		}
	}
}
