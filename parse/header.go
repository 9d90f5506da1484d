package parse

import (
	"fmt"
	"strings"

	"example.com/edgard/edgar"
)

// Limits of a header that size alone does not set.
const (
	maxFields = 50_000
	maxFilers = 5_000
	maxLevels = 8
	maxClosed = 1_000 // names of tags that open blocks
)

// A headerReader reads a submission header of either dialect, line by line:
//
//	COMPANY CONFORMED NAME:	Example Corp      the tab dialect of .txt files
//	<CONFORMED-NAME>Example Corp              the tag dialect of .nc and .hdr.sgml
//
// The dialects mix: tab headers carry tags for what came later, and whole roles
// in tags around blocks in tabs. So both feed the same three steps, open, field
// and close. Indentation is no guide to nesting (that of mid-2000 grows with
// every block), the names of blocks are.
type headerReader struct {
	h    *Header
	warn func(Code, string)

	closed  map[string]bool // names of tags that the header closes: they open blocks
	path    []level         // the blocks around the current line
	where   string          // the same, joined, once a field needed it
	key     string          // of the current field, as found
	named   edgar.Accession // what the file beside <SEC-DOCUMENT> is named after
	pending string          // "FILER" of a line "FILER:", until the next line tells what it is
	role    int             // len(path) inside the current filer, 0 outside
	tabs    bool            // the current line is in the tab dialect
	flat    bool            // no line is indented: a copy that lost its tabs
	full    bool            // a field was dropped for maxFields
	crowded bool            // a filer was dropped for maxFilers
}

// A level is one block around a line.
type level struct {
	name string
	tabs bool // opened by a line "NAME:", which nothing closes
}

// blocks are the parts of a filer. The one that leads tells that the name before
// it is a role: EDGAR invents roles over time.
var blocks = map[string]bool{
	"COMPANY DATA": true, "OWNER DATA": true, "FILING VALUES": true,
	"BUSINESS ADDRESS": true, "MAIL ADDRESS": true, "FORMER COMPANY": true, "FORMER NAME": true,
}

// readHeader reads text, which holds everything before the first document.
func readHeader(h *Header, text string, warn func(Code, string)) {
	r := headerReader{h: h, warn: warn, closed: closedTags(text)}
	r.flat = !strings.Contains(text, "\n\t") && !strings.Contains(text, "\n ")
	for line := range lines(text) {
		switch s := strings.TrimSpace(line); s[0] {
		case '<':
			r.tabs = false
			for t := range tags(s, isTagName) {
				r.tag(t)
			}
		case '-': // the end of a PEM envelope without documents
		default:
			r.tabs = true
			r.line(s, line[0] == s[0])
		}
	}
	r.settle()
	if h.Accession.IsZero() {
		h.Accession = r.named
	}
}

// closedTags returns the names of the tags that text closes.
func closedTags(text string) map[string]bool {
	names := make(map[string]bool)
	for {
		_, rest, ok := strings.Cut(text, "</")
		if !ok {
			return names
		}
		name, _, _ := strings.Cut(rest[:min(len(rest), maxTagName)], ">")
		if isTagName(name) && len(names) < maxClosed {
			names[name] = true
		}
		text = rest
	}
}

// tag reads one tag.
func (r *headerReader) tag(t tag) {
	if t.value == "" && !t.closing && r.closed[t.name] && !isFrame(t.name) {
		r.open(t.name)
		return
	}
	r.settle()
	switch {
	case isFrame(t.name):
		r.frame(t.value)
	case t.closing:
		r.close(t.name)
	default:
		r.field(t.name, t.value)
	}
}

// isFrame reports whether a tag wraps the header or the submission.
func isFrame(name string) bool {
	switch name {
	case "SEC-DOCUMENT", "IMS-DOCUMENT", "SEC-HEADER", "IMS-HEADER", "SUBMISSION":
		return true
	}
	return false
}

// line reads one line of the tab dialect; outer says that it is not indented.
// Mid-2000 headers break a line inside "[8090]", so that the next one begins
// with the bracket.
func (r *headerReader) line(s string, outer bool) {
	key, value, ok := strings.Cut(strings.TrimLeft(s, "] \t"), ":")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	name := canonical(key)
	if ok && value == "" && blocks[name] {
		r.open(name)
		return
	}
	r.settle()
	switch inFiler := entityFields[name] != nil; {
	case !ok:
		r.field("", s)
	case value == "" && outer && !inFiler && topFields[name] == nil && len(key) < maxTagName:
		r.pending = key
	default:
		if outer && !inFiler {
			r.leaveFiler()
		}
		r.field(key, value)
	}
}

// settle turns a pending name that proved to be no role into a field.
func (r *headerReader) settle() {
	if key := r.pending; key != "" {
		r.pending = ""
		r.leaveFiler()
		r.field(key, "")
	}
}

// leaveFiler leaves the blocks of a filer at a key that is not indented, where
// indentation tells anything.
func (r *headerReader) leaveFiler() {
	if !r.flat {
		r.leaveTabs()
	}
}

// open enters the block of that name. No block stands inside its like: one that
// is still open was not closed.
func (r *headerReader) open(name string) {
	if c := canonical(name); blocks[c] {
		r.openBlock(c)
	} else {
		r.settle()
		r.leaveTabs()
		r.close(name)
	}
	if len(r.path) < maxLevels {
		r.setPath(append(r.path, level{name, r.tabs}))
	}
}

// openBlock makes sure that there is a filer for the block to belong to, and
// leaves its other blocks.
func (r *headerReader) openBlock(name string) {
	data := name == "COMPANY DATA" || name == "OWNER DATA"
	switch role := r.pending; {
	case role != "":
		r.pending = ""
		r.leaveTabs()
		r.setPath(append(r.path, level{role, true}))
		r.addFiler(role)
	case r.role == 0 && len(r.path) > 0:
		r.addFiler(r.path[len(r.path)-1].name)
	case r.role == 0:
		r.addFiler("FILER")
	case data && r.filer().Name != "":
		r.addFiler(r.filer().Role)
	}
	if r.role > 0 {
		r.setPath(r.path[:r.role])
	}
}

// addFiler begins a filer whose first block is about to open.
func (r *headerReader) addFiler(role string) {
	if len(r.h.Filers) == maxFilers {
		if !r.crowded {
			r.crowded = true
			r.warn(CodeLimit, fmt.Sprintf("%d filers", maxFilers))
		}
		return
	}
	r.h.Filers = append(r.h.Filers, Filer{Role: strings.ToLower(canonical(role))})
	r.role = len(r.path)
}

// filer returns the current filer.
func (r *headerReader) filer() *Filer { return &r.h.Filers[len(r.h.Filers)-1] }

// close leaves the block of that name and all inside it.
func (r *headerReader) close(name string) {
	for i, l := range r.path {
		if canonical(l.name) == canonical(name) {
			r.setPath(r.path[:i])
			return
		}
	}
}

// leaveTabs leaves the blocks that nothing closes.
func (r *headerReader) leaveTabs() {
	n := len(r.path)
	for n > 0 && r.path[n-1].tabs {
		n--
	}
	r.setPath(r.path[:n])
}

func (r *headerReader) setPath(path []level) {
	if r.path = path; len(path) < r.role {
		r.role = 0
	}
	r.where = ""
}

// block returns the name of the innermost block.
func (r *headerReader) block() string {
	if len(r.path) == 0 {
		return ""
	}
	return canonical(r.path[len(r.path)-1].name)
}

// field takes one key with its value. What has no place of its own is kept as
// found.
func (r *headerReader) field(key, value string) {
	r.key = key
	name := canonical(key)
	set := topFields[name]
	if r.role > 0 && entityFields[name] != nil {
		set = entityFields[name]
	}
	switch {
	case set == nil:
		r.keep(value)
	case value == "" && !standsAlone[name]: // a key that says nothing
	case !set(r, value):
		r.keep(value)
	}
}

// keep adds the current key to the fields without a place of their own.
func (r *headerReader) keep(value string) {
	switch n := len(r.h.Fields); {
	case n < maxFields:
		r.h.Fields = append(r.h.Fields, Field{r.around(), r.key, value})
	case !r.full:
		r.full = true
		r.warn(CodeLimit, fmt.Sprintf("%d header fields", maxFields))
	}
}

// around returns the names of the blocks around the current field.
func (r *headerReader) around() string {
	if r.where == "" {
		names := make([]string, len(r.path))
		for i, l := range r.path {
			names[i] = l.name
		}
		r.where = strings.Join(names, "/")
	}
	return r.where
}
