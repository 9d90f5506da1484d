package guard

import (
	"io"
	"log"
	"maps"
	"net/http"

	"go.uber.org/zap"
)

// panics turns a panic of a handler into a line in the log and a 500 that reveals
// nothing; an answer that has begun is cut off, so that it is not taken for whole.
func (c Config) panics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, before := &begun{ResponseWriter: w}, maps.Clone(w.Header())
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			c.Log.Error("handler panicked", zap.String("url", clean(r.RequestURI)), zap.Any("panic", v), zap.Stack("stack"))
			if b.yes {
				panic(http.ErrAbortHandler)
			}
			clear(w.Header())
			maps.Copy(w.Header(), before)
			c.Refuse(w, r, http.StatusInternalServerError, "something went wrong here: the log says more")
		}()
		next.ServeHTTP(b, r)
	})
}

// begun knows whether an answer has begun.
type begun struct {
	http.ResponseWriter
	yes bool
}

func (b *begun) WriteHeader(status int) {
	b.yes = b.yes || status >= 200
	b.ResponseWriter.WriteHeader(status)
}

func (b *begun) Write(p []byte) (int, error) {
	b.yes = true
	return b.ResponseWriter.Write(p)
}

// FlushError is for [http.ResponseController].
func (b *begun) FlushError() error {
	b.yes = true
	return http.NewResponseController(b.ResponseWriter).Flush()
}

// Flush is FlushError for callers that ignore errors.
func (b *begun) Flush() { _ = b.FlushError() }

// Unwrap is for [http.ResponseController].
func (b *begun) Unwrap() http.ResponseWriter { return b.ResponseWriter }

// quiet is the log of net/http: what clients do wrong is worth a line at debug level.
func quiet(to *zap.Logger) *log.Logger {
	l, err := zap.NewStdLogAt(to, zap.DebugLevel)
	if err != nil {
		return log.New(io.Discard, "", 0)
	}
	return l
}
