package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"example.com/edgard/edgar"
)

// Stat tells what the newest revision of a is, reading its trailer alone.
// The error is fs.ErrNotExist when a is not in the archive. Beside an error the
// Info has the Accession, and the Revision it is about.
func (s *Store) Stat(a edgar.Accession) (Info, error) {
	later, err := s.laterRevisions(a)
	if err != nil {
		return Info{Accession: a}, fmt.Errorf("submission %s: %w", a, err)
	}
	revision := 1
	if len(later) > 0 {
		revision = later[len(later)-1]
	}
	f, t, err := s.openFile(a, revision)
	if err != nil {
		return t.Info, err
	}
	return t.Info, f.Close()
}

// Revisions tells what the revisions of a are, oldest first. Those that cannot
// be read are left out and reported in the error, beside the others.
func (s *Store) Revisions(a edgar.Accession) ([]Info, error) {
	later, err := s.laterRevisions(a)
	if err != nil {
		return nil, fmt.Errorf("submission %s: %w", a, err)
	}
	var infos []Info
	var errs []error
	for _, n := range append([]int{1}, later...) {
		f, t, err := s.openFile(a, n)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		f.Close()
		infos = append(infos, t.Info)
	}
	return infos, errors.Join(errs...)
}

// laterRevisions lists the revision numbers of a above 1, ascending.
func (s *Store) laterRevisions(a edgar.Accession) ([]int, error) {
	if a.IsZero() {
		return nil, nil
	}
	entries, err := s.readDir(revisionFolder(a))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []int
	for _, e := range entries {
		if n, ok := parseRevisionName(e.Name()); ok {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out, err
}

// newestReadable is Stat for a Writer about to commit want: no revision at all
// is no error, nor is a damaged one, which keeps its number and nothing else.
// A copy that looks like one of the same submission is read to make sure.
func (s *Store) newestReadable(want Info) (Info, error) {
	have, err := s.Stat(want.Accession)
	if err == nil && have.serves(want) {
		err = s.Verify(want.Accession, have.Revision)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Info{Size: -1}, nil
	case errors.Is(err, ErrCorrupt):
		return Info{Size: -1, Revision: have.Revision}, nil
	}
	return have, err
}

// openFile opens a revision for reading, once it is settled, and reads its
// trailer. Errors name the submission.
func (s *Store) openFile(a edgar.Accession, revision int) (*os.File, trailer, error) {
	blank := trailer{Info: Info{Accession: a, Revision: revision}}
	if a.IsZero() {
		return nil, blank, fmt.Errorf("submission without accession number: %w", fs.ErrNotExist)
	}
	name := fileName(a, revision)
	f, err := s.root.Open(name)
	if err != nil {
		return nil, blank, fmt.Errorf("submission %s, revision %d: %w", a, revision, err)
	}
	t, err := readTrailer(f, a, revision)
	if err == nil {
		err = s.settle(name)
	}
	if err != nil {
		f.Close()
		return nil, blank, err
	}
	return f, t, nil
}

func readTrailer(f *os.File, a edgar.Accession, revision int) (trailer, error) {
	fi, err := f.Stat()
	if err != nil {
		return trailer{}, fmt.Errorf("submission %s: %w", a, err)
	}
	if !fi.Mode().IsRegular() || fi.Size() < trailerLen {
		return trailer{}, corrupt(a, revision, errors.New("no trailer at the end"))
	}
	end := make([]byte, min(fi.Size(), trailerLenCut))
	if _, err := f.ReadAt(end, fi.Size()-int64(len(end))); err != nil {
		return trailer{}, fmt.Errorf("submission %s: %w", a, err)
	}
	length := lengthOfTrailer(end)
	t, err := parseTrailer(end[len(end)-length:])
	switch {
	case err != nil:
	case t.Accession != a || t.Revision != revision:
		err = fmt.Errorf("the file is that of %s, revision %d", t.Accession, t.Revision)
	case t.frameLen != fi.Size()-int64(length):
		err = fmt.Errorf("%d bytes before the trailer, want %d", fi.Size()-int64(length), t.frameLen)
	}
	if err != nil {
		return trailer{}, corrupt(a, revision, err)
	}
	return t, nil
}

func corrupt(a edgar.Accession, revision int, reason error) error {
	return fmt.Errorf("submission %s, revision %d: %w: %w", a, revision, ErrCorrupt, reason)
}

// readDir lists a folder by name.
func (s *Store) readDir(name string) ([]fs.DirEntry, error) {
	f, err := s.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}
