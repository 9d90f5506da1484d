package edgar_test

import (
	"fmt"
	"log"
	"time"

	"example.com/edgard/edgar"
)

func ExampleParseAccession() {
	a, err := edgar.ParseAccession("000032019324000001")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a)
	_, err = edgar.ParseAccession("320193-24-1")
	fmt.Println(err)
	// Output:
	// 0000320193-24-000001
	// accession number "320193-24-1": want the form 0000320193-24-000001
}

func ExampleSubmissionPath() {
	c, err := edgar.ParseCIK("0000320193")
	if err != nil {
		log.Fatal(err)
	}
	a, err := edgar.ParseAccession("0000320193-24-000001")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("https://www.sec.gov" + edgar.SubmissionPath(c, a))
	// Output: https://www.sec.gov/Archives/edgar/data/320193/0000320193-24-000001.txt
}

func ExampleParseAcceptance() {
	at, err := edgar.ParseAcceptance("20251219170037")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(at.Format(time.RFC3339), edgar.DateOf(at).Quarter())
	// Output: 2025-12-19T17:00:37-05:00 2025Q4
}

func ExampleParseDailyName() {
	q, err := edgar.ParseQuarter("1994Q3")
	if err != nil {
		log.Fatal(err)
	}
	d, err := edgar.ParseDailyName("company.070194.idx", q)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Kind, d.Date)
	// Output: company 1994-07-01
}

func ExampleQuarter_Next() {
	for q := edgar.FirstQuarter(); q.Year() < 1994; q = q.Next() {
		fmt.Println(q, edgar.QuarterFolder(q))
	}
	// Output:
	// 1993Q1 /Archives/edgar/full-index/1993/QTR1/
	// 1993Q2 /Archives/edgar/full-index/1993/QTR2/
	// 1993Q3 /Archives/edgar/full-index/1993/QTR3/
	// 1993Q4 /Archives/edgar/full-index/1993/QTR4/
}
