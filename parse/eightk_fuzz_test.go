package parse

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// FuzzEightK holds that no bytes make the reader of reports panic, that its
// pages hold together, and that what it says of places is so.
func FuzzEightK(f *testing.F) {
	for _, raw := range fixtures(f) {
		f.Add(raw)
	}
	for _, body := range []string{
		"<p>FORM 8-K<p>Items 1.01(a) and 5.02(e) X<td>Item<td>9. 01<br>Financial Statements and Exhibits" + clause,
		"FORM 8-K\n\nItems 1 through 4, 6 and 8 Not applicable.\n\nItem 5. Other Events\n\n<PAGE>\n<TABLE><S><C>\n" + textClause,
		"<div style='display:none'><ix:header><ix:nonNumeric name='dei:DocumentType'>8-K</ix:nonNumeric></div><table><table></td></tr></p>&#8201;&nbsp&#150;\xa0",
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		checkPage(t, raw, flatten(raw, false))
		checkPage(t, raw, flatten(raw, true))
		p := flatten(raw, true)
		readItems(p, &Header{}, 0)
		checkOutline(t, p)
		filing, err := ReadFiling(bytes.NewReader(raw))
		if err != nil {
			return
		}
		if filing.Items == nil || filing.Documents == nil {
			t.Fatal("items or documents are nil")
		}
		for _, it := range filing.Items {
			if it.Offset < 0 || it.Length < 0 || it.Offset+it.Length > int64(len(raw)) {
				t.Fatalf("item %s at %d+%d of %d bytes", it.Number, it.Offset, it.Length, len(raw))
			}
			if it.Source != SourceHeader && it.Heading == "" {
				t.Fatalf("item %s has no heading", it.Number)
			}
			if !utf8.ValidString(it.Text) || !utf8.ValidString(it.Heading) {
				t.Fatalf("item %s is not UTF-8", it.Number)
			}
		}
	})
}

// checkPage checks that a page's blocks follow each other in text and body, and
// that the page is not much larger than what it was made of.
func checkPage(t *testing.T, raw []byte, p *page) {
	t.Helper()
	if !utf8.ValidString(p.text) {
		t.Fatal("text is not UTF-8")
	}
	if len(p.text) > 3*len(raw) {
		t.Fatalf("text of %d bytes out of %d", len(p.text), len(raw))
	}
	at := int32(0)
	for i, b := range p.blocks {
		if b.from < at || b.to <= b.from || b.lead < b.from || b.lead > b.to || int(b.to) > len(p.text) {
			t.Fatalf("block %d: text %d to %d, lead %d, after %d", i, b.from, b.to, b.lead, at)
		}
		if b.begin < 0 || b.end <= b.begin || int(b.end) > len(raw) || p.raw(b.from) != b.begin {
			t.Fatalf("block %d: body %d to %d, maps to %d", i, b.begin, b.end, p.raw(b.from))
		}
		at = b.to
	}
	for _, f := range p.facts {
		if f.from < 0 || !f.hidden && (f.to < f.from || int(f.to) > len(p.text)) {
			t.Fatalf("fact %+v", f)
		}
	}
}

// checkOutline checks that sections follow each other.
func checkOutline(t *testing.T, p *page) {
	t.Helper()
	at := 0
	for i, s := range p.sections {
		if s.head < at || s.body < s.head || s.end > len(p.blocks) || s.from > s.mid || s.mid > s.to || len(s.numbers) == 0 {
			t.Fatalf("section %d: %+v after block %d", i, s, at)
		}
		at = s.head + 1
	}
	if p.cover > len(p.blocks) || p.signature > len(p.blocks) || p.index > len(p.blocks) {
		t.Fatalf("outline %+v of %d blocks", p.outline, len(p.blocks))
	}
}
