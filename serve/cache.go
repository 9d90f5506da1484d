package serve

import (
	"container/list"
	"net/http"
	"sync"

	"golang.org/x/sync/singleflight"

	"example.com/edgard/index"
	"example.com/edgard/serve/guard"
)

// The cache keeps answers about filings while the index is in the edition in which they
// were made. An answer is made once for all who ask for it at the same time, and so a
// list that everybody looks at costs one query for every change of the index.
//
// In a crawl editions follow each other fast: then the cache is emptied with each, and
// what it saves is the crowd.

// Bounds of what is kept: of all together, of one, and what one takes besides its body.
const (
	maxKept    = 32 << 20
	maxKeptOne = 4 << 20
	keptExtra  = 512
)

type cache struct {
	flights singleflight.Group

	mu      sync.Mutex
	edition index.Edition
	kept    map[string]*list.Element // of *keptAnswer
	order   *list.List               // the last used first
	bytes   int
}

type keptAnswer struct {
	key string
	*answer
}

func newCache() *cache {
	return &cache{kept: make(map[string]*list.Element), order: list.New()}
}

// get returns the answer of a key in an edition, which make makes when nobody did.
func (c *cache) get(edition index.Edition, key string, make func() (*answer, error)) (*answer, error) {
	if a := c.find(edition, key); a != nil {
		return a, nil
	}
	made, err, _ := c.flights.Do(edition.String()+" "+key, func() (any, error) {
		a, err := make()
		if err == nil {
			c.keep(edition, key, a)
		}
		return a, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*answer), nil
}

func (c *cache) find(edition index.Edition, key string) *answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.kept[key]
	if e == nil || edition != c.edition {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*keptAnswer).answer
}

// keep keeps an answer of the newest edition seen.
func (c *cache) keep(edition index.Edition, key string, a *answer) {
	k := &keptAnswer{key, a}
	c.mu.Lock()
	defer c.mu.Unlock()
	if edition.Epoch == c.edition.Epoch && edition.Sequence < c.edition.Sequence || len(a.body) > maxKeptOne {
		return
	}
	if edition != c.edition {
		clear(c.kept)
		c.order.Init()
		c.edition, c.bytes = edition, 0
	}
	if c.kept[key] != nil {
		return
	}
	c.kept[key] = c.order.PushFront(k)
	for c.bytes += k.weight(); c.bytes > maxKept; {
		last := c.order.Remove(c.order.Back()).(*keptAnswer)
		delete(c.kept, last.key)
		c.bytes -= last.weight()
	}
}

func (k *keptAnswer) weight() int { return len(k.key) + len(k.body) + keptExtra }

// sendKept answers with what make makes of filings alone, which is kept under key while
// they stay as they are; packed, where it is to be packed.
func (s *Server) sendKept(w http.ResponseWriter, r *http.Request, key string, make func() (*answer, error)) error {
	edition, err := s.edition()
	if err != nil {
		return err
	}
	a, err := s.answers.get(edition, key, make)
	if err != nil {
		return err
	}
	if coding := guard.Coding(r); coding != "" && len(a.body) >= worthPacking && !hasTag(r, a.tag) {
		plain := a
		a, err = s.answers.get(edition, coding+" "+key, func() (*answer, error) { return plain.packed(coding) })
		if err != nil {
			return err
		}
	}
	return s.carry(w, r, a)
}

// maxCarried is how many MiB of answers that are too large to be kept may be on their
// way at once.
const maxCarried = 256

// carry sends an answer; one that is too large to be kept only when there is room,
// for as long as its reader takes.
func (s *Server) carry(w http.ResponseWriter, r *http.Request, a *answer) error {
	if len(a.body) <= maxKeptOne {
		return send(w, r, a)
	}
	weight := min(int64(len(a.body)>>20), maxCarried)
	if !s.carried.TryAcquire(weight) {
		return &problem{Status: http.StatusServiceUnavailable, Detail: "too many large answers are on their way: try again when they have arrived"}
	}
	defer s.carried.Release(weight)
	return send(w, r, a)
}
