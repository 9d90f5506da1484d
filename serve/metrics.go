package serve

import (
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// meters are what /metrics tells, in a registry of its own.
type meters struct {
	answers *prometheus.CounterVec   // by route and status
	seconds *prometheus.HistogramVec // by route
	streams atomic.Int64             // open at the moment
	handler http.Handler
}

func newMeters(s *Server) *meters {
	c := &meters{
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "edgard_http_answers_total", Help: help("edgard_http_answers_total")}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "edgard_http_answer_seconds", Help: help("edgard_http_answer_seconds"),
			Buckets: []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5},
		}, []string{"route"}),
	}
	of := prometheus.NewRegistry()
	of.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		c.answers, c.seconds, newCollector(s))
	c.handler = promhttp.HandlerFor(of, promhttp.HandlerOpts{DisableCompression: true, MaxRequestsInFlight: 4})
	return c
}

// guardRoute is the route of what is answered before any route is found: requests that
// are turned away, and those whose handler broke.
const guardRoute = "guard"

// metrics answers what Prometheus asks.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	s.meters.handler.ServeHTTP(w, r)
	return nil
}

// count has the answers of a route counted, but for those of a handler that panics
// before it answers, which are the guard's. How long one takes is not told of streams,
// which end when somebody goes away.
func (c *meters) count(path string, next http.HandlerFunc) http.HandlerFunc {
	name := strings.TrimSuffix(path, "{$}")
	if path == "/" {
		name = "none"
	}
	return func(w http.ResponseWriter, r *http.Request) {
		began, answer, returned := time.Now(), &answering{ResponseWriter: w}, false
		defer func() {
			if !returned && answer.status == 0 {
				return
			}
			c.answers.WithLabelValues(name, strconv.Itoa(answer.code())).Inc()
			if !answer.flushed {
				c.seconds.WithLabelValues(name).Observe(time.Since(began).Seconds())
			}
		}()
		next(answer, r)
		returned = true
	}
}

// answering notes the status of an answer.
type answering struct {
	http.ResponseWriter
	status  int
	flushed bool // a stream
}

func (a *answering) WriteHeader(status int) {
	if a.status == 0 && status >= http.StatusOK {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answering) Write(p []byte) (int, error) {
	a.code()
	return a.ResponseWriter.Write(p)
}

// FlushError is found by http.ResponseController, and so is Unwrap.
func (a *answering) FlushError() error {
	a.flushed = true
	a.code()
	return http.NewResponseController(a.ResponseWriter).Flush()
}

func (a *answering) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *answering) code() int {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.status
}
