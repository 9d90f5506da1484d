package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.com/edgard/index"
)

func (s *statusCommand) print(r report) error {
	p := newPage(s.out)
	p.standing(r)
	if err := p.err; err != nil {
		return err
	}
	if err := s.quarters(r.Quarters); err != nil {
		return err
	}
	if err := s.reasons(r.Reasons); err != nil {
		return err
	}
	return s.passes(r.Passes)
}

// standing prints the figures of the whole archive.
func (p *page) standing(r report) {
	p.printf("%s\n", p.out.in(bold, cleanLine(r.Data)))
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
		p.fact("cut", count(r.Cut)+" kept without what is no text; sync --complete fetches the rest")
	}
	due := count(r.Due) + " due now"
	if !r.NextDue.IsZero() {
		due += ", the next " + stamp(r.NextDue)
	}
	p.fact("due", due)
	if len(r.Gaps) > 0 {
		p.fact("gaps", "EDGAR does not serve the listings of "+strings.Join(r.Gaps, ", "))
	}
	p.fact("rate", rateText(r.Rate))
	if len(r.Feeds) > 0 && !slices.Contains(r.Feeds, feedCurrent) {
		p.fact("feeds", "getcurrent is off: XBRL RSS and the daily listings tell run of new filings")
	}
	for _, x := range r.Pauses {
		p.fact("pause", fmt.Sprintf("no request to %s before %s", x.Host, stamp(x.Until)))
	}
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
func (s *statusCommand) quarters(qs []index.QuarterCoverage) error {
	t := &table{columns: []column{
		{name: "quarter"}, {name: "listed", right: true}, {name: "recorded", right: true}, {name: "to do", right: true},
		{name: "rejected", right: true, style: alarm(red)}, {name: "withdrawn", right: true}, {name: "share", right: true},
	}}
	if s.out.tty {
		t.columns = append(t.columns, column{style: always(green)})
	}
	cut := 0
	if !s.all {
		cut = max(0, len(qs)-shownQuarters)
	}
	if cut > 0 {
		t.add(quarterRow("earlier", sumQuarters(qs[:cut]))...)
	}
	for _, q := range qs[cut:] {
		t.add(quarterRow(q.Quarter.String(), q)...)
	}
	return s.section("Coverage by quarter of filing", t)
}

// quarterRow is a row for a table with or without the column of bars.
func quarterRow(name string, q index.QuarterCoverage) []string {
	share := 1.0
	if q.Wanted > 0 {
		share = float64(q.Recorded+q.Withdrawn) / float64(q.Wanted)
	}
	return []string{name, count(q.Wanted), count(q.Recorded), blankZero(q.Discovered + q.Deferred), blankZero(q.Rejected), blankZero(q.Withdrawn),
		percent(share), bar(share, barWidth)}
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
		{name: "rejected", right: true}, {name: "requests", right: true}, {name: "took", right: true}, {name: "outcome", min: 10, style: notDone},
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
