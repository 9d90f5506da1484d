package edgartest

import (
	"crypto/md5"
	"fmt"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

const (
	rssPath  = "/Archives/edgar/xbrlrss.all.xml"
	rssItems = 200
	rssEvery = 10 * time.Minute
)

// firstXBRL is the day from which submissions of the world count as having XBRL.
func firstXBRL() edgar.Date {
	d, _ := edgar.NewDate(2009, time.June, 15)
	return d
}

// rss writes the feed of filings with XBRL: the newest 200 of any form, one item
// each, under the first filer. It is rewritten every ten minutes on weekdays, and
// unchanged in between.
func (w *World) rss() *resource {
	written := rssWritten(w.now().In(edgar.Eastern()))
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<rss version=\"2.0\">\n<channel>\n<title>All XBRL Data Submitted to the SEC</title>\n")
	fmt.Fprintf(&b, "<link>https://www.sec.gov%s</link>\n<atom:link href=\"https://www.sec.gov%s\" rel=\"self\" type=\"application/rss+xml\" xmlns:atom=\"http://www.w3.org/2005/Atom\"/>\n", rssPath, rssPath)
	b.WriteString("<description>This is a list of up to 200 of the latest filings containing financial statements tagged using XBRL.</description>\n<language>en-us</language>\n")
	fmt.Fprintf(&b, "<pubDate>%s</pubDate>\n<lastBuildDate>%s</lastBuildDate>\n", written.Format(rssTime), written.Format(rssTime))
	n := 0
	var last edgar.Accession
	for _, fe := range w.current("", "include") {
		if fe.e.Accession == last || fe.e.Filed.Before(firstXBRL()) || fe.e.Public.After(written) {
			continue
		}
		last = fe.e.Accession
		if n++; n > rssItems {
			break
		}
		fe.writeRSS(&b)
	}
	b.WriteString("</channel>\n</rss>\n")
	body := latin1(b.String())
	return &resource{kind: xmlType, body: body, sum: md5.Sum(body), modified: written, file: true}
}

const rssTime = "Mon, 02 Jan 2006 15:04:05 MST"

// rssWritten returns when the feed was written last.
func rssWritten(now time.Time) time.Time {
	t := now.Truncate(rssEvery)
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.Add(-rssEvery)
	}
	return t
}

func (fe feedEntry) writeRSS(b *strings.Builder) {
	e := fe.e
	folder := "https://www.sec.gov" + edgar.FilingFolder(fe.f.CIK, e.Accession) + e.Accession.String()
	fmt.Fprintf(b, "<item>\n<title>%s (%s) (%s)</title>\n<link>%s-index.htm</link>\n<guid>%s-xbrl.zip</guid>\n", escape(fe.f.Name), fe.f.CIK.Padded(), roleName(fe.f.Role), folder, folder)
	fmt.Fprintf(b, "<description>%s</description>\n<pubDate>%s</pubDate>\n", e.Form, e.stamp().Format(rssTime))
	b.WriteString("<edgar:xbrlFiling xmlns:edgar=\"https://www.sec.gov/Archives/edgar\">\n")
	tag := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "<edgar:%s>%s</edgar:%s>\n", name, escape(value), name)
		}
	}
	filed := e.Filed.Compact()
	tag("companyName", fe.f.Name)
	tag("formType", e.Form.String())
	tag("filingDate", filed[4:6]+"/"+filed[6:]+"/"+filed[:4])
	tag("cikNumber", fe.f.CIK.Padded())
	tag("accessionNumber", e.Accession.String())
	tag("acceptanceDatetime", e.stamp().Format("20060102150405"))
	tag("period", e.Period.Compact())
	b.WriteString("</edgar:xbrlFiling>\n</item>\n")
}
