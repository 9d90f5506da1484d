package parse

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// reading is a filing with something in every list.
func reading() *Filing {
	yes := true
	return &Filing{
		Schema: SchemaVersion, Parser: ParserVersion,
		Filers: []Filer{{Role: "filer", Name: "MADE HARBOR CORP", FormerNames: []FormerName{{Name: "MADE PIER INC"}}}},
		Items: []Item{
			{Number: "2.02", Title: "Results of Operations and Financial Condition", Snippet: "On Monday", Source: SourceBoth, Offset: 900, Length: 80, Exhibits: []string{"99.1"}},
			{Number: "9.01", Title: "Financial Statements and Exhibits", Snippet: "(d) Exhibits", Source: SourceBody, Offset: 980, Length: 40},
		},
		Documents: []Document{{Sequence: 1, Type: "8-K", Filename: "made.htm", Offset: 800, Length: 400}},
		Exhibits:  []Exhibit{{Number: "99.1", Listed: true}},
		Cover: &Cover{Registrants: []Registrant{{Name: "Made Harbor Corp."}}, EmergingGrowthCompany: &yes,
			Securities: []Security{{Title: "Common Stock", Symbol: "MADE", Exchange: "NYSE"}, {Title: "Warrants", Symbol: "MADEW", Exchange: "NYSE"}}},
		Signatures: []Signature{{Company: "Made Harbor Corp.", Name: "Ada Crane", Title: "Treasurer"}},
		Warnings:   []Warning{{Code: CodeNoHeader}},
	}
}

func TestWhatANewerReadingChangesIsToldFieldByField(t *testing.T) {
	no := false
	for name, c := range map[string]struct {
		change func(*Filing)
		want   []FieldChange
	}{
		"nothing":                {func(f *Filing) {}, nil},
		"another parser":         {func(f *Filing) { f.Parser++ }, nil},
		"what the crawl adds":    {func(f *Filing) { f.Size, f.SHA256, f.Revision, f.Withdrawn = 7, "ab", 2, true }, nil},
		"a flag":                 {func(f *Filing) { f.Amendment = true }, []FieldChange{{"amendment", "false", "true"}}},
		"a text gained":          {func(f *Filing) { f.Cover.Phone = "555 0100" }, []FieldChange{{"cover.phone", "", `"555 0100"`}}},
		"a box lost":             {func(f *Filing) { f.Cover.EmergingGrowthCompany = nil }, []FieldChange{{"cover.emerging_growth_company", "true", ""}}},
		"a box turned":           {func(f *Filing) { f.Cover.EmergingGrowthCompany = &no }, []FieldChange{{"cover.emerging_growth_company", "true", "false"}}},
		"a warning less":         {func(f *Filing) { f.Warnings = nil }, []FieldChange{{"warnings[]", `{"code":"no_header"}`, ""}}},
		"a field of an element":  {func(f *Filing) { f.Items[1].Source = SourceBoth }, []FieldChange{{"items[].source", `"body"`, `"both"`}}},
		"a number":               {func(f *Filing) { f.Items[0].Number = "7.01" }, []FieldChange{{"items[].number", `"2.02"`, `"7.01"`}}},
		"a list in a list":       {func(f *Filing) { f.Items[0].Exhibits = nil }, []FieldChange{{"items[].exhibits[]", `"99.1"`, ""}}},
		"a name in a list":       {func(f *Filing) { f.Signatures[0].Name = "A. Crane" }, []FieldChange{{"signatures[].name", `"Ada Crane"`, `"A. Crane"`}}},
		"the first of a list":    {func(f *Filing) { f.Cover.Securities = f.Cover.Securities[1:] }, []FieldChange{{"cover.securities[]", `{"title":"Common Stock","symbol":"MADE","exchange":"NYSE"}`, ""}}},
		"one before the others":  {func(f *Filing) { f.Exhibits = slices.Insert(f.Exhibits, 0, Exhibit{Number: "10.1"}) }, []FieldChange{{"exhibits[]", "", `{"number":"10.1","listed":false,"attached":false}`}}},
		"the order":              {func(f *Filing) { slices.Reverse(f.Items) }, []FieldChange{{"items[]", `["2.02","9.01"]`, `["9.01","2.02"]`}}},
		"all of the cover":       {func(f *Filing) { f.Cover = nil; f.Items[0].Length = 81 }, []FieldChange{{"items[].length", "80", "81"}, {"cover", shownCover, ""}}},
		"an address that is new": {func(f *Filing) { f.Filers[0].MailAddress = &Address{City: "Pier"} }, []FieldChange{{"filers[].mail_address", "", `{"city":"Pier"}`}}},
	} {
		f := reading()
		c.change(f)
		if diff := cmp.Diff(c.want, Changes(reading(), f)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

const shownCover = `{"registrants":[{"name":"Made Harbor Corp."}],"written_communications":null,"soliciting_material":null,"pre_commencement_tender_offer":null,"pre_commencement_issuer_tender_offer":null,"emerging_growth_company":true,"securities":[{"title":"Common Stock","symbol":"MADE","exchange":"NYSE"},{"title":"Warrants","symbol":"MADEW","exchange":"NYSE"}]}`

// What is changed at random in the JSON of made filings is found, whatever it is, in
// either direction, and nothing is found where nothing was changed.
func TestNoChangeEscapes(t *testing.T) {
	files, err := filepath.Glob("testdata/eightk/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, file := range files {
		f, err := ReadFiling(bytes.NewReader(mustRead(t, file)))
		if err != nil {
			t.Fatal(err)
		}
		raw := mustJSON(t, f)
		old := fromJSON(t, raw)
		for range 100 {
			var tree map[string]any
			if err := json.Unmarshal(raw, &tree); err != nil {
				t.Fatal(err)
			}
			disturb(r, tree)
			var f Filing
			if json.Unmarshal(mustJSON(t, tree), &f) != nil {
				continue // no longer a filing
			}
			if f.Items == nil || f.Documents == nil {
				continue // which no reading leaves out
			}
			same := bytes.Equal(mustJSON(t, withoutKept(*old)), mustJSON(t, withoutKept(f)))
			there, back := Changes(old, &f), Changes(&f, old)
			if same != (len(there) == 0) || same != (len(back) == 0) {
				t.Fatalf("%s: the same: %t; there %v, and back %v", file, same, there, back)
			}
		}
	}
}

// withoutKept is f without the fields that Changes passes over.
func withoutKept(f Filing) Filing {
	return Filing{Accession: f.Accession, Form: f.Form, Amendment: f.Amendment, URL: f.URL, Filed: f.Filed, Period: f.Period, Accepted: f.Accepted, Filers: f.Filers, Items: f.Items,
		Documents: f.Documents, Exhibits: f.Exhibits, Cover: f.Cover, Signatures: f.Signatures, Warnings: f.Warnings, AmendmentNote: f.AmendmentNote, PrivateToPublic: f.PrivateToPublic}
}

// disturb changes one thing somewhere below a JSON value.
func disturb(r *rand.Rand, tree any) any {
	switch v := tree.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		if name := names[r.IntN(len(names))]; r.IntN(8) == 0 {
			delete(v, name)
		} else {
			v[name] = disturb(r, v[name])
		}
		return v
	case []any:
		if len(v) == 0 {
			return v
		}
		switch i := r.IntN(len(v)); r.IntN(8) {
		case 0:
			return slices.Delete(v, i, i+1)
		case 1:
			return append(v, v[i])
		case 2:
			slices.Reverse(v)
			return v
		default:
			v[i] = disturb(r, v[i])
			return v
		}
	case string:
		return v + "x"
	case float64:
		return v + 1
	case bool:
		return !v
	}
	return tree
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func fromJSON(t *testing.T, b []byte) *Filing {
	t.Helper()
	var f Filing
	if err := json.Unmarshal(b, &f); err != nil {
		t.Fatal(err)
	}
	return &f
}

func TestLongListsAreComparedInBoundedTime(t *testing.T) {
	old, f := reading(), reading()
	for i := range 20_000 {
		old.Documents = append(old.Documents, Document{Sequence: i})
		f.Documents = append(f.Documents, Document{Sequence: i, Length: 1})
	}
	if got := len(Changes(old, f)); got != 20_000 {
		t.Errorf("%d changes, want one for each document", got)
	}
}
