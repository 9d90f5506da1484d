package layout

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/edgard/parse"
)

// magic is what files of an extension begin with.
var magic = map[string]string{".jpg": "\xff\xd8\xff", ".gif": "GIF8", ".pdf": "%PDF", ".zip": "PK\x03\x04", ".png": "\x89PNG"}

func TestEveryRealSubmissionIsLaidOutWhole(t *testing.T) {
	dir := os.Getenv("EDGARD_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "submissions*", "*"))
	if len(paths) == 0 {
		t.Skip("no corpus of real submissions: set EDGARD_CORPUS to read one")
	}
	out, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	decoded := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s, err := parse.ParseSubmission(data)
		if err != nil {
			continue
		}
		f := parse.EightK(s)
		if f.Accession.IsZero() || f.Filed.IsZero() {
			continue
		}
		open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
		if _, err := out.Lay(tidewater, f, open); err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
		if changed, err := out.Lay(tidewater, f, open); changed || err != nil {
			t.Errorf("%s again: changed %v, %v", filepath.Base(path), changed, err)
		}
		decoded += checkFiles(t, out, f)
	}
	t.Logf("%d submissions, %d decoded files", len(paths), decoded)
}

// checkFiles wants every file to be what its extension says and none to be still
// encoded, and counts those that were.
func checkFiles(t *testing.T, out *Dir, f *parse.Filing) (decoded int) {
	t.Helper()
	place := out.issuers[tidewater.CIK] + "/" + folderName(f)
	record, err := out.root.ReadFile(place + "/" + recordName)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range filesOf(record) {
		if file.Fault != "" {
			t.Errorf("%s: %s is still encoded: %s", f.Accession, file.Name, file.Fault)
		}
		data, err := out.root.ReadFile(place + "/" + file.Name)
		if err != nil {
			t.Errorf("%s: %v", f.Accession, err)
		}
		if want := magic[strings.ToLower(filepath.Ext(file.Name))]; want != "" {
			decoded++
			if !strings.HasPrefix(string(data), want) {
				t.Errorf("%s: %s begins with %q", f.Accession, file.Name, data[:min(len(data), 20)])
			}
		}
	}
	return decoded
}
