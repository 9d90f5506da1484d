package parse

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
)

// amendment is a made report with the given text between cover and first item, and
// in it.
func amendment(title, note, body string) string {
	return fmt.Sprintf(`<html><body><p>UNITED STATES</p><p>SECURITIES AND EXCHANGE COMMISSION</p><p>FORM 8-K/A</p><p>%s</p><p>CURRENT REPORT</p>
<p>Pursuant to Section 13 or 15(d) of the Securities Exchange Act of 1934</p><p>Date of Report (Date of earliest event reported): May 12, 2009</p>
<p>TALLOW MILL CORP</p><p>(Exact name of registrant as specified in its charter)</p>
<p>Check the appropriate box below if the Form 8-K filing is intended to simultaneously satisfy the filing obligation of the registrant:</p>
%s
<p>Item 2.01 Completion of Acquisition or Disposition of Assets</p><p>%s</p>
<p>SIGNATURE</p><p>Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this report to be signed.</p></body></html>`, title, note, body)
}

func date(s string) edgar.Date {
	d, err := edgar.ParseDate(s)
	if err != nil {
		panic(err) // a constant of a test
	}
	return d
}

func noteOf(t *testing.T, html string) *AmendmentNote {
	t.Helper()
	sub := "<SEC-DOCUMENT>0009000001-09-000009.txt : 20090801\n<SEC-HEADER>0009000001-09-000009.hdr.sgml : 20090801\nACCESSION NUMBER:\t\t0009000001-09-000009\nCONFORMED SUBMISSION TYPE:\t8-K/A\nCONFORMED PERIOD OF REPORT:\t20090512\nFILED AS OF DATE:\t\t20090801\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>8-K/A\n<SEQUENCE>1\n<TEXT>\n" + html + "\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
	f, err := ReadFiling(strings.NewReader(sub))
	if err != nil {
		t.Fatal(err)
	}
	return f.AmendmentNote
}

// notes are made amendments and what is to be read of them.
var notes = map[string]struct {
	note, body   string
	number       int
	filed, dated string
	title        string
}{
	"in an explanatory note, filed before the verb": {
		note:  `<p>EXPLANATORY NOTE</p><p>On May 15, 2009, Tallow Mill Corp. (the “Company”) filed a Current Report on Form 8-K (the “Original Form 8-K”) with the Securities and Exchange Commission.</p>`,
		filed: "2009-05-15"},
	"originally filed on": {
		title:  "(Amendment No. 2)",
		note:   `<p>This Amendment No. 2 on Form 8-K/A to the Form 8-K originally filed with the Commission (“SEC”) on May 15, 2009 (the “Initial 8-K”) revises Amendment No. 1 to the Initial 8-K filed with the SEC on July 20, 2009 (the “First Amendment”).</p>`,
		number: 2, filed: "2009-05-15"},
	"another amendment is not what is amended": {
		title:  "Amendment No. 2",
		note:   `<p>Amendment No. 1 to the Initial 8-K filed with the SEC on July 20, 2009 (the “First Amendment”) contained an error. This amendment corrects it.</p>`,
		number: 2},
	"that was initially filed": {
		note:   `<p>The Company is filing this Amendment No. 1 to its Current Report on Form 8-K that was initially filed with the Securities and Exchange Commission on May 18, 2009 to include exhibits.</p>`,
		number: 1, filed: "2009-05-18"},
	"the event before is not the filing": {
		note:  `<p>On May 12, 2009, Tallow Mill, Inc. purchased the stock of Oddment Ltd. for cash on hand. On May 19, 2009, Tallow Mill filed a Current Report on Form 8-K to report completion, which is being amended hereby.</p>`,
		filed: "2009-05-19"},
	"by an old form's sentence": {
		note:  `<p>The undersigned registrant hereby amends the following items, financial statements, exhibits or other portions of its Current Report on Form 8-K dated May 12, 2009 as set forth below:</p>`,
		dated: "2009-05-12"},
	"dated and filed": {
		note:  `<p>This amends our report on Form 8-K dated May 12, 2009 and filed with the Commission on May 18, 2009, as amended by Amendment No. 1 filed on June 1, 2009.</p>`,
		dated: "2009-05-12", filed: "2009-05-18"},
	"in an item": {
		body:  `This is an amendment to an 8k filed May 15,2009 regarding an acquisition.`,
		filed: "2009-05-15"},
	"in an item whose paragraph goes on to speak of the amendment": {
		body:  `On May 15, 2009, the Company filed a Current Report on Form 8-K to report its purchase. Some time went by. This amendment is filed to provide statements.`,
		filed: "2009-05-15"},
	"an amendment to a form": {
		body:  `This Form 8-K/A is filed as an amendment to Form 8-K filed by Tallow Mill Co., Inc. (“Tallow” or the “Company”) on May 15, 2009 (the “Initial 8-K”).`,
		filed: "2009-05-15"},
	"in an item, by an older sentence": {
		body:  `The report on Form 8-K dated May 12, 2009 is amended by adding the following.`,
		dated: "2009-05-12"},
	"what an item only recalls is no statement": {
		body: `As reported in the Current Report on Form 8-K filed on May 1, 2009, the Company borrowed money.`},
	"where an exhibit can be found is no statement": {
		note: `<p>Exhibit 2.1 to the Original Form 8-K filed on April 2, 2009 is incorporated by reference.</p>`},
	"a contract's number is not the amendment's": {
		body: `The parties signed Amendment No. 7 to the Credit Agreement.`},
	"what is yet to be filed was not": {
		note: `<p>Pro forma statements must, as this Form 8-K/A amends, be filed on Form 8-K to be filed by July 20, 2009.</p>`},
	"nothing filed after the amendment is its original": {
		note: `<p>This amends the Form 8-K filed on May 15, 2010.</p>`},
	"what was not updated is not dated": {
		note: `<p>This amendment does not amend the Original Filing otherwise, which was not updated for what occurred subsequent to May 15, 2009.</p>`},
	"the report itself is not its original": {
		note: `<p>This amendment of this Current Report on Form 8-K dated June 1, 2009 speaks for itself.</p>`},
	"nor where it names itself in quotes": {
		note: `<p>This report (this “Form 8-K/A”, or this “Form 8-K”) supplements the prospectus filed on May 1, 2009.</p>`},
	"a form with hyphens that do not break": {
		note:  "<p>This amendment amends the Form 8\u2011K filed by Tallow Mill Corp. on May 15, 2009.</p>",
		filed: "2009-05-15"},
}

func TestAnAmendmentSaysWhatItAmends(t *testing.T) {
	for name, tt := range notes {
		t.Run(name, func(t *testing.T) {
			var want AmendmentNote
			want.Number = tt.number
			if tt.filed != "" {
				want.OriginalFiled = date(tt.filed)
			}
			if tt.dated != "" {
				want.OriginalDated = date(tt.dated)
			}
			got := noteOf(t, amendment(tt.title, tt.note, tt.body))
			if got == nil {
				got = new(AmendmentNote)
			}
			if (got.Text == "") != (tt.filed == "" && tt.dated == "") {
				t.Errorf("text %q", got.Text)
			}
			got.Text = ""
			if diff := cmp.Diff(want, *got, cmp.Comparer(func(a, b edgar.Date) bool { return a == b })); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAReportThatIsNoAmendmentHasNoNote(t *testing.T) {
	html := strings.ReplaceAll(amendment("", "<p>The Form 8-K filed on May 1, 2009 was not amended.</p>", ""), "8-K/A", "8-K")
	if f, err := ReadFiling(strings.NewReader(html)); err != nil || f.AmendmentNote != nil {
		t.Errorf("%v, note %+v, want none", err, f.AmendmentNote)
	}
}

func TestTheSentenceOfANoteIsBounded(t *testing.T) {
	long := strings.Repeat("very ", 150)
	got := noteOf(t, amendment("", "<p>This amends the Form 8-K filed on May 15, 2009 at a "+long+"late hour.</p>", ""))
	if got == nil || len(got.Text) > maxNoteText+len(" …") || !strings.HasSuffix(got.Text, "very …") || !strings.HasPrefix(got.Text, "This amends") {
		t.Errorf("got %+v, want the beginning of the sentence", got)
	}
}

// FuzzNote reads a note in arbitrary bytes: nothing may panic, and dates and
// sentence are bounded.
func FuzzNote(f *testing.F) {
	f.Add([]byte(amendment("(Amendment No. 2)", "<p>This amends the Form 8-K dated May 3, 2009 and filed on May 5, 2009.</p>", "On May 5, 2009 Inc. filed a Form 8-K. ")))
	f.Add([]byte("FORM 8-K/A\nAmendment No. One\n\n  On May 5, 2009, A. Inc. filed\nits original 8K.\nItem 5. Other Events\n8-K filed on 5/5/09"))
	f.Add([]byte("8-K/A\xe2\x80\x91 8\xe2\x80\x91K filed 1. 8-K dated . On 8-K"))
	f.Fuzz(func(t *testing.T, body []byte) {
		p := flatten(body, false)
		n := readNote(p, date("2009-08-01"))
		if n == nil {
			return
		}
		if n.Number < 0 || n.Number > 99 || len(n.Text) > maxNoteText+len(" …") || !utf8.ValidString(n.Text) {
			t.Errorf("got %+v", n)
		}
		if dated := !n.OriginalFiled.IsZero() || !n.OriginalDated.IsZero(); dated != (n.Text != "") || n.OriginalFiled.Compare(date("2009-08-01")) > 0 {
			t.Errorf("got %+v", n)
		}
	})
}

func BenchmarkNote(b *testing.B) {
	body := amendment("(Amendment No. 2)", "<p>This amends the Form 8-K dated May 3, 2009 and filed on May 5, 2009.</p>", strings.Repeat("On May 5, 2009 the Company completed its purchase. ", 2000))
	p := flatten([]byte(body), false)
	b.ReportAllocs()
	for b.Loop() {
		readNote(p, date("2009-08-01"))
	}
}
