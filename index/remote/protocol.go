package remote

import (
	"errors"
	"fmt"
	"slices"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

const (
	versionHeader = "Edgard-Version"
	protocol      = 1 // part of what must be the same

	maxQuestion = 1 << 20
	maxAnswer   = 256 << 20
)

// ErrGone says that nobody answers: the holder of the index has ended, or is
// stopped, or never listened. Open the file, or ask again.
var ErrGone = errors.New("nobody answers for the index")

// VersionError says that the program that holds the index is not the same as the
// one that asks. It is an [index.ErrLocked].
type VersionError struct {
	Theirs, Ours string // versions
}

func (e *VersionError) Error() string {
	return fmt.Sprintf("the index is in use by crawler %s, and this is crawler %s: ask with that one, or restart it as this one", e.Theirs, e.Ours)
}

func (e *VersionError) Unwrap() error { return index.ErrLocked }

// fault is an error as it crosses the socket.
type fault struct {
	Code    string `json:"code,omitempty"`
	Message string `json:"message"`

	kind error // what the code stands for, nil for nothing that callers tell apart
}

func (f *fault) Error() string { return f.Message }
func (f *fault) Unwrap() error { return f.kind }

// kind is an error that callers tell apart, by code.
type kind struct {
	code string
	err  error
}

// kinds are all of them; what is another one as well comes before it.
func kinds() []kind {
	return []kind{
		{"damaged", index.ErrDamaged},
		{"not_found", index.ErrNotFound},
		{"token", index.ErrToken},
		{"stale", index.ErrStale},
		{"schema", index.ErrSchema},
		{"forbidden", index.ErrForbidden},
		{"read_only", index.ErrReadOnly},
		{"locked", index.ErrLocked},
	}
}

func faultOf(err error) *fault {
	f := &fault{Message: err.Error()}
	if i := slices.IndexFunc(kinds(), func(k kind) bool { return errors.Is(err, k.err) }); i >= 0 {
		f.Code = kinds()[i].code
	}
	return f
}

// kindOf returns what a code stands for, nil for nothing that callers tell apart.
func kindOf(code string) error {
	if i := slices.IndexFunc(kinds(), func(k kind) bool { return k.code == code }); i >= 0 {
		return kinds()[i].err
	}
	return nil
}

// maybe is a value that may not be there.
type maybe[T any] struct {
	Value T    `json:"value"`
	OK    bool `json:"ok"`
}

// tickers is an [index.Tickers] with all that it has.
type tickers struct {
	index.Tickers
	CIKs map[string]edgar.CIK `json:"ciks"`
}

// found is an [index.Page] as it crosses the socket.
type found struct {
	Filings []filing `json:"filings"`
	Next    string   `json:"next,omitempty"`
}

// filing is one as [index.PackFiling] has it.
type filing []byte

func enclose(p index.Page) found {
	out := found{Next: p.Next}
	for _, f := range p.Filings {
		out.Filings = append(out.Filings, index.PackFiling(f))
	}
	return out
}

func (f found) page() (index.Page, error) {
	p := index.Page{Next: f.Next}
	for _, x := range f.Filings {
		f, err := index.UnpackFiling(x)
		if err != nil {
			return index.Page{}, err
		}
		p.Filings = append(p.Filings, f)
	}
	return p, nil
}

// changesAfter asks for an [index.ChangePage].
type changesAfter struct {
	After uint64 `json:"after"`
	Limit int    `json:"limit"`
}

// changed is an [index.ChangePage] as it crosses the socket.
type changed struct {
	Epoch   string   `json:"epoch"`
	Changes []change `json:"changes"`
	Last    uint64   `json:"last"`
}

type change struct {
	Sequence uint64 `json:"sequence"`
	Filing   filing `json:"filing"`
}

func changesOf(p index.ChangePage) changed {
	out := changed{Epoch: p.Epoch, Last: p.Last}
	for _, c := range p.Changes {
		out.Changes = append(out.Changes, change{c.Sequence, index.PackFiling(c.Filing)})
	}
	return out
}

func (c changed) page() (index.ChangePage, error) {
	p := index.ChangePage{Epoch: c.Epoch, Last: c.Last}
	for _, x := range c.Changes {
		f, err := index.UnpackFiling(x.Filing)
		if err != nil {
			return index.ChangePage{}, err
		}
		p.Changes = append(p.Changes, index.Change{Sequence: x.Sequence, Filing: f})
	}
	return p, nil
}

// stretch asks for so many of what comes after an accession number.
type stretch struct {
	After edgar.Accession `json:"after,omitzero"`
	Count int             `json:"count"`
}

// suggestion asks for so many issuers.
type suggestion struct {
	Words string `json:"words"`
	Count int    `json:"count"`
}
