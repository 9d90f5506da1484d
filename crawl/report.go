package crawl

import (
	"errors"
	"time"

	"example.com/edgard/edgar"
)

// ErrNotConfirmed says that Scope.Confirm refused the plan.
var ErrNotConfirmed = errors.New("not confirmed: nothing was fetched")

// Report is what one pass did.
type Report struct {
	Listed         int      `json:"listed"`          // accessions in scope found in listings, known ones included
	Recorded       int      `json:"recorded"`        // filings newly in the index
	Deferred       int      `json:"deferred"`        // put off in this pass
	Rejected       int      `json:"rejected"`        // given up in this pass
	Withdrawn      int      `json:"withdrawn"`       // not listed any more
	Requests       int      `json:"requests"`        // of every kind
	FilingRequests int      `json:"filing_requests"` // for submissions
	Bytes          int64    `json:"bytes"`           // of bodies, on the wire
	Seconds        float64  `json:"seconds"`
	New            int      `json:"new"`               // accessions never seen before
	Left           int      `json:"left,omitempty"`    // due and in scope, but over the limit
	Gaps           []string `json:"gaps,omitempty"`    // listings of past days that EDGAR does not serve
	Stopped        string   `json:"stopped,omitempty"` // why the pass ended early, when EDGAR had an outage
	BadLines       int      `json:"bad_lines,omitempty"`
	Completed      int      `json:"completed,omitempty"` // of the recorded: cut copies that the whole submission took the place of
	Plan           *Plan    `json:"plan,omitempty"`

	// Of an import. Listed are then the submissions in scope, and Bytes those read
	// from files.
	Files      int      `json:"files,omitempty"`
	Known      int      `json:"known,omitempty"`       // recorded before
	PassedOver int      `json:"passed_over,omitempty"` // submissions out of scope, and what is none
	Events     int      `json:"events,omitempty"`      // corrections and the like in a Feed, passed over
	Unread     int      `json:"unread,omitempty"`      // files that could not be read to their end
	Faults     []string `json:"faults,omitempty"`      // what was rejected or not read and why, the first 100
}

// Differs reports whether the pass left something undone that it ought to have
// done: entries put off or given up, listings that are not there, files that
// could not be read, an early end.
func (r *Report) Differs() bool {
	return r.Deferred+r.Rejected+r.Unread+len(r.Gaps) > 0 || r.Stopped != ""
}

// Plan says what a pass is about to ask for.
type Plan struct {
	Filings   int     `json:"filings"`
	Requests  int     `json:"requests"`
	WireBytes int64   `json:"wire_bytes"` // estimated from what filings of each year weigh
	DiskBytes int64   `json:"disk_bytes"`
	Hours     float64 `json:"hours"` // at the configured rate; 0 when unlimited
}

// Progress is where a pass stands.
type Progress struct {
	Stage    Stage
	Listing  string // the listing being read
	Listings int    // listings to look at, and how many were
	Looked   int
	Earlier  int // of these, before a verification was cut off; Bytes are of the others
	Due      int // filings to fetch, and what became of them
	Recorded int
	Deferred int
	Rejected int
	Requests int
	Bytes    int64
	Started  time.Time // of the stage
	Last     edgar.Accession
	Paused   string // why the pass waits for the disk; "" when it does not

	Files      int // read so far, and what was found in them and not recorded: of an import
	Known      int
	PassedOver int
}

// Stage is a part of a pass.
type Stage string

const (
	StageListings Stage = "listings"
	StageFilings  Stage = "filings"
	StageChecking Stage = "checking" // Audit and Verify: Looked submissions out of Listings
	StageImport   Stage = "import"
	StageLive     Stage = "live" // of a daemon: filings as they appear, beside its passes
	StageDone     Stage = "done"
)

// sizeByYear is about what a submission of that year and the ones after weighs,
// in bytes as served, images included.
var sizeByYear = []struct {
	from  int
	bytes int64
}{{2019, 900e3}, {2015, 500e3}, {2012, 300e3}, {2009, 150e3}, {2006, 100e3}, {2004, 50e3}, {2001, 30e3}, {1998, 15e3}, {0, 8e3}}

// textOnDisk is about what the text of a modern submission takes, compressed. The
// mean over 62 real ones since 2012 is 22 KB, images or not.
const textOnDisk = 25e3

// add counts n filings of a year into the plan. Compressed, on the wire and on disk, a
// submission shrinks to about six tenths: uuencoded images hardly do. Text alone
// shrinks to three tenths.
func (p *Plan) add(n, year int, text bool) {
	p.Filings += n
	p.Requests += n
	for _, s := range sizeByYear {
		if year >= s.from {
			p.WireBytes += int64(n) * (s.bytes * 6 / 10)
			if text {
				p.DiskBytes += int64(n) * min(s.bytes*3/10, textOnDisk)
			} else {
				p.DiskBytes += int64(n) * (s.bytes * 6 / 10)
			}
			return
		}
	}
}
