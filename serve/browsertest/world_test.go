package browsertest

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

// made is the demo's world and more, so that its list has several pages: a bookbinder
// that reports results each month, and what somebody hostile filed.
func made() (*edgartest.World, error) {
	w := edgartest.Demo()
	bad, err := hostileReport()
	if err != nil {
		return nil, err
	}
	subs := []edgartest.Submission{bad}
	for i := range 70 {
		s, err := reported(fmt.Sprintf("0009900200-%02d-%06d", 19+i/12, 100+i), fmt.Sprintf("%d-%02d-12", 2019+i/12, 1+i%12), "2.02", "9.01")
		if err != nil {
			return nil, err
		}
		subs = append(subs, s)
	}
	return w, w.Add(subs...)
}

// reported is an 8-K of the bookbinder.
func reported(accession, filed string, items ...string) (s edgartest.Submission, err error) {
	acc, err := edgar.ParseAccession(accession)
	cik, err2 := edgar.CIKFromInt(9002001)
	form, err3 := edgar.ParseForm("8-K")
	on, err4 := edgar.ParseDate(filed)
	return edgartest.Submission{
		Accession: acc, Form: form, Filed: on, Period: on, Items: items,
		Filers: []edgartest.Filer{{CIK: cik, Name: "Copperfold Bookbinders Inc"}},
	}, errors.Join(err, err2, err3, err4)
}

func report(t *testing.T, accession, filed string, items ...string) edgartest.Submission {
	t.Helper()
	s, err := reported(accession, filed, items...)
	if err != nil {
		t.Fatal(err)
	}
	return s
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

func hostileReport() (edgartest.Submission, error) {
	s, err := reported(hostile, "2018-06-06", "8.01", "9.01")
	body := bytes.Replace(s.Text(), []byte("</SEC-DOCUMENT>"), []byte(hostileExhibit), 1)
	body = bytes.Replace(body, []byte("The registrant reports the event that this item names."), []byte("<script>alert(1)</script> It says \"</p><img src=x onerror=struck=1>."), 1)
	return edgartest.Submission{Body: body}, err
}
