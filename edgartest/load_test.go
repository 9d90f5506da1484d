package edgartest

import (
	"bytes"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"example.com/edgard/edgar"
)

const tiny = `<SEC-DOCUMENT>0009900001-24-000007.txt : 20240220
<SEC-HEADER>0009900001-24-000007.hdr.sgml : 20240220
<ACCEPTANCE-DATETIME>20240219173501
ACCESSION NUMBER:		0009900001-24-000007
CONFORMED SUBMISSION TYPE:	8-K
PUBLIC DOCUMENT COUNT:		1
CONFORMED PERIOD OF REPORT:	20240216
ITEM INFORMATION:		Other Events
FILED AS OF DATE:		20240220

FILER:

	COMPANY DATA:	
		COMPANY CONFORMED NAME:			GRINDLE SLATE CO
		CENTRAL INDEX KEY:			0009000777

	FILING VALUES:
		FORM TYPE:		8-K
		SEC ACT:		1934 Act
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<TEXT>
Item 8.01. Other Events.
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
`

const tagged = "<SUBMISSION>\n<ACCESSION-NUMBER>0009900001-24-000008<TYPE>4<PERIOD>20240216<FILING-DATE>20240220<REPORTING-OWNER><OWNER-DATA><CONFORMED-NAME>Ashgrove Gwendolyn<CIK>0009002077</OWNER-DATA></REPORTING-OWNER><ISSUER><COMPANY-DATA><CONFORMED-NAME>Slackwater<CIK>0009001240</COMPANY-DATA></ISSUER>\n<DOCUMENT>\n<TYPE>4\n<TEXT>\n</TEXT>\n</DOCUMENT>\n</SUBMISSION>\n"

func TestFromTxtarReadsSubmissionsAndFiles(t *testing.T) {
	ar := &txtar.Archive{Files: []txtar.File{
		{Name: "/Archives/edgar/data/9000777/0009900001-24-000007.txt", Data: []byte(tiny)},
		{Name: "/robots.txt", Data: []byte("User-agent: *\nDisallow: /\n")},
		{Name: "/files/company_tickers_exchange.json", Data: []byte(`{"data":[[9000777,"Grindle Slate Company","GRND","NYSE"]]}`)},
	}}
	w, err := FromTxtar(ar)
	if err != nil {
		t.Fatal(err)
	}
	subs := w.Submissions()
	if len(subs) != 1 {
		t.Fatalf("got %d submissions", len(subs))
	}
	s := subs[0]
	if s.Form != form("8-K") || s.Filed != date("2024-02-20") || s.Period != date("2024-02-16") || !slices.Equal(s.Items, []string{"8.01"}) || s.Filers[0] != (Filer{"FILER", cik(9000777), "GRINDLE SLATE CO"}) {
		t.Errorf("got %+v", s)
	}
	if want := date("2024-02-20").Midnight().Add(6 * 3600e9); !s.Public.Equal(want) {
		t.Errorf("accepted in the evening, public %v, want %v", s.Public, want)
	}
	if _, body := get(t, w, "/robots.txt"); !strings.HasSuffix(string(body), "Disallow: /\n") {
		t.Errorf("robots.txt: got %s", body)
	}
	if _, body := get(t, w, "/files/company_tickers.json"); string(body) != `{"0":{"cik_str":9000777,"ticker":"GRND","title":"Grindle Slate Company"}}` {
		t.Errorf("tickers: got %s", body)
	}
}

func TestFromTxtarRefusesMistakes(t *testing.T) {
	for name, data := range map[string]string{
		"0009900001-24-000007.txt":             "no header",
		"0009900001-24-000009.txt":             tiny,
		"notes.txt":                            tiny,
		"/files/company_tickers_exchange.json": `{"data":[["x"]]}`,
	} {
		_, err := FromTxtar(&txtar.Archive{Files: []txtar.File{{Name: name, Data: []byte(data)}}})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// watched counts how often files are opened.
type watched struct {
	fstest.MapFS
	opened map[string]int
}

func (w watched) Open(name string) (fs.File, error) {
	w.opened[name]++
	return w.MapFS.Open(name)
}

func TestFromFSReadsBodiesOnDemand(t *testing.T) {
	fsys := watched{fstest.MapFS{
		"a/0009900001-24-000007.txt.gz": {Data: compress("", []byte(tiny))},
		"b/form4.nc":                    {Data: []byte(tagged)},
		"b/readme.txt":                  {Data: []byte("no submission")},
		"b/broken.txt.gz":               {Data: []byte("no gzip")},
		"b/picture.jpg":                 {Data: []byte("no text")},
	}, make(map[string]int)}
	w, err := FromFS(fsys)
	if err != nil {
		t.Fatal(err)
	}
	var skipped []string
	for _, s := range w.Skipped() {
		skipped = append(skipped, s.Name)
	}
	if want := []string{"b/broken.txt.gz", "b/readme.txt"}; !slices.Equal(skipped, want) {
		t.Errorf("skipped: got %q, want %q", skipped, want)
	}
	clear(fsys.opened)
	if got, want := masterRows(t, w, "2024Q1"), []edgar.Accession{acc("0009900001-24-000007"), acc("0009900001-24-000008"), acc("0009900001-24-000008")}; !slices.Equal(got, want) {
		t.Errorf("listed: got %v, want %v", got, want)
	}
	if len(fsys.opened) != 0 {
		t.Errorf("listings opened bodies: %v", fsys.opened)
	}
	if _, body := get(t, w, "/Archives/edgar/data/9000777/0009900001-24-000007.txt"); string(body) != tiny {
		t.Errorf("got %s", body)
	}
	delete(fsys.MapFS, "b/form4.nc")
	if resp, _ := get(t, w, "/Archives/edgar/data/9001240/0009900001-24-000008.txt"); resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a body that went away: got %s", resp.Status)
	}
}

func TestFromFSFailsWhenThereIsNoFolder(t *testing.T) {
	if _, err := FromFS(os.DirFS(t.TempDir() + "/none")); err == nil {
		t.Error("want an error")
	}
}

func TestFromFSReadsRealSubmissions(t *testing.T) {
	corpus := os.Getenv("EDGARD_CORPUS")
	if corpus == "" {
		corpus = "../../shared/corpus"
	}
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("no corpus of real filings at %s", corpus)
	}
	for _, folder := range []string{"submissions", "submissions_neg"} {
		fsys := os.DirFS(corpus + "/" + folder)
		w, err := FromFS(fsys)
		if err != nil {
			t.Fatal(err)
		}
		files, err := fs.ReadDir(fsys, ".")
		if err != nil {
			t.Fatal(err)
		}
		subs := w.Submissions()
		if len(subs)+len(w.Skipped()) != len(files) || len(w.Skipped()) > 1 {
			t.Errorf("%s: %d files, %d submissions, skipped %v", folder, len(files), len(subs), w.Skipped())
		}
		for _, s := range subs {
			resp, body := get(t, w, edgar.SubmissionPath(s.Filers[0].CIK, s.Accession), "Accept-Encoding", "identity")
			want, err := fs.ReadFile(fsys, s.Accession.String()+".txt")
			if err == nil && (resp.StatusCode != http.StatusOK || !bytes.Equal(body, want)) {
				t.Errorf("%s: got %s and %d bytes, want %d", s.Accession, resp.Status, len(body), len(want))
			}
		}
	}
}

func TestAddSaysWhatIsMissing(t *testing.T) {
	good := Submission{Accession: acc("0009900001-24-000001"), Form: form("8-K"), Filed: date("2024-01-16"), Filers: []Filer{{CIK: cik(9000118)}}}
	for want, spoil := range map[string]func(*Submission){
		"accession number":     func(s *Submission) { s.Accession = edgar.Accession{} },
		"no form type":         func(s *Submission) { s.Form = edgar.Form{} },
		"no filing date":       func(s *Submission) { s.Filed = edgar.Date{} },
		"no filer":             func(s *Submission) { s.Filers = nil },
		"without CIK":          func(s *Submission) { s.Filers = []Filer{{Name: "X"}} },
		"no submission header": func(s *Submission) { s.Body = []byte("nothing") },
	} {
		s := good
		spoil(&s)
		if err := New().Add(good, s); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "submission 1") {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

func TestChangeHeaderCorrectsOneSubmission(t *testing.T) {
	w, _ := small(t)
	a := acc("0009900001-24-000001")
	if err := w.ChangeHeader(a, func(h string) string { return strings.Replace(h, "TYPE:\t8-K", "TYPE:\t8-K12B", 1) }); err != nil {
		t.Fatal(err)
	}
	if _, form := get(t, w, "/Archives/edgar/full-index/2024/QTR1/form.idx"); !strings.Contains(string(form), "\n8-K12B ") {
		t.Errorf("quarterly: got %s", form)
	}
	if _, daily := get(t, w, "/Archives/edgar/daily-index/2024/QTR1/form.20240116.idx"); !strings.Contains(string(daily), "\n8-K  ") {
		t.Errorf("daily: got %s", daily)
	}
	if err := w.ChangeHeader(a, func(h string) string { return strings.Replace(h, a.String(), "0009900001-24-000002", 1) }); err == nil {
		t.Error("a new accession number: want an error")
	}
	if err := w.ChangeHeader(acc("0009900001-24-000099"), strings.ToUpper); err == nil {
		t.Error("an unknown submission: want an error")
	}
}

func FuzzHead(f *testing.F) {
	f.Add([]byte(tiny))
	f.Add([]byte(tagged))
	f.Add([]byte("<IMS-HEADER>\n</IMS-HEADER>\n<DOCUMENT>\n<TEXT>\nbegin 644 x\n#\n`\nend\n</TEXT>\n</DOCUMENT>\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, d := range documents(b) {
			if d.size > len(b) || len(d.content()) > len(b) {
				t.Errorf("a document larger than its submission: %d of %d", d.size, len(b))
			}
		}
		e, err := newEntry(Submission{Body: b})
		if err != nil {
			return
		}
		if e.Accession.IsZero() || len(e.Filers) == 0 || len(e.sgml()) == 0 {
			t.Errorf("accepted without accession number or filer: %+v", e.Submission)
		}
	})
}
