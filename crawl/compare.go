package crawl

import (
	"context"
	"runtime"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// Comparison is what an index that was rebuilt says differently from the one that it
// is to replace. Of an item's text the index has the place and the first words, and
// no more of it is compared.
type Comparison struct {
	Parser    int         `json:"parser"`      // today's
	Before    map[int]int `json:"before"`      // filings of the old index, by the parser that read them
	Same      int         `json:"same"`        // filings that say the same
	Changed   Cases       `json:"changed"`     // the same bytes, read differently
	Added     Cases       `json:"added"`       // not in the old index
	Removed   Cases       `json:"removed"`     // in the old index alone
	Bytes     Cases       `json:"other_bytes"` // of another revision than the one recorded before
	Otherwise Cases       `json:"otherwise"`   // read alike: archive, journal or listings say something else
	Unread    Cases       `json:"unread"`      // not readable in the old index

	Fields  []FieldDifference `json:"fields"` // of the changed filings, those of most filings first
	Entries EntryComparison   `json:"entries"`
	Broken  string            `json:"broken,omitempty"` // why the old index was not read to its end
}

// Cases counts filings, and names the first.
type Cases struct {
	Filings  int               `json:"filings"`
	Examples []edgar.Accession `json:"examples,omitempty"`
}

// FieldDifference is what became of one field.
type FieldDifference struct {
	Path     string    `json:"path"`    // see parse.FieldChange
	Filings  int       `json:"filings"` // that have it changed
	Added    int       `json:"added"`   // values that were not there before
	Removed  int       `json:"removed"` // values that no longer are
	Changed  int       `json:"changed"` // values that are others now
	Examples []Example `json:"examples"`
}

// Example is a field of one filing. Old and New are JSON, cut short and then ended
// by …, and "" for a value that is not there.
type Example struct {
	Accession edgar.Accession `json:"accession"`
	Old       string          `json:"old"`
	New       string          `json:"new"`
}

// EntryComparison counts entries; what differs in them comes from journal and
// listings, and not from the parser.
type EntryComparison struct {
	Same    int           `json:"same"`
	Added   int           `json:"added"`
	Removed int           `json:"removed"`
	Changed int           `json:"changed"` // those of States included
	States  []StateChange `json:"states,omitempty"`
}

// StateChange counts the entries that were in one state and are in another.
type StateChange struct {
	From    index.State `json:"from"`
	To      index.State `json:"to"`
	Entries int         `json:"entries"`
}

// Differs reports whether the two indexes differ, or were not compared to the end.
func (c *Comparison) Differs() bool {
	return c.Changed.Filings+c.Added.Filings+c.Removed.Filings+c.Bytes.Filings+c.Otherwise.Filings+c.Unread.Filings > 0 ||
		c.Entries.Added+c.Entries.Removed+c.Entries.Changed > 0 || c.Broken != ""
}

// Compare compares the index that is being rebuilt, once Reindex has filled it, with
// the one that it is to replace:
//
//	1 walk over both ⇒ N compare ⇒ 1 count
//
// Of cfg it needs Index; Progress may be nil. The error is what Index.Replaces
// returns when there is nothing to compare with.
func Compare(ctx context.Context, cfg Config) (Comparison, error) {
	if err := cfg.Index.Replaces(); err != nil {
		return Comparison{}, err
	}
	if cfg.Progress == nil {
		cfg.Progress = func(Progress) {}
	}
	counts, err := cfg.Index.Counts()
	if err != nil {
		return Comparison{}, err
	}
	c := &contrast{
		Comparison: Comparison{Parser: parse.ParserVersion, Before: map[int]int{}, Fields: []FieldDifference{}},
		fields:     map[string]*FieldDifference{},
		states:     map[StateChange]int{},
		progress:   cfg.Progress,
		at:         Progress{Stage: StageChecking, Started: time.Now()},
	}
	for _, y := range counts.Years {
		c.at.Listings += y.Count
	}
	err = fanOut(ctx, runtime.GOMAXPROCS(0), twinsOf(cfg.Index.ReplacedFilings()), compareTwin, c.count)
	if err == nil && c.Broken == "" {
		err = c.entries(ctx, cfg.Index)
	}
	c.sort()
	c.at.Stage = StageDone
	c.tell()
	return c.Comparison, err
}
