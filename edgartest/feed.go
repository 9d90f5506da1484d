package edgartest

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/edgard/edgar"
)

// maxFeedStart is the deepest start that sec.gov answers; beyond it is a 503.
const maxFeedStart = 5000

// browse answers /cgi-bin/browse-edgar, of whose actions only getcurrent is here.
func (w *World) browse(r *http.Request) *reply {
	q := r.URL.Query()
	start, _ := strconv.Atoi(q.Get("start"))
	if q.Get("action") != "getcurrent" || start > maxFeedStart {
		return unavailable()
	}
	feed := latin1(w.feed(q, max(start, 0)))
	return resource{kind: atomType, body: feed, cache: "no-cache"}.reply(r)
}

// feedEntry is one entry: a submission in one of its roles.
type feedEntry struct {
	e *entry
	f Filer
}

// feed writes the page of the feed that q asks for, in UTF-8.
func (w *World) feed(q url.Values, start int) string {
	var b strings.Builder
	now := w.now().In(edgar.Eastern())
	page := "/cgi-bin/browse-edgar?action=getcurrent"
	b.WriteString("<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n")
	fmt.Fprintf(&b, "<title>Latest Filings - %s</title>\n", now.Format("Mon, 02 Jan 2006 15:04:05 MST"))
	fmt.Fprintf(&b, "<link rel=\"alternate\" href=\"%s\"/>\n<link rel=\"self\" href=\"%s\"/>\n<id>https://www.sec.gov%s</id>\n", page, page, page)
	fmt.Fprintf(&b, "<author><name>Webmaster</name><email>webmaster@sec.gov</email></author>\n<updated>%s</updated>\n", now.Format(time.RFC3339))
	entries := w.current(q.Get("type"), q.Get("owner"))
	entries = entries[min(start, len(entries)):]
	for _, fe := range entries[:min(feedCount(q.Get("count")), len(entries))] {
		fe.write(&b)
	}
	b.WriteString("</feed>\n")
	return b.String()
}

// feedCount rounds a count to one that the form offers.
func feedCount(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 40
	}
	counts := []int{10, 20, 40, 80, 100}
	i, _ := slices.BinarySearch(counts, n)
	return counts[min(i, len(counts)-1)]
}

// current returns what is public, newest first, one entry per role. A type
// matches as a prefix, as on sec.gov: 8-K finds 8-K/A, and 4 finds 424B2.
func (w *World) current(form, owner string) []feedEntry {
	now := w.now()
	var found []*entry
	w.mu.RLock()
	for _, e := range w.entries {
		if !e.Public.After(now) && strings.HasPrefix(e.Form.String(), form) && matchesOwner(e.Form, owner) {
			found = append(found, e)
		}
	}
	w.mu.RUnlock()
	slices.SortFunc(found, func(a, b *entry) int {
		if c := b.stamp().Compare(a.stamp()); c != 0 {
			return c
		}
		return newestFirst(a, b)
	})
	var entries []feedEntry
	for _, e := range found {
		for _, f := range e.Filers {
			entries = append(entries, feedEntry{e, f})
		}
	}
	return entries
}

// matchesOwner applies owner=exclude and owner=only, about forms 3, 4 and 5.
func matchesOwner(form edgar.Form, owner string) bool {
	kind := strings.TrimSuffix(form.String(), "/A")
	byOwner := kind == "3" || kind == "4" || kind == "5"
	return !(owner == "exclude" && byOwner || owner == "only" && !byOwner)
}

func (fe feedEntry) write(b *strings.Builder) {
	e := fe.e
	fmt.Fprintf(b, "<entry>\n<title>%s - %s (%s) (%s)</title>\n", e.Form, escape(fe.f.Name), fe.f.CIK.Padded(), roleName(fe.f.Role))
	fmt.Fprintf(b, "<link rel=\"alternate\" type=\"text/html\" href=\"https://www.sec.gov%s%s-index.htm\"/>\n", edgar.FilingFolder(fe.f.CIK, e.Accession), e.Accession)
	fmt.Fprintf(b, "<summary type=\"html\">\n &lt;b&gt;Filed:&lt;/b&gt; %s &lt;b&gt;AccNo:&lt;/b&gt; %s &lt;b&gt;Size:&lt;/b&gt; %s\n", e.Filed, e.Accession, feedSize(e.head.size))
	for _, n := range e.Items {
		fmt.Fprintf(b, "&lt;br&gt;Item %s: %s\n", n, escape(itemText(n)))
	}
	fmt.Fprintf(b, "</summary>\n<updated>%s</updated>\n", e.stamp().Format(time.RFC3339))
	fmt.Fprintf(b, "<category scheme=\"https://www.sec.gov/\" label=\"form type\" term=\"%s\"/>\n", e.Form)
	fmt.Fprintf(b, "<id>urn:tag:sec.gov,2008:accession-number=%s</id>\n</entry>\n", e.Accession)
}

func feedSize(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	return strconv.FormatInt(max(1, n>>10), 10) + " KB"
}

// latin1 encodes UTF-8 as the ISO-8859-1 that the feed declares; what has no
// place in it becomes a reference, and bytes that were no UTF-8 stay.
func latin1(s string) []byte {
	var b bytes.Buffer
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteByte(s[0])
		case r < 0x100:
			b.WriteByte(byte(r))
		default:
			fmt.Fprintf(&b, "&#%d;", r)
		}
		s = s[n:]
	}
	return b.Bytes()
}
