package parse

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"

	"example.com/edgard/edgar"
)

// ErrNotFeed says that the bytes are no feed: an error page, a listing, nothing,
// or a feed that ends early.
var ErrNotFeed = errors.New("not a feed of EDGAR")

const (
	maxFeed      = 64 << 20 // bytes; a month of the XBRL feed has about 20 MB
	maxFeedItems = 100      // item numbers taken from one entry
)

// A FeedEntry is one entry of a live feed: a submission as it became public,
// under one of its filers. A submission has an entry for each filer and role, so
// entries are to be told apart by accession number.
type FeedEntry struct {
	Row
	Role     string    // "filer", "subject", "filed by", "reporting", "issuer", as the feed names it, in small letters
	Accepted time.Time // as the feed states it, Eastern; zero when it does not
	Items    []string  // item numbers, "2.02", in the feed's order; the RSS feeds name none
}

// A FeedError is an entry that cannot be read. The others can.
type FeedError struct {
	Entry int    // from 1
	Title string // of the entry, cut to a sane length
	Err   error
}

func (e *FeedError) Error() string {
	return fmt.Sprintf("feed entry %d (%q): %v", e.Entry, e.Title, e.Err)
}

// Unwrap returns what is wrong with the entry.
func (e *FeedError) Unwrap() error { return e.Err }

// Feed reads EDGAR's live feeds: the Atom feed of the latest filings
// (browse-edgar?action=getcurrent&output=atom) and the RSS feeds of filings with
// XBRL. Entries come in the feed's order, newest first. A *FeedError reports an
// entry that cannot be read, and the iteration goes on; any other error ends it.
func Feed(r io.Reader) iter.Seq2[FeedEntry, error] {
	return func(yield func(FeedEntry, error) bool) {
		d := xml.NewDecoder(io.LimitReader(r, maxFeed))
		d.CharsetReader = feedCharset
		root := false
		for n := 1; ; {
			start, err := nextStart(d)
			switch {
			case err == io.EOF && root:
				return
			case err != nil:
				yield(FeedEntry{}, fmt.Errorf("%w: %w", ErrNotFeed, err))
				return
			case !root:
				if root = start.Name.Local == "feed" || start.Name.Local == "rss"; !root {
					yield(FeedEntry{}, fmt.Errorf("%w: it is <%s>", ErrNotFeed, excerpt([]byte(start.Name.Local))))
					return
				}
				continue
			case start.Name.Local != "entry" && start.Name.Local != "item":
				continue
			}
			var raw feedRaw
			if err := d.DecodeElement(&raw, &start); err != nil {
				yield(FeedEntry{}, fmt.Errorf("%w: entry %d: %w", ErrNotFeed, n, err))
				return
			}
			e, err := raw.entry()
			if err != nil {
				err = &FeedError{Entry: n, Title: excerpt([]byte(raw.Title)), Err: err}
			}
			if !yield(e, err) {
				return
			}
			n++
		}
	}
}

func nextStart(d *xml.Decoder) (xml.StartElement, error) {
	for {
		t, err := d.Token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			return s, nil
		}
	}
}

// feedCharset knows the encodings that EDGAR's feeds declare.
func feedCharset(label string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "iso-8859-1", "windows-1252":
		return charmap.Windows1252.NewDecoder().Reader(r), nil
	case "us-ascii", "utf-8":
		return r, nil
	}
	return nil, fmt.Errorf("encoding %q: want one that EDGAR uses", label)
}

// feedRaw is an entry of either kind of feed as it stands there.
type feedRaw struct {
	Title    string `xml:"title"`
	Summary  string `xml:"summary"` // html: Filed, AccNo, Size, then a line for each item
	Updated  string `xml:"updated"`
	ID       string `xml:"id"` // urn:tag:sec.gov,2008:accession-number=…
	Category struct {
		Term string `xml:"term,attr"`
	} `xml:"category"`
	XBRL *feedXBRL `xml:"xbrlFiling"`
}

type feedXBRL struct {
	Name      string `xml:"companyName"`
	Form      string `xml:"formType"`
	Filed     string `xml:"filingDate"` // MM/DD/YYYY
	CIK       string `xml:"cikNumber"`
	Accession string `xml:"accessionNumber"`
	Accepted  string `xml:"acceptanceDatetime"` // 14 digits, Eastern
}

func (raw *feedRaw) entry() (FeedEntry, error) {
	if raw.XBRL != nil {
		return raw.XBRL.entry(raw.Title)
	}
	return raw.atom()
}

// atom reads an entry of getcurrent. Its title is "FORM - NAME (CIK) (Role)", and
// forms and names may hold both dashes and brackets.
func (raw *feedRaw) atom() (e FeedEntry, err error) {
	head, role, ok := lastBrackets(raw.Title)
	rest, cik, ok2 := lastBrackets(head)
	if !ok || !ok2 {
		return e, errors.New("title is not of the form FORM - NAME (CIK) (Role)")
	}
	_, urn, _ := strings.Cut(raw.ID, "accession-number=")
	e.Role = strings.ToLower(role)
	e.Name = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(rest, raw.Category.Term), " - "))
	summary := untag(raw.Summary)
	var errs [4]error
	e.Form, errs[0] = edgar.ParseForm(raw.Category.Term)
	e.CIK, errs[1] = edgar.ParseCIK(cik)
	e.Accession, errs[2] = edgar.ParseAccession(strings.TrimSpace(urn))
	e.Filed, errs[3] = edgar.ParseDate(after(summary, "Filed:"))
	if at, err := time.Parse(time.RFC3339, strings.TrimSpace(raw.Updated)); err == nil {
		e.Accepted = at.In(edgar.Eastern())
	}
	e.Items = summaryItems(summary)
	return e, errors.Join(errs[:]...)
}

// entry reads an item of the RSS feeds.
func (x *feedXBRL) entry(title string) (e FeedEntry, err error) {
	if _, role, ok := lastBrackets(title); ok {
		e.Role = strings.ToLower(role)
	}
	e.Name = strings.TrimSpace(x.Name)
	var errs [4]error
	e.Form, errs[0] = edgar.ParseForm(strings.TrimSpace(x.Form))
	e.CIK, errs[1] = edgar.ParseCIK(strings.TrimSpace(x.CIK))
	e.Accession, errs[2] = edgar.ParseAccession(strings.TrimSpace(x.Accession))
	if d := strings.Split(strings.TrimSpace(x.Filed), "/"); len(d) == 3 {
		e.Filed, errs[3] = edgar.ParseDate(d[2] + d[0] + d[1])
	} else {
		errs[3] = fmt.Errorf("filing date %q: want the form 01/31/2024", x.Filed)
	}
	if at, err := edgar.ParseAcceptance(strings.TrimSpace(x.Accepted)); err == nil {
		e.Accepted = at
	}
	return e, errors.Join(errs[:]...)
}

// lastBrackets splits "a (b)" into a and b at the last opening bracket.
func lastBrackets(s string) (before, inside string, ok bool) {
	s = strings.TrimSpace(s)
	i := strings.LastIndexByte(s, '(')
	if i < 0 || !strings.HasSuffix(s, ")") {
		return s, "", false
	}
	return strings.TrimSpace(s[:i]), s[i+1 : len(s)-1], true
}

// untag takes the tags out of a summary; <br> ends a line.
func untag(s string) string {
	var b strings.Builder
	for s != "" {
		text, rest, _ := strings.Cut(s, "<")
		b.WriteString(text)
		tag, after, ok := strings.Cut(rest, ">")
		if strings.EqualFold(strings.Trim(tag, " /"), "br") {
			b.WriteByte('\n')
		}
		if !ok {
			break
		}
		s = after
	}
	return b.String()
}

// after returns the word that follows a label.
func after(s, label string) string {
	_, rest, _ := strings.Cut(s, label)
	word, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	return strings.TrimSpace(word)
}

// summaryItems returns the numbers of lines such as "Item 7.01: Regulation FD
// Disclosure".
func summaryItems(summary string) (items []string) {
	for line := range strings.Lines(summary) {
		number, _, ok := strings.Cut(strings.TrimSpace(line), ":")
		if number, is := strings.CutPrefix(number, "Item "); ok && is && number != "" && len(items) < maxFeedItems {
			items = append(items, strings.TrimSpace(number))
		}
	}
	return items
}
