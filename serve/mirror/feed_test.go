package mirror_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

func queryOf(c edgar.CIK) index.Query { return index.Query{CIKs: []edgar.CIK{c}} }

const current = "/cgi-bin/browse-edgar?action=getcurrent&type=8-K&company=&dateb=&owner=include&start=0&count=100&output=atom"

func TestTheFeedTellsOfEveryFilerOfWhatCameLast(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		subs := reports()
		subs[3].Filers[0].Name = "Café <Lens> & Söhne — “Works”"
		h := newHouse(t, world(t, subs...))
		h.sync("2024-01-01")
		var got []string
		for e, err := range parse.Feed(strings.NewReader(h.body(current))) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, strings.Join([]string{e.Accession.String(), e.Form.String(), e.CIK.String(), e.Filed.String(), e.Role, strings.Join(e.Items, ",")}, " "))
		}
		want := []string{
			"0000900001-24-000011 8-K 900001 2024-06-20 filer 8.01,9.01",
			"0000900009-24-000003 8-K12B 900003 2024-06-18 filer 8.01,9.01",
			"0000900009-24-000003 8-K12B 900004 2024-06-18 filer 8.01,9.01",
			"0000900001-24-000002 8-K/A 900001 2024-02-09 filer 8.01,9.01",
			"0000900001-24-000001 8-K 900001 2024-02-05 filer 8.01,9.01",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		for query, want := range map[string]int{
			"action=getcurrent&type=8-K&start=5100&count=100&output=atom": http.StatusServiceUnavailable,
			"action=getcompany&CIK=900001":                                http.StatusServiceUnavailable,
			"action=getcurrent&type=8-K&start=3000&count=100&output=atom": http.StatusOK,
			"action=getcurrent&type=8-K&start=-1&count=x&output=atom":     http.StatusOK,
		} {
			if w := h.get("/cgi-bin/browse-edgar?" + query); w.Code != want {
				t.Errorf("%s answers %d, want %d", query, w.Code, want)
			}
		}
	})
}

func TestADaemonFollowsTheDaemonThatItIsPointedAt(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		w := world(t, reports()...)
		first := newHouse(t, w)
		second := newHouse(t, first)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 2)
		for i, h := range []*house{first, second} {
			time.Sleep(time.Duration(i) * 2 * time.Minute)
			go func() {
				ended <- h.crawler().Run(ctx, crawl.Daemon{Settings: crawl.Settings{Scope: crawl.Scope{From: day("2024-01-01")}}})
			}()
		}
		time.Sleep(2 * time.Minute)
		late := made("0000900002-24-000099", "8-K", "2024-06-20", "900002", "900003")
		late.Accepted = time.Now().Add(5 * time.Minute).Truncate(time.Second)
		if err := w.Add(late); err != nil {
			t.Fatal(err)
		}
		time.Sleep(8 * time.Minute)
		if diff := cmp.Diff(first.held(), second.held()); diff != "" || len(second.held()) != 5 {
			t.Errorf("three minutes after it was public, -first +second:\n%s", diff)
		}
		time.Sleep(24 * time.Hour)
		stop()
		for range 2 {
			if err := <-ended; err != nil {
				t.Errorf("stopped with %v, want nil", err)
			}
		}
		ps, err := second.ix.Passes(10)
		for _, p := range ps {
			if p.Command == "run" && (!p.Complete || p.Withdrawn > 0) {
				t.Errorf("pass of the second: %+v, want it complete", p)
			}
		}
		if err != nil || len(ps) == 0 {
			t.Errorf("passes %v, %v", ps, err)
		}
		for _, err := range first.faults {
			t.Error(err)
		}
		synctest.Wait()
	})
}
