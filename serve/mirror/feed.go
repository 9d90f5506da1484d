package mirror

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

const (
	feedFilings = 2000 // of which the feed tells: more than a week's
	feedDepth   = 5000 // the deepest start that EDGAR answers
)

// feed answers /cgi-bin/browse-edgar, of whose actions only getcurrent is here: the
// filings of the last days, those that came last first. What EDGAR calls updated is
// when the filing came here, so that who asks again finds what is new on top.
func (m *Mirror) feed(ctx context.Context, q url.Values) (*resource, error) {
	start, _ := strconv.Atoi(q.Get("start"))
	if q.Get("action") != "getcurrent" || q.Get("output") != "atom" || start > feedDepth {
		return nil, errAction
	}
	fs, err := m.current(ctx, q.Get("type"), q.Get("owner"))
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	var entries []string
	for _, f := range fs {
		entries = append(entries, feedEntries(f)...)
	}
	entries = entries[min(max(start, 0), len(entries)):]
	entries = entries[:min(feedCount(q.Get("count")), len(entries))]
	now := time.Now().In(edgar.Eastern())
	page := feedPath + "?action=getcurrent"
	text := "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n" +
		"<title>Latest Filings - " + now.Format("Mon, 02 Jan 2006 15:04:05 MST") + "</title>\n" +
		"<link rel=\"alternate\" href=\"" + page + "\"/>\n<link rel=\"self\" href=\"" + page + "\"/>\n<id>https://www.sec.gov" + page + "</id>\n" +
		"<author><name>Webmaster</name><email>webmaster@sec.gov</email></author>\n<updated>" + now.Format(time.RFC3339) + "</updated>\n" +
		strings.Join(entries, "") + "</feed>\n"
	res := static("application/atom+xml", latin1(text))
	res.etag = "" // the time in it is always another
	return res, nil
}

// current returns the newest filings whose form begins with one, in the order in
// which they were archived, the last first.
func (m *Mirror) current(ctx context.Context, form, owner string) (fs []*parse.Filing, err error) {
	if owner == "only" { // none of those of owners is a report
		return nil, nil
	}
	seen := 0
	err = m.pages(ctx, index.Query{}, func(page []*parse.Filing) (more bool) {
		for _, f := range page {
			if !f.Withdrawn && whole(f) && strings.HasPrefix(f.Form.String(), form) {
				fs = append(fs, f)
			}
		}
		seen += len(page)
		return seen < feedFilings
	})
	slices.SortStableFunc(fs, func(a, b *parse.Filing) int { return b.Recorded.Compare(a.Recorded) })
	return fs, err
}

// pages hands over what q finds, page by page, for as long as more is wanted.
func (m *Mirror) pages(ctx context.Context, q index.Query, use func(page []*parse.Filing) (more bool)) error {
	for q.Limit = index.MaxLimit; ; {
		var p index.Page
		err := m.Index(func(ix index.Reader) (err error) {
			p, err = ix.Find(q)
			return err
		})
		if err != nil {
			return err
		}
		if q.After = p.Next; !use(p.Filings) || q.After == "" {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
}

// feedCount rounds a count to one that EDGAR offers.
func feedCount(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 40
	}
	counts := []int{10, 20, 40, 80, 100}
	i, _ := slices.BinarySearch(counts, n)
	return counts[min(i, len(counts)-1)]
}

// feedEntries writes an entry for each filer.
func feedEntries(f *parse.Filing) (entries []string) {
	for _, x := range f.Filers {
		if x.CIK.IsZero() {
			continue
		}
		var items strings.Builder
		for _, it := range f.Items {
			items.WriteString("&lt;br&gt;Item " + escape(it.Number) + ": " + escape(escape(it.Title)) + "\n")
		}
		form := escape(f.Form.String())
		entries = append(entries, "<entry>\n<title>"+form+" - "+escape(cleanName(x.Name))+" ("+x.CIK.Padded()+") ("+role(x.Role)+")</title>\n"+
			"<link rel=\"alternate\" type=\"text/html\" href=\"https://www.sec.gov"+edgar.FilingFolder(x.CIK, f.Accession)+f.Accession.String()+"-index.htm\"/>\n"+
			"<summary type=\"html\">\n &lt;b&gt;Filed:&lt;/b&gt; "+f.Filed.String()+" &lt;b&gt;AccNo:&lt;/b&gt; "+f.Accession.String()+" &lt;b&gt;Size:&lt;/b&gt; "+feedSize(f.Size)+"\n"+
			items.String()+"</summary>\n<updated>"+f.Recorded.In(edgar.Eastern()).Format(time.RFC3339)+"</updated>\n"+
			"<category scheme=\"https://www.sec.gov/\" label=\"form type\" term=\""+form+"\"/>\n"+
			"<id>urn:tag:sec.gov,2008:accession-number="+f.Accession.String()+"</id>\n</entry>\n")
	}
	return entries
}

// role is a role as the feed has it.
func role(s string) string {
	switch s {
	case "subject company":
		return "Subject"
	case "filed by":
		return "Filed by"
	case "issuer":
		return "Issuer"
	case "reporting owner":
		return "Reporting"
	}
	return "Filer"
}

func feedSize(n int64) string {
	if n >= 1<<20 {
		return strconv.FormatInt(n>>20, 10) + " MB"
	}
	return strconv.FormatInt(max(1, n>>10), 10) + " KB"
}

// latin1 encodes UTF-8 as the ISO-8859-1 that the feed declares, with references for
// what has no place in it.
func latin1(s string) []byte {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r == utf8.RuneError:
			b = append(b, '?')
		case r < 0x80 || 0xa0 <= r && r < 0x100:
			b = append(b, byte(r))
		default:
			b = fmt.Appendf(b, "&#%d;", r)
		}
	}
	return b
}
