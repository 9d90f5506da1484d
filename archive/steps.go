package archive

import (
	"io/fs"
	"os"
	"path"
	"runtime"
)

const (
	filePerm fs.FileMode = 0o640
	dirPerm  fs.FileMode = 0o750
)

// steps are the changes a Store makes to the disk, one function each, so that
// tests can let every single one fail. Names are relative to the archive's
// folder and cannot leave it, not even through a symbolic link.
type steps struct {
	create  func(name string) (*os.File, error)
	write   func(f *os.File, p []byte) (int, error)
	sync    func(f *os.File) error
	mkdir   func(name string) error
	link    func(from, to string) error
	rename  func(from, to string) error
	syncDir func(name string) error
	remove  func(name string) error
}

func diskSteps(root *os.Root) steps {
	return steps{
		create: func(name string) (*os.File, error) {
			return root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, filePerm)
		},
		write:   (*os.File).Write,
		sync:    (*os.File).Sync,
		mkdir:   func(name string) error { return root.Mkdir(name, dirPerm) },
		link:    root.Link,
		rename:  root.Rename,
		syncDir: func(name string) error { return syncFolder(root, name) },
		remove:  root.Remove,
	}
}

// syncFolder flushes the entries of a folder. NTFS keeps a journal of names and
// has no way to flush a folder.
func syncFolder(root *os.Root, name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// makeFolders makes dir and its parents, and remembers for settle which it made.
func (s *Store) makeFolders(dir string) error {
	if fi, err := s.root.Stat(dir); err == nil && fi.IsDir() {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range ancestors(dir) {
		switch err := s.disk.mkdir(name); {
		case err == nil:
			s.unsettled[name] = true
		case !os.IsExist(err):
			return err
		}
	}
	return nil
}

// publish gives the file from its final name, which must not exist.
func (s *Store) publish(from, to string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.disk.link(from, to)
	if err == nil {
		s.unsettled[to] = true
	}
	return err
}

// replace gives the file from the name of a cut copy, which it ends. Until the
// folder is flushed a power failure may bring the cut copy back, no harm done.
func (s *Store) replace(from, to string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.disk.rename(from, to)
	if err == nil {
		s.unsettled[to] = true
	}
	return err
}

// settle returns when name, if it exists, can no longer be lost: the folder it
// stands in is flushed, and so on upward. Whatever this Store has not made
// itself was settled by Open.
func (s *Store) settle(name string) error {
	for _, made := range s.unsettledAbove(name) {
		if err := s.disk.syncDir(path.Dir(made)); err != nil {
			return err
		}
		s.mu.Lock()
		delete(s.unsettled, made)
		s.mu.Unlock()
	}
	return nil
}

func (s *Store) unsettledAbove(name string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.unsettled) == 0 {
		return nil
	}
	var out []string
	for _, n := range ancestors(name) {
		if s.unsettled[n] {
			out = append(out, n)
		}
	}
	return out
}
