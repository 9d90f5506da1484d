package browsertest

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

// addMore fills a world up until its list has several pages: a bookbinder that reports
// results each month.
func addMore(t *testing.T, w *edgartest.World) {
	t.Helper()
	if err := w.Add(hostileReport(t)); err != nil {
		t.Fatal(err)
	}
	for i := range 70 {
		filed := day(t, fmt.Sprintf("%d-%02d-12", 2019+i/12, 1+i%12))
		if err := w.Add(report(t, fmt.Sprintf("0009900200-%02d-%06d", filed.Year()%100, 100+i), filed, "2.02", "9.01")); err != nil {
			t.Fatal(err)
		}
	}
}

// report is an 8-K of the bookbinder.
func report(t *testing.T, accession string, filed edgar.Date, items ...string) edgartest.Submission {
	t.Helper()
	acc, err := edgar.ParseAccession(accession)
	if err != nil {
		t.Fatal(err)
	}
	cik, err := edgar.CIKFromInt(9002001)
	if err != nil {
		t.Fatal(err)
	}
	form, err := edgar.ParseForm("8-K")
	if err != nil {
		t.Fatal(err)
	}
	return edgartest.Submission{
		Accession: acc, Form: form, Filed: filed, Period: filed, Items: items,
		Filers: []edgartest.Filer{{CIK: cik, Name: "Copperfold Bookbinders Inc"}},
	}
}

// hostile is a filing whose text and exhibit try what they can.
const hostile = "0009900200-18-000666"

const hostileExhibit = `<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>2
<FILENAME>ex991.htm
<DESCRIPTION><img src=x onerror=struck=1>
<TEXT>
<html><head><title>struck</title><base href="http://elsewhere.example/"><meta http-equiv="refresh" content="0;url=http://elsewhere.example/"><link rel="stylesheet" href="http://elsewhere.example/x.css">
<style>@import url(http://elsewhere.example/y.css); body { background: url(http://elsewhere.example/z.png) }</style>
<script>top.struck = 1; top.document.title = "struck"</script><script src="http://elsewhere.example/x.js"></script></head>
<body onload="top.struck=1" style="background-image:url(http://elsewhere.example/b.png)">
<p onclick="top.struck=1">Harmless words</p><img src="http://elsewhere.example/i.png" onerror="top.struck=1"><img src=x onerror="top.struck=1">
<svg onload="top.struck=1"><script>top.struck=1</script></svg><math><mtext><style><img src=x onerror=top.struck=1></style></mtext></math>
<a href="javascript:top.struck=1">a link</a> <a href=" java&#10;script:top.struck=1">another</a>
<iframe src="http://elsewhere.example/"></iframe><object data="http://elsewhere.example/o"></object><embed src="http://elsewhere.example/e">
<form action="http://elsewhere.example/" method="post"><input name="password" autofocus onfocus="top.struck=1"><button>Log in</button></form>
</body></html>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>`

func hostileReport(t *testing.T) edgartest.Submission {
	t.Helper()
	s := report(t, hostile, day(t, "2018-06-06"), "8.01", "9.01")
	body := bytes.Replace(s.Text(), []byte("</SEC-DOCUMENT>"), []byte(hostileExhibit), 1)
	body = bytes.Replace(body, []byte("The registrant reports the event that this item names."), []byte("<script>alert(1)</script> It says \"</p><img src=x onerror=struck=1>."), 1)
	return edgartest.Submission{Body: body}
}

// today is the filing date of what is recorded while a page is open.
func today() edgar.Date { return edgar.DateOf(time.Now().In(edgar.Eastern())) }
