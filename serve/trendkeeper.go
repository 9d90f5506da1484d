package serve

import (
	"context"
	"html/template"
	"sync"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/index"
)

const (
	trendsStand  = time.Minute // before they are looked after again
	trendsWait   = 300 * time.Millisecond
	trendsKept   = 16 // ranges
	trendsAtOnce = 4  // ranges that are waited for
)

// A trendKeeper counts filings when somebody asks, and keeps what it counted: what is
// older than trendsStand is counted again in the background, unless the index is as it
// was, and given meanwhile. It counts once at a time, piece by piece.
//
//	N requests ⇒ 1 count for each range, in turn
type trendKeeper struct {
	index index.Asking
	log   *zap.Logger
	ctx   context.Context // ends with the keeper
	stop  context.CancelFunc
	work  sync.WaitGroup
	turn  chan struct{}

	mu      sync.Mutex // never held while waiting
	kept    map[days]*keptTrends
	waiting int // for a first count
}

// keptTrends is what is known of a range. Only now and err change hands, under mu.
type keptTrends struct {
	now     *trends // nil: not counted yet
	err     error   // of the last try
	tried   time.Time
	asked   time.Time
	running chan struct{} // closed when the count at work ends; nil: none is
}

func newTrendKeeper(ask index.Asking, log *zap.Logger) *trendKeeper {
	k := &trendKeeper{index: ask, log: log, turn: make(chan struct{}, 1), kept: map[days]*keptTrends{}}
	k.ctx, k.stop = context.WithCancel(context.Background())
	return k
}

// close ends the counts at work; none begins after it.
func (k *trendKeeper) close() {
	k.mu.Lock()
	k.stop()
	k.mu.Unlock()
	k.work.Wait()
}

// get returns the trends of a range: new ones if they can be had at once, else those
// that are there, and waits only where there are none.
func (k *trendKeeper) get(ctx context.Context, d days) (*trends, error) {
	e, now, running, err := k.look(d)
	if err != nil || running == nil {
		return now, err
	}
	var enough <-chan time.Time // never, where there is nothing else
	if now != nil {
		timer := time.NewTimer(trendsWait)
		defer timer.Stop()
		enough = timer.C
	}
	select {
	case <-running:
	case <-enough:
		return now, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if e.now != nil {
		return e.now, nil
	}
	return nil, e.err
}

// look returns what is kept of a range, and what tells the end of the count that is
// at work or that it has begun.
func (k *trendKeeper) look(d days) (e *keptTrends, now *trends, running chan struct{}, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e = k.kept[d]
	if e == nil {
		if k.waiting >= trendsAtOnce {
			return nil, nil, nil, unavailable("several ranges are being counted: try again in a few seconds")
		}
		k.forget()
		e = &keptTrends{}
		k.kept[d] = e
	}
	e.asked = time.Now()
	if e.running == nil && (e.now == nil || time.Since(e.tried) >= trendsStand) && k.ctx.Err() == nil {
		e.running = make(chan struct{})
		if e.now == nil {
			k.waiting++
		}
		k.work.Go(func() { k.count(d, e, e.now) })
	}
	if e.now == nil && e.running == nil {
		return nil, nil, nil, context.Canceled
	}
	return e, e.now, e.running, nil
}

// forget makes room for another range: the one that nobody has asked for the longest.
func (k *trendKeeper) forget() {
	for len(k.kept) >= trendsKept {
		var oldest days
		var found *keptTrends
		for d, e := range k.kept {
			if e.running == nil && (found == nil || e.asked.Before(found.asked)) {
				oldest, found = d, e
			}
		}
		if found == nil {
			return
		}
		delete(k.kept, oldest)
	}
}

// count brings a range up to date, when its turn comes.
func (k *trendKeeper) count(d days, e *keptTrends, was *trends) {
	var now *trends
	err := context.Canceled
	select {
	case k.turn <- struct{}{}:
		now, err = k.collect(d, was)
		<-k.turn
	case <-k.ctx.Done():
	}
	if err != nil && k.ctx.Err() == nil {
		k.log.Error("filings are not counted", zap.Error(err))
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if was == nil {
		k.waiting--
	}
	if e.tried, e.err = time.Now(), err; err == nil {
		e.now = now
	}
	close(e.running)
	e.running = nil
}

// collect asks the index, in many short questions.
func (k *trendKeeper) collect(d days, was *trends) (*trends, error) {
	t := &trends{From: d.from, To: d.to}
	var all index.Counts
	err := k.index(func(ix index.Reader) (err error) {
		if t.Edition, err = ix.Edition(); err == nil && (was == nil || was.Edition != t.Edition) {
			all, err = ix.Counts()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if was != nil && was.Edition == t.Edition {
		same := *was
		same.Collected = time.Now().UTC()
		return &same, nil
	}
	t.Counts, t.allYears = d.part(all), all.Years
	q := index.TallyQuestion{From: d.from, To: d.to}
	for more := true; more; more = q.After != nil {
		var p index.TallyPage
		err := k.index(func(ix index.Reader) (err error) {
			p, err = ix.Tally(q)
			return err
		})
		if err == nil {
			err = k.ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		t.Tally.Add(p.Tally)
		q.After = p.Next
	}
	t.Collected = time.Now().UTC()
	t.plots = []template.HTML{monthsPlot(t).HTML(), itemsPlot(t).HTML(), hoursPlot(t).HTML(), lagsPlot(t).HTML()}
	return t, nil
}

// part is the counts of the years that d has days of.
func (d days) part(all index.Counts) index.Counts {
	part := func(cs []index.Count) (in []index.Count) {
		for _, c := range cs {
			if (d.from.IsZero() || c.Year >= d.from.Year()) && (d.to.IsZero() || c.Year <= d.to.Year()) {
				in = append(in, c)
			}
		}
		return in
	}
	return index.Counts{Items: part(all.Items), Forms: part(all.Forms), Years: part(all.Years)}
}
