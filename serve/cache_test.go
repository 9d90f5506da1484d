package serve

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"golang.org/x/sync/semaphore"

	"example.com/edgard/index"
)

// numbered makes answers, and counts them.
type numbered struct {
	n    int
	size int
}

func (m *numbered) make() (*answer, error) {
	m.n++
	return newAnswer("text/plain", []byte(strings.Repeat("x", m.size)+fmt.Sprint(m.n))), nil
}

func body(a *answer, err error) string {
	if err != nil {
		return err.Error()
	}
	return strings.TrimLeft(string(a.body), "x")
}

func TestAnAnswerIsMadeOnceAnEdition(t *testing.T) {
	c, m := newCache(), new(numbered)
	one, two, other := index.Edition{Epoch: "a", Sequence: 1}, index.Edition{Epoch: "a", Sequence: 2}, index.Edition{Epoch: "b", Sequence: 1}
	for i, step := range []struct {
		edition   index.Edition
		key, want string
	}{
		{one, "k", "1"}, {one, "k", "1"}, {one, "l", "2"}, {two, "k", "3"}, {two, "k", "3"},
		{one, "k", "4"}, {two, "k", "3"}, // what is late is not kept
		{other, "k", "5"}, {two, "k", "6"}, {two, "k", "6"},
	} {
		if got := body(c.get(step.edition, step.key, m.make)); got != step.want {
			t.Errorf("step %d: got %s, want %s", i, got, step.want)
		}
	}
}

func TestWhatFailsIsNotKept(t *testing.T) {
	c, m := newCache(), new(numbered)
	if got := body(c.get(index.Edition{}, "k", func() (*answer, error) { return nil, errors.New("no") })); got != "no" {
		t.Errorf("got %s", got)
	}
	if got := body(c.get(index.Edition{}, "k", m.make)); got != "1" {
		t.Errorf("got %s", got)
	}
}

func TestACrowdWaitsForOneAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m, ready := newCache(), new(numbered), make(chan struct{})
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				got := body(c.get(index.Edition{}, "k", func() (*answer, error) {
					<-ready
					return m.make()
				}))
				if got != "1" {
					t.Errorf("got %s", got)
				}
			})
		}
		synctest.Wait()
		close(ready)
		wg.Wait()
	})
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	c, m := newCache(), &numbered{size: 1 << 20}
	for i := range 100 {
		if got := body(c.get(index.Edition{}, fmt.Sprint(i), m.make)); got != fmt.Sprint(i+1) {
			t.Fatalf("got %s", got)
		}
		if got := body(c.get(index.Edition{}, "0", m.make)); got != "1" {
			t.Fatalf("the one that is always used was dropped: %s", got)
		}
		if c.bytes > maxKept || c.order.Len() != len(c.kept) {
			t.Fatalf("%d bytes in %d answers, %d in order", c.bytes, len(c.kept), c.order.Len())
		}
	}
	if len(c.kept) < 25 {
		t.Errorf("only %d are kept", len(c.kept))
	}
	m.size = maxKeptOne + 1
	c.get(index.Edition{}, "large", m.make)
	if c.find(index.Edition{}, "large") != nil {
		t.Error("one that is too large is kept")
	}
}

func TestLargeAnswersWaitForRoom(t *testing.T) {
	s := &Server{carried: semaphore.NewWeighted(maxCarried)}
	large := newAnswer("text/plain", make([]byte, 100<<20))
	var carried []int
	var nest func() error
	nest = func() error { // each is on its way while the next is asked for
		w := &nesting{ResponseRecorder: httptest.NewRecorder()}
		if len(carried) < 5 {
			carried = append(carried, 1)
			w.meanwhile = nest
		}
		return errors.Join(s.carry(w, httptest.NewRequest("GET", "/", nil), large), w.err)
	}
	var p *problem
	if err := nest(); !errors.As(err, &p) || p.Status != 503 || len(carried) != 3 {
		t.Errorf("%d of 100 MiB were asked for, %v", len(carried), err)
	}
	if err := s.carry(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), large); err != nil {
		t.Errorf("when all have arrived: %v", err)
	}
}

// nesting does something while an answer is written.
type nesting struct {
	*httptest.ResponseRecorder
	meanwhile func() error
	err       error
}

func (n *nesting) Write(b []byte) (int, error) {
	if n.meanwhile != nil {
		n.err = n.meanwhile()
	}
	return len(b), nil
}
