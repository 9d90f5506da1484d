package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"example.com/edgard/crawl"
	"example.com/edgard/harmless"
)

// summarise prints what a pass did, also one that ended early with err, and what
// was laid out then, if anything; it returns the exit code that these call for.
func (s *syncCommand) summarise(sc crawl.Scope, rep crawl.Report, out *laid, err error) error {
	var werr error
	switch {
	case s.json:
		werr = s.printJSON(struct {
			crawl.Report
			*laid
			*refusal
		}{rep, out, refusalOf(err)})
	case sc.DryRun && rep.Plan != nil:
		_, werr = fmt.Fprintln(s.out, planText(*rep.Plan)+"; nothing was fetched")
	case !s.quiet:
		_, werr = fmt.Fprint(s.out, reportText(rep)+out.text())
	}
	if s.json || s.quiet {
		s.complain(rep)
	}
	if werr == nil && err == nil && (rep.Differs() || out.differs()) {
		return quietly(exitDiffers)
	}
	return werr
}

// complain says on standard error, even when told to be quiet, why a pass is not
// complete.
func (s *syncCommand) complain(rep crawl.Report) {
	for _, line := range shortcomings(rep) {
		fmt.Fprintf(s.err, "crawler: %s\n", line)
	}
	if n := rep.Deferred + rep.Rejected; n > 0 && s.quiet {
		fmt.Fprintf(s.err, "crawler: %s put off or given up: crawler status says why\n", plural(n, "filing"))
	}
}

// refusal is what the summary of a pass has more when the pass ended early.
type refusal struct {
	Error string     `json:"error"`
	Until *time.Time `json:"until,omitempty"` // no request before
}

func refusalOf(err error) *refusal {
	if err == nil {
		return nil
	}
	r := &refusal{Error: err.Error()}
	var throttled *crawl.ThrottledError
	if errors.As(err, &throttled) {
		until := throttled.Until.UTC().Truncate(time.Second)
		r.Until = &until
	}
	return r
}

const shownGaps = 5

// shortcomings are the listings that are missing or not to be trusted, and why a pass ended early.
func shortcomings(r crawl.Report) (lines []string) {
	for i, g := range r.Gaps {
		if i == shownGaps {
			lines = append(lines, "and "+count(len(r.Gaps)-i)+" more")
			break
		}
		lines = append(lines, "listing "+harmless.Line(g))
	}
	if r.Stopped != "" {
		lines = append(lines, "ended early: "+harmless.Line(r.Stopped))
	}
	return lines
}

// reportText is the summary of a pass for people.
func reportText(r crawl.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s listed, %s of them new\n", plural(r.Listed, "filing"), count(r.New))
	fmt.Fprintf(&b, "%s recorded", count(r.Recorded))
	for _, x := range []struct {
		n    int
		word string
	}{{r.Deferred, "deferred"}, {r.Rejected, "rejected"}, {r.Withdrawn, "withdrawn"}, {r.Left, "left for the next pass"}} {
		if x.n > 0 {
			fmt.Fprintf(&b, ", %s %s", count(x.n), x.word)
		}
	}
	if r.Completed > 0 {
		fmt.Fprintf(&b, ", %s of them completed", count(r.Completed))
	}
	d := time.Duration(r.Seconds * float64(time.Second))
	fmt.Fprintf(&b, "\n%s, %s of them for filings; %s in %s\n", plural(r.Requests, "request"), count(r.FilingRequests), size(r.Bytes), took(d))
	if r.BadLines > 0 {
		fmt.Fprintf(&b, "%s of listings could not be read\n", plural(r.BadLines, "line"))
	}
	for _, line := range shortcomings(r) {
		fmt.Fprintln(&b, line)
	}
	if r.Deferred+r.Rejected > 0 {
		b.WriteString("crawler status says why\n")
	}
	return b.String()
}

// planText says what a pass is about to do.
func planText(p crawl.Plan) string {
	if p.Filings == 0 {
		return "no filing to fetch"
	}
	s := fmt.Sprintf("%s to fetch: %s, about %s on the wire and %s on disk", plural(p.Filings, "filing"), plural(p.Requests, "request"), size(p.WireBytes), size(p.DiskBytes))
	if p.Hours > 0 {
		s += ", " + took(time.Duration(p.Hours*float64(time.Hour)))
	}
	return s
}
