//go:build unix

package remote

import "syscall"

// private has a socket made for its owner alone before it gets its name, where
// the system takes the permissions of the name from there, as Linux does.
func private(_, _ string, c syscall.RawConn) error {
	return c.Control(func(fd uintptr) { _ = syscall.Fchmod(int(fd), 0o600) })
}
