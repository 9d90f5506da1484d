package parse_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// listingResult is all that a listing says, in text.
type listingResult struct {
	Rows     []string // form|name|CIK|filed|accession
	Bad      []parse.LineError
	LastData string
	Lines    int
	Err      error
}

func readListing(r io.Reader, want ...edgar.Form) listingResult {
	var res listingResult
	l := parse.NewListing(r, want...)
	for row, err := range l.Rows() {
		var bad *parse.LineError
		switch {
		case errors.As(err, &bad):
			res.Bad = append(res.Bad, *bad)
		case err != nil:
			res.Err = err
		default:
			res.Rows = append(res.Rows, rowText(row))
		}
	}
	res.LastData, res.Lines = l.LastData().String(), l.Lines()
	return res
}

func rowText(r parse.Row) string {
	return strings.Join([]string{r.Form.String(), r.Name, r.CIK.String(), r.Filed.String(), r.Accession.String()}, "|")
}

func TestEveryLayoutOfEDGARIsRead(t *testing.T) {
	tests := []struct {
		name, text, lastData string
		rows                 []string
	}{{
		"quarterly master", masterHead +
			"1000032|PIKE MARTHA J|4|2016-09-06|edgar/data/1000032/0001209191-16-140125.txt\n" +
			"1000045|OAKUM & SONS LTD|8-K|2016-07-06|edgar/data/1000045/0001678638-16-000001.txt\n",
		"2016-09-30", []string{
			"4|PIKE MARTHA J|1000032|2016-09-06|0001209191-16-140125",
			"8-K|OAKUM & SONS LTD|1000045|2016-07-06|0001678638-16-000001",
		},
	}, {
		"master with an empty line behind the dashes and no newline at the end", masterHead +
			"\n1000045|OAKUM & SONS LTD|SC 13G|2016-08-12|edgar/data/1000045/0001037389-16-000051.txt",
		"2016-09-30", []string{"SC 13G|OAKUM & SONS LTD|1000045|2016-08-12|0001037389-16-000051"},
	}, {
		"daily master", dailyMasterHead +
			"1000229|LANTERN BANCORP INC /KY/|NRSRO-UPD|20200103|edgar/data/1000229/0001209191-20-000788.txt\n",
		"2020-01-03", []string{"NRSRO-UPD|LANTERN BANCORP INC /KY/|1000229|2020-01-03|0001209191-20-000788"},
	}, {
		"master with a bar inside a name", masterHead +
			"1000045|OAKUM | SONS|8-K|2016-07-06|edgar/data/1000045/0001678638-16-000001.txt\n",
		"2016-09-30", []string{"8-K|OAKUM | SONS|1000045|2016-07-06|0001678638-16-000001"},
	}, {
		"xbrl with CRLF", strings.ReplaceAll(xbrlHead+
			"1000180|QUARRY HILL CORP|10-K|2014-02-21|edgar/data/1000180/0001000180-14-000019.txt\n", "\n", "\r\n"),
		"2014-03-31", []string{"10-K|QUARRY HILL CORP|1000180|2014-02-21|0001000180-14-000019"},
	}, {
		"quarterly form, columns of 12", formHead +
			"1-A         A-Game Lanterns, Inc.                                         1838675     2021-02-05  edgar/data/1838675/0001213900-21-007106.txt\n" +
			"8-K12G3/A   QUARRY  HILL  CORP                                            927719      2021-03-05  edgar/data/927719/0001213900-21-006773.txt\n" +
			"CFPORTAL/AX OAKUM & SONS LTD                                              820694      2021-02-24  edgar/data/820694/0009999997-21-003146.txt\n" +
			"X-17A-5     UNITED LANTERN FINANCIAL SERVICES OF THE NORTH A LIMITED PARTNER  820694      2021-02-24  edgar/data/820694/9999999997-21-003146.txt\n",
		"2021-03-31", []string{
			"1-A|A-Game Lanterns, Inc.|1838675|2021-02-05|0001213900-21-007106",
			"8-K12G3/A|QUARRY  HILL  CORP|927719|2021-03-05|0001213900-21-006773",
			"CFPORTAL/AX|OAKUM & SONS LTD|820694|2021-02-24|0009999997-21-003146",
			"X-17A-5|UNITED LANTERN FINANCIAL SERVICES OF THE NORTH A LIMITED PARTNER|820694|2021-02-24|9999999997-21-003146",
		},
	}, {
		"daily form, rows padded with blanks", formHead +
			"1-A POS     Bellmeade REIT, Ltd.                                          1749817     20200318    edgar/data/1749817/0001010549-20-000033.txt         \n",
		"2021-03-31", []string{"1-A POS|Bellmeade REIT, Ltd.|1749817|2020-03-18|0001010549-20-000033"},
	}, {
		"form, columns of 17 under the old titles", formHead +
			"8-K              LANTERN ENERGY INC                                            1818789     2021-02-24  edgar/data/1818789/0001213900-21-000001.txt         \n" +
			"SEC STAFF ACTIO  10SION LANTERN INC                                            1818789     2021-02-24  edgar/data/1818789/9999999997-21-005932.txt         \n" +
			"SEC STAFF ACTION 10SION  LANTERN INC                                           1818789     2021-02-24  edgar/data/1818789/9999999997-21-005933.txt         \n",
		"2021-03-31", []string{
			"8-K|LANTERN ENERGY INC|1818789|2021-02-24|0001213900-21-000001",
			"SEC STAFF ACTIO|10SION LANTERN INC|1818789|2021-02-24|9999999997-21-005932",
			"SEC STAFF ACTION|10SION  LANTERN INC|1818789|2021-02-24|9999999997-21-005933",
		},
	}, {
		"quarterly company, columns of 17 under the old titles", companyHead +
			"024 Lanterns, Inc.                                            8-K/A            1307969     2020-02-20  edgar/data/1307969/0001683168-20-000541.txt         \n" +
			"A NAME OF SIXTY-ONE BYTES THAT LEAVES ONE BLANK BEFORE  THE F 8-K              1307969     2020-02-20  edgar/data/1307969/0001683168-20-000542.txt         \n" +
			"10SION LANTERN INC                                            SEC STAFF ACTIO  1818789     2020-01-09  edgar/data/1818789/9999999997-21-005932.txt         \n" +
			"UNITED LANTERN FINANCIAL SERVICES OF THE NORTH A LIMITED PARTNER  X-17A-5          820694      2020-02-24  edgar/data/820694/9999999997-20-003146.txt          \n",
		"2020-03-31", []string{
			"8-K/A|024 Lanterns, Inc.|1307969|2020-02-20|0001683168-20-000541",
			"8-K|A NAME OF SIXTY-ONE BYTES THAT LEAVES ONE BLANK BEFORE  THE F|1307969|2020-02-20|0001683168-20-000542",
			"SEC STAFF ACTIO|10SION LANTERN INC|1818789|2020-01-09|9999999997-21-005932",
			"X-17A-5|UNITED LANTERN FINANCIAL SERVICES OF THE NORTH A LIMITED PARTNER|820694|2020-02-24|9999999997-20-003146",
		},
	}, {
		"daily company, titles over two lines", dailyCompanyHead +
			"3456 Hollow Pond Investment, LLC                              D           1949340     20221003    edgar/data/1949340/0001949340-22-000001.txt         \n" +
			"NOLAND THOMAS  H JR                                           4           1255094     20221003    edgar/data/1255094/0001209191-22-000002.txt         \n" +
			"WEGLAND CHRISTOPHER                                     /BD   FOCUSN      783479      20220315    edgar/data/783479/9999999997-22-000002.txt          \n",
		"2022-10-03", []string{
			"D|3456 Hollow Pond Investment, LLC|1949340|2022-10-03|0001949340-22-000001",
			"4|NOLAND THOMAS  H JR|1255094|2022-10-03|0001209191-22-000002",
			"FOCUSN|WEGLAND CHRISTOPHER                                     /BD|783479|2022-03-15|9999999997-22-000002",
		},
	}, {
		"crawler", crawlerHead +
			"Brightwater & Co. Holdings Inc.                               SC 13G      1826011     20230703    http://www.sec.gov/Archives/edgar/data/1826011/0001193125-23-181106-index.htm         \n",
		"2023-07-03", []string{"SC 13G|Brightwater & Co. Holdings Inc.|1826011|2023-07-03|0001193125-23-181106"},
	}, {
		"header only", formHead, "2021-03-31", nil,
	}, {
		"Windows-1252 and UTF-8 names in one listing", masterHead +
			"1|Soci\xe9t\xe9 \x96 Lanterne|8-K|2016-07-06|edgar/data/1/0001678638-16-000001.txt\n" +
			"2|Société – Lanterne|8-K|2016-07-06|edgar/data/2/0001678638-16-000002.txt\n",
		"2016-09-30", []string{
			"8-K|Société – Lanterne|1|2016-07-06|0001678638-16-000001",
			"8-K|Société – Lanterne|2|2016-07-06|0001678638-16-000002",
		},
	}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := listingResult{Rows: tt.rows, LastData: tt.lastData, Lines: len(tt.rows)}
			for _, form := range []struct {
				name string
				r    io.Reader
			}{
				{"text", strings.NewReader(tt.text)},
				{"gzip", bytes.NewReader(gzipped(t, []byte(tt.text)))},
				{"text, one byte at a time", iotest.OneByteReader(strings.NewReader(tt.text))},
			} {
				if diff := cmp.Diff(want, readListing(form.r)); diff != "" {
					t.Errorf("%s: listing differs (-want +got):\n%s", form.name, diff)
				}
			}
		})
	}
}

func TestOnlyWantedFormsAreReturnedAndAllAreCounted(t *testing.T) {
	got := readListing(bytes.NewReader(madeMaster(100)), mustForm(t, "8-K"), mustForm(t, "SC 13G/A"))
	if len(got.Rows) != 20 || got.Lines != 100 || got.Bad != nil || got.Err != nil {
		t.Errorf("got %d rows of %d lines, bad %v, error %v; want 20 of 100", len(got.Rows), got.Lines, got.Bad, got.Err)
	}
	got = readListing(bytes.NewReader(madeMaster(100)), mustForm(t, "8-K/A"), mustForm(t, "8"))
	if len(got.Rows) != 0 {
		t.Errorf("got rows %q, want none: a form matches whole", got.Rows)
	}
	got = readListing(bytes.NewReader(madeMaster(100)), edgar.Form{})
	if len(got.Rows) != 0 {
		t.Errorf("got %d rows for the form that is none, want none", len(got.Rows))
	}
}

func TestBadLinesAreReportedAndSkipped(t *testing.T) {
	const good = "1000045|OAKUM & SONS LTD|8-K|2016-07-06|edgar/data/1000045/0001678638-16-000001.txt"
	tests := []struct{ name, line, reason string }{
		{"fields missing", "1000045|OAKUM|8-K", "not five fields with bars between"},
		{"a word", "Sorry", "not five fields with bars between"},
		{"no form", "1|OAKUM||2016-07-06|edgar/data/1/0001678638-16-000001.txt", "form type is not 1 to 20 printable characters"},
		{"form with two blanks", "1|OAKUM|8-K  X|2016-07-06|edgar/data/1/0001678638-16-000001.txt", "form type is not 1 to 20 printable characters"},
		{"CIK of letters", "1OO|OAKUM|8-K|2016-07-06|edgar/data/100/0001678638-16-000001.txt", "CIK is not 1 to 10 digits"},
		{"CIK of eleven digits", "12345678901|OAKUM|8-K|2016-07-06|edgar/data/12345678901/0001678638-16-000001.txt", "CIK is not 1 to 10 digits"},
		{"CIK of zero", "0|OAKUM|8-K|2016-07-06|edgar/data/0/0001678638-16-000001.txt", `CIK "0": want 1 to 10 digits, not all zero`},
		{"date of another form", "1|OAKUM|8-K|07/06/2016|edgar/data/1/0001678638-16-000001.txt", "date is not of the form 2024-01-31 or 20240131"},
		{"date not in the calendar", "1|OAKUM|8-K|2016-02-30|edgar/data/1/0001678638-16-000001.txt", "date 2016-02-30 does not exist"},
		{"path cut", "1|OAKUM|8-K|2016-07-06|edgar/data/1/0001678638-16-00000", "path is not of the form edgar/data/320193/0000320193-24-000001.txt"},
		{"path elsewhere", "1|OAKUM|8-K|2016-07-06|edgar/date/1/0001678638-16-000001.txt", "path is not of the form edgar/data/320193/0000320193-24-000001.txt"},
		{"path glued", "1|OAKUM|8-K|2016-07-06|xedgar/data/1/0001678638-16-000001.txt", "path is not of the form edgar/data/320193/0000320193-24-000001.txt"},
		{"accession without dashes", "1|OAKUM|8-K|2016-07-06|edgar/data/1/000167863816000001.txt", "path is not of the form edgar/data/320193/0000320193-24-000001.txt"},
		{"accession of zeros", "1|OAKUM|8-K|2016-07-06|edgar/data/1/0000000000-00-000000.txt", `accession number "0000000000-00-000000": want the form 0000320193-24-000001`},
		{"two CIKs", "12|OAKUM|8-K|2016-07-06|edgar/data/21/0001678638-16-000001.txt", "path has another CIK than the row"},
		{"CIK cut in front", "12|OAKUM|8-K|2016-07-06|edgar/data/112/0001678638-16-000001.txt", "path has another CIK than the row"},
		{"shape of an unwanted row", "1|OAKUM|10-Q|2016-0706|edgar/data/1/0001678638-16-000001.txt", "date is not of the form 2024-01-31 or 20240131"},
		{"a line without end", strings.Repeat("x", 5000), "longer than 4096 bytes"},
		{"a line without end in sight", strings.Repeat("x", 300_000), "longer than 4096 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := listingResult{
				Rows:     []string{"8-K|OAKUM & SONS LTD|1000045|2016-07-06|0001678638-16-000001"},
				Bad:      []parse.LineError{{Line: 12, Text: tt.line[:min(len(tt.line), 160)], Reason: tt.reason}},
				LastData: "2016-09-30", Lines: 2,
			}
			got := readListing(strings.NewReader(masterHead+tt.line+"\n"+good+"\n"), edgar.CurrentReports()...)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("listing differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestValuesOfUnwantedRowsAreNotChecked(t *testing.T) {
	line := "1|OAKUM|10-Q|2016-02-30|edgar/data/1/0001678638-16-000001.txt\n"
	if got := readListing(strings.NewReader(masterHead+line), mustForm(t, "8-K")); got.Bad != nil || got.Lines != 1 {
		t.Errorf("got bad lines %v of %d, want none of 1", got.Bad, got.Lines)
	}
	if got := readListing(strings.NewReader(masterHead + line)); len(got.Bad) != 1 {
		t.Errorf("got bad lines %v, want one: the row is wanted", got.Bad)
	}
}

func TestFormAndNameRunTogetherAreReported(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"by form", formHead + "ABCDEFGHIJK OAKUM 820694      2021-02-24  edgar/data/820694/9999999997-21-003146.txt\n"},
		{"by name", companyHead + "OAKUM 8-K 820694      2021-02-24  edgar/data/820694/9999999997-21-003146.txt\n"},
		{"by name, none", companyHead + "820694      2021-02-24  edgar/data/820694/9999999997-21-003146.txt\n"},
	} {
		got := readListing(strings.NewReader(tt.text))
		if len(got.Rows) != 0 || len(got.Bad) != 1 || got.Bad[0].Reason != "form type cannot be told from name" {
			t.Errorf("%s: got rows %q and bad lines %v, want one bad line", tt.name, got.Rows, got.Bad)
		}
	}
}

func TestLongBadLinesAreQuotedInPartAndInUTF8(t *testing.T) {
	line := strings.Repeat("é", 200)
	got := readListing(strings.NewReader(masterHead + line + "\n"))
	if want := strings.Repeat("é", 80); len(got.Bad) != 1 || got.Bad[0].Text != want {
		t.Errorf("got %+v, want one bad line with text %q", got.Bad, want)
	}
	want := `listing line 12: not five fields with bars between: "a\tb"`
	for _, err := range parse.NewListing(strings.NewReader(masterHead + "a\tb\n")).Rows() {
		if err == nil || err.Error() != want {
			t.Errorf("got error %v, want %s", err, want)
		}
	}
}

func mustForm(t *testing.T, s string) edgar.Form {
	t.Helper()
	f, err := edgar.ParseForm(s)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
