package filter

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// kelp is an index that knows one ticker, KELP of CIK 9000001.
func kelp(t testing.TB) *index.Store {
	t.Helper()
	ix, err := index.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	c, err := edgar.CIKFromInt(9000001)
	if err == nil {
		err = ix.PutTickers(index.Tickers{CIKs: map[string]edgar.CIK{"KELP": c}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// given has a good value for every parameter.
func given() map[string]string {
	return map[string]string{
		"cik": "1,2", "ticker": "kelp", "name": "kelp", "sic": "28", "state": "de", "form": "8-K", "amendment": "true", "original": "true",
		"item": "2.02,9.01", "all-items": "1.01,2.03", "exhibit": "99,=10", "warning": "limit", "withdrawn": "false",
		"from": "2024Q1", "to": "2024-05-06", "period-from": "2024-01-02", "period-to": "2024Q2", "accepted-from": "2024-01-02", "accepted-to": "2024-07-02T09:30",
		"oldest-first": "true", "limit": "7", "after": "token",
	}
}

func TestEveryParameterIsReadIntoTheQuery(t *testing.T) {
	ix, values := kelp(t), given()
	for _, p := range Listing() {
		w, err := FromURL(url.Values{p.Name: {values[p.Name]}}, Listing())
		if err != nil {
			t.Errorf("%s=%s: %v", p.Name, values[p.Name], err)
			continue
		}
		q, err := Reader{Index: ix, Now: time.Now()}.Query(w)
		if err != nil || reflect.DeepEqual(q, index.Query{}) {
			t.Errorf("%s=%s changes nothing in the query: %+v, %v", p.Name, values[p.Name], q, err)
		}
		delete(values, p.Name)
	}
	if len(values) > 0 {
		t.Errorf("there are no parameters for %v", values)
	}
}

func TestURLsMeanWhatFlagsMean(t *testing.T) {
	const search = "cik=1&cik=2,9000001&item=2.02,9.01&amendment=false&withdrawn=1&state=de&from=2024Q1&to=2024-05-06&accepted-to=2024-07-02T09:30&limit=7&after=token&oldest-first=true"
	values, err := url.ParseQuery(search)
	if err != nil {
		t.Fatal(err)
	}
	w, err := FromURL(values, Listing())
	if err != nil {
		t.Fatal(err)
	}
	q, err := Reader{Index: kelp(t), Now: time.Now()}.Query(w)
	if err != nil {
		t.Fatal(err)
	}
	want := "[1 2 9000001] [2.02 9.01] [DE] false true true 2024-01-01 2024-05-06 2024-07-02 09:30:59 EDT 7 token"
	got := fmt.Sprint(q.CIKs, " ", q.Items, " ", q.States, " ", *q.Amendment, *q.Withdrawn, q.OldestFirst) +
		fmt.Sprintf(" %s %s %s %d %s", q.From, q.To, moment(q.AcceptedTo), q.Limit, q.After)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWhatIsNoOriginalIsAnAmendment(t *testing.T) {
	for search, amendment := range map[string]bool{"original=true": false, "original=false": true, "amendment=true": true, "amendment=false": false} {
		name, value, _ := strings.Cut(search, "=")
		q, err := Reader{Index: kelp(t), Now: time.Now()}.Query(Words{name: {value}})
		if err != nil || q.Amendment == nil || *q.Amendment != amendment {
			t.Errorf("%s: %+v, %v, want amendment %t", search, q.Amendment, err, amendment)
		}
	}
}

func TestATickerMeansWhoHasItNowElseWhoHadIt(t *testing.T) {
	ix := kelp(t)
	other, err := edgar.CIKFromInt(9000002)
	if err != nil {
		t.Fatal(err)
	}
	put := func(day int, ciks map[string]edgar.CIK) {
		t.Helper()
		if err := ix.PutTickers(index.Tickers{CIKs: ciks, Fetched: time.Date(2024, 3, day, 12, 0, 0, 0, time.UTC)}); err != nil {
			t.Fatal(err)
		}
	}
	ask := func(want, noted string) {
		t.Helper()
		var notes []string
		note := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
		q, err := Reader{Index: ix, Now: time.Now(), Note: note}.Query(Words{"ticker": {"kelp"}})
		if got := fmt.Sprint(q.CIKs); err != nil || got != want || strings.Join(notes, "; ") != noted {
			t.Errorf("%s, %q, %v; want %s, %q", got, notes, err, want, noted)
		}
	}
	ask("[9000001]", "")
	put(4, map[string]edgar.CIK{"KELP": other})
	ask("[9000002]", "")
	put(6, nil)
	ask("[9000002 9000001]", "the ticker file kept here gives KELP to nobody: CIK 9000002 had it on 2024-03-04, CIK 9000001 had it")
	put(8, map[string]edgar.CIK{"KELP": other})
	ask("[9000002]", "")
}

func TestAMistakeNamesItsParameterAndWhatWouldDo(t *testing.T) {
	ix := kelp(t)
	for _, c := range []struct{ search, parameter, want string }{
		{"item=2.20", "item", `item: "2.20" is no item number: want one such as 2.02, or 1 to 13 for filings before 23 August 2004; did you mean 2.02?`},
		{"all-items=2.02,99", "all-items", `all-items: "99" is no item number: want one such as 2.02, or 1 to 13 for filings before 23 August 2004`},
		{"cik=AAPL", "cik", `cik: CIK "AAPL": want 1 to 10 digits, not all zero`},
		{"ticker=moth", "ticker", `ticker: ticker "moth": not in the index: sync --ticker moth learns it, or give cik`},
		{"form=8k", "form", `form: "8k" is no form type of EDGAR; did you mean 8-K?`},
		{"name=%26", "name", `name: "&" has no letter and no digit to look for`},
		{"sic=28345", "sic", `sic: "28345" is no SIC code: want four digits such as 2834, or the first of them`},
		{"state=DELAWARE", "state", `state: "DELAWARE" is no state: want EDGAR's code of two characters, such as DE, or A6 for Ontario`},
		{"exhibit=9%00", "exhibit", `exhibit: "9\x00" is no exhibit number: want one such as 99.1, or 99 for all that begin so`},
		{"warning=limits", "warning", `warning: "limits" is no code of a warning; did you mean limit?`},
		{"amendment=true&original=true", "amendment", "amendment and original exclude each other: give one of them"},
		{"withdrawn=maybe", "withdrawn", `withdrawn: "maybe": want true or false`},
		{"from=yesterday", "from", `from: "yesterday" is no day: want ` + whenForms},
		{"from=2024Q2&to=2024Q1", "from", "nothing lies between 2024-04-01 (from) and 2024-03-31 (to)"},
		{"accepted-from=2024-02-01&accepted-to=2024", "", ""},
		{"accepted-to=16:30", "accepted-to", `accepted-to: "16:30" is no time: want ` + momentForms},
		{"limit=ten", "limit", `limit: "ten": want a whole number from 0`},
		{"limit=-1", "limit", `limit: "-1": want a whole number from 0`},
		{"item=", "item", "item: is empty"},
		{"item=2.02,", "item", "item: is empty"},
		{"from=+", "from", "from: is empty"},
		{"from=7d&from=8d", "from", "from: is given 2 times: give it once"},
		{"itme=2.02", "itme", `"itme": there is no such parameter; did you mean item? There are cik, ticker, name, sic, state, form, amendment, original, item, all-items, exhibit, warning, withdrawn, ` +
			`from, to, period-from, period-to, accepted-from, accepted-to, oldest-first, limit, after, revision`},
		{"revision=2", "", ""},
	} {
		values, err := url.ParseQuery(c.search)
		if err != nil {
			t.Fatal(err)
		}
		w, err := FromURL(values, append(Listing(), Parameter{Name: "revision", Kind: Number}))
		if err == nil {
			_, err = Reader{Index: ix, Now: time.Now()}.Query(w)
		}
		var m *Mistake
		if c.want == "" && err == nil {
			continue
		}
		if !errors.As(err, &m) || m.Parameter != c.parameter || err.Error() != c.want {
			t.Errorf("%s:\ngot  %v\nwant %s", c.search, err, c.want)
		}
	}
}

func TestWhatAFormLeavesEmptyIsNotGiven(t *testing.T) {
	got := WithoutEmpty(url.Values{"item": {"", "2.02"}, "name": {" "}, "from": {"7d"}})
	if want := (url.Values{"item": {"2.02"}, "from": {"7d"}}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
}

func TestNoParameterIsThereTwice(t *testing.T) {
	var names []string
	for _, p := range Listing() {
		if slices.Contains(names, p.Name) || p.Help == "" || strings.ContainsAny(p.Description(), "`") {
			t.Errorf("%q is there twice, or says nothing: %q", p.Name, p.Description())
		}
		names = append(names, p.Name)
	}
}

func FuzzAnyURLIsAQueryOrAMistake(f *testing.F) {
	for name, value := range given() {
		f.Add(url.Values{name: {value}}.Encode())
	}
	f.Add("exhibit=9%00&item=%ff&after=%00&ticker=%e2%80%ae&name=a%00b&state=%00%00")
	ix := kelp(f)
	f.Fuzz(func(t *testing.T, search string) {
		values, err := url.ParseQuery(search)
		if err != nil {
			return
		}
		var m *Mistake
		w, err := FromURL(values, Listing())
		if err != nil {
			if !errors.As(err, &m) {
				t.Errorf("%q: %v is no mistake", search, err)
			}
			return
		}
		q, err := Reader{Index: ix, Now: time.Unix(1.7e9, 0)}.Query(w)
		if err == nil {
			_, err = ix.Find(q)
		}
		if err != nil && !errors.As(err, &m) && !errors.Is(err, index.ErrToken) {
			t.Errorf("%q: %v is no mistake of who asked", search, err)
		}
	})
}

func TestWordsAreLeftAsTheyAre(t *testing.T) {
	w := Words{"item": {"2.02"}, "state": {"de"}}
	if _, err := (Reader{Index: kelp(t), Now: time.Now()}).Query(w); err != nil {
		t.Fatal(err)
	}
	if want := (Words{"item": {"2.02"}, "state": {"de"}}); !cmp.Equal(w, want, cmpopts.EquateEmpty()) {
		t.Error(cmp.Diff(want, w))
	}
}
