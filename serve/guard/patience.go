package guard

import (
	"net/http"
	"strings"
	"time"

	"go.uber.org/zap"
)

// piece is how much a reader takes within the time it may stall.
const piece = 32 << 10

// patience gives an answer time for as long as it is being read: each piece has the same
// time, and a reader that stalls is cut off. It also keeps the access log.
func (c Config) patience(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		p := &patient{ResponseWriter: w, control: http.NewResponseController(w), stall: c.Stall, known: r.Header.Values("If-None-Match")}
		defer func() {
			p.extend() // for what net/http has still to write
			if e := c.Log.Check(zap.DebugLevel, "request answered"); e != nil {
				e.Write(zap.String("method", clean(r.Method)), zap.String("url", clean(r.RequestURI)), zap.Int("status", p.status),
					zap.Int64("bytes", p.bytes), zap.Duration("took", time.Since(began)), zap.String("from", r.RemoteAddr))
			}
		}()
		next.ServeHTTP(p, r)
	})
}

// patient writes an answer piece by piece, and counts its bytes.
type patient struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
	known   []string // ETags of what the client has
	status  int      // 0 before there is one
	bytes   int64
}

// extend gives the reader time for the next piece.
func (p *patient) extend() {
	_ = p.control.SetWriteDeadline(time.Now().Add(p.stall)) // in tests there may be no socket
}

func (p *patient) WriteHeader(status int) {
	if status >= 200 && p.status == 0 {
		p.status = status
		weaken(p.Header(), status, p.known)
	}
	p.extend()
	p.ResponseWriter.WriteHeader(status)
}

func (p *patient) Write(b []byte) (n int, err error) {
	if p.status == 0 {
		p.WriteHeader(http.StatusOK)
	}
	for {
		p.extend()
		part := b[n:min(n+piece, len(b))]
		wrote, err := p.ResponseWriter.Write(part)
		n += wrote
		p.bytes += int64(wrote)
		if err != nil || n == len(b) {
			return n, err
		}
	}
}

// Flush sends what was written on its way.
func (p *patient) Flush() { _ = p.FlushError() }

// FlushError is Flush for [http.ResponseController].
func (p *patient) FlushError() error {
	if p.status == 0 {
		p.WriteHeader(http.StatusOK)
	}
	p.extend()
	return p.control.Flush()
}

// Unwrap is for [http.ResponseController].
func (p *patient) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// clean makes what a client sent harmless in a log, and short.
func clean(s string) string {
	const longest = 200
	if len(s) > longest {
		s = s[:longest] + "..."
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}
