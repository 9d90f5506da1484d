package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

const (
	greetingTime = 3 * time.Second // for the holder to say that it is there
	answerTime   = time.Minute
)

// Client is an index that another process holds.
type Client struct {
	dir     string
	version string
	http    http.Client
}

var _ index.Reader = (*Client)(nil)

// Dial finds the process that shares the index of the data directory dir. When
// nobody does, the error is ErrGone; when it does not answer within three seconds,
// context.DeadlineExceeded as well; when it is another program than version, a
// *VersionError.
//
// A Client waits at most a minute for an answer. It keeps no connection between
// questions, and the process may end at any time: that is ErrGone again.
func Dial(dir, version string) (*Client, error) {
	c := &Client{dir: dir, version: identity(version)}
	c.http.Transport = &http.Transport{
		DialContext:       func(ctx context.Context, _, _ string) (net.Conn, error) { return connect(ctx, dir) },
		DisableKeepAlives: true, DisableCompression: true,
		MaxResponseHeaderBytes: 1 << 14,
	}
	ctx, cancel := context.WithTimeout(context.Background(), greetingTime)
	defer cancel()
	if _, err := call[struct{}](ctx, c, http.MethodGet, "hello", nil); err != nil {
		return nil, err
	}
	return c, nil
}

func connect(ctx context.Context, dir string) (c net.Conn, err error) {
	err = withAddress(dir, func(path string) error {
		c, err = new(net.Dialer).DialContext(ctx, "unix", path)
		return err
	})
	return c, err
}

// ask puts a question and waits for the answer.
func ask[A any](c *Client, method string, question any) (A, error) {
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	body, err := json.Marshal(question)
	if err != nil {
		var none A
		return none, fmt.Errorf("asking for %s: %w", method, err)
	}
	return call[A](ctx, c, http.MethodPost, method, body)
}

func call[A any](ctx context.Context, c *Client, verb, method string, body []byte) (a A, err error) {
	resp, err := c.send(ctx, verb, method, body)
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxAnswer)).Decode(&a); err != nil {
		return a, c.gone(err)
	}
	return a, nil
}

// send puts a question and returns the answer to it, which is not an error.
func (c *Client) send(ctx context.Context, verb, method string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, verb, "http://index/"+method, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("asking for %s: %w", method, err)
	}
	req.Header.Set(versionHeader, c.version)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.gone(err)
	}
	if theirs := resp.Header.Get(versionHeader); theirs != c.version {
		return nil, errors.Join(&VersionError{Theirs: program(theirs), Ours: program(c.version)}, resp.Body.Close())
	}
	if resp.StatusCode != http.StatusOK {
		defer resp.Body.Close()
		return nil, c.fault(resp, io.LimitReader(resp.Body, maxAnswer))
	}
	return resp, nil
}

// page asks for filings.
func page(c *Client, method string, question any) (index.Page, error) {
	f, err := ask[found](c, method, question)
	if err != nil {
		return index.Page{}, err
	}
	p, err := f.page()
	return p, c.garbled(err)
}

// garbled is the error of an answer that cannot be read, nil when it can.
func (c *Client) garbled(err error) error {
	if err == nil {
		return nil
	}
	return c.gone(err)
}

// gone is the error of a question without a whole answer.
func (c *Client) gone(err error) error {
	return fmt.Errorf("index %s: %w: %w", c.dir, ErrGone, err)
}

// fault reads the error that is the answer.
func (c *Client) fault(resp *http.Response, answer io.Reader) error {
	f := new(fault)
	if err := json.NewDecoder(answer).Decode(f); err != nil {
		return c.gone(errors.Join(errors.New(resp.Status), err))
	}
	f.kind = kindOf(f.Code)
	return f
}

// program is the version in an identity.
func program(identity string) string {
	if _, version, ok := strings.Cut(identity, " "); ok {
		return version
	}
	return "of an unknown version"
}

// Entry is [index.Store.Entry].
func (c *Client) Entry(a edgar.Accession) (index.Entry, error) {
	return ask[index.Entry](c, "entry", a)
}

// Filing is [index.Store.Filing].
func (c *Client) Filing(a edgar.Accession) (*parse.Filing, error) {
	packed, err := ask[filing](c, "filing", a)
	if err != nil {
		return nil, err
	}
	f, err := index.UnpackFiling(packed)
	return f, c.garbled(err)
}

// Edition is [index.Store.Edition].
func (c *Client) Edition() (index.Edition, error) {
	return ask[index.Edition](c, "edition", struct{}{})
}

// Amendments is [index.Store.Amendments].
func (c *Client) Amendments(a edgar.Accession) ([]*parse.Filing, error) {
	p, err := page(c, "amendments", a)
	return p.Filings, err
}

// Standings is [index.Store.Standings].
func (c *Client) Standings(after edgar.Accession, n int) ([]index.Standing, error) {
	return ask[[]index.Standing](c, "standings", stretch{after, n})
}

// CheckKeys is [index.Store.CheckKeys].
func (c *Client) CheckKeys(q index.KeyQuestion) (index.KeyPage, error) {
	return ask[index.KeyPage](c, "keys", q)
}

// Find is [index.Store.Find].
func (c *Client) Find(q index.Query) (index.Page, error) {
	return page(c, "find", question(q))
}

// FindEntries is [index.Store.FindEntries].
func (c *Client) FindEntries(q index.EntryQuery) (index.EntryPage, error) {
	p, err := ask[entryPage](c, "entries", entryQuestion(q))
	return index.EntryPage(p), err
}

// Symbols is [index.Store.Symbols].
func (c *Client) Symbols(symbol string) ([]index.Symbol, error) {
	return ask[[]index.Symbol](c, "symbols", symbol)
}

// Ticker is [index.Store.Ticker].
func (c *Client) Ticker(symbol string) (edgar.CIK, error) {
	return ask[edgar.CIK](c, "ticker", symbol)
}

// Tickers is [index.Store.Tickers].
func (c *Client) Tickers() (index.Tickers, error) {
	t, err := ask[tickers](c, "tickers", struct{}{})
	t.Tickers.CIKs = t.CIKs
	return t.Tickers, err
}

// Issuer is [index.Store.Issuer].
func (c *Client) Issuer(cik edgar.CIK) (index.Issuer, error) {
	return ask[index.Issuer](c, "issuer", cik)
}

// Suggest is [index.Store.Suggest].
func (c *Client) Suggest(words string, n int) ([]index.Issuer, error) {
	return ask[[]index.Issuer](c, "suggest", suggestion{words, n})
}

// Status is [index.Store.Status].
func (c *Client) Status(now time.Time) (index.Status, error) {
	return ask[index.Status](c, "status", now)
}

// Changes is [index.Store.Changes].
func (c *Client) Changes(after uint64, limit int) (index.ChangePage, error) {
	changes, err := ask[changed](c, "changes", changesAfter{after, limit})
	if err != nil {
		return index.ChangePage{}, err
	}
	p, err := changes.page()
	return p, c.garbled(err)
}

// Counts is [index.Store.Counts].
func (c *Client) Counts() (index.Counts, error) {
	return ask[index.Counts](c, "counts", struct{}{})
}

// Tally is [index.Store.Tally].
func (c *Client) Tally(q index.TallyQuestion) (index.TallyPage, error) {
	return ask[index.TallyPage](c, "tally", q)
}

// Passes is [index.Store.Passes].
func (c *Client) Passes(n int) ([]index.Pass, error) {
	return ask[[]index.Pass](c, "passes", n)
}

// Listing is [index.Store.Listing].
func (c *Client) Listing(key string) (index.Listing, bool, error) {
	l, err := ask[maybe[index.Listing]](c, "listing", key)
	return l.Value, l.OK, err
}

// Listings is [index.Store.Listings].
func (c *Client) Listings() ([]index.Listing, error) {
	return ask[[]index.Listing](c, "listings", struct{}{})
}

// Coverage is [index.Store.Coverage].
func (c *Client) Coverage() (edgar.Date, bool, error) {
	d, err := ask[maybe[edgar.Date]](c, "coverage", struct{}{})
	return d.Value, d.OK, err
}

// Close lets go of the index. The process that holds it goes on.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return nil
}
