package edgartest

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
)

const agent = "Ada Quill ada@quill.example"

// get fetches a path of www.sec.gov, or a whole URL, from w.
func get(t *testing.T, w http.RoundTripper, path string, header ...string) (*http.Response, []byte) {
	t.Helper()
	resp, err := try(t, w, path, header...)
	if err != nil {
		t.Fatalf("GET %s: %v", path, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("GET %s: reading the body: %v", path, err)
	}
	return resp, body
}

func try(t *testing.T, w http.RoundTripper, path string, header ...string) (*http.Response, error) {
	t.Helper()
	if strings.HasPrefix(path, "/") {
		path = "https://www.sec.gov" + path
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("User-Agent", agent)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return w.RoundTrip(req)
}

// masterRows returns the accession numbers in a quarter's master.idx.
func masterRows(t *testing.T, w *World, quarter string) []edgar.Accession {
	t.Helper()
	_, body := get(t, w, "/Archives/edgar/full-index/"+quarter[:4]+"/QTR"+quarter[5:]+"/master.idx")
	return rowsIn(body)
}

// rowsIn returns the accession numbers in the text of a listing.
func rowsIn(text []byte) []edgar.Accession {
	var accs []edgar.Accession
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, ".txt")
		if i := strings.LastIndexByte(line, '/'); i >= 0 && strings.Contains(line, "edgar/data/") {
			accs = append(accs, acc(line[i+1:]))
		}
	}
	return accs
}

func acc(s string) edgar.Accession {
	a, err := edgar.ParseAccession(s)
	if err != nil {
		panic(err)
	}
	return a
}

func cik(n int64) edgar.CIK {
	c, err := edgar.CIKFromInt(n)
	if err != nil {
		panic(err)
	}
	return c
}

func date(s string) edgar.Date {
	d, err := edgar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func form(s string) edgar.Form {
	f, err := edgar.ParseForm(s)
	if err != nil {
		panic(err)
	}
	return f
}

// clock is a calendar that stands until it is set: to noon, Eastern, of a day.
type clock struct{ t time.Time }

func newClock(day string) *clock {
	c := new(clock)
	c.set(day)
	return c
}

func (c *clock) set(day string) { c.t = at(date(day), 12, 0) }
func (c *clock) now() time.Time { return c.t }

// small is a world of three submissions in the first quarter of 2024, one of
// them by two filers, at noon of 15 March 2024.
func small(t *testing.T, opts ...Option) (*World, *clock) {
	t.Helper()
	c := newClock("2024-03-15")
	w := New(append([]Option{WithNow(c.now)}, opts...)...)
	err := w.Add(
		Submission{Accession: acc("0009900001-24-000001"), Form: form("8-K"), Filed: date("2024-01-16"), Items: []string{"2.02", "9.01"}, Filers: []Filer{{CIK: cik(9000118), Name: "Pellworm Lens Co"}}},
		Submission{Accession: acc("0009900001-24-000002"), Form: form("8-K/A"), Filed: date("2024-02-20"), Items: []string{"8.01"}, Filers: []Filer{{CIK: cik(9001240), Name: "Slackwater Tidal Power Corp"}, {CIK: cik(9001241), Name: "Slackwater Operating Partnership, L.P."}}},
		Submission{Accession: acc("0009900001-24-000003"), Form: form("10-Q"), Filed: date("2024-02-20"), Filers: []Filer{{CIK: cik(9000118), Name: "Pellworm Lens Co"}}},
	)
	if err != nil {
		t.Fatal(err)
	}
	return w, c
}
