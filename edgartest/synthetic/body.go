package synthetic

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
)

// body makes the documents of one submission, about size bytes in the proportions
// of real ones: report, press release, XBRL, pictures and archives.
func body(seed uint64, size int) []byte {
	g := &generator{seed: seed}
	g.document("8-K", "d8k.htm", "CURRENT REPORT", func() { g.page(size * 15 / 100) })
	g.document("EX-99.1", "dex991.htm", "PRESS RELEASE", func() { g.release(size * 30 / 100) })
	g.document("EX-101.LAB", "made_lab.xml", "XBRL TAXONOMY EXTENSION LABEL LINKBASE", func() { g.labels(size * 25 / 100) })
	g.document("XML", "R1.htm", "IDEA: XBRL DOCUMENT", func() { g.facts(size * 15 / 100) })
	g.pictures(size * 15 / 100)
	return g.Bytes()
}

// generator writes text that is as hard to compress as the real one.
type generator struct {
	bytes.Buffer
	seed uint64
}

func (g *generator) rand(n int) int {
	g.seed = mix(g.seed)
	return int(g.seed >> 33 % uint64(n))
}

func (g *generator) document(kind, name, description string, write func()) {
	fmt.Fprintf(g, "<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>%d\n<FILENAME>%s\n<DESCRIPTION>%s\n<TEXT>\n", kind, 1+bytes.Count(g.Bytes(), []byte("<DOCUMENT>")), name, description)
	write()
	g.WriteString("\n</TEXT>\n</DOCUMENT>\n")
}

const (
	openPage   = "<html><head><title>8-K</title></head><body style=\"font: 10pt Times New Roman, Times, Serif\">"
	openStyled = "<p style=\"font: 10pt Times New Roman, Times, Serif; margin: 0pt 0; text-indent: 0.5in; text-align: justify\">"
	cover      = "<p><b>UNITED STATES SECURITIES AND EXCHANGE COMMISSION</b></p><p>Washington, D.C. 20549</p><p><b>FORM 8-K</b></p><p>CURRENT REPORT</p>" +
		"<p>Date of Report (Date of earliest event reported): <b>February 1, 2024</b></p><p><b>TIDEWATER LENS WORKS</b></p><p>(Exact name of registrant as specified in its charter)</p>" +
		"<table><tr><td>Delaware</td><td>001-99999</td><td>99-0000000</td></tr><tr><td>(State or other jurisdiction of incorporation)</td><td>(Commission File Number)</td>" +
		"<td>(IRS Employer Identification No.)</td></tr></table><p>1 Lantern Quay, Wilmington, Delaware 19801</p><p>(Address of principal executive offices)</p>"
	signature = "<p>Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this report to be signed on its behalf by the undersigned hereunto duly authorized.</p>" +
		"<p>SIGNATURES</p><table><tr><td>TIDEWATER LENS WORKS</td></tr><tr><td>Date: February 1, 2024</td><td>By: /s/ Ada Pellworm</td></tr><tr><td></td><td>Ada Pellworm, Chief Financial Officer</td></tr></table></body></html>"
)

// page writes the report.
func (g *generator) page(size int) {
	end := g.Len() + size
	g.WriteString(openPage + cover + "<p><b>Item 2.02. Results of Operations and Financial Condition.</b></p>")
	for g.Len() < end {
		g.paragraph(80)
	}
	g.WriteString("<p><b>Item 9.01. Financial Statements and Exhibits.</b></p><p>(d) Exhibits</p><table><tr><td>99.1</td><td>Press release dated February 1, 2024</td></tr></table>" + signature)
}

// release writes paragraphs and tables by turns.
func (g *generator) release(size int) {
	end := g.Len() + size
	g.WriteString(openPage)
	for g.Len() < end {
		g.paragraph(90)
		g.WriteString("<table cellpadding=\"0\" cellspacing=\"0\" style=\"width: 100%\">")
		for range 8 {
			fmt.Fprintf(g, "<tr style=\"vertical-align: bottom; background-color: #CCEEFF\"><td style=\"width: 70%%\">%s %s</td><td>$</td><td style=\"text-align: right\">%d,%03d</td><td>&#160;</td><td style=\"text-align: right\">(%d.%d</td><td>)%%</td></tr>\n",
				g.word(), g.word(), g.rand(900), g.rand(1000), g.rand(60), g.rand(10))
		}
		g.WriteString("</table>")
	}
	g.WriteString("</body></html>")
}

func (g *generator) labels(size int) {
	g.WriteString("<XML>\n<?xml version=\"1.0\"?>\n<linkbase>")
	for end := g.Len() + size; g.Len() < end; {
		name := g.camel()
		fmt.Fprintf(g, "<loc xlink:type=\"locator\" xlink:href=\"made-20240201.xsd#made_%s\" xlink:label=\"loc_%s%x\"/>\n<labelArc xlink:type=\"arc\" xlink:from=\"loc_%s\" xlink:arcrole=\"http://www.xbrl.org/2003/arcrole/concept-label\" order=\"%d\"/>\n",
			name, name, g.rand(1<<30), name, g.rand(100))
	}
	g.WriteString("</linkbase>\n</XML>")
}

func (g *generator) facts(size int) {
	g.WriteString("<html><body><table class=\"report\" border=\"0\" cellspacing=\"2\">\n")
	for end := g.Len() + size; g.Len() < end; {
		name := g.camel()
		fmt.Fprintf(g, "<tr class=\"re\"><td class=\"pl\" style=\"border-bottom: 0px;\" valign=\"top\"><a class=\"a\" href=\"javascript:void(0);\" onclick=\"Show.showAR( this, 'defref_dei_%s', window );\">%s %s</a></td><td class=\"text\">%d</td></tr>\n",
			name, g.word(), g.word(), g.rand(1e6))
	}
	g.WriteString("</table></body></html>")
}

// pictures writes documents of uuencoded random bytes.
func (g *generator) pictures(size int) {
	enc := base64.NewEncoding(uu).WithPadding(base64.NoPadding)
	for end := g.Len() + size; g.Len() < end; {
		left := min(end-g.Len(), 1<<20)
		g.document("GRAPHIC", "g.jpg", "PICTURE", func() {
			g.WriteString("begin 644 g.jpg\n")
			for stop := g.Len() + left; g.Len() < stop; {
				g.uuLine(enc)
			}
			g.WriteString("`\nend")
		})
	}
}

// uu is the alphabet of uuencoding.
const uu = "`!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_"

func (g *generator) uuLine(enc *base64.Encoding) {
	var raw [45]byte
	for i := range raw {
		raw[i] = byte(g.rand(256))
	}
	g.WriteByte('M')
	g.WriteString(enc.EncodeToString(raw[:]))
	g.WriteByte('\n')
}

func (g *generator) paragraph(words int) {
	g.WriteString(openStyled)
	for i := range words {
		switch {
		case i > 0 && i%17 == 0:
			fmt.Fprintf(g, ". $%d.%d million", g.rand(900), g.rand(10))
		case i > 0 && i%23 == 0:
			g.WriteString(" &#147;")
		}
		g.WriteByte(' ')
		g.WriteString(g.word())
	}
	g.WriteString(".</p>\n")
}

func (g *generator) camel() string {
	var b strings.Builder
	for range 3 {
		w := g.word()
		b.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return b.String()
}

// word picks a word; the first ones are the most frequent, as in any language.
func (g *generator) word() string {
	return words[g.rand(g.rand(len(words))+1)]
}

var words = strings.Fields(`the of and to in a or for its as by company with on that any such shall be agreement which this from is not are has other
under date at may an will board registrant shares common stock directors securities including period rate notes amount holders financial results
operations quarter fiscal net income revenue increase decrease compared prior year adjusted non-gaap measures cash flow operating expenses margin
guidance outlook forward looking statements risks uncertainties differ materially management believes expects anticipates intends plans could would
should facility credit lender borrower administrative agent covenant default event termination amendment restated consolidated subsidiaries affiliates
executive officer president chairman elected appointed resigned effective immediately severance compensation committee award restricted units vesting
purchase price closing conditions customary representations warranties indemnification merger consideration exchange ratio stockholders meeting proxy
votes withheld abstentions nominees ratification independent accounting firm dividend declared payable record holders distribution trust indenture
principal interest maturity redemption premium tender offer underwriters prospectus registration statement exhibit furnished filed pursuant section
act rule commission incorporated reference except expressly set forth specific filing lens optical harbor tidal turbine ferry granite orchard lantern
clinical trial patients phase endpoint approval manufacturing supply inventory backlog customers segment geographic currency headwinds restructuring
impairment goodwill intangible deferred tax valuation allowance litigation settlement accrued liability contingent lease property equipment capital
expenditures liquidity availability revolving term loan leverage coverage benchmark spread basis points floor hedge derivative fair value hierarchy`)
