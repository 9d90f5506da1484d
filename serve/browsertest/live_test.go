package browsertest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// comes has EDGAR publish a report of the bookbinder, and the archive take it.
func (s *site) comes(t *testing.T, number int, filed string, items ...string) (id string) {
	t.Helper()
	accession := fmt.Sprintf("0009900200-%s-%06d", filed[2:4], number)
	if err := s.world.Add(report(t, accession, filed, items...)); err != nil {
		t.Fatal(err)
	}
	s.pass(t)
	return "f-" + accession
}

const newest = "2026-11-18" // day of the newest filing of the made world

// rows are the ids of the list's rows.
func rows(b *tab) []string {
	return ask[[]string](b, `Array.from(document.querySelectorAll("#filings article"), a => a.id)`)
}

// shows waits until a row is at the top of the list.
func (b *tab) shows(id string) {
	b.Helper()
	b.await(id+" on top", `document.querySelector("#filings article")?.id === "`+id+`"`)
}

func TestNewFilingsComeUpByThemselves(t *testing.T) {
	browser, axe := newBrowser(t), axeSource(t)
	t.Run("on top, and are announced", func(t *testing.T) {
		s := newSite(t)
		b := visit(t, browser, s, look{})
		b.open("/")
		b.shows(s.comes(t, 500, newest, "5.02"))
		b.await("the announcement", `document.querySelector("[role=status]").textContent === "1 new filing"`)
		b.shows(s.comes(t, 501, newest, "7.01"))
		b.shot("live")
		b.accessible(axe)
		if got := ask[int](b, `document.querySelectorAll("[data-day='`+newest+`']").length`); got != 1 {
			t.Errorf("the day is there %d times", got)
		}
	})
	t.Run("when nobody is about to click", func(t *testing.T) {
		s := newSite(t)
		b := visit(t, browser, s, look{})
		b.open("/")
		was := rows(b)
		b.do("standing on a link", chromedp.Focus("#filings article a"))
		id := s.comes(t, 500, newest, "5.02")
		b.await("the button", `document.querySelector(".fresh button").textContent === "Show 1 new filing"`)
		b.shot("live-held")
		b.accessible(axe)
		if got := rows(b); strings.Join(got, " ") != strings.Join(was, " ") {
			t.Errorf("the list has changed under the focus: %v", got)
		}
		b.press(kb.Tab, chromedp.KeyModifiers(8)) // Shift: the button stands before the list
		b.press(kb.Enter)
		b.shows(id)
	})
	t.Run("where they belong to what is shown", func(t *testing.T) {
		s := newSite(t)
		b := visit(t, browser, s, look{})
		b.open("/?item=7.01")
		s.comes(t, 500, newest, "5.02") // another item
		s.comes(t, 101, "1996-05-06", "5")
		b.shows(s.comes(t, 502, newest, "7.01"))
		for _, id := range rows(b) {
			if strings.HasSuffix(id, "500") || strings.HasSuffix(id, "101") {
				t.Errorf("%s is shown among those of item 7.01", id)
			}
		}
	})
	t.Run("and not what is older than the page reaches", func(t *testing.T) {
		s := newSite(t)
		b := visit(t, browser, s, look{})
		b.open("/")
		n := len(rows(b))
		s.comes(t, 101, "2001-05-07", "5")
		b.shows(s.comes(t, 502, newest, "7.01"))
		if got := len(rows(b)); got != n+1 {
			t.Errorf("%d rows, want %d and the new one", got, n)
		}
	})
}

func TestAnIssuerIsChosenAmongSuggestions(t *testing.T) {
	browser, s := newBrowser(t), newSite(t)
	axe := axeSource(t)
	for _, l := range []look{{}, {width: 360}, {dark: true}} {
		t.Run(l.String(), func(t *testing.T) {
			b := visit(t, browser, s, l)
			b.open("/")
			b.do("typing", chromedp.SendKeys("#issuer", "copperf"))
			b.await("a suggestion", `document.querySelector("[role=option]")?.textContent.includes("Copperfold Bookbinders")`)
			b.press(kb.ArrowDown)
			b.await("it to be the one", `document.querySelector("#" + document.getElementById("issuer").getAttribute("aria-activedescendant")).getAttribute("aria-selected") === "true"`)
			b.fits()
			b.accessible(axe)
			b.shot("suggestions")
			b.press(kb.Enter)
			b.await("the list to close", `document.getElementById("issuer").getAttribute("aria-expanded") === "false" && document.getElementById("issuer").value === "9002001"`)
			b.press(kb.Enter)
			b.await("the form to be sent", `location.search.includes("issuer=9002001") && document.readyState === "complete"`)
			b.reads("CIK 9002001 is Copperfold Bookbinders Inc")
		})
	}
	t.Run("by mouse, or not at all", func(t *testing.T) {
		b := visit(t, browser, s, look{})
		b.open("/")
		b.do("typing", chromedp.SendKeys("#issuer", "harrow"))
		b.await("a suggestion", `document.querySelector("[role=option]")`)
		b.press(kb.Escape)
		b.await("the list to close", `document.getElementById("issuer-suggestions").hidden && document.getElementById("issuer").value === "harrow"`)
		b.press(kb.ArrowDown)
		b.await("it to open again", `!document.getElementById("issuer-suggestions").hidden`)
		b.do("clicking", chromedp.Click("[role=option]"))
		b.await("the choice", `/^[0-9]+$/.test(document.getElementById("issuer").value)`)
	})
}
