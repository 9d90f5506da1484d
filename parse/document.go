package parse

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"example.com/edgard/edgar"
)

// name says which document a warning is about.
func (d *Document) name() string {
	return strings.TrimSpace("document " + strconv.Itoa(d.Sequence) + " " + d.Type + " " + d.Filename)
}

// readHead reads the tags between <DOCUMENT> and <TEXT>.
func (d *Document) readHead(s string, warn func(Code, string)) {
	for line := range lines(s) {
		for t := range tags(line, isDocumentTag) {
			switch t.name {
			case "TYPE":
				d.Type = t.value
			case "SEQUENCE":
				n, err := strconv.ParseUint(t.value, 10, 31)
				if err != nil {
					warn(CodeHeaderValue, "SEQUENCE: "+short(t.value))
				}
				d.Sequence = int(n)
			case "FILENAME":
				d.Filename = t.value
			case "DESCRIPTION":
				d.Description = t.value
			}
		}
	}
}

func isDocumentTag(name string) bool {
	switch name {
	case "TYPE", "SEQUENCE", "FILENAME", "DESCRIPTION":
		return true
	}
	return false
}

// isReport reports whether the type of the document is an 8-K.
func (d *Document) isReport() bool {
	form, _ := edgar.ParseForm(d.Type)
	return form.IsCurrentReport()
}

// isText reports whether people can read the document as it stands. The XBRL
// renderings that EDGAR adds (TYPE XML: R1.htm and the like) only repeat others.
func (d *Document) isText() bool {
	return (d.Media == mediaHTML || d.Media == mediaText) && d.Type != "XML" && !strings.HasPrefix(d.Type, "EX-101")
}

// isInstance reports whether the document is the XBRL instance that EDGAR
// extracts from an inline XBRL document.
func (d *Document) isInstance() bool { return strings.HasSuffix(d.Filename, "_htm.xml") }

const (
	mediaHTML   = "text/html"
	mediaText   = "text/plain"
	mediaXML    = "application/xml"
	mediaPDF    = "application/pdf"
	mediaBinary = "application/octet-stream"
)

// mediaByExtension names the media types by the extensions that EDGAR accepts.
var mediaByExtension = map[string]string{
	".htm": mediaHTML, ".html": mediaHTML, ".txt": mediaText, ".pdf": mediaPDF,
	".xml": mediaXML, ".xsd": mediaXML, ".json": "application/json",
	".js": "text/javascript", ".css": "text/css",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".png": "image/png",
	".zip": "application/zip", ".xls": "application/vnd.ms-excel",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// media tells what a document is: encoded bytes by the name that the encoding
// gives them, else by its file name, else by how its text begins. Files named
// .txt may hold html, and before 2000 no document has a name.
func media(filename string, text []byte) string {
	text = bytes.TrimLeft(text, " \t\r\n")
	if name, ok := uuencoded(text); ok {
		return binaryMedia(name, filename)
	}
	if bytes.HasPrefix(text, []byte("<PDF>")) {
		return mediaPDF
	}
	m := mediaByExtension[extension(filename)]
	switch {
	case m != "" && m != mediaText:
		return m
	case bytes.IndexByte(text, 0) >= 0:
		return mediaBinary
	case isMarkup(text):
		return mediaHTML
	case m == "" && isXML(text):
		return mediaXML
	}
	return mediaText
}

func isXML(text []byte) bool {
	text, _ = bytes.CutPrefix(text, []byte("<XML>"))
	return bytes.HasPrefix(bytes.TrimLeft(text, "\r\n"), []byte("<?xml"))
}

// binaryMedia is the media type of encoded bytes, which are no text whatever
// their name says.
func binaryMedia(names ...string) string {
	for _, name := range names {
		switch m := mediaByExtension[extension(name)]; m {
		case "", mediaHTML, mediaText:
		default:
			return m
		}
	}
	return mediaBinary
}

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// uuencoded reports whether text begins a uuencoded file, "begin 644 logo.jpg",
// and returns the name of the file.
func uuencoded(text []byte) (name string, ok bool) {
	rest, ok := bytes.CutPrefix(text, []byte("begin "))
	if !ok {
		return "", false
	}
	if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
		rest = rest[:i]
	}
	mode, file, ok := strings.Cut(string(rest), " ")
	if _, err := strconv.ParseUint(mode, 8, 16); err != nil || !ok {
		return "", false
	}
	return strings.TrimSpace(file), true
}

// markup is what html begins its text with. <TABLE>, <CAPTION>, <S>, <C> and
// <PAGE> are layout marks of plain text and prove nothing.
var markup = []string{"<!doctype html", "<html", "<head", "<body", "<title", "<div", "<font", "<center", "<p>", "<p ", "<br>", "<hr", "<b>"}

// isMarkup reports whether the beginning of a text shows that it is html.
func isMarkup(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 {
			return false
		}
		text = text[i:]
		for _, m := range markup {
			if hasPrefixFold(text, m) {
				return true
			}
		}
		text = text[1:]
	}
}
