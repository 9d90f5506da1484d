package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

const (
	quarantineDir = "quarantine"
	reasonSuffix  = ".reason"
	maxQuarantine = 1000 // files of the same name, with a number each
)

// A StrayError is of a submission's file that stands where no submission's file of
// that name belongs. It is ErrCorrupt.
type StrayError struct {
	Name string // below the archive's folder, with slashes
}

func (e *StrayError) Error() string {
	return fmt.Sprintf("%s is no submission, or out of place: %v", e.Name, ErrCorrupt)
}

func (e *StrayError) Unwrap() error { return ErrCorrupt }

// Quarantine moves a revision of a out of the archive, into its folder quarantine,
// beside a file that says since when, from where and why. Nothing reads it there,
// and nothing of it is lost. It returns the new name, below the archive's folder.
// Whoever holds the revision open may read on.
//
// After an error or a crash the revision is where it was, or has been moved, or
// stands in both places: quarantining it again is safe.
func (s *Store) Quarantine(a edgar.Accession, revision int, reason string) (string, error) {
	name := fileName(a, revision)
	to, err := s.quarantine(name, fmt.Sprintf("%s.%d", a, revision), reason)
	if err != nil {
		return "", fmt.Errorf("quarantine submission %s, revision %d: %w", a, revision, err)
	}
	if revision > 1 {
		_ = s.disk.remove(revisionFolder(a)) // if that was the last in it
	}
	return to, nil
}

// QuarantineStray does the same with a file of which All yields a *StrayError.
func (s *Store) QuarantineStray(name, reason string) (string, error) {
	to, err := s.quarantine(name, strings.TrimSuffix(path.Base(name), suffix), reason)
	if err != nil {
		return "", fmt.Errorf("quarantine %s: %w", name, err)
	}
	return to, nil
}

// Stray returns a *StrayError if the file that one named once is still there.
func (s *Store) Stray(name string) error {
	if _, err := s.root.Lstat(name); err != nil {
		return present(err)
	}
	return &StrayError{name}
}

// quarantine gives the file the second name first, and takes the first one away
// last, so that it has a name at any moment.
func (s *Store) quarantine(from, base, reason string) (to string, err error) {
	if s.lock == nil {
		return "", ErrReadOnly
	}
	if err := s.disk.mkdir(quarantineDir); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	if err := s.disk.syncDir("."); err != nil {
		return "", err
	}
	if to, err = s.linkAside(from, base); err != nil {
		return "", err
	}
	text := fmt.Sprintf("moved: %s\nfrom: %s\nreason: %s\n", time.Now().UTC().Format(time.RFC3339), from, strings.ReplaceAll(reason, "\n", " "))
	err = s.note(to+reasonSuffix, text)
	if err == nil {
		err = s.disk.syncDir(quarantineDir)
	}
	if err != nil {
		_ = s.disk.remove(to + reasonSuffix)
		return "", errors.Join(err, s.disk.remove(to))
	}
	if err := s.disk.remove(from); err != nil {
		return "", err
	}
	return to, s.disk.syncDir(path.Dir(from))
}

// linkAside finds a free name in quarantine and gives it to the file, unless that
// has one there already.
func (s *Store) linkAside(from, base string) (to string, err error) {
	for n := 1; n <= maxQuarantine; n++ {
		to = path.Join(quarantineDir, base+suffix)
		if n > 1 {
			to = path.Join(quarantineDir, fmt.Sprintf("%s-%d%s", base, n, suffix))
		}
		if err = s.disk.link(from, to); !errors.Is(err, fs.ErrExist) || s.same(from, to) {
			break
		}
	}
	if errors.Is(err, fs.ErrExist) && s.same(from, to) {
		err = nil
	}
	return to, err
}

// same reports whether two names are of one file.
func (s *Store) same(a, b string) bool {
	x, err := s.root.Lstat(a)
	if err != nil {
		return false
	}
	y, err := s.root.Lstat(b)
	return err == nil && os.SameFile(x, y)
}

// note writes a small file, over what a crash left of it.
func (s *Store) note(name, text string) error {
	if err := s.disk.remove(name); present(err) != nil {
		return err
	}
	f, err := s.disk.create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := s.disk.write(f, []byte(text)); err != nil {
		return err
	}
	return s.disk.sync(f)
}
