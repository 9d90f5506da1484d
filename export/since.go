package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// ErrAnew says that the index was made anew while it was read.
var ErrAnew = errors.New("the index was made anew meanwhile: export again")

// RunSince is Run for what is new since the export that cur was last moved for: what
// the query wants of the filings recorded, recorded anew or withdrawn since, in that
// order, each once, and then those that were without text. Everything is new to a
// cursor that begins, and again, as Report.Anew tells, when the index has another
// numbering than it had. The query's order and Limit do not count.
//
// cur stays where it is until Move.
func (c Config) RunSince(ctx context.Context, w io.Writer, cur *Cursor) (Report, error) {
	s := &since{Config: c, state: cur.state}
	cur.next = nil
	if err := s.open(); err != nil {
		return Report{}, err
	}
	next := place{Version: cursorVersion, Asked: s.state.Asked, Epoch: s.first.Epoch, Sequence: s.first.Last, Last: s.state.Last}
	told := c.Unread
	s.Unread = func(a edgar.Accession, why error) {
		next.Unread = append(next.Unread, a)
		if told != nil {
			told(a, why)
		}
	}
	rep, err := s.write(ctx, w, s.changed())
	rep.Anew = s.anew
	if err == nil && len(next.Unread) > maxUnread {
		err = fmt.Errorf("the text of %d filings could not be read, more than can be remembered: look whether the archive is there", len(next.Unread))
	}
	if err != nil {
		return rep, err
	}
	next.Last = s.state.Last
	cur.next = &next
	return rep, nil
}

// since is an export of what is new.
type since struct {
	Config
	state place            // where the export before ended
	first index.ChangePage // from there
	anew  bool             // that meant nothing any more
}

// open finds the place where the export begins.
func (s *since) open() (err error) {
	if s.first, err = s.from(); err != nil || s.state.Epoch == "" || s.follows() {
		return err
	}
	s.anew = true
	s.state = place{Version: cursorVersion, Asked: s.state.Asked}
	s.first, err = s.from()
	return err
}

// from reads the first page, which begins with the last change before, if that is
// still one.
func (s *since) from() (index.ChangePage, error) {
	return s.Source.Changes(max(s.state.Sequence, 1)-1, index.MaxLimit)
}

// follows reports whether the index goes on from where the cursor stands. One that was
// put back from a backup may have given the same numbers to others.
func (s *since) follows() bool {
	p := &s.first
	if p.Epoch != s.state.Epoch || p.Last < s.state.Sequence {
		return false
	}
	return len(p.Changes) == 0 || p.Changes[0].Sequence != s.state.Sequence || s.state.Last.IsZero() ||
		p.Changes[0].Filing.Accession == s.state.Last
}

// changed yields the filings, as far as the numbering had come when the export began.
func (s *since) changed() iter.Seq2[*parse.Filing, error] {
	return func(yield func(*parse.Filing, error) bool) {
		unread := slices.Clone(s.state.Unread)
		for ch, err := range s.changes() {
			if err != nil {
				yield(nil, err)
				return
			}
			a := ch.Filing.Accession
			unread = slices.DeleteFunc(unread, func(u edgar.Accession) bool { return u == a })
			if !s.give(ch.Filing, yield) {
				return
			}
		}
		for _, a := range unread {
			f, err := s.Source.Filing(a)
			if errors.Is(err, index.ErrNotFound) {
				continue // it will be new when it is back
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !s.give(f, yield) {
				return
			}
		}
	}
}

// give yields a filing that the query wants.
func (s *since) give(f *parse.Filing, yield func(*parse.Filing, error) bool) bool {
	ok, err := s.wants(f)
	if err != nil {
		return yield(nil, err)
	}
	return !ok || yield(f, nil)
}

// wants reports whether the query wants f, also for an issuer that only the listings
// know of.
func (s *since) wants(f *parse.Filing) (bool, error) {
	if len(s.Query.CIKs) == 0 || s.Query.Match(f) {
		return s.Query.Match(f), nil
	}
	others := s.Query
	others.CIKs = nil
	if !others.Match(f) {
		return false, nil
	}
	e, err := s.Source.Entry(f.Accession)
	if errors.Is(err, index.ErrNotFound) {
		return false, nil
	}
	return err == nil && s.Query.Match(f, e.CIKs...), err
}

// changes yields the changes behind the cursor up to the last one there was when the
// export began, and notes it.
func (s *since) changes() iter.Seq2[index.Change, error] {
	return func(yield func(index.Change, error) bool) {
		p, at, end := s.first, s.state.Sequence, s.first.Last
		for len(p.Changes) > 0 {
			for _, ch := range p.Changes {
				if ch.Sequence > end {
					return
				}
				if ch.Sequence > at && !yield(ch, nil) {
					return
				}
				at = max(at, ch.Sequence)
				s.state.Last = ch.Filing.Accession
			}
			var err error
			if p, err = s.Source.Changes(at, index.MaxLimit); err == nil && p.Epoch != s.first.Epoch {
				err = ErrAnew
			}
			if err != nil {
				yield(index.Change{}, err)
				return
			}
		}
	}
}
