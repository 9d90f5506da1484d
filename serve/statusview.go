package serve

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"time"

	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/vital"
)

// statusView is the status as the page shows it.
type statusView struct {
	statusReport
	Verdicts  []verdict
	Held      int
	ToDo      int // discovered and deferred
	Reasons   []index.ReasonCount
	More      int // reasons that are not shown
	Coverage  template.HTML
	Rate      template.HTML // requests of the last hour; "" where no crawl runs
	Freshness []percentiles
	Feeds     []feedRead
	Passes    []index.Pass
	Hosts     []hostAnswers
	Gaps      []gapGroup
}

// verdict is what to know first. Its class is good, warn or bad.
type verdict struct{ Class, Text string }

type percentiles struct {
	Name string
	index.Percentiles
}

// feedRead is when a live source was read, if it ever was.
type feedRead struct {
	Name string
	Read time.Time
	Off  bool // and run does not ask it
}

// hostAnswers is what became of the requests to a host.
type hostAnswers struct {
	Host   string
	Counts []vital.Count // those that are not zero
}

// gapGroup is listings that are missing for the same reason.
type gapGroup struct{ Detail, Listings string }

const (
	shownReasons = 12
	shownGaps    = 6
)

func viewOf(rep statusReport) statusView {
	v := statusView{statusReport: rep, Verdicts: rep.verdicts(), Held: rep.States[index.Recorded], ToDo: rep.States[index.Discovered] + rep.States[index.Deferred]}
	v.Coverage = coveragePlot(rep).HTML()
	v.Gaps = groupGaps(rep.Standing.Gaps)
	v.Reasons, v.More = rep.Standing.Reasons, max(0, len(rep.Standing.Reasons)-shownReasons)
	v.Reasons = slices.Clone(v.Reasons[:len(v.Reasons)-v.More])
	for i := range v.Reasons {
		v.Reasons[i].Reason = harmless.Line(v.Reasons[i].Reason)
	}
	if f := rep.Status.Freshness; f != nil && f.Filings > f.Untimed {
		v.Freshness = []percentiles{{"accepted to seen", f.AcceptedSeen}, {"seen to recorded", f.SeenRecorded}, {"accepted to recorded", f.AcceptedRecorded}}
	}
	v.Feeds = feedsOf(rep.Standing)
	for _, p := range rep.Standing.Passes {
		p.Outcome = harmless.Line(p.Outcome)
		v.Passes = append(v.Passes, p)
	}
	if rep.Crawl != nil {
		v.Rate = ratePlot(*rep.Crawl).HTML()
		v.Hosts = hostsOf(rep.Crawl.Requests)
	}
	return v
}

// verdicts says how things stand, what is worst first.
func (rep statusReport) verdicts() (all []verdict) {
	say := func(class, format string, args ...any) {
		all = append(all, verdict{class, harmless.Line(fmt.Sprintf(format, args...))})
	}
	if x := rep.Crawl; x != nil {
		if x.Halt != "" {
			say("bad", "Nothing is fetched: %s.", x.Halt)
		}
		for _, name := range x.Stuck() {
			say("bad", "The crawl's activity “%s” is stuck: look at the log, and restart crawler.", name)
		}
	}
	if d := rep.Disk; d != nil && d.Free < d.Reserve {
		say("bad", "The disk is almost full: %s are free, and a crawl wants %s.", bytesText(d.Free), bytesText(d.Reserve))
	}
	for _, p := range rep.Pauses {
		say("warn", "No request goes to %s before %s: it says that we ask too fast.", p.Host, eastern(p.Until))
	}
	if n := len(rep.Standing.Gaps); n > 0 {
		say("warn", "%s missing, and with it perhaps filings unknown here.", listings(n))
	}
	if ps := rep.Standing.Passes; len(ps) > 0 && ps[0].Outcome != "done" && len(rep.Standing.Gaps) == 0 {
		say("warn", "The last pass, of %s: %s.", eastern(ps[0].End), ps[0].Outcome)
	}
	return append(all, rep.progress())
}

// progress says how far the archive has come, and whether somebody is at it.
func (rep statusReport) progress() verdict {
	todo, text := rep.States[index.Discovered]+rep.States[index.Deferred], ""
	switch {
	case todo == 0 && rep.States[index.Recorded] == 0:
		text = "Nothing is held yet."
	case todo == 0:
		text = "All that was listed is held."
	case rep.Due == 0:
		text = are(todo) + " to be fetched, though not now."
	case rep.Due >= todo:
		text = are(todo) + " to be fetched now."
	default:
		text = fmt.Sprintf("%s to be fetched, %s of them now.", are(todo), count(rep.Due))
	}
	switch {
	case rep.Crawl == nil:
		text += " No crawl runs in this process, so nothing is known here of its requests, waits and signs of life."
	case len(rep.Crawl.Activities) > 0:
		text += " The crawl is at work."
	}
	if todo == 0 {
		return verdict{"good", text}
	}
	return verdict{"", text}
}

func are(n int) string {
	if n == 1 {
		return "1 filing is"
	}
	return count(n) + " filings are"
}

func listings(n int) string {
	if n == 1 {
		return "1 listing is"
	}
	return count(n) + " listings are"
}

// groupGaps puts listings together that are missing for the same reason.
func groupGaps(gaps []Gap) (groups []gapGroup) {
	for reason, names := range GapsByDetail(gaps) {
		text := strings.Join(names[:min(len(names), shownGaps)], ", ")
		if more := len(names) - shownGaps; more > 0 {
			text += " and " + count(more) + " more"
		}
		groups = append(groups, gapGroup{harmless.Line(reason), harmless.Line(text)})
	}
	return groups
}

// feedsOf are the live sources that run asks, and those that were read once.
func feedsOf(st Standing) (all []feedRead) {
	names := slices.Concat(st.Feeds, slices.Collect(maps.Keys(st.FeedsRead)))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		all = append(all, feedRead{name, st.FeedsRead[name], !slices.Contains(st.Feeds, name)})
	}
	return all
}

func hostsOf(counts []vital.Count) (hosts []hostAnswers) {
	for _, c := range counts {
		if n := len(hosts); n == 0 || hosts[n-1].Host != c.Host {
			hosts = append(hosts, hostAnswers{Host: c.Host})
		}
		if c.N > 0 {
			last := &hosts[len(hosts)-1]
			last.Counts = append(last.Counts, c)
		}
	}
	slices.SortStableFunc(hosts, func(a, b hostAnswers) int { return cmp.Compare(a.Host, b.Host) })
	return hosts
}
