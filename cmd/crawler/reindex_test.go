package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/edgard/crawl"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// olderIndex is a data directory of the made filings, three of which an older parser
// read otherwise: two without the cover's phone, one with another item.
func olderIndex(t *testing.T) (dir string) {
	t.Helper()
	_, flags := madeEDGAR(t)
	dir = flags[len(flags)-1]
	synced(t, flags, "--from", "1994Q1")
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	changed := 0
	for f, err := range ix.All(index.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case changed < 2 && f.Cover != nil && f.Cover.Phone != "":
			f.Cover.Phone = ""
		case changed == 2 && len(f.Items) > 0:
			f.Items[0].Heading = "ITEM\x1b[31m 5"
		default:
			continue
		}
		changed++
		f.Parser--
		if err := ix.Record(f); err != nil {
			t.Fatal(err)
		}
	}
	if changed != 3 {
		t.Fatalf("%d filings altered, want 3", changed)
	}
	return dir
}

func TestReindexShowsWhatANewerParserChangesAndKeepsTheOldIndex(t *testing.T) {
	dir := olderIndex(t)
	before := must(t, "list", "--json", "--limit", "0", "--data", dir)
	out, errs, code := crawler(t, "reindex", "--diff", "--data", dir)
	if code != exitDiffers {
		t.Fatalf("exit code %d, want %d: %s", code, exitDiffers, errs)
	}
	for _, want := range []string{fmt.Sprintf("read differently by parser %d\n", parse.ParserVersion), "cover.phone ", "items[].heading ", `ITEM\u001b[31m 5`, "3 read differently", "the index stays as it was: crawler reindex --diff --accept"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	if after := must(t, "list", "--json", "--limit", "0", "--data", dir); after != before {
		t.Error("the list is another one")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*rebuild*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestReindexAcceptsWhatItShowedWhenTold(t *testing.T) {
	dir := olderIndex(t)
	out := must(t, "reindex", "--diff", "--accept", "--data", dir)
	if !strings.Contains(out, "3 read differently") || !strings.Contains(out, "the new index is in place") {
		t.Errorf("it says %q", out)
	}
	out = must(t, "reindex", "--diff", "--data", dir)
	if !strings.Contains(out, "none of them changed") || !strings.HasSuffix(out, "\nthe index stays as it was\n") {
		t.Errorf("once accepted, it says %q", out)
	}
}

func TestReindexWithoutDiffSaysHowManyFilingsChanged(t *testing.T) {
	dir := olderIndex(t)
	if out := must(t, "reindex", "--data", dir); !strings.Contains(out, "3 read differently") {
		t.Errorf("it says %q", out)
	}
	if out := must(t, "reindex", "--data", dir); !strings.Contains(out, "none of them changed") {
		t.Errorf("again, it says %q", out)
	}
}

func TestReindexTellsProgramsWhatChangedInOneObject(t *testing.T) {
	dir := olderIndex(t)
	out, errs, code := crawler(t, "reindex", "--diff", "--json", "--data", dir)
	var got struct {
		crawl.Report
		Diff     crawl.Comparison
		Accepted *bool
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitDiffers {
		t.Fatalf("%v, exit code %d: %q %s", err, code, out, errs)
	}
	d := got.Diff
	if got.Accepted == nil || *got.Accepted || d.Changed.Filings != 3 || d.Before[parse.ParserVersion-1] != 3 || len(d.Fields) != 2 || d.Same+3 != got.Recorded {
		t.Errorf("it says %s", out)
	}
	if f := d.Fields[0]; f.Path != "cover.phone" || f.Filings != 2 || f.Added != 2 || len(f.Examples) != 2 || f.Examples[0].Old != "" || !strings.HasPrefix(f.Examples[0].New, `"`) {
		t.Errorf("first field %+v", f)
	}
}

func TestThereMayBeNothingToCompareWith(t *testing.T) {
	for name, lose := range map[string]func(string) error{
		"missing": os.Remove,
		"damaged": func(path string) error { return os.WriteFile(path, make([]byte, 1<<16), 0o600) },
	} {
		dir := olderIndex(t)
		if err := lose(filepath.Join(dir, "index.db")); err != nil {
			t.Fatal(err)
		}
		out, errs, code := crawler(t, "reindex", "--diff", "--data", dir)
		if code != exitMisuse || out != "" || !strings.Contains(errs, "nothing to compare with") || !strings.Contains(errs, "crawler reindex") {
			t.Errorf("%s: exit code %d, it says %q, %q", name, code, out, errs)
		}
		out, errs, code = crawler(t, "reindex", "--diff", "--accept", "--data", dir)
		if code != exitDone || !strings.Contains(out, "the new index is in place") || !strings.Contains(errs, "nothing to compare with") {
			t.Errorf("%s, accepted: exit code %d, it says %q, %q", name, code, out, errs)
		}
	}
}

func TestAcceptBelongsToDiff(t *testing.T) {
	if _, errs, code := crawler(t, "reindex", "--accept", "--data", t.TempDir()); code != exitMisuse || !strings.Contains(errs, "--diff") {
		t.Errorf("exit code %d: %q", code, errs)
	}
}
