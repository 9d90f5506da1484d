package mirror

import (
	"sync"
	"time"
)

// told remembers what was said of listings: their content, and since when they have
// it. What the index knows of times does not show every change; that one saw a
// listing change does.
type told struct {
	mu   sync.Mutex
	said map[string]statement
}

type statement struct {
	etag     string
	modified time.Time
}

const maxSaid = 20_000

// since returns since when a listing is as it is, in whole seconds: what the index
// says of it, unless that was said of another content before. Another content is
// always said to be later.
func (t *told) since(listing, etag string, index, now time.Time) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	before, ok := t.said[listing]
	if ok && before.etag == etag {
		return before.modified
	}
	at := index.Truncate(time.Second)
	if ok && !at.After(before.modified) {
		at = now.Truncate(time.Second)
	}
	if ok && !at.After(before.modified) {
		at = before.modified.Add(time.Second)
	}
	if t.said == nil || len(t.said) >= maxSaid {
		t.said = make(map[string]statement)
	}
	t.said[listing] = statement{etag, at}
	return at
}
