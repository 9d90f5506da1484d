package edgar_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"example.com/edgard/edgar"
)

func TestFormIsOneToTwentyPrintableCharacters(t *testing.T) {
	for _, in := range []string{"8-K", "8-K/A", "SC 13G/A", "4", "1-A POS", "SEC STAFF ACTION", strings.Repeat("X", 20)} {
		if f, err := edgar.ParseForm(in); err != nil || f.String() != in || f.IsZero() {
			t.Errorf("ParseForm(%q) = %q, %v", in, f, err)
		}
	}
	for _, in := range []string{"", " ", " 8-K", "8-K ", "8-K  A", "8-K\n", "8|K", "8-K\x00", "8‑K", strings.Repeat("X", 21)} {
		if f, err := edgar.ParseForm(in); err == nil || !f.IsZero() {
			t.Errorf("ParseForm(%q) = %q, %v; want an error", in, f, err)
		}
	}
}

func TestCurrentReportsAreEight(t *testing.T) {
	want := []string{"8-K", "8-K/A", "8-K12B", "8-K12B/A", "8-K12G3", "8-K12G3/A", "8-K15D5", "8-K15D5/A"}
	var got []string
	for _, f := range edgar.CurrentReports() {
		got = append(got, f.String())
		if !f.IsCurrentReport() || f.IsAmendment() != strings.HasSuffix(f.String(), "/A") {
			t.Errorf("%v: current report %v, amendment %v", f, f.IsCurrentReport(), f.IsAmendment())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, s := range []string{"8-A12B", "8-K/A/A", "8-KX", "10-K", "6-K", "8-k", "/A", "8-K15D"} {
		if form(t, s).IsCurrentReport() {
			t.Errorf("%s: got a current report", s)
		}
	}
	if a, b := form(t, "8-K12B/A"), form(t, "8-K12B"); a.Base() != b || b.Base() != b || b.Amendment() != a || a.Amendment() != a {
		t.Errorf("got %v of %v and %v of %v, want each other", a.Base(), a, b.Amendment(), b)
	}
	edgar.CurrentReports()[0] = form(t, "4")
	if got := edgar.CurrentReports()[0]; got != form(t, "8-K") {
		t.Errorf("the list was changed through a copy: got %v first", got)
	}
}

func TestFormsCompareAsFormListingsSort(t *testing.T) {
	sorted := []string{"1-A", "10-K", "10-K/A", "8-K", "8-K/A", "8-K12B", "D", "SC 13G", "SC 13G/A"}
	var forms []edgar.Form
	for _, s := range slices.Backward(sorted) {
		forms = append(forms, form(t, s))
	}
	slices.SortFunc(forms, edgar.Form.Compare)
	for i, f := range forms {
		if f.String() != sorted[i] {
			t.Fatalf("got %v, want %v", forms, sorted)
		}
	}
}

func TestFormsAreTextInJSON(t *testing.T) {
	in := []edgar.Form{form(t, "SC 13G/A"), {}}
	b, err := json.Marshal(in)
	if want := `["SC 13G/A",""]`; err != nil || string(b) != want {
		t.Fatalf("got %s, %v; want %s", b, err, want)
	}
	var out []edgar.Form
	if err := json.Unmarshal(b, &out); err != nil || !slices.Equal(in, out) {
		t.Errorf("got %v, %v; want %v", out, err, in)
	}
	f := in[0]
	if err := f.UnmarshalText([]byte("8  K")); err == nil || f != in[0] {
		t.Errorf("got %v, %v; want an error and the value kept", f, err)
	}
}

func FuzzParseForm(f *testing.F) {
	for _, s := range []string{"8-K", "SC 13G/A", " 8-K", "8  K", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := edgar.ParseForm(s)
		if err == nil && (v.String() != s || strings.TrimSpace(s) != s || strings.Join(strings.Fields(s), " ") != s) {
			t.Errorf("%q passes as %q", s, v)
		}
	})
}

func form(t testing.TB, s string) edgar.Form {
	t.Helper()
	f, err := edgar.ParseForm(s)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
