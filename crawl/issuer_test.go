package crawl

import (
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// longStanding is an EDGAR that lists two filings on a page: eight of one issuer
// from 2001 on, one of them a 10-K and one a joint filing, and one of another.
func longStanding(t *testing.T) *house {
	w := edgartest.New(edgartest.WithRecent(2))
	err := w.Add(
		made("0000900001-01-000001", "8-K", "2001-03-05", "900001"),
		made("0000900001-05-000002", "8-K", "2005-06-07", "900001"),
		made("0000900001-09-000003", "8-K/A", "2009-02-03", "900001"),
		made("0000900001-12-000004", "10-K", "2012-11-12", "900001"),
		made("0000900002-15-000005", "8-K", "2015-01-20", "900001", "900002"),
		made("0000900001-18-000006", "8-K", "2018-08-08", "900001"),
		made("0000900001-24-000007", "8-K", "2024-02-05", "900001"),
		made("0000900001-24-000008", "8-K", "2024-06-18", "900001"),
		made("0000900003-24-000001", "8-K", "2024-06-18", "900003"),
	)
	if err != nil {
		t.Fatal(err)
	}
	return houseIn(t, w)
}

func issuer(ciks ...string) Scope { return Scope{CIKs: must(ciksOf(ciks...))} }

// issuer makes one pass by Issuer, which must not fail, and returns its report and
// the names of the files that it asked for, robots.txt apart.
func (h *house) issuer(s Scope) (Report, []string) {
	h.t.Helper()
	r, asked, err := h.tryIssuer(s)
	if err != nil {
		h.t.Fatal(err)
	}
	return r, asked
}

func (h *house) tryIssuer(s Scope) (Report, []string, error) {
	before := len(h.world.Requests())
	r, err := h.crawler().Issuer(h.t.Context(), s)
	var asked []string
	for _, q := range h.world.Requests()[before:] {
		if q.Path != robotsPath {
			asked = append(asked, path.Base(q.Path))
		}
	}
	slices.Sort(asked)
	return r, asked, err
}

func TestAnIssuersFilingsOfAllYearsComeByItsOwnListing(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		r, asked := h.issuer(issuer("900001"))
		want := []string{
			"0000900001-01-000001.txt", "0000900001-05-000002.txt", "0000900001-09-000003.txt", "0000900001-18-000006.txt",
			"0000900001-24-000007.txt", "0000900001-24-000008.txt", "0000900002-15-000005.txt",
			"CIK0000900001-submissions-001.json", "CIK0000900001-submissions-002.json", "CIK0000900001-submissions-003.json", "CIK0000900001.json",
		}
		if diff := cmp.Diff(want, asked); diff != "" || r.Recorded != 7 || r.Listed != 7 || r.Differs() {
			t.Errorf("report %+v, -want +got requests:\n%s", r, diff)
		}
		if r, asked := h.issuer(issuer("900001")); r.Recorded != 0 || r.Listed != 7 || !slices.Equal(asked, []string{"CIK0000900001.json"}) {
			t.Errorf("again: recorded %d of %d listed, asked for %q; want the first page alone", r.Recorded, r.Listed, asked)
		}
		passes, err := h.ix.Passes(1)
		if err != nil || len(passes) != 1 || passes[0].Command != "issuer" {
			t.Errorf("passes %+v, %v; want the last one filed under issuer", passes, err)
		}
		if _, ok, err := h.ix.Coverage(); ok || err != nil {
			t.Errorf("coverage set %v, %v; want an issuer's pass to leave it alone", ok, err)
		}
	})
}

func TestANewFilingIsThereWithTwoRequests(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		h.issuer(issuer("900001"))
		s := made("0000900001-24-000009", "8-K", "2024-06-20", "900001")
		s.Accepted = time.Now()
		if err := h.world.Add(s); err != nil {
			t.Fatal(err)
		}
		r, asked := h.issuer(issuer("900001"))
		if want := []string{"0000900001-24-000009.txt", "CIK0000900001.json"}; r.New != 1 || !slices.Equal(asked, want) {
			t.Errorf("new %d, asked for %q; want 1 and %q", r.New, asked, want)
		}
	})
}

func TestOlderPagesAreAskedForWhenTheRangeReachesThemAndWhenTheyChange(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		s := issuer("900001")
		s.From = day("2015-01-01")
		if r, asked := h.issuer(s); r.Recorded != 4 || len(asked) != 4+2 || slices.Contains(asked, "CIK0000900001-submissions-002.json") {
			t.Errorf("recorded %d, asked for %q; want 4 by two pages", r.Recorded, asked)
		}
		if _, asked := h.issuer(issuer("900001")); len(asked) != 3+1+2 {
			t.Errorf("for the rest asked for %q, want 3 filings, the first page and two more", asked)
		}
		if err := h.world.Add(made("0000900001-09-000011", "8-K", "2009-02-04", "900001")); err != nil { // and all pages before it shift
			t.Fatal(err)
		}
		r, asked := h.issuer(issuer("900001"))
		if want := "0000900001-09-000011.txt"; r.Recorded != 1 || asked[0] != want || len(asked) < 3 {
			t.Errorf("recorded %d, asked for %q; want %s and the pages that changed", r.Recorded, asked, want)
		}
	})
}

func TestAllFormsOfAnIssuerAreRecordedByTheirHeaders(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		annual := edgartest.Submission{
			Accession: acc("0000900001-13-000001"), Form: must(edgar.ParseForm("10-K")), Filed: day("2013-11-12"),
			Body: []byte(annualReport),
		}
		if err := h.world.Add(annual); err != nil {
			t.Fatal(err)
		}
		s := issuer("900001")
		s.AllForms = true
		if r, _ := h.issuer(s); r.Recorded != 9 || r.Differs() {
			t.Errorf("report %+v, want 9 recorded", r)
		}
		f, err := h.ix.Filing(annual.Accession)
		if err != nil || f.Form.String() != "10-K" || len(f.Items) != 0 || len(f.Documents) != 1 || len(f.Filers) != 1 {
			t.Errorf("got %+v, %v; want header and document, and none of its own items", f, err)
		}
		if r, asked := h.issuer(issuer("900001")); r.Recorded != 0 || len(asked) != 1 {
			t.Errorf("current reports then: recorded %d, asked for %q", r.Recorded, asked)
		}
	})
}

const annualReport = `<SEC-DOCUMENT>0000900001-13-000001.txt : 20131112
<SEC-HEADER>0000900001-13-000001.hdr.sgml : 20131112
<ACCEPTANCE-DATETIME>20131112093000
ACCESSION NUMBER:		0000900001-13-000001
CONFORMED SUBMISSION TYPE:	10-K
PUBLIC DOCUMENT COUNT:		1
FILED AS OF DATE:		20131112

FILER:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			TIDEWATER LENS WORKS
		CENTRAL INDEX KEY:			0000900001
</SEC-HEADER>
<DOCUMENT>
<TYPE>10-K
<SEQUENCE>1
<FILENAME>annual.txt
<TEXT>
                          FORM 8-K AND 10-K OF THE YEAR

Item 1. Business
We grind lenses.

Item 2. Properties
One quay.

Item 5. Other Events
None.
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
`

func TestLimitAndDryRunHoldForIssuers(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		s := issuer("900001", "900003")
		s.DryRun = true
		if r, asked := h.issuer(s); r.Plan == nil || r.Plan.Filings != 8 || r.Recorded != 0 || len(asked) != 5 {
			t.Errorf("dry run: %+v after %q; want a plan of 8 after five listings", r.Plan, asked)
		}
		s.DryRun, s.Limit = false, 2
		if r, _ := h.issuer(s); r.Recorded != 2 || r.Left != 6 {
			t.Errorf("recorded %d, left %d; want 2 and 6", r.Recorded, r.Left)
		}
		if got := h.entry("0000900001-18-000006").State; got != index.Discovered {
			t.Errorf("an older filing is %s, want it left for later", got)
		}
		s.Confirm = func(p Plan) bool { return p.Filings != 2 }
		if _, _, err := h.tryIssuer(s); !errors.Is(err, ErrNotConfirmed) {
			t.Errorf("got %v, want ErrNotConfirmed", err)
		}
	})
}

func TestAnUnknownIssuerIsAMisuse(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		var misuse *MisuseError
		if _, asked, err := h.tryIssuer(issuer("4711")); !errors.As(err, &misuse) || !strings.Contains(err.Error(), "CIK 4711: EDGAR has nothing filed by it") || len(asked) != 1 {
			t.Errorf("got %v after %q, want a MisuseError after one request", err, asked)
		}
		if _, _, err := h.tryIssuer(Scope{}); !errors.As(err, &misuse) {
			t.Errorf("nobody: got %v, want a MisuseError", err)
		}
		h.issuer(issuer("900003"))
		h.world.Script("/submissions/CIK0000900003.json", edgartest.NoSuchKey)
		if r, _ := h.issuer(issuer("900003")); len(r.Gaps) != 1 {
			t.Errorf("one that was known: gaps %q, want one", r.Gaps)
		}
	})
}

func TestAFilingOutOfItsIssuersListingsIsWithdrawnAndMayComeBack(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		h.issuer(issuer("900002"))
		h.issuer(issuer("900001"))
		time.Sleep(48 * time.Hour)
		for _, a := range []string{"0000900001-05-000002", "0000900002-15-000005"} { // the second may still stand under 900002
			h.world.Remove(acc(a))
		}
		r, _ := h.issuer(issuer("900001"))
		if got := h.entry("0000900001-05-000002"); r.Withdrawn != 1 || got.State != index.Withdrawn {
			t.Errorf("withdrawn %d, state %s; want 1 of the two", r.Withdrawn, got.State)
		}
		if err := h.world.Add(made("0000900001-05-000002", "8-K", "2005-06-07", "900001")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(48 * time.Hour)
		_, asked := h.issuer(issuer("900001"))
		if got := h.entry("0000900001-05-000002"); got.State != index.Recorded || slices.Contains(asked, "0000900001-05-000002.txt") {
			t.Errorf("listed again: state %s after %q; want it recorded from the archive", got.State, asked)
		}
	})
}

func TestFilingsThatManyListingsLoseAtOnceStay(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		var subs []edgartest.Submission
		for i := range 30 {
			subs = append(subs, made(fmt.Sprintf("0000900001-24-%06d", i+1), "8-K", "2024-02-05", "900001"))
		}
		h := newHouse(t, subs...)
		h.issuer(issuer("900001"))
		time.Sleep(48 * time.Hour)
		for _, s := range subs[1:] {
			h.world.Remove(s.Accession)
		}
		if r, _ := h.issuer(issuer("900001")); r.Withdrawn != 0 || len(r.Gaps) != 1 || !strings.Contains(r.Gaps[0], "29 filings") {
			t.Errorf("withdrawn %d, gaps %q; want a suspicion", r.Withdrawn, r.Gaps)
		}
		s := issuer("900001")
		s.AcceptWithdrawals = true
		if r, _ := h.issuer(s); r.Withdrawn != 29 || len(r.Gaps) != 0 {
			t.Errorf("accepted: withdrawn %d, gaps %q; want 29", r.Withdrawn, r.Gaps)
		}
	})
}

func TestIssuersListingsAreReplayedWhenTheIndexIsRebuilt(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		s := issuer("900001")
		s.Limit = 2
		h.issuer(s)
		before := []index.Entry{h.entry("0000900001-01-000001"), h.entry("0000900001-24-000008"), h.entry("0000900002-15-000005")}
		h.reindex()
		for _, want := range before {
			got := h.entry(want.Accession.String())
			if diff := cmp.Diff(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		}
		if r, asked := h.issuer(issuer("900001")); r.Recorded != 5 || len(asked) != 5+1 {
			t.Errorf("afterwards recorded %d, asked for %q; want the other 5 and one listing", r.Recorded, asked)
		}
	})
}

func TestWhatStandsForAnIssuersListingIsJudgedAsEverywhere(t *testing.T) {
	file := "/submissions/CIK0000900001.json"
	for name, c := range map[string]struct {
		answer  edgartest.Answer
		refused bool // else a gap, or an end of the pass
	}{
		"throttled":        {edgartest.Throttled, true},
		"throttled as 200": {edgartest.ThrottledOK, true},
		"undeclared":       {edgartest.Undeclared, true},
		"half a body":      {edgartest.Truncated, false},
		"a cut connection": {edgartest.CutOff, false},
		"nothing":          {edgartest.Empty, false},
		"an error page":    {edgartest.Body(200, "text/html", []byte("<html>sorry")), false},
		"another's":        {edgartest.Body(200, "application/json", []byte(`{"cik":1,"filings":{"recent":{"accessionNumber":[],"form":[],"filingDate":[]}}}`)), false},
		"server trouble":   {edgartest.Unavailable, false},
	} {
		t.Run(name, func(t *testing.T) {
			at(t, "2024-06-20 12:00", func(t *testing.T) {
				h := longStanding(t)
				h.world.Script(file, c.answer, c.answer, c.answer)
				r, _, err := h.tryIssuer(issuer("900001"))
				var throttled *ThrottledError
				var undeclared *UndeclaredError
				if refused := errors.As(err, &throttled) || errors.As(err, &undeclared); refused != c.refused || !refused && (err != nil || len(r.Gaps) != 1) {
					t.Errorf("got %v and gaps %q, want a refusal: %v", err, r.Gaps, c.refused)
				}
				if _, err := os.Stat(h.dir + "/listings/" + file); !errors.Is(err, os.ErrNotExist) {
					t.Errorf("kept copy: %v, want none", err)
				}
				h.world.ClearScript()
				time.Sleep(time.Hour)
				if r, _ := h.issuer(issuer("900001")); r.Recorded != 7 {
					t.Errorf("an hour later recorded %d, want 7", r.Recorded)
				}
			})
		})
	}
}

func TestADamagedAnswerLeavesTheCopyOfLastTime(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		s := issuer("900001")
		s.Limit = 1
		h.issuer(s)
		h.world.Script("/submissions/*", edgartest.Truncated, edgartest.Truncated, edgartest.Truncated)
		if r, _ := h.issuer(issuer("900001")); r.Recorded != 6 || len(r.Gaps) != 1 || r.Withdrawn != 0 {
			t.Errorf("recorded %d, gaps %q; want the 6 listed before and one gap", r.Recorded, r.Gaps)
		}
	})
}

func TestADamagedCopyOfAnOlderPageIsToldAndFetchedAgain(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := longStanding(t)
		h.issuer(issuer("900001"))
		page := h.dir + "/listings/submissions/CIK0000900001-submissions-003.json"
		data := must(os.ReadFile(page))
		if err := os.WriteFile(page, []byte(strings.Replace(string(data), "0000900001-05-", "0000900001-06-", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		s := made("0000900001-24-000009", "8-K", "2024-06-20", "900001")
		s.Accepted = time.Now()
		if err := h.world.Add(s); err != nil {
			t.Fatal(err)
		}
		time.Sleep(48 * time.Hour)
		if r, _ := h.issuer(issuer("900001")); r.Recorded != 1 || r.Withdrawn != 0 || len(r.Gaps) != 1 {
			t.Errorf("report %+v; want the new filing, a gap, and nothing withdrawn", r)
		}
		if r, asked := h.issuer(issuer("900001")); r.Differs() || !slices.Contains(asked, "CIK0000900001-submissions-003.json") {
			t.Errorf("then: asked for %q, gaps %q; want the page again", asked, r.Gaps)
		}
	})
}

func TestASyncOfFewIssuersReadsTheirListingsAndOfManyEverybodys(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		s := all2024()
		s.CIKs = must(ciksOf("900001", "900001", "900003"))
		r, asked := h.sync(s)
		if i := slices.IndexFunc(asked, func(p string) bool { return strings.Contains(p, "-index/") }); i >= 0 || r.Recorded != 4 {
			t.Errorf("recorded %d, asked for %q; want 4 and no listing of everybody", r.Recorded, asked)
		}
		if from, ok, err := h.ix.Coverage(); !ok || err != nil || from != s.From {
			t.Errorf("coverage from %v, %v, %v; want that of an archive of few issuers", from, ok, err)
		}
		for i := range maxIssuers {
			s.CIKs = append(s.CIKs, must(edgar.CIKFromInt(int64(5000+i))))
		}
		_, asked = h.sync(s)
		if i := slices.IndexFunc(asked, func(p string) bool { return strings.Contains(p, "/submissions/") }); i >= 0 || len(asked) == 0 {
			t.Errorf("for %d issuers asked for %q, want everybody's listings", len(s.CIKs)-1, asked)
		}
	})
}
