package crawl

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

const (
	maxTickers  = 64 << 20
	suggestions = 3
)

// Tickers returns the CIKs of tickers, asking EDGAR for its ticker file when the
// index does not know one of them. Unknown ones are a *MisuseError that names the
// nearest.
func (c *Crawler) Tickers(ctx context.Context, tickers []string) ([]edgar.CIK, error) {
	ciks, missing, err := c.known(tickers)
	if err != nil || len(missing) == 0 {
		return ciks, err
	}
	table, err := c.fetchTickers(ctx)
	if err != nil {
		return nil, fmt.Errorf("ticker file: %w", err)
	}
	now := time.Now()
	if err := c.Index.PutTickers(index.Tickers{CIKs: table, Fetched: now, Checked: now}); err != nil {
		return nil, err
	}
	ciks, missing, err = c.known(tickers)
	if err != nil || len(missing) == 0 {
		return ciks, err
	}
	return nil, misusef("unknown ticker %s: nearest are %s", missing[0], strings.Join(nearest(missing[0], table), ", "))
}

func (c *Crawler) known(tickers []string) (ciks []edgar.CIK, missing []string, err error) {
	for _, t := range tickers {
		t = strings.ToUpper(strings.TrimSpace(t))
		switch cik, err := c.Index.Ticker(t); {
		case errors.Is(err, index.ErrNotFound):
			missing = append(missing, t)
		case err != nil:
			return nil, nil, err
		default:
			ciks = append(ciks, cik)
		}
	}
	return ciks, missing, nil
}

// fetchTickers reads company_tickers.json: an object of rows
// {"cik_str":320193,"ticker":"AAPL","title":"Apple Inc."}, one per ticker.
func (c *Crawler) fetchTickers(ctx context.Context) (map[string]edgar.CIK, error) {
	var body bytes.Buffer
	if _, err := c.pages.get(ctx, edgar.TickersPath(), nil, &body, maxTickers); err != nil {
		return nil, err
	}
	var rows map[string]struct {
		CIK    edgar.CIK `json:"cik_str"`
		Ticker string    `json:"ticker"`
	}
	if err := json.Unmarshal(body.Bytes(), &rows); err != nil {
		return nil, err
	}
	table := make(map[string]edgar.CIK, len(rows))
	for _, r := range rows {
		if r.Ticker != "" && !r.CIK.IsZero() {
			table[strings.ToUpper(r.Ticker)] = r.CIK
		}
	}
	if len(table) == 0 {
		return nil, errors.New("no tickers in it")
	}
	return table, nil
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
