package edgartest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

// folderFile finds a file of a submission's own folder; suffix is what follows
// the accession number, or a slash and the whole name.
func (e *entry) folderFile(cik edgar.CIK, suffix string) (*resource, error) {
	switch suffix {
	case ".hdr.sgml":
		return &resource{kind: plainText, body: e.sgml(), modified: e.modified, file: true}, nil
	case "-index-headers.html":
		return &resource{kind: html, body: e.headersPage(), modified: e.modified, file: true}, nil
	}
	b, err := e.load()
	if err != nil {
		return nil, err
	}
	docs := documents(b)
	if suffix == "/index.json" {
		return e.folder(cik, docs), nil
	}
	for _, d := range docs {
		if d.name != "" && suffix == "/"+d.name {
			res := static(d.name, d.content())
			res.modified, res.file = e.modified, true
			return res, nil
		}
	}
	return nil, nil
}

// folder is the index.json of a submission's folder.
func (e *entry) folder(cik edgar.CIK, docs []document) *resource {
	stamp := e.stamp().Format(time.DateTime)
	file := func(name, size string) map[string]string {
		return map[string]string{"last-modified": stamp, "name": name, "type": "text.gif", "size": size}
	}
	acc := e.Accession.String()
	items := []map[string]string{file(acc+"-index-headers.html", ""), file(acc+"-index.html", ""), file(acc+".txt", "")}
	for _, d := range docs {
		if d.name != "" {
			items = append(items, file(d.name, strconv.Itoa(len(d.content()))))
		}
	}
	name := strings.TrimSuffix(edgar.FilingFolder(cik, e.Accession), "/")
	return directory(items, name, strings.TrimSuffix(dataRoot, "/")+"/"+cik.String())
}

func directory(items []map[string]string, name, parent string) *resource {
	b, err := json.Marshal(map[string]any{"directory": map[string]any{"item": items, "name": name, "parent-dir": parent}})
	if err != nil {
		return nil
	}
	return &resource{kind: jsonType, body: b, cache: uncached}
}

// issuerFolder is the index.json of everything filed under a CIK.
func (w *World) issuerFolder(cik edgar.CIK) *resource {
	var items []map[string]string
	for _, e := range w.filedBy(cik) {
		items = append(items, map[string]string{
			"last-modified": e.stamp().Format(time.DateTime), "name": e.Accession.Digits(), "type": "folder.gif", "size": "",
		})
	}
	if items == nil {
		return nil
	}
	return directory(items, dataRoot+cik.String(), strings.TrimSuffix(dataRoot, "/"))
}

// filedBy returns what is public under a CIK, newest first.
func (w *World) filedBy(cik edgar.CIK) []*entry {
	now := w.now()
	w.mu.RLock()
	entries := slices.Clone(w.filers[cik])
	w.mu.RUnlock()
	entries = slices.DeleteFunc(entries, func(e *entry) bool { return e.Public.After(now) })
	slices.SortFunc(entries, newestFirst)
	return entries
}

func newestFirst(a, b *entry) int {
	if c := b.Filed.Compare(a.Filed); c != 0 {
		return c
	}
	if c := b.stamp().Compare(a.stamp()); c != 0 {
		return c
	}
	return b.Accession.Compare(a.Accession)
}

// indexPage is the page about a submission, for people.
func (e *entry) indexPage(cik edgar.CIK) (*resource, error) {
	body, err := e.load()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html>\n<head>\n<title>EDGAR Filing Documents for %s</title>\n</head>\n<body>\n<div id=\"contentDiv\">\n<div class=\"formDiv\">\n", e.Accession)
	fmt.Fprintf(&b, "<div id=\"formName\"><strong>Form %s</strong></div>\n<div id=\"secNum\"><strong>SEC Accession No.</strong> %s</div>\n", e.Form, e.Accession)
	docs := documents(body)
	b.WriteString("<div class=\"formGrouping\">\n")
	info(&b, "Filing Date", e.Filed.String())
	info(&b, "Accepted", e.stamp().Format(time.DateTime))
	info(&b, "Documents", strconv.Itoa(len(docs)))
	b.WriteString("</div>\n<div class=\"formGrouping\">\n")
	if !e.Period.IsZero() {
		info(&b, "Period of Report", e.Period.String())
	}
	if len(e.Items) > 0 {
		var lines strings.Builder
		for _, n := range e.Items {
			fmt.Fprintf(&lines, "Item %s: %s<br />", n, escape(itemText(n)))
		}
		info(&b, "Items", lines.String())
	}
	b.WriteString("</div>\n</div>\n")
	e.table(&b, cik, docs, "Document Format Files", false)
	e.table(&b, cik, docs, "Data Files", true)
	for _, f := range e.Filers {
		fmt.Fprintf(&b, "<div class=\"companyInfo\"><span class=\"companyName\">%s (%s)\n <acronym title=\"Central Index Key\">CIK</acronym>: <a href=\"/cgi-bin/browse-edgar?CIK=%s&amp;action=getcompany\">%s (see all company filings)</a></span></div>\n",
			escape(f.Name), roleName(f.Role), f.CIK.Padded(), f.CIK.Padded())
	}
	b.WriteString("</div>\n</body>\n</html>\n")
	return &resource{kind: html, body: []byte(b.String()), modified: e.modified, cache: "no-cache"}, nil
}

func info(b *strings.Builder, head, value string) {
	fmt.Fprintf(b, "<div class=\"infoHead\">%s</div>\n<div class=\"info\">%s</div>\n", head, value)
}

// table lists the documents that are, or are not, XBRL data.
func (e *entry) table(b *strings.Builder, cik edgar.CIK, docs []document, title string, data bool) {
	fmt.Fprintf(b, "<div class=\"formDiv\">\n<p>%s</p>\n<table class=\"tableFile\" summary=\"%s\">\n<tr><th scope=\"col\">Seq</th><th scope=\"col\">Description</th><th scope=\"col\">Document</th><th scope=\"col\">Type</th><th scope=\"col\">Size</th></tr>\n", title, title)
	folder := edgar.FilingFolder(cik, e.Accession)
	for i, d := range docs {
		if data != strings.HasPrefix(d.kind, "EX-101") {
			continue
		}
		href := folder + d.name
		if i == 0 && e.head.inline {
			href = "/ix?doc=" + href
		}
		tableRow(b, d.sequence, d.description, href, d.name, d.kind, d.size)
	}
	if !data {
		name := e.Accession.String() + ".txt"
		tableRow(b, "&nbsp;", "Complete submission text file", folder+name, name, "&nbsp;", int(e.head.size))
	}
	b.WriteString("</table>\n</div>\n")
}

func tableRow(b *strings.Builder, seq, description, href, name, kind string, size int) {
	fmt.Fprintf(b, "<tr><td scope=\"row\">%s</td><td scope=\"row\">%s</td><td scope=\"row\"><a href=\"%s\">%s</a></td><td scope=\"row\">%s</td><td scope=\"row\">%d</td></tr>\n",
		seq, escape(description), escape(href), escape(name), kind, size)
}

func roleName(role string) string {
	if n := roleNames[strings.ReplaceAll(role, " ", "-")]; n != "" {
		return n
	}
	return "Filer"
}
