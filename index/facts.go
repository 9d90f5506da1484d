package index

import (
	"encoding/binary"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// facts is the value of a filing's key under date: what ranges other than that of
// its key are about, and where its last change stands.
type facts struct {
	sequence uint64     // of its last change
	period   edgar.Date // zero: none
	accepted uint64     // in seconds, 0: not known

	withdrawn bool
}

// withdrawnFact is the last varint of a withdrawn filing; others lack it.
const withdrawnFact = 1

// factsOf returns the facts of f as unsigned varints, without the sequence, which
// goes before them: the period as a day number, accepted in seconds, and a 1 when it
// is withdrawn.
func factsOf(f *parse.Filing) []byte {
	b := binary.AppendUvarint(make([]byte, 0, 12), uint64(dateNumber(f.Period)))
	b = binary.AppendUvarint(b, uint64(seconds(f.Accepted)))
	if f.Withdrawn {
		b = binary.AppendUvarint(b, withdrawnFact)
	}
	return b
}

// decodeFacts reads a value under date.
func decodeFacts(v []byte) (facts, error) {
	r := reader{b: v}
	f := facts{sequence: r.uvarint()}
	period, err := dateFromNumber(r.uvarint())
	f.period, f.accepted = period, r.seconds()
	if len(r.b) > 0 {
		f.withdrawn = r.uvarint() == withdrawnFact
	}
	if err != nil || r.bad || len(r.b) > 0 {
		return facts{}, errMalformed
	}
	return f, nil
}
