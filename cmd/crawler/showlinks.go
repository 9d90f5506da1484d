package main

import (
	"fmt"

	"example.com/edgard/parse"
)

// amends tells what a filing amends, and which amend it.
func (p *page) amends(f *held) {
	if a := f.Amends; a != nil {
		text := a.Evidence
		if a.Status == parse.AmendsLinked {
			text = a.Accession.String() + ": " + text
		}
		p.fact("amends", text)
	}
	if n := f.AmendmentNote; n != nil && n.Text != "" {
		p.fact("says", "“"+n.Text+"”")
	}
	for _, a := range f.amendments {
		p.fact("amended", joined(", ", "by "+a.Accession.String(), a.Form.String(), "filed "+a.Filed.String(), withdrawal(a)))
	}
}

func withdrawal(f *parse.Filing) string {
	if f.Withdrawn {
		return "since withdrawn"
	}
	return ""
}

// otherRevisions tells which other versions of the submission there are.
func (p *page) otherRevisions(f *held) {
	for _, info := range f.revisions {
		if info.Revision != f.Revision {
			p.fact("", fmt.Sprintf("revision %d, %s bytes: --revision %d shows it", info.Revision, count(info.Size), info.Revision))
		}
	}
}
