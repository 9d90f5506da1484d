package edgartest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
)

// Text returns the submission as EDGAR serves it: its Body, or one written from the
// other fields.
func (s Submission) Text() []byte {
	if s.Body != nil {
		return s.Body
	}
	return render(s)
}

// NC returns the submission in the dialect of EDGAR's Feed, written from its
// fields; a Body is not looked at. It states no time of acceptance, as those of
// EDGAR do not.
func (s Submission) NC() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<SUBMISSION>\n<ACCESSION-NUMBER>%s\n<TYPE>%s\n<PUBLIC-DOCUMENT-COUNT>1\n", s.Accession, s.Form)
	if !s.Period.IsZero() {
		fmt.Fprintf(&b, "<PERIOD>%s\n", s.Period.Compact())
	}
	for _, n := range s.Items {
		fmt.Fprintf(&b, "<ITEMS>%s\n", n)
	}
	fmt.Fprintf(&b, "<FILING-DATE>%s\n<DATE-OF-FILING-DATE-CHANGE>%[1]s\n", s.Filed.Compact())
	for _, f := range s.Filers {
		fmt.Fprintf(&b, "<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>%s\n<CIK>%s\n<STATE-OF-INCORPORATION>DE\n<FISCAL-YEAR-END>1231\n</COMPANY-DATA>\n", f.Name, f.CIK.Padded())
		fmt.Fprintf(&b, "<FILING-VALUES>\n<FORM-TYPE>%s\n<ACT>34\n<FILE-NUMBER>001-%05d\n</FILING-VALUES>\n</FILER>\n", s.Form, f.CIK.Int()%100000)
	}
	fmt.Fprintf(&b, "<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>1\n<FILENAME>primary.txt\n<TEXT>\n", s.Form)
	renderBody(&b, s)
	b.WriteString("</TEXT>\n</DOCUMENT>\n</SUBMISSION>\n")
	return []byte(b.String())
}

// Member is a file of a Feed's tar.
type Member struct {
	Name string
	Data []byte
}

// FeedDay returns a day of EDGAR's Feed, YYYYMMDD.nc.tar.gz, that holds the members
// in the order given. EDGAR names them ACC.nc, and ACC.corr01 and the like what
// corrects one.
func FeedDay(members ...Member) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	t := tar.NewWriter(z)
	for _, m := range members {
		// A write to memory cannot fail, and a size that is given does not differ.
		_ = t.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: m.Name, Mode: 0o644, Size: int64(len(m.Data)), Format: tar.FormatGNU})
		_, _ = t.Write(m.Data)
	}
	_ = t.Close()
	_ = z.Close()
	return b.Bytes()
}
