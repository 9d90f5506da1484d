package index

import (
	"errors"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

func withSymbol(f *parse.Filing, symbol string) *parse.Filing {
	f.Cover.Securities = []parse.Security{{Title: "Common Stock", Symbol: symbol, Exchange: "NYSE"}}
	return f
}

func TestASymbolLeadsToWhoHasItAndThenToWhoHadIt(t *testing.T) {
	s := openTemp(t)
	must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"KELP": cik(10), "OLD": cik(14), "ST-A": cik(15)}, Checked: at("2024-05-01T12:00:00Z")}))
	must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"KELP": cik(11), "ST-A": cik(15)}, Checked: at("2024-06-01T12:00:00Z")}))
	must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"KELP": cik(11), "ST-A": cik(15)}, Checked: at("2024-07-01T12:00:00Z")}))
	must(t, s.Record(
		withSymbol(made(1, "2020-01-03", 12), "kelp"), withSymbol(made(2, "2021-01-04", 12), "KELP"), withSymbol(made(3, "2023-01-04", 11), "KELP"),
		withSymbol(made(4, "2019-06-04", 16), "ST.A"), withSymbol(made(5, "2019-06-04", 13), "N/A"),
	))
	for symbol, want := range map[string][]Symbol{
		"kelp": {
			{CIK: cik(11), Current: true, First: day("2023-01-04"), Last: day("2023-01-04")},
			{CIK: cik(10), Last: day("2024-05-01")},
			{CIK: cik(12), First: day("2020-01-03"), Last: day("2021-01-04")},
		},
		"OLD":  {{CIK: cik(14), Last: day("2024-05-01")}},
		"ST/A": {{CIK: cik(15), Current: true}, {CIK: cik(16), First: day("2019-06-04"), Last: day("2019-06-04")}},
	} {
		got, err := s.Symbols(symbol)
		if diff := cmp.Diff(want, got, plain); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", symbol, err, diff)
		}
	}
	for _, unknown := range []string{"", "N/A", "KEL", "KELPS", "KELP\x00"} {
		if got, err := s.Symbols(unknown); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q: %v, %v; want ErrNotFound", unknown, got, err)
		}
	}
	all, err := s.Tickers()
	if diff := cmp.Diff(map[string]edgar.CIK{"KELP": cik(11), "ST-A": cik(15)}, all.CIKs, plain); err != nil || diff != "" {
		t.Errorf("the ticker file: %v (-want +got):\n%s", err, diff)
	}
}

func TestWhoGetsASymbolBackHasItNow(t *testing.T) {
	s := openTemp(t)
	for _, c := range []int{10, 11, 10} {
		must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"KELP": cik(c)}, Fetched: at("2024-05-01T12:00:00Z")}))
	}
	got, err := s.Symbols("KELP")
	want := []Symbol{{CIK: cik(10), Current: true}, {CIK: cik(11), Last: day("2024-05-01")}}
	if diff := cmp.Diff(want, got, plain); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestWhatIsNoSymbolIsLeftOutOfTheTickerFile(t *testing.T) {
	s := openTemp(t)
	for range 2 { // the second reads what the first wrote
		must(t, s.PutTickers(Tickers{CIKs: map[string]edgar.CIK{"MADE": cik(10), "": cik(11), "MA\x00DE": cik(12), strings.Repeat("M", 40_000): cik(13)}}))
	}
	got, err := s.Tickers()
	must(t, err)
	if diff := cmp.Diff(map[string]edgar.CIK{"MADE": cik(10)}, got.CIKs, plain); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
