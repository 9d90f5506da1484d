package index

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// Reader is the reading half of an index, as far as the commands that only read
// use it: the file itself, which is a [Store], or the process that holds the file
// (package remote). What the methods promise stands with those of Store; package
// indextest holds every Reader to it. They may be called from many goroutines.
type Reader interface {
	Entry(a edgar.Accession) (Entry, error)
	Filing(a edgar.Accession) (*parse.Filing, error)
	Edition() (Edition, error)
	Amendments(a edgar.Accession) ([]*parse.Filing, error)
	Standings(after edgar.Accession, n int) ([]Standing, error)
	CheckKeys(q KeyQuestion) (KeyPage, error)
	Find(q Query) (Page, error)
	FindEntries(q EntryQuery) (EntryPage, error)
	Ticker(symbol string) (edgar.CIK, error)
	Tickers() (Tickers, error)
	Symbols(symbol string) ([]Symbol, error)
	Issuer(c edgar.CIK) (Issuer, error)
	Suggest(words string, n int) ([]Issuer, error)
	Status(now time.Time) (Status, error)
	Changes(after uint64, limit int) (ChangePage, error)
	Counts() (Counts, error)
	Tally(q TallyQuestion) (TallyPage, error)
	Passes(n int) ([]Pass, error)
	Listing(key string) (l Listing, ok bool, err error)
	Listings() ([]Listing, error)
	Coverage() (from edgar.Date, ok bool, err error)
	Backup(begin func(Snapshot) (io.Writer, error)) error
	io.Closer
}

var _ Reader = (*Store)(nil)

// UnmarshalFiling reads the JSON of a filing as a Reader gives it: accepted in
// Eastern time wherever it was written so.
func UnmarshalFiling(data []byte) (*parse.Filing, error) {
	f := new(parse.Filing)
	if err := json.Unmarshal(data, f); err != nil {
		return nil, fmt.Errorf("filing: %w", err)
	}
	f.Accepted = inEastern(f.Accepted)
	return f, nil
}
