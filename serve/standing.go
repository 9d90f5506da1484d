package serve

import (
	"context"
	"iter"
	"time"

	"example.com/edgard/index"
)

// Environment is what a report on the state of an archive needs beyond its index. The
// functions may be nil, where that is not known.
type Environment struct {
	Data  string   // the data directory
	Rate  float64  // requests a second that a pass may make, 0 for any number
	Feeds []string // the live sources that run asks

	Gaps   func(ix index.Reader, now time.Time) ([]Gap, error) // which listings are missing
	Pauses func() ([]Pause, error)                             // cool-downs that hold every process of the user
	Disk   func() (Disk, error)
}

// Standing is the state of an archive, as crawler status prints it.
type Standing struct {
	Data string `json:"data"`
	index.Status
	Rate   float64  `json:"rate"`           // requests a second that a pass may make, 0 for any number
	Gaps   []Gap    `json:"gaps,omitempty"` // listings of past days and quarters that are missing
	Pauses []Pause  `json:"pauses,omitempty"`
	Feeds  []string `json:"feeds"` // the live sources that run asks

	FeedsRead map[string]time.Time `json:"feeds_read,omitempty"` // when each was read last
	WholePass *index.Pass          `json:"whole_pass,omitempty"` // the last that read every listing of its scope
	Disk      *Disk                `json:"disk,omitempty"`
}

// Gap is a listing of a past quarter or day that is missing, or was not read whole.
type Gap struct {
	Kind    string `json:"kind"`
	Listing string `json:"listing"` // its key: "2024Q1", "2024-02-01"
	Detail  string `json:"detail,omitempty"`
}

// GapsByDetail yields what is the matter with listings, in the order of its first, and
// those listings.
func GapsByDetail(gaps []Gap) iter.Seq2[string, []string] {
	return func(yield func(detail string, listings []string) bool) {
		var details []string
		listings := make(map[string][]string)
		for _, g := range gaps {
			if listings[g.Detail] == nil {
				details = append(details, g.Detail)
			}
			listings[g.Detail] = append(listings[g.Detail], g.Listing)
		}
		for _, d := range details {
			if !yield(d, listings[d]) {
				return
			}
		}
	}
}

// Pause is a time in which no request goes to a host.
type Pause struct {
	Host  string    `json:"host"`
	Until time.Time `json:"until"`
	Why   string    `json:"why,omitempty"`
}

// Disk is what the data directory has and takes, in bytes.
type Disk struct {
	Free    int64 `json:"free"`
	Reserve int64 `json:"reserve"` // less than this free, and a crawl pauses
	Index   int64 `json:"index"`
}

// Stand reads the state of the archive whose index ix is.
func (e Environment) Stand(ix index.Reader, now time.Time) (st Standing, err error) {
	st = Standing{Data: e.Data, Rate: e.Rate, Feeds: e.Feeds}
	if st.Status, err = ix.Status(now); err != nil {
		return st, err
	}
	if e.Gaps != nil {
		if st.Gaps, err = e.Gaps(ix, now); err != nil {
			return st, err
		}
	}
	if st.FeedsRead, err = feedsRead(ix); err != nil {
		return st, err
	}
	if st.WholePass, err = wholePass(ix); err != nil {
		return st, err
	}
	return st, e.beside(&st)
}

// beside adds what the index does not know.
func (e Environment) beside(st *Standing) (err error) {
	if e.Pauses != nil {
		if st.Pauses, err = e.Pauses(); err != nil {
			return err
		}
	}
	if e.Disk != nil {
		if d, err := e.Disk(); err == nil { // else the rest is reported without it
			st.Disk = &d
		}
	}
	return nil
}

// feedsRead tells when each live source was read last.
func feedsRead(ix index.Reader) (map[string]time.Time, error) {
	read := make(map[string]time.Time)
	for _, feed := range []string{"getcurrent", "xbrlrss"} {
		l, ok, err := ix.Listing(feed)
		if err != nil {
			return nil, err
		}
		if ok && !l.Checked.IsZero() {
			read[feed] = l.Checked
		}
	}
	return read, nil
}

// passesLooked is how many reports of passes are looked through for a whole one.
const passesLooked = 1000

// wholePass returns the last pass that read every listing of its scope, nil when
// none did.
func wholePass(ix index.Reader) (*index.Pass, error) {
	ps, err := ix.Passes(passesLooked)
	for i := range ps {
		if ps[i].Complete && ps[i].Scope != "" {
			return &ps[i], err
		}
	}
	return nil, err
}

// standing keeps where the archive stands for those who ask often.
type standing struct {
	read func() (Standing, error)
	turn chan struct{} // held by the one who looks at what follows
	last Standing
	at   time.Time // when last was read; zero before
}

func newStanding(s *Server) *standing {
	return &standing{turn: make(chan struct{}, 1), read: func() (st Standing, err error) {
		err = s.Index(func(ix index.Reader) error {
			st, err = s.Stand(ix, time.Now())
			return err
		})
		return st, err
	}}
}

// get returns where the archive stands, or stood at most old ago, and when.
func (k *standing) get(ctx context.Context, old time.Duration) (st Standing, at time.Time, err error) {
	select {
	case k.turn <- struct{}{}:
	case <-ctx.Done():
		return st, at, context.Cause(ctx)
	}
	defer func() { <-k.turn }()
	if k.at.IsZero() || time.Since(k.at) > old {
		if st, err = k.read(); err != nil {
			return st, at, err
		}
		k.last, k.at = st, time.Now()
	}
	return k.last, k.at, nil
}
