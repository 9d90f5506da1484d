package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"example.com/edgard/edgar"
)

// prepare makes the folders, tries a hard link and clears up after a crash.
func (s *Store) prepare() error {
	for _, name := range []string{submissionsDir, revisionsDir, tmpDir} {
		if err := s.disk.mkdir(name); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	if err := s.disk.syncDir("."); err != nil {
		return err
	}
	if err := s.clearUp(); err != nil {
		return err
	}
	return s.tryLink()
}

// clearUp settles and removes what stands below tmp. Names that no Writer gives
// are left alone.
func (s *Store) clearUp() error {
	entries, err := s.readDir(tmpDir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		a, ok := parseTempName(e.Name())
		if !ok || !e.Type().IsRegular() {
			continue
		}
		if err := s.settleFolders(a); err != nil {
			return err
		}
		if err := s.disk.remove(path.Join(tmpDir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// settleFolders flushes every folder on the way to a, as far as there are any.
func (s *Store) settleFolders(a edgar.Accession) error {
	leaves := []string{path.Join(submissionsDir, shard(a)), revisionFolder(a)}
	for _, leaf := range leaves {
		for _, dir := range ancestors(leaf) {
			if err := s.disk.syncDir(dir); errors.Is(err, fs.ErrNotExist) {
				break
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) tryLink() error {
	name := path.Join(tmpDir, "link")
	if err := s.disk.link(lockName, name); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("keep it on a file system that has hard links: %w", err)
	}
	return s.disk.remove(name)
}

// makeDurable makes dir and its parents, and flushes the folder of each it made
// and of dir itself. Where a lock file stands, an earlier Open has done so.
func makeDurable(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, lockName)); err == nil {
		return nil
	}
	flush := []string{filepath.Dir(dir)}
	for d := flush[0]; ; d = filepath.Dir(d) {
		if _, err := os.Stat(d); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		flush = append(flush, filepath.Dir(d))
	}
	if err := os.MkdirAll(dir, dirPerm); err != nil {
		return err
	}
	for _, d := range flush {
		if err := syncOutside(d); err != nil && !errors.Is(err, fs.ErrPermission) {
			return err
		}
	}
	return nil
}

func syncOutside(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return syncFolder(root, ".")
}
