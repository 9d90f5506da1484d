package crawl

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// A Difference is one thing about which listings, index and archive do not agree.
type Difference struct {
	Kind      DifferenceKind  `json:"kind"`
	Accession edgar.Accession `json:"accession,omitzero"`
	Listing   string          `json:"listing,omitempty"` // its key
	Detail    string          `json:"detail,omitempty"`
}

// DifferenceKind says what does not agree.
type DifferenceKind string

// The kinds of differences.
const (
	NoEntry        DifferenceKind = "no_entry"        // listed, and not known
	NotListed      DifferenceKind = "not_listed"      // known, and neither listed nor withdrawn
	NotFetched     DifferenceKind = "not_fetched"     // discovered, and never tried
	NotArchived    DifferenceKind = "not_archived"    // recorded, and not in the archive
	NotRecorded    DifferenceKind = "not_recorded"    // archived, and not recorded
	ArchiveDiffers DifferenceKind = "archive_differs" // archived bytes are others than those recorded
	ArchiveDamaged DifferenceKind = "archive_damaged" // archived bytes cannot be read
	NoListing      DifferenceKind = "no_listing"      // of a past quarter or business day
	ListingUnread  DifferenceKind = "listing_unread"  // kept, and not read for all it is kept for
	ListingShrunk  DifferenceKind = "listing_shrunk"  // it lost more than can be believed
	ListingDamaged DifferenceKind = "listing_damaged" // the kept copy is gone, or is not what was fetched
)

// maxDifferences bounds the differences that are named, of each quarter.
const maxDifferences = 1000

// Findings counts differences, and names the first.
type Findings struct {
	Differences int                    `json:"differences"`
	Kinds       map[DifferenceKind]int `json:"kinds,omitempty"`
	Named       []Difference           `json:"named,omitempty"` // the first 1,000
}

func (fs *Findings) add(d Difference) {
	if fs.Kinds == nil {
		fs.Kinds = make(map[DifferenceKind]int)
	}
	fs.Differences++
	fs.Kinds[d.Kind]++
	if len(fs.Named) < maxDifferences {
		fs.Named = append(fs.Named, d)
	}
}

// A joint is what index and archive know of one submission.
type joint struct {
	accession edgar.Accession // zero for a file of the archive that has lost its place
	entry     index.Entry
	known     bool // there is an entry
	info      archive.Info
	archived  bool  // there is a file
	fault     error // with it
}

// joints walks index and archive side by side, in the order of accession numbers.
func joints(ix *index.Store, ar *archive.Store) iter.Seq2[joint, error] {
	return func(yield func(joint, error) bool) {
		next, stop := iter.Pull2(ix.Entries())
		defer stop()
		e, err, more := next()
		before := func(a edgar.Accession) bool { // yields the entries before a
			for ; more && (a.IsZero() || e.Accession.Compare(a) < 0); e, err, more = next() {
				if !yield(joint{accession: e.Accession, entry: e, known: true}, err) || err != nil {
					return false
				}
			}
			return true
		}
		for info, fault := range ar.All() {
			j := joint{accession: info.Accession, info: info, archived: true, fault: fault}
			if !j.accession.IsZero() {
				if !before(j.accession) {
					return
				}
				if more && err == nil && e.Accession == j.accession {
					j.entry, j.known = e, true
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
func (j *joint) again(ix *index.Store, ar *archive.Store) error {
	if j.accession.IsZero() {
		return nil
	}
	e, err := ix.Entry(j.accession)
	known := err == nil
	if err != nil && !errors.Is(err, index.ErrNotFound) {
		return err
	}
	info, fault := ar.Stat(j.accession)
	if errors.Is(fault, fs.ErrNotExist) {
		info, fault = archive.Info{}, nil
	}
	if fault != nil { // as the walk said
		return nil
	}
	j.entry, j.known, j.info, j.archived, j.fault = e, known, info, info.Revision > 0, nil
	return nil
}

// filing returns what is recorded of the submission, nil when nothing is.
func (j *joint) filing(ix *index.Store) (*parse.Filing, error) {
	if j.entry.State != index.Recorded && j.entry.State != index.Withdrawn {
		return nil, nil
	}
	f, err := ix.Filing(j.accession)
	if errors.Is(err, index.ErrNotFound) {
		return nil, nil
	}
	return f, err
}

// compare tells how index and archive differ about a submission, if they do.
func (j *joint) compare(ix *index.Store) (Difference, bool, error) {
	d := Difference{Accession: j.accession}
	var got, want string
	switch f, err := j.filing(ix); {
	case err != nil:
		return d, false, err
	case j.fault != nil:
		d.Kind, d.Detail = ArchiveDamaged, j.fault.Error()
	case f == nil && j.archived && j.entry.State != index.Rejected:
		d.Kind, d.Detail = NotRecorded, string(j.entry.State)
	case f == nil && j.entry.State == index.Recorded:
		d.Kind, d.Detail = NotRecorded, "recorded without a filing"
	case f != nil && !j.archived:
		d.Kind = NotArchived
	case f != nil:
		size, sum := j.info.Served()
		got, want = fmt.Sprintf("%x, %d bytes", sum, size), fmt.Sprintf("%s, %d bytes", f.SHA256, f.Size)
	}
	if got != want {
		d.Kind, d.Detail = ArchiveDiffers, fmt.Sprintf("SHA-256 %s; recorded %s", got, want)
	}
	return d, d.Kind != "", nil
}
