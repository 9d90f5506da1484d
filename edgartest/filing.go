package edgartest

import (
	"strings"

	"example.com/edgard/edgar"
)

// submissionOf returns the accession number whose whole text a path names, in
// any of its places: ACC.txt, data/CIK/ACC.txt, data/CIK/ACC18/ACC.txt.
func submissionOf(path string) edgar.Accession {
	name, ok := strings.CutSuffix(path[strings.LastIndexByte(path, '/')+1:], ".txt")
	dir := path[:strings.LastIndexByte(path, '/')+1]
	if !ok || len(name) != 20 || dir != "/" && !strings.HasPrefix(dir, dataRoot) {
		return edgar.Accession{}
	}
	acc, err := edgar.ParseAccession(name)
	if err != nil {
		return edgar.Accession{}
	}
	return acc
}

// findData finds what is below data/: CIK/file and CIK/ACC18/file.
func (w *World) findData(rest string) (*resource, error) {
	parts := strings.Split(rest, "/")
	cik, err := edgar.ParseCIK(parts[0])
	if err != nil || parts[0] != cik.String() {
		return nil, nil
	}
	switch {
	case len(parts) == 2 && parts[1] == "index.json":
		return w.issuerFolder(cik), nil
	case len(parts) == 2:
		return w.filingFile(cik, edgar.Accession{}, parts[1])
	case len(parts) == 3 && len(parts[1]) == 18:
		if acc, err := edgar.ParseAccession(parts[1]); err == nil {
			return w.filingFile(cik, acc, parts[2])
		}
	}
	return nil, nil
}

// filingFile finds a file of a submission that is filed under cik, in the folder
// of acc or, with no acc, beside the folders.
func (w *World) filingFile(cik edgar.CIK, folder edgar.Accession, name string) (*resource, error) {
	acc, suffix := folder, "/"+name
	if len(name) >= 20 {
		if named, err := edgar.ParseAccession(name[:20]); err == nil {
			acc, suffix = named, name[20:]
		}
	}
	if !folder.IsZero() && acc != folder {
		return nil, nil
	}
	e := w.public(acc)
	if e == nil {
		return nil, nil
	}
	if _, ok := e.filer(cik); !ok {
		return nil, nil
	}
	if suffix == ".txt" {
		return e.text()
	}
	if suffix == "-index.htm" || suffix == "-index.html" {
		return e.indexPage(cik)
	}
	if folder.IsZero() {
		return nil, nil
	}
	return e.folderFile(cik, suffix)
}

// public returns a submission that the world holds and shows by now.
func (w *World) public(acc edgar.Accession) *entry {
	w.mu.RLock()
	e := w.entries[acc]
	w.mu.RUnlock()
	if e == nil || e.Public.After(w.now()) {
		return nil
	}
	return e
}

// text is the whole submission.
func (e *entry) text() (*resource, error) {
	b, err := e.load()
	if err != nil {
		return nil, err
	}
	sum, err := e.sum()
	return &resource{kind: plainText, body: b, sum: sum, modified: e.modified, file: true}, err
}
