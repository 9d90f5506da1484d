package parse

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pageText returns all the text of a page.
func pageText(body string) string { return flatten([]byte(body), false).text }

func TestHTMLReadsAsItLooks(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"paragraphs", "<p>One.</p><p>Two.</p>", "One.\nTwo."},
		{"source lines are blanks", "<p>One\n  two\r\nthree</p>", "One two three"},
		{"running text is joined", "<p>F<b>OR</b>M<i> 8</i>-K</p>", "FORM 8-K"},
		{"line breaks", "<p>One<br>two<br/>three</p>", "One\ntwo\nthree"},
		{"unclosed", "<p>One<p>Two<table><tr><td>a<td>b<tr><td>c</table>Three", "One\nTwo\na\tb\nc\nThree"},
		{"cells", "<table><tr><td><p>a</p></td><td></td><td> b </td></tr><tr><td>c</td></tr></table>", "a\tb\nc"},
		{"paragraphs in a cell", "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "a\nb\tc"},
		{"table in a cell", "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>", "a\nb\tc\nd"},
		{"entities", "<p>&amp; &lt;&gt; &quot; &ldquo;x&rdquo; &#8217; &#x2019; &eacute; AT&T &copy</p>", "& <> \" “x” ’ ’ é AT&T ©"},
		{"numbers that mean Windows-1252", "<p>&#145;a&#146; &#147;b&#148; &#150; &#151; &#133;</p>", "‘a’ “b” – — …"},
		{"blanks of all kinds", "<p>a&nbsp;b&#8201;c&#x202f;d&#12288;e&nbspf</p>", "a b c d e f"},
		{"invisible characters", "<p>a&shy;b&#8203;c&#65279;d\x01e</p>", "abcde"},
		{"a wide gap is a column", "<p>a&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;b</p>", "a\tb"},
		{"hidden", "<p>a</p><div style='display: none'>b<p>c</p></div><p hidden>d</p><p>e</p>", "a\ne"},
		{"head, script and style", "<html><head><title>x</title><style>y</style></head><body><script>z</script><p>a</p>", "a"},
		{"inline XBRL header", "<p>a</p><div><ix:header><ix:hidden>b</ix:hidden></ix:header></div><p><ix:nonNumeric name='dei:X'>c</ix:nonNumeric></p>", "a\nc"},
		{"inline div", "<div>Suite <div style='display:inline'>700</div>, Dallas</div>", "Suite 700, Dallas"},
		{"empty title", "<title/><p>a</p>", "a"},
		{"comments", "<p>a<!-- <p>b</p> -->c</p>", "ac"},
		{"preformatted", "<html><pre>\n  a    b\n\n c\n</pre>", "a\tb\nc"},
		{"boxes in pictures", "<p><font face='Wingdings'>o</font> a <span style='font-family:Wingdings'>&#254;</span> b <font face=\"WP TypographicSymbols\">G</font></p>", "☐ a ☒ b ☐"},
		{"private-use boxes", "<p>&#xF0A8; a &#xF0FE; b</p>", "☐ a ☒ b"},
		{"words in a picture font by mistake", "<p><font face='Wingdings'>Other Events</font></p>", "Other Events"},
		{"Windows-1252", "<p>\x93a\x94 \x96 b\xa0c</p>", "“a” – b c"},
		{"UTF-8", "<p>“a” – é</p>", "“a” – é"},
		{"a rule", "<p>a</p><p>------</p><p>b</p>", "a\n------\nb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := pageText("<html><body>" + tt.body); got != tt.want {
				t.Errorf("text %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlainTextIsNotHTML(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"less-than", "Revenue < 5 and x <b> y\n", "Revenue < 5 and x <b> y"},
		{"layout marks", "a\n<PAGE>\nb\n<TABLE>\n<CAPTION>\n<S>   <C>\nc   1\n</TABLE>\nd\n<PAGE>   2\ne\n-1-<PAGE>\n", "a\nb\nc\t1\nd\ne\n-1-"},
		{"wrapped paragraph", "The quick brown fox jumps over the lazy dog, and then\nit rests.\n\nSo do we.\n", "The quick brown fox jumps over the lazy dog, and then it rests.\nSo do we."},
		{"short lines stay lines", "MADE HARBOR CORP.\n12 Quay Street\n", "MADE HARBOR CORP.\n12 Quay Street"},
		{"list entries stay lines", "The quick brown fox jumps over the lazy dog, and then:\n(a) it rests\n(b) it jumps\n", "The quick brown fox jumps over the lazy dog, and then:\n(a) it rests\n(b) it jumps"},
		{"columns", "Delaware          1-1234        12-3456789\n", "Delaware\t1-1234\t12-3456789"},
		{"entities", "AT&amp;T &lt;x&gt; R&D\n", "AT&T <x> R&D"},
		{"line ends", "a\r\nb\r\n", "a\nb"},
		{"line ends that are no line feeds", "\na\rb\r\rc\r\n", "a\nb\nc"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := flatten([]byte(tt.body), false)
			if p.html || p.text != tt.want {
				t.Errorf("html %v, text %q, want plain %q", p.html, p.text, tt.want)
			}
		})
	}
}

func TestStuffedLinesLoseTheirDashAndKeepTheirPlace(t *testing.T) {
	for _, body := range []string{"a\n- -----\n- --b\n- c\n", "<p>a<br>\n- --b</p>"} {
		p := flatten([]byte(body), true)
		checkPage(t, []byte(body), p)
		i := p.block(int32(strings.Index(p.text, "--b")))
		if got := p.line(i); got != "--b" || body[p.blocks[i].begin:p.blocks[i].end] != "--b" {
			t.Errorf("%q: line %q made of %q, want --b of itself", body, got, body[p.blocks[i].begin:p.blocks[i].end])
		}
	}
}

func TestPlacedWordsAreColumns(t *testing.T) {
	for body, want := range map[string]string{
		"<div><kbd style='position:absolute;margin-left:0pt'>Ada Quill</kbd><kbd style='position:absolute;margin-left:90pt'>112,889</kbd><kbd style='position:absolute'>871</kbd></div>": "Ada Quill\t112,889\t871",
		"<p><kbd style='position:absolute'>99.1</kbd><kbd style='margin-left:72pt'></kbd>Press Release</p>":                                                                              "99.1\tPress Release",
		"<p><font style='DISPLAY:inline;MARGIN-LEFT:0pt'>99.1</font><font style='DISPLAY: inline; MARGIN-LEFT: 36pt'>Press Release</font></p>":                                           "99.1\tPress Release",
		"<p>a<span style='display:inline'>b</span><span style='margin-left:3pt'>c</span></p>":                                                                                            "abc",
	} {
		if p := flatten([]byte(body), false); p.text != want {
			t.Errorf("%s: text %q, want %q", body, p.text, want)
		}
	}
}

func TestBlocksKnowHowTheyLook(t *testing.T) {
	body := "<html><body><p align=center><b>Head</b></p><p><b>Lead.</b> And more</p><hr><p><u>x</u></p><p style='font-weight:700;text-align:center'>y<span style='font-weight:400'>z</span></p>" +
		"<table><tr><td>a</td><td><i>b</i></td></tr><tr><td>c</td></tr></table><a href='#x'>Table of Contents</a><h2>H</h2><p>7</p>"
	p := flatten([]byte(body), false)
	type look struct {
		Text, Lead string
		Style      style
		Row, Col   int
	}
	var got []look
	for i, b := range p.blocks {
		got = append(got, look{p.line(i), p.text[b.from:b.lead], b.style, int(b.row), int(b.col)})
	}
	want := []look{
		{"Head", "Head", bold | centred | paragraph, 0, 0},
		{"Lead. And more", "Lead.", bold | paragraph, 0, 0},
		{"x", "x", underline | paragraph | pageBreak, 0, 0},
		{"yz", "y", bold | centred | paragraph, 0, 0},
		{"a", "", paragraph, 1, 0},
		{"b", "b", italic | paragraph, 1, 1},
		{"c", "", paragraph, 2, 0},
		{"Table of Contents", "", linked | paragraph | furniture, 0, 0},
		{"H", "H", heading | paragraph, 0, 0},
		{"7", "", paragraph | furniture, 0, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
}

func TestFactsAreGatheredVisibleAndHidden(t *testing.T) {
	body := `<html><div style="display:none"><ix:header><ix:hidden><ix:nonNumeric name="dei:AmendmentFlag" contextRef="c0">false</ix:nonNumeric></ix:hidden>
<xbrli:context id="c0"></xbrli:context><xbrli:context id="c1"><xbrli:segment><xbrldi:explicitMember dimension="us-gaap:StatementClassOfStockAxis">us-gaap:CommonClassAMember</xbrldi:explicitMember></xbrli:segment></xbrli:context></ix:header></div>
<p>FORM <ix:nonNumeric name="dei:DocumentType" contextRef="c0">8-K</ix:nonNumeric></p><p><ix:nonNumeric name='dei:TradingSymbol' contextRef='c1' format='x:y'>MH<b>C</b></ix:nonNumeric> <ix:nonNumeric name="us-gaap:Other">q</ix:nonNumeric></p>`
	p := flatten([]byte(body), false)
	for i := range p.facts {
		p.facts[i].from, p.facts[i].to = 0, 0
	}
	want := []fact{
		{name: "dei:AmendmentFlag", context: "c0", value: "false", hidden: true},
		{name: "dei:DocumentType", context: "c0", value: "8-K"},
		{name: "dei:TradingSymbol", context: "c1", format: "x:y", value: "MHC"},
	}
	if diff := cmp.Diff(want, p.facts, cmp.AllowUnexported(fact{})); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	contexts := []context{{id: "c1", members: []member{{"us-gaap:StatementClassOfStockAxis", "us-gaap:CommonClassAMember"}}}}
	if diff := cmp.Diff(contexts, p.contexts, cmp.AllowUnexported(context{}, member{})); diff != "" {
		t.Errorf("contexts (-want +got):\n%s", diff)
	}
	if p.text != "FORM 8-K\nMHC q" {
		t.Errorf("text %q", p.text)
	}
}

func TestTextIsThereForDocumentsThatHaveIt(t *testing.T) {
	d := Document{Type: "EX-99.1", Media: mediaHTML, body: []byte("<p>Harbor grows</p><p>2</p><hr><p>and grows.</p>")}
	if got, err := d.Text(); err != nil || got != "Harbor grows and grows." {
		t.Errorf("text %q, %v", got, err)
	}
	for _, d := range []Document{{Type: "GRAPHIC", Media: "image/jpeg"}, {Type: "EX-99", Media: mediaPDF, body: []byte("%PDF")}, {Type: "EX-99.1", Media: mediaHTML}} {
		if _, err := d.Text(); !errors.Is(err, ErrNoText) {
			t.Errorf("%s: error %v, want %v", d.Type, err, ErrNoText)
		}
	}
}
