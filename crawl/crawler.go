package crawl

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"example.com/edgard/archive"
	"example.com/edgard/index"
	"example.com/edgard/vital"
	"go.uber.org/zap"
)

// Config is what a Crawler needs. Index, Archive, UserAgent and the two
// directories are required.
type Config struct {
	UserAgent   string            // name and e-mail address, see CheckUserAgent
	BaseURL     string            // an EDGAR mirror or test server; "" for SEC's own hosts
	Token       string            // what the mirror wants whoever asks to know; "" for nothing
	Rate        float64           // requests a second, at most MaxRate; 0, unlimited, only against loopback
	Patient     bool              // wait out a cool-down, or a disk in trouble, instead of returning a ThrottledError or DiskError
	StateDir    string            // request budgets, shared by all processes of the user
	ListingsDir string            // listings, kept as fetched
	Transport   http.RoundTripper // nil for a transport with HTTP/2, proxies from the environment and bounded connections
	Index       *index.Store
	Archive     *archive.Store
	Signs       *vital.Signs   // noted down as things happen; nil for nobody who looks
	KeepText    bool           // archive the text of submissions alone, see parse.KeepText
	Log         *zap.Logger    // nil for none
	Progress    func(Progress) // called from one goroutine at a time, after each step of a pass; nil for none
}

// Crawler moves submissions from EDGAR to an archive and an index: in one pass
// (Sync) or for ever (Run), one of them at a time.
type Crawler struct {
	Config
	door    *polite
	pages   *collector
	claims  *claims
	health  *health
	disk    *disk
	buffers *sync.Pool         // of *[]byte: submissions on their way into the archive
	step    func(string) error // fails at a named step, in tests of interruption
	pace    pace
	began   time.Time
}

// New checks the configuration: a *MisuseError says what cannot work and what to
// do about it.
func New(cfg Config) (*Crawler, error) {
	www, data, err := roots(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	local := isLoopback(www.Hostname())
	if err := CheckUserAgent(cfg.UserAgent, local); err != nil {
		return nil, err
	}
	if err := checkRate(cfg.Rate, local); err != nil {
		return nil, err
	}
	if cfg.Token != "" && cfg.BaseURL == "" {
		return nil, misusef("a token is told to a mirror, and never to SEC: give the mirror's --base-url, too")
	}
	if cfg.Log == nil {
		cfg.Log = zap.NewNop()
	}
	if cfg.Progress == nil {
		cfg.Progress = func(Progress) {}
	}
	if cfg.Transport == nil {
		cfg.Transport = newTransport()
	}
	b, err := newBudget(cfg.StateDir, budgetHost(www), cfg.Rate)
	if err != nil {
		return nil, err
	}
	door := newPolite(cfg.Transport, cfg.UserAgent, b)
	door.patient, door.token = cfg.Patient, cfg.Token
	door.signs, b.signs = cfg.Signs, cfg.Signs
	b.signs.Limit(cfg.Rate)
	b.waiting = waitingOnce(cfg.Log)
	pages, err := newCollector(www, data, cfg.UserAgent, door)
	if err != nil {
		return nil, err
	}
	pages.permits = newRobots(cfg.StateDir, cfg.UserAgent, pages, cfg.Log).permits
	space := newDisk(cfg.Log)
	if cfg.Archive != nil && cfg.Index != nil { // Reach does without
		space = newDisk(cfg.Log, cfg.ListingsDir, cfg.Archive.Dir(), cfg.Index.Dir())
	}
	buffers := &sync.Pool{New: func() any { return new([]byte) }}
	return &Crawler{Config: cfg, door: door, pages: pages, claims: newClaims(), health: new(health), disk: space, buffers: buffers, step: func(string) error { return nil }, pace: usualPace(), began: time.Now()}, nil
}

// waitingOnce says once for each cool-down that requests wait for its end.
func waitingOnce(log *zap.Logger) func(time.Time) {
	var mu sync.Mutex
	var said time.Time
	return func(until time.Time) {
		mu.Lock()
		defer mu.Unlock()
		if !until.Equal(said) {
			said = until
			log.Warn("SEC says we ask too fast: waiting", zap.Time("until", until))
		}
	}
}

// CheckRate reports what is wrong with a rate of requests a second to a server:
// more than MaxRate, too little, or unlimited to one that is not on loopback.
func CheckRate(perSecond float64, baseURL string) error {
	www, _, err := roots(baseURL)
	if err != nil {
		return err
	}
	return checkRate(perSecond, isLoopback(www.Hostname()))
}

// budgetHost is the host whose budget a request to u draws on: SEC counts its own
// together.
func budgetHost(u *url.URL) string {
	if h := u.Hostname(); h == "sec.gov" || strings.HasSuffix(h, ".sec.gov") {
		return "sec.gov"
	}
	return u.Host
}

func roots(base string) (www, data *url.URL, err error) {
	if base == "" {
		www, err = url.Parse(secWWW)
		if err == nil {
			data, err = url.Parse(secData)
		}
		return www, data, err
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, nil, misusef("base URL %q: want a form such as http://127.0.0.1:8080", base)
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, nil, misusef("base URL %q: want scheme, host and path alone", base)
	}
	return u, u, nil
}

func checkRate(perSecond float64, local bool) error {
	switch {
	case perSecond == 0 && local:
		return nil
	case perSecond == 0:
		return misusef("rate 0 means unlimited, which only a server on a loopback address may be asked at: give a rate of at most %d", MaxRate)
	case !(perSecond >= minRate && perSecond <= MaxRate):
		return misusef("rate %v requests a second: want %v to %d, for SEC blocks clients near 10", perSecond, minRate, MaxRate)
	}
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// newTransport bounds connections and waiting; deadlines of whole attempts are
// the polite transport's.
func newTransport() http.RoundTripper {
	return viaProxy{&http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		OnProxyConnectResponse: refusal,
		DialContext:            (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:      true,
		MaxConnsPerHost:        connections,
		MaxIdleConnsPerHost:    connections,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    15 * time.Second,
		ResponseHeaderTimeout:  60 * time.Second,
		DisableCompression:     true, // the polite transport asks for gzip and unpacks it
	}}
}
