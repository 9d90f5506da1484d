package serve_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

func TestAPageOfAFilingLeadsToTheIssuersFilingsBeforeAndAfter(t *testing.T) {
	h := newHouse(t)
	as := rows(h.get("/issuers/9001866").Body.String()) // newest first
	for i, a := range as {
		page := h.get("/filings/" + a).Body.String()
		for _, to := range []struct {
			i   int
			rel string
		}{{i + 1, "prev"}, {i - 1, "next"}} {
			if to.i < 0 || to.i == len(as) {
				if strings.Contains(page, `rel="`+to.rel+`"`) {
					t.Errorf("%s, number %d of %d, has a %s", a, i, len(as), to.rel)
				}
				continue
			}
			if want := fmt.Sprintf(`<a href="/filings/%s" rel="%s">`, as[to.i], to.rel); !strings.Contains(page, want) {
				t.Errorf("%s lacks %s", a, want)
			}
		}
	}
}

func TestFilingsOfOneDayAreBesideEachOther(t *testing.T) {
	h := newHouse(t)
	c := madeCIK(t)
	for i := range 5 {
		f := indextest.NewPopulation(5).At(i)
		f.Filers, f.Filed = []parse.Filer{{CIK: c, Name: "BUSY CORP"}}, edgar.DateOf(time.Date(2019, 3, 4, 12, 0, 0, 0, time.UTC))
		if err := h.store.Record(f); err != nil {
			t.Fatal(err)
		}
	}
	as := rows(h.get("/issuers/8000001").Body.String())
	for i := 1; i < len(as)-1; i++ {
		says(t, h.get("/filings/"+as[i]).Body.String(), as[i+1]+`" rel="prev"`, as[i-1]+`" rel="next"`)
	}
}

func TestTheFirstSymbolOfACoverStandsBesideTheNameThatHasNoTicker(t *testing.T) {
	for symbol, want := range map[string]string{
		"KELP": `KELP CORP</a> <span class="ticker">KELP</span>`, "BRK.A": `<span class="ticker">BRK.A</span>`,
		"N/A": "KELP CORP</a></h3>", "None": "KELP CORP</a></h3>", "NA": "KELP CORP</a></h3>", "": "KELP CORP</a></h3>", "<b>": "KELP CORP</a></h3>",
	} {
		h := newHouse(t)
		f := indextest.NewPopulation(1).At(0)
		f.Filers = []parse.Filer{{CIK: madeCIK(t), Name: "KELP CORP"}}
		f.Cover = &parse.Cover{Securities: []parse.Security{{Symbol: symbol}, {Symbol: "KELPW"}}}
		if err := h.store.Record(f); err != nil {
			t.Fatal(err)
		}
		page := h.get("/?issuer=8000001").Body.String()
		says(t, page, want)
		if strings.Contains(page, "KELPW") {
			t.Errorf("the symbol of a warrant stands there, too")
		}
	}
}
