package mirror

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

const (
	pageRows = 1000    // of an older page, and the least of the first
	maxRows  = 100_000 // of an issuer; no issuer has filed as many reports
)

// issuerListing finds CIK##########.json and its older pages below submissions.
func (m *Mirror) issuerListing(ctx context.Context, name string) (*resource, error) {
	cik, page, ok := cutIssuerPage(name)
	if !ok {
		return nil, errNoKey
	}
	is, err := m.issuer(ctx, cik)
	if err != nil {
		return nil, err
	}
	recent, older := paginate(is.reports)
	var v any
	switch {
	case len(recent) == 0 || page > len(older):
		return nil, errNoKey
	case page == 0:
		v = is.submissions(cik, recent, older)
	default:
		v = tableOf(older[page-1])
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return static("application/json", b), nil
}

// cutIssuerPage takes CIK0000320193-submissions-001.json apart; page 0 is the first.
func cutIssuerPage(name string) (cik edgar.CIK, page int, ok bool) {
	digits, rest, older := strings.Cut(strings.TrimPrefix(name, "CIK"), "-")
	if !older {
		digits = strings.TrimSuffix(digits, ".json")
	}
	cik, err := edgar.ParseCIK(digits)
	if err != nil {
		return cik, 0, false
	}
	if older {
		if _, err := fmt.Sscanf(rest, "submissions-%03d.json", &page); err != nil || page < 1 {
			return cik, 0, false
		}
	}
	return cik, page, name == issuerPage(cik, page)
}

func issuerPage(cik edgar.CIK, page int) string {
	if page == 0 {
		return "CIK" + cik.Padded() + ".json"
	}
	return fmt.Sprintf("CIK%s-submissions-%03d.json", cik.Padded(), page)
}

// An issuer is what is listed of one, newest first.
type issuer struct {
	index.Issuer
	header  parse.Filer // of the newest filing
	reports []report
}

// issuer reads what is listed of an issuer.
func (m *Mirror) issuer(ctx context.Context, cik edgar.CIK) (*issuer, error) {
	is := new(issuer)
	q := index.Query{CIKs: []edgar.CIK{cik}, Limit: index.MaxLimit}
	for {
		var p index.Page
		err := m.Index(func(ix index.Reader) (err error) {
			if p, err = ix.Find(q); err != nil || q.After != "" || len(p.Filings) == 0 {
				return err
			}
			is.Issuer, err = ix.Issuer(cik)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("listing of CIK %s: %w", cik, err)
		}
		for _, f := range p.Filings {
			is.add(f, cik)
		}
		if q.After = p.Next; q.After == "" || len(is.reports) >= maxRows {
			return is, nil
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
}

func (is *issuer) add(f *parse.Filing, cik edgar.CIK) {
	if f.Withdrawn || !whole(f) {
		return
	}
	var header parse.Filer
	for _, x := range f.Filers {
		if x.CIK == cik {
			header = x
			break
		}
	}
	if is.header.CIK.IsZero() {
		is.header = header
	}
	is.reports = append(is.reports, reportOf(f, header))
}

// paginate splits reports, newest first, into the recent ones and older pages, which
// stay as they are while newer ones come: the oldest are on the first.
func paginate(rs []report) (recent []report, older [][]report) {
	for len(rs) >= 2*pageRows {
		older = append(older, rs[len(rs)-pageRows:])
		rs = rs[:len(rs)-pageRows]
	}
	return rs, older
}
