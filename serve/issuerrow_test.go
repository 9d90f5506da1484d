package serve_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

func TestAnIssuersListIsByYearAndDoesNotSayWhoseItIs(t *testing.T) {
	page := newHouse(t).get("/issuers/9001866").Body.String()
	_, list, _ := strings.Cut(page, `id="list"`)
	says(t, list, "<h3>2026</h3>", "<h3>2021</h3>", `title="accepted `, `<time datetime="2026-11-18">2026-11-18</time>`)
	for _, not := range []string{`href="/issuers/9001866"`, `class="names"`, "<span>8-K</span>"} {
		if strings.Contains(list, not) {
			t.Errorf("the list has %s:\n%s", not, list)
		}
	}
}

func TestAnIssuersListNamesTheOthersWhoFile(t *testing.T) {
	h := newHouse(t)
	says(t, h.get("/issuers/9001240").Body.String(), `<p class="names">with <a href="/issuers/9001241">Slackwater Operating Partnership, L.P.</a></p>`)
	says(t, h.get("/issuers/9001241").Body.String(), `<p class="names">with <a href="/issuers/9001240">Slackwater Tidal Power Corp</a></p>`)
}

func TestAnIssuersListNamesFewOfManyOthers(t *testing.T) {
	h := newHouse(t)
	f := indextest.NewPopulation(1).At(0)
	f.Filers = []parse.Filer{{CIK: madeCIK(t), Name: "HUB CORP"}}
	for i := range 7 {
		c, err := edgar.CIKFromInt(int64(8_000_100 + i))
		if err != nil {
			t.Fatal(err)
		}
		f.Filers = append(f.Filers, parse.Filer{CIK: c, Name: fmt.Sprintf("SPOKE %d CORP", i)})
	}
	if err := h.store.Record(f); err != nil {
		t.Fatal(err)
	}
	page := h.get("/issuers/8000001").Body.String()
	says(t, page, "SPOKE 2 CORP", fmt.Sprintf(`<a href="/filings/%s#filers">and 4 more</a>`, f.Accession))
	if strings.Contains(page, "SPOKE 3 CORP") {
		t.Errorf("all others are named:\n%s", page)
	}
}

func TestAnIssuersListSaysUnderWhichOtherNameItFiledThen(t *testing.T) {
	h := newHouse(t)
	c := madeCIK(t)
	h.ofIssuer(t, 4, func(i int) parse.Filer {
		return parse.Filer{CIK: c, Role: "filer", Name: []string{"OLD NAME INC", "Old Name Inc", "NEW NAME INC", "NEW NAME INC"}[i]}
	})
	_, list, _ := strings.Cut(h.get("/issuers/8000001").Body.String(), `id="list"`)
	if old, today := strings.Count(strings.ToUpper(list), ">AS OLD NAME INC<"), strings.Count(list, "NEW NAME"); old != 2 || today != 0 {
		t.Errorf("the old name stands in %d rows and today's in %d, want 2 and 0:\n%s", old, today, list)
	}
}

func TestCodesWithoutANameStandForThemselves(t *testing.T) {
	h := newHouse(t)
	c := madeCIK(t)
	h.ofIssuer(t, 1, func(int) parse.Filer {
		return parse.Filer{CIK: c, Name: "ODD CORP", SIC: "0000", StateOfIncorporation: "QQ", BusinessAddress: &parse.Address{City: "GEORGE TOWN", State: "E9", Zip: "KY1-9005"}}
	})
	says(t, h.get("/issuers/8000001").Body.String(), `<a href="/?sic=0000">SIC 0000</a>`, `<a href="/?state=QQ">QQ</a>`, "GEORGE TOWN, Cayman Islands KY1-9005")
}

func TestFiltersByACodeSayWhatItMeans(t *testing.T) {
	says(t, newHouse(t).get("/?sic=2834&sic=28&state=DE&item=5.02").Body.String(),
		"sic <b>2834</b> <span title=\"Pharmaceutical Preparations\">Pharmaceutical Preparations</span>", "sic <b>28</b> <a", "state <b>DE</b> <span title=\"Delaware\">Delaware</span>", `item <b>5.02</b> <span title="Departure of Directors`)
}

func TestAPageOfAFilingNamesItsCodes(t *testing.T) {
	says(t, newHouse(t).get("/filings/0009900095-26-001777").Body.String(),
		"<dt>Industry</dt><dd>Pharmaceutical Preparations (SIC 2834)</dd>", "<dt>Incorporated in</dt><dd>Delaware (DE)</dd>")
}
