package crawl

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"example.com/edgard/edgartest"
	"example.com/edgard/index"
)

// imports imports paths, which must not fail.
func (h *house) imports(s Scope, paths ...string) Report {
	h.t.Helper()
	r, err := Import(h.t.Context(), h.config(), paths, s)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Seconds = 0
	return r
}

func (h *house) config() Config { return Config{Index: h.ix, Archive: h.ar} }

// file writes data below a folder of the test's own and returns its path.
func (h *house) file(name string, data []byte) string {
	h.t.Helper()
	path := filepath.Join(h.dir, "have", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		h.t.Fatal(err)
	}
	return path
}

func packed(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

func zstandard(data []byte) []byte { return must(zstd.NewWriter(nil)).EncodeAll(data, nil) }

var (
	subA = made("0000900001-24-000001", "8-K", "2024-02-05", "900001")
	subB = made("0000900001-24-000002", "8-K/A", "2024-02-09", "900001")
	subC = made("0000900002-24-000007", "10-Q", "2024-05-09", "900002")
	subD = made("0000900009-24-000003", "8-K12B", "2024-06-18", "900003", "900004")
)

func feedDay() []byte {
	return edgartest.FeedDay(
		edgartest.Member{Name: "0000900001-24-000001.nc", Data: subA.NC()},
		edgartest.Member{Name: "0000900002-24-000007.nc", Data: subC.NC()},
		edgartest.Member{Name: "0000900001-24-000001.corr01", Data: subA.NC()},
		edgartest.Member{Name: "0000900001-24-000099.pr01", Data: subA.NC()},
		edgartest.Member{Name: "./0000900001-24-000002.nc", Data: subB.NC()},
		edgartest.Member{Name: "0000900009-24-000003.nc", Data: subD.NC()},
	)
}

func TestImportTakesEveryKindOfFile(t *testing.T) {
	want := map[string]string{"0000900001-24-000001": "8-K"}
	for name, data := range map[string][]byte{
		"0000900001-24-000001.txt":        subA.Text(),
		"0000900001-24-000001.nc":         subA.NC(),
		"0000900001-24-000001.txt.gz":     packed(subA.Text()),
		"a.zst":                           zstandard(subA.Text()),
		"no-extension":                    subA.Text(),
		"gz.zst":                          zstandard(packed(subA.Text())),
		"20240205.nc.tar.gz":              edgartest.FeedDay(edgartest.Member{Name: "x.nc", Data: subA.NC()}),
		"packed-members.tar.gz":           edgartest.FeedDay(edgartest.Member{Name: "x.nc.gz", Data: packed(subA.NC())}),
		"day-within.tar.gz":               edgartest.FeedDay(edgartest.Member{Name: "x", Data: must(ungzip(edgartest.FeedDay(edgartest.Member{Name: "y", Data: subA.NC()})))}),
		"other.name.of.a/submission.text": append([]byte("\uFEFF\n"), subA.Text()...),
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			path := h.file(name, data)
			got := h.imports(Scope{}, path)
			if diff := cmp.Diff(Report{Listed: 1, Recorded: 1, New: 1, Files: 1, Bytes: int64(len(data))}, got); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(want, h.filings()); diff != "" {
				t.Errorf("filings (-want +got):\n%s", diff)
			}
			got = h.imports(Scope{}, path)
			if diff := cmp.Diff(Report{Listed: 1, Known: 1, Files: 1, Bytes: int64(len(data))}, got); diff != "" {
				t.Errorf("again (-want +got):\n%s", diff)
			}
		})
	}
}

func ungzip(b []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = out.ReadFrom(z)
	return out.Bytes(), err
}

func TestAFeedTarballGivesItsReportsAndNothingElse(t *testing.T) {
	h := newHouse(t)
	got := h.imports(Scope{}, h.file("20240618.nc.tar.gz", feedDay()))
	got.Bytes = 0
	if diff := cmp.Diff(Report{Listed: 3, Recorded: 3, New: 3, Files: 1, PassedOver: 1, Events: 2}, got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	want := map[string]string{"0000900001-24-000001": "8-K", "0000900001-24-000002": "8-K/A", "0000900009-24-000003": "8-K12B"}
	if diff := cmp.Diff(want, h.filings()); diff != "" {
		t.Errorf("filings (-want +got):\n%s", diff)
	}
	f := must(h.ix.Filing(acc("0000900009-24-000003")))
	if len(f.Filers) != 2 || len(f.Items) != 2 || f.Seen.IsZero() {
		t.Errorf("filers %v, items %v, seen %v", f.Filers, f.Items, f.Seen)
	}
	if passes := must(h.ix.Passes(1)); len(passes) != 1 || passes[0].Command != "import" || passes[0].Outcome != "done" {
		t.Errorf("passes %+v", passes)
	}
	if _, covered, err := h.ix.Coverage(); covered || err != nil {
		t.Error("an import changed the coverage")
	}
}

func TestImportWalksFoldersButNeitherLinksNorHiddenNames(t *testing.T) {
	h := newHouse(t)
	h.file("2024/q1/0000900001-24-000001.txt", subA.Text())
	h.file("2024/q1/index.html", []byte("<html>a listing</html>"))
	h.file("2024/q1/.hidden/0000900001-24-000002.txt", subB.Text())
	h.file("2024/q1/._0000900001-24-000002.txt", subB.Text())
	h.file("2024/0000900001-24-000001.hdr.sgml", []byte("<SEC-HEADER>0000900001-24-000001.hdr.sgml : 20240205\n<ACCESSION-NUMBER>0000900001-24-000001\n<TYPE>8-K\n</SEC-HEADER>\n"))
	outside := filepath.Join(t.TempDir(), "outside.txt")
	must(0, os.WriteFile(outside, subD.Text(), 0o600))
	must(0, os.Symlink(outside, filepath.Join(h.dir, "have/2024/link.txt")))
	must(0, os.Symlink(filepath.Dir(outside), filepath.Join(h.dir, "have/2024/linked")))
	got := h.imports(Scope{}, filepath.Join(h.dir, "have"))
	got.Bytes = 0
	if diff := cmp.Diff(Report{Listed: 1, Recorded: 1, New: 1, Files: 3, PassedOver: 2}, got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if got := h.imports(Scope{}, filepath.Join(h.dir, "have/2024/link.txt")); got.Recorded != 1 {
		t.Errorf("a link that is named gave %+v", got)
	}
}

func TestImportKeepsToItsScope(t *testing.T) {
	for name, c := range map[string]struct {
		scope Scope
		want  map[string]string
	}{
		"forms":  {Scope{Forms: must(formsOf("10-Q"))}, map[string]string{"0000900002-24-000007": "10-Q"}},
		"issuer": {Scope{CIKs: must(ciksOf("900004"))}, map[string]string{"0000900009-24-000003": "8-K12B"}},
		"from":   {Scope{From: day("2024-02-10")}, map[string]string{"0000900009-24-000003": "8-K12B"}},
		"to":     {Scope{To: day("2024-02-05")}, map[string]string{"0000900001-24-000001": "8-K"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			got := h.imports(c.scope, h.file("day.tar.gz", feedDay()))
			if diff := cmp.Diff(c.want, h.filings()); diff != "" {
				t.Errorf("filings (-want +got):\n%s", diff)
			}
			if got.Recorded != 1 || got.PassedOver != 3 {
				t.Errorf("report %+v", got)
			}
		})
	}
}

func TestImportRejectsWhatAFetchWouldReject(t *testing.T) {
	whole := subA.Text()
	for name, c := range map[string]struct {
		file string
		data []byte
		want string
	}{
		"cut off":          {"0000900001-24-000001.txt", whole[:len(whole)-40], "cut off: no end mark"},
		"an error page":    {"0000900001-24-000001.txt", []byte("<html><title>SEC.gov | Request Rate Threshold Exceeded</title></html>"), "not an EDGAR submission"},
		"nothing":          {"0000900001-24-000001.txt", nil, "nothing in it"},
		"any file named":   {"picture.png", []byte("\x89PNG\r\n"), "not an EDGAR submission"},
		"no accession":     {"old.txt", []byte("<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nItem 5.\n</TEXT>\n</DOCUMENT>\n"), "neither its header nor its name"},
		"no date":          {"0000900001-95-000001.txt", []byte("<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nItem 5.\n</TEXT>\n</DOCUMENT>\n"), "states no filing date"},
		"another inside":   {"some.txt", append(bytes.Clone(whole[:len(whole)-40]), subB.Text()...), "cut off: no </SEC-DOCUMENT> of its own"},
		"a tar's tar's...": {"x.gz", packed(packed(packed(packed(packed(whole))))), "packed more than 4 times"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			got := h.imports(Scope{}, h.file(c.file, c.data))
			if got.Rejected+got.Unread != 1 || !got.Differs() || !strings.Contains(strings.Join(got.Faults, "\n"), c.want) {
				t.Errorf("report %+v, want one fault with %q", got, c.want)
			}
			if len(h.filings()) != 0 {
				t.Errorf("recorded %v", h.filings())
			}
			for info, err := range h.ar.All() {
				t.Errorf("archived %v, %v", info, err)
			}
		})
	}
}

func TestWhatWasWholeBeforeADamageIsTaken(t *testing.T) {
	day := feedDay()
	var big bytes.Buffer // the second member is too long for one deflate block
	for i := range 40_000 {
		big.WriteString(strings.Repeat(string(rune('A'+i%26)), i%7) + "\n")
	}
	long := subB
	long.Body = bytes.Replace(subB.Text(), []byte("</TEXT>"), append(big.Bytes(), "</TEXT>"...), 1)
	feed := edgartest.FeedDay(edgartest.Member{Name: "0000900001-24-000001.nc", Data: subA.NC()}, edgartest.Member{Name: "0000900001-24-000002.nc", Data: long.Body})
	for name, c := range map[string]struct {
		data     []byte
		recorded int
		want     string
	}{
		"a checksum at the end": {append(bytes.Clone(day[:len(day)-6]), 0, 0, 0, 0, 0, 0), 3, "day.tar.gz"},
		"cut in a member":       {feed[:len(feed)*3/4], 1, "day.tar.gz: 0000900001-24-000002.nc: after "},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			other := h.file("zz.txt", subD.Text())
			got := h.imports(Scope{}, h.file("day.tar.gz", c.data), other)
			if len(h.filings()) < c.recorded || got.Unread != 1 || !strings.Contains(got.Faults[0], c.want) {
				t.Errorf("report %+v, recorded %v; want %d and a fault of %s", got, h.filings(), c.recorded, c.want)
			}
			if h.filings()["0000900009-24-000003"] == "" {
				t.Error("the other file was not read")
			}
		})
	}
}

func TestADamagedMemberOfATarCostsNoOther(t *testing.T) {
	bad := packed(subB.NC())
	bad[len(bad)-6] ^= 1 // in its checksum
	deep := packed(packed(packed(packed(packed(subB.NC())))))
	h := newHouse(t)
	got := h.imports(Scope{}, h.file("all.tar.gz", edgartest.FeedDay(
		edgartest.Member{Name: "a.gz", Data: packed(subA.NC())}, edgartest.Member{Name: "b.gz", Data: bad},
		edgartest.Member{Name: "c.gz", Data: deep}, edgartest.Member{Name: "d.gz", Data: packed(subD.NC())},
	)))
	if got.Recorded != 2 || got.Unread != 2 || !strings.Contains(got.Faults[0], "all.tar.gz: b.gz: ") || !strings.Contains(got.Faults[1], "all.tar.gz: c.gz: packed more") {
		t.Errorf("report %+v; want two recorded and two faults", got)
	}
}

func TestWhatIsNoSubmissionInAnOldloadCostsNoOther(t *testing.T) {
	envelope := func(body string) []byte {
		return []byte("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n" + body + "-----END PRIVACY-ENHANCED MESSAGE-----\n")
	}
	foreign := envelope(strings.Repeat("a letter, and no submission\n", 10_000))
	for name, load := range map[string][][]byte{
		"first":  {foreign, subA.Text(), subC.Text()},
		"second": {subA.Text(), foreign, subC.Text()},
	} {
		h := newHouse(t)
		if got := h.imports(Scope{}, h.file("19950103.txt", bytes.Join(load, nil))); got.Listed != 1 || got.Recorded != 1 || got.PassedOver+got.Rejected != 2 {
			t.Errorf("%s: %+v; want the 8-K recorded, the letter and the other form told", name, got)
		}
	}
}

func TestOldloadsAreTakenApart(t *testing.T) {
	enveloped := append([]byte("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"), subB.Text()...)
	enveloped = append(enveloped, "-----END PRIVACY-ENHANCED MESSAGE-----\n\n"...)
	cut := append([]byte("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"), made("0000900001-24-000008", "8-K", "2024-02-05", "900001").Text()...)
	pasted := subD
	pasted.Body = bytes.Replace(subD.Text(), []byte("</TEXT>"), append(subC.Text(), "</TEXT>"...), 1)
	load := bytes.Join([][]byte{subA.Text(), enveloped, cut, enveloped, subC.Text(), pasted.Body}, nil)
	h := newHouse(t)
	got := h.imports(Scope{}, h.file("19950103.gz", packed(load)))
	if got.Recorded != 3 || got.Known > 1 || got.PassedOver != 1 || got.Rejected != 1 {
		t.Errorf("report %+v", got)
	}
	want := map[string]string{"0000900001-24-000001": "8-K", "0000900001-24-000002": "8-K/A", "0000900009-24-000003": "8-K12B"}
	if diff := cmp.Diff(want, h.filings()); diff != "" {
		t.Errorf("filings (-want +got):\n%s", diff)
	}
	if info := must(h.ar.Stat(subD.Accession)); info.Size != int64(len(pasted.Body)) {
		t.Errorf("%d bytes archived, want %d", info.Size, len(pasted.Body))
	}
}

func TestWhatIsRecordedStaysAsItIs(t *testing.T) {
	h := newHouse(t)
	h.imports(Scope{}, h.file("a.txt", subA.Text()))
	core, logs := observer.New(zap.InfoLevel)
	cfg := h.config()
	cfg.Log = zap.New(core)
	r, err := Import(t.Context(), cfg, []string{h.file("a.nc", subA.NC())}, Scope{})
	if err != nil || r.Known != 1 || r.Recorded != 0 {
		t.Errorf("report %+v, %v", r, err)
	}
	if logs.FilterMessage("held in other bytes, which stay").Len() != 1 {
		t.Errorf("log %v", logs.All())
	}
	if infos := must(h.ar.Revisions(subA.Accession)); len(infos) != 1 {
		t.Errorf("%d revisions", len(infos))
	}
}

func TestWhatIsArchivedAndNotRecordedIsRecordedFromThere(t *testing.T) {
	h := newHouse(t)
	w := must(h.ar.Create(subA.Accession))
	must(w.Write(subA.Text()))
	info := must(w.Commit(subA.Filed.Midnight()))
	if r := h.imports(Scope{}, h.file("a.nc", subA.NC())); r.Recorded != 1 {
		t.Errorf("report %+v", r)
	}
	f := must(h.ix.Filing(subA.Accession))
	if f.Size != info.Size || f.Revision != 1 {
		t.Errorf("recorded %d bytes, revision %d; want %d, 1", f.Size, f.Revision, info.Size)
	}
}

func TestAnImportFulfilsAnEntry(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		h := newHouse(t, fourReports()...)
		h.world.Script("/Archives/edgar/data/900001/0000900001-24-000001.txt", edgartest.Empty)
		h.sync(Scope{From: day("2024-01-01")})
		if e := h.entry("0000900001-24-000001"); e.State != index.Deferred {
			t.Fatalf("entry %+v", e)
		}
		seen := h.entry("0000900001-24-000001").Seen
		if r := h.imports(Scope{}, h.file("day.tar.gz", feedDay())); r.Recorded != 1 || r.Known != 2 {
			t.Errorf("report %+v", r)
		}
		if e := h.entry("0000900001-24-000001"); e.State != index.Recorded || !e.Seen.Equal(seen) {
			t.Errorf("entry %+v, want it recorded and seen %v", e, seen)
		}
		if _, asked := h.sync(Scope{From: day("2024-01-01")}); strings.Contains(strings.Join(asked, " "), "000001.txt") {
			t.Errorf("asked for %v", asked)
		}
	})
}

func TestTwoCopiesAtATimeAreTakenOnce(t *testing.T) {
	h := newHouse(t)
	var paths []string
	for i := range 20 {
		name, data := "copy.txt", subA.Text()
		if i%2 == 1 {
			name, data = "copy.nc", subA.NC()
		}
		paths = append(paths, h.file(filepath.Join(string(rune('a'+i)), name), data))
	}
	if r := h.imports(Scope{}, paths...); r.Recorded != 1 || r.Known != 19 {
		t.Errorf("report %+v", r)
	}
	if infos := must(h.ar.Revisions(subA.Accession)); len(infos) != 1 {
		t.Errorf("%d revisions", len(infos))
	}
}

func TestALargeSubmissionIsArchivedAsItIsRead(t *testing.T) {
	h := newHouse(t)
	large := subA
	large.Body = bytes.Replace(subA.Text(), []byte("</TEXT>"), append(bytes.Repeat([]byte("and so on\n"), pieceMax/5), "</TEXT>"...), 1)
	r := h.imports(Scope{}, h.file("a.tar.gz", edgartest.FeedDay(edgartest.Member{Name: "a", Data: large.Body}, edgartest.Member{Name: "b", Data: subB.NC()})))
	if r.Recorded != 2 {
		t.Errorf("report %+v", r)
	}
	if info := must(h.ar.Stat(subA.Accession)); info.Size != int64(len(large.Body)) {
		t.Errorf("%d bytes archived, want %d", info.Size, len(large.Body))
	}
	cut := subB
	cut.Accession = acc("0000900001-24-000055")
	cut.Body = bytes.Replace(large.Body[:len(large.Body)-30], []byte("24-000001"), []byte("24-000055"), -1)
	if r := h.imports(Scope{}, h.file("b.txt", cut.Body)); r.Rejected != 1 {
		t.Errorf("report %+v", r)
	}
	if left := must(os.ReadDir(h.dir + "/archive/tmp")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAnInterruptedImportIsFinishedByTheNext(t *testing.T) {
	h := newHouse(t)
	ctx, stop := context.WithCancelCause(t.Context())
	cfg := h.config()
	enough := errors.New("enough")
	cfg.Progress = func(p Progress) {
		if p.Recorded > 0 && p.Stage == StageImport {
			stop(enough)
		}
	}
	for _, s := range []edgartest.Submission{subA, subB, subD} {
		h.file(s.Accession.String()+".txt", s.Text())
	}
	dir := filepath.Join(h.dir, "have")
	r, err := Import(ctx, cfg, []string{dir}, Scope{})
	if !errors.Is(err, enough) || r.Recorded == 0 || r.Differs() {
		t.Errorf("report %+v, %v", r, err)
	}
	again := h.imports(Scope{}, dir)
	if again.Recorded+again.Known != 3 || len(h.filings()) != 3 {
		t.Errorf("first %+v, then %+v, filings %v", r, again, h.filings())
	}
}

func TestAPathThatLeadsNowhereIsAMisuse(t *testing.T) {
	h := newHouse(t)
	_, err := Import(t.Context(), h.config(), []string{h.file("a.txt", subA.Text()), h.dir + "/nowhere"}, Scope{})
	var misuse *MisuseError
	if !errors.As(err, &misuse) || len(h.filings()) != 0 {
		t.Errorf("%v, recorded %v", err, h.filings())
	}
	if _, err = Import(t.Context(), h.config(), []string{os.DevNull}, Scope{}); !errors.As(err, &misuse) {
		t.Errorf("a device: %v", err)
	}
}
