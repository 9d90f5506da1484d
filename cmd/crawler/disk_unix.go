//go:build linux || darwin

package main

import (
	"os"
	"path/filepath"
	"syscall"
)

// freeSpace returns the bytes that this user may still write at dir, or at the
// nearest folder above that exists.
func freeSpace(dir string) (bytes int64, ok bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return 0, false
	}
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), true
}
