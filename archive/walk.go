package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"

	"example.com/edgard/edgar"
)

// All walks the archive: the newest revision of each submission, in the order
// of accession numbers, holding one folder's names at a time. A submission that
// cannot be read comes as an error, with its Accession in the Info, and so does
// a submission's file in the wrong folder, without, as a *StrayError; the walk goes
// on. Other files and folders are skipped.
//
// Submissions added meanwhile may come or not.
func (s *Store) All() iter.Seq2[Info, error] { return s.After(edgar.Accession{}) }

// After walks as All does, from the first submission after a given one on.
func (s *Store) After(a edgar.Accession) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		w := walk{s: s, after: a, yield: yield}
		w.below("")
	}
}

// walk is one walk under way.
type walk struct {
	s     *Store
	after edgar.Accession
	yield func(Info, error) bool
}

// below descends below dir, a path of groups of three digits.
func (w *walk) below(dir string) bool {
	names, strays, err := w.s.members(dir)
	if err != nil && !w.yield(Info{}, fmt.Errorf("walk the archive: %w", err)) {
		return false
	}
	for _, name := range strays {
		if w.seen(dir) {
			break
		}
		if !w.yield(Info{}, &StrayError{path.Join(submissionsDir, dir, name)}) {
			return false
		}
	}
	for _, name := range names {
		if a, ok := parseAccession(name); ok {
			if a.Compare(w.after) > 0 && !w.submission(a) {
				return false
			}
		} else if !w.passed(dir, name) && !w.below(path.Join(dir, name)) {
			return false
		}
	}
	return true
}

// submission yields one. Of a folder for revisions without any there is nothing to
// be said.
func (w *walk) submission(a edgar.Accession) bool {
	info, err := w.s.Stat(a)
	return errors.Is(err, fs.ErrNotExist) || w.yield(info, err)
}

// passed reports whether all below a folder comes before where the walk begins.
func (w *walk) passed(dir, name string) bool {
	if w.after.IsZero() {
		return false
	}
	here, there := path.Join(dir, name), shard(w.after)
	return here < there[:len(here)]
}

// seen reports whether a walk that came to where this one begins was in dir.
func (w *walk) seen(dir string) bool {
	return !w.after.IsZero() && (dir == "" || strings.HasPrefix(shard(w.after)+"/", dir+"/"))
}

// members lists, in order, what stands below dir: groups of digits, in the last
// of the five folders accession numbers. It looks below submissions and below
// revisions, for a damaged archive may have a submission in one of them only.
// Strays are file names of submissions that Stat would not find there.
func (s *Store) members(dir string) (names, strays []string, err error) {
	first, err1 := s.readDir(path.Join(submissionsDir, dir))
	later, err2 := s.readDir(path.Join(revisionsDir, dir))
	leaf := isLeaf(dir)
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

// isLeaf reports whether dir, a path of groups of digits, is one in which
// submissions stand.
func isLeaf(dir string) bool { return strings.Count(dir, "/") == 4 }

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
