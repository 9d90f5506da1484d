package crawl

import (
	"context"
	"errors"
	"iter"
	"slices"
	"unicode/utf8"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// contrast is one Compare under way.
type contrast struct {
	Comparison
	fields   map[string]*FieldDifference
	states   map[StateChange]int
	progress func(Progress)
	at       Progress
}

// twin is what the walk over both indexes comes upon.
type twin struct {
	index.Twin
	err error
}

func twinsOf(walk iter.Seq2[index.Twin, error]) iter.Seq[twin] {
	return func(yield func(twin) bool) {
		for t, err := range walk {
			if !yield(twin{t, err}) {
				return
			}
		}
	}
}

// judgement is what was found out about one accession.
type judgement struct {
	accession edgar.Accession
	kind      twinKind
	parser    int // that read the old filing; -1 when there is none
	changes   []parse.FieldChange
	reason    string // of twinBroken
}

type twinKind int

const (
	twinSame twinKind = iota
	twinChanged
	twinAdded
	twinRemoved
	twinOtherBytes
	twinOtherwise
	twinUnread
	twinBroken // the walk ends here
)

// compareTwin compares the two filings of one accession.
func compareTwin(_ context.Context, t twin) (judgement, error) {
	v := judgement{accession: t.Accession, parser: parse.ParserVersion}
	if t.err == nil && t.Same() {
		return v, nil
	}
	v.parser = -1
	if errors.Is(t.err, index.ErrReplaced) {
		v.kind, v.reason = twinBroken, t.err.Error()
		return v, nil
	}
	if t.err != nil {
		return v, t.err
	}
	old, new, err := t.Filings()
	if errors.Is(err, index.ErrReplaced) {
		v.kind = twinUnread
		return v, nil
	}
	if err == nil {
		v.compare(old, new)
	}
	return v, err
}

func (v *judgement) compare(old, new *parse.Filing) {
	if old != nil {
		v.parser = old.Parser
	}
	switch {
	case old == nil:
		v.kind = twinAdded
	case new == nil:
		v.kind = twinRemoved
	case old.SHA256 != new.SHA256:
		v.kind = twinOtherBytes
	default:
		v.changes = parse.Changes(old, new)
		if len(v.changes) > 0 {
			v.kind = twinChanged
		} else if !keptAlike(old, new) {
			v.kind = twinOtherwise
		}
	}
}

// keptAlike compares what is not the parser's to say.
func keptAlike(old, new *parse.Filing) bool {
	return old.Withdrawn == new.Withdrawn && old.Revision == new.Revision && old.Size == new.Size &&
		old.Seen.Equal(new.Seen) && old.Recorded.Equal(new.Recorded)
}

// count takes verdicts in until done is closed.
func (c *contrast) count(done <-chan judgement) error {
	for v := range done {
		c.at.Looked++
		c.tell()
		if v.kind == twinBroken {
			c.Broken = v.reason
			continue
		}
		if v.parser >= 0 {
			c.Before[v.parser]++
		}
		if cases := c.cases(v.kind); cases != nil {
			cases.add(v.accession)
		} else {
			c.Same++
		}
		c.addFields(v)
	}
	return nil
}

func (c *contrast) cases(k twinKind) *Cases {
	switch k {
	case twinChanged:
		return &c.Changed
	case twinAdded:
		return &c.Added
	case twinRemoved:
		return &c.Removed
	case twinOtherBytes:
		return &c.Bytes
	case twinOtherwise:
		return &c.Otherwise
	case twinUnread:
		return &c.Unread
	}
	return nil
}

const (
	maxExamples = 5
	maxValue    = 240 // bytes of a value that is shown
)

// add names a when it is among the first.
func (c *Cases) add(a edgar.Accession) {
	c.Filings++
	c.Examples = firstOf(append(c.Examples, a), edgar.Accession.Compare)
}

// firstOf keeps the least of what is given, as many as are shown.
func firstOf[T any](all []T, compare func(a, b T) int) []T {
	slices.SortFunc(all, compare)
	return all[:min(len(all), maxExamples)]
}

// addFields counts the changes of one filing.
func (c *contrast) addFields(v judgement) {
	seen := map[string]bool{}
	for _, x := range v.changes {
		f := c.fields[x.Path]
		if f == nil {
			f = &FieldDifference{Path: x.Path}
			c.fields[x.Path] = f
		}
		switch {
		case x.Old == "":
			f.Added++
		case x.New == "":
			f.Removed++
		default:
			f.Changed++
		}
		if !seen[x.Path] {
			seen[x.Path] = true
			f.Filings++
			e := Example{v.accession, shorten(x.Old), shorten(x.New)}
			f.Examples = firstOf(append(f.Examples, e), func(a, b Example) int { return a.Accession.Compare(b.Accession) })
		}
	}
}

// shorten cuts a value that is too long to be shown.
func shorten(s string) string {
	if len(s) <= maxValue {
		return s
	}
	n := maxValue
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

func (c *contrast) tell() { c.progress(c.at) }
