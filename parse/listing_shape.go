package parse

import "encoding/binary"

// isForm reports the shape that edgar.ParseForm wants.
func isForm(b []byte) bool {
	if len(b) == 0 || len(b) > 20 || b[len(b)-1] == ' ' {
		return false
	}
	prev := byte(' ')
	for _, c := range b {
		if c < ' ' || c > '~' || c == '|' || c == ' ' && prev == ' ' {
			return false
		}
		prev = c
	}
	return true
}

// isDigits reports whether b holds one or more digits and nothing else.
func isDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return len(b) > 0
}

// areDigits reports whether all of eight bytes are digits: those with 3 in the
// upper half, also when 6 is added, which only the lower halves 0 to 9 allow.
func areDigits(x uint64) bool {
	const upper, three, six = 0xf0f0f0f0f0f0f0f0, 0x3030303030303030, 0x0606060606060606
	return x&upper == three && (x+six)&upper == three
}

// eight returns the first eight bytes of b.
func eight(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

func isDate(b []byte) bool {
	switch len(b) {
	case 8:
		return areDigits(eight(b))
	case 10:
		return b[4] == '-' && b[7] == '-' && isDigits(b[:4]) && isDigits(b[5:7]) && isDigits(b[8:])
	}
	return false
}

func isAccession(b []byte) bool {
	const dashAsZero = ('-' ^ '0') << 8 // turns the dash at 13 into a 0
	return len(b) == 20 && b[10] == '-' && b[13] == '-' && b[11]-'0' <= 9 &&
		areDigits(eight(b)) && areDigits(eight(b[2:])) && areDigits(eight(b[12:])^dashAsZero)
}
