package crawl

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// A joint is what index and archive know of one submission.
type joint struct {
	accession edgar.Accession // zero for a file of the archive that has lost its place
	standing  index.Standing
	known     bool // there is an entry
	info      archive.Info
	archived  bool  // there is a file
	fault     error // with it
	before    bool  // it was looked at before the verification was cut off
}

// stray returns the name of a file that has lost its place, "" for a submission.
func (j *joint) stray() string {
	var stray *archive.StrayError
	if errors.As(j.fault, &stray) {
		return stray.Name
	}
	return ""
}

// joints walks index and archive side by side, in the order of accession numbers,
// from the one after a given one on.
func (c *checkup) joints(after edgar.Accession) iter.Seq2[joint, error] {
	return func(yield func(joint, error) bool) {
		next, stop := iter.Pull2(c.standings(after))
		defer stop()
		e, err, more := next()
		before := func(a edgar.Accession) bool { // yields the entries before a
			for ; more && (a.IsZero() || e.Accession.Compare(a) < 0); e, err, more = next() {
				if !yield(joint{accession: e.Accession, standing: e, known: true}, err) || err != nil {
					return false
				}
			}
			return true
		}
		for info, fault := range c.Archive.After(after) {
			j := joint{accession: info.Accession, info: info, archived: true, fault: fault}
			if !j.accession.IsZero() {
				if !before(j.accession) {
					return
				}
				if more && err == nil && e.Accession == j.accession {
					j.standing, j.known = e, true
					e, err, more = next()
				}
			}
			if !yield(j, nil) {
				return
			}
		}
		before(edgar.Accession{})
	}
}

// again looks a submission up as it is now: the walks along index and archive do
// not come by at the same moment.
func (c *checkup) again(j joint) (joint, error) {
	if j.accession.IsZero() {
		return j, nil
	}
	st, known, err := c.standing(j.accession)
	if err != nil {
		return j, err
	}
	info, fault := c.Archive.Stat(j.accession)
	if errors.Is(fault, fs.ErrNotExist) {
		info, fault = archive.Info{}, nil
	}
	now := joint{accession: j.accession, standing: st, known: known, info: info, archived: info.Revision > 0, fault: fault, before: j.before}
	return now, nil
}

// standing asks for one submission.
func (c *checkup) standing(a edgar.Accession) (st index.Standing, known bool, err error) {
	err = c.ask(func(ix index.Reader) error {
		st, known = index.Standing{}, false
		e, err := ix.Entry(a)
		if errors.Is(err, index.ErrNotFound) {
			return nil
		}
		st.Entry, st.Accession, known = e, a, true
		if err == nil {
			err = recorded(ix, &st)
		}
		if errors.Is(err, index.ErrStale) {
			st.Fault, err = err.Error(), nil
		}
		return err
	})
	return st, known, err
}

// recorded adds what is recorded of a submission.
func recorded(ix index.Reader, st *index.Standing) error {
	f, err := ix.Filing(st.Accession)
	if errors.Is(err, index.ErrNotFound) {
		return nil
	}
	st.Filing = true
	if err == nil {
		st.SHA256, st.Size, st.Revision = f.SHA256, f.Size, f.Revision
	}
	return err
}

// held reports whether a filing is recorded of the submission.
func (j *joint) held() bool {
	return j.standing.Filing && (j.standing.State == index.Recorded || j.standing.State == index.Withdrawn)
}

// compare tells how index and archive differ about a submission.
func (j *joint) compare() (found []Difference) {
	find := func(kind DifferenceKind, format string, args ...any) {
		found = append(found, Difference{Kind: kind, Accession: j.accession, Detail: fmt.Sprintf(format, args...)})
	}
	if j.standing.Fault != "" {
		find(IndexDamaged, "%s", j.standing.Fault)
	}
	if j.fault != nil {
		find(ArchiveDamaged, "%v", j.fault)
	}
	if len(found) > 0 {
		return found
	}
	switch held := j.held(); {
	case !held && j.archived && j.standing.State != index.Rejected:
		find(NotRecorded, "%s", j.standing.State)
	case !held && j.standing.State == index.Recorded:
		find(NotRecorded, "recorded without a filing")
	case held && !j.archived:
		find(NotArchived, "")
	case held:
		size, sum := j.info.Served()
		got, want := fmt.Sprintf("%x, %d bytes", sum, size), fmt.Sprintf("%s, %d bytes", j.standing.SHA256, j.standing.Size)
		if got != want {
			find(ArchiveDiffers, "SHA-256 %s; recorded %s", got, want)
		}
	}
	return found
}
