package mirror

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

const (
	tickersFresh = 24 * time.Hour // how long titles are those of the newest filing
	titlesAsked  = 500            // in one question
)

// tickerFile is company_tickers.json as it was made last.
type tickerFile struct {
	turn chan struct{}
	of   time.Time // when the kept ticker file was fetched
	at   time.Time // when this was made
	body []byte
}

// companyTickers finds company_tickers.json: what the ticker file that the crawl keeps
// says, with the names that issuers have in what is held, and none for others. Where the
// crawl was never asked for a ticker there is none.
func (m *Mirror) companyTickers(ctx context.Context) (*resource, error) {
	f := &m.tickers
	select {
	case f.turn <- struct{}{}:
		defer func() { <-f.turn }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	var held index.Tickers
	err := m.Index(func(ix index.Reader) (err error) {
		held, err = ix.Tickers()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("tickers: %w", err)
	}
	if len(held.CIKs) == 0 {
		return nil, errNoKey
	}
	if age := time.Since(f.at); !f.of.Equal(held.Fetched) || age < 0 || age >= tickersFresh {
		if f.body, err = m.tickerRows(ctx, held.CIKs); err != nil {
			return nil, fmt.Errorf("tickers: %w", err)
		}
		f.of, f.at = held.Fetched, time.Now()
	}
	return made("application/json", f.body, held.Fetched), nil
}

// tickerRows writes a row for each ticker, counted from "0", in their order.
func (m *Mirror) tickerRows(ctx context.Context, ciks map[string]edgar.CIK) ([]byte, error) {
	titles, err := m.titles(ctx, ciks)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for i, symbol := range slices.Sorted(maps.Keys(ciks)) {
		row, err := json.Marshal(struct {
			CIK    int64  `json:"cik_str"`
			Ticker string `json:"ticker"`
			Title  string `json:"title"`
		}{ciks[symbol].Int(), symbol, titles[ciks[symbol]]})
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(strconv.Itoa(i)) + ":" + string(row))
	}
	return []byte("{" + b.String() + "}"), nil
}

// titles are the names of the issuers that filings are held of.
func (m *Mirror) titles(ctx context.Context, ciks map[string]edgar.CIK) (map[edgar.CIK]string, error) {
	titles := make(map[edgar.CIK]string)
	all := slices.SortedFunc(maps.Values(ciks), edgar.CIK.Compare)
	for some := range slices.Chunk(slices.Compact(all), titlesAsked) {
		err := m.Index(func(ix index.Reader) error {
			for _, c := range some {
				is, err := ix.Issuer(c)
				if err != nil && !errors.Is(err, index.ErrNotFound) {
					return err
				}
				titles[c] = is.Name
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	return titles, nil
}
