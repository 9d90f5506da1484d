package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
)

// All walks the archive: the newest revision of each submission, in the order
// of accession numbers, holding one folder's names at a time. A submission that
// cannot be read comes as an error, with its Accession in the Info, and so does
// a submission's file in the wrong folder, without; the walk goes on. Other
// files and folders are skipped.
//
// Submissions added meanwhile may come or not.
func (s *Store) All() iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) { s.walk("", yield) }
}

// walk descends below dir, a path of groups of three digits.
func (s *Store) walk(dir string, yield func(Info, error) bool) bool {
	names, strays, err := s.members(dir)
	if err != nil && !yield(Info{}, fmt.Errorf("walk the archive: %w", err)) {
		return false
	}
	for _, name := range strays {
		err := fmt.Errorf("%s is no submission, or out of place: %w", path.Join(dir, name), ErrCorrupt)
		if !yield(Info{}, err) {
			return false
		}
	}
	for _, name := range names {
		if a, ok := parseAccession(name); ok {
			if info, err := s.Stat(a); !yield(info, err) {
				return false
			}
		} else if !s.walk(path.Join(dir, name), yield) {
			return false
		}
	}
	return true
}

// members lists, in order, what stands below dir: groups of digits, in the last
// of the five folders accession numbers. It looks below submissions and below
// revisions, for a damaged archive may have a submission in one of them only.
// Strays are file names of submissions that Stat would not find there.
func (s *Store) members(dir string) (names, strays []string, err error) {
	first, err1 := s.readDir(path.Join(submissionsDir, dir))
	later, err2 := s.readDir(path.Join(revisionsDir, dir))
	leaf := strings.Count(dir, "/") == 4
	for _, e := range first {
		number, isFile := strings.CutSuffix(e.Name(), suffix)
		switch {
		case leaf && isFile && e.Type().IsRegular() && belongs(number, dir):
			names = append(names, number)
		case isFile:
			strays = append(strays, e.Name())
		case !leaf && e.IsDir() && isGroup(e.Name()):
			names = append(names, e.Name())
		}
	}
	for _, e := range later {
		if e.IsDir() && (leaf && belongs(e.Name(), dir) || !leaf && isGroup(e.Name())) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return slices.Compact(names), strays, errors.Join(present(err1), present(err2))
}

// present drops the error of a folder that is not there.
func present(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func belongs(number, dir string) bool {
	a, ok := parseAccession(number)
	return ok && shard(a) == dir
}

func isGroup(name string) bool {
	return len(name) == 3 && strings.Trim(name, "0123456789") == ""
}
