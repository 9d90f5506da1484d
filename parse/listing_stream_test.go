package parse_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"example.com/edgard/parse"
)

func TestWhatIsNoListingIsRefusedWithAHint(t *testing.T) {
	tests := []struct{ name, text, hint string }{
		{"nothing", "", "nothing but blanks"},
		{"blanks", " \r\n\n", "nothing but blanks"},
		{"throttle page", "<!DOCTYPE html>\n<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title>", "a page of html, begins \"<!DOCTYPE html>\\n<html><head><title>SEC.gov | Request Rate"},
		{"html", "\n <HTML lang=en>", "a page of html"},
		{"absent object", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code>", "AccessDenied"},
		{"bare xml", "<Error>", "a page of xml"},
		{"zip", "PK\x03\x04\x14\x00", "a zip archive"},
		{"compress", "\x1f\x9d\x90", "a file packed with compress (.Z)"},
		{"gzip twice", string(gzipped(t, gzipped(t, []byte(masterHead)))), "gzip inside gzip"},
		{"html in gzip", string(gzipped(t, []byte("<html>"))), "a page of html"},
		{"prose", "Once upon a time\nthere was a listing.\n", `text that ends without a line of dashes, begins "Once upon a time"`},
		{"much prose", strings.Repeat("Once upon a time\n", 100), `text without a line of dashes in its first 64 lines, begins "Once upon a time"`},
		{"one endless line", strings.Repeat("x", 1<<20), "text with a line of more than 4096 bytes"},
		{"unknown titles", strings.Replace(masterHead, "CIK|Company", "Company|CIK", 1), `text with unknown column titles "Company|CIK Name|`},
		{"no titles", "Description: x\n\n" + strings.Repeat("-", 80) + "\n", `text with unknown column titles ""`},
		{"head cut off", masterHead[:200], "text that ends without a line of dashes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readListing(strings.NewReader(tt.text))
			if !errors.Is(got.Err, parse.ErrNotListing) || !strings.Contains(got.Err.Error(), tt.hint) {
				t.Errorf("got error %v, want ErrNotListing with %q", got.Err, tt.hint)
			}
			if len(got.Rows)+len(got.Bad) > 0 {
				t.Errorf("got rows %q and bad lines %v, want none", got.Rows, got.Bad)
			}
		})
	}
}

func TestTruncatedGzipIsAnErrorWhereverItIsCut(t *testing.T) {
	whole := gzipped(t, madeMaster(40))
	for n := 2; n < len(whole); n++ {
		if got := readListing(bytes.NewReader(whole[:n])); !errors.Is(got.Err, io.ErrUnexpectedEOF) || len(got.Bad) > 0 {
			t.Fatalf("cut to %d of %d bytes: got error %v and bad lines %v, want unexpected EOF alone", n, len(whole), got.Err, got.Bad)
		}
	}
}

func TestDamagedGzipIsAnError(t *testing.T) {
	whole := gzipped(t, madeMaster(40))
	for _, at := range []int{len(whole) - 1, len(whole) - 5, len(whole) / 2} { // length, CRC, data
		bad := slices.Clone(whole)
		bad[at] ^= 0x40
		if got := readListing(bytes.NewReader(bad)); got.Err == nil {
			t.Errorf("byte %d of %d changed: got no error", at, len(whole))
		}
	}
	if got := readListing(bytes.NewReader(append(whole, "tail"...))); got.Err == nil {
		t.Error("bytes behind the gzip: got no error")
	}
}

func TestBrokenStreamIsAnErrorAndItsLastLineNoRow(t *testing.T) {
	broken := errors.New("connection reset")
	text := masterHead + "1|OAKUM|8-K|2016-07-06|edgar/data/1/0001678638-16-000001.txt"
	got := readListing(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)))
	if !errors.Is(got.Err, broken) || len(got.Rows) > 0 {
		t.Errorf("got error %v and rows %q, want the stream's error and none", got.Err, got.Rows)
	}
	got = readListing(io.MultiReader(bytes.NewReader(madeMaster(20)), iotest.ErrReader(broken)))
	if len(got.Rows) != 20 {
		t.Errorf("got %d rows before the break, want 20", len(got.Rows))
	}
	if want := "reading listing after line 31: connection reset"; fmt.Sprint(got.Err) != want {
		t.Errorf("got error %v, want %s", got.Err, want)
	}
	got = readListing(iotest.ErrReader(broken))
	if !errors.Is(got.Err, broken) {
		t.Errorf("got error %v, want the stream's", got.Err)
	}
}

func TestCutLastLineIsReportedUnlessWhole(t *testing.T) {
	row := "1|OAKUM|8-K|2016-07-06|edgar/data/1/0001678638-16-000001.txt"
	for n := 1; n < len(row); n++ {
		if got := readListing(strings.NewReader(masterHead + row[:n])); len(got.Bad) != 1 || len(got.Rows) != 0 || got.Err != nil {
			t.Fatalf("%q: got rows %q, bad lines %v, error %v; want one bad line", row[:n], got.Rows, got.Bad, got.Err)
		}
	}
	if got := readListing(strings.NewReader(masterHead + row)); len(got.Rows) != 1 || got.Bad != nil {
		t.Errorf("whole: got rows %q and bad lines %v, want one row", got.Rows, got.Bad)
	}
}

func TestLoopMayBeLeftAndTakenUp(t *testing.T) {
	l := parse.NewListing(bytes.NewReader(madeMaster(10)))
	for range 3 {
		for range l.Rows() {
			break
		}
	}
	if l.Lines() != 3 {
		t.Errorf("got %d lines after three loops of one, want 3", l.Lines())
	}
	n := 0
	for range l.Rows() {
		n++
	}
	if n != 7 {
		t.Errorf("got %d rows in the rest, want 7", n)
	}
	for row, err := range l.Rows() {
		t.Errorf("got %v, %v after the end", row, err)
	}
	if want := "Master Index of EDGAR Dissemination Feed"; l.Description() != want {
		t.Errorf("got description %q, want %q", l.Description(), want)
	}
}

func TestUnreadableLastDataIsNone(t *testing.T) {
	for _, s := range []string{"", "soon", "Foo 3, 2020", "Feb 30, 2020", "Ma 3, 2020", "March x, 2020", "March 3, x", "March 3, 2020 04:00"} {
		text := strings.Replace(masterHead, "September 30, 2016", s, 1)
		if got := readListing(strings.NewReader(text)); got.LastData != "" || got.Err != nil {
			t.Errorf("%q: got %q and error %v, want none", s, got.LastData, got.Err)
		}
	}
}

func TestUnwantedRowsCostNoMemory(t *testing.T) {
	few, many := madeMaster(100), madeMaster(20_000)
	allocs := func(data []byte) float64 {
		return testing.AllocsPerRun(5, func() {
			for row, err := range parse.NewListing(bytes.NewReader(data), mustForm(t, "8-K12B")).Rows() {
				t.Fatal(row, err)
			}
		})
	}
	if a, b := allocs(few), allocs(many); a != b {
		t.Errorf("got %v allocations for 100 rows and %v for 20,000, want the same", a, b)
	}
}
