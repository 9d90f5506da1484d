package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"example.com/edgard/archive"
	"example.com/edgard/edgar"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

const showLong = `Shows one filing: header, cover, items with their text, exhibits, signers and
what the parser found odd. With --item, --exhibit or --document it prints that
text alone; with --raw the submission as SEC served it, byte for byte.`

const showExample = `  crawler show 0000320193-24-000006
  crawler show 0000320193-24-000006 --item 2.02
  crawler show 0000320193-24-000006 --exhibit 99.1 | less
  crawler show 0000320193-24-000006 --raw > submission.txt`

// showCommand shows one filing.
type showCommand struct {
	*app
	item, exhibit      string
	document, revision int
	raw                bool
}

func newShow(a *app) *cobra.Command {
	s := &showCommand{app: a}
	cmd := &cobra.Command{
		Use:     "show ACCESSION",
		Short:   "Show one filing, or a part of it",
		Long:    showLong,
		Example: showExample,
		Args:    cobra.ExactArgs(1),
		RunE:    does(s.run),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&s.item, "item", "", "the text of the item of this `NUMBER`")
	f.StringVar(&s.exhibit, "exhibit", "", "the text of the exhibit of this `NUMBER`, as 99.1")
	f.IntVar(&s.document, "document", 0, "the text of the `N`th document")
	f.BoolVar(&s.raw, "raw", false, "the archived bytes")
	f.IntVar(&s.revision, "revision", 0, "of the `N`th version that SEC served (default the newest)")
	cmd.MarkFlagsMutuallyExclusive("item", "exhibit", "document", "raw")
	return cmd
}

func (s *showCommand) run(_ context.Context, cmd *cobra.Command, args []string) error {
	acc, err := edgar.ParseAccession(args[0])
	if err != nil {
		return misuse("%w", err)
	}
	eff, err := s.config(cmd)
	if err != nil {
		return err
	}
	h, err := readHoldings(eff.Data)
	if err != nil {
		return err
	}
	defer h.Close()
	if s.raw {
		return s.printRaw(h, acc)
	}
	sub, f, err := h.filing(acc, s.revision)
	if err != nil {
		return err
	}
	switch {
	case s.item != "":
		return s.printItem(f)
	case s.exhibit != "":
		return s.printExhibit(sub, f)
	case cmd.Flags().Changed("document"):
		return s.printDocument(sub, s.document)
	case s.json:
		return s.printJSON(f)
	}
	return s.printPage(f)
}

// filing reads a submission from the archive and joins what the index alone
// knows of it.
func (h *holdings) filing(acc edgar.Accession, revision int) (*parse.Submission, *parse.Filing, error) {
	held, err := h.index.Filing(acc)
	if errors.Is(err, index.ErrNotFound) {
		return nil, nil, h.missing(acc)
	}
	if err != nil {
		return nil, nil, err
	}
	r, info, err := h.archive.Open(acc, revision)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	sub, err := parse.ReadSubmission(r)
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s from the archive: %w", acc, err)
	}
	f := parse.EightK(sub)
	f.URL, f.Amends, f.Withdrawn, f.Seen, f.Recorded = held.URL, held.Amends, held.Withdrawn, held.Seen, held.Recorded
	f.Revision, f.SHA256, f.Size = info.Revision, fmt.Sprintf("%x", info.SHA256), info.Size
	return sub, f, nil
}

// missing says why a filing is not there, as far as that is known.
func (h *holdings) missing(acc edgar.Accession) error {
	e, err := h.index.Entry(acc)
	switch {
	case errors.Is(err, index.ErrNotFound):
		return misuse("%s is not in %s", acc, h.dir)
	case err != nil:
		return err
	case e.Reason != "":
		return misuse("%s is %s: %s", acc, e.State, cleanLine(e.Reason))
	}
	return misuse("%s is %s, not fetched yet", acc, e.State)
}

func (s *showCommand) printPage(f *parse.Filing) error {
	p := newPage(s.out)
	p.heading(f)
	p.fact("source", f.URL)
	p.items(f, true)
	p.after(f)
	p.printf("\n")
	p.fact("held", fmt.Sprintf("revision %d, %s bytes", f.Revision, count(f.Size)))
	p.fact("sha256", f.SHA256)
	p.fact("seen", stamp(f.Seen))
	p.fact("recorded", stamp(f.Recorded))
	return p.err
}

func (s *showCommand) printItem(f *parse.Filing) error {
	found := slices.DeleteFunc(slices.Clone(f.Items), func(it parse.Item) bool { return it.Number != s.item })
	if len(found) == 0 {
		return misuse("%s has no item %s: it has %s", f.Accession, s.item, numbersOf(f.Items, func(it parse.Item) string { return it.Number }))
	}
	for _, it := range found {
		if s.json {
			if err := s.printJSON(it); err != nil {
				return err
			}
		} else if err := s.printText(it.Text); err != nil {
			return err
		}
	}
	return nil
}

func (s *showCommand) printExhibit(sub *parse.Submission, f *parse.Filing) error {
	for _, x := range f.Exhibits {
		if x.Number == s.exhibit && x.Document > 0 {
			return s.printDocument(sub, x.Document)
		}
	}
	numbers := numbersOf(f.Exhibits, func(x parse.Exhibit) string {
		if x.Document == 0 {
			return ""
		}
		return x.Number
	})
	return misuse("%s attaches no exhibit %s: it attaches %s", f.Accession, s.exhibit, numbers)
}

// printDocument prints the text of the nth document, counted from 1.
func (s *showCommand) printDocument(sub *parse.Submission, n int) error {
	if n < 1 || n > len(sub.Documents) {
		return misuse("there is no document %d: the submission has %d", n, len(sub.Documents))
	}
	d := &sub.Documents[n-1]
	text, err := d.Text()
	if errors.Is(err, parse.ErrNoText) {
		return misuse("document %d (%s, %s) is no text: --raw prints the submission", n, d.Type, d.Media)
	}
	if err != nil {
		return err
	}
	if s.json {
		return s.printJSON(struct {
			parse.Document
			Text string `json:"text"`
		}{*d, text})
	}
	return s.printText(text)
}

// printText prints text of a filing: set for reading on a terminal, as it is
// elsewhere.
func (s *showCommand) printText(text string) error {
	if s.out.tty {
		text = layout(cleanText(text), 0, s.out.columns(pageWidth))
	}
	return copyClean(s.out, text)
}

// printRaw copies the archived bytes; to a terminal, made harmless.
func (s *showCommand) printRaw(h *holdings, acc edgar.Accession) error {
	r, _, err := h.archive.Open(acc, s.revision)
	if err != nil {
		if _, known := h.index.Filing(acc); errors.Is(known, index.ErrNotFound) {
			return h.missing(acc)
		}
		return err
	}
	defer r.Close()
	if !s.out.tty {
		_, err = io.Copy(s.out, r)
		return err
	}
	data, err := io.ReadAll(io.LimitReader(r, archive.MaxSize))
	if err != nil {
		return err
	}
	return copyClean(s.out, string(data))
}

// numbersOf joins the numbers that are not empty, "none" when there are none.
func numbersOf[T any](list []T, number func(T) string) string {
	var numbers []string
	for _, v := range list {
		numbers = append(numbers, number(v))
	}
	if s := joined(", ", numbers...); s != "" {
		return s
	}
	return "none"
}
