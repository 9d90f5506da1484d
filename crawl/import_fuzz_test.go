package crawl

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"go.uber.org/zap"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// fuzzImport is an import into a house of its own, outside of which nothing
// happens.
func fuzzImport(tb testing.TB) *importing {
	tb.Helper()
	dir := tb.TempDir()
	ix, err := index.Open(dir)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { ix.Close() })
	ar, err := archive.Open(dir + "/archive")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { ar.Close() })
	cfg := Config{Index: ix, Archive: ar, Log: zap.NewNop(), Progress: func(Progress) {}}
	m := newImporting(cfg, Scope{Forms: edgar.CurrentReports()})
	m.start = time.Unix(1_700_000_000, 0)
	return m
}

// Whatever a file holds, what comes out of it is whole, wanted and in bounds.
func FuzzImportedFile(f *testing.F) {
	f.Add("a.txt", subA.Text())
	f.Add("0000900001-24-000001.nc", subA.NC())
	f.Add("day.tar.gz", feedDay())
	f.Add("load", append(subA.Text(), subB.Text()...))
	f.Add("a.zst", zstandard(packed(subA.Text())))
	f.Add("pem", append([]byte("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n\n"), subB.Text()...))
	m := fuzzImport(f)
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		out, done := make(chan piece), make(chan struct{})
		go func() {
			defer close(done)
			for p := range out {
				var e ends
				if p.data != nil {
					e.Write(*p.data)
				}
				if p.data == nil || len(*p.data) > pieceMax || e.check(p.entry) != nil || !p.entry.Form.IsCurrentReport() {
					t.Errorf("%q gave %+v", data, p)
				}
				m.holds.release(p.entry.Accession)
			}
		}()
		r := &fileReader{m: m, ctx: context.Background(), out: out}
		_ = r.stream(origin{path: name}, bytes.NewReader(data), 0)
		close(out)
		<-done
		if len(m.holds.held) > 0 {
			t.Errorf("%q leaves %v held", data, m.holds.held)
		}
		if left, _ := os.ReadDir(m.Archive.Dir() + "/tmp"); len(left) > 0 {
			t.Errorf("%q leaves %v", data, left)
		}
	})
}

// What a splitter takes apart is, in order, all that there was.
func FuzzSplitter(f *testing.F) {
	f.Add(append(subA.Text(), subB.Text()...))
	f.Add([]byte("<SUBMISSION>\n<SUBMISSION>\n</SUBMISSION>\n\n</SUBMISSION>\n<SEC-DOCUMENT>"))
	f.Add([]byte("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n"))
	m := fuzzImport(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		s := splitter{r: bufio.NewReaderSize(bytes.NewReader(data), 64)}
		var got []byte
		for {
			all := make([]byte, 0, len(data))
			i := &intake{m: m, ctx: context.Background(), mode: taking, data: &all}
			err := s.next(i)
			got = append(got, *i.data...)
			if err != nil {
				break
			}
		}
		if !bytes.Equal(got, data) {
			t.Errorf("of %q came %q", data, got)
		}
	})
}

// BenchmarkImport imports a folder of submissions of 200 KB, a filing each round.
func BenchmarkImport(b *testing.B) {
	h := &house{dir: b.TempDir()}
	for i := range b.N {
		s := made("0000900001-24-000001", "8-K", "2024-02-05", "900001")
		s.Accession = acc(fmt.Sprintf("0000900001-24-%06d", i+1))
		body := bytes.Replace(s.Text(), []byte("SIGNATURE\n"), append(bytes.Repeat([]byte("The registrant reports results of the quarter that ended on that day, 1,234 of them.\n\n"), 1_200), "SIGNATURE\n"...), 1)
		body = bytes.Replace(body, []byte("</SEC-DOCUMENT>"), []byte(picture(90_000)+"</SEC-DOCUMENT>"), 1)
		b.SetBytes(int64(len(body)))
		must(0, os.MkdirAll(h.dir+"/have", 0o755))
		must(0, os.WriteFile(h.dir+"/have/"+s.Accession.String()+".txt", body, 0o600))
	}
	ix, ar := must(index.Open(h.dir)), must(archive.Open(h.dir+"/archive"))
	defer ix.Close()
	defer ar.Close()
	b.ResetTimer()
	r, err := Import(b.Context(), Config{Index: ix, Archive: ar}, []string{h.dir + "/have"}, Scope{})
	if err != nil || r.Recorded != b.N {
		b.Fatalf("%+v, %v", r, err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "filings/s")
}
