package index

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestFilingComesBackWithAllButItsText(t *testing.T) {
	f := made(1, "2024-01-03", 10, 11)
	yes := true
	f.Cover.EmergingGrowthCompany, f.Cover.Securities = &yes, []parse.Security{{Title: "Common Stock", Symbol: "MADE", Exchange: "NYSE"}}
	f.Warnings = []parse.Warning{{Code: "made", Detail: "detail"}}
	f.Amends = &parse.Amends{Accession: acc(2), Evidence: "made", Status: "linked"}
	f.Filers[0].FormerNames = []parse.FormerName{{Name: "Früher & <Co>", Changed: day("2001-02-03")}}
	f.Filers[0].Tickers = []string{"MADE"}
	s := openTemp(t)
	for name, f := range map[string]*parse.Filing{"full": f, "bare": {Accession: acc(3)}, "empty lists": {Items: []parse.Item{}, Documents: []parse.Document{}}} {
		if diff := cmp.Diff(withoutText(f), roundTrip(t, s, f), plain); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if f.Items[0].Text == "" {
		t.Error("encoding took the text from the caller's filing")
	}
}

func roundTrip(t testing.TB, s *Store, f *parse.Filing) *parse.Filing {
	t.Helper()
	v, err := s.codec.encode(f)
	must(t, err)
	got, err := s.codec.decode(v)
	must(t, err)
	return got
}

func TestAcceptanceTimeKeepsItsZone(t *testing.T) {
	s := openTemp(t)
	for _, want := range []time.Time{
		day("2024-01-03").Midnight(), day("2024-07-03").Midnight(), at("2024-01-03T00:00:00Z"),
		time.Date(2024, 1, 3, 0, 0, 0, 0, time.FixedZone("", 3600)), {},
	} {
		got := roundTrip(t, s, &parse.Filing{Accepted: want}).Accepted
		if !got.Equal(want) || got.Format(time.RFC3339) != want.Format(time.RFC3339) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if got := roundTrip(t, s, &parse.Filing{Accepted: day("2024-01-03").Midnight()}).Accepted; got.Location() != edgar.Eastern() {
		t.Errorf("zone %v, want Eastern", got.Location())
	}
}

func TestRealFilingsComeBack(t *testing.T) {
	s := openTemp(t)
	for _, f := range corpus(t) {
		if diff := cmp.Diff(withoutText(f), roundTrip(t, s, f), plain, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Accession, diff)
		}
	}
}

// corpus reads the real submissions, as the crawl would record them.
func corpus(t testing.TB) []*parse.Filing {
	fs := corpusIfAny(t)
	if len(fs) == 0 {
		t.Skip("no corpus: set EDGARD_CORPUS")
	}
	return fs
}

func corpusIfAny(t testing.TB) (fs []*parse.Filing) {
	dir := os.Getenv("EDGARD_CORPUS")
	if dir == "" {
		dir = "../../shared/corpus"
	}
	paths, err := filepath.Glob(filepath.Join(dir, "submissions", "*.txt"))
	must(t, err)
	for _, path := range paths {
		r, err := os.Open(path)
		must(t, err)
		sub, err := parse.ReadSubmission(r)
		must(t, err)
		must(t, r.Close())
		f := parse.EightK(sub)
		if ciks := filingCIKs(f, nil); len(ciks) > 0 {
			f.URL = "https://www.sec.gov" + edgar.SubmissionPath(ciks[0], f.Accession)
		}
		f.Size, f.Revision, f.SHA256 = sub.Size, 1, pseudoHash(f.Accession)
		f.Seen, f.Recorded = noon, noon.Add(77*time.Second)
		fs = append(fs, f)
	}
	return fs
}

// pseudoHash is 64 digits without pattern.
func pseudoHash(a edgar.Accession) string {
	var b strings.Builder
	x := uint64(len(a.String())) + uint64(a.String()[5])<<20 + uint64(a.String()[19])<<40
	for range 64 {
		x = x*6364136223846793005 + 1442695040888963407
		b.WriteByte("0123456789abcdef"[x>>60])
	}
	return b.String()
}

func TestSnippetIsCutAtAWordWithBlanksFolded(t *testing.T) {
	long := strings.Repeat("made words ", 40)
	for text, want := range map[string]string{
		"":                              "",
		" \n ":                          "",
		"One\n two\t\tthree ":           "One two three",
		long:                            strings.TrimSpace(long[:158]) + " …",
		strings.Repeat("x", 200):        strings.Repeat("x", 160) + "…",
		strings.Repeat("ü", 160):        strings.Repeat("ü", 160),
		"a " + strings.Repeat("ü", 160): "a …",
		"bad \xff byte":                 "bad \ufffd byte",
	} {
		if got := snippet(text); got != want {
			t.Errorf("snippet(%.30q…) = %q, want %q", text, got, want)
		}
	}
}

func TestEntryComesBack(t *testing.T) {
	last, err := edgar.ParseCIK("9999999999")
	must(t, err)
	for _, want := range []Entry{
		{Accession: acc(1), State: Discovered},
		{Accession: acc(1), Form: form("8-K12G3/A"), Filed: day("2024-01-03"), CIKs: []edgar.CIK{cik(1), last}, Name: "Made & Söhne",
			State: Deferred, Attempts: 12, Next: noon, Reason: "HTTP 503", Seen: noon.Add(-time.Hour)},
		{Accession: acc(1), State: Withdrawn, Reason: "gone", Seen: at("1993-01-01T00:00:00Z")},
	} {
		got, err := decodeEntry(want.Accession, encodeEntry(&want))
		if diff := cmp.Diff(want, got, plain); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
}

func TestReasonsAndNamesAreBounded(t *testing.T) {
	s := openTemp(t)
	r := row(1, 10, "2024-01-03")
	r.Name = strings.Repeat("ü", 500)
	discover(t, s, "2024Q1", r)
	must(t, s.Reject(acc(1), strings.Repeat("ü", 500)))
	e, err := s.Entry(acc(1))
	must(t, err)
	if e.Name != strings.Repeat("ü", maxName/2) || e.Reason != strings.Repeat("ü", maxReason/2) {
		t.Errorf("%d and %d bytes, want %d and %d", len(e.Name), len(e.Reason), maxName, maxReason)
	}
}

func TestRowWithACutNameIsNoChange(t *testing.T) {
	s := openTemp(t)
	r := row(1, 10, "2024-01-03")
	r.Name = strings.Repeat("x", 500)
	discover(t, s, "2024Q1", r)
	e, err := s.Entry(acc(1))
	must(t, err)
	if e.list(r) {
		t.Error("the same row again changes the entry")
	}
}
