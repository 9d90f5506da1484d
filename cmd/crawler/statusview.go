package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	"example.com/edgard/serve"
)

func (s *statusCommand) print(r serve.Standing) error {
	p := newPage(s.out)
	p.standing(r)
	if err := p.err; err != nil {
		return err
	}
	if err := s.quarters(r.Quarters, gapsByQuarter(r.Gaps)); err != nil {
		return err
	}
	if err := s.freshness(r.Freshness); err != nil {
		return err
	}
	if err := s.reasons(r.Reasons); err != nil {
		return err
	}
	return s.passes(r.Passes)
}

// standing prints the figures of the whole archive.
func (p *page) standing(r serve.Standing) {
	p.printf("%s\n", p.out.in(bold, harmless.Line(r.Data)))
	p.fact("from", r.From.String())
	p.fact("listings", labelled("read up to", r.To.String()))
	var states []string
	for _, st := range index.States() {
		if n := r.States[st]; n > 0 || st == index.Recorded {
			states = append(states, count(n)+" "+string(st))
		}
	}
	p.fact("filings", joined(", ", states...))
	if r.Cut > 0 {
		p.fact("cut", count(r.Cut)+" kept without what is no text; sync --complete fetches the rest, of the range and issuers given")
	}
	due := count(r.Due) + " due now"
	if !r.NextDue.IsZero() {
		due += ", the next " + stamp(r.NextDue)
	}
	p.fact("due", due)
	p.gaps(r.Gaps)
	if r.WholePass != nil {
		p.fact("pass", "the last whole one ended "+stamp(r.WholePass.End))
	}
	p.fact("rate", rateText(r.Rate))
	for _, feed := range slices.Sorted(maps.Keys(r.FeedsRead)) {
		p.fact("feed", feed+" read "+stamp(r.FeedsRead[feed]))
	}
	if len(r.Feeds) > 0 && !slices.Contains(r.Feeds, feedCurrent) {
		p.fact("feeds", "getcurrent is off: XBRL RSS and the daily listings tell run of new filings")
	}
	if d := r.Disk; d != nil {
		p.fact("disk", fmt.Sprintf("%s free; the index takes %s", size(d.Free), size(d.Index)))
	}
	for _, x := range r.Pauses {
		p.fact("pause", fmt.Sprintf("no request to %s before %s", x.Host, stamp(x.Until)))
	}
}

// gaps names the listings that are missing, by what is the matter with them.
func (p *page) gaps(gaps []serve.Gap) {
	for detail, listings := range serve.GapsByDetail(gaps) {
		p.fact("gap", "listing "+someOf(listings)+": "+detail)
	}
}

// someOf names the first few of many.
func someOf(names []string) string {
	if len(names) > shownGaps {
		return strings.Join(names[:shownGaps], ", ") + " and " + count(len(names)-shownGaps) + " more"
	}
	return strings.Join(names, ", ")
}

// gapsByQuarter says of each quarter what is missing of its listings.
func gapsByQuarter(gaps []serve.Gap) map[edgar.Quarter]string {
	said := make(map[edgar.Quarter]string)
	days := make(map[edgar.Quarter]int)
	for _, g := range gaps {
		if q, err := edgar.ParseQuarter(g.Listing); err == nil {
			said[q] = differenceText(crawl.DifferenceKind(g.Kind))
		} else if d, err := edgar.ParseDate(g.Listing); err == nil {
			days[d.Quarter()]++
		}
	}
	for q, n := range days {
		said[q] = joined(", ", said[q], plural(n, "day")+" missing")
	}
	return said
}

// rateText is a rate as people read it.
func rateText(perSecond float64) string {
	if perSecond == 0 {
		return "unlimited"
	}
	return strconv.FormatFloat(perSecond, 'g', -1, 64) + " requests a second at most"
}

const shownQuarters = 12

// quarters prints coverage: of the filings that listings name, how many are
// recorded, with a bar as long as the share.
func (s *statusCommand) quarters(qs []index.QuarterCoverage, gaps map[edgar.Quarter]string) error {
	qs = withGaps(qs, gaps)
	t := &table{columns: []column{
		{name: "quarter"}, {name: "listed", right: true}, {name: "recorded", right: true}, {name: "to do", right: true},
		{name: "rejected", right: true, style: alarm(red)}, {name: "withdrawn", right: true}, {name: "share", right: true},
	}}
	if s.out.tty {
		t.columns = append(t.columns, column{style: always(green)})
	}
	if len(gaps) > 0 {
		t.columns = append(t.columns, column{name: "gaps", style: alarm(yellow), min: 10})
	}
	cut := 0
	if !s.all && s.from == "" && s.to == "" {
		cut = max(0, len(qs)-shownQuarters)
	}
	if cut > 0 {
		t.add(s.quarterRow("earlier", sumQuarters(qs[:cut]), "")...)
	}
	for _, q := range qs[cut:] {
		t.add(s.quarterRow(q.Quarter.String(), q, gaps[q.Quarter])...)
	}
	return s.section("Coverage by quarter of filing", t)
}

// withGaps adds the quarters of which nothing is known but that they are missing.
func withGaps(qs []index.QuarterCoverage, gaps map[edgar.Quarter]string) []index.QuarterCoverage {
	qs = slices.Clone(qs)
	for q := range gaps {
		i, known := slices.BinarySearchFunc(qs, q, func(c index.QuarterCoverage, q edgar.Quarter) int { return c.Quarter.Compare(q) })
		if !known {
			qs = slices.Insert(qs, i, index.QuarterCoverage{Quarter: q})
		}
	}
	return qs
}

// quarterRow is a row for a table with or without columns of bars and of gaps.
func (s *statusCommand) quarterRow(name string, q index.QuarterCoverage, gaps string) []string {
	share, shown := 0.0, ""
	if q.Wanted > 0 {
		share = float64(q.Recorded+q.Withdrawn) / float64(q.Wanted)
		shown = percent(share)
	}
	row := []string{name, count(q.Wanted), count(q.Recorded), blankZero(q.Discovered + q.Deferred), blankZero(q.Rejected), blankZero(q.Withdrawn), shown}
	if s.out.tty {
		row = append(row, bar(share, barWidth))
	}
	return append(row, gaps)
}

const barWidth = 16

func sumQuarters(qs []index.QuarterCoverage) (sum index.QuarterCoverage) {
	for _, q := range qs {
		sum.Wanted += q.Wanted
		sum.Discovered += q.Discovered
		sum.Deferred += q.Deferred
		sum.Recorded += q.Recorded
		sum.Rejected += q.Rejected
		sum.Withdrawn += q.Withdrawn
	}
	return sum
}

// freshness prints how soon the filings of the last days were seen and recorded.
func (s *statusCommand) freshness(f *index.Freshness) error {
	if f == nil {
		return nil
	}
	t := &table{columns: []column{{name: "from"}, {name: "half within", right: true}, {name: "90 %", right: true}, {name: "99 %", right: true}, {name: "all", right: true}}}
	if f.Filings > f.Untimed {
		for _, x := range []struct {
			name string
			p    index.Percentiles
		}{{"accepted to seen", f.AcceptedSeen}, {"seen to recorded", f.SeenRecorded}, {"accepted to recorded", f.AcceptedRecorded}} {
			t.add(x.name, inSeconds(x.p.P50), inSeconds(x.p.P90), inSeconds(x.p.P99), inSeconds(x.p.Max))
		}
	}
	title := "Freshness of " + plural(f.Filings-f.Untimed, "filing") + " since " + f.Since.String()
	if f.Untimed > 0 {
		title += ", " + count(f.Untimed) + " more without a time of acceptance before they were seen"
	}
	return s.section(title, t)
}

func inSeconds(f float64) string { return took(time.Duration(f * float64(time.Second))) }

const shownReasons = 10

func (s *statusCommand) reasons(rs []index.ReasonCount) error {
	t := &table{columns: []column{{name: "filings", right: true}, {name: "state"}, {name: "reason", min: 20}}}
	for i, r := range rs {
		if i == shownReasons && !s.all {
			break
		}
		t.add(count(r.Count), string(r.State), r.Reason)
	}
	return s.section("Why some are not recorded", t)
}

const shownPasses = 5

func (s *statusCommand) passes(ps []index.Pass) error {
	t := &table{columns: []column{
		{name: "began"}, {name: "command"}, {name: "listed", right: true}, {name: "recorded", right: true}, {name: "deferred", right: true},
		{name: "rejected", right: true, wide: 90}, {name: "requests", right: true, wide: 90}, {name: "took", right: true}, {name: "outcome", min: 10, style: notDone},
	}}
	for i, p := range ps {
		if i == shownPasses && !s.all {
			break
		}
		t.add(p.Start.UTC().Format("2006-01-02 15:04"), p.Command, count(p.Listed), count(p.Recorded), count(p.Deferred),
			count(p.Rejected), count(p.Requests), took(p.End.Sub(p.Start)), p.Outcome)
	}
	return s.section("Last passes (UTC)", t)
}

// section prints a table under a title, nothing when it has no rows.
func (s *statusCommand) section(title string, t *table) error {
	if len(t.rows) == 0 {
		return nil
	}
	if _, err := fmt.Fprintf(s.out, "\n%s\n", s.out.in(bold, title)); err != nil {
		return err
	}
	return t.write(s.out)
}

// alarm sets off a cell that is not empty.
func alarm(st style) func(string) style {
	return func(cell string) style {
		if cell == "" {
			return plain
		}
		return st
	}
}

func notDone(cell string) style {
	if cell == "done" {
		return plain
	}
	return yellow
}
