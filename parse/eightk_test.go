package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

// goldenReport is what a golden file holds: all that the items' readers say.
type goldenReport struct {
	Form      string    `json:"form"`
	Amendment bool      `json:"amendment"`
	Items     []Item    `json:"items"`
	Warnings  []Warning `json:"warnings"`
}

func TestEveryReportReadsAsItsGoldenFileSays(t *testing.T) {
	files, err := filepath.Glob("testdata/eightk/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			raw := mustRead(t, file)
			f, err := ReadFiling(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			checkPlaces(t, raw, f)
			got := goldenReport{f.Form.String(), f.Amendment, f.Items, []Warning{}}
			for _, w := range f.Warnings {
				if strings.Contains(string(w.Code), "item") {
					got.Warnings = append(got.Warnings, w)
				}
			}
			checkGolden(t, "testdata/eightk/"+name+".json", got)
		})
	}
}

func TestLinesMayEndInACarriageReturnAlone(t *testing.T) {
	files, err := filepath.Glob("testdata/eightk/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	bodies := regexp.MustCompile(`(?s)<TEXT>\n.*?\n</TEXT>`)
	for _, file := range files {
		raw := mustRead(t, file)
		want, err := ReadFiling(bytes.NewReader(raw))
		if err != nil || bytes.Contains(raw, []byte("\r")) {
			continue
		}
		returned := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r")) }
		for how, b := range map[string][]byte{
			"all": returned(raw),
			"bodies": bodies.ReplaceAllFunc(raw, func(b []byte) []byte {
				return append(append([]byte("<TEXT>\n"), returned(b[7:len(b)-8])...), "\n</TEXT>"...)
			}),
		} {
			got, err := ReadFiling(bytes.NewReader(b))
			if err != nil {
				t.Errorf("%s, %s: %v", file, how, err)
				continue
			}
			if diff := cmp.Diff(toJSON(t, want), toJSON(t, got)); diff != "" {
				t.Errorf("%s, %s (-line feeds +carriage returns):\n%s", file, how, diff)
			}
		}
	}
}

func TestAFilingIsACopyOfItsSubmission(t *testing.T) {
	raw := mustRead(t, "testdata/submission/mid_2000_path.txt")
	s, err := ParseSubmission(raw)
	if err != nil {
		t.Fatal(err)
	}
	before := toJSON(t, []any{s.Header.Filers, s.Documents})
	f := EightK(s)
	for i := range f.Filers {
		f.Filers[i].Name = "changed"
		if a := f.Filers[i].BusinessAddress; a != nil {
			a.City = "changed"
		}
		f.Filers[i].Tickers = append(f.Filers[i].Tickers, "NEW")
	}
	for i := range f.Documents {
		f.Documents[i].Type = "changed"
	}
	if diff := cmp.Diff(before, toJSON(t, []any{s.Header.Filers, s.Documents})); diff != "" {
		t.Errorf("submission (-before +after):\n%s", diff)
	}
}

func TestTheAddressOfAFilingIsUnderItsFirstFiler(t *testing.T) {
	raw := mustRead(t, "testdata/submission/mid_2000_path.txt")
	f, err := ReadFiling(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	want := "https://www.sec.gov" + edgar.SubmissionPath(f.Filers[0].CIK, f.Accession)
	if f.URL != want {
		t.Errorf("got %q, want %q", f.URL, want)
	}
}

func TestOnlyAnItemWithAPlaceHasAnOffsetInJSON(t *testing.T) {
	for _, c := range []struct {
		item Item
		want string
	}{
		{Item{Number: "8.01", Title: "R&D", Source: SourceBoth, Length: 7}, `{"number":"8.01","title":"R\u0026D","source":"both","offset":0,"length":7}`},
		{Item{Number: "8.01", Title: "Other Events", Source: SourceHeader}, `{"number":"8.01","title":"Other Events","source":"header"}`},
	} {
		got, err := json.Marshal(c.item)
		if err != nil || string(got) != c.want {
			t.Errorf("got %s, %v; want %s", got, err, c.want)
		}
		var back Item
		if err := json.Unmarshal(got, &back); err != nil || cmp.Diff(c.item, back) != "" {
			t.Errorf("read back %+v, %v; want %+v", back, err, c.item)
		}
	}
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// checkPlaces checks that an item's bytes begin with its heading and end with
// its text.
func checkPlaces(t *testing.T, raw []byte, f *Filing) {
	t.Helper()
	for _, it := range f.Items {
		if it.Source == SourceHeader {
			continue
		}
		piece := raw[it.Offset : it.Offset+it.Length]
		read := strings.Join(strings.Fields(flatten(piece, true).text), " ")
		if first := strings.Fields(it.Heading)[0]; !strings.HasPrefix(read, first) {
			t.Errorf("item %s: its bytes read %.60q, want its heading %q", it.Number, read, it.Heading)
		}
		words := strings.Fields(it.Text)
		if last := words[len(words)-1]; !strings.HasSuffix(read, last) {
			t.Errorf("item %s: its bytes end %q, want %q", it.Number, read[max(0, len(read)-60):], last)
		}
	}
}

func checkGolden(t *testing.T, file string, got any) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestABareDocumentIsWhatItsTitleSays(t *testing.T) {
	for _, tt := range []struct{ title, want string }{
		{"FORM 8-K", "8-K"}, {"Form 8-K/A", "8-K/A"}, {"FORM 8 - K", "8-K"}, {"FORM 8–K", "8-K"}, {"FORM\n\n8-K", "8-K"}, {"FORM 8-K12G3", "8-K12G3"},
		{"FORM 8-K\n(Amendment No. 2)", "8-K/A"}, {"FORM 8-K CURRENT REPORT", "8-K"}, {"FORM 8-K (AMENDED)", "8-K/A"}, {"FORM 8-K, AS AMENDED", "8-K/A"}, {"FORM 8K", "8-K"}, {"FORM 10-Q", "10-Q"}, {"FORM 8-A12B", "8-A12B"}, {"FORM 6-K", "6-K"},
	} {
		f, err := ReadFiling(strings.NewReader("SECURITIES AND EXCHANGE COMMISSION\n\n" + tt.title + "\n\nItem 5. Other Events\n\n  We moved.\n"))
		if err != nil {
			t.Errorf("%q: %v", tt.title, err)
			continue
		}
		if f.Form.String() != tt.want || len(f.Documents) != 1 || f.Documents[0].Type != tt.want {
			t.Errorf("%q: form %s, documents %+v, want %s", tt.title, f.Form, f.Documents, tt.want)
		}
		if got, want := len(f.Items) > 0, strings.HasPrefix(tt.want, "8-K"); got != want {
			t.Errorf("%q: items %v", tt.title, f.Items)
		}
	}
}

func TestTheFormOfASubmissionWithoutAHeaderIsItsDocuments(t *testing.T) {
	for typ, want := range map[string]string{"8-K/A": "8-K/A", "10-Q": "10-Q", "EX-99.1": "8-K", "": "8-K"} {
		d := Document{Type: typ, Media: mediaText, body: []byte("FORM 8-K\n\nItem 5. Other Events\n\n  We moved.\n")}
		f := EightK(&Submission{Documents: []Document{d}})
		if f.Form.String() != want || f.Amendment != (want == "8-K/A") || (len(f.Items) > 0) != strings.HasPrefix(want, "8-K") {
			t.Errorf("type %q: form %s, amendment %v, items %v, want %s", typ, f.Form, f.Amendment, f.Items, want)
		}
	}
}

func TestWhatIsNoFilingIsRefused(t *testing.T) {
	for _, body := range []string{"", "<html><body><p>Request Rate Threshold Exceeded</p></body></html>", "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "Description: Master Index of EDGAR\n"} {
		if f, err := ReadFiling(strings.NewReader(body)); !errors.Is(err, ErrNotSubmission) {
			t.Errorf("%.40q: filing %v, error %v, want %v", body, f, err, ErrNotSubmission)
		}
	}
}

func TestAReportWithoutAReadableDocumentIsAFilingWithAWarning(t *testing.T) {
	f := EightK(&Submission{Header: Header{Form: edgar.CurrentReports()[0], Items: []HeaderItem{{Number: "8.01"}}}})
	want := []Warning{{Code: CodeNoDocument}, {CodeItemMissingInBody, "8.01"}}
	if diff := cmp.Diff(want, f.Warnings); diff != "" || len(f.Items) != 1 || f.Items[0].Source != SourceHeader {
		t.Errorf("items %v, warnings (-want +got):\n%s", f.Items, diff)
	}
}
