package crawl

import (
	"sync"

	"example.com/edgard/edgar"
)

// claims are the entries being worked on, so that of two passes at the same time
// one alone asks for a submission. An entry is claimed from before its state is
// looked at until what became of it is in the index.
type claims struct {
	mu sync.Mutex
	by map[edgar.Accession]*pass
}

func newClaims() *claims { return &claims{by: make(map[edgar.Accession]*pass)} }

// take claims a for p, and reports whether nobody else had it.
func (c *claims) take(a edgar.Accession, p *pass) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, taken := c.by[a]; taken {
		return false
	}
	c.by[a] = p
	return true
}

func (c *claims) taken(a edgar.Accession) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, taken := c.by[a]
	return taken
}

// holds reports whether p is at work on any entry.
func (c *claims) holds(p *pass) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, by := range c.by {
		if by == p {
			return true
		}
	}
	return false
}

func (c *claims) release(a edgar.Accession) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.by, a)
}

// releaseAll gives up what p still holds when it ends.
func (c *claims) releaseAll(p *pass) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for a, by := range c.by {
		if by == p {
			delete(c.by, a)
		}
	}
}
