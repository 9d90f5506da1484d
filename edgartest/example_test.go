package edgartest_test

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

// fetch stands for the program under test.
func fetch(client *http.Client, url string) (status int, body string) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		log.Fatal(err)
	}
	req.Header.Set("User-Agent", "Ada Quill ada@quill.example")
	resp, err := client.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return resp.StatusCode, err.Error()
	}
	return resp.StatusCode, string(b)
}

// A client that goes to www.sec.gov reads the demo world instead: here a daily
// listing, of which it takes the 8-Ks.
func Example() {
	world := edgartest.Demo()
	client := &http.Client{Transport: world}

	_, listing := fetch(client, "https://www.sec.gov/Archives/edgar/daily-index/2026/QTR4/master.20261118.idx")
	for line := range strings.Lines(listing) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if len(f) == 5 && f[2] == "8-K" {
			status, text := fetch(client, "https://www.sec.gov/Archives/"+f[4])
			fmt.Println(f[1], status, strings.Count(text, "<DOCUMENT>"), "documents")
		}
	}
	fmt.Println(len(world.FilingRequests()), "filing fetched")
	// Output:
	// Glasswing Therapeutics, Inc. 200 3 documents
	// 1 filing fetched
}

// How does the program take a throttle page that comes with status 200, then a
// body that breaks off? Script says what goes wrong and Requests what was done
// about it.
func ExampleWorld_Script() {
	world := edgartest.Demo()
	const filing = "/Archives/edgar/data/9000118/0009900017-26-000088.txt"
	world.Script(filing, edgartest.ThrottledOK, edgartest.CutOff)

	client := &http.Client{Transport: world}
	for range 3 {
		status, body := fetch(client, "https://www.sec.gov"+filing)
		fmt.Println(status, strings.Contains(body, "Request Rate Threshold Exceeded"), strings.Contains(body, "</SEC-DOCUMENT>"))
	}
	for _, q := range world.Requests() {
		fmt.Printf("%s %q\n", q.Accession, q.Answer)
	}
	// Output:
	// 200 true false
	// 200 false false
	// 200 false true
	// 0009900017-26-000088 "ThrottledOK"
	// 0009900017-26-000088 "CutOff"
	// 0009900017-26-000088 ""
}

// A program with a configurable base URL is tested over a socket.
func ExampleWorld_ServeHTTP() {
	world := edgartest.Demo()
	server := httptest.NewServer(world)
	defer server.Close()

	status, body := fetch(server.Client(), server.URL+"/Archives/edgar/full-index/2099/QTR1/master.gz")
	fmt.Println(status, strings.Contains(body, "<Code>AccessDenied</Code>"))
	// Output:
	// 403 true
}

// Does the program notice that a listing has grown since it last looked?
func ExampleWorld_Add() {
	now := time.Date(2024, 2, 1, 12, 0, 0, 0, edgar.Eastern())
	world := edgartest.New(edgartest.WithNow(func() time.Time { return now }))
	client := &http.Client{Transport: world}
	count := func() int {
		_, listing := fetch(client, "https://www.sec.gov/Archives/edgar/full-index/2024/QTR1/master.idx")
		return strings.Count(listing, "edgar/data/")
	}
	fmt.Println(count())

	acc, _ := edgar.ParseAccession("0009900001-24-000001")
	form, _ := edgar.ParseForm("8-K")
	cik, _ := edgar.ParseCIK("9000118")
	err := world.Add(edgartest.Submission{
		Accession: acc, Form: form, Filed: edgar.DateOf(now),
		Items:  []string{"2.02", "9.01"},
		Filers: []edgartest.Filer{{CIK: cik, Name: "Pellworm Lens Co"}},
	})
	fmt.Println(err, count())
	// Output:
	// 0
	// <nil> 1
}

// A test's own world, written down beside it.
func ExampleFromTxtar() {
	archive := txtar.Parse([]byte(`
-- 0009900001-24-000007.txt --
<SEC-DOCUMENT>0009900001-24-000007.txt : 20240220
<SEC-HEADER>0009900001-24-000007.hdr.sgml : 20240220
ACCESSION NUMBER:		0009900001-24-000007
CONFORMED SUBMISSION TYPE:	8-K
ITEM INFORMATION:		Other Events
FILED AS OF DATE:		20240220

FILER:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			GRINDLE SLATE CO
		CENTRAL INDEX KEY:			0009000777
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<TEXT>
Item 8.01. Other Events.
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
`))
	world, err := edgartest.FromTxtar(archive)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range world.Submissions() {
		fmt.Println(s.Form, s.Filed, s.Items, s.Filers[0].Name)
	}
	// Output:
	// 8-K 2024-02-20 [8.01] GRINDLE SLATE CO
}
