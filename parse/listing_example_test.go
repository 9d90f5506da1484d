package parse_test

import (
	"errors"
	"fmt"
	"log"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

func ExampleListing() {
	text := `Description:           Master Index of EDGAR Dissemination Feed
Last Data Received:    September 30, 2016
Comments:              webmaster@sec.gov
Anonymous FTP:         ftp://ftp.sec.gov/edgar/

CIK|Company Name|Form Type|Date Filed|Filename
--------------------------------------------------------------------------------
1000032|PIKE MARTHA J|4|2016-09-06|edgar/data/1000032/0001209191-16-140125.txt
1000045|OAKUM & SONS LTD|8-K|2016-08-09|edgar/data/1000045/0001678638-16-000001.txt
1000045|OAKUM & SONS LTD|8-K|yesterday|edgar/data/1000045/0001678638-16-000002.txt
`
	l := parse.NewListing(strings.NewReader(text), edgar.CurrentReports()...)
	for row, err := range l.Rows() {
		var bad *parse.LineError
		if errors.As(err, &bad) {
			fmt.Println("line", bad.Line, "skipped:", bad.Reason)
			continue
		}
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(row.Filed, row.Form, row.CIK, row.Accession, row.Name)
	}
	fmt.Println(l.Lines(), "lines up to", l.LastData())
	// Output:
	// 2016-08-09 8-K 1000045 0001678638-16-000001 OAKUM & SONS LTD
	// line 10 skipped: date is not of the form 2024-01-31 or 20240131
	// 3 lines up to 2016-09-30
}
