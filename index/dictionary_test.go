package index

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// TestDictionaryIsMadeOfCommonplaces holds the content of the dictionary to
// testdata/commonplaces.txt, which was written by hand: lines end pieces, and | is
// the end of a string. With EDGARD_DICTIONARY=write it makes the dictionary anew, its
// tables from how often what comes in the text of real filings. That is another
// format: raise filingVersion, keep the old file.
func TestDictionaryIsMadeOfCommonplaces(t *testing.T) {
	b, err := os.ReadFile("testdata/commonplaces.txt")
	must(t, err)
	history := strings.NewReplacer("\n", "", "|", "\x00").Replace(string(b))
	if os.Getenv("EDGARD_DICTIONARY") == "write" {
		var texts [][]byte
		for _, f := range corpus(t) {
			c, g := new(coder), withoutText(f)
			c.fields(func() { c.filing(g) })
			texts = append(texts, c.text)
		}
		d, err := zstd.BuildDict(zstd.BuildDictOptions{ID: filingVersion, Contents: texts, History: []byte(history), Offsets: [3]int{1, 4, 8}, Level: zstd.SpeedFastest})
		must(t, err)
		must(t, os.WriteFile("filing2.dict", d, 0o644))
		return
	}
	if !bytes.HasSuffix(dictionary(), []byte(history)) {
		t.Error("filing2.dict does not end with the commonplaces")
	}
}
