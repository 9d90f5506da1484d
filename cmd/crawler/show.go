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
	"example.com/edgard/harmless"
	"example.com/edgard/parse"
	"example.com/edgard/serve"
)

const showLong = `Shows one filing: header, cover, items with their text, exhibits, signers and
what the parser found odd. With --item, --exhibit or --document it prints that
text alone, all of them when several exhibits have the number; with --raw the
submission as SEC served it, byte for byte.`

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

func needAccession(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return errors.New("name one filing, by its accession number: crawler list finds it")
	}
	return exclusive(cmd, "item", "exhibit", "document", "raw")
}

func newShow(a *app) *cobra.Command {
	s := &showCommand{app: a}
	cmd := &cobra.Command{
		Use:     "show ACCESSION",
		Short:   "Show one filing, or a part of it",
		Long:    showLong,
		Example: showExample,
		Args:    needAccession,
		RunE:    does(s.run),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&s.item, "item", "", "the text of the item of this `NUMBER`")
	f.StringVar(&s.exhibit, "exhibit", "", "the text of the exhibit of this `NUMBER`, as 99.1")
	f.IntVar(&s.document, "document", 0, "the text of the `N`th document, counted from 1")
	f.BoolVar(&s.raw, "raw", false, "the archived bytes")
	f.IntVar(&s.revision, "revision", 0, "of the `N`th version that SEC served (default the newest)")
	cmd.MarkFlagsMutuallyExclusive("item", "exhibit", "document", "raw")
	return cmd
}

func (s *showCommand) run(_ context.Context, cmd *cobra.Command, args []string) error {
	if err := refuseEmpty(cmd, "item", "exhibit"); err != nil {
		return err
	}
	if s.raw && s.json {
		return misuse("--raw prints the bytes as they are: give it or --json, not both")
	}
	acc, err := edgar.ParseAccession(args[0])
	if err != nil {
		return misuse("%w", err)
	}
	eff, err := s.config(cmd)
	if err != nil {
		return err
	}
	f, err := readHeld(eff.Data, acc, s.revision)
	if err != nil {
		return err
	}
	switch {
	case s.raw:
		return s.printRaw(f)
	case s.item != "":
		return s.printItem(f.Filing)
	case s.exhibit != "":
		return s.printExhibits(f)
	case cmd.Flags().Changed("document"):
		return s.printDocument(f, s.document)
	case s.json:
		return s.printJSON(serve.FullOf(f.Filing, f.amendments, f.revisions))
	}
	return s.printPage(f)
}

func (s *showCommand) printPage(f *held) error {
	p := newPage(s.out)
	p.heading(f.Filing)
	p.amends(f)
	p.fact("source", f.URL)
	p.items(f.Filing, true)
	p.after(f.Filing)
	p.printf("\n")
	p.fact("held", fmt.Sprintf("revision %d, %s bytes", f.Revision, count(f.Size)))
	p.otherRevisions(f)
	if n, gone := cutOf(f.Filing); n > 0 {
		p.fact("cut", fmt.Sprintf("%s of %s bytes left out of the copy; %s fetches them", plural(n, "document"), count(gone), completing(f.Filing)))
	}
	p.fact("sha256", f.SHA256)
	p.fact("seen", stamp(f.Seen))
	p.fact("recorded", stamp(f.Recorded))
	return p.err
}

// completing is the command that fetches a filing whole.
func completing(f *parse.Filing) string {
	who := "CIK"
	if len(f.Filers) > 0 {
		who = f.Filers[0].CIK.String()
	}
	return fmt.Sprintf("issuer %s --form %s --from %s --to %s --complete", who, f.Form, f.Filed, f.Filed)
}

// cutOf counts the documents that were cut out of a filing's copy, and their bytes.
func cutOf(f *parse.Filing) (n int, bytes int64) {
	for _, d := range f.Documents {
		if d.Cut != nil {
			n, bytes = n+1, bytes+d.Cut.Size
		}
	}
	return n, bytes
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

// printExhibits prints every exhibit of the number: a filing may attach several.
func (s *showCommand) printExhibits(f *held) error {
	found := false
	for _, x := range f.Exhibits {
		if x.Number == s.exhibit && x.Document > 0 {
			found = true
			if err := s.printDocument(f, x.Document); err != nil {
				return err
			}
		}
	}
	if found {
		return nil
	}
	numbers := numbersOf(f.Exhibits, func(x parse.Exhibit) string {
		if x.Document == 0 {
			return ""
		}
		return x.Number
	})
	return misuse("%s attaches no exhibit %s: it attaches %s", f.Accession, s.exhibit, numbers)
}

// printDocument prints the text of the document at position n, counted from 1.
func (s *showCommand) printDocument(f *held, n int) error {
	sub, err := f.submission()
	if err != nil {
		return err
	}
	if n < 1 || n > len(sub.Documents) {
		return misuse("--document %d: the submission has %s by position: %s", n, plural(len(sub.Documents), "document"), positions(sub.Documents))
	}
	d := &sub.Documents[n-1]
	if d.Cut != nil {
		return misuse("document %d (%s, %s, %s bytes) was left out of the copy: with archive.keep full, sync --complete fetches it", n, d.Type, d.Media, count(d.Cut.Size))
	}
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
		text = layout(harmless.Text(text), 0, s.out.columns(pageWidth))
	}
	return copyClean(s.out, text)
}

// printRaw copies the archived bytes; to a terminal, made harmless.
func (s *showCommand) printRaw(f *held) error {
	if n, gone := cutOf(f.Filing); n > 0 {
		s.note("the copy is cut: in it a line stands for each of %s, %s bytes in all", plural(n, "document"), count(gone))
	}
	return f.bytes(func(r io.Reader) error {
		if !s.out.tty {
			_, err := io.Copy(s.out, r)
			return err
		}
		data, err := io.ReadAll(io.LimitReader(r, archive.MaxSize))
		if err != nil {
			return err
		}
		return copyClean(s.out, string(data))
	})
}

// positions lists documents as --document counts them.
func positions(ds []parse.Document) string {
	names := make([]string, len(ds))
	for i, d := range ds {
		names[i] = fmt.Sprintf("%d is %s", i+1, d.Type)
		if d.Sequence > 0 && d.Sequence != i+1 {
			names[i] += fmt.Sprintf(" (sequence %d)", d.Sequence)
		}
	}
	return joined(", ", names...)
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
