package crawl

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"go.uber.org/zap"
)

const (
	maxTickers   = 64 << 20
	tickersFresh = 24 * time.Hour
	suggestions  = 3
)

// Tickers returns the CIKs of tickers. EDGAR's ticker file is kept in the index
// and asked for again, with its validators, when it is a day old or does not know
// a ticker. When it cannot be had and the kept one knows all of them, that is
// used. Unknown tickers are a *MisuseError that names the nearest.
func (c *Crawler) Tickers(ctx context.Context, tickers []string) ([]edgar.CIK, error) {
	if len(tickers) == 0 {
		return nil, nil
	}
	held, err := c.Index.Tickers()
	if err != nil {
		return nil, err
	}
	if time.Since(held.Checked) < tickersFresh {
		if ciks, missing := lookUp(held.CIKs, tickers); missing == "" {
			return ciks, nil
		}
	}
	fresh, err := c.fetchTickers(ctx, held)
	if err != nil {
		return c.heldTickers(ctx, held, tickers, err)
	}
	if err := c.Index.PutTickers(fresh); err != nil {
		return nil, err
	}
	ciks, missing := lookUp(fresh.CIKs, tickers)
	if missing != "" {
		return nil, misusef("unknown ticker %s: nearest are %s", missing, strings.Join(nearest(missing, fresh.CIKs), ", "))
	}
	return ciks, nil
}

// isPassing reports whether err says that EDGAR has nothing for us at the moment:
// not that it refuses who we are, and not that we failed.
func isPassing(ctx context.Context, err error) bool {
	var throttled *ThrottledError
	var outage *outageError
	return errors.As(err, &throttled) || errors.As(err, &outage) || !endsPass(ctx, err)
}

// heldTickers makes do with the copy of the ticker file after err.
func (c *Crawler) heldTickers(ctx context.Context, held index.Tickers, tickers []string, err error) ([]edgar.CIK, error) {
	ciks, missing := lookUp(held.CIKs, tickers)
	switch {
	case len(held.CIKs) == 0 || !isPassing(ctx, err):
		return nil, fmt.Errorf("ticker file: %w", err)
	case missing != "":
		return nil, fmt.Errorf("ticker %s is not in the ticker file of %s, whose nearest are %s, and no newer one is to be had: %w",
			missing, edgar.DateOf(held.Checked), strings.Join(nearest(missing, held.CIKs), ", "), err)
	}
	c.Log.Warn("ticker file not read: the kept one is used", zap.Time("of", held.Checked), zap.Error(err))
	return ciks, nil
}

// lookUp returns the CIKs of tickers, or the first ticker that is not there.
func lookUp(table map[string]edgar.CIK, tickers []string) (ciks []edgar.CIK, missing string) {
	for _, t := range tickers {
		t = strings.ToUpper(strings.TrimSpace(t))
		cik, ok := table[t]
		if !ok {
			return nil, t
		}
		ciks = append(ciks, cik)
	}
	return ciks, ""
}

// fetchTickers brings company_tickers.json up to date: an object of rows
// {"cik_str":320193,"ticker":"AAPL","title":"Apple Inc."}, one per ticker.
func (c *Crawler) fetchTickers(ctx context.Context, held index.Tickers) (index.Tickers, error) {
	var body bytes.Buffer
	v, err := c.pages.get(ctx, edgar.TickersPath(), validators(held.ETag, held.LastModified), &body, maxTickers)
	if err != nil {
		return held, err
	}
	held.Checked = time.Now()
	if v.Status == http.StatusNotModified {
		return held, nil
	}
	var rows map[string]struct {
		CIK    edgar.CIK `json:"cik_str"`
		Ticker string    `json:"ticker"`
	}
	if err := json.Unmarshal(body.Bytes(), &rows); err != nil {
		return held, err
	}
	held.CIKs = make(map[string]edgar.CIK, len(rows))
	for _, r := range rows {
		if r.Ticker != "" && !r.CIK.IsZero() {
			held.CIKs[strings.ToUpper(r.Ticker)] = r.CIK
		}
	}
	if len(held.CIKs) == 0 {
		return held, errors.New("no tickers in it")
	}
	held.Fetched, held.ETag, held.LastModified = held.Checked, v.Header.Get("ETag"), v.Header.Get("Last-Modified")
	return held, nil
}

// nearest returns the tickers at the smallest edit distance.
func nearest(t string, table map[string]edgar.CIK) []string {
	type near struct {
		ticker   string
		distance int
	}
	all := make([]near, 0, len(table))
	for other := range table {
		all = append(all, near{other, distance(t, other)})
	}
	slices.SortFunc(all, func(a, b near) int {
		if a.distance != b.distance {
			return a.distance - b.distance
		}
		return strings.Compare(a.ticker, b.ticker)
	})
	var names []string
	for _, n := range all[:min(len(all), suggestions)] {
		names = append(names, n.ticker)
	}
	return names
}

// distance is the Levenshtein distance of two short strings.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
