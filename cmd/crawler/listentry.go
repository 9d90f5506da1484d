package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// readStates reads the states of --entry.
func readStates(words []string) (states []index.State, err error) {
	for _, w := range words {
		st, err := oneOf(stateNames()...)(w)
		if err != nil {
			return nil, misuse("--entry: %w", err)
		}
		states = append(states, index.State(st))
	}
	return states, nil
}

// checkEntries refuses the filters that no listing can answer.
func (l *listCommand) checkEntries() error {
	var strange []string
	l.cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Changed && !slices.Contains([]string{"entry", "cik", "ticker", "form", "from", "to", "oldest-first", "limit", "after"}, f.Name) {
			strange = append(strange, "--"+f.Name)
		}
	})
	if len(strange) > 0 {
		return misuse("%s: --entry lists what SEC's listings tell, and that is not in them: leave either out", strings.Join(strange, ", "))
	}
	return nil
}

// entries prints the entries in the states that q wants.
func (l *listCommand) entries(dir string, states []index.State, q index.Query) shower {
	t := entryTable()
	return func(limit int, after string) (int, string, error) {
		var p index.EntryPage
		err := reading(dir, func(h *holdings) (err error) {
			p, err = h.index.FindEntries(index.EntryQuery{
				States: states, CIKs: q.CIKs, Forms: q.Forms, From: q.From, To: q.To,
				OldestFirst: q.OldestFirst, Limit: limit, After: after,
			})
			return err
		})
		if err != nil {
			return 0, "", err
		}
		return len(p.Entries), p.Next, l.printEntries(t, p.Entries)
	}
}

func (l *listCommand) printEntries(t *table, es []index.Entry) error {
	for i := range es {
		e := &es[i]
		if l.json {
			if err := l.printJSON(listedAs(e)); err != nil {
				return err
			}
			continue
		}
		t.add(e.Filed.String(), e.Form.String(), cikOf(e), e.Name, string(e.State), triesOf(e), stamp(e.Next), e.Reason, e.Accession.String())
	}
	return t.write(l.out)
}

func entryTable() *table {
	return &table{columns: []column{
		{name: "filed"},
		{name: "form", min: 4},
		{name: "cik", right: true, wide: 110, style: always(dim)},
		{name: "company", min: 8, style: always(bold)},
		{name: "state", style: always(cyan)},
		{name: "tries", right: true, wide: 100},
		{name: "next try", wide: 130},
		{name: "reason", min: 6, style: always(yellow)},
		{name: "accession"},
	}}
}

func cikOf(e *index.Entry) string {
	if len(e.CIKs) == 0 {
		return ""
	}
	return e.CIKs[0].String()
}

func triesOf(e *index.Entry) string {
	if e.Attempts == 0 {
		return ""
	}
	return count(e.Attempts)
}

// A listedEntry is an entry as JSON, in the shape of a filing as far as a listing
// tells of one.
type listedEntry struct {
	Accession edgar.Accession `json:"accession"`
	Form      edgar.Form      `json:"form,omitzero"`
	Filed     edgar.Date      `json:"filed,omitzero"`
	Filers    []listedFiler   `json:"filers"`
	Seen      time.Time       `json:"seen,omitzero"`
	Entry     entryState      `json:"entry"`
}

type listedFiler struct {
	CIK  edgar.CIK `json:"cik"`
	Name string    `json:"name,omitempty"` // of the first alone: an entry knows no other
}

type entryState struct {
	State    index.State `json:"state"`
	Reason   string      `json:"reason,omitempty"`
	Attempts int         `json:"attempts,omitempty"`
	Next     time.Time   `json:"next,omitzero"`
}

func listedAs(e *index.Entry) listedEntry {
	out := listedEntry{
		Accession: e.Accession, Form: e.Form, Filed: e.Filed, Filers: []listedFiler{}, Seen: e.Seen,
		Entry: entryState{State: e.State, Reason: e.Reason, Attempts: e.Attempts, Next: e.Next},
	}
	for _, c := range e.CIKs {
		out.Filers = append(out.Filers, listedFiler{CIK: c})
	}
	if len(out.Filers) > 0 {
		out.Filers[0].Name = e.Name
	}
	return out
}
