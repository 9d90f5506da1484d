package reading_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/serve/reading"
)

func TestTextIsSetAsWhatItIs(t *testing.T) {
	long := strings.Repeat("The Company entered into an agreement with the lenders named in it. ", 3)
	for _, tt := range []struct {
		name string
		text []string
		want []string
	}{
		{"paragraphs", []string{"First.", "Second & <third>."}, []string{"<p>First.</p>", "<p>Second &amp; &lt;third&gt;.</p>"}},
		{"a heading over a paragraph", []string{"Amendment to the Credit Agreement", long}, []string{"<h4>Amendment to the Credit Agreement</h4>", "<p>" + long[:len(long)-1] + "</p>"}},
		{"a name over an address", []string{"Tidewater Lens Works", "1 Harbour Road"}, []string{"<p>Tidewater Lens Works</p>", "<p>1 Harbour Road</p>"}},
		{"bullets", []string{"•\tone", "· two", "after"}, []string{"<ul>", "<li>one</li>", "<li>two</li>", "</ul>", "<p>after</p>"}},
		{"marked paragraphs", []string{"(a)\tFinancial statements", "(iv)\tNone"},
			[]string{`<p class="clause"><span class="mark">(a)</span> Financial statements</p>`, `<p class="clause"><span class="mark">(iv)</span> None</p>`}},
		{"exhibits", []string{"Exhibit No.\tDescription", "99.1\tPress release", "104\tCover page"},
			[]string{
				scroll, `<thead><tr><th scope="col">Exhibit No.</th><th scope="col">Description</th></tr></thead>`,
				"<tbody>", `<tr><td>99.1</td><td>Press release</td></tr>`, `<tr><td>104</td><td>Cover page</td></tr>`, "</tbody></table></div>",
			}},
		{"a row whose last cell goes on", []string{"99\tPress Release, dated August 9, of Tidewater Lens", "Works.", "104\tCover page, whose tags are embedded within the", "Inline document", "None."},
			[]string{
				scroll, "<tbody>", "<tr><td>99</td><td>Press Release, dated August 9, of Tidewater Lens Works.</td></tr>",
				"<tr><td>104</td><td>Cover page, whose tags are embedded within the Inline document</td></tr>", "</tbody></table></div>", "<p>None.</p>",
			}},
		{"a heading row broken over lines", []string{"The votes were:", "Nominee\tNumber of", "Votes", "FOR\tBroker Non-", "Votes", "Ada Quill\t1,200\t34", "Bo Reed\t1,100\t34"},
			[]string{
				"<p>The votes were:</p>", scroll,
				`<thead><tr><th scope="col">Nominee</th><th scope="col" class="num">Number of Votes FOR</th><th scope="col" class="num">Broker Non- Votes</th></tr></thead>`,
				"<tbody>", `<tr><td>Ada Quill</td><td class="num">1,200</td><td class="num">34</td></tr>`, `<tr><td>Bo Reed</td><td class="num">1,100</td><td class="num">34</td></tr>`, "</tbody></table></div>",
			}},
		{"words that every heading begins with", []string{"Number of Votes", "FOR\tNumber of Votes", "AGAINST\tAbstentions", "12\t3\t4"},
			[]string{
				scroll,
				`<thead><tr><th scope="col" class="num">Number of Votes FOR</th><th scope="col" class="num">Number of Votes AGAINST</th><th scope="col" class="num">Abstentions</th></tr></thead>`,
				"<tbody>", `<tr><td class="num">12</td><td class="num">3</td><td class="num">4</td></tr>`, "</tbody></table></div>",
			}},
		{"a heading row without the first column's", []string{"2024\t2023", "Net sales\t$\t1,200\t$\t(34\t)", "Margin\t5.5\t%\t4.0\t%"},
			[]string{
				scroll, `<thead><tr><th scope="col"></th><th scope="col" class="num">2024</th><th scope="col" class="num">2023</th></tr></thead>`,
				"<tbody>", `<tr><td>Net sales</td><td class="num">$1,200</td><td class="num">$(34)</td></tr>`, `<tr><td>Margin</td><td class="num">5.5%</td><td class="num">4.0%</td></tr>`, "</tbody></table></div>",
			}},
		{"a sentence that the end of a page cut", []string{"The Company assumed a warrant to purchase shares of the", "Tidewater Stock that it had.", "Then it closed."},
			[]string{"<p>The Company assumed a warrant to purchase shares of the Tidewater Stock that it had.</p>", "<p>Then it closed.</p>"}},
		{"a marked paragraph over lines", []string{"(i)\tReport of the auditors, dated", "February 6, 1998.", "(ii)\tBalance Sheets as of December", "31, 1997.", "(b)\tStatements", "None."},
			[]string{
				`<p class="clause"><span class="mark">(i)</span> Report of the auditors, dated February 6, 1998.</p>`, `<p class="clause"><span class="mark">(ii)</span> Balance Sheets as of December 31, 1997.</p>`,
				`<p class="clause"><span class="mark">(b)</span> Statements</p>`, "<p>None.</p>",
			}},
		{"what cannot be seen", []string{"a\x00b\u202ec\x1b"}, []string{"<p>abc</p>"}},
		{"nothing", []string{"", " ", "\t"}, []string{""}},
	} {
		set, cut := reading.Text(strings.Join(tt.text, "\n"))
		if diff := cmp.Diff(tt.want, strings.Split(strings.TrimSpace(string(set)), "\n")); diff != "" || cut {
			t.Errorf("%s (cut %v): -want +got:\n%s", tt.name, cut, diff)
		}
	}
}

func TestWhatIsTooLongIsCutAndSaysSo(t *testing.T) {
	line := strings.Repeat("é", 99) + "\n"
	set, cut := reading.Text(strings.Repeat(line, 2*reading.MaxText/len(line)))
	if !cut || len(set) < reading.MaxText || !strings.HasSuffix(string(set), "é</p>\n") {
		t.Errorf("text: cut %v, %d bytes, ends %q", cut, len(set), set[len(set)-20:])
	}
	if _, cut := reading.Text(strings.Repeat("é", reading.MaxText)); !cut {
		t.Error("one long line: not cut")
	}
	body := []byte(strings.Repeat("<p>"+line+"</p>", 2*reading.MaxDocument/len(line)))
	safe, cut := reading.HTML(body, nil)
	if !cut || len(safe) > reading.MaxDocument || !strings.HasSuffix(string(safe), ">") {
		t.Errorf("html: cut %v, %d bytes", cut, len(safe))
	}
	if set, cut = reading.Plain(body); !cut {
		t.Errorf("typed: cut %v, %d bytes", cut, len(set))
	}
}

func TestATypedDocumentStaysAsTyped(t *testing.T) {
	set, _ := reading.Plain([]byte("<PAGE>\n\n   NET <SALES>\r\n<TABLE>\r\n<S>   <C>\r\nLenses   1,200\r\n</TABLE>\r\n       2\r\n<PAGE>\r\nthe end\x92s\x0c\n"))
	want := "<pre class=\"typed\">   NET &lt;SALES&gt;\nLenses   1,200\n       2\n</pre>\n<hr>\n<pre class=\"typed\">the end’s\n</pre>\n"
	if diff := cmp.Diff(want, string(set)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestADocumentKeepsItsLooksAndItsOwnPictures(t *testing.T) {
	link := func(name string) string {
		switch name {
		case "logo.jpg":
			return "/filings/x/documents/3"
		case "ex99-1.htm":
			return "/filings/x/documents/2"
		}
		return ""
	}
	for _, tt := range []struct{ name, html, want string }{
		{"tables", `<TABLE border=0 cellpadding=0 width=100%><TR bgcolor="#CCEEFF"><TD nowrap colspan=2 align=right valign=bottom onclick=x>1,200</TD></TR></TABLE>`,
			`<table border="0" cellpadding="0" width="100%"><tr bgcolor="#CCEEFF"><td nowrap="" colspan="2" align="right" valign="bottom">1,200</td></tr></table>`},
		{"styles", `<p style="Margin-Top:0pt; text-align: CENTER !important; background-color:rgb(204, 238,255); -sec-ix-hidden:x; page-break-after: always">x</p>`,
			`<p style="margin-top:0pt;text-align:CENTER;background-color:#cceeff;">x</p>`},
		{"pictures of the filing", `<IMG SRC="LOGO/logo.jpg" ALT="Our &lt;logo&gt;" width=120 onerror=x>`, `<img src="/filings/x/documents/3" alt="Our &lt;logo&gt;" width="120">`},
		{"other pictures", `<img src="https://example.com/other.gif"><img src=gone.gif alt="A chart">`, `[picture other.gif is not here][picture: A chart]`},
		{"links out", `<a href="https://example.com/a?b=1&amp;c=2">x</a>`, `<a href="https://example.com/a?b=1&amp;c=2" rel="nofollow noreferrer noopener" target="_blank">x</a>`},
		{"links within", `<a name="toc_1"></a><a href="#toc_1">x</a><a href="ex99-1.htm#p2">y</a><a href="none.htm">z</a>`,
			`<a name="toc_1"></a><a href="#toc_1">x</a><a href="/filings/x/documents/2#p2">y</a><a>z</a>`},
		{"inline XBRL", `<html xmlns:ix="x"><head><title>t</title></head><body><div style="display:none"><ix:header><ix:hidden><ix:nonNumeric>hidden</ix:nonNumeric></ix:hidden></ix:header></div><p>Tidewater <ix:nonNumeric name="dei:x">Lens</ix:nonNumeric></p></body></html>`,
			`<div style="display:none;"></div><p>Tidewater Lens</p>`},
		{"Windows-1252", "<p>the end\x92s</p>", "<p>the end’s</p>"},
	} {
		safe, cut := reading.HTML([]byte(tt.html), link)
		if diff := cmp.Diff(tt.want, string(safe)); diff != "" || cut {
			t.Errorf("%s: -want +got:\n%s", tt.name, diff)
		}
	}
}

// scroll is what stands around a table, so that a wide one can be scrolled by keyboard.
const scroll = `<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>`
