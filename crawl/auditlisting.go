package crawl

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// readIssuerPages notes what the listings of issuers name, each row in the sheet
// of its quarter.
func (a *auditor) readIssuerPages(ctx context.Context) error {
	for _, l := range a.shelf.records {
		if !isIssuerListing(l.File) || l.Absent {
			continue
		}
		err := a.rowsOf(ctx, l, func(q edgar.Quarter, acc edgar.Accession) {
			s := a.sheet(q)
			s.listed = append(s.listed, acc)
		})
		if _, err = a.damaged(a.sheet(edgar.Quarter{}), l, err); err != nil {
			return err
		}
	}
	return nil
}

// readQuarter reads the kept listings of a quarter: its own, and those of its days
// that it does not reach.
func (a *auditor) readQuarter(ctx context.Context, s *sheet) error {
	whole := s.record.Key != ""
	listed := s.listed
	for _, l := range a.ofSheet(s) {
		_, d := listedDays(l.Key)
		own := d.IsZero() || s.record.LastData.Before(d)
		err := a.rowsOf(ctx, l, func(_ edgar.Quarter, acc edgar.Accession) {
			if own {
				listed = append(listed, acc)
			}
		})
		bad, err := a.damaged(s, l, err)
		if err != nil {
			return err
		}
		whole = whole && (!bad || !d.IsZero())
	}
	slices.SortFunc(listed, edgar.Accession.Compare)
	return a.judge(s, slices.Compact(listed), whole)
}

// damaged reports whether reading a kept copy came to nothing, and notes that it is
// damaged, unless it is another one by now. Of other errors it returns err.
func (a *auditor) damaged(s *sheet, l index.Listing, err error) (bool, error) {
	var bad *damagedError
	if !errors.As(err, &bad) {
		return false, err
	}
	err = a.ask(func(ix index.Reader) error {
		now, _, err := ix.Listing(l.Key)
		if err == nil && now.SHA256 == l.SHA256 {
			s.add(Difference{Kind: ListingDamaged, Listing: l.Key, Detail: bad.Error()})
		}
		return err
	})
	return true, err
}

// ofSheet returns the records of a quarter and its days whose copies are kept.
func (a *auditor) ofSheet(s *sheet) (ls []index.Listing) {
	for key, l := range a.shelf.records {
		q, d := listedDays(key)
		if !d.IsZero() {
			q = d.Quarter()
		}
		if !q.IsZero() && q == s.Quarter && !l.Absent && l.SHA256 != "" {
			ls = append(ls, l)
		}
	}
	slices.SortFunc(ls, func(a, b index.Listing) int { return cmp.Compare(a.Key, b.Key) })
	return ls
}

// rowsOf calls f for each row of a kept copy that was wanted. It reads the copy to
// its end in any case.
func (a *auditor) rowsOf(ctx context.Context, l index.Listing, f func(edgar.Quarter, edgar.Accession)) error {
	a.progress.Listing = l.Key
	a.Progress(a.progress)
	scope, ok := parseExtent(l.Scope).scope()
	for row, err := range a.keptRows(l, scope.Forms...) {
		if err == nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			return err
		}
		if ok && scope.wantsForm(row.Form) && scope.wantsDate(row.Filed) && scope.wantsCIK(row.CIK) {
			f(row.Filed.Quarter(), row.Accession)
		}
	}
	return nil
}

// judge counts the listed, and finds the entries that the listing of the quarter,
// when it could be read whole, ought to have and has not.
func (a *auditor) judge(s *sheet, listed []edgar.Accession, whole bool) error {
	s.Listed = len(listed)
	for _, acc := range listed {
		if err := a.count(s, acc); err != nil {
			return err
		}
	}
	for _, acc := range s.judged {
		if _, ok := slices.BinarySearchFunc(listed, acc, edgar.Accession.Compare); ok || !whole {
			continue
		}
		st, _, err := a.standing(acc)
		if err != nil {
			return err
		}
		if st.State != index.Withdrawn { // nor is it meanwhile
			s.add(Difference{Kind: NotListed, Accession: acc, Listing: s.record.Key})
		}
	}
	s.judged, s.listed = nil, nil
	return nil
}
