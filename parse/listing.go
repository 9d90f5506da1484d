package parse

import (
	"errors"
	"fmt"
	"io"
	"iter"

	"example.com/edgard/edgar"
)

// Row is one line of a listing: one filing under one of its filers. A filing
// with several filers has a row for each, all with the same accession number,
// and EDGAR prints some rows twice.
type Row struct {
	Form      edgar.Form // as printed; EDGAR cuts long ones in the listings with columns, at 10 or 15 characters
	Name      string     // a label, perhaps cut; the CIK is the identity
	CIK       edgar.CIK
	Filed     edgar.Date
	Accession edgar.Accession
}

// ErrNotListing means that the bytes are no listing at all: a page of html or
// xml, an archive of another kind, or text without a line of dashes under known
// column titles. The error that wraps it says what they look like.
var ErrNotListing = errors.New("not a listing")

// LineError reports a line of a listing that is no row.
type LineError struct {
	Line   int    // counted from 1 at the top of the listing
	Text   string // the line, its beginning only if it is long
	Reason string
}

// Error returns one line with the number, the reason and the text quoted.
func (e *LineError) Error() string {
	return fmt.Sprintf("listing line %d: %s: %q", e.Line, e.Reason, e.Text)
}

// Listing reads one of EDGAR's listings: master, form, company, crawler or
// xbrl, of a quarter or a day, as text or in gzip. It reads as it is ranged
// over, in memory that does not grow with the listing.
//
// Where a listing has columns, rows are read from the right and the columns are
// learned from the rows, because the titles above them do not tell: EDGAR has
// widened columns under old titles, and an overlong name moves its row.
//
// Every line is checked for its shape: the fields, the digits of CIK, date and
// accession number, the form of the path, the same CIK in both places. The
// values (that the date is in the calendar, say) are checked in wanted rows
// only.
//
// A listing that ends without a newline may have been cut off. If its last line
// is a whole row it is one, and cannot be a damaged one, for a row ends in .txt
// or -index.htm; otherwise it is reported as a LineError. A text cut off exactly
// between two lines cannot be told from a whole one here: compare lengths. A
// gzip that is cut off or damaged anywhere ends in an error.
type Listing struct {
	src     io.Reader
	want    wanted
	lines   lineReader
	split   splitter
	head    listingHead
	started bool
	rows    int
	err     error // sticky: io.EOF or what ended the reading
}

// NewListing returns a reader of the rows of the wanted forms, of all forms when
// none is named. A form matches as printed and whole: 8-K does not match 8-K/A.
func NewListing(r io.Reader, want ...edgar.Form) *Listing {
	return &Listing{src: r, want: newWanted(want)}
}

// Rows returns the rows in the order of the listing. A *LineError reports a line
// that is no row, and the iteration goes on behind it; any other error is the
// last thing yielded. A loop that was left can be taken up where it stopped by
// another call.
func (l *Listing) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			row, err := l.next()
			if err == io.EOF || !yield(row, err) || l.err != nil {
				return
			}
		}
	}
}

// LastData returns the day of the "Last Data Received" line, none when the line
// is missing or cannot be read. Valid once the iteration has begun.
func (l *Listing) LastData() edgar.Date { return l.head.lastData }

// Description returns the text of the "Description" line, such as "Master Index
// of EDGAR Dissemination Feed by Form Type". Valid once the iteration has begun.
func (l *Listing) Description() string { return l.head.description }

// Lines returns how many lines below the dashes have been read so far, rows of
// all forms and bad lines but not blank ones.
func (l *Listing) Lines() int { return l.rows }

// next returns the next wanted row or the next bad line. It sets l.err when
// there will be no more.
func (l *Listing) next() (Row, error) {
	if !l.started && l.err == nil {
		l.started = true
		l.err = l.start()
	}
	for l.err == nil {
		line, err := l.lines.next()
		switch {
		case err == errLongLine:
			l.rows++
			return Row{}, l.bad(line, err.Error())
		case err != nil:
			l.err = l.wrap(err)
			continue
		case len(line) == 0:
			continue
		}
		l.rows++
		if reason := l.split.line(line); reason != "" {
			return Row{}, l.bad(line, reason)
		}
		form, ok := l.want.form(l.split.form)
		if !ok {
			continue
		}
		row, reason := l.split.row(form)
		if reason != "" {
			return Row{}, l.bad(line, reason)
		}
		return row, nil
	}
	return Row{}, l.err
}

func (l *Listing) bad(line []byte, reason string) error {
	return &LineError{Line: l.lines.n, Text: excerpt(line), Reason: reason}
}

func (l *Listing) wrap(err error) error {
	if err == io.EOF {
		return err
	}
	return fmt.Errorf("reading listing after line %d: %w", l.lines.n, err)
}
