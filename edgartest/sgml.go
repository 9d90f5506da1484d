package edgartest

import (
	"bytes"
	"fmt"
)

// sgml is the header in the tag dialect, ACCESSION.hdr.sgml: items by number.
func (e *entry) sgml() []byte {
	var b bytes.Buffer
	day := e.Filed
	if !e.head.disseminated.IsZero() {
		day = e.head.disseminated
	}
	fmt.Fprintf(&b, "<SEC-HEADER>%s.hdr.sgml : %s\n", e.Accession, day.Compact())
	if !e.Accepted.IsZero() {
		fmt.Fprintf(&b, "<ACCEPTANCE-DATETIME>%s\n", acceptance(e.Accepted))
	}
	e.writeTags(&b, e.head.tree.kids)
	b.WriteString("</SEC-HEADER>\n")
	return b.Bytes()
}

func (e *entry) writeTags(b *bytes.Buffer, nodes []*node) {
	for _, n := range nodes {
		value := n.value
		switch {
		case n.key == "ACCEPTANCE-DATETIME", n.key == "ITEMS" && value == "":
			continue
		case n.key == "ITEMS":
			value = itemNumber(value, e.Filed)
		}
		fmt.Fprintf(b, "<%s>%s\n", n.key, value)
		if roleNames[n.key] != "" || innerBlocks[n.key] {
			e.writeTags(b, n.kids)
			fmt.Fprintf(b, "</%s>\n", n.key)
		}
	}
}

// headersPage is ACCESSION-index-headers.html: the tag header in a comment.
func (e *entry) headersPage() []byte {
	return fmt.Appendf(nil, "<HTML><HEAD><TITLE>SEC EDGAR Submission %s</TITLE>\n<!--\n%s-->\n</HEAD><BODY>\n<PRE>%s</PRE>\n</BODY></HTML>\n",
		e.Accession, e.sgml(), escape(string(e.sgml())))
}
