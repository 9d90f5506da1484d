package parse_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"example.com/edgard/parse"
)

// Read an 8-K from a file: a submission as EDGAR serves it, or a bare document.
func ExampleReadFiling() {
	file, err := os.Open("testdata/eightk/html_2011_combined.txt")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	filing, err := parse.ReadFiling(file)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(filing.Accession, filing.Form, filing.Filed)
	for _, item := range filing.Items {
		fmt.Printf("%s %.40s (%s)\n", item.Number, item.Title, item.Source)
	}
	// Output:
	// 0000999901-11-000012 8-K 2011-05-04
	// 1.01 Entry into a Material Definitive Agreeme (both)
	// 2.03 Creation of a Direct Financial Obligatio (both)
	// 7.01 Regulation FD Disclosure (both)
	// 8.01 Other Events (both)
	// 9.01 Financial Statements and Exhibits (both)
}

// Take the text of a press release, the exhibit numbered 99 or 99.1.
func ExampleDocument_Text() {
	submission := "<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>ex991.htm\n<TEXT>\n" +
		"<html><body><p><b>Made Harbor grows</b></p><table><tr><td>Cranes</td><td>3</td></tr></table></body></html>\n" +
		"</TEXT>\n</DOCUMENT>\n"
	s, err := parse.ReadSubmission(strings.NewReader(submission))
	if err != nil {
		log.Fatal(err)
	}
	for i := range s.Documents {
		if strings.HasPrefix(s.Documents[i].Type, "EX-99") {
			text, err := s.Documents[i].Text()
			fmt.Println(text, err)
		}
	}
	// Output:
	// Made Harbor grows
	// Cranes	3 <nil>
}
