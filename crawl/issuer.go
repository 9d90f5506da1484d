package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"go.uber.org/zap"
)

// maxIssuers is about how many issuers a pass asks for their own listings rather
// than reading everybody's: a pass needs one request for each, whatever the range,
// and twenty of them come in three seconds and weigh less than the listing of one
// quarter. From 1993 on these would be 130 listings and half a gigabyte.
const maxIssuers = 20

// Issuer makes a pass over all that the issuers s.CIKs ever filed, from s.From on
// when that is given, in the way of Sync. It leaves alone what the archive is
// meant to cover.
//
// A pass over at most 20 issuers, by Issuer or Sync, reads the listings that
// data.sec.gov keeps of each: they are current within seconds of a filing. An
// issuer that EDGAR does not know is a *MisuseError.
func (c *Crawler) Issuer(ctx context.Context, s Scope) (Report, error) {
	if len(s.CIKs) == 0 {
		return Report{}, misusef("no issuer: give a CIK or a ticker")
	}
	if s.From.IsZero() {
		s.From = edgar.FirstQuarter().First()
	}
	s.AdHoc = true
	p := &pass{Crawler: c, now: time.Now(), command: "issuer"}
	return p.account(ctx, s, p.whole)
}

// byIssuer reports whether issuers' own listings are read instead of everybody's.
func (s *Scope) byIssuer() bool { return len(s.CIKs) > 0 && len(s.CIKs) <= maxIssuers }

// isIssuerListing tells kept copies of issuers' listings from others.
func isIssuerListing(file string) bool { return strings.HasPrefix(file, "submissions/") }

// readIssuers reads the listing of each issuer in scope, with those of its older
// pages that the range needs.
func (p *pass) readIssuers(ctx context.Context) error {
	p.progress.Listings = len(p.scope.CIKs)
	roll := new(roll)
	for _, c := range p.scope.CIKs {
		if err := p.readIssuer(ctx, c, roll); err != nil {
			return err
		}
	}
	return p.callRoll(roll)
}

func (p *pass) readIssuer(ctx context.Context, c edgar.CIK, roll *roll) error {
	key := "CIK" + c.Padded()
	_, had, err := p.Index.Listing(key)
	if err != nil {
		return err
	}
	first := p.issuerSource(key, c)
	first.running, first.young = true, !had
	if err := p.read(ctx, first); err != nil {
		return err
	}
	l, err := p.readKeptIssuer(c)
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, parse.ErrNotIssuerListing) { // a gap
		roll.broken = true
		return nil
	}
	if err != nil {
		return err
	}
	sources := append(p.olderPages(l), first)
	p.progress.Listings += len(sources) - 1
	for _, src := range sources[:len(sources)-1] {
		if err := p.read(ctx, src); err != nil {
			return err
		}
	}
	for _, src := range sources {
		if err := p.enrol(src, roll); err != nil {
			return fmt.Errorf("listing %s: %w", src.name, err)
		}
	}
	return nil
}

// issuerSource makes the source of a page of an issuer's listing by its name,
// which is the last part of its path without .json.
func (p *pass) issuerSource(name string, c edgar.CIK) source {
	return source{
		name: name, paths: []string{path.Dir(edgar.SubmissionsPath(c)) + "/" + name + ".json"},
		first: edgar.FirstQuarter().First(), last: p.today, issuer: c, expected: true,
	}
}

// pageSlack is how many days a page's rows may lie beyond the range that is given
// for it, which EDGAR calls approximate.
const pageSlack = 31

// olderPages returns the older pages whose range the scope touches. What the
// first page says of one is its version.
func (p *pass) olderPages(l *parse.IssuerListing) []source {
	var pages []source
	for _, o := range l.Older {
		src := p.issuerSource(strings.TrimSuffix(o.Name, ".json"), l.Issuer.CIK)
		src.version = fmt.Sprintf("%d %s..%s", o.Count, o.From, o.To)
		if !o.From.IsZero() {
			src.first = o.From.AddDays(-pageSlack)
		}
		if !o.To.IsZero() && o.To.AddDays(pageSlack).Before(p.today) {
			src.last = o.To.AddDays(pageSlack)
		}
		if !src.last.Before(p.scope.From) && !p.scope.To.Before(src.first) {
			pages = append(pages, src)
		}
	}
	return pages
}

// extent returns what the pass wants of a listing. All of an issuer's own listing
// is wanted by whoever reads it.
func (p *pass) extent(src source) extent {
	x := p.scope.of(src.first, src.last)
	if !src.issuer.IsZero() {
		x.ciks = "*"
	}
	return x
}

// unknown says what a young listing that is not there means: nothing, but an
// issuer nobody knows.
func (src *source) unknown() error {
	if src.issuer.IsZero() {
		return nil
	}
	return misusef("CIK %s: EDGAR has nothing filed by it (%s is not there): look for the number on sec.gov or give a ticker", src.issuer, src.paths[0])
}

// verifyIssuer reads a fetched page of an issuer's listing: that it is one, whose
// it is, and which of its rows are bad.
func (p *pass) verifyIssuer(f *os.File, l *index.Listing) error {
	in, err := readIssuerPage(f, l.File)
	if err != nil {
		return &damagedError{err}
	}
	for i := range in.Bad[:min(len(in.Bad), badLinesShown)] {
		p.Log.Warn("listing line skipped", zap.String("listing", l.Key), zap.Error(&in.Bad[i]))
	}
	p.report.BadLines += len(in.Bad)
	l.Rows, l.Bad = in.Lines(), len(in.Bad)
	return nil
}

// readIssuerPage reads either kind of page; a first page must be of the issuer
// that its file is named for.
func readIssuerPage(r io.Reader, file string) (*parse.IssuerListing, error) {
	c, older, err := pageOwner(file)
	if err != nil {
		return nil, err
	}
	if older {
		return parse.ReadOlderPage(r)
	}
	in, err := parse.ReadIssuerListing(r)
	if err == nil && in.Issuer.CIK != c {
		return nil, fmt.Errorf("listing of CIK %s instead", in.Issuer.CIK)
	}
	return in, err
}

// pageOwner returns whose page a file "submissions/CIK##########….json" is, and
// whether it is an older one.
func pageOwner(file string) (c edgar.CIK, older bool, err error) {
	name := path.Base(file)
	digits, _, older := strings.Cut(strings.TrimPrefix(strings.TrimSuffix(name, ".json"), "CIK"), "-submissions-")
	c, err = edgar.ParseCIK(digits)
	if err == nil && older && !parse.IsOlderPage(name, c) || err == nil && !older && name != path.Base(edgar.SubmissionsPath(c)) {
		err = fmt.Errorf("file %q is no page of an issuer's listing", name)
	}
	return c, older, err
}

// readKeptIssuer reads the kept first page of an issuer's listing.
func (p *pass) readKeptIssuer(c edgar.CIK) (*parse.IssuerListing, error) {
	f, err := os.Open(p.kept(file(edgar.SubmissionsPath(c))))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return parse.ReadIssuerListing(f)
}

// KeptIssuer returns what the kept listing of an issuer says of it, and whether
// there is one that can be read. What a listing says is as of the last pass.
func KeptIssuer(listingsDir string, c edgar.CIK) (parse.Issuer, bool) {
	p := &pass{Crawler: &Crawler{Config: Config{ListingsDir: listingsDir}}}
	l, err := p.readKeptIssuer(c)
	if err != nil {
		return parse.Issuer{}, false
	}
	return l.Issuer, true
}

// issuerRows yields the rows of a kept page. Those of an older page learn from the
// first one what the issuer's name is.
func (p *pass) issuerRows(f io.Reader, l index.Listing, yield func(parse.Row, error) bool) {
	in, err := readIssuerPage(f, l.File)
	if err != nil {
		yield(parse.Row{}, err)
		return
	}
	c, older, err := pageOwner(l.File)
	var name string
	if first, ferr := p.readKeptIssuer(c); older && ferr == nil {
		name = first.Issuer.Name
	}
	for _, row := range in.Rows {
		if row.CIK = c; older {
			row.Name = name
		}
		if !yield(row, err) {
			return
		}
	}
}
