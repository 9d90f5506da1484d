package mirror_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"example.com/edgard/edgartest"
)

// withDocuments is a submission that has these documents behind its own, as name and
// body in turn.
func withDocuments(accession string, documents ...string) edgartest.Submission {
	s := made(accession, "8-K", "2024-02-05", "900001")
	var b strings.Builder
	for i := 0; i+1 < len(documents); i += 2 {
		b.WriteString("<DOCUMENT>\n<TYPE>EX-99." + strconv.Itoa(i/2+1) + "\n<SEQUENCE>" + strconv.Itoa(i/2+2) + "\n<FILENAME>" + documents[i] + "\n<TEXT>\n" + documents[i+1] + "\n</TEXT>\n</DOCUMENT>\n")
	}
	s.Body = []byte(strings.Replace(string(s.Text()), "</SEC-DOCUMENT>", b.String()+"</SEC-DOCUMENT>", 1))
	return s
}

// encoded uuencodes "Cat", fifteen times on each of n lines.
func encoded(name string, lines int) string {
	return "begin 644 " + name + "\n" + strings.Repeat("M"+strings.Repeat("0V%T", 15)+"\n", lines) + "`\nend"
}

func TestDocumentsOfAnySizeAndNameAreServedAndNothingElse(t *testing.T) {
	const lines = 50_000 // of 45 bytes: more than is kept in memory
	h := newHouse(t, nil)
	h.put(withDocuments("0000900001-24-000001",
		"big.jpg", encoded("big.jpg", lines), "broken.gif", "begin 644 broken.gif\nM~~~\n`\nend", "two words.htm", "<html><script>alert(1)</script></html>",
		"index.json", "[]", "0000900001-24-000001.txt", "no submission", "../../../index.db", "no file", "twice.txt", "first", "twice.txt", "second"))
	folder := "/Archives/edgar/data/900001/000090000124000001/"
	whole := strings.Repeat("Cat", 15*lines)
	for name, want := range map[string]string{
		"big.jpg": whole, "broken.gif": "begin 644 broken.gif\nM~~~\n`\nend\n", "two words.htm": "<html><script>alert(1)</script></html>\n", "twice.txt": "first\n",
		"../../../index.db": "no file\n", // a name, and no path
	} {
		w := h.getPath(folder + name)
		if w.Code != http.StatusOK || w.Body.String() != want || w.Header().Get("Content-Length") != strconv.Itoa(len(want)) {
			t.Errorf("%s answers %d, %d bytes of %s; want %d", name, w.Code, w.Body.Len(), w.Header().Get("Content-Length"), len(want))
		}
		if policy := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(policy, "sandbox") || strings.Contains(policy, "script") {
			t.Errorf("%s has the policy %q, want one that runs nothing", name, policy)
		}
	}
	if kind := h.get(folder + "broken.gif").Header().Get("Content-Type"); kind != "text/plain" {
		t.Errorf("what cannot be decoded comes as %q, want text", kind)
	}
	if got := h.body(folder + "index.json"); !strings.Contains(got, `"name":"big.jpg","type":"text.gif","size":"`+strconv.Itoa(len(whole))+`"`) {
		t.Errorf("index.json is %q, want the folder's", got)
	}
	if got := h.body(folder + "0000900001-24-000001.txt"); !strings.HasPrefix(got, "<SEC-DOCUMENT>") {
		t.Errorf("the submission begins %.40q", got)
	}
	if w := h.get(folder+"big.jpg", "Range", "bytes=2000000-2000008"); w.Code != http.StatusPartialContent || w.Body.String() != whole[2000000:2000009] {
		t.Errorf("a part answers %d, %q", w.Code, w.Body)
	}
	for _, name := range []string{"Big.jpg", "big.jpg/", "", "logo.jpg", "two%20words.htm"} {
		if w := h.getPath(folder + name); w.Code != http.StatusNotFound {
			t.Errorf("%q answers %d, want 404", name, w.Code)
		}
	}
	for _, err := range h.faults {
		t.Error(err)
	}
}

func TestThePageOfASubmissionEscapesWhatItsFilerWrote(t *testing.T) {
	h := newHouse(t, nil)
	sub := withDocuments("0000900001-24-000001", `x"><script>alert(1)</script>.htm`, "text", "javascript:alert(1)", "text")
	h.put(sub)
	page := h.body("/Archives/edgar/data/900001/0000900001-24-000001-index.htm")
	for _, bad := range []string{"<script", `"javascript:`, `x">`} {
		if strings.Contains(page, bad) {
			t.Errorf("page has %s:\n%s", bad, page)
		}
	}
	for _, want := range []string{`<div class="infoHead">Filing Date</div>`, "2024-02-05", "Item 8.01", `href="/Archives/edgar/data/900001/000090000124000001/0000900001-24-000001.txt"`} {
		if !strings.Contains(page, want) {
			t.Errorf("page lacks %s:\n%s", want, page)
		}
	}
}
