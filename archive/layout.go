package archive

import (
	"path"
	"strconv"
	"strings"

	"example.com/edgard/edgar"
)

const (
	submissionsDir = "submissions"
	revisionsDir   = "revisions"
	tmpDir         = "tmp"
	lockName       = "lock"
	suffix         = ".txt.zst"

	// maxRevisions keeps a revisions folder below 1,000 entries.
	maxRevisions = 1000
)

// shard is the five folders of a: "000/162/828/025/058".
func shard(a edgar.Accession) string {
	d := a.Digits()
	return path.Join(d[:3], d[3:6], d[6:9], d[9:12], d[12:15])
}

// fileName is where a revision of a stands below the archive's folder.
func fileName(a edgar.Accession, revision int) string {
	if revision == 1 {
		return path.Join(submissionsDir, shard(a), a.String()+suffix)
	}
	return path.Join(revisionFolder(a), strconv.Itoa(revision)+suffix)
}

func revisionFolder(a edgar.Accession) string {
	return path.Join(revisionsDir, shard(a), a.String())
}

func tempName(a edgar.Accession, n uint64) string {
	return path.Join(tmpDir, a.String()+"."+strconv.FormatUint(n, 10))
}

// parseTempName is the inverse of tempName, without the folder.
func parseTempName(name string) (edgar.Accession, bool) {
	number, n, ok := strings.Cut(name, ".")
	if _, err := strconv.ParseUint(n, 10, 64); !ok || err != nil {
		return edgar.Accession{}, false
	}
	return parseAccession(number)
}

// parseRevisionName reads "2.txt.zst" and its like, canonical names only.
func parseRevisionName(name string) (int, bool) {
	digits, ok := strings.CutSuffix(name, suffix)
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 2 || n > maxRevisions || strconv.Itoa(n) != digits {
		return 0, false
	}
	return n, true
}

// parseAccession reads the dashed form only.
func parseAccession(s string) (edgar.Accession, bool) {
	a, err := edgar.ParseAccession(s)
	return a, err == nil && a.String() == s
}

// ancestors lists name and the folders it stands in, outermost first:
// "a", "a/b", "a/b/c".
func ancestors(name string) []string {
	var out []string
	for i, c := range name {
		if c == '/' {
			out = append(out, name[:i])
		}
	}
	return append(out, name)
}
