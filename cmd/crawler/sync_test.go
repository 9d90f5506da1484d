package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/edgard/crawl"
	"example.com/edgard/edgartest"
)

// madeEDGAR serves the made world of package edgartest and returns the flags
// that lead a pass there, into a data directory of its own.
func madeEDGAR(t *testing.T) (w *edgartest.World, flags []string) {
	t.Helper()
	w = edgartest.Demo()
	srv := httptest.NewServer(w)
	t.Cleanup(srv.Close)
	t.Setenv("EDGARD_STATE_DIR", t.TempDir())
	return w, []string{"--base-url", srv.URL, "--rate", "0", "--user-agent", "Jane Doe jane@doe.example", "--data", t.TempDir()}
}

func synced(t *testing.T, flags []string, args ...string) (r crawl.Report) {
	t.Helper()
	out := must(t, append(append([]string{"sync", "--json"}, args...), flags...)...)
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	return r
}

func TestAPassMayBeAboutOneTicker(t *testing.T) {
	w, flags := madeEDGAR(t)
	r := synced(t, flags, "--ticker", "hive", "--from", "1994Q1")
	if r.Recorded == 0 || r.Recorded == len(w.Submissions()) {
		t.Fatalf("%d recorded of %d", r.Recorded, len(w.Submissions()))
	}
	all := must(t, append([]string{"list", "--json"}, flags...)...)
	one := must(t, append([]string{"list", "--json", "--ticker", "HIVE"}, flags...)...)
	if all != one || strings.Count(one, "\n") != r.Recorded {
		t.Errorf("%d filings by ticker, %d in all, %d recorded", strings.Count(one, "\n"), strings.Count(all, "\n"), r.Recorded)
	}
}

func TestAnUnknownTickerIsAMisuseThatNamesTheNearest(t *testing.T) {
	_, flags := madeEDGAR(t)
	_, stderr, code := crawler(t, append([]string{"sync", "--ticker", "HIEV", "--from", "1994Q1"}, flags...)...)
	if code != exitMisuse || !strings.Contains(stderr, "HIVE") {
		t.Errorf("exit code %d, %q; want %d and HIVE", code, stderr, exitMisuse)
	}
}

func TestIssuersOfTheConfigurationYieldToFlags(t *testing.T) {
	_, flags := madeEDGAR(t)
	t.Setenv("EDGARD_ISSUERS", "HIVE, 9000407")
	both := synced(t, flags, "--from", "1994Q1", "--dry-run")
	one := synced(t, flags, "--from", "1994Q1", "--dry-run", "--cik", "9000407")
	other := synced(t, flags, "--from", "1994Q1", "--dry-run", "--ticker", "HIVE")
	if one.Plan.Filings == 0 || other.Plan.Filings == 0 || both.Plan.Filings != one.Plan.Filings+other.Plan.Filings {
		t.Errorf("%d filings planned for both, %d and %d for each", both.Plan.Filings, one.Plan.Filings, other.Plan.Filings)
	}
}

func TestADryRunLeavesNoTraceOfFilings(t *testing.T) {
	w, flags := madeEDGAR(t)
	r := synced(t, flags, "--from", "1994Q1", "--dry-run")
	if got := len(w.FilingRequests()); got != 0 || r.Plan.Filings == 0 {
		t.Errorf("%d requests for filings, %d planned", got, r.Plan.Filings)
	}
	if out := must(t, append([]string{"list"}, flags...)...); out != "" {
		t.Errorf("the index holds:\n%s", out)
	}
}

func TestEachFilterChoosesWhatItSays(t *testing.T) {
	_, flags := madeEDGAR(t)
	synced(t, flags, "--from", "1994Q1")
	lines := func(args ...string) []string {
		out := must(t, append(append([]string{"list", "--json", "--limit", "0"}, args...), flags...)...)
		return strings.Split(strings.TrimSpace(out), "\n")
	}
	all := lines()
	for _, c := range []struct {
		args []string
		mark string // stands in each line that is wanted, and in no other
	}{
		{[]string{"--form", "8-K/A"}, `"form":"8-K/A"`},
		{[]string{"--item", "2.02"}, `"number":"2.02"`},
		{[]string{"--cik", "9000407"}, `"cik":9000407`},
		{[]string{"--ticker", "ORRY"}, `"cik":9000407`},
		{[]string{"--from", "2024Q1", "--to", "2024Q4"}, `"filed":"2024-`},
	} {
		if c.args[0] == "--ticker" {
			synced(t, flags, "--from", "1994Q1", "--ticker", "ORRY")
		}
		want := 0
		for _, line := range all {
			if strings.Contains(line, c.mark) {
				want++
			}
		}
		got := lines(c.args...)
		for _, line := range got {
			if !strings.Contains(line, c.mark) {
				t.Errorf("%v: got %.120s…", c.args, line)
			}
		}
		if len(got) != want || want == 0 || want == len(all) {
			t.Errorf("%v: %d filings, want %d of %d", c.args, len(got), want, len(all))
		}
	}
}

func TestAPassWithAMissingListingSaysSoWhateverItsOutput(t *testing.T) {
	world := edgartest.Demo()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/2004/QTR3/") {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		world.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	t.Setenv("EDGARD_STATE_DIR", t.TempDir())
	for _, how := range []string{"--log-level=error", "--quiet", "--json"} {
		args := []string{"sync", "--from", "2004Q3", "--to", "2004Q3", "--base-url", srv.URL, "--rate", "0", "--user-agent", "Jane Doe jane@doe.example", "--data", t.TempDir(), how}
		stdout, stderr, code := crawler(t, args...)
		if code != exitDiffers || strings.Count(stdout+stderr, "listing 2004Q3: ") != 1 {
			t.Errorf("%s: exit code %d, %q, %q; want %d and the listing once", how, code, stdout, stderr, exitDiffers)
		}
		if how == "--quiet" && stdout != "" || how == "--json" && !strings.Contains(stdout, `"gaps":["`) {
			t.Errorf("%s: on standard output %q", how, stdout)
		}
	}
}

func TestWhyAPassEndedEarlyIsToldQuietlyToo(t *testing.T) {
	errs, b := paper(0, false)
	out, _ := paper(0, false)
	s := &syncCommand{app: &app{out: out, err: newConsole(errs), quiet: true}}
	err := s.summarise(crawl.Scope{}, crawl.Report{Stopped: "EDGAR answers\x1b nothing"}, nil, nil)
	if got, want := b.String(), "crawler: ended early: EDGAR answers␛ nothing\n"; got != want || exitCode(t.Context(), err) != exitDiffers {
		t.Errorf("said %q, exit code %d; want %q, %d", got, exitCode(t.Context(), err), want, exitDiffers)
	}
}
