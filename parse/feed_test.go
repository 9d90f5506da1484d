package parse_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

const atomHead = `<?xml version="1.0" encoding="ISO-8859-1" ?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>Latest Filings - Mon, 12 Jan 2026 11:28:50 EST</title>
<updated>2026-01-12T11:28:50-05:00</updated>
`

// atomEntry makes an entry of getcurrent.
func atomEntry(form, name, cik, role, accession, items string) string {
	return fmt.Sprintf(`<entry>
<title>%s - %s (%s) (%s)</title>
<link rel="alternate" type="text/html" href="https://www.sec.gov/Archives/edgar/data/1/x-index.htm"/>
<summary type="html">
 &lt;b&gt;Filed:&lt;/b&gt; 2026-01-12 &lt;b&gt;AccNo:&lt;/b&gt; %s &lt;b&gt;Size:&lt;/b&gt; 14 MB
%s</summary>
<updated>2026-01-12T11:19:08-05:00</updated>
<category scheme="https://www.sec.gov/" label="form type" term="%s"/>
<id>urn:tag:sec.gov,2008:accession-number=%s</id>
</entry>
`, form, name, cik, role, accession, items, form, accession)
}

const twoItems = "&lt;br&gt;Item 7.01: Regulation FD Disclosure\n&lt;br&gt;Item 9.01: Financial Statements and Exhibits\n"

func row(form, name, cik, filed, accession string) parse.Row {
	f, _ := edgar.ParseForm(form)
	c, _ := edgar.ParseCIK(cik)
	d, _ := edgar.ParseDate(filed)
	a, _ := edgar.ParseAccession(accession)
	return parse.Row{Form: f, Name: name, CIK: c, Filed: d, Accession: a}
}

// readFeed returns the entries and the errors of a feed.
func readFeed(s string) (entries []parse.FeedEntry, bad []error, end error) {
	for e, err := range parse.Feed(strings.NewReader(s)) {
		var fe *parse.FeedError
		switch {
		case errors.As(err, &fe):
			bad = append(bad, err)
		case err != nil:
			end = err
		default:
			entries = append(entries, e)
		}
	}
	return entries, bad, end
}

func TestFeedReadsTheLatestFilings(t *testing.T) {
	feed := atomHead +
		atomEntry("8-K", "Pellworm Lens Co", "0009000118", "Filer", "0009900017-26-000088", twoItems) +
		atomEntry("SC TO-T/A", "TIDE (HARBOUR) - SOUTH &amp; CO \xe9t\xe9", "0009000119", "Filed by", "0009900017-26-000089", "") +
		"</feed>"
	got, bad, end := readFeed(feed)
	at := time.Date(2026, 1, 12, 11, 19, 8, 0, edgar.Eastern())
	want := []parse.FeedEntry{
		{Row: row("8-K", "Pellworm Lens Co", "9000118", "2026-01-12", "0009900017-26-000088"), Role: "filer", Accepted: at, Items: []string{"7.01", "9.01"}},
		{Row: row("SC TO-T/A", "TIDE (HARBOUR) - SOUTH & CO été", "9000119", "2026-01-12", "0009900017-26-000089"), Role: "filed by", Accepted: at},
	}
	if diff := cmp.Diff(want, got, feedCompare); diff != "" || bad != nil || end != nil {
		t.Errorf("bad %v, end %v, entries (-want +got):\n%s", bad, end, diff)
	}
}

var feedCompare = cmp.Options{
	cmp.Comparer(func(a, b edgar.Form) bool { return a == b }), cmp.Comparer(func(a, b edgar.CIK) bool { return a == b }),
	cmp.Comparer(func(a, b edgar.Date) bool { return a == b }), cmp.Comparer(func(a, b edgar.Accession) bool { return a == b }),
}

const rssFeed = `<?xml version="1.0" encoding="windows-1252"?>
<rss version="2.0"><channel><title>Filings</title>
<item><title>Pellworm Lens Co (0009000118) (Filer)</title><description>8-K</description>
<edgar:xbrlFiling xmlns:edgar="https://www.sec.gov/Archives/edgar">
<edgar:companyName>Pellworm Lens Co</edgar:companyName><edgar:formType>8-K</edgar:formType>
<edgar:filingDate>01/24/2025</edgar:filingDate><edgar:cikNumber>0009000118</edgar:cikNumber>
<edgar:accessionNumber>0009900017-25-000012</edgar:accessionNumber>
<edgar:acceptanceDatetime>20250124170844</edgar:acceptanceDatetime>
</edgar:xbrlFiling></item>
</channel></rss>`

func TestFeedReadsTheXBRLFeeds(t *testing.T) {
	got, bad, end := readFeed(rssFeed)
	want := []parse.FeedEntry{{
		Row: row("8-K", "Pellworm Lens Co", "9000118", "2025-01-24", "0009900017-25-000012"), Role: "filer",
		Accepted: time.Date(2025, 1, 24, 17, 8, 44, 0, edgar.Eastern()),
	}}
	if diff := cmp.Diff(want, got, feedCompare); diff != "" || bad != nil || end != nil {
		t.Errorf("bad %v, end %v, entries (-want +got):\n%s", bad, end, diff)
	}
}

func TestABadEntryIsReportedAndTheFeedGoesOn(t *testing.T) {
	good := atomEntry("8-K", "Pellworm Lens Co", "0009000118", "Filer", "0009900017-26-000088", twoItems)
	for name, entry := range map[string]string{
		"no title":       "<entry></entry>",
		"a CIK of words": atomEntry("8-K", "X", "none", "Filer", "0009900017-26-000089", ""),
		"no accession":   atomEntry("8-K", "X", "0009000118", "Filer", "soon", ""),
		"no form":        atomEntry("", "X", "0009000118", "Filer", "0009900017-26-000089", ""),
	} {
		got, bad, end := readFeed(atomHead + entry + good + "</feed>")
		if len(got) != 1 || len(bad) != 1 || end != nil {
			t.Errorf("%s: %d entries, bad %v, end %v; want 1 of each and no end", name, len(got), bad, end)
		}
	}
}

func TestWhatIsNoFeedSaysSo(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":             "",
		"an error page":       "<!DOCTYPE html><html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head></html>",
		"a listing":           "CIK|Company Name\n-----\n",
		"a feed cut off":      atomHead + atomEntry("8-K", "X", "0009000118", "Filer", "0009900017-26-000088", "")[:200],
		"an unknown encoding": `<?xml version="1.0" encoding="EBCDIC"?><feed></feed>`,
	} {
		if _, _, end := readFeed(s); !errors.Is(end, parse.ErrNotFeed) {
			t.Errorf("%s: %v, want ErrNotFeed", name, end)
		}
	}
}

func TestEveryRealFeedIsRead(t *testing.T) {
	root := os.Getenv("EDGARD_CORPUS")
	if root == "" {
		root = "../../shared/corpus"
	}
	files, _ := filepath.Glob(filepath.Join(root, "api/atom-getcurrent/*.xml"))
	rss, _ := filepath.Glob(filepath.Join(root, "api/xbrlrss/*.rss"))
	if files = append(files, rss...); len(files) == 0 {
		t.Skip("no corpus: set EDGARD_CORPUS to read real feeds")
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, bad, end := readFeed(string(b))
		want := strings.Count(string(b), "<entry>") + strings.Count(string(b), "<item>")
		if len(got) != want || len(bad) != 0 || end != nil {
			t.Errorf("%s: %d entries of %d, bad %v, end %v", filepath.Base(name), len(got), want, bad, end)
		}
		if i := slices.IndexFunc(got, func(e parse.FeedEntry) bool { return e.Name == "" || e.Role == "" || e.Accepted.IsZero() }); i >= 0 {
			t.Errorf("%s: entry %d lacks name, role or time: %+v", filepath.Base(name), i, got[i])
		}
	}
}

func FuzzFeed(f *testing.F) {
	f.Add(atomHead + atomEntry("8-K", "Pellworm Lens Co", "0009000118", "Filer", "0009900017-26-000088", twoItems) + "</feed>")
	f.Add(rssFeed)
	f.Add("<feed><entry><title>a (b) (c)</title><summary>&lt;br</summary></entry>")
	f.Fuzz(func(t *testing.T, s string) {
		entries, _, _ := readFeed(s)
		for _, e := range entries {
			if e.Accession.IsZero() || e.CIK.IsZero() || e.Form.IsZero() || e.Filed.IsZero() {
				t.Errorf("entry without its essentials: %+v", e)
			}
		}
	})
}
