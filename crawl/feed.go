package crawl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

const (
	feedPage  = 100 // entries on a page of getcurrent, the most it gives
	feedStep  = 80  // pages overlap, because they shift while they are read
	feedDepth = 5000
	maxFeed   = 64 << 20

	groundMargin = 10 * time.Minute // how far before the last poll a page must reach to end the next
	sweepEvery   = time.Hour        // how often a poll goes back a day, for what came late to its place
	sweepReach   = 24 * time.Hour
)

var errEmptyFeed = errors.New("a feed without entries")

// current reads the getcurrent feed, newest first, page by page back to known
// ground: a page with nothing new on it that reaches back beyond the last whole
// poll. Every hour it goes back a whole day.
func (p *poller) current(ctx context.Context, s *Settings, old index.Listing) (poll, error) {
	r, err := p.reading(s, old)
	if err != nil {
		return poll{}, err
	}
	r.ground = old.Checked.Add(-groundMargin)
	sweep := r.at.Sub(p.swept).Abs() >= sweepEvery
	if from := r.at.Add(-sweepReach); old.Checked.IsZero() || sweep && from.Before(r.ground) {
		r.ground = from
	}
	for _, kind := range feedKinds(r.scope.Forms) {
		if err := r.back(ctx, kind, old.Checked.IsZero()); err != nil {
			return r.poll, err
		}
	}
	if sweep {
		p.swept = r.at
	}
	r.whole = true
	return r.poll, nil
}

// reading is one poll under way.
type reading struct {
	poll
	crawler *Crawler
	scope   Scope
	ground  time.Time
	taken   map[edgar.Accession][]edgar.CIK
}

func (p *poller) reading(s *Settings, old index.Listing) (*reading, error) {
	r := &reading{crawler: p.Crawler, taken: make(map[edgar.Accession][]edgar.CIK)}
	r.at = wall()
	r.listing = index.Listing{Key: p.feed, Checked: old.Checked}
	var err error
	r.scope, err = s.Scope.resolve(p.Index, r.at)
	r.scope.To = edgar.DateOf(r.at).AddDays(366) // a filing date may lie ahead of its publication
	return r, err
}

// back reads pages of one kind until known ground; at first sight, when nothing
// is known, until the page is old.
func (r *reading) back(ctx context.Context, kind string, first bool) error {
	for start := 0; start <= feedDepth; start += feedStep {
		entries, err := r.page(ctx, kind, start)
		if err != nil {
			return fmt.Errorf("from entry %d on: %w", start, err)
		}
		if len(entries) == 0 && start == 0 {
			return errEmptyFeed
		}
		fresh, err := r.take(entries)
		if err != nil {
			return &sinkError{err}
		}
		if len(entries) < feedPage || (fresh == 0 || first) && reachesBack(entries, r.ground) {
			return nil
		}
	}
	return nil // as deep as EDGAR goes: the listings tell of the rest
}

// page reads a page of the filings whose form begins with kind.
func (r *reading) page(ctx context.Context, kind string, start int) ([]parse.FeedEntry, error) {
	q := "action=getcurrent&type=" + url.QueryEscape(kind) + "&company=&dateb=&owner=include&start=" + strconv.Itoa(start) +
		"&count=" + strconv.Itoa(feedPage) + "&output=atom"
	var body bytes.Buffer
	if _, err := r.crawler.pages.get(ctx, "/cgi-bin/browse-edgar?"+q, nil, &body, maxFeed); err != nil {
		return nil, err
	}
	if r.listing.Rows == 0 {
		r.at = wall() // what is on the first page was seen now
	}
	return r.entries(&body)
}

// entries reads a feed. What of it cannot be read is counted, and nobody's filing.
func (r *reading) entries(body *bytes.Buffer) (entries []parse.FeedEntry, err error) {
	bad := 0
	for e, err := range parse.Feed(body) {
		var one *parse.FeedError
		switch {
		case errors.As(err, &one):
			bad++
			e = parse.FeedEntry{}
		case err != nil:
			return nil, err
		}
		entries = append(entries, e)
	}
	if r.bad += bad; bad > 0 && bad == len(entries) {
		return nil, fmt.Errorf("none of %d entries can be read", bad)
	}
	return entries, nil
}

// take notes the rows in scope that the index does not have, and returns how many
// of them were not noted before.
func (r *reading) take(entries []parse.FeedEntry) (fresh int, err error) {
	for _, e := range entries {
		r.listing.Rows++
		if !slices.Contains(r.scope.Forms, e.Form) || e.Filed.Before(r.scope.From) || !r.scope.wantsCIK(e.CIK) {
			continue
		}
		r.listing.Wanted++
		if slices.Contains(r.taken[e.Accession], e.CIK) {
			continue
		}
		had, err := r.crawler.Index.Entry(e.Accession)
		if err != nil && !errors.Is(err, index.ErrNotFound) {
			return fresh, err
		}
		if slices.Contains(had.CIKs, e.CIK) {
			continue
		}
		r.taken[e.Accession] = append(r.taken[e.Accession], e.CIK)
		r.rows = append(r.rows, e.Row)
		fresh++
	}
	return fresh, nil
}

// reachesBack reports whether a page has an entry that was accepted before t.
func reachesBack(entries []parse.FeedEntry, t time.Time) bool {
	return slices.ContainsFunc(entries, func(e parse.FeedEntry) bool { return !e.Accepted.IsZero() && e.Accepted.Before(t) })
}

// feedKinds returns what to ask getcurrent for, which matches forms by their
// beginnings: the forms that begin with no other. Of current reports it is all
// kinds together, for of the rare ones there may be none, and that must stay a fault.
func feedKinds(forms []edgar.Form) (kinds []string) {
	var names []string
	for _, f := range forms {
		name := f.String()
		if f.IsCurrentReport() {
			name = "8-K"
		}
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if n := len(kinds); n == 0 || !strings.HasPrefix(name, kinds[n-1]) {
			kinds = append(kinds, name)
		}
	}
	return kinds
}

// xbrl reads the RSS of filings with XBRL, if it changed since it was read for
// the same scope.
func (p *poller) xbrl(ctx context.Context, s *Settings, old index.Listing) (poll, error) {
	r, err := p.reading(s, old)
	if err != nil {
		return poll{}, err
	}
	var hdr http.Header
	if r.listing.Scope = s.Scope.key(); r.listing.Scope == old.Scope {
		r.listing = old
		hdr = validators(old.ETag, old.LastModified)
	}
	var body bytes.Buffer
	v, err := p.pages.get(ctx, "/Archives/edgar/xbrlrss.all.xml", hdr, &body, maxFeed)
	if err != nil {
		return poll{}, err
	}
	r.at = wall()
	if v.Status == http.StatusNotModified {
		r.whole = true
		return r.poll, nil
	}
	entries, err := r.entries(&body)
	if err == nil && len(entries) == 0 {
		err = errEmptyFeed
	}
	if err != nil {
		return poll{}, err
	}
	r.listing.Rows, r.listing.Wanted = 0, 0
	if _, err := r.take(entries); err != nil {
		return poll{}, &sinkError{err}
	}
	r.listing.ETag, r.listing.LastModified = v.Header.Get("ETag"), v.Header.Get("Last-Modified")
	r.whole = true
	return r.poll, nil
}
