package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"example.com/edgard/crawl"
	"example.com/edgard/durable"
)

// manyFilings is how many a pass may fetch without being told to.
const manyFilings = 50_000

// agreement asks before a large crawl, once: what was agreed to is remembered in
// the data directory, so that a pass that was cut off goes on unasked, until one is
// complete.
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
		err = durable.Write(g.path(), data)
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

// forget asks anew before the next large crawl.
func (g *agreement) forget() {
	if err := os.Remove(g.path()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		g.note("%v", err)
	}
}

// settles reports whether a pass has done all that an earlier one may have been
// cut off from: it was about every issuer, and nothing is left.
func settles(sc crawl.Scope, rep crawl.Report) bool {
	return !sc.DryRun && len(sc.CIKs) == 0 && rep.Left == 0 && rep.Stopped == ""
}
