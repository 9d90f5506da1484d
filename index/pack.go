package index

import (
	"encoding/binary"
	"fmt"

	"example.com/edgard/parse"
)

// PackFiling returns a filing without text as the fields of its value, neither packed
// nor summed: many times as fast to write and read as JSON. It is for another process
// of the same program; no other version need understand it.
func PackFiling(f *parse.Filing) []byte {
	x := coder{numbers: make([]byte, 0, 512), text: make([]byte, 0, 4096)}
	x.fields(func() { x.filing(f) })
	b := make([]byte, 0, len(x.numbers)+len(x.text)+binary.MaxVarintLen32)
	b = append(binary.AppendUvarint(b, uint64(len(x.numbers))), x.numbers...)
	return append(b, x.text...)
}

// UnpackFiling reads what PackFiling wrote.
func UnpackFiling(b []byte) (*parse.Filing, error) {
	r := reader{b: b}
	x := coder{reading: true, numbers: []byte(r.string())}
	x.rest = string(r.b)
	f := new(parse.Filing)
	x.fields(func() { x.filing(f) })
	if r.bad || x.bad || len(x.numbers) > 0 || x.rest != "" {
		return nil, fmt.Errorf("packed filing: %w", errMalformed)
	}
	return f, nil
}
