package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
	"example.com/edgard/parse"
)

const parseLong = `Reads EDGAR submissions or bare 8-K documents from files or, for "-", from
standard input. It needs no configuration, no data directory and no network.
Files may be packed with gzip or zstd.

Piped, or with --json, it prints one JSON object per input, in the order of the
arguments, "file" first. What cannot be read gives an object with "file" and
"error", and exit code 3. On a terminal it prints a compact view.`

const parseExample = `  crawler parse 0000320193-24-000006.txt
  crawler parse --text filing.txt | less
  crawler parse *.txt | jq -r '.items[] | [.number, .title] | @tsv'
  zstd -dc filing.txt.zst | crawler parse -`

// parseCommand reads filings from files.
type parseCommand struct {
	*app
	items bool // items alone
	text  bool // with their whole text
	bad   bool // some input could not be read
}

func newParse(a *app) *cobra.Command {
	p := &parseCommand{app: a}
	cmd := &cobra.Command{
		Use:     "parse FILE…|-",
		Short:   "Read 8-Ks from files or standard input",
		Long:    parseLong,
		Example: parseExample,
		Args:    needFiles,
		RunE:    does(p.run),
	}
	cmd.Flags().BoolVar(&p.items, "items", false, "the items alone: one line each, or with --json without their text")
	cmd.Flags().BoolVar(&p.text, "text", false, "the items with their whole text")
	return cmd
}

func needFiles(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("name at least one file, or - for standard input")
	}
	stdin := 0
	for _, arg := range args {
		if arg == "-" {
			stdin++
		}
	}
	if stdin > 1 {
		return errors.New("standard input can be read only once")
	}
	return nil
}

// parsed is one line of output. Of Error and Filing one is set.
type parsed struct {
	File  string `json:"file"`
	Error string `json:"error,omitempty"`
	*parse.Filing
}

// parsedItems is the line that --items leaves of it.
type parsedItems struct {
	File      string          `json:"file"`
	Error     string          `json:"error,omitempty"`
	Accession edgar.Accession `json:"accession,omitzero"`
	Form      edgar.Form      `json:"form,omitzero"`
	Filed     edgar.Date      `json:"filed,omitzero"`
	Items     []parse.Item    `json:"items,omitempty"`
}

func (p *parseCommand) run(ctx context.Context, cmd *cobra.Command, args []string) error {
	asJSON := p.json || !p.out.tty && !p.items && !p.text && !cmd.Flags().Changed("json")
	type output struct {
		bytes []byte
		bad   bool
		err   error
	}
	work := func(i int) output {
		f := p.read(args[i])
		out, err := p.render(f, asJSON, len(args) > 1)
		return output{out, f.Error != "", err}
	}
	emit := func(o output) error {
		if o.err != nil {
			return o.err
		}
		p.bad = p.bad || o.bad
		_, err := p.out.Write(o.bytes)
		return err
	}
	if err := inOrder(ctx, len(args), work, emit); err != nil {
		return err
	}
	if p.bad {
		return quietly(exitDiffers)
	}
	return nil
}

func (p *parseCommand) read(name string) parsed {
	in, err := openInput(name, p.stdin)
	if err != nil {
		return parsed{File: name, Error: reasonOf(err)}
	}
	defer in.Close()
	f, err := parse.ReadFiling(in)
	if err != nil {
		return parsed{File: name, Error: reasonOf(err)}
	}
	return parsed{File: name, Filing: f}
}

// render makes the output of one input; several are told apart by their names.
func (p *parseCommand) render(f parsed, asJSON, several bool) ([]byte, error) {
	switch {
	case asJSON && p.items:
		return harmless.JSON(p.itemsOf(f))
	case asJSON:
		return harmless.JSON(f)
	}
	var b bytes.Buffer
	out := &terminal{Writer: &b, tty: p.out.tty, colour: p.out.colour, width: p.out.width}
	switch {
	case f.Error != "":
		fmt.Fprintf(out, "%s: %s\n", harmless.Line(f.File), out.in(red, harmless.Line(f.Error)))
		return b.Bytes(), nil
	case p.items && !p.text && !out.tty:
		for _, it := range f.Items {
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", harmless.Line(f.File), f.Accession, harmless.Line(it.Number), it.Source, harmless.Line(it.Title))
		}
		return b.Bytes(), nil
	}
	if several {
		fmt.Fprintln(out, out.in(cyan, harmless.Line(f.File)))
	}
	err := p.view(out, f.Filing)
	return b.Bytes(), err
}

// view prints a filing for people.
func (p *parseCommand) view(out *terminal, f *parse.Filing) error {
	pg := newPage(out)
	switch {
	case p.items && p.text:
		pg.items(f, true)
	case p.items:
		t := &table{columns: []column{{name: "item", style: always(bold)}, {name: "title", min: 20}, {name: "source"}}}
		for _, it := range f.Items {
			t.add(it.Number, it.Title, string(it.Source))
		}
		return t.write(out)
	default:
		pg.heading(f)
		pg.items(f, p.text)
		pg.after(f)
	}
	pg.printf("\n")
	return pg.err
}

func (p *parseCommand) itemsOf(f parsed) parsedItems {
	if f.Filing == nil {
		return parsedItems{File: f.File, Error: f.Error}
	}
	out := parsedItems{File: f.File, Accession: f.Accession, Form: f.Form, Filed: f.Filed, Items: f.Items}
	if !p.text {
		for i := range out.Items {
			out.Items[i].Text = ""
		}
	}
	return out
}
