package reading

import (
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// allowed returns the allow-list of html, made once.
var allowed = sync.OnceValue(newPolicy)

// What attributes may say. A path is one of this server, and no other host's: no
// second slash, nothing that a browser drops. A style has no brackets, and so no
// function: nothing in it can fetch.
var (
	linkForm   = regexp.MustCompile(`^(?:https?://|mailto:|#|/[A-Za-z0-9])[^\s\\<>"']*$`)
	sourceForm = regexp.MustCompile(`^/[A-Za-z0-9][-A-Za-z0-9._~%/]*$`)
	anchorForm = regexp.MustCompile(`^[^\s<>"'&\\]{1,200}$`)
	styleForm  = regexp.MustCompile(`^(?:[-a-z]+:[-a-zA-Z0-9 .,#%"']+;)+$`)
	wordForm   = regexp.MustCompile(`^[-A-Za-z]{1,20}$`)
	numberForm = regexp.MustCompile(`^[0-9]{1,4}$`)
	lengthForm = regexp.MustCompile(`^[-+]?[0-9]{1,5}(?:\.[0-9]{1,4})?(?:px|pt|%)?$`)
	colourForm = regexp.MustCompile(`^#?[A-Za-z0-9]{1,20}$`)
	fontForm   = regexp.MustCompile(`^[-A-Za-z0-9 ,'"]{1,200}$`)
	wordsForm  = regexp.MustCompile(`(?s)^.{0,500}$`)
)

// newPolicy allows what filings are set with: structure, tables, emphasis, the
// attributes of looks of before style sheets, and styles that rewrite has been over.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"p", "div", "span", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "center", "blockquote", "pre", "address", "section", "article",
		"b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "small", "big", "tt", "code", "kbd", "samp", "var", "cite", "abbr", "dfn", "q", "mark", "nobr", "wbr", "font",
		"ul", "ol", "li", "dl", "dt", "dd", "dir", "menu",
		"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
	)
	p.AllowNoAttrs().OnElements("span", "font", "a")
	p.AllowAttrs("style").Matching(styleForm).Globally()
	p.AllowAttrs("id").Matching(anchorForm).Globally()
	p.AllowAttrs("align", "valign", "dir").Matching(wordForm).Globally()
	p.AllowAttrs("title").Matching(wordsForm).Globally()
	p.AllowAttrs("bgcolor").Matching(colourForm).OnElements("table", "tr", "td", "th", "tbody", "thead")
	p.AllowAttrs("width", "height").Matching(lengthForm).OnElements("table", "tr", "td", "th", "col", "colgroup", "hr", "img")
	p.AllowAttrs("border", "cellpadding", "cellspacing", "hspace", "vspace").Matching(numberForm).OnElements("table", "img")
	p.AllowAttrs("colspan", "rowspan", "span").Matching(numberForm).OnElements("td", "th", "col", "colgroup")
	p.AllowAttrs("rules", "frame", "scope").Matching(wordForm).OnElements("table", "th", "td")
	p.AllowAttrs("nowrap", "noshade", "compact").Matching(regexp.MustCompile(`^(?:|nowrap|noshade|compact|true)$`)).OnElements("td", "th", "hr", "ul", "ol", "dl")
	p.AllowAttrs("size").Matching(lengthForm).OnElements("font", "hr")
	p.AllowAttrs("color").Matching(colourForm).OnElements("font", "hr")
	p.AllowAttrs("face").Matching(fontForm).OnElements("font")
	p.AllowAttrs("start", "value").Matching(numberForm).OnElements("ol", "li")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^(?:[1aAiI]|disc|circle|square)$`)).OnElements("ol", "ul", "li")
	p.AllowAttrs("clear").Matching(wordForm).OnElements("br")
	allowLinks(p)
	return p
}

func allowLinks(p *bluemonday.Policy) {
	p.AllowAttrs("name").Matching(anchorForm).OnElements("a")
	p.AllowAttrs("href").Matching(linkForm).OnElements("a")
	p.AllowAttrs("src").Matching(sourceForm).OnElements("img")
	p.AllowAttrs("alt").Matching(wordsForm).OnElements("img")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnFullyQualifiedLinks(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
}
