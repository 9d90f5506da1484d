package parse_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

func FuzzListing(f *testing.F) {
	f.Add(madeMaster(12))
	f.Add(gzipped(f, madeMaster(3)))
	f.Add([]byte(strings.ReplaceAll(xbrlHead+"1000180|QUARRY|8-K|2014-02-21|edgar/data/1000180/0001000180-14-000019.txt\n", "\n", "\r\n")))
	f.Add([]byte(formHead + "8-K         QUARRY  HILL                    927719      2021-03-05  edgar/data/927719/0001213900-21-006773.txt\n"))
	f.Add([]byte(companyHead + "024 Lanterns, Inc.          8-K/A            1307969     2020-02-20  edgar/data/1307969/0001683168-20-000541.txt   \n"))
	f.Add([]byte(crawlerHead + "Bright Co.    8-K  1826011   20230703  http://www.sec.gov/Archives/edgar/data/1826011/0001193125-23-181106-index.htm\n"))
	f.Add([]byte(dailyCompanyHead))
	f.Add([]byte("<?xml version='1.0'?><Error>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all := readListing(bytes.NewReader(data))
		if len(all.Rows)+len(all.Bad) != all.Lines {
			t.Errorf("%d rows and %d bad lines are not %d lines", len(all.Rows), len(all.Bad), all.Lines)
		}
		for _, b := range all.Bad {
			if b.Line < 2 || b.Reason == "" || len(b.Text) > 4*160 || !utf8.ValidString(b.Text) {
				t.Errorf("bad line %+v", b)
			}
		}
		checkWanted(t, data, all)
		checkReprint(t, data)
	})
}

// checkWanted wants the reading of some forms to be the reading of all, filtered.
func checkWanted(t *testing.T, data []byte, all listingResult) {
	t.Helper()
	want := edgar.CurrentReports()[0]
	some := readListing(bytes.NewReader(data), want)
	var rows []string
	for _, r := range all.Rows {
		if strings.HasPrefix(r, want.String()+"|") {
			rows = append(rows, r)
		}
	}
	if diff := cmp.Diff(rows, some.Rows); diff != "" {
		t.Errorf("rows of %v differ from those among all (-all +wanted):\n%s", want, diff)
	}
	if some.Lines != all.Lines || len(some.Bad) > len(all.Bad) {
		t.Errorf("got %d lines and %d bad, of all %d and %d", some.Lines, len(some.Bad), all.Lines, len(all.Bad))
	}
}

// checkReprint wants a row printed as in a master listing to be read as itself.
func checkReprint(t *testing.T, data []byte) {
	t.Helper()
	for row, err := range parse.NewListing(bytes.NewReader(data)).Rows() {
		if err != nil {
			continue
		}
		path := strings.TrimPrefix(edgar.SubmissionPath(row.CIK, row.Accession), "/Archives/")
		line := strings.Join([]string{row.CIK.String(), row.Name, row.Form.String(), row.Filed.String(), path}, "|")
		if len(line) > 4<<10 { // a name of Windows-1252 grew past the limit in UTF-8
			continue
		}
		got := readListing(strings.NewReader(masterHead + line))
		if diff := cmp.Diff([]string{rowText(row)}, got.Rows); diff != "" {
			t.Errorf("row printed anew differs (-want +got):\n%s\n%v", diff, got.Bad)
		}
	}
}
