package edgartest

import (
	"fmt"
	"strings"
)

// render writes a small valid submission of one plain-text document, in the
// header dialect of ACCESSION.txt.
func render(s Submission) []byte {
	var b strings.Builder
	day := s.Filed.Compact()
	fmt.Fprintf(&b, "<SEC-DOCUMENT>%s.txt : %s\n<SEC-HEADER>%s.hdr.sgml : %s\n", s.Accession, day, s.Accession, day)
	if !s.Accepted.IsZero() {
		fmt.Fprintf(&b, "<ACCEPTANCE-DATETIME>%s\n", acceptance(s.Accepted))
	}
	if s.PrivateToPublic {
		b.WriteString("<PRIVATE-TO-PUBLIC>\n")
	}
	fmt.Fprintf(&b, "ACCESSION NUMBER:\t\t%s\nCONFORMED SUBMISSION TYPE:\t%s\nPUBLIC DOCUMENT COUNT:\t\t1\n", s.Accession, s.Form)
	if !s.Period.IsZero() {
		fmt.Fprintf(&b, "CONFORMED PERIOD OF REPORT:\t%s\n", s.Period.Compact())
	}
	for _, n := range s.Items {
		fmt.Fprintf(&b, "ITEM INFORMATION:\t\t%s\n", itemText(n))
	}
	fmt.Fprintf(&b, "FILED AS OF DATE:\t\t%s\nDATE AS OF CHANGE:\t\t%s\n\n", day, day)
	for _, f := range s.Filers {
		renderFiler(&b, s, f)
	}
	b.WriteString("</SEC-HEADER>\n")
	fmt.Fprintf(&b, "<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>1\n<FILENAME>primary.txt\n<DESCRIPTION>FORM %s\n<TEXT>\n", s.Form, s.Form)
	renderBody(&b, s)
	b.WriteString("</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n")
	return []byte(b.String())
}

func renderFiler(b *strings.Builder, s Submission, f Filer) {
	role := strings.ReplaceAll(f.Role, "-", " ")
	if role == "" {
		role = "FILER"
	}
	fmt.Fprintf(b, "%s:\n\n\tCOMPANY DATA:\t\n", role)
	fmt.Fprintf(b, "\t\tCOMPANY CONFORMED NAME:\t\t\t%s\n\t\tCENTRAL INDEX KEY:\t\t\t%s\n", f.Name, f.CIK.Padded())
	fmt.Fprintf(b, "\t\tSTATE OF INCORPORATION:\t\t\tDE\n\t\tFISCAL YEAR END:\t\t\t1231\n\n")
	fmt.Fprintf(b, "\tFILING VALUES:\n\t\tFORM TYPE:\t\t%s\n\t\tSEC ACT:\t\t1934 Act\n", s.Form)
	fmt.Fprintf(b, "\t\tSEC FILE NUMBER:\t001-%05d\n\t\tFILM NUMBER:\t\t\n\n", f.CIK.Int()%100000)
}

func renderBody(b *strings.Builder, s Submission) {
	date := s.Filed
	if !s.Period.IsZero() {
		date = s.Period
	}
	fmt.Fprintf(b, "FORM %s\n\nCURRENT REPORT\n\nPursuant to Section 13 or 15(d) of the Securities Exchange Act of 1934\n\n", s.Form)
	fmt.Fprintf(b, "Date of Report (Date of earliest event reported): %s\n\n", longDate(date))
	for _, f := range s.Filers {
		fmt.Fprintf(b, "%s\n(Exact name of registrant as specified in its charter)\n\n", f.Name)
	}
	for _, n := range s.Items {
		fmt.Fprintf(b, "Item %s. %s.\n\nThe registrant reports the event that this item names.\n\n", n, itemText(n))
	}
	b.WriteString("SIGNATURE\n\nPursuant to the requirements of the Securities Exchange Act of 1934, the\nregistrant has duly caused this report to be signed on its behalf by the\nundersigned hereunto duly authorized.\n\n")
	fmt.Fprintf(b, "%s\n\nDate: %s\n\nBy: /s/ Ada Quill\nAda Quill\nSecretary\n", s.Filers[0].Name, longDate(s.Filed))
}
