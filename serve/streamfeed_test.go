package serve

import (
	"errors"
	"strings"
	"testing"

	"go.uber.org/zap"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// changed is an index of so many changes, numbered from 1, and of nothing else.
type changed struct {
	index.Reader
	n uint64
}

func (c changed) Edition() (index.Edition, error) { return at(c.n), nil }

func (c changed) Entry(edgar.Accession) (index.Entry, error) {
	return index.Entry{}, index.ErrNotFound
}

func (c changed) Changes(after uint64, limit int) (index.ChangePage, error) {
	p := index.ChangePage{Epoch: "e", Last: c.n}
	for i := after + 1; i <= c.n && len(p.Changes) < limit; i++ {
		p.Changes = append(p.Changes, index.Change{Sequence: i, Filing: new(parse.Filing)})
	}
	return p, nil
}

func at(n uint64) index.Edition { return index.Edition{Epoch: "e", Sequence: n} }

// feedOf is a feed of an index of n changes that somebody listens to from edition 0 on;
// nobody polls.
func feedOf(t *testing.T, n uint64) *feed {
	t.Helper()
	f := newFeed(Config{Index: index.Of(changed{n: n}), Log: zap.NewNop()}, nil)
	f.polling = true // as if
	if _, err := f.join(at(0)); err != nil {
		t.Fatal(err)
	}
	return f
}

// inOrder checks that changes are those from first to last, each once.
func inOrder(t *testing.T, cs []change, first, last uint64) {
	t.Helper()
	want := first
	for _, c := range cs {
		if c.sequence != want {
			t.Fatalf("change %d comes in the place of %d", c.sequence, want)
		}
		want++
	}
	if want != last+1 {
		t.Fatalf("changes end before %d, want up to %d", want, last)
	}
}

func TestWhoIsFarBehindIsToldEverythingPieceByPiece(t *testing.T) {
	const n = 3*index.DefaultLimit + 7
	f := feedOf(t, n)
	var all []change
	for place := at(0); place != at(n); {
		cs, now, err := f.catchUp(t.Context(), place)
		if err != nil || now.Sequence <= place.Sequence {
			t.Fatalf("from %s to %s, %v", place, now, err)
		}
		all, place = append(all, cs...), now
	}
	inOrder(t, all, 1, n)
}

func TestTheLastChangesAreKeptForAll(t *testing.T) {
	const n = maxRecent + 500
	f := feedOf(t, n)
	for f.at != at(n) {
		if err := f.look(f.at); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, _, ok := f.after(at(499)); ok {
		t.Error("a change that is kept no more is not missed")
	}
	cs, now, _, ok := f.after(at(500))
	if !ok || now != at(n) {
		t.Fatalf("kept %v, up to %s", ok, now)
	}
	inOrder(t, cs, 501, n)
}

func TestWhatWasReadBeforeSomebodyBeganAnewIsNotTaken(t *testing.T) {
	f := feedOf(t, 5)
	fresh, now, err := f.changesAfter(changed{n: 5}, at(0), maxRecent)
	if err != nil {
		t.Fatal(err)
	}
	f.at, f.from = at(9), 9 // the next who listens
	f.take(at(0), now, fresh)
	if f.at != at(9) || len(f.recent) > 0 {
		t.Errorf("the feed is at %s with %d changes", f.at, len(f.recent))
	}
}

func TestWhoIsAheadOfTheFeedIsNotSentBack(t *testing.T) {
	f := feedOf(t, 5)
	if cs, now, _, ok := f.after(at(3)); !ok || now != at(3) || len(cs) > 0 {
		t.Errorf("kept %v, %d changes up to %s; want none, up to 3", ok, len(cs), now)
	}
	if err := f.look(at(0)); err != nil {
		t.Fatal(err)
	}
	cs, now, _, _ := f.after(at(3))
	if now != at(5) {
		t.Errorf("up to %s, want 5", now)
	}
	inOrder(t, cs, 4, 5)
}

func TestFeedsEndOnce(t *testing.T) {
	f := newFeed(Config{Index: index.Of(changed{}), Log: zap.NewNop()}, nil)
	f.close()
	f.close()
	var p *problem
	if _, err := f.join(at(0)); !errors.As(err, &p) || p.Status != 503 {
		t.Errorf("one who comes after the end is told %v", err)
	}
}

func TestNothingInAnEventSteersATerminal(t *testing.T) {
	f := &parse.Filing{Filers: []parse.Filer{{Name: "A\u009b2J \u202eB & C"}}}
	got, err := feedOf(t, 0).newChange(index.Change{Filing: f}, nil).json()
	if err != nil {
		t.Fatal(err)
	}
	if want := `"name":"A\u009b2J \u202eB & C"`; !strings.Contains(string(got), want) {
		t.Errorf("got %s, want %s in it", got, want)
	}
}
