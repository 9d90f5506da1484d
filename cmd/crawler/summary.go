package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/edgard/crawl"
)

// summarise prints what a pass did, also one that ended early with err, and
// returns the exit code that the report itself calls for.
func (s *syncCommand) summarise(sc crawl.Scope, rep crawl.Report, err error) error {
	var werr error
	switch {
	case s.json:
		werr = s.printJSON(rep)
	case sc.DryRun && rep.Plan != nil:
		_, werr = fmt.Fprintln(s.out, planText(*rep.Plan)+"; nothing was fetched")
	case !s.quiet:
		_, werr = fmt.Fprint(s.out, reportText(rep))
	}
	if werr == nil && err == nil && rep.Differs() {
		return quietly(exitDiffers)
	}
	return werr
}

const shownGaps = 5

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
	d := time.Duration(r.Seconds * float64(time.Second))
	fmt.Fprintf(&b, "\n%s, %s of them for filings; %s in %s\n", plural(r.Requests, "request"), count(r.FilingRequests), size(r.Bytes), took(d))
	if r.BadLines > 0 {
		fmt.Fprintf(&b, "%s of listings could not be read\n", plural(r.BadLines, "line"))
	}
	for i, g := range r.Gaps {
		if i == shownGaps {
			fmt.Fprintf(&b, "and %s more\n", count(len(r.Gaps)-i))
			break
		}
		fmt.Fprintf(&b, "missing listing %s\n", cleanLine(g))
	}
	if r.Stopped != "" {
		fmt.Fprintf(&b, "ended early: %s\n", cleanLine(r.Stopped))
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

// manyFilings is how many a pass may fetch without being told to.
const manyFilings = 50_000

// agreement asks before a large crawl, once: what was agreed to is remembered in
// the data directory, so that a pass that was cut off goes on unasked.
type agreement struct {
	*app
	dir  string
	yes  bool
	rate float64
}

type agreed struct {
	Filings int       `json:"filings"`
	At      time.Time `json:"at"`
}

func (g *agreement) path() string { return filepath.Join(g.dir, "agreed.json") }

// confirm shows the plan and says whether to go ahead with it.
func (g *agreement) confirm(p crawl.Plan) bool {
	if p.Filings > 0 {
		g.note("%s", planText(p))
	}
	if p.Filings <= manyFilings {
		return true
	}
	if !g.yes {
		return p.Filings <= g.before()
	}
	data, err := json.Marshal(agreed{p.Filings, time.Now().UTC()})
	if err == nil {
		err = os.WriteFile(g.path(), data, 0o600)
	}
	if err != nil {
		g.note("going ahead, but the next pass will ask again: %v", err)
	}
	return true
}

// before is the number of filings agreed to earlier.
func (g *agreement) before() int {
	var a agreed
	data, err := os.ReadFile(g.path())
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		g.note("%v", err)
	}
	return a.Filings
}
