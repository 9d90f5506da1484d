package crawl

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// errTooLarge says that a body is longer than anything EDGAR serves under that
// kind of path.
var errTooLarge = errors.New("body larger than its kind can be")

// sink is where the body of one visit goes: not through colly.
type sink struct {
	w     io.Writer
	limit int64
	fault error // w failed: our side, not theirs

	requests int // made for this visit, redirects included
	status   int
	header   http.Header
	n        int64
}

type sinkKey struct{}

// Write keeps the writer's own failures apart from the network's.
func (s *sink) Write(p []byte) (int, error) {
	if s.n+int64(len(p)) > s.limit {
		return 0, errTooLarge
	}
	n, err := s.w.Write(p)
	s.n += int64(n)
	if err != nil {
		s.fault = err
	}
	return n, err
}

// spool is the transport right below colly. It streams the body of an answer 200
// to the sink that the request's context carries and hands on an empty one, with
// no Content-Type to act upon.
type spool struct{ next http.RoundTripper }

func (t spool) RoundTrip(req *http.Request) (*http.Response, error) {
	res, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	s, ok := req.Context().Value(sinkKey{}).(*sink)
	if !ok {
		return res, nil
	}
	s.status, s.header = res.StatusCode, res.Header.Clone()
	if res.StatusCode == http.StatusOK && req.Method != http.MethodHead {
		if res.ContentLength > s.limit {
			res.Body.Close()
			return nil, fmt.Errorf("body of %d bytes: %w", res.ContentLength, errTooLarge)
		}
		if _, err := io.Copy(s, res.Body); err != nil {
			res.Body.Close()
			return nil, fmt.Errorf("body after %d bytes: %w", s.n, err)
		}
	}
	discard(res)
	res.Body, res.ContentLength = http.NoBody, 0
	res.Uncompressed = true // colly gunzips by file name otherwise
	for _, k := range []string{"Content-Type", "Content-Encoding", "Content-Length"} {
		res.Header.Del(k)
	}
	return res, nil
}

func withSink(ctx context.Context, s *sink) context.Context {
	return context.WithValue(ctx, sinkKey{}, s)
}
