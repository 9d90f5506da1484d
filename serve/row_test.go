package serve_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/index/indextest"
	"example.com/edgard/parse"
)

// together records a filing of n co-registrants.
func (h *house) together(t *testing.T, n int) *parse.Filing {
	t.Helper()
	f := indextest.NewPopulation(1).At(0)
	f.Filers = nil
	for i := range n {
		c, err := edgar.CIKFromInt(int64(8_000_001 + i))
		if err != nil {
			t.Fatal(err)
		}
		f.Filers = append(f.Filers, parse.Filer{CIK: c, Name: fmt.Sprintf("GUARANTOR %d LLC", i)})
	}
	if err := h.store.Record(f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestARowNamesSixCoRegistrantsAndOfMoreTheFirstFive(t *testing.T) {
	for n, want := range map[int]int{1: 1, 6: 6, 7: 5, 40: 5} {
		h := newHouse(t)
		f := h.together(t, n)
		page := h.get("/?issuer=8000001").Body.String()
		if got := strings.Count(page, ">GUARANTOR "); got != want {
			t.Errorf("of %d co-registrants %d are named, want %d", n, got, want)
		}
		more := fmt.Sprintf(`<a class="more" href="/filings/%s#filers">and %d more</a>`, f.Accession, n-want)
		if strings.Contains(page, more) != (n > want) {
			t.Errorf("of %d co-registrants %d are named, and the page says so: %v", n, want, n <= want)
		}
	}
}

func TestTheTitleOfAFilingOfManyNamesTheFirst(t *testing.T) {
	for n, want := range map[int]string{2: ", GUARANTOR 1 LLC · edgard", 40: " GUARANTOR 0 LLC and 39 others · edgard"} {
		h := newHouse(t)
		f := h.together(t, n)
		says(t, h.get("/filings/"+f.Accession.String()).Body.String(), want+"</title>")
	}
}
