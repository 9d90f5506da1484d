package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readCSV reads CSV as names and values.
func readCSV(t *testing.T, s string) (rows []map[string]string) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(s)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// plain is what CSV has for a value of JSON.
func plain(v any) string {
	if list, ok := v.([]any); ok {
		var texts []string
		for _, x := range list {
			texts = append(texts, strings.NewReplacer(`\`, `\\`, `|`, `\|`).Replace(plain(x)))
		}
		return strings.Join(texts, "|")
	}
	return fmt.Sprint(v)
}

func TestCSVSaysWhatJSONSays(t *testing.T) {
	h := demoHouse(t)
	for _, rows := range []Rows{Items, Exhibits} {
		got := readCSV(t, h.export(Options{CSV, rows, AllText}))
		i := 0
		for line := range strings.Lines(h.export(Options{JSONL, rows, AllText})) {
			var want map[string]any
			dec := json.NewDecoder(strings.NewReader(line))
			dec.UseNumber()
			if err := dec.Decode(&want); err != nil {
				t.Fatal(err)
			}
			for name, field := range got[i] {
				if v, ok := want[name]; ok && unprotected(field) != plain(v) || !ok && field != "" {
					t.Errorf("%s %d: %s is %q, want %q", rows, i, name, field, plain(v))
				}
			}
			i++
		}
		if len(got) != i {
			t.Errorf("%s: %d rows, want %d", rows, len(got), i)
		}
	}
}

func unprotected(s string) string {
	if strings.HasPrefix(s, "'") && isFormula(s) {
		return s[1:]
	}
	return s
}

func TestTheColumnsOfCSVStayAsTheyAre(t *testing.T) {
	h := newHouse(t)
	const about = "accession,form,amendment,filed,period,accepted,cik,name,ciks,names,withdrawn,revision,recorded,"
	for rows, want := range map[Rows]string{
		Filings: about + "url,sic,state_of_incorporation,fiscal_year_end,ein,file_number,film_number,items,exhibits,documents,signers,amends_accession,amends_status," +
			"private_to_public,warnings,date_of_report,written_communications,soliciting_material,pre_commencement_tender_offer,pre_commencement_issuer_tender_offer," +
			"emerging_growth_company,securities,seen,sha256,size,schema,parser,items_text,exhibits_text\r\n",
		Items:    about + "position,item,title,heading,source,shared_with,exhibits,offset,length,snippet,text\r\n",
		Exhibits: about + "position,exhibit,description,listed,attached,document,type,filename,media,offset,length,text\r\n",
	} {
		if diff := cmp.Diff(want, h.export(Options{CSV, rows, NoText})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", rows, diff)
		}
	}
}

func TestAFieldIsQuotedWhereItMustBeAndHarmlessToASpreadsheet(t *testing.T) {
	for in, want := range map[string]string{
		"plain":               "plain",
		"a,b":                 `"a,b"`,
		`say "so"`:            `"say ""so"""`,
		"two\nlines":          "\"two\nlines\"",
		" blank":              `" blank"`,
		`=HYPERLINK("x","y")`: `"'=HYPERLINK(""x"",""y"")"`,
		"+1 555 0100":         "'+1 555 0100",
		"-":                   "'-",
		"@sum":                "'@sum",
		"\tcell":              "'\tcell",
		"\n=1":                "\"'\n=1\"",
		"＝1+1":                "'＝1+1",
		"'=1":                 "''=1",
		"''=1":                "'''=1",
		"'tis":                "'tis",
		"a=b":                 "a=b",
		"":                    "",
	} {
		got := string(appendText(nil, in))
		if got != want {
			t.Errorf("%q is written as %s, want %s", in, got, want)
		}
		if record, err := csv.NewReader(strings.NewReader(got + ",x\r\n")).Read(); err != nil || unprotected(record[0]) != in {
			t.Errorf("%q is read as %q, %v", in, record, err)
		}
	}
}

func FuzzField(f *testing.F) {
	for _, s := range []string{"", "a", "'=", "\"", "a\r\nb", "\\|", "=1\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		record, err := csv.NewReader(strings.NewReader(string(appendText(nil, s)) + ",x\n")).Read()
		want := strings.ReplaceAll(s, "\r\n", "\n") // which the reader makes of it
		if err != nil || len(record) != 2 || unprotected(record[0]) != want && unprotected(record[0]) != s {
			t.Errorf("%q is read as %q, %v", s, record, err)
		}
	})
}
