package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"example.com/edgard/crawl"
	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/index"
	folders "example.com/edgard/layout"
	"example.com/edgard/parse"
)

// laid counts filings laid out below a directory, one of several issuers for each.
type laid struct {
	Out  int `json:"laid_out"`        // now, or mended
	Same int `json:"laid_out_before"` // and left alone
	Bad  int `json:"not_laid_out"`    // they cannot be read in the archive

	dir string
}

func (l *laid) differs() bool { return l != nil && l.Bad > 0 }

func (l *laid) text() string {
	if l == nil {
		return ""
	}
	s := fmt.Sprintf("%s laid out in %s, %s there already", plural(l.Out, "filing"), harmless.Line(l.dir), count(l.Same))
	if l.Bad > 0 {
		s += fmt.Sprintf(", %s not to be read", count(l.Bad))
	}
	return s + "\n"
}

// layOut lays out what is held in scope, issuer by issuer.
func (i *issuerCommand) layOut(ctx context.Context, h *holdings, sc crawl.Scope) (l *laid, err error) {
	l = &laid{dir: i.out}
	dir, err := folders.Open(i.out)
	if err != nil {
		return l, fmt.Errorf("--out: %w", err)
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	for _, c := range sc.CIKs {
		q := index.Query{CIKs: []edgar.CIK{c}, Forms: sc.Forms, From: sc.From, To: sc.To}
		if sc.AllForms {
			q.Forms = nil
		}
		if err := i.layOutIssuer(ctx, h, dir, c, q, l); err != nil {
			return l, err
		}
	}
	return l, nil
}

func (i *issuerCommand) layOutIssuer(ctx context.Context, h *holdings, dir *folders.Dir, c edgar.CIK, q index.Query, l *laid) error {
	of := folders.Issuer{CIK: c}
	if is, ok := crawl.KeptIssuer(h.listings(), c); ok {
		of.Name = is.Name
	}
	for known, err := range h.store.All(q) {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if of.Name == "" {
			of.Name = filerName(known, c)
		}
		f, err := h.filing(known.Accession, 0)
		if err != nil {
			l.Bad++
			i.note("%v", err)
			continue
		}
		changed, err := dir.Lay(of, f, func() (io.ReadCloser, error) {
			r, _, err := h.archive.Open(f.Accession, f.Revision)
			return r, err
		})
		if err != nil {
			return fmt.Errorf("--out %s: %w", i.out, err)
		}
		if changed {
			l.Out++
		} else {
			l.Same++
		}
	}
	return nil
}

// filerName is what a filing calls the filer of a CIK.
func filerName(f *parse.Filing, c edgar.CIK) string {
	for _, x := range f.Filers {
		if x.CIK == c {
			return x.Name
		}
	}
	return ""
}

// issuerText says who an issuer is: "Tidewater Lens Works, CIK 900001, TIDE, formerly
// Tidewater Glass Co".
func issuerText(is parse.Issuer) string {
	parts := []string{is.Name, "CIK " + is.CIK.String()}
	for _, t := range is.Tickers {
		if t != "" {
			parts = append(parts, t)
		}
	}
	var former []string
	for _, n := range is.FormerNames {
		former = append(former, n.Name)
	}
	if len(former) > 0 {
		parts = append(parts, "formerly "+strings.Join(former, ", "))
	}
	return harmless.Line(strings.Join(parts, ", "))
}
