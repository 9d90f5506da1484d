package browsertest

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
)

// look is how a visitor sees the pages.
type look struct {
	dark     bool
	width    int64 // of the window; 0 for 1280
	noScript bool
}

func (l look) String() string {
	words := []string{"light"}
	if l.dark {
		words[0] = "dark"
	}
	if l.width != 0 {
		words = append(words, "narrow")
	}
	if l.noScript {
		words = append(words, "noscript")
	}
	return strings.Join(words, "-")
}

// tab is a visitor's window, with nothing that other visitors left behind.
type tab struct {
	*testing.T
	ctx  context.Context
	base string
	look look
	said *said
}

// visit opens a window for a journey. At its end nothing may have been said on the
// console, and nobody else been asked.
func visit(t *testing.T, browser context.Context, s *site, l look) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, tooLong)
	t.Cleanup(cancel)
	b := &tab{t, ctx, s.url, l, &said{base: s.url}}
	if err := chromedp.Listen(ctx, b.said.hear); err != nil {
		t.Fatal(err)
	}
	b.do("watching the console", cmd(cdplog.Enable, cdp.Empty{}))
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	b.do("choosing colours", cmd(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}))
	size := emulation.SetDeviceMetricsOverrideParams{Width: 1280, Height: 900, DeviceScaleFactor: 1}
	if l.width != 0 {
		size = emulation.SetDeviceMetricsOverrideParams{Width: l.width, Height: 740, DeviceScaleFactor: 2, Mobile: true}
	}
	b.do("sizing the window", cmd(emulation.SetDeviceMetricsOverride, size))
	if l.noScript {
		b.do("going without scripts", cmd(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	}
	t.Cleanup(func() { b.said.check(t) }) // before the window closes
	return b
}

func (b *tab) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatalf("%s: %v\n%s", what, err, b.said)
	}
}

// open goes to a path, which must be there.
func (b *tab) open(path string) {
	b.Helper()
	b.arrive("opening "+path, chromedp.Navigate(b.base+path))
}

// arrive does what leads to another page, and waits until it is loaded.
func (b *tab) arrive(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	resp, err := chromedp.RunResponse(b.ctx, steps...)
	if err != nil {
		b.Fatalf("%s: %v\n%s", what, err, b.said)
	}
	if resp != nil && resp.Status != 200 {
		b.Fatalf("%s: status %d of %s", what, resp.Status, resp.URL)
	}
}

// follow clicks the first link or button of these words, or beginning so, and arrives.
func (b *tab) follow(words string) {
	b.Helper()
	b.arrive("following "+words, chromedp.Click(called(words)))
}

// click clicks the first link or button of these words, and stays.
func (b *tab) click(words string) {
	b.Helper()
	b.do("clicking "+words, chromedp.Click(called(words)))
}

// back goes back to path.
func (b *tab) back(path string) {
	b.Helper()
	ask[any](b, "history.back()")
	b.await("going back to "+path, "location.href === '"+b.base+path+"' && document.readyState === 'complete'")
}

// called is where a visitor reads these words and can click.
func called(words string) string {
	return `//*[self::a or self::button or self::summary][starts-with(normalize-space(), "` + words + `")]`
}

// path is where the window is, with query and fragment.
func (b *tab) path() string {
	b.Helper()
	u, err := url.Parse(ask[string](b, "location.href"))
	if err != nil {
		b.Fatal(err)
	}
	u.Scheme, u.Host = "", ""
	return u.String()
}

// ask evaluates an expression in the page.
func ask[T any](b *tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v\n%s", expression, err, b.said)
	}
	return v
}

// await waits until an expression is true.
func (b *tab) await(what, expression string) {
	b.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	late := time.After(15 * time.Second)
	for {
		v, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if err == nil && v {
			return
		}
		select {
		case <-tick.C:
		case <-late:
			b.shot("waiting-in-vain")
			b.Fatalf("waited in vain for %s: %s: %v, %v\nat %s\n%s", what, expression, v, err, b.path(), b.said)
		}
	}
}

// reads fails unless the page's text has the words, somewhere.
func (b *tab) reads(words ...string) {
	b.Helper()
	text := strings.Join(strings.Fields(ask[string](b, "document.body.innerText")), " ")
	for _, w := range words {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
			b.Errorf("%s does not read %q:\n%.1500s", b.path(), w, text)
		}
	}
}

// press presses keys, as kb names them.
func (b *tab) press(keys string, opts ...chromedp.KeyOption) {
	b.Helper()
	b.do("pressing a key", chromedp.KeyEvent(keys, opts...))
}

// shot leaves a picture of the whole page, where pictures are wanted.
func (b *tab) shot(name string) {
	b.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+"-"+b.look.String()+".png"), picture, 0o644)
	}
	if err != nil {
		b.Errorf("a picture of %s: %v", name, err)
	}
}

// await evaluates an expression that is a promise, and waits for what it promises.
func await[T any](b *tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%.80s: %v\n%s", expression, err, b.said)
	}
	return v
}
