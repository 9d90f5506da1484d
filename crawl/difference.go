package crawl

import "example.com/edgard/edgar"

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
	IndexDamaged   DifferenceKind = "index_damaged"   // what the index has of it cannot be read
	KeyDiffers     DifferenceKind = "key_differs"     // a key of the index is missing, or too many, or counts wrong
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
