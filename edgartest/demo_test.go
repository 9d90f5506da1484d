package edgartest

import (
	"bytes"
	"image/gif"
	"net/http"
	"slices"
	"testing"

	"example.com/edgard/edgar"
)

func TestDemoHoldsEveryKindOfReportAndEra(t *testing.T) {
	w := Demo()
	forms, items, eras := make(map[string]int), make(map[string]bool), make(map[int]bool)
	for _, s := range w.Submissions() {
		forms[s.Form.String()]++
		eras[s.Filed.Year()/5*5] = true
		for _, n := range s.Items {
			items[n] = true
		}
	}
	for _, f := range []string{"8-K", "8-K/A", "8-K12B", "8-K12G3", "8-K15D5", "10-Q", "4", "8-A12B"} {
		if forms[f] == 0 {
			t.Errorf("demo has no %s: %v", f, forms)
		}
	}
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12", "1.01", "1.05", "2.02", "4.02", "5.02", "5.07", "6.02", "9.01"} {
		if !items[n] {
			t.Errorf("demo has no Item %s", n)
		}
	}
	for _, y := range []int{1990, 1995, 2000, 2005, 2010, 2015, 2020, 2025} {
		if !eras[y] {
			t.Errorf("demo has nothing of %d to %d", y, y+4)
		}
	}
}

func TestDemoIsFiledOnBusinessDaysUnderMadeNumbers(t *testing.T) {
	for _, s := range Demo().Submissions() {
		if !edgar.IsBusinessDay(s.Filed) {
			t.Errorf("%s is filed on %s, a %s", s.Accession, s.Filed, s.Filed.Weekday())
		}
		if s.Accession.String()[:3] != "000" || s.Accession.String()[3] != '9' {
			t.Errorf("%s: accession number outside the made range", s.Accession)
		}
		for _, f := range s.Filers {
			if f.CIK.Int() < 9_000_000 || f.CIK.Int() > 9_009_999 {
				t.Errorf("%s: CIK %s outside the made range", s.Accession, f.CIK)
			}
		}
	}
}

func TestDemoSubmissionsAreWhole(t *testing.T) {
	w := Demo()
	for _, s := range w.Submissions() {
		b, err := w.Body(s.Accession)
		if err != nil {
			t.Fatal(err)
		}
		pem := bytes.HasPrefix(b, []byte("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n"))
		if pem != bytes.HasSuffix(b, []byte("-----END PRIVACY-ENHANCED MESSAGE-----\n")) {
			t.Errorf("%s: envelope open at one end", s.Accession)
		}
		if !pem && !bytes.HasSuffix(b, []byte("</SEC-DOCUMENT>\n")) {
			t.Errorf("%s: no end mark", s.Accession)
		}
		for line := range bytes.SplitSeq(b, []byte("\n")) {
			if pem && bytes.HasPrefix(line, []byte("-")) && !bytes.HasPrefix(line, []byte("- -")) && !bytes.HasPrefix(line, []byte("-----")) {
				t.Errorf("%s: unstuffed line %q", s.Accession, line)
			}
		}
		docs := documents(b)
		if len(docs) == 0 || docs[0].kind != s.Form.String() {
			t.Errorf("%s: %d documents, the first not the form itself", s.Accession, len(docs))
		}
		if s.Form.IsCurrentReport() && len(s.Items) == 0 && s.Accession != acc("0009000118-98-000027") {
			t.Errorf("%s: no items in the header", s.Accession)
		}
		for _, n := range s.Items {
			if itemText(n) == n {
				t.Errorf("%s: unknown item %q", s.Accession, n)
			}
		}
	}
}

func TestDemoPictureIsAPicture(t *testing.T) {
	w := Demo()
	resp, body := get(t, w, "/Archives/edgar/data/9001511/000990008316001203/hive.gif")
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "image/gif" {
		t.Fatalf("got %s, %s", resp.Status, resp.Header.Get("Content-Type"))
	}
	if _, err := gif.Decode(bytes.NewReader(body)); err != nil {
		t.Errorf("decoding hive.gif: %v", err)
	}
}

func TestDemoFilesPrivatelyThenPublicly(t *testing.T) {
	private := acc("0009900095-24-000510")
	clock := newClock("2024-05-01")
	w := Demo(WithNow(clock.now))
	if rows := masterRows(t, w, "2024Q2"); slices.Contains(rows, private) {
		t.Errorf("listed before it was public")
	}
	clock.set("2024-10-07")
	if rows := masterRows(t, w, "2024Q2"); !slices.Contains(rows, private) {
		t.Errorf("not listed after it became public")
	}
}
