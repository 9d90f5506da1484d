package parse

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

const uuencodedImage = "\nbegin 644 logo.jpg\n"

func image(lines int) string {
	return uuencodedImage + strings.Repeat("M_]C_X  02D9)1@ ! 0$ 8 !@  #_X6A_17AI9@  34T *@    @ !@\\\\$\\$</TEXT>%\n", lines) + "`\nend\n"
}

func document(kind, name, body string) string {
	s := "<DOCUMENT>\n<TYPE>" + kind + "\n<SEQUENCE>1\n"
	if name != "" {
		s += "<FILENAME>" + name + "\n"
	}
	return s + "<TEXT>" + body + "</TEXT>\n</DOCUMENT>\n"
}

// withDocuments wraps documents into a submission.
func withDocuments(docs ...string) string {
	return "<SEC-DOCUMENT>0000000001-24-000001.txt : 20240102\n<SEC-HEADER>0000000001-24-000001.hdr.sgml : 20240102\n" +
		"ACCESSION NUMBER:\t\t0000000001-24-000001\nCONFORMED SUBMISSION TYPE:\t8-K\nFILED AS OF DATE:\t\t20240102\n</SEC-HEADER>\n" +
		strings.Join(docs, "") + "</SEC-DOCUMENT>\n"
}

func keepText(tb testing.TB, s string) (string, Original) {
	tb.Helper()
	var out strings.Builder
	o, err := KeepText(&out, strings.NewReader(s))
	if err != nil {
		tb.Fatalf("KeepText: %v", err)
	}
	return out.String(), o
}

func TestOnlyWhatNobodyReadsIsCut(t *testing.T) {
	long := strings.Repeat("x", 5_000)
	for _, c := range []struct {
		kind, name, body string
		media            string // of what is cut, "" when it is kept
	}{
		{"8-K", "d8k.htm", "\n<html><body>" + long + "</body></html>\n", ""},
		{"8-K", "d8k.htm", "\n<XBRL>\n<?xml version='1.0'?><html>" + long + "</html>\n</XBRL>\n", ""},
		{"8-K", "", "\n" + long + "\n", ""},
		{"EX-99.1", "ex.txt", "\n<PAGE>\n" + long + "\nbegin 644 words in a text\n", ""},
		{"EX-99.1", "ex.weird", "\n" + long + "\n", ""},
		{"EX-27", "", "\n<ARTICLE> 5\n" + long + "\n", ""},
		{"GRAPHIC", "logo.jpg", image(80), "image/jpeg"},
		{"GRAPHIC", "", image(80), "image/jpeg"},
		{"EX-99.2", "deck.pdf", "\n<PDF>\nbegin 644 deck.pdf\n" + long + "\nend\n</PDF>\n", "application/pdf"},
		{"EX-99.2", "", "\n<PDF>\n%PDF-1.4" + long + "\n</PDF>\n", "application/pdf"},
		{"EX-101.INS", "a-20240102.xml", "\n<XBRL>\n<?xml version='1.0'?><xbrl>" + long + "</xbrl>\n</XBRL>\n", "application/xml"},
		{"EX-101.SCH", "a-20240102.xsd", "\n<XBRL>\n" + long + "\n</XBRL>\n", "application/xml"},
		{"EX-101.LAB", "odd.txt", "\n" + long + "\n", "text/plain"},
		{"XML", "R1.htm", "\n<html>" + long + "</html>\n", "text/html"},
		{"XML", "FilingSummary.xml", "\n<XML>\n" + long + "\n</XML>\n", "application/xml"},
		{"XML", "d8k_htm.xml", "\n<XML>\n" + long + "\n</XML>\n", "application/xml"},
		{"EXCEL", "Financial_Report.xlsx", "\nbegin 644 Financial_Report.xlsx\n" + long + "\nend\n", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"ZIP", "a-xbrl.zip", "\nbegin 644 a-xbrl.zip\n" + long + "\nend\n", "application/zip"},
		{"JSON", "MetaLinks.json", "\n{" + long + "}\n", "application/json"},
		{"GRAPHIC", "dot.gif", "\nbegin 644 dot.gif\nend\n", ""}, // a mark would be longer
	} {
		in := withDocuments(document("8-K", "first.txt", "\nfirst\n"), document(c.kind, c.name, c.body), document("EX-99.9", "last.txt", "\nlast\n"))
		got, o := keepText(t, in)
		want := in
		if c.media != "" {
			want = strings.Replace(in, c.body, fmt.Sprintf("\n[edgard cut %d bytes of %s, sha256 %x]\n", len(c.body), c.media, sha256.Sum256([]byte(c.body))), 1)
		}
		if got != want {
			t.Errorf("%s %s: got\n%q\nwant\n%q", c.kind, c.name, got, want)
		}
		if o.Size != int64(len(in)) || o.SHA256 != sha256.Sum256([]byte(in)) || (o.Documents == 1) != (c.media != "") {
			t.Errorf("%s %s: original %+v", c.kind, c.name, o)
		}
	}
}

func TestACutDocumentIsListedWithWhatItWas(t *testing.T) {
	body := image(100)
	in := withDocuments(document("8-K", "d8k.txt", "\nItem 8.01 Other Events.\n\nIt happened.\n"), document("GRAPHIC", "logo.jpg", body))
	out, _ := keepText(t, in)
	s, err := ReadSubmission(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	d := s.Documents[1]
	sum := sha256.Sum256([]byte(body))
	want := &Cut{int64(len(body)), hex.EncodeToString(sum[:])}
	if diff := cmp.Diff(want, d.Cut); diff != "" || d.Media != "image/jpeg" || len(s.Warnings) > 0 || !s.Complete {
		t.Errorf("media %s, warnings %v, complete %v, cut (-want +got)\n%s", d.Media, s.Warnings, s.Complete, diff)
	}
	if got := out[d.Offset : d.Offset+d.Length]; !strings.HasPrefix(got, "\n[edgard cut ") {
		t.Errorf("offsets lead to %q", got)
	}
	if _, err := d.Text(); !errors.Is(err, ErrNoText) {
		t.Errorf("text: %v, want ErrNoText", err)
	}
	if again, o := keepText(t, out); again != out || o.Documents != 0 {
		t.Errorf("cut again it is\n%s", again)
	}
}

func TestWhatOnlyLooksLikeAMarkIsText(t *testing.T) {
	good := strings.Trim(markOfCut(Cut{7, strings.Repeat("0f", 32)}, "image/gif"), "\n")
	for _, s := range []string{
		"said: " + good, good + "\nmore", strings.Replace(good, "7", "+7", 1), strings.Replace(good, "7", "-7", 1),
		strings.Replace(good, "0f", "0F", 1), strings.Replace(good, "image/gif", "image/none", 1), good[:len(good)-1], strings.Replace(good, "0f", "", 1),
	} {
		if c, _ := readCut([]byte("\n" + s + "\n")); c != nil {
			t.Errorf("%q is taken for a mark", s)
		}
	}
	if c, media := readCut([]byte("\r\n" + good + "\r\n")); c == nil || media != "image/gif" {
		t.Errorf("%q is not taken for a mark", good)
	}
}

func TestKeepTextCopesWithEveryWrapping(t *testing.T) {
	body, docs := image(90), document("8-K", "", "\nwords\n")
	for name, in := range map[string]string{
		"envelope":   "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n" + withDocuments(docs, document("GRAPHIC", "", body)) + "-----END PRIVACY-ENHANCED MESSAGE-----\n",
		"feed":       "<SUBMISSION>\n<ACCESSION-NUMBER>0000000001-24-000001\n<TYPE>8-K\n" + docs + document("GRAPHIC", "", body) + "</SUBMISSION>\n",
		"bare":       docs + document("GRAPHIC", "", body),
		"cr":         strings.ReplaceAll(withDocuments(docs, document("GRAPHIC", "", body)), "\n", "\r"),
		"crlf":       strings.ReplaceAll(withDocuments(docs, document("GRAPHIC", "", body)), "\n", "\r\n"),
		"unclosed":   strings.TrimSuffix(withDocuments(docs, document("GRAPHIC", "", body)), "</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"),
		"no text":    withDocuments(docs, "<DOCUMENT>\n<TYPE>GRAPHIC\n</DOCUMENT>\n", document("GRAPHIC", "a.jpg", body)),
		"no </TEXT>": withDocuments(docs, strings.Replace(document("GRAPHIC", "a.jpg", strings.ReplaceAll(body, "</TEXT>", "M")), "</TEXT>\n", "", 1)),
	} {
		out, o := keepText(t, in)
		if o.Documents != 1 || len(out) > 1_000 || !strings.Contains(out, "[edgard cut ") {
			t.Errorf("%s: %d documents cut, %d bytes left\n%s", name, o.Documents, len(out), out[:min(len(out), 1000)])
		}
		a, err := ParseSubmission([]byte(in))
		if err != nil {
			t.Fatal(err)
		}
		b, err := ParseSubmission([]byte(out))
		if err != nil || a.Complete != b.Complete || len(a.Documents) != len(b.Documents) {
			t.Errorf("%s: %v, complete %v and %v, %d and %d documents", name, err, a.Complete, b.Complete, len(a.Documents), len(b.Documents))
		}
	}
}

func TestKeepTextTellsWhyItStopped(t *testing.T) {
	in := withDocuments(document("8-K", "", "\n"+strings.Repeat("words\n", 50_000)))
	if _, err := KeepText(io.Discard, strings.NewReader("<html>")); !errors.Is(err, ErrNotSubmission) {
		t.Errorf("of html: %v", err)
	}
	lost := errors.New("line lost")
	if _, err := KeepText(io.Discard, io.MultiReader(strings.NewReader(in[:70_000]), iotest.ErrReader(lost))); !errors.Is(err, lost) {
		t.Errorf("of a broken reader: %v", err)
	}
	if _, err := KeepText(full{}, strings.NewReader(in)); !errors.Is(err, errFull) {
		t.Errorf("into a full disk: %v", err)
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// placeless is the JSON of what a submission says, without where it stands.
func placeless(tb testing.TB, s *Submission) string {
	tb.Helper()
	f := EightK(s)
	for i := range f.Documents {
		d := &f.Documents[i]
		d.Offset, d.Length, d.Cut = 0, 0, nil
	}
	for i := range f.Items {
		f.Items[i].Offset, f.Items[i].Length = 0, 0
	}
	return asJSON(tb, f)
}

func asJSON(tb testing.TB, f *Filing) string {
	tb.Helper()
	b, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

func TestARealCutCopySaysWhatTheOriginalSays(t *testing.T) {
	var before, after int64
	for _, file := range corpusFiles(t, "submissions", "submissions_neg") {
		raw := mustRead(t, file)
		var out bytes.Buffer
		o, err := KeepText(&out, iotest.HalfReader(bytes.NewReader(raw)))
		if err != nil || o.Size != int64(len(raw)) || o.SHA256 != sha256.Sum256(raw) {
			t.Errorf("%s: %+v, %v", file, o, err)
			continue
		}
		a, err1 := ParseSubmission(raw)
		b, err2 := ParseSubmission(out.Bytes())
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if diff := cmp.Diff(placeless(t, a), placeless(t, b)); diff != "" {
			t.Errorf("%s: (-original +cut)\n%s", filepath.Base(file), diff)
		}
		for i := range a.Documents {
			x, errX := a.Documents[i].Text()
			y, errY := b.Documents[i].Text()
			if x != y || (errX == nil) != (errY == nil) {
				t.Errorf("%s: text of document %d differs", filepath.Base(file), i)
			}
		}
		before, after = before+o.Size, after+int64(out.Len())
	}
	t.Logf("%d of %d bytes kept", after, before)
}

func FuzzKeepText(f *testing.F) {
	f.Add([]byte(withDocuments(document("8-K", "a.htm", "\nwords\n"), document("GRAPHIC", "b.jpg", image(5)))))
	f.Add([]byte("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n<SEC-HEADER>\n</SEC-HEADER>\n" + document("GRAPHIC", "", image(5))))
	f.Add([]byte(strings.ReplaceAll(document("XML", "R1.htm", "\n<html>"+strings.Repeat("a", 300)+"\n"), "\n", "\r")))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		o, err := KeepText(&out, bytes.NewReader(in))
		a, aerr := ParseSubmission(in)
		if (err == nil) != (aerr == nil) {
			t.Fatalf("KeepText: %v, ParseSubmission: %v", err, aerr)
		}
		if err != nil {
			return
		}
		if o.Documents == 0 && !bytes.Equal(out.Bytes(), in) || out.Len() > len(in) || o.SHA256 != sha256.Sum256(in) {
			t.Fatalf("%+v of %d bytes made %d", o, len(in), out.Len())
		}
		b, err := ParseSubmission(out.Bytes())
		if err != nil || len(a.Documents) != len(b.Documents) {
			t.Fatalf("the copy: %v, %d documents of %d", err, len(b.Documents), len(a.Documents))
		}
		for i := range a.Documents {
			if x, y := &a.Documents[i], &b.Documents[i]; x.isText() && !bytes.Equal(x.body, y.body) {
				t.Fatalf("document %d: %q became %q", i, x.body, y.body)
			}
		}
	})
}
