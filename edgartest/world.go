package edgartest

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"example.com/edgard/edgar"
)

// World is an EDGAR in memory. It is an http.Handler and an http.RoundTripper,
// safe for concurrent use, and may change while it is being read. Make one with
// New, FromTxtar, FromFS or Demo.
type World struct {
	now       func() time.Time
	latency   time.Duration
	nightly   bool
	anyAgent  bool
	recent    int
	wideFrom  edgar.Quarter
	gzipDaily map[edgar.Quarter]bool
	from      edgar.Quarter

	mu       sync.RWMutex
	entries  map[edgar.Accession]*entry
	quarters map[edgar.Quarter][]*entry
	days     map[edgar.Date][]*entry // as printed in daily listings: never corrected
	filers   map[edgar.CIK][]*entry
	tickers  []ticker
	files    map[string][]byte
	changed  map[string]time.Time // by quarter, day, accession or "tickers": last change after the first request
	skipped  []Skipped

	log    requestLog
	script script
	gate   limiter
}

// Option sets something about a World when it is made.
type Option func(*World)

// WithNow gives the world its calendar: now decides which quarters and days are
// listed and which submissions are public. The default is time.Now. Requests are
// timed by time.Now in any case, so that a standing calendar does not stop the
// limiter.
func WithNow(now func() time.Time) Option { return func(w *World) { w.now = now } }

// WithLatency delays every answer by d, or until the request's context ends.
func WithLatency(d time.Duration) Option { return func(w *World) { w.latency = d } }

// WithLimit throttles like sec.gov: more than n requests in a sliding second,
// and every request of the next ten minutes gets the throttle page. A request
// sent while blocked begins the ten minutes anew.
func WithLimit(n int) Option { return func(w *World) { w.gate.limit = n } }

// WithNightlyListings rebuilds the quarterly listings at 22:00 Eastern only, as
// sec.gov does. By default a quarterly listing holds a submission as soon as it
// is public; daily listings appear at 22:00 in either case.
func WithNightlyListings() Option { return func(w *World) { w.nightly = true } }

// WithAnyUserAgent accepts every User-Agent. By default a request must declare a
// name and an e-mail address, or it gets the page for undeclared tools.
func WithAnyUserAgent() Option { return func(w *World) { w.anyAgent = true } }

// WithRecent makes n, instead of 1,000, the number of filings in the first page
// of a submissions JSON; older ones follow in pages of n.
func WithRecent(n int) Option { return func(w *World) { w.recent = max(n, 1) } }

// WithWideForms lays out the form and company listings of quarters from q on
// with the wider form column of rebuilt files. The default is 2022Q1.
func WithWideForms(q edgar.Quarter) Option { return func(w *World) { w.wideFrom = q } }

// WithGzipDaily keeps the daily listings of the given quarters as .idx.gz only,
// as sec.gov does for some of 2011 to 2014, which are the default.
func WithGzipDaily(qs ...edgar.Quarter) Option {
	return func(w *World) {
		w.gzipDaily = make(map[edgar.Quarter]bool)
		for _, q := range qs {
			w.gzipDaily[q] = true
		}
	}
}

// WithFrom lists quarters from q on, header-only where nothing was filed. By
// default the first quarter is that of the earliest submission.
func WithFrom(q edgar.Quarter) Option { return func(w *World) { w.from = q } }

// New makes an empty world.
func New(opts ...Option) *World {
	w := &World{
		now:       time.Now,
		recent:    1000,
		wideFrom:  quarter(2022, 1),
		gzipDaily: make(map[edgar.Quarter]bool),
		entries:   make(map[edgar.Accession]*entry),
		quarters:  make(map[edgar.Quarter][]*entry),
		days:      make(map[edgar.Date][]*entry),
		filers:    make(map[edgar.CIK][]*entry),
		files:     make(map[string][]byte),
		changed:   make(map[string]time.Time),
	}
	for _, q := range [][2]int{{2011, 3}, {2011, 4}, {2013, 1}, {2013, 3}, {2013, 4}, {2014, 2}} {
		w.gzipDaily[quarter(q[0], q[1])] = true
	}
	for _, o := range opts {
		o(w)
	}
	return w
}

func quarter(year, n int) edgar.Quarter {
	d, err := edgar.NewDate(year, time.Month(3*n), 1)
	if err != nil {
		return edgar.Quarter{}
	}
	return d.Quarter()
}

// Add stores submissions, the later of two with one accession number replacing
// the earlier. It stops at the first that is not valid.
func (w *World) Add(subs ...Submission) error {
	for i, s := range subs {
		e, err := newEntry(s)
		if err != nil {
			return fmt.Errorf("adding submission %d: %w", i, err)
		}
		w.put(e)
	}
	return nil
}

func (w *World) put(e *entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	day := e.Filed
	old := w.drop(e.Accession)
	if old != nil && old.Filed.Quarter() != day.Quarter() {
		w.touch(old.Filed.Quarter().String())
	}
	w.entries[e.Accession] = e
	w.quarters[day.Quarter()] = append(w.quarters[day.Quarter()], e)
	for _, f := range e.Filers {
		if l := w.filers[f.CIK]; len(l) == 0 || l[len(l)-1] != e {
			w.filers[f.CIK] = append(l, e)
		}
	}
	w.touch(day.Quarter().String())
	if old != nil {
		w.touch(e.Accession.String())
		if t := w.changed[e.Accession.String()]; t.After(e.modified) {
			e.modified = t
		}
	}
	if old == nil && !e.PrivateToPublic {
		w.days[day] = append(w.days[day], e)
		w.touch(day.String())
	}
}

// Remove deletes a submission, as the SEC does now and then: its file is gone
// and quarterly listings, feed and JSON forget it; daily listings are never
// corrected and go on naming it. It reports whether there was one.
func (w *World) Remove(a edgar.Accession) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	e := w.drop(a)
	if e != nil {
		w.touch(e.Filed.Quarter().String())
	}
	return e != nil
}

func (w *World) drop(a edgar.Accession) *entry {
	e := w.entries[a]
	if e == nil {
		return nil
	}
	delete(w.entries, a)
	is := func(x *entry) bool { return x == e }
	q := e.Filed.Quarter()
	w.quarters[q] = slices.DeleteFunc(slices.Clone(w.quarters[q]), is)
	for _, f := range e.Filers {
		w.filers[f.CIK] = slices.DeleteFunc(slices.Clone(w.filers[f.CIK]), is)
	}
	return e
}

// ChangeHeader corrects the header of a submission: edit gets its text, from the
// line after <SEC-HEADER> to the line before </SEC-HEADER>, and returns the new
// one. The accession number must stay.
func (w *World) ChangeHeader(a edgar.Accession, edit func(header string) string) error {
	body, err := w.Body(a)
	if err != nil {
		return err
	}
	text := string(body)
	i, j, _ := headerSpan(text)
	e, err := newEntry(Submission{Body: []byte(text[:i] + edit(text[i:j]) + text[j:])})
	if err != nil {
		return fmt.Errorf("changing the header of %s: %w", a, err)
	}
	if e.Accession != a {
		return fmt.Errorf("changing the header of %s: it now says %s", a, e.Accession)
	}
	w.put(e)
	return nil
}

// Body returns the whole text of a submission as the world serves it.
func (w *World) Body(a edgar.Accession) ([]byte, error) {
	w.mu.RLock()
	e := w.entries[a]
	w.mu.RUnlock()
	if e == nil {
		return nil, fmt.Errorf("submission %s: not in this world", a)
	}
	return e.load()
}

// Submissions returns what the world holds, in accession order, without bodies.
func (w *World) Submissions() []Submission {
	w.mu.RLock()
	defer w.mu.RUnlock()
	subs := make([]Submission, 0, len(w.entries))
	for _, e := range w.entries {
		subs = append(subs, e.Submission)
	}
	slices.SortFunc(subs, func(a, b Submission) int { return a.Accession.Compare(b.Accession) })
	return subs
}

// touch notes that a listing changed, strictly later than anything it was
// served as. Before the first request there is nothing to be later than.
func (w *World) touch(key string) {
	if w.log.len() == 0 {
		return
	}
	t := w.now().UTC().Truncate(time.Second)
	if last := w.changed[key]; !t.After(last) {
		t = last
	}
	w.changed[key] = t.Add(time.Second)
}
