package crawl

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// traps are what programs of this kind have fallen into, and the tests, by
// package, that this one does not.
var traps = []struct {
	trap  string
	tests []string
}{
	{"existence taken for completion", []string{
		". AFileOfTheRightNameIsNotTakenForAWholeSubmission", ". ADamagedCopyInTheArchiveIsFetchedAgain",
		"../cmd/crawler KilledAnywhereTheNextPassMakesTheArchiveWhole", "../cmd/crawler KilledAtEachStepTheNextPassMakesTheArchiveWhole",
	}},
	{"the running quarter's listing cached for ever", []string{". AListingThatGrowsIsReadAgain", ". APastQuarterIsAskedForAgainAfterTheSaturdayRebuild"}},
	{"today's date computed once", []string{". ADaemonGoesOnIntoTheNextDayAndQuarterOfBothClocks", ". AMonthOfTheDaemonsLife"}},
	{"an error page or an empty body stored as a filing", []string{". WhatIsNotTheSubmissionAskedForIsNeverArchived", ". EveryFaultLeadsToWhatItsTableSays"}},
	{"retrying while blocked", []string{
		". ThrottlingStopsEveryProcessForTenMinutesThenHalvesTheRate", ". NoWaiterAsksDuringACoolDown", "../cmd/crawler OneProcessThrottledSilencesAllOfThem",
	}},
	{"a limiter wrong by its units", []string{"../cmd/crawler ProcessesTogetherNeverAskMoreThanNineTimesInASecond", ". TwoProcessesShareOneBudgetAndARestartKeepsIt"}},
	{"one 404 aborts the batch", []string{". OneMissingAmongAThousandIsOneMissing", ". OneBadFilingDelaysNoOther"}},
	{"dedupe lost on restart", []string{". AFilingIsNewOnceHoweverOftenOneStartsAgain", ". ARestartedDaemonDoesNotRepeatTheNightlyPass"}},
	{"the watermark moves past a day that could not be read", []string{". NoPassIsCompleteThatCouldNotReadADay", ". WhatABrokenPollDidNotReachTheNextOneReaches"}},
	{"item bodies cut, or headings not seen", []string{". ItemsOfOddPrintArriveWhole", "../parse ItemHeadingsAreFoundHoweverTheyArePrinted", "../parse HeadingsOfOddSpellings"}},
	{"co-registrants fetched twice or lost", []string{". CoRegistrantsAreOneSubmissionFoundUnderEach", ". TwoPassesAtOnceMakeOneRequestForAFiling"}},
	{"a weekend's missing listing taken for a refusal, or for no filings", []string{". AListingThatThereCannotBeIsNoRefusalAndNoGap", ". AListingThatIsNotThereYetIsAskedForAgainUntilItIs"}},
}

func TestEveryTrapHasItsTests(t *testing.T) {
	for _, x := range traps {
		for _, test := range x.tests {
			dir, name, _ := strings.Cut(test, " ")
			files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
			if err != nil {
				t.Fatal(err)
			}
			found := slices.ContainsFunc(files, func(file string) bool {
				return bytes.Contains(must(os.ReadFile(file)), []byte("\nfunc Test"+name+"(t *testing.T)"))
			})
			if !found {
				t.Errorf("%s: there is no Test%s in %s", x.trap, name, dir)
			}
		}
	}
}

func TestAFileOfTheRightNameIsNotTakenForAWholeSubmission(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		whole := must(h.world.Body(acc("0000900001-24-000011")))
		name := filepath.Join(h.dir, "archive/submissions/000/090/000/124/000/0000900001-24-000011.txt.zst")
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, whole[:len(whole)/2], 0o640); err != nil {
			t.Fatal(err)
		}
		h.sync(all2024())
		r, _, err := h.ar.Open(acc("0000900001-24-000011"), 0)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, whole) {
			t.Errorf("archived %d bytes, %v; want the %d that EDGAR serves", len(got), err, len(whole))
		}
	})
}

func TestADaemonGoesOnIntoTheNextDayAndQuarterOfBothClocks(t *testing.T) {
	at(t, "2024-06-28 19:00", func(t *testing.T) { // Friday, an hour before midnight UTC
		h := houseIn(t, edgartest.New(edgartest.WithNightlyListings()))
		friday, monday := made("0000900001-24-000020", "8-K", "2024-06-28", "900001"), made("0000900001-24-000021", "8-K", "2024-07-01", "900001")
		friday.Public, monday.Public = et("06-28 21:30"), et("07-01 09:00")
		if err := h.world.Add(append(fourReports(), friday, monday)...); err != nil {
			t.Fatal(err)
		}
		h.world.Script("/cgi-bin/*", edgartest.Always(edgartest.Unavailable)) // the listings alone tell
		stop := h.run(Daemon{Settings: since2024()})
		for _, x := range []struct {
			until time.Time
			want  int
		}{{et("06-28 21:00"), 4}, {et("06-28 23:59"), 5}, {et("07-01 22:00"), 5}, {et("07-02 00:30"), 6}} {
			time.Sleep(time.Until(x.until))
			if n := len(h.filings()); n != x.want {
				t.Errorf("%d filings by %v, want %d", n, x.until, x.want)
			}
		}
		if l, ok, err := h.ix.Listing("2024Q3"); !ok || err != nil || l.LastData != day("2024-07-01") {
			t.Errorf("the new quarter's listing reaches %v, %v; want 1 July", l.LastData, err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestOneMissingAmongAThousandIsOneMissing(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		const missing = "0000900001-24-100333"
		h := newHouse(t, manyReports(500)...)
		h.world.Script("/Archives/edgar/data/900001/"+missing+".txt", edgartest.Always(edgartest.NoSuchKey))
		r, _ := h.sync(all2024())
		if e := h.entry(missing); r.Recorded != 999 || r.Rejected != 1 || r.FilingRequests != 1000 || e.State != index.Rejected {
			t.Errorf("report %+v, the missing one is %s; want 999 recorded with a request each, and it rejected", r, e.State)
		}
	})
}

func TestAFilingIsNewOnceHoweverOftenOneStartsAgain(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		first, _ := h.sync(all2024())
		for range 3 { // daemon and pass by turns, each after a restart
			h.close()
			h.open()
			stop := h.run(Daemon{Settings: Settings{Scope: all2024(), Feeds: []string{feedCurrent, feedXBRL}}})
			time.Sleep(20 * time.Minute)
			if err := stop(); err != nil {
				t.Fatal(err)
			}
			if r, _ := h.sync(all2024()); r.New != 0 || r.Recorded != 0 {
				t.Errorf("after a restart %d new and %d recorded, want none again", r.New, r.Recorded)
			}
		}
		seen := map[edgar.Accession]int{}
		for l, err := range h.ix.Journal() {
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range l.Accessions {
				seen[a]++
			}
		}
		for a, n := range seen {
			if n != 1 {
				t.Errorf("%s first seen %d times", a, n)
			}
		}
		if first.New != 4 || len(seen) != 4 || len(h.world.FilingRequests()) != 4 {
			t.Errorf("%d new, %d first seen, %d asked for; want 4 each", first.New, len(seen), len(h.world.FilingRequests()))
		}
	})
}

// staleQuarter is a listing of the second quarter that ends on the 17th of June.
const staleQuarter = `Description:           Master Index of EDGAR Dissemination Feed
Last Data Received:    June 17, 2024

CIK|Company Name|Form Type|Date Filed|Filename
--------------------------------------------------------------------------------
900002|Tidewater|10-Q|2024-05-09|edgar/data/900002/0000900002-24-000007.txt
`

func TestNoPassIsCompleteThatCouldNotReadADay(t *testing.T) {
	at(t, "2024-06-20 23:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/full-index/2024/QTR2/*", edgartest.Always(edgartest.Body(200, "text/plain", []byte(staleQuarter))))
		for range listingTries {
			h.world.Script("/Archives/edgar/daily-index/2024/QTR2/master.20240618.idx", edgartest.Unavailable)
		}
		complete := func() bool { return must(h.ix.Passes(1))[0].Complete }
		r, _ := h.sync(all2024())
		if _, had := h.filings()["0000900009-24-000003"]; had || complete() || len(r.Gaps) != 1 || !strings.HasPrefix(r.Gaps[0], "2024-06-18: ") {
			t.Errorf("complete: %t with gaps %q, the filing of that day: %t; want the gap and neither", complete(), r.Gaps, had)
		}
		if _, known, err := h.ix.Listing("2024-06-18"); known || err != nil {
			t.Errorf("the day is known: %t, %v", known, err)
		}
		r, _ = h.sync(all2024())
		if _, had := h.filings()["0000900009-24-000003"]; !had || !complete() || len(r.Gaps) != 0 {
			t.Errorf("then complete: %t with gaps %q, the filing of that day: %t; want it made up for", complete(), r.Gaps, had)
		}
	})
}

func TestItemsOfOddPrintArriveWhole(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		s := made("0000900001-24-000031", "8-K", "2024-06-20", "900001")
		s.Items = []string{"2.02", "7.01", "8.01", "9.01"}
		w := edgartest.New()
		if err := w.Add(s); err != nil {
			t.Fatal(err)
		}
		body := string(must(w.Body(s.Accession)))
		from, to := strings.Index(body, "<TEXT>")+len("<TEXT>"), strings.Index(body, "</TEXT>")
		s.Body = []byte(body[:from] + `
<html><body><p>FORM 8-K</p>
<p>Item 2. 02 Results of Operations and Financial Condition</p>
<p>The quarter went well.</p><p><b>Outlook</b></p><p>So will the next.</p>
<p>-----Item 7.01 Regulation FD Disclosure</p><p>Slides were shown.</p>
<p><b>ITEM 8.01</b> OTHER EVENTS</p><p>We moved.</p>
<p>Item 9.01. Financial Statements and Exhibits.</p><p>(d) Exhibits. None.</p>
<p>SIGNATURE</p><p>/s/ Ada B. Quill</p></body></html>
` + body[to:])
		h := newHouse(t, s)
		h.sync(all2024())
		f, err := ReadFiling(h.ix, h.ar, s.Accession, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, it := range f.Items {
			got[it.Number] = it.Text
		}
		want := map[string]string{
			"2.02": "The quarter went well.\nOutlook\nSo will the next.", "7.01": "Slides were shown.", "8.01": "We moved.", "9.01": "(d) Exhibits. None.",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("items (-want +got):\n%s", diff)
		}
	})
}

func TestAListingThatThereCannotBeIsNoRefusalAndNoGap(t *testing.T) {
	at(t, "2024-06-23 12:00", func(t *testing.T) { // Sunday; the Wednesday before was a holiday
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/full-index/2024/QTR2/*", edgartest.Always(edgartest.Body(200, "text/plain", []byte(staleQuarter))))
		days := func(asked []string) (days []string) {
			for _, path := range asked {
				if name, ok := strings.CutPrefix(path, "/Archives/edgar/daily-index/2024/QTR2/master."); ok {
					days = append(days, strings.TrimSuffix(name, ".idx"))
				}
			}
			return days
		}
		r, asked := h.sync(all2024())
		if got, want := days(asked), []string{"20240621", "20240620", "20240618"}; !slices.Equal(got, want) || len(r.Gaps) != 0 {
			t.Errorf("asked for days %q with gaps %q, want %q and none", got, r.Gaps, want)
		}
		time.Sleep(33*time.Hour + 30*time.Minute) // Monday, before the evening's listing
		if r, asked := h.sync(all2024()); len(days(asked)) != 0 || len(r.Gaps) != 0 {
			t.Errorf("before ten: asked for days %q with gaps %q, want none", days(asked), r.Gaps)
		}
		h.world.Script("/Archives/edgar/daily-index/2024/QTR2/*.20240624.idx", edgartest.Always(edgartest.AccessDenied))
		time.Sleep(time.Hour)
		for range 2 { // and again a little later
			if r, asked := h.sync(all2024()); !slices.Equal(days(asked), []string{"20240624"}) || len(r.Gaps) != 0 {
				t.Errorf("after ten: asked for days %q with gaps %q, want today's and none", days(asked), r.Gaps)
			}
		}
		a, err := ReadAllowance(h.dir+"/state", "http://127.0.0.1:1")
		if err != nil || !a.Until.IsZero() {
			t.Errorf("pause until %v, %v; want none", a.Until, err)
		}
	})
}
