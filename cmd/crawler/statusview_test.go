package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/serve"
)

var errBroken = errors.New("broken pipe")

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

// standing is a status with something in every part.
func standing(t *testing.T) serve.Standing {
	t.Helper()
	q, err := edgar.ParseQuarter("2020Q4")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2024, 3, 1, 3, 30, 0, 0, time.UTC)
	r := serve.Standing{
		Data: "./edgard-data",
		Gaps: []serve.Gap{
			{Kind: string(crawl.NoListing), Listing: "2024Q2", Detail: "EDGAR does not have it"},
			{Kind: string(crawl.NoListing), Listing: "2024-01-05", Detail: "no pass has read it"}, {Kind: string(crawl.NoListing), Listing: "2024-01-08", Detail: "no pass has read it"},
		},
		FeedsRead: map[string]time.Time{"xbrlrss": at},
		WholePass: &index.Pass{End: at.Add(187 * time.Second)},
		Rate:      8,
		Status: index.Status{
			States: map[index.State]int{index.Discovered: 1200, index.Deferred: 3, index.Recorded: 61234, index.Rejected: 1, index.Withdrawn: 2},
			Due:    1201, NextDue: at.Add(time.Hour), From: q.First(), To: q.Last(),
			Reasons: []index.ReasonCount{{State: index.Deferred, Reason: "HTTP 503", Count: 3}, {State: index.Rejected, Reason: "evil \x1b[2J page", Count: 1}},
			Passes: []index.Pass{
				{Start: at, End: at.Add(187 * time.Second), Command: "sync", Listed: 6512, Recorded: 1236, Deferred: 2, Rejected: 1, Requests: 1250, Outcome: "done"},
				{Start: at.Add(-time.Hour), End: at, Command: "sync", Outcome: "stopped by interrupt"},
			},
			Freshness: &index.Freshness{
				Since: q.First(), Filings: 1205, Untimed: 5, AcceptedSeen: index.Percentiles{P50: 62, P90: 118, P99: 480, Max: 7320},
				SeenRecorded: index.Percentiles{P50: 1, P90: 2, P99: 4, Max: 300}, AcceptedRecorded: index.Percentiles{P50: 63, P90: 120, P99: 484, Max: 7321},
			},
		},
		Pauses: []serve.Pause{{Host: "sec.gov", Until: at.Add(10 * time.Minute)}},
		Feeds:  []string{"xbrlrss"},
	}
	for i := range 14 {
		c := index.QuarterCoverage{Quarter: q, Wanted: 100, Recorded: 100}
		if i == 13 {
			c = index.QuarterCoverage{Quarter: q, Wanted: 5432, Recorded: 4228, Discovered: 1200, Deferred: 1, Rejected: 1, Withdrawn: 2}
		}
		r.Quarters, q = append(r.Quarters, c), q.Next()
	}
	return r
}

func TestTheStatusOfAnArchive(t *testing.T) {
	out, b := paper(0, false)
	s := &statusCommand{app: &app{out: out}}
	if err := s.print(standing(t)); err != nil {
		t.Fatal(err)
	}
	want := `./edgard-data
from      2020-10-01
listings  read up to 2020-12-31
filings   1,200 discovered, 3 deferred, 61,234 recorded, 1 rejected, 2 withdrawn
due       1,201 due now, the next 2024-03-01 04:30:00 UTC
gap       listing 2024Q2: EDGAR does not have it
gap       listing 2024-01-05, 2024-01-08: no pass has read it
pass      the last whole one ended 2024-03-01 03:33:07 UTC
rate      8 requests a second at most
feed      xbrlrss read 2024-03-01 03:30:00 UTC
feeds     getcurrent is off: XBRL RSS and the daily listings tell run of new filings
pause     no request to sec.gov before 2024-03-01 03:40:00 UTC

Coverage by quarter of filing
quarter  listed  recorded  to do  rejected  withdrawn   share  gaps
earlier     300       300                               100 %
2021Q3      100       100                               100 %
2021Q4      100       100                               100 %
2022Q1      100       100                               100 %
2022Q2      100       100                               100 %
2022Q3      100       100                               100 %
2022Q4      100       100                               100 %
2023Q1      100       100                               100 %
2023Q2      100       100                               100 %
2023Q3      100       100                               100 %
2023Q4      100       100                               100 %
2024Q1    5,432     4,228  1,201         1          2  77.8 %  2 days missing
2024Q2        0         0                                      listing missing

Freshness of 1,200 filings since 2020-10-01, 5 more without a time of acceptance before they were seen
from                  half within      90 %      99 %       all
accepted to seen         1 m 02 s  1 m 58 s  8 m 00 s  2 h 02 m
seen to recorded            1.0 s     2.0 s     4.0 s  5 m 00 s
accepted to recorded     1 m 03 s  2 m 00 s  8 m 04 s  2 h 02 m

Why some are not recorded
filings  state     reason
      3  deferred  HTTP 503
      1  rejected  evil ␛[2J page

Last passes (UTC)
began             command  listed  recorded  deferred  rejected  requests      took  outcome
2024-03-01 03:30  sync      6,512     1,236         2         1     1,250  3 m 07 s  done
2024-03-01 02:30  sync          0         0         0         0         0  1 h 00 m  stopped by interrupt
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAllQuartersAreShownWhenAskedFor(t *testing.T) {
	out, b := paper(0, false)
	s := &statusCommand{app: &app{out: out}, all: true}
	if err := s.print(standing(t)); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); !strings.Contains(got, "\n2020Q4 ") || strings.Contains(got, "earlier") {
		t.Errorf("got:\n%s", got)
	}
}

func TestATerminalSeesTheShareAsABar(t *testing.T) {
	out, b := paper(100, false)
	s := &statusCommand{app: &app{out: out}}
	if err := s.print(standing(t)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"  100 %  ████████████████\n", " 77.8 %  ████████████▍  "} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in:\n%s", want, b)
		}
	}
}

func TestAnEmptyArchiveHasAStatusToo(t *testing.T) {
	out, b := paper(0, false)
	if err := (&statusCommand{app: &app{out: out}}).print(serve.Standing{Data: "d"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("d\nfilings   0 recorded\ndue       0 due now\nrate      unlimited\n", b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAStatusThatCannotBeWrittenSaysSo(t *testing.T) {
	err := (&statusCommand{app: &app{out: &terminal{Writer: brokenPipe{}}}}).print(standing(t))
	if !errors.Is(err, errBroken) {
		t.Errorf("got %v, want %v", err, errBroken)
	}
}

func TestStatusWithoutABeginningPromisesNone(t *testing.T) {
	out, b := paper(0, false)
	r := serve.Standing{Data: "d", Status: index.Status{To: standing(t).To}}
	if err := (&statusCommand{app: &app{out: out}}).print(r); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.Contains(got, "from ") || !strings.Contains(got, "listings  read up to 2020-12-31\n") {
		t.Errorf("got:\n%s", got)
	}
}
