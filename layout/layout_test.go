package layout

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

var tidewater = Issuer{CIK: must(edgar.ParseCIK("900001")), Name: "Tidewater /DE/ Lens: Works."}

// document is one <DOCUMENT> with the given head and text.
func document(sequence int, kind, filename, text string) string {
	head := fmt.Sprintf("<DOCUMENT>\n<TYPE>%s\n<SEQUENCE>%d\n", kind, sequence)
	if filename != "" {
		head += "<FILENAME>" + filename + "\n"
	}
	return head + "<TEXT>\n" + text + "</TEXT>\n</DOCUMENT>\n"
}

// submission is a whole one of the 8-K 0000900001-24-000007.
func submission(documents ...string) string {
	return "<SEC-DOCUMENT>0000900001-24-000007.txt : 20240205\n<SEC-HEADER>0000900001-24-000007.hdr.sgml : 20240205\n" +
		"<ACCEPTANCE-DATETIME>20240205163005\nACCESSION NUMBER:\t\t0000900001-24-000007\nCONFORMED SUBMISSION TYPE:\t8-K/A\n" +
		"FILED AS OF DATE:\t\t20240205\n\nFILER:\n\n\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\t\t\tTIDEWATER <LENS> WORKS\n" +
		"\t\tCENTRAL INDEX KEY:\t\t\t0000900001\n</SEC-HEADER>\n" + strings.Join(documents, "") + "</SEC-DOCUMENT>\n"
}

// encode uuencodes data, blanks standing for zeros and cut from line ends as some
// encoders do, or ` standing for them.
func encode(name string, data []byte, zero byte) string {
	b := bytes.NewBufferString("begin 644 " + name + "\n")
	put := func(v byte) {
		if v == 0 {
			b.WriteByte(zero)
		} else {
			b.WriteByte(v + ' ')
		}
	}
	for len(data) > 0 {
		line := data[:min(45, len(data))]
		data = data[len(line):]
		put(byte(len(line)))
		for i := 0; i < len(line); i += 3 {
			var g [3]byte
			copy(g[:], line[i:])
			put(g[0] >> 2)
			put(g[0]<<4&63 | g[1]>>4)
			put(g[1]<<2&63 | g[2]>>6)
			put(g[2] & 63)
		}
		if zero == ' ' {
			b.Truncate(len(bytes.TrimRight(b.Bytes(), " ")))
		}
		b.WriteByte('\n')
	}
	return b.String() + string(zero) + "\nend\n"
}

// picture is bytes of every value, zeros at the end of lines among them.
func picture() []byte {
	data := make([]byte, 1000)
	for i := range data {
		if i%45 < 40 {
			data[i] = byte(i)
		}
	}
	return data
}

// lay lays a submission out below dir and returns whether that changed anything.
func lay(t *testing.T, dir, text string) bool {
	t.Helper()
	changed, err := tryLay(dir, text)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func tryLay(dir, text string) (bool, error) {
	s, err := parse.ReadSubmission(strings.NewReader(text))
	if err != nil {
		return false, err
	}
	d, err := Open(dir)
	if err != nil {
		return false, err
	}
	defer d.Close()
	return d.Lay(tidewater, parse.EightK(s), func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil })
}

// tree returns every file below dir by its path.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, dir+"/")] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

const place = "Tidewater _DE_ Lens_ Works (CIK 900001)/2024-02-05 8-K_A 0000900001-24-000007/"

func TestAFilingIsLaidOutAsFilesThatOpen(t *testing.T) {
	dir := t.TempDir() + "/out"
	html := "<html><body><img src=\"logo.jpg\"><p>Item 8.01. Other Events</p></body></html>\n"
	text := submission(
		document(1, "8-K/A", "d8k.htm", html),
		document(2, "EX-99.1", "", "  Press release\n\n"),
		document(3, "GRAPHIC", "logo.jpg", encode("logo.jpg", picture(), '`')),
		document(4, "GRAPHIC", "", encode("old.gif", picture(), ' ')),
		document(5, "EX-99.2", "annual.pdf", "<PDF>\n"+encode("annual.pdf", []byte("%PDF-1.4"), '`')+"</PDF>\n"),
		document(6, "EX-101.SCH", "t.xsd", "<XBRL>\n<?xml version='1.0'?>\n<schema/>\n</XBRL>\n"),
		document(7, "XML", "R1.htm", "<XML>\n<?xml version='1.0'?>\n<r/></XML>\n"),
	)
	if !lay(t, dir, text) {
		t.Error("nothing changed, want a new folder")
	}
	got := tree(t, dir)
	record, page := got[place+"filing.json"], got[place+"index.html"]
	delete(got, place+"filing.json")
	delete(got, place+"index.html")
	want := map[string]string{
		place + "d8k.htm": html, place + "002 EX-99.1.txt": "  Press release\n\n",
		place + "logo.jpg": string(picture()), place + "old.gif": string(picture()), place + "annual.pdf": "%PDF-1.4",
		place + "t.xsd": "<?xml version='1.0'?>\n<schema/>\n", place + "R1.htm": "<?xml version='1.0'?>\n<r/>",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	var r struct {
		parse.Filing
		Files []File
	}
	if err := json.Unmarshal([]byte(record), &r); err != nil || r.Accession.String() != "0000900001-24-000007" || len(r.Files) != 7 || len(r.Documents) != 7 {
		t.Errorf("filing.json: %v, %d files, %d documents", err, len(r.Files), len(r.Documents))
	}
	for _, part := range []string{`href="./002%20EX-99.1.txt"`, "TIDEWATER &lt;LENS&gt; WORKS", "8.01 Other Events"} {
		if !strings.Contains(page, part) {
			t.Errorf("index.html lacks %s:\n%s", part, page)
		}
	}
}

func TestWhatIsLaidOutAlreadyIsLeftAndDamageIsMended(t *testing.T) {
	dir := t.TempDir()
	text := submission(document(1, "8-K/A", "d8k.txt", "Nothing.\n"), document(2, "GRAPHIC", "a.jpg", encode("a.jpg", picture(), '`')))
	lay(t, dir, text)
	whole := tree(t, dir)
	for name, change := range map[string]func() error{
		"nothing":        func() error { return nil },
		"a lost file":    func() error { return os.Remove(filepath.Join(dir, place, "a.jpg")) },
		"half a file":    func() error { return os.Truncate(filepath.Join(dir, place, "d8k.txt"), 3) },
		"another record": func() error { return os.WriteFile(filepath.Join(dir, place, "filing.json"), []byte("{}"), 0o600) },
		"a lost page":    func() error { return os.Remove(filepath.Join(dir, place, "index.html")) },
		"a killed attempt": func() error {
			return os.MkdirAll(filepath.Join(dir, filepath.Dir(place), ".laying 0000900001-24-000007", "x"), 0o700)
		},
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
		mended := name != "nothing" && name != "a killed attempt"
		if changed := lay(t, dir, text); changed != mended {
			t.Errorf("%s: changed %v, want %v", name, changed, mended)
		}
		if diff := cmp.Diff(whole, tree(t, dir)); diff != "" {
			t.Errorf("%s: -whole +got:\n%s", name, diff)
		}
	}
	note := filepath.Join(dir, place, "my notes.txt")
	if err := os.WriteFile(note, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !lay(t, dir, submission(document(1, "8-K/A", "d8k.txt", "Corrected.\n"))) {
		t.Error("other bytes changed nothing")
	}
	if got := tree(t, dir); got[place+"d8k.txt"] != "Corrected.\n" || got[place+"my notes.txt"] != "mine" {
		t.Errorf("got %q, want the correction and the notes", got)
	}
}

func TestAnIssuersFolderKeepsItsNameWhenTheIssuerDoesNot(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(dir+"/Our lenses (CIK 900001)", 0o700); err != nil {
		t.Fatal(err)
	}
	lay(t, dir, submission(document(1, "8-K/A", "d8k.txt", "Nothing.\n")))
	for name := range tree(t, dir) {
		if !strings.HasPrefix(name, "Our lenses (CIK 900001)/2024-02-05 ") {
			t.Errorf("laid out %s", name)
		}
	}
}

func TestHostileNamesStayInTheirFolderAndApart(t *testing.T) {
	outer := t.TempDir()
	dir := outer + "/out"
	names := []string{
		"../../x.htm", "/etc/passwd", `C:\x`, `..\..\y.txt`, "NUL", "con.txt", "lpt¹", "...", "trailing.. ", "a\x1b[31m\u202e.txt", "filing.json",
		"INDEX.HTML", "same.txt", "SAME.txt", strings.Repeat("long", 80) + ".txt", strings.Repeat("long", 80) + ".txt", "javascript:alert(1)", "a#b?c%41.txt", ".hidden",
	}
	var docs []string
	for i, name := range names {
		docs = append(docs, document(i+1, "EX-99", name, fmt.Sprintf("document %d\n", i+1)))
	}
	lay(t, dir, submission(docs...))
	got := tree(t, outer)
	if len(got) != len(names)+2 {
		t.Errorf("%d files, want %d", len(got), len(names)+2)
	}
	seen := map[string]bool{}
	for path := range got {
		name, ok := strings.CutPrefix(path, "out/"+place)
		if !ok || strings.Contains(name, "/") || len(name) > maxName || safeName(name, maxName) != name || seen[strings.ToLower(name)] {
			t.Errorf("file %q", path)
		}
		seen[strings.ToLower(name)] = true
	}
	for _, name := range []string{"x.htm", "passwd", "x", "y.txt", "_NUL", "_con.txt", "_lpt¹", "008 EX-99.txt", "trailing", "a[31m.txt", "filing (2).json", "INDEX (2).HTML", "same.txt", "SAME (2).txt", "hidden"} {
		if !seen[strings.ToLower(name)] {
			t.Errorf("no file %q among %v", name, seen)
		}
	}
	if lay(t, dir, submission(docs...)) {
		t.Error("laid out again")
	}
}

func TestLinksInTheDirectoryLeadNowhereElse(t *testing.T) {
	outer := t.TempDir()
	for _, dir := range []string{"/out", "/elsewhere"} {
		if err := os.Mkdir(outer+dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("../elsewhere", outer+"/out/"+filepath.Dir(filepath.Dir(place))); err != nil {
		t.Skip(err)
	}
	if _, err := tryLay(outer+"/out", submission(document(1, "8-K/A", "d8k.txt", "Nothing.\n"))); err == nil {
		t.Error("laid out by way of a link, want a refusal")
	}
	if got := tree(t, outer+"/elsewhere"); len(got) > 0 {
		t.Errorf("written elsewhere: %v", got)
	}
}

func TestAnEncodingThatIsBrokenIsKeptAsItStands(t *testing.T) {
	whole := encode("a.jpg", picture(), '`')
	for name, text := range map[string]string{
		"cut":            whole[:500],
		"a short line":   strings.Replace(whole, whole[20:30], "", 1),
		"a wrong letter": whole[:40] + "~" + whole[41:],
		"no end":         strings.Replace(whole, "\nend\n", "\n", 1),
		"more":           whole + "and more\n",
		"no length":      strings.Replace(whole, "\nM", "\n~", 1),
	} {
		dir := t.TempDir()
		submitted := submission(document(1, "GRAPHIC", "a.jpg", text), document(2, "EX-99", "b.txt", "whole\n"))
		lay(t, dir, submitted)
		got := tree(t, dir)
		if _, ok := got[place+"a.jpg"]; ok || got[place+"a.jpg.uue"] != text || got[place+"b.txt"] != "whole\n" {
			t.Errorf("%s: got %q", name, got)
		}
		if !strings.Contains(got[place+"filing.json"], `"fault": "`) {
			t.Errorf("%s: no fault told", name)
		}
		if lay(t, dir, submitted) {
			t.Errorf("%s: laid out again", name)
		}
	}
}

func TestDashesOfAnEnvelopeAreTakenOff(t *testing.T) {
	text := "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n" +
		submission(document(1, "8-K/A", "", "- -- ten --\nplain - -\n- -----\n")) + "-----END PRIVACY-ENHANCED MESSAGE-----\n"
	dir := t.TempDir()
	lay(t, dir, text)
	if got, want := tree(t, dir)[place+"001 8-K_A.txt"], "-- ten --\nplain - -\n-----\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestASubmissionThatCannotBeReadLeavesNothing(t *testing.T) {
	text := submission(document(1, "8-K/A", "d8k.txt", "Nothing.\n"))
	s := must(parse.ReadSubmission(strings.NewReader(text)))
	dir := t.TempDir()
	d := must(Open(dir))
	defer d.Close()
	for name, open := range map[string]func() (io.ReadCloser, error){
		"not to be opened": func() (io.ReadCloser, error) { return nil, fs.ErrPermission },
		"cut off":          func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text[:60])), nil },
	} {
		if _, err := d.Lay(tidewater, parse.EightK(s), open); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if got := tree(t, dir); len(got) > 0 {
		t.Errorf("left %v", got)
	}
	if err := os.WriteFile(filepath.Join(dir, strings.TrimSuffix(place, "/")), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := tryLay(dir, text); err == nil || !strings.Contains(err.Error(), "is in the way") {
		t.Errorf("a file in the place: got %v", err)
	}
}

func FuzzSafeName(f *testing.F) {
	for _, s := range []string{"a.htm", "../x", "NUL.txt", "\xff\u202e", strings.Repeat("é", 90) + ".jpeg", "..."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name := safeName(text, maxName)
		if name != "" && (!filepath.IsLocal(name) || filepath.Base(name) != name || len(name) > maxName || safeName(name, maxName) != name) {
			t.Errorf("%q made %q", text, name)
		}
		used := names{}
		if a, b := used.take(name), used.take(name); name != "" && (strings.EqualFold(a, b) || len(b) > maxName) {
			t.Errorf("%q and %q", a, b)
		}
	})
}

func FuzzLay(f *testing.F) {
	f.Add(submission(document(1, "8-K/A", "d8k.htm", "<html>"), document(2, "GRAPHIC", "a.jpg", encode("a.jpg", picture(), ' '))))
	f.Add(submission(document(1, "8-K/A", "", "<PDF>\nbegin 644 x\n`\nend\n</PDF>\n")))
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		if _, err := tryLay(dir, text); err != nil {
			if errors.Is(err, fs.ErrExist) {
				t.Error(err)
			}
			return
		}
		if changed, err := tryLay(dir, text); changed || err != nil {
			t.Errorf("again: changed %v, %v", changed, err)
		}
	})
}
