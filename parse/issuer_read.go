package parse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"example.com/edgard/edgar"
)

// issuerReader reads an issuer listing token by token, so that of columns that
// nobody wants one is in memory at a time.
type issuerReader struct {
	dec  *json.Decoder
	out  *IssuerListing
	cols issuerColumns
	seen map[string]bool // keys that must not come twice
}

func readIssuer(r io.Reader) (*IssuerListing, error) {
	limited := &io.LimitedReader{R: r, N: MaxIssuerListing + 1}
	src := &faultyReader{r: limited}
	in := issuerReader{dec: json.NewDecoder(src), out: new(IssuerListing), seen: map[string]bool{}}
	err := in.object(in.top)
	if err == nil {
		err = in.end()
	}
	if err == nil {
		err = in.cols.rows(in.out)
	}
	switch {
	case src.err != nil:
		return nil, fmt.Errorf("reading issuer's listing: %w", src.err)
	case limited.N == 0:
		return nil, fmt.Errorf("%w: longer than %d bytes", ErrNotIssuerListing, MaxIssuerListing)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w: ends in the middle", ErrNotIssuerListing)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrNotIssuerListing, err)
	}
	return in.out, nil
}

// faultyReader remembers the error that its reader broke with.
type faultyReader struct {
	r   io.Reader
	err error
}

func (f *faultyReader) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// end makes sure that nothing but blanks follows.
func (in *issuerReader) end() error {
	switch _, err := in.dec.Token(); {
	case err == io.EOF:
		return nil
	case err != nil:
		return err
	}
	return errors.New("more after its end")
}

// object reads an object and has field read the value of each of its keys.
func (in *issuerReader) object(field func(key string) error) error {
	t, err := in.dec.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		return fmt.Errorf("%v where an object is due", short(fmt.Sprint(t)))
	}
	for in.dec.More() {
		t, err := in.dec.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		if err := field(key); err != nil {
			return fmt.Errorf("%s: %w", short(key), err)
		}
	}
	_, err = in.dec.Token()
	return err
}

// top reads a field of the outermost object: of a first page who the issuer is,
// of an older one the columns.
func (in *issuerReader) top(key string) error {
	is := &in.out.Issuer
	switch key {
	case "cik":
		if err := in.once(key); err != nil {
			return err
		}
		return in.dec.Decode(&is.CIK)
	case "filings":
		if err := in.once(key); err != nil {
			return err
		}
		return in.object(in.filings)
	case "name":
		return in.lenient(&is.Name)
	case "entityType":
		return in.lenient(&is.EntityType)
	case "sic":
		return in.lenient(&is.SIC)
	case "sicDescription":
		return in.lenient(&is.SICDescription)
	case "tickers":
		return in.lenient(&is.Tickers)
	case "exchanges":
		return in.lenient(&is.Exchanges)
	case "ein":
		return in.lenient(&is.EIN)
	case "stateOfIncorporation":
		return in.lenient(&is.StateOfIncorporation)
	case "fiscalYearEnd":
		return in.lenient(&is.FiscalYearEnd)
	case "formerNames":
		return in.formerNames()
	}
	return in.column(key)
}

func (in *issuerReader) filings(key string) error {
	switch key {
	case "recent":
		return in.object(in.column)
	case "files":
		return in.older()
	}
	return in.skip()
}

// column reads a column of rows, or passes over what is none that is needed.
func (in *issuerReader) column(key string) error {
	col := in.cols.named(key)
	if col == nil {
		return in.skip()
	}
	if err := in.once(key); err != nil {
		return err
	}
	return in.dec.Decode(col)
}

// once refuses a key that was there before: of two values nobody knows which
// counts.
func (in *issuerReader) once(key string) error {
	if in.seen[key] {
		return errors.New("there twice")
	}
	in.seen[key] = true
	return nil
}

func (in *issuerReader) skip() error {
	var v json.RawMessage
	return in.dec.Decode(&v)
}

// lenient reads a value that may as well be null or of another kind.
func (in *issuerReader) lenient(into any) error {
	var v json.RawMessage
	if err := in.dec.Decode(&v); err != nil {
		return err
	}
	_ = json.Unmarshal(v, into)
	return nil
}

func (in *issuerReader) formerNames() error {
	var names []struct {
		Name string
		To   string
	}
	if err := in.lenient(&names); err != nil {
		return err
	}
	for _, n := range names {
		f := FormerName{Name: n.Name}
		if t, err := time.Parse(time.RFC3339, n.To); err == nil {
			f.Changed = edgar.DateOf(t)
		}
		in.out.Issuer.FormerNames = append(in.out.Issuer.FormerNames, f)
	}
	return nil
}

// older reads the list of older pages. Without a name and a count nobody knows
// what there is to ask for; dates that are none leave a page's range open.
func (in *issuerReader) older() error {
	var files []struct {
		Name        string
		FilingCount int
		FilingFrom  string
		FilingTo    string
	}
	if err := in.dec.Decode(&files); err != nil {
		return err
	}
	for _, f := range files {
		p := OlderPage{Name: f.Name, Count: f.FilingCount}
		p.From, _ = edgar.ParseDate(f.FilingFrom)
		p.To, _ = edgar.ParseDate(f.FilingTo)
		in.out.Older = append(in.out.Older, p)
	}
	return nil
}
