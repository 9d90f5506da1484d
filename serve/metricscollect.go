package serve

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"example.com/edgard/vital"
)

const (
	scrapeKept     = 10 * time.Second // for which an answer of the index is used again
	scrapePatience = 5 * time.Second
)

// collector makes metrics out of what the server knows, whenever somebody asks.
type collector struct {
	s     *Server
	descs map[string]*prometheus.Desc
}

func newCollector(s *Server) collector { return collector{s, describe()} }

// Describe tells nothing beforehand: which metrics there are depends.
func (c collector) Describe(chan<- *prometheus.Desc) {}

// Collect sends the metrics.
func (c collector) Collect(to chan<- prometheus.Metric) {
	out := sending{c.descs, to}
	if c.s.Signs != nil {
		out.crawl(c.s.Signs.Snapshot(time.Now()))
	}
	c.standing(out)
	c.disk(out)
	out.gauge("edgard_ready", truth(c.s.probe.get(context.Background()).Ready))
	out.gauge("edgard_streams", float64(c.s.meters.streams.Load()))
	out.gauge("edgard_build_info", 1, c.s.Build.Version, c.s.Build.Commit, c.s.Build.Date)
}

// standing sends what the index tells.
func (c collector) standing(out sending) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapePatience)
	defer cancel()
	st, _, err := c.s.standing.get(ctx, scrapeKept)
	out.gauge("edgard_index_up", truth(err == nil))
	out.gauge("edgard_pause_seconds", c.pause().Seconds())
	if err != nil {
		c.s.Log.Warn("metrics without those of the index", zap.Error(err))
		return
	}
	for state, n := range st.States {
		out.gauge("edgard_entries", float64(n), string(state))
	}
	out.gauge("edgard_due", float64(st.Due))
	since := 0.0
	if !st.DueSince.IsZero() {
		since = max(0, time.Since(st.DueSince).Seconds())
	}
	out.gauge("edgard_due_oldest_seconds", since)
	out.gauge("edgard_listings_missing", float64(len(st.Gaps)))
	if st.WholePass != nil {
		out.gauge("edgard_whole_pass_timestamp_seconds", stampOf(st.WholePass.End))
	}
	for feed, at := range st.FeedsRead {
		out.gauge("edgard_feed_read_timestamp_seconds", stampOf(at), feed)
	}
}

// pause is how long the longest cool-down lasts yet.
func (c collector) pause() (longest time.Duration) {
	for _, p := range c.s.pauses() {
		longest = max(longest, time.Until(p.Until))
	}
	return longest
}

// pauses are those of every process of the user, and what the crawl of this one
// knows of them.
func (s *Server) pauses() (all []Pause) {
	if s.Pauses != nil {
		var err error
		if all, err = s.Pauses(); err != nil {
			s.Log.Warn("pauses not known", zap.Error(err))
		}
	}
	for _, p := range s.Signs.Snapshot(time.Now()).Pauses {
		all = addPause(all, Pause(p))
	}
	return all
}

// addPause adds a pause, unless one of its host that lasts as long is there.
func addPause(all []Pause, p Pause) []Pause {
	for _, known := range all {
		if known.Host == p.Host && !known.Until.Before(p.Until.Add(-time.Second)) {
			return all
		}
	}
	return append(all, p)
}

func (c collector) disk(out sending) {
	if u, ok := c.s.extent.get(); ok {
		out.gauge("edgard_archive_bytes", float64(u.Bytes))
		out.gauge("edgard_archive_files", float64(u.Files))
	}
	if c.s.Disk == nil {
		return
	}
	d, err := c.s.Disk()
	if err != nil {
		return // not known here
	}
	out.gauge("edgard_index_bytes", float64(d.Index))
	out.gauge("edgard_disk_free_bytes", float64(d.Free))
	out.gauge("edgard_disk_reserve_bytes", float64(d.Reserve))
}

// sending sends metrics.
type sending struct {
	descs map[string]*prometheus.Desc
	to    chan<- prometheus.Metric
}

func (o sending) send(name string, kind prometheus.ValueType, value float64, labels []string) {
	o.to <- prometheus.MustNewConstMetric(o.descs[name], kind, value, labels...)
}

func (o sending) gauge(name string, value float64, labels ...string) {
	o.send(name, prometheus.GaugeValue, value, labels)
}

func (o sending) counter(name string, value float64, labels ...string) {
	o.send(name, prometheus.CounterValue, value, labels)
}

func (o sending) histogram(name string, h vital.Histogram) {
	below, sum := make(map[float64]uint64), uint64(0)
	for i, bound := range h.Bounds {
		sum += h.Counts[i]
		below[bound] = sum
	}
	o.to <- prometheus.MustNewConstHistogram(o.descs[name], h.Count, h.Sum, below)
}

// crawl sends the vital signs.
func (o sending) crawl(x vital.Snapshot) {
	for _, r := range x.Requests {
		o.counter("edgard_requests_total", float64(r.N), r.Host, string(r.Outcome))
	}
	o.gauge("edgard_requests_second_max", float64(x.Largest))
	o.gauge("edgard_requests_per_second_limit", x.Limit)
	o.histogram("edgard_request_wait_seconds", x.Waited)
	o.counter("edgard_received_bytes_total", float64(x.Bytes))
	o.histogram("edgard_parse_seconds", x.Parsed)
	o.histogram("edgard_freshness_seconds", x.Fresh)
	o.gauge("edgard_crawl_halted", truth(x.Halt != ""))
	for _, a := range x.Activities {
		o.gauge("edgard_activity_silence_seconds", max(0, x.At.Sub(a.Last).Seconds()), a.Name)
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func stampOf(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
