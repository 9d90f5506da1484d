package crawl

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"os"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// Taken is a listing whose wanted rows the index has.
type taken struct {
	index.Listing
	src    source
	extent extent // what the pass wants of it
	fresh  bool   // read in this pass
	wanted tally  // of the rows, when fresh
}

// tally is a set of accession numbers, as far as it takes to tell two sets apart.
type tally struct {
	n   int
	sum uint64
}

func (t *tally) add(a edgar.Accession) {
	h := fnv.New64a()
	h.Write(a.AppendKey(nil))
	t.n++
	t.sum += h.Sum64()
}

// tallyOf counts submissions: one appears in a row for each of its filers.
func tallyOf(rows []parse.Row) (t tally) {
	seen := make(map[edgar.Accession]struct{}, len(rows))
	for _, r := range rows {
		if _, twice := seen[r.Accession]; !twice {
			seen[r.Accession] = struct{}{}
			t.add(r.Accession)
		}
	}
	return t
}

var errNotAsFetched = errors.New("not the bytes that were fetched")

// keptRows yields the rows of the kept copy of a listing, those of some forms at
// least when only they are wanted, and no bad ones, which were reported when the
// listing was fetched. A copy that is gone, or is not what its record says, ends in
// a *damagedError.
func (p *pass) keptRows(l index.Listing, want ...edgar.Form) iter.Seq2[parse.Row, error] {
	return func(yield func(parse.Row, error) bool) {
		f, err := os.Open(p.kept(l.File))
		if err != nil {
			yield(parse.Row{}, &damagedError{fmt.Errorf("kept copy: %w", err)})
			return
		}
		defer f.Close()
		sum := sha256.New()
		in := io.TeeReader(f, sum)
		for row, err := range p.rowsIn(in, l, want...) {
			if err != nil {
				err = &damagedError{fmt.Errorf("kept copy: %w", err)}
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
		_, err = io.Copy(io.Discard, in)
		if err == nil && hex.EncodeToString(sum.Sum(nil)) != l.SHA256 {
			err = errNotAsFetched
		}
		if err != nil {
			yield(parse.Row{}, &damagedError{fmt.Errorf("kept copy: %w", err)})
		}
	}
}

// rowsIn yields the rows of a listing of any kind.
func (p *pass) rowsIn(r io.Reader, l index.Listing, want ...edgar.Form) iter.Seq2[parse.Row, error] {
	return func(yield func(parse.Row, error) bool) {
		if isIssuerListing(l.File) {
			p.issuerRows(r, l, yield)
			return
		}
		for row, err := range parse.NewListing(r, want...).Rows() {
			var bad *parse.LineError
			if !errors.As(err, &bad) && !yield(row, err) {
				return
			}
		}
	}
}

// spoilt drops a kept copy that cannot be relied on, so that it is fetched again,
// by the next pass at the latest.
func (p *pass) spoilt(r *taken, why *damagedError) error {
	p.report.Gaps = append(p.report.Gaps, r.Key+": "+why.Error())
	return p.dropCopy(r.Listing, why)
}

func (p *pass) dropCopy(l index.Listing, why *damagedError) error {
	p.Log.Warn("kept listing dropped", zap.String("listing", l.Key), zap.Error(why))
	if err := os.Remove(p.kept(l.File)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
