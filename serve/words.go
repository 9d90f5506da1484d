package serve

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// Bounds of one page of a search for words. The link to the next page goes on.
const (
	searchedAtMost = 500             // filings, about
	searchTime     = 2 * time.Second // after which no other piece is begun
	searchPiece    = 10              // filings, after which there is a place to go on
	searchWorkers  = 2
	searchWait     = 5 * time.Second // for the turn
	searchWords    = 16
)

// searched is what a search for words came to.
type searched struct {
	rows         []row // those found, newest first; the snippet is where the words are
	next         string
	read, unread int        // filings, and those of them that the archive does not give
	back         edgar.Date // filing date of the last
}

// search finds filings of which an item has all the words, by reading them: newest
// first, as many as there is time for.
func (s *Server) search(ctx context.Context, a asked) (f searched, err error) {
	if err := s.takeTurn(ctx); err != nil {
		return f, err
	}
	defer func() { <-s.searching }()
	q, until := a.query, time.Now().Add(searchTime)
	q.Limit = searchPiece
	for more := true; more; more = f.next != "" && f.read < searchedAtMost && len(f.rows) < pageLength && time.Now().Before(until) {
		fs, next, err := s.find(q)
		if err != nil {
			return searched{}, err
		}
		results := s.readFor(ctx, fs, a.words)
		if err := ctx.Err(); err != nil {
			return searched{}, err
		}
		f.add(fs, results)
		f.next, q.After = next, next
	}
	return f, nil
}

// takeTurn waits until no other search is at work, for each takes what everybody else
// needs.
func (s *Server) takeTurn(ctx context.Context) error {
	late := time.NewTimer(searchWait)
	defer late.Stop()
	select {
	case s.searching <- struct{}{}:
		return nil
	case <-late.C:
		return unavailable("another search for words is under way: try again in a few seconds")
	case <-ctx.Done():
		return ctx.Err()
	}
}

// result is what reading a filing for words came to.
type result struct {
	passage string
	found   bool
	err     error
}

// readFor reads filings for words, until ctx ends.
func (s *Server) readFor(ctx context.Context, fs []*parse.Filing, words []string) []result {
	results := make([]result, len(fs))
	var all sync.WaitGroup
	for worker := range searchWorkers {
		all.Go(func() {
			for i := worker; i < len(fs) && ctx.Err() == nil; i += searchWorkers {
				items, err := s.items(ctx, fs[i])
				results[i].err = err
				results[i].passage, results[i].found = passage(items, words)
			}
		})
	}
	all.Wait()
	return results
}

func (f *searched) add(fs []*parse.Filing, results []result) {
	for i, r := range results {
		if f.read++; r.err != nil {
			f.unread++
		}
		if r.found {
			hit := rowOf(fs[i])
			hit.Snippet = r.passage
			f.rows = append(f.rows, hit)
		}
		f.back = fs[i].Filed
	}
}

// says tells how far the search went.
func (f searched) says() string {
	text := "Searched: the items of " + filings(f.read)
	if f.next != "" {
		text += ", back to " + f.back.String()
	}
	if text += "."; f.unread > 0 {
		text += fmt.Sprintf(" %s of them could not be read from the archive: crawler verify names them.", count(f.unread))
	}
	return text
}

// items reads the items of a filing, with their text, out of the archive.
func (s *Server) items(ctx context.Context, f *parse.Filing) (items []parse.Item, err error) {
	err = s.reading(ctx, f.Size, func() (err error) {
		r, _, err := s.Archive.Open(f.Accession, f.Revision)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, r.Close()) }()
		sub, err := parse.ReadReport(r)
		if err == nil {
			items = parse.EightK(sub).Items
		}
		return err
	})
	return items, err
}
