package parse

import "testing"

func TestMediaFollowNameAndContent(t *testing.T) {
	for _, c := range []struct{ filename, text, want string }{
		{"d8k.htm", "\n<html>", "text/html"},
		{"D8K.HTML", "\nno markup", "text/html"},
		{"d8k.htm", "\n<XBRL>\n<?xml version='1.0'?>\n<html>", "text/html"},
		{"d8k.txt", "\nFORM 8-K", "text/plain"},
		{"d8k.txt", "\n<HTML>\n<BODY>", "text/html"},
		{"d8k.txt", "\n<!DOCTYPE HTML PUBLIC", "text/html"},
		{"", "\n<P ALIGN=\"CENTER\">FORM 8-K</P>", "text/html"},
		{"", "\n<PAGE>\n<TABLE>\n<CAPTION>\n<S>   <C>\nsales < costs", "text/plain"},
		{"", "\n<XML>\n<?xml version=\"1.0\"?>\n<ownershipDocument>", "application/xml"},
		{"", "", "text/plain"},
		{"", "\x00\x01\x02", "application/octet-stream"},
		{"", "\nbegin 644 logo.gif\nM", "image/gif"},
		{"slide.jpg", "\nbegin 644 slide.jpg\nM", "image/jpeg"},
		{"report.txt", "\nbegin 644 report.txt\nM", "application/octet-stream"},
		{"report.pdf", "\n<PDF>\nbegin 644 report.pdf\nM", "application/pdf"},
		{"", "\n<PDF>\nbegin 644 report.pdf\nM", "application/pdf"},
		{"d8k.txt", "\nbegin 644 times in a row", "application/octet-stream"},
		{"d8k.txt", "\nbegin with this", "text/plain"},
		{"Financial_Report.xlsx", "\nbegin 644 Financial_Report.xlsx\nM", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"a-xbrl.zip", "\nbegin 644 a-xbrl.zip\nM", "application/zip"},
		{"MetaLinks.json", "\n{", "application/json"},
		{"a.xsd", "\n<XBRL>\n<?xml", "application/xml"},
		{"strange.fil", "\nwords", "text/plain"},
	} {
		if got := media(c.filename, []byte(c.text)); got != c.want {
			t.Errorf("%q beginning %q: got %s, want %s", c.filename, c.text, got, c.want)
		}
	}
}

func TestBodiesThatPeopleReadAreKept(t *testing.T) {
	for _, c := range []struct {
		d    Document
		want bool
	}{
		{Document{Type: "8-K", Filename: "d8k.htm", Media: "text/html"}, true},
		{Document{Type: "EX-99.1", Media: "text/plain"}, true},
		{Document{Type: "EX-27", Media: "text/plain"}, true},
		{Document{Type: "XML", Filename: "R1.htm", Media: "text/html"}, false},
		{Document{Type: "EX-101.INS", Filename: "x.txt", Media: "text/plain"}, false},
		{Document{Type: "4", Filename: "form4.xml", Media: "application/xml"}, false},
		{Document{Type: "GRAPHIC", Filename: "a.jpg", Media: "image/jpeg"}, false},
		{Document{Type: "XML", Filename: "report.css", Media: "text/css"}, false},
	} {
		if got := c.d.isText(); got != c.want {
			t.Errorf("%s: got %v, want %v", c.d.name(), got, c.want)
		}
	}
}
