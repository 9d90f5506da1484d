package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// symbolIndex is an index in which KELP is CIK 9000001's now, and on the covers of
// filings LAMP and KELP were CIK 9000002's.
func symbolIndex(t *testing.T) *index.Store {
	t.Helper()
	ix, err := index.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	now, then := someCIK(t, 9000001), someCIK(t, 9000002)
	err = ix.PutTickers(index.Tickers{CIKs: map[string]edgar.CIK{"KELP": now}})
	for n, symbol := range []string{"LAMP", "KELP", "LAMP"} {
		acc, aerr := edgar.ParseAccession(fmt.Sprintf("0009000002-20-%06d", n+1))
		form, ferr := edgar.ParseForm("8-K")
		filed, derr := edgar.ParseDate(fmt.Sprintf("2020-0%d-15", n+1))
		f := &parse.Filing{
			Accession: acc, Form: form, Filed: filed, Filers: []parse.Filer{{Role: "filer", CIK: then, Name: "OSPREY LANTERN CO"}},
			Cover: &parse.Cover{Securities: []parse.Security{{Symbol: symbol}}}, Recorded: time.Unix(1.6e9, 0), SHA256: strings.Repeat("0f", 32), Size: 1, Revision: 1,
		}
		err = errors.Join(err, aerr, ferr, derr, ix.Record(f))
	}
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

func someCIK(t *testing.T, n int64) edgar.CIK {
	t.Helper()
	c, err := edgar.CIKFromInt(n)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestATickerMeansWhoHasItElseWhoHadIt(t *testing.T) {
	ix := symbolIndex(t)
	for _, tt := range []struct {
		ticker, want, note, err string
	}{
		{ticker: "kelp", want: "[9000001]"},
		{ticker: "lamp", want: "[9000002]", note: "the ticker file kept here gives LAMP to nobody: CIK 9000002 had it from 2020-01-15 to 2020-03-15"},
		{ticker: "moth", want: "[]", err: `--ticker: ticker "moth": not in the index: sync --ticker moth learns it, or give --cik`},
	} {
		var q filters
		cmd := new(cobra.Command)
		q.register(cmd)
		if err := cmd.Flags().Parse([]string{"--ticker", tt.ticker}); err != nil {
			t.Fatal(err)
		}
		var notes []string
		got, err := q.query(ix, time.Now(), func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) })
		said := ""
		if err != nil {
			said = err.Error()
		}
		if fmt.Sprint(got.CIKs) != tt.want || said != tt.err || strings.Join(notes, "; ") != tt.note {
			t.Errorf("%s: %v, %q, noted %q; want %s, %q, %q", tt.ticker, got.CIKs, said, notes, tt.want, tt.err, tt.note)
		}
	}
}

func TestEveryFilterIsReadIntoTheQuery(t *testing.T) {
	var q filters
	cmd := new(cobra.Command)
	q.register(cmd)
	err := cmd.Flags().Parse(strings.Fields(`--cik 1,2 --name kelp --sic 28 --state de --form 8-K --amendment --item 2.02 --item 9.01 --all-items 1.01,2.03 --exhibit 99
		--warning limit --withdrawn=false --from 2024Q1 --to 2024-05-06 --period-from 2024-01-02 --period-to 2024Q2 --accepted-from 2024-01-02 --accepted-to 2024-07-02T09:30`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := q.query(symbolIndex(t), time.Now(), t.Logf)
	if err != nil {
		t.Fatal(err)
	}
	want := "[1 2] kelp [28] [DE] [8-K] true [2.02 9.01] [1.01 2.03] [99] [limit] false " +
		"2024-01-01 2024-05-06 2024-01-02 2024-06-30 2024-01-02 00:00:00 -0500 EST 2024-07-02 09:30:59 -0400 EDT"
	text := fmt.Sprint(got.CIKs, " ", got.Name, " ", got.SICs, got.States, got.Forms, " ", *got.Amendment, " ", got.Items, got.AllItems, got.Exhibits, got.Warnings, " ", *got.Withdrawn, " ",
		got.From, " ", got.To, " ", got.PeriodFrom, " ", got.PeriodTo, " ", got.AcceptedFrom, " ", got.AcceptedTo)
	if text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

func TestEveryStateOfAnEntryCompletes(t *testing.T) {
	if got := stateNames(); !slices.Equal(got, []string{"discovered", "deferred", "recorded", "rejected", "withdrawn"}) {
		t.Errorf("got %q", got)
	}
}
