package crawl

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

func (h *house) audit() AuditReport {
	h.t.Helper()
	r, err := Audit(h.t.Context(), h.offline())
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// named are the differences of all quarters, "kind what".
func named(r AuditReport) (lines []string) {
	for _, q := range r.Quarters {
		for _, d := range q.Named {
			what := d.Listing
			if !d.Accession.IsZero() {
				what = d.Accession.String()
			}
			lines = append(lines, string(d.Kind)+" "+what)
		}
	}
	return lines
}

// rewrite changes the kept copy of a listing, and the record of it so that nobody
// can tell.
func (h *house) rewrite(key string, edit func(string) string) {
	h.t.Helper()
	l, _, err := h.ix.Listing(key)
	if err != nil {
		h.t.Fatal(err)
	}
	name := h.dir + "/listings/" + l.File
	z := must(gzip.NewReader(bytes.NewReader(must(os.ReadFile(name)))))
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, edit(string(must(io.ReadAll(z)))))
	w.Close()
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		h.t.Fatal(err)
	}
	l.Size, l.SHA256 = int64(b.Len()), fmt.Sprintf("%x", sha256.Sum256(b.Bytes()))
	time.Sleep(building + time.Minute)
	l.Fetched, l.LastModified = time.Now(), time.Now().UTC().Format(http.TimeFormat)
	if err := h.ix.PutListing(l); err != nil {
		h.t.Fatal(err)
	}
}

// dropRow removes the rows of a submission from the text of a listing.
func dropRow(text, accession string) string {
	lines := slices.DeleteFunc(strings.SplitAfter(text, "\n"), func(line string) bool { return strings.Contains(line, accession) })
	return strings.Join(lines, "")
}

func TestTheAuditOfACompleteArchiveAddsUp(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, append(fourReports(), made("0000900001-24-000008", "8-K", "2024-02-12", "900001", "900002"),
			made("0000900001-24-000009", "8-K", "2024-03-05", "900001"))...)
		h.world.Script("/Archives/edgar/data/900001/0000900001-24-000009.txt", edgartest.NoSuchKey) // rejected
		h.world.Script("/Archives/edgar/data/900001/"+ofJune+".txt", edgartest.Unavailable)         // deferred
		h.settle(all2024())
		h.world.Remove(acc(ofFebruary))
		untilRebuilt()
		if r, _ := h.sync(Scope{From: day("2024-01-01"), To: day("2024-06-19")}); r.Withdrawn != 1 { // not the deferred one
			t.Fatalf("%d withdrawn, want one", r.Withdrawn)
		}
		h.sync(all2024())
		r := h.audit()
		want := []QuarterAudit{
			{Quarter: must(edgar.ParseQuarter("2024Q1")), Listed: 3, Recorded: 2, Rejected: 1, Archived: 2},
			{Quarter: must(edgar.ParseQuarter("2024Q2")), Listed: 2, Recorded: 2, Archived: 2},
		}
		if diff := cmp.Diff(want, r.Quarters, cmp.AllowUnexported(edgar.Quarter{})); diff != "" || r.Differs() {
			t.Errorf("audit (-want +got):\n%s", diff)
		}
		if sum := (QuarterAudit{Listed: 5, Recorded: 4, Rejected: 1, Archived: 4}); !cmp.Equal(sum, r.Total, cmp.AllowUnexported(edgar.Quarter{})) {
			t.Errorf("in all %+v, want %+v", r.Total, sum)
		}
	})
}

// listingBreaches are those between listings and the rest.
func listingBreaches() map[string]breach {
	return map[string]breach{
		"a row of which the index knows nothing": {func(h *house) {
			h.rewrite("2024Q1", func(s string) string {
				return s + "900001|Tidewater|8-K|2024-02-29|edgar/data/900001/0000900001-24-000055.txt\n"
			})
		}, NoEntry, "0000900001-24-000055"},
		"an entry that is not listed": {func(h *house) {
			h.rewrite("2024Q1", func(s string) string { return dropRow(s, ofFebruary) })
		}, NotListed, ofFebruary},
		"a filing never fetched": {func(h *house) {
			must(0, h.world.Add(made("0000900001-24-000012", "8-K", "2024-06-20", "900001")))
			must(0, h.world.Add(made("0000900001-24-000013", "8-K", "2024-06-20", "900001")))
			s := all2024()
			s.Limit = 1
			h.sync(s)
		}, NotFetched, "0000900001-24-000013"},
		"a kept listing deleted": {func(h *house) {
			os.Remove(h.dir + "/listings/full-index/2024/QTR1/master.gz")
		}, ListingDamaged, "2024Q1"},
		"a byte of a kept listing flipped": {func(h *house) {
			name := h.dir + "/listings/full-index/2024/QTR1/master.gz"
			b := must(os.ReadFile(name))
			b[4] ^= 1 // the time in its gzip header, which no reader looks at
			os.WriteFile(name, b, 0o600)
		}, ListingDamaged, "2024Q1"},
		"a quarter that EDGAR does not serve": {func(h *house) {
			h.world.Script("/Archives/edgar/full-index/2023/QTR4/*", edgartest.Always(edgartest.AccessDenied))
			h.sync(Scope{From: day("2023-10-01")})
		}, NoListing, "2023Q4"},
		"a listing fetched and not read": {func(h *house) {
			s := Scope{From: day("2023-10-01"), DryRun: true}
			h.sync(s)
			must(0, h.ix.SetCoverage(day("2023-10-01")))
		}, ListingUnread, "2023Q4"},
		"a business day without a listing": {func(h *house) {
			time.Sleep(time.Until(day("2024-06-22").Midnight().Add(12 * time.Hour))) // Friday is over
		}, NoListing, "2024-06-21"},
		"a listing read for too many issuers to be named": {func(h *house) {
			l, _, _ := h.ix.Listing("2024Q1")
			l.Scope = strings.Replace(l.Scope, " * ", " #0123456789abcdef ", 1)
			must(0, h.ix.PutListing(l))
		}, ListingUnread, "2024Q1"},
		"a listing that lost too much": {func(h *house) {
			l, _, _ := h.ix.Listing("2024Q1")
			l.Held = 30
			must(0, h.ix.PutListing(l))
		}, ListingShrunk, "2024Q1"},
	}
}

func TestTheAuditFindsExactlyWhatIsBroken(t *testing.T) {
	breaches := archiveBreaches()
	maps.Copy(breaches, listingBreaches())
	for name, b := range breaches {
		t.Run(name, func(t *testing.T) {
			at(t, "2024-06-20 23:00", func(t *testing.T) {
				w := edgartest.New(edgartest.WithFrom(must(edgar.ParseQuarter("2023Q4"))))
				must(0, w.Add(fourReports()...))
				h := houseIn(t, w)
				h.sync(all2024())
				if r := h.audit(); r.Differs() {
					t.Fatalf("before anything broke: %q", named(r))
				}
				b.do(h)
				r := h.audit()
				want := string(b.kind) + " " + b.of
				if got := named(r); !slices.Equal(got, []string{want}) || r.Total.Differences != 1 || r.Total.Kinds[b.kind] != 1 {
					t.Errorf("found %q, want %q alone", got, want)
				}
			})
		})
	}
}

func TestADayWithoutAListingIsAGapUntilTheQuarterReachesIt(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		stale := must(h.listing("2024Q2", "June 18, 2024", "900003|Tidewater|8-K12B|2024-06-18|edgar/data/900003/0000900009-24-000003.txt"))
		h.world.Script("/Archives/edgar/full-index/2024/QTR2/*", edgartest.Always(stale))
		h.world.Script("/Archives/edgar/daily-index/*20240620*", edgartest.Always(edgartest.AccessDenied)) // closed
		time.Sleep(24 * time.Hour)
		r, _ := h.sync(all2024())
		if len(r.Gaps) != 1 || !strings.HasPrefix(r.Gaps[0], "2024-06-20: ") {
			t.Errorf("gaps %q, want the day", r.Gaps)
		}
		if got := named(h.audit()); !slices.Equal(got, []string{"no_listing 2024-06-20"}) {
			t.Errorf("audit: %q, want the day", got)
		}
		h.world.ClearScript()
		h.sync(all2024())
		if gaps, err := Gaps(h.ix, time.Now()); err != nil || len(gaps) != 0 {
			t.Errorf("gaps %v, %v; want none once the quarter has the day", gaps, err)
		}
	})
}

func TestTheAuditReadsWhatTheListingsOfIssuersName(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		if _, err := h.crawler().Issuer(t.Context(), Scope{CIKs: []edgar.CIK{cik("900001")}}); err != nil {
			t.Fatal(err)
		}
		if r := h.audit(); r.Differs() || r.Total.Listed != 3 || r.Total.Recorded != 3 || r.Total.Archived != 3 {
			t.Errorf("audit %+v, want the three of the issuer", r.Total)
		}
		os.Remove(h.dir + "/listings/submissions/CIK0000900001.json")
		if got := named(h.audit()); !slices.Equal(got, []string{"listing_damaged CIK0000900001"}) {
			t.Errorf("audit: %q, want the listing of the issuer", got)
		}
	})
}

func TestAnEntryThatTheListingIsTooOldToTellOfIsNoDifference(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		time.Sleep(time.Hour)
		late := made("0000900005-23-000077", "8-K", "2024-01-08", "900005")
		if _, err := h.ix.Discover(index.Listing{Key: "getcurrent"}, slices.Values(rowsOf(late)), time.Now()); err != nil {
			t.Fatal(err)
		}
		if r := h.audit(); r.Differs() {
			t.Errorf("audit: %q, want nothing", named(r))
		}
	})
}

func TestTheAuditEndsWithItsContext(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := Audit(ctx, h.offline()); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want it cancelled", err)
		}
	})
}

func TestTheAuditCountsAllAndNamesTheFirst(t *testing.T) {
	var fs Findings
	for range maxDifferences + 5 {
		fs.add(Difference{Kind: NoEntry})
	}
	if fs.Differences != maxDifferences+5 || fs.Kinds[NoEntry] != maxDifferences+5 || len(fs.Named) != maxDifferences {
		t.Errorf("%d counted, %d named", fs.Differences, len(fs.Named))
	}
}

func TestWhatIsFetchedWhileTheAuditReadsIsNoDifference(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.sync(all2024())
		must(0, h.world.Add(made("0000900001-24-000077", "8-K", "2024-06-20", "900001")))
		what := h.offline()
		asked := 0
		what.Index = func(ask func(index.Reader) error) error {
			defer func() {
				if asked++; asked == 3 { // the entries have been read, the listings have not
					untilRebuilt()
					h.sync(all2024())
				}
			}()
			return ask(h.ix)
		}
		r, err := Audit(t.Context(), what)
		if err != nil || r.Differs() || asked < 4 {
			t.Errorf("%q, %v after %d questions; want no difference", named(r), err, asked)
		}
		if e := h.entry("0000900001-24-000077"); e.State != index.Recorded {
			t.Errorf("%+v, want it recorded meanwhile", e)
		}
	})
}
