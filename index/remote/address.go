package remote

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

const (
	socketName = "index.sock"
	maxPath    = 100 // bytes; a socket's address holds 103 at least, on Linux 107
)

// withAddress calls use with a path of the socket in dir that fits into an address
// while use runs.
func withAddress(dir string, use func(path string) error) error {
	path := filepath.Join(dir, socketName)
	if len(path) <= maxPath {
		return use(path)
	}
	if runtime.GOOS != "linux" {
		return fmt.Errorf("the path %s is too long for a socket: at most %d bytes", path, maxPath)
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return use(fmt.Sprintf("/proc/self/fd/%d/%s", f.Fd(), socketName))
}

// unlink removes the socket in dir, also one that a killed process left.
func unlink(dir string) error {
	path := filepath.Join(dir, socketName)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().Type() != fs.ModeSocket:
		return fmt.Errorf("%s is no socket: move it away", path)
	}
	return os.Remove(path)
}
