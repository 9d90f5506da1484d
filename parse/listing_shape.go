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

// isEightDigits reports whether b begins with eight digits: bytes with 3 in the
// upper half, also when 6 is added, which only the lower halves 0 to 9 allow.
func isEightDigits(b []byte) bool {
	const upper, three, six = 0xf0f0f0f0f0f0f0f0, 0x3030303030303030, 0x0606060606060606
	x := binary.LittleEndian.Uint64(b)
	return x&upper == three && (x+six)&upper == three
}

func isDate(b []byte) bool {
	switch len(b) {
	case 8:
		return isEightDigits(b)
	case 10:
		return b[4] == '-' && b[7] == '-' && isDigits(b[:4]) && isDigits(b[5:7]) && isDigits(b[8:])
	}
	return false
}

func isAccession(b []byte) bool {
	return len(b) == 20 && b[10] == '-' && b[13] == '-' &&
		isEightDigits(b) && isEightDigits(b[2:]) && isDigits(b[11:13]) && isDigits(b[14:])
}
