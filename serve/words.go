package serve

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

const (
	// searchedAtMost is how many filings one page of a search for words looks
	// through, and searchTime for how long. The link to the next page goes on.
	searchedAtMost = 500
	searchTime     = 2 * time.Second
	searchWorkers  = 2
)

// search finds filings of which an item has all the words, by reading them: newest
// first, as many as there is time for. looked says how far that was.
func (s *Server) search(ctx context.Context, a asked) (found []*parse.Filing, next, looked string, err error) {
	select {
	case s.searching <- struct{}{}: // one at a time, for it takes what the others need
		defer func() { <-s.searching }()
	case <-ctx.Done():
		return nil, "", "", ctx.Err()
	}
	until := time.Now().Add(searchTime)
	n, unread := 0, 0
	var back edgar.Date
	for n < searchedAtMost && len(found) < pageLength && time.Now().Before(until) {
		var fs []*parse.Filing
		if fs, next, err = s.find(a.query); err != nil {
			return nil, "", "", err
		}
		hits, bad := s.withWords(fs, a.words)
		found, n, unread = append(found, hits...), n+len(fs), unread+bad
		if len(fs) > 0 {
			back = fs[len(fs)-1].Filed
		}
		if a.query.After = next; next == "" || ctx.Err() != nil {
			break
		}
	}
	return found, next, lookedThrough(n, unread, back, next), ctx.Err()
}

func lookedThrough(n, unread int, back edgar.Date, next string) string {
	text := fmt.Sprintf("The items of %s filings were read", count(n))
	if next != "" {
		text += ", back to " + back.String()
	}
	if text += "."; unread > 0 {
		text += fmt.Sprintf(" %s of them could not be read from the archive: crawler verify tells which.", count(unread))
	}
	return text
}

// withWords reads filings and returns those of which an item has all the words, with
// the place as the item's snippet.
func (s *Server) withWords(fs []*parse.Filing, words []string) (hits []*parse.Filing, unread int) {
	hit, bad := make([]bool, len(fs)), make([]bool, len(fs))
	var each sync.WaitGroup
	for worker := range searchWorkers {
		each.Go(func() {
			for i := worker; i < len(fs); i += searchWorkers {
				items, err := s.items(fs[i])
				hit[i], bad[i] = err == nil && mark(fs[i], items, words), err != nil
			}
		})
	}
	each.Wait()
	for i, f := range fs {
		if hit[i] {
			hits = append(hits, f)
		}
		if bad[i] {
			unread++
		}
	}
	return hits, unread
}

// items reads the items of a filing, with their text, out of the archive.
func (s *Server) items(f *parse.Filing) (items []parse.Item, err error) {
	r, _, err := s.Archive.Open(f.Accession, f.Revision)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	sub, err := parse.ReadReport(r)
	if err != nil {
		return nil, err
	}
	return parse.EightK(sub).Items, nil
}

// mark sets the snippets of f, of which items are the items with text, to where the
// words are, and reports whether an item has all of them.
func mark(f *parse.Filing, items []parse.Item, words []string) bool {
	for _, it := range items {
		text := it.Heading + "\n" + it.Text
		at, ok := place(text, words)
		if !ok {
			continue
		}
		f.Items = items
		for i := range f.Items {
			f.Items[i].Text, f.Items[i].Snippet = "", ""
		}
		f.Items[indexOf(items, it.Number)].Snippet = around(text, at)
		return true
	}
	return false
}

func indexOf(items []parse.Item, number string) int {
	for i, it := range items {
		if it.Number == number {
			return i
		}
	}
	return 0
}

// wordsOf splits what somebody looks for into words, folded.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// place reports whether words of text begin with all the words, and where the first of
// them is.
func place(text string, words []string) (at int, ok bool) {
	low := strings.ToLower(text)
	for i, w := range words {
		j := beginning(low, w)
		if j < 0 {
			return 0, false
		}
		if i == 0 {
			at = j
		}
	}
	return min(at, len(text)), true
}

// beginning is where a word of text begins with w, -1 when none does.
func beginning(text, w string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], w)
		if i < 0 {
			return -1
		}
		i += from
		if i == 0 || !isWord(text[i-1]) {
			return i
		}
		from = i + len(w)
	}
}

func isWord(b byte) bool {
	return b >= 0x80 || b >= 'a' && b <= 'z' || b >= '0' && b <= '9'
}

// around cuts out of text what is around a place, at blanks.
func around(text string, at int) string {
	from, to := max(0, at-80), min(len(text), at+200)
	before, after := "", ""
	if from > 0 {
		if i := strings.IndexAny(text[from:at], " \n\t"); i >= 0 {
			from += i
		}
		before = "… "
	}
	if to < len(text) {
		if i := strings.LastIndexAny(text[at:to], " \n\t"); i > 0 {
			to = at + i
		}
		after = " …"
	}
	return before + strings.Join(strings.Fields(strings.ToValidUTF8(text[from:to], "")), " ") + after
}
