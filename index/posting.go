package index

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// posting is one key in one secondary bucket, with its value; most have none.
type posting struct {
	bucket []byte
	key    string
	value  []byte
}

func (p posting) compare(o posting) int {
	return cmp.Or(bytes.Compare(p.bucket, o.bucket), cmp.Compare(p.key, o.key))
}

func (p posting) in(bucket []byte) bool { return bytes.Equal(p.bucket, bucket) }

// ref returns the tail of the key.
func (p posting) ref() (r ref) {
	copy(r[:], p.key[len(p.key)-refSize:])
	return r
}

// name returns what stands before the zero byte and the ref of the key.
func (p posting) name() string { return p.key[:len(p.key)-refSize-1] }

// postings returns the keys of f in every lane of filings, sorted by bucket and
// key, each once; f also sits under the CIKs of its listing rows. The value of the
// one under date is its facts, without the number of its last change, which is not
// the filing's own. Everything that writes or checks lanes derives them here.
func postings(f *parse.Filing, listed []edgar.CIK) []posting {
	r := makeRef(f.Filed, f.Accession)
	tail := string(r[:])
	ps := []posting{
		{bucketDate, tail, factsOf(f)},
		{bucketForm, string(namePrefix(f.Form.String())) + tail, nil},
	}
	for _, c := range filingCIKs(f, listed) {
		ps = append(ps, posting{bucketCIK, string(cikPrefix(c)) + tail, nil})
		if !f.Period.IsZero() {
			ps = append(ps, posting{bucketEvent, string(eventPrefix(c, f.Period)) + tail, nil})
		}
	}
	add := func(bucket []byte, name string) {
		if name != "" {
			ps = append(ps, posting{bucket, string(namePrefix(keyName(name))) + tail, nil})
		}
	}
	for _, it := range f.Items {
		add(bucketItem, it.Number)
	}
	for _, x := range f.Exhibits {
		add(bucketExhibit, x.Number)
	}
	for _, x := range f.Filers {
		add(bucketSIC, x.SIC)
		add(bucketPlace, x.StateOfIncorporation)
	}
	for _, w := range f.Warnings {
		add(bucketWarning, string(w.Code))
	}
	for _, m := range marks(f) {
		add(bucketMark, m)
	}
	slices.SortFunc(ps, posting.compare)
	return slices.CompactFunc(ps, func(a, b posting) bool { return a.compare(b) == 0 })
}

// maxKeyName bounds the bytes of a name in a key.
const maxKeyName = 100

// keyName makes a name from outside one that can stand before a zero byte: as its
// filing has it when it is read back, with a replacement character for a zero byte.
func keyName(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, string(unicode.ReplacementChar)), "\x00", string(unicode.ReplacementChar))
	return s[:min(len(s), maxKeyName)]
}

// eventPrefix is a CIK and a period of report.
func eventPrefix(c edgar.CIK, period edgar.Date) []byte {
	return binary.BigEndian.AppendUint32(cikPrefix(c), dateNumber(period))
}

// postings returns the keys of e in the lanes of entries: due while it waits to be
// fetched, and standing while it is not recorded.
func (e *Entry) postings() (ps []posting) {
	if e.pending() {
		ps = append(ps, posting{bucketDue, string(e.dueKey()), nil})
	}
	if e.State != Recorded {
		r := makeRef(e.Filed, e.Accession)
		ps = append(ps, posting{bucketStands, string(e.State.code()) + string(r[:]), nil})
	}
	return ps
}

// difference returns what is in the sorted old and not in the sorted now, and the
// other way round. Values count for nothing.
func difference(old, now []posting) (gone, fresh []posting) {
	for len(old) > 0 && len(now) > 0 {
		switch c := old[0].compare(now[0]); {
		case c < 0:
			gone, old = append(gone, old[0]), old[1:]
		case c > 0:
			fresh, now = append(fresh, now[0]), now[1:]
		default:
			old, now = old[1:], now[1:]
		}
	}
	return append(gone, old...), append(fresh, now...)
}
