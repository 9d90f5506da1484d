package edgartest

import (
	"fmt"
	"strings"

	"example.com/edgard/edgar"
)

// node is one key of a submission header, named as in the tag dialect, with its
// value or the keys inside it.
type node struct {
	key, value string
	kids       []*node
}

// first returns the value of the first kid with that key.
func (n *node) first(key string) string {
	for _, k := range n.kids {
		if k.key == key {
			return k.value
		}
	}
	return ""
}

// block returns the first kid with that key, or an empty one.
func (n *node) block(key string) *node {
	for _, k := range n.kids {
		if k.key == key {
			return k
		}
	}
	return &node{key: key}
}

// tabNames gives the tag names of tab-dialect keys whose names differ by more
// than blanks.
var tabNames = map[string]string{
	"CONFORMED SUBMISSION TYPE":          "TYPE",
	"CONFORMED PERIOD OF REPORT":         "PERIOD",
	"ITEM INFORMATION":                   "ITEMS",
	"FILED AS OF DATE":                   "FILING-DATE",
	"DATE AS OF CHANGE":                  "DATE-OF-FILING-DATE-CHANGE",
	"COMPANY CONFORMED NAME":             "CONFORMED-NAME",
	"CENTRAL INDEX KEY":                  "CIK",
	"STANDARD INDUSTRIAL CLASSIFICATION": "ASSIGNED-SIC",
	"EIN":                                "IRS-NUMBER",
	"SEC ACT":                            "ACT",
	"SEC FILE NUMBER":                    "FILE-NUMBER",
	"STREET 1":                           "STREET1",
	"STREET 2":                           "STREET2",
	"BUSINESS PHONE":                     "PHONE",
	"DATE OF NAME CHANGE":                "DATE-CHANGED",
}

// roleNames maps the tags of entities to their names in the feed.
var roleNames = map[string]string{
	"FILER": "Filer", "SUBJECT-COMPANY": "Subject", "FILED-BY": "Filed by",
	"ISSUER": "Issuer", "REPORTING-OWNER": "Reporting", "DEPOSITOR": "Depositor",
	"SECURITIZER": "Securitizer", "ISSUING-ENTITY": "Issuing entity", "FILED-FOR": "Filed for",
	"SERIAL-COMPANY": "Serial company", "UNDERWRITER": "Underwriter",
}

var innerBlocks = map[string]bool{
	"COMPANY-DATA": true, "OWNER-DATA": true, "FILING-VALUES": true, "BUSINESS-ADDRESS": true,
	"MAIL-ADDRESS": true, "FORMER-COMPANY": true, "FORMER-NAME": true,
}

// builder grows a header's tree: entities at the top, blocks inside them.
type builder struct{ top, role, inner *node }

func newBuilder() *builder { return &builder{top: &node{}} }

func (b *builder) add(key, value string) {
	n := &node{key: key, value: value}
	switch {
	case roleNames[key] != "":
		b.top.kids = append(b.top.kids, n)
		b.role, b.inner = n, nil
	case innerBlocks[key] && b.role != nil:
		b.role.kids = append(b.role.kids, n)
		b.inner = n
	case b.inner != nil:
		b.inner.kids = append(b.inner.kids, n)
	case b.role != nil:
		b.role.kids = append(b.role.kids, n)
	default:
		b.top.kids = append(b.top.kids, n)
	}
}

func (b *builder) close(key string) {
	switch {
	case b.inner != nil && b.inner.key == key:
		b.inner = nil
	case b.role != nil && b.role.key == key:
		b.role, b.inner = nil, nil
	}
}

// parseTabs reads a header of the tab dialect, that of ACCESSION.txt. Keys and
// values come out as the tag dialect has them, items excepted: those are text.
func parseTabs(s string) *node {
	b := newBuilder()
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "<") {
			key, value, _ := strings.Cut(line[1:], ">")
			if name, closing := strings.CutPrefix(key, "/"); closing {
				b.close(name)
			} else {
				b.add(key, value)
			}
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		name := tabNames[key]
		if name == "" {
			name = strings.ReplaceAll(key, " ", "-")
		}
		b.add(name, tagValue(name, strings.TrimSpace(value)))
	}
	return b.top
}

// tagValue turns a value of the tab dialect into that of the tag dialect.
func tagValue(key, v string) string {
	switch key {
	case "ASSIGNED-SIC":
		if i := strings.LastIndexByte(v, '['); i >= 0 {
			return strings.Trim(v[i:], "[]")
		}
	case "ACT":
		if y, ok := strings.CutSuffix(v, " Act"); ok && len(y) == 4 {
			return y[2:]
		}
	}
	return v
}

// parseTags reads a header of the tag dialect, that of .nc and .hdr.sgml, with
// or without line ends between the tags.
func parseTags(s string) *node {
	b := newBuilder()
	for _, tag := range strings.Split(s, "<")[1:] {
		key, value, ok := strings.Cut(tag, ">")
		if !ok {
			continue
		}
		if name, closing := strings.CutPrefix(key, "/"); closing {
			b.close(name)
		} else {
			b.add(key, strings.TrimSpace(value))
		}
	}
	return b.top
}

// fill sets the fields of s that its maker left zero.
func (h head) fill(s *Submission) error {
	t := h.tree
	var err error
	if s.Accession.IsZero() {
		if s.Accession, err = edgar.ParseAccession(t.first("ACCESSION-NUMBER")); err != nil {
			return err
		}
	}
	if s.Form.IsZero() {
		if s.Form, err = edgar.ParseForm(t.first("TYPE")); err != nil {
			return fmt.Errorf("submission %s: %w", s.Accession, err)
		}
	}
	if s.Filed.IsZero() {
		if s.Filed, err = edgar.ParseDate(t.first("FILING-DATE")); err != nil {
			return fmt.Errorf("submission %s: %w", s.Accession, err)
		}
	}
	if s.Period.IsZero() {
		s.Period, _ = edgar.ParseDate(t.first("PERIOD"))
	}
	if s.Accepted.IsZero() {
		s.Accepted, _ = edgar.ParseAcceptance(t.first("ACCEPTANCE-DATETIME"))
	}
	for _, k := range t.kids {
		s.PrivateToPublic = s.PrivateToPublic || k.key == "PRIVATE-TO-PUBLIC"
	}
	if s.Items == nil {
		s.Items = h.items(s.Filed)
	}
	if s.Filers == nil {
		s.Filers = h.filers()
	}
	return nil
}

func (h head) items(filed edgar.Date) []string {
	var items []string
	for _, k := range h.tree.kids {
		if k.key == "ITEMS" && k.value != "" {
			items = append(items, itemNumber(k.value, filed))
		}
	}
	return items
}

func (h head) filers() []Filer {
	var fs []Filer
	for _, k := range h.tree.kids {
		if roleNames[k.key] == "" {
			continue
		}
		data := k.block("COMPANY-DATA")
		if len(data.kids) == 0 {
			data = k.block("OWNER-DATA")
		}
		c, err := edgar.ParseCIK(data.first("CIK"))
		if err != nil {
			continue
		}
		fs = append(fs, Filer{Role: k.key, CIK: c, Name: data.first("CONFORMED-NAME")})
	}
	return fs
}
