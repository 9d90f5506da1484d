package parse_test

import (
	"fmt"
	"log"
	"strings"

	"example.com/edgard/parse"
)

const aSubmission = `<SEC-DOCUMENT>0009999901-24-000017.txt : 20240201
<SEC-HEADER>0009999901-24-000017.hdr.sgml : 20240201
<ACCEPTANCE-DATETIME>20240201163005
ACCESSION NUMBER:		0009999901-24-000017
CONFORMED SUBMISSION TYPE:	8-K
PUBLIC DOCUMENT COUNT:		2
CONFORMED PERIOD OF REPORT:	20240130
ITEM INFORMATION:		Results of Operations and Financial Condition
FILED AS OF DATE:		20240201

FILER:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			EXAMPLE WIDGETS INC
		CENTRAL INDEX KEY:			0009999901
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<FILENAME>d8k.htm
<TEXT>
<html><body><p>Item 2.02. Results of Operations and Financial Condition.</p></body></html>
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>GRAPHIC
<SEQUENCE>2
<FILENAME>logo.jpg
<TEXT>
begin 644 logo.jpg
M_]C_X
end
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
`

func ExampleReadSubmission() {
	s, err := parse.ReadSubmission(strings.NewReader(aSubmission))
	if err != nil {
		log.Fatal(err)
	}
	h := s.Header
	fmt.Println(h.Accession, h.Form, "filed", h.Filed, "accepted", h.Accepted)
	for _, f := range h.Filers {
		fmt.Println(f.Role, f.CIK, f.Name)
	}
	for _, i := range h.Items {
		fmt.Println("item:", i.Text)
	}
	for _, d := range s.Documents {
		fmt.Println(d.Sequence, d.Type, d.Filename, d.Media, d.Length)
	}
	fmt.Println("complete:", s.Complete)
	// Output:
	// 0009999901-24-000017 8-K filed 2024-02-01 accepted 2024-02-01 16:30:05 -0500 EST
	// filer 9999901 EXAMPLE WIDGETS INC
	// item: Results of Operations and Financial Condition
	// 1 8-K d8k.htm text/html 92
	// 2 GRAPHIC logo.jpg image/jpeg 31
	// complete: true
}
