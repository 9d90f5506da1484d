package edgartest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"example.com/edgard/edgar"
)

// ticker is one row of the ticker files.
type ticker struct {
	CIK      int64  `json:"cik_str"`
	Symbol   string `json:"ticker"`
	Title    string `json:"title"`
	exchange string
}

// SetTicker gives a company a ticker symbol, on an exchange such as "NYSE" or "".
// It shows in the ticker files and in the company's submissions JSON.
func (w *World) SetTicker(symbol string, cik edgar.CIK, title, exchange string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tickers = append(w.tickers, ticker{cik.Int(), symbol, title, exchange})
	w.touch("tickers")
}

// tickerFile is a file made of the tickers, as old as their last change.
func (w *World) tickerFile(path string, b []byte) *resource {
	res := static(path, b)
	w.mu.RLock()
	defer w.mu.RUnlock()
	if t := w.changed["tickers"]; t.After(res.modified) {
		res.modified = t
	}
	return res
}

// learnTickers reads a company_tickers_exchange.json.
func (w *World) learnTickers(data []byte) error {
	var f struct {
		Data [][4]any `json:"data"` // cik, name, ticker, exchange
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	for i, row := range f.Data {
		cik, ok := row[0].(float64)
		name, ok1 := row[1].(string)
		symbol, ok2 := row[2].(string)
		exchange, _ := row[3].(string)
		if !ok || !ok1 || !ok2 {
			return fmt.Errorf("row %d: want [cik, name, ticker, exchange]", i)
		}
		w.tickers = append(w.tickers, ticker{int64(cik), symbol, name, exchange})
	}
	return nil
}

func (w *World) allTickers() []ticker {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return append([]ticker(nil), w.tickers...)
}

// symbols returns the tickers and exchanges of a company.
func (w *World) symbols(cik edgar.CIK) (symbols []string, exchanges []any) {
	symbols, exchanges = []string{}, []any{}
	for _, t := range w.allTickers() {
		if t.CIK == cik.Int() {
			symbols = append(symbols, t.Symbol)
			exchanges = append(exchanges, null(t.exchange))
		}
	}
	return symbols, exchanges
}

// tickersJSON is company_tickers.json: an object whose keys count from "0".
func (w *World) tickersJSON() *resource {
	var b strings.Builder
	b.WriteByte('{')
	for i, t := range w.allTickers() {
		row, err := json.Marshal(t)
		if err != nil {
			return nil
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", strconv.Itoa(i), row)
	}
	b.WriteByte('}')
	return w.tickerFile(edgar.TickersPath(), []byte(b.String()))
}

func (w *World) tickersExchangeJSON() *resource {
	rows := [][]any{}
	for _, t := range w.allTickers() {
		rows = append(rows, []any{t.CIK, t.Title, t.Symbol, null(t.exchange)})
	}
	b, err := json.Marshal(map[string]any{"fields": []string{"cik", "name", "ticker", "exchange"}, "data": rows})
	if err != nil {
		return nil
	}
	return w.tickerFile(".json", b)
}

func (w *World) tickersText() *resource {
	var b strings.Builder
	for _, t := range w.allTickers() {
		fmt.Fprintf(&b, "%s\t%d\n", strings.ToLower(t.Symbol), t.CIK)
	}
	return w.tickerFile(".txt", []byte(b.String()))
}
