package reading

import (
	"bytes"
	"io"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// A rewriter makes a document readable where it will stand: pictures and links of the
// filing lead to where they are served, styles are cut to what is harmless, and what
// browsers do not show goes: heads, scripts, the hidden part of inline XBRL.
type rewriter struct {
	out    *bytes.Buffer
	link   Linker
	styles map[string]string // by what they were, for documents repeat them
	hidden int               // open elements of inline XBRL's header
}

// maxStyles bounds how many different styles of a document are remembered.
const maxStyles = 4096

// rewrite copies html token by token.
func (r *rewriter) rewrite(in io.Reader) {
	z := html.NewTokenizer(in)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			if r.hidden == 0 {
				r.out.Write(z.Raw())
			}
		case html.StartTagToken:
			r.open(z, false)
		case html.SelfClosingTagToken:
			z.NextIsNotRawText()
			r.open(z, true)
		case html.EndTagToken:
			r.close(z)
		}
	}
}

// isUnread reports whether browsers take what an element holds as other than html, or
// do not show it; the tokenizer gives it as one text.
func isUnread(name string) bool {
	switch name {
	case "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext":
		return true
	}
	return false
}

func isHeader(name string) bool { return name == "ix:header" }

// open takes a start tag.
func (r *rewriter) open(z *html.Tokenizer, closed bool) {
	name, more := z.TagName()
	tag := string(name)
	switch {
	case isUnread(tag):
		if !closed {
			skip(z, tag)
		}
		return
	case isHeader(tag) && !closed:
		r.hidden++
		return
	case r.hidden > 0 || strings.Contains(tag, ":"):
		return
	case tag == "img":
		r.picture(z, more)
		return
	}
	r.out.WriteString("<" + tag)
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		r.attribute(tag, string(key), string(value))
	}
	r.out.WriteByte('>')
}

// skip passes over what an unread element holds, and its end tag.
func skip(z *html.Tokenizer, tag string) {
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == tag {
				return
			}
		}
	}
}

func (r *rewriter) close(z *html.Tokenizer) {
	name, _ := z.TagName()
	switch tag := string(name); {
	case isHeader(tag):
		r.hidden = max(0, r.hidden-1)
	case r.hidden == 0 && !isUnread(tag) && !strings.Contains(tag, ":"):
		r.out.WriteString("</" + tag + ">")
	}
}

// attribute writes an attribute as it may be, or not.
func (r *rewriter) attribute(tag, key, value string) {
	switch {
	case strings.HasPrefix(key, "on") || strings.Contains(key, ":"):
		return
	case key == "style":
		value = r.style(value)
	case key == "href" && tag == "a":
		value = r.target(value)
	}
	if value == "" && key != "nowrap" {
		return
	}
	r.out.WriteString(" " + key + `="` + html.EscapeString(value) + `"`)
}

func (r *rewriter) style(text string) string {
	safe, ok := r.styles[text]
	if !ok {
		safe = declarations(text)
		if len(r.styles) < maxStyles {
			r.styles[text] = safe
		}
	}
	return safe
}

// target returns where a link leads, "" when it had better lead nowhere.
func (r *rewriter) target(href string) string {
	href = strings.TrimSpace(href)
	if anchor, ok := strings.CutPrefix(href, "#"); ok {
		if !anchorForm.MatchString(anchor) {
			return ""
		}
		return (&url.URL{Fragment: anchor}).String()
	}
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
		return u.String()
	case "mailto":
		return u.String()
	case "":
		to := r.served(href)
		if to != "" && u.Fragment != "" {
			to += (&url.URL{Fragment: u.Fragment}).String()
		}
		return to
	}
	return ""
}

// served returns where what a document calls by a name is served, "" for nowhere.
func (r *rewriter) served(ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || r.link == nil || u.Host != "" || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	name := path.Base(strings.ReplaceAll(u.Path, `\`, "/"))
	if name == "." || name == "/" {
		return ""
	}
	if to := r.link(name); sourceForm.MatchString(to) {
		return to
	}
	return ""
}

// picture writes an img element that shows a picture of the filing, or in its place
// what it would have shown.
func (r *rewriter) picture(z *html.Tokenizer, more bool) {
	var rest bytes.Buffer
	name, alt, to := "", "", ""
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "src":
			name = path.Base(strings.ReplaceAll(string(value), `\`, "/"))
			to = r.served(string(value))
		case "alt":
			alt = strings.TrimSpace(string(value))
		default:
			inner := rewriter{out: &rest, styles: r.styles}
			inner.attribute("img", string(key), string(value))
		}
	}
	switch {
	case to != "":
		r.out.WriteString(`<img src="` + to + `" alt="` + html.EscapeString(alt) + `"` + rest.String() + `>`)
	case alt != "":
		r.out.WriteString(html.EscapeString("[picture: " + alt + "]"))
	case name != "" && name != ".":
		r.out.WriteString(html.EscapeString("[picture " + name + " is not here]"))
	}
}
