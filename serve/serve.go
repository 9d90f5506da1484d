package serve

import (
	"errors"
	"net/http"
	"sync"

	"go.uber.org/zap"
	"golang.org/x/sync/semaphore"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
	"example.com/edgard/vital"
)

// Config is what a Server shows. Index, Archive and Read are required.
type Config struct {
	Index   index.Asking
	Archive *archive.Store // for reading

	// Read reads a filing from the archive by today's parser, with the text of its
	// items; revision 0 is the newest.
	Read func(ix index.Reader, a edgar.Accession, revision int) (*parse.Filing, error)

	Environment

	// Signs are those of the crawl in this process, nil when there is none.
	Signs *vital.Signs

	Build Build
	Log   *zap.Logger // nil for none
}

// Build is the program that serves.
type Build struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	Date    string `json:"date,omitempty"`
}

// Server is the http.Handler of an archive. It expects package guard between itself and
// the socket.
type Server struct {
	Config
	mux     *http.ServeMux
	pages   pages
	statics statics

	feed        *feed
	description func() (*answer, error)
	answers     *cache
	room        *semaphore.Weighted // for submissions being read, in MiB
	carried     *semaphore.Weighted // for large answers being sent, in MiB
	searching   chan struct{}       // holds one search for words at a time
	trends      *trendKeeper

	standing *standing
	extent   *extent
	probe    *probe
	meters   *meters
}

// New makes a Server, to be closed when it serves no more.
func New(cfg Config) (*Server, error) {
	if cfg.Index == nil || cfg.Archive == nil || cfg.Read == nil {
		return nil, errors.New("serving: index, archive and a way to read filings are required")
	}
	if cfg.Log == nil {
		cfg.Log = zap.NewNop()
	}
	s := &Server{Config: cfg, answers: newCache(), room: semaphore.NewWeighted(maxReading), carried: semaphore.NewWeighted(maxCarried), searching: make(chan struct{}, 1), trends: newTrendKeeper(cfg.Index, cfg.Log)}
	var err error
	if s.pages, err = readPages(); err != nil {
		return nil, err
	}
	if s.statics, err = readStatics(); err != nil {
		return nil, err
	}
	s.standing, s.probe, s.extent = newStanding(s), newProbe(s), measure(cfg.Archive, cfg.Log)
	s.meters = newMeters(s)
	s.feed = newFeed(cfg, s.liveRow)
	s.mux = newMux(s)
	s.description = sync.OnceValues(func() (*answer, error) { return jsonAnswer(document(s.api(), s.Build)) })
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Close ends streams and what goes on in the background.
func (s *Server) Close() error {
	s.feed.close()
	s.trends.close()
	s.extent.close()
	return nil
}
