package browsertest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// everyPage is a visit to each kind of page.
var everyPage = []struct{ name, path string }{
	{"latest", "/"},
	{"filtered", "/?item=2.02&issuer=harrow+bay"},
	{"nothing", "/?issuer=nobody"},
	{"filing", "/filings/0009900041-24-000131"},
	{"amendment", "/filings/0009900052-24-000049"},
	{"old-filing", "/filings/0009900011-97-000019"},
	{"source", "/filings/0009900011-97-000019/source?from=2000&length=500"},
	{"issuer", "/issuers/9000407"},
	{"trends", "/trends"},
	{"status", "/status"},
	{"entries", "/status/entries"},
}

// looks are the ways in which pages are looked at.
var looks = []look{{}, {dark: true}, {width: 360}, {width: 360, dark: true}}

// TestPagesAreForEverybody audits every page: for screen readers, by keyboard, on a
// narrow telephone, in light and dark.
func TestPagesAreForEverybody(t *testing.T) {
	browser, s := newBrowser(t), newSite(t)
	axe := axeSource(t)
	for _, l := range looks {
		t.Run(l.String(), func(t *testing.T) {
			b := visit(t, browser, s, l)
			for _, p := range everyPage {
				b.open(p.path)
				b.shot(p.name)
				b.fits()
				b.accessible(axe)
			}
		})
	}
}

func TestPagesWorkByKeyboard(t *testing.T) {
	browser, s := newBrowser(t), newSite(t)
	for _, l := range []look{{}, {dark: true, width: 360}} {
		t.Run(l.String(), func(t *testing.T) {
			b := visit(t, browser, s, l)
			for _, p := range everyPage {
				b.open(p.path)
				b.skips()
				b.open(p.path)
				b.tabsThrough()
			}
		})
	}
}

// axeSource is the script of axe-core, which npm installed into the folder that the
// variable AXE_NODE_MODULES names; "" without it.
func axeSource(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("AXE_NODE_MODULES")
	if dir == "" {
		t.Log("no axe-core, so that pages are not audited for screen readers: npm install --prefix DIR axe-core, and set AXE_NODE_MODULES to DIR")
		return ""
	}
	data, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// accessible runs axe on the page: nothing may be serious or critical.
func (b *tab) accessible(axe string) {
	b.Helper()
	if axe == "" {
		return
	}
	ask[any](b, axe+";0")
	found := await[[]string](b, `axe.run(document, {resultTypes: ["violations"], iframes: false}).then(r => r.violations
		.filter(v => v.impact === "serious" || v.impact === "critical")
		.map(v => v.id + ": " + v.help + "\n" + v.nodes.slice(0, 4).map(n => "  " + n.target + "  " + n.html.slice(0, 200) + "\n  " + n.failureSummary.replaceAll("\n", " ")).join("\n")))`)
	for _, f := range found {
		b.Errorf("%s: %s", b.path(), f)
	}
}

// fits fails when the page scrolls sideways. What is wider scrolls in a box of its own.
func (b *tab) fits() {
	b.Helper()
	wide := ask[[]string](b, `(() => {
		const room = document.documentElement.clientWidth, found = [];
		if (document.documentElement.scrollWidth <= room) return found;
		for (const e of document.body.querySelectorAll("*")) {
			const r = e.getBoundingClientRect();
			let boxed = false;
			for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
				boxed ||= getComputedStyle(p).overflowX !== "visible";
			if (r.right > room + 1 && !boxed) found.push(e.outerHTML.slice(0, 160) + " reaches " + Math.round(r.right));
		}
		return found.length ? found.slice(0, 5) : ["something"];
	})()`)
	if len(wide) > 0 {
		b.Errorf("%s scrolls sideways in %d pixels:\n%s", b.path(), ask[int](b, "document.documentElement.clientWidth"), strings.Join(wide, "\n"))
	}
}

// skips uses the link that leads past the navigation.
func (b *tab) skips() {
	b.Helper()
	b.press(kb.Tab)
	if got := focused(b); !got.Seen || !strings.HasPrefix(got.Text, "Skip") {
		b.Errorf("%s: the first stop of the keyboard is %+v, want the link that skips, in sight", b.path(), got)
	}
	b.press(kb.Enter)
	b.await("the focus to skip to the content", `document.activeElement.id === "main"`)
}

// A stop is what the keyboard stands on.
type stop struct {
	Text  string // what it is
	Order int    // among all that is in the page; -1 for the page itself
	Seen  bool   // has a size, and is within the window
	Shown bool   // one sees that it has the focus
}

func focused(b *tab) stop {
	return ask[stop](b, `(() => {
		const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
		if (e === document.body) return {Text: "body", Order: -1, Seen: true, Shown: true};
		return {
			Text: (e.innerText || e.getAttribute("aria-label") || e.id || e.name || e.outerHTML.slice(0, 80)).trim().slice(0, 60),
			Order: Array.prototype.indexOf.call(document.querySelectorAll("*"), e),
			Seen: r.width > 0 && r.height > 0 && r.bottom > 0 && r.right > 0 && r.top < innerHeight && r.left < innerWidth,
			Shown: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1 || s.boxShadow !== "none",
		};
	})()`)
}

// tabsThrough goes through the page by Tab: each stop comes after the one before, is in
// sight and shows that it has the focus.
func (b *tab) tabsThrough() {
	b.Helper()
	last := stop{Order: -1}
	for range 60 {
		b.press(kb.Tab)
		at := focused(b)
		if at.Order <= last.Order {
			if at.Order > 1 && last.Order >= 0 && at.Text != last.Text && !strings.HasPrefix(at.Text, "Skip") {
				b.Errorf("%s: after %+v the keyboard goes back to %+v", b.path(), last, at)
			}
			return // around
		}
		if !at.Seen || !at.Shown {
			b.Errorf("%s: a stop of the keyboard that one does not see: %+v", b.path(), at)
		}
		last = at
	}
}
