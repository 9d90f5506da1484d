package index

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"example.com/edgard/parse"
	"github.com/google/go-cmp/cmp"
)

func FuzzEntry(f *testing.F) {
	f.Add(encodeEntry(&Entry{Form: form("8-K"), Filed: day("2024-01-03"), Name: "Made", State: Deferred, Attempts: 1, Next: noon, Reason: "503", Seen: noon}))
	f.Add([]byte{entryVersion, 4, 0, 0, 0, 0, 0, 0, 0, 1, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := decodeEntry(acc(1), b)
		if err != nil {
			if !errors.Is(err, errMalformed) {
				t.Errorf("%v, want malformed", err)
			}
			return
		}
		again, err := decodeEntry(acc(1), encodeEntry(&e))
		if diff := cmp.Diff(e, again, plain); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	})
}

func FuzzFiling(f *testing.F) {
	c, err := newCodec()
	must(f, err)
	defer c.close()
	for _, n := range []int{1, 2} {
		v, err := c.encode(made(n, "2024-01-03", 10, 11))
		must(f, err)
		f.Add(v)
		f.Add(firstValue(f, made(n, "2024-01-03", 10)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := c.decode(b)
		if err != nil {
			if !errors.Is(err, errMalformed) {
				t.Errorf("%v, want malformed", err)
			}
			return
		}
		if _, err := c.encode(x); err != nil {
			t.Errorf("decoded, but %v", err)
		}
	})
}

// FuzzCoder leaves out the sum that keeps what is damaged from the coder.
func FuzzCoder(f *testing.F) {
	for _, n := range []int{1, 2} {
		x := made(n, "2024-01-03", 10, 11)
		c := coder{}
		c.fields(func() { c.filing(x) })
		f.Add(c.numbers, string(c.text))
	}
	f.Fuzz(func(t *testing.T, numbers []byte, text string) {
		c, x := coder{reading: true, numbers: numbers, rest: text}, new(parse.Filing)
		c.fields(func() { c.filing(x) })
		if c.bad {
			return
		}
		again, y, third := coder{}, new(parse.Filing), coder{}
		again.fields(func() { again.filing(x) })
		c = coder{reading: true, numbers: again.numbers, rest: string(again.text)}
		c.fields(func() { c.filing(y) })
		third.fields(func() { third.filing(y) })
		if c.bad || !bytes.Equal(again.numbers, third.numbers) || !bytes.Equal(again.text, third.text) {
			t.Errorf("bad %t\n%q %q, once more\n%q %q", c.bad, again.numbers, again.text, third.numbers, third.text)
		}
	})
}

func FuzzToken(f *testing.F) {
	for k := filingsNewest; k <= entriesOldest; k++ {
		f.Add(byte(k), encodeToken(k, makeRef(day("2024-01-03"), acc(1))))
	}
	f.Add(byte(0), "")
	f.Fuzz(func(t *testing.T, kind byte, s string) {
		k := filingsNewest + tokenKind(kind)%entriesOldest
		r, err := decodeToken(k, s)
		if err != nil && !errors.Is(err, ErrToken) {
			t.Errorf("%v, want ErrToken", err)
		}
		if err == nil && encodeToken(k, r) != s {
			t.Errorf("token %q is not the only spelling of its place", s)
		}
	})
}

func FuzzJournal(f *testing.F) {
	e := Entry{Accession: acc(1), Form: form("8-K"), Filed: day("2024-01-03"), State: Withdrawn, Reason: "gone"}
	line, err := json.Marshal(e.line(EventWithdrawn))
	must(f, err)
	f.Add(append(line, '\n'))
	f.Add([]byte("{}\n{\"event\":\"listing\"}\nx"))
	f.Fuzz(func(t *testing.T, b []byte) {
		n := 0
		for l, err := range readJournal(bytes.NewReader(b)) {
			if err == nil && l.Event == "" {
				t.Error("a line without event")
			}
			n++
		}
		if n > bytes.Count(b, []byte("\n"))+1 {
			t.Errorf("%d lines in %d bytes", n, len(b))
		}
	})
}
