package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestJourneys does what people come for, with scripts and without.
func TestJourneys(t *testing.T) {
	browser, s := newBrowser(t), newSite(t)
	for _, l := range []look{{}, {noScript: true}, {width: 360, dark: true}} {
		t.Run(l.String(), func(t *testing.T) {
			for _, j := range []struct {
				name string
				go_  func(*tab)
			}{
				{"an issuer is found by its name", findsAnIssuer},
				{"filings are filtered by item, and the filter is taken away", filtersByItem},
				{"a list is paged on and back", pages},
				{"a filing is opened and read to its press release", readsAFiling},
				{"an amendment is followed both ways", followsAmendments},
				{"the place of an item in the submission is seen", seesTheSubmission},
				{"an issuer's years are seen, and its filings", seesAnIssuer},
				{"trends are seen, and their numbers", seesTrends},
				{"the status tells what is missing, and why", seesTheStatus},
				{"what is not there is said, and the way back", findsNothing},
				{"what a hostile filing holds does nothing", readsHostile},
			} {
				t.Run(j.name, func(t *testing.T) { j.go_(visit(t, browser, s, l)) })
			}
		})
	}
}

func findsAnIssuer(b *tab) {
	b.open("/")
	b.types(`#issuer`, "orrery instr")
	b.arrive("asking", chromedp.KeyEvent(kb.Enter))
	b.reads("Latest filings", "ORRERY INSTRUMENTS INC")
	if rows := ask[[]string](b, `[...document.querySelectorAll("article h3")].map(e => e.innerText).filter(t => !t.startsWith("ORRERY"))`); len(rows) > 0 {
		b.Errorf("asked for orrery, found %q", rows)
	}
}

func filtersByItem(b *tab) {
	b.open("/")
	b.do("choosing an item", chromedp.SetValue(chromedp.CSS(`select[name=item]`), "4.02"))
	b.follow("Show")
	if got := b.path(); !strings.Contains(got, "item=4.02") {
		b.Errorf("the filter is not in the address: %s", got)
	}
	if n := ask[int](b, `document.querySelectorAll("article").length`); n != 2 {
		b.Errorf("%d filings with item 4.02, want 2", n)
	}
	b.reads("Glasswing", "GRINDLE SLATE")
	b.follow("Show all")
	if got := b.path(); got != "/" {
		b.Errorf("without filters at %s", got)
	}
}

func pages(b *tab) {
	b.open("/")
	b.follow("Older")
	second := b.path()
	b.follow("Older")
	if b.path() == second {
		b.Errorf("the third page is the second: %s", second)
	}
	b.back(second)
	b.follow("Newest")
	if got := b.path(); got != "/" {
		b.Errorf("the newest are at %s, want /", got)
	}
}

func readsAFiling(b *tab) {
	b.open("/?issuer=harrow+bay&item=2.02&from=2026")
	b.arrive("opening the filing", chromedp.Click(chromedp.CSS(`article a.form`)))
	b.reads("8-K Harrow Bay Financial Group", "Item 2.02 Results of Operations", "October 20, 2026", "Signed by")
	b.click("7.01")
	b.await("item 7.01 to be in sight", `location.hash === "#item-7.01" && (r => r.top >= -1 && r.top < innerHeight)(document.getElementById("item-7.01").getBoundingClientRect())`)
	b.do("going to the press release", chromedp.ScrollIntoView(chromedp.CSS(`#exhibit-99\.1`)))
	if ask[bool](b, `!document.querySelector("#exhibit-99\\.1 details").open`) {
		b.do("unfolding it", chromedp.Click(chromedp.CSS(`#exhibit-99\.1 summary`)))
	}
	b.await("the press release in its frame", framed(`body.innerText.includes("Harrow Bay")`))
	b.follow("On its own page")
	b.reads("Harrow Bay")
}

// framed is an expression about the document in the page's first frame.
func framed(of string) string {
	return `(d => d && d.body && d.` + of + `)(document.querySelector("iframe")?.contentDocument)`
}

func followsAmendments(b *tab) {
	b.open("/filings/0009900052-24-000049")
	b.reads("8-K/A ORRERY INSTRUMENTS")
	b.arrive("to what it amends", chromedp.Click(chromedp.CSS(`.notice a[href*="0009900052-24-000017"]`)))
	b.reads("8-K ORRERY INSTRUMENTS", "amended")
	b.arrive("to what amends it", chromedp.Click(chromedp.CSS(`.notice a[href*="0009900052-24-000049"]`)))
	if got := b.path(); got != "/filings/0009900052-24-000049" {
		b.Errorf("there and back is %s", got)
	}
}

func seesTheSubmission(b *tab) {
	b.open("/filings/0009900041-24-000131#item-5.07")
	b.arrive("to the submission", chromedp.Click(chromedp.CSS(`#item-5\.07 .whence a[href*="source"]`)))
	if mark := ask[string](b, `document.querySelector("mark").textContent`); !strings.Contains(mark, "5.07") {
		b.Errorf("what is marked is not item 5.07: %.200q", mark)
	}
	if !ask[bool](b, `(r => r.top < innerHeight && r.bottom > 0)(document.querySelector("mark").getBoundingClientRect())`) {
		b.Errorf("%s: what is marked is not in sight", b.path())
	}
}

func seesAnIssuer(b *tab) {
	b.open("/filings/0009900052-24-000017")
	b.follow("ORRERY INSTRUMENTS INC")
	b.reads("ORRERY INSTRUMENTS INC", "9000407", "COPERNICUS PROJECTOR CORP", "Filings held")
	b.numbers()
	b.arrive("opening its newest", chromedp.Click(chromedp.CSS(`article a.form`)))
	b.reads("8-K ORRERY INSTRUMENTS INC")
}

func seesTrends(b *tab) {
	b.open("/")
	b.follow("Trends")
	b.await("the count to be done", `!!document.querySelector("figure.plot")`)
	b.numbers()
	b.do("choosing years", chromedp.SetValue(chromedp.CSS(`select[name=from]`), "2020"))
	b.follow("Show")
	b.reads("Trends")
	if got := b.path(); !strings.Contains(got, "from=2020") {
		b.Errorf("the years are not in the address: %s", got)
	}
}

func seesTheStatus(b *tab) {
	b.open("/")
	b.follow("Status")
	b.reads("Status", "1994", "answered HTTP 503", "2024-02-01", "www.sec.gov", "Last passes")
	b.arrive("to what was put off", chromedp.Click(chromedp.CSS(`a[href*="state=deferred"]`)))
	b.reads("0009900200-26-000801", "Copperfold Bookbinders", "HTTP 503")
	if text := ask[string](b, "document.querySelector('main').innerText"); strings.Contains(text, "0009900200-26-000802") {
		b.Errorf("what was given up stands among what was put off:\n%.600s", text)
	}
}

// numbers unfolds the tables of every plot: each has one, with numbers in it.
func (b *tab) numbers() {
	b.Helper()
	plots := ask[int](b, `document.querySelectorAll("figure.plot").length`)
	if plots == 0 {
		b.Errorf("%s has no plot", b.path())
	}
	bare := ask[[]string](b, `[...document.querySelectorAll("figure.plot")].filter(f => !f.querySelector("svg[role=img], svg title") || !f.querySelector("details table td")).map(f => f.innerText.slice(0, 60))`)
	if len(bare) > 0 {
		b.Errorf("%s: plots without a name or numbers: %q", b.path(), bare)
	}
	b.do("unfolding numbers", chromedp.Click(chromedp.CSS(`figure.plot details summary`)))
	b.await("numbers in sight", `document.querySelector("figure.plot details table").getBoundingClientRect().height > 0`)
	b.fits()
}

func findsNothing(b *tab) {
	b.absent("/filings/0009900052-24-999999", "0009900052-24-999999")
	b.absent("/issuers/1", "1")
	b.absent("/no/such/page", "no such page")
	b.follow("edgard")
	b.reads("Latest filings")
}

// absent opens what is not there, which is said.
func (b *tab) absent(path string, words ...string) {
	b.Helper()
	resp, err := chromedp.RunResponse(b.ctx, chromedp.Navigate(b.base+path))
	if err != nil || resp.Status != 404 {
		b.Fatalf("opening %s: %+v, %v; want 404", path, resp, err)
	}
	b.said.forgive("404")
	b.reads(words...)
}

func readsHostile(b *tab) {
	b.open("/filings/" + hostile)
	b.reads("Copperfold", "<script>alert(1)</script>")
	b.do("to its exhibit", chromedp.ScrollIntoView(chromedp.CSS(`#exhibit-99\.1`)))
	if ask[bool](b, `!document.querySelector("#exhibit-99\\.1 details").open`) {
		b.do("unfolding it", chromedp.Click(chromedp.CSS(`#exhibit-99\.1 summary`)))
	}
	b.await("the exhibit in its frame", framed(`body.innerText.includes("Harmless words")`))
	for _, bad := range []string{"script", "iframe", "form", "object", "embed", "meta[http-equiv=refresh]", "base", "[onclick]", "[onerror]", "[onload]", `a[href^="javascript" i]`, `[style*="url"]`, `img[src^="http"]`} {
		if ask[bool](b, `!!document.querySelector("iframe").contentDocument.querySelector('`+bad+`')`) {
			b.Errorf("the exhibit still has %s", bad)
		}
	}
	b.open("/filings/" + hostile + "/documents/2")
	b.reads("Harmless words")
	if ask[bool](b, "!!window.struck || document.title === 'struck'") {
		b.Error("a script of the filing ran")
	}
}

// types types into a field.
func (b *tab) types(field, text string) {
	b.Helper()
	b.do("typing "+text, chromedp.SendKeys(chromedp.CSS(field), text))
}
