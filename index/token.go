package index

import (
	"encoding/base64"
	"errors"
	"fmt"
	"hash/crc32"
)

// ErrToken says that an After token did not come from Page.Next.
var ErrToken = errors.New("not a token to go on from")

const tokenVersion = 1

// encodeToken names the place after r: version, ref and two bytes of its CRC-32,
// in URL-safe base64. Tokens stay valid for as long as the archive exists.
func encodeToken(r ref) string {
	b := append([]byte{tokenVersion}, r[:]...)
	sum := crc32.ChecksumIEEE(b)
	return base64.RawURLEncoding.EncodeToString(append(b, byte(sum>>8), byte(sum)))
}

func decodeToken(s string) (r ref, err error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != 1+refSize+2 {
		return ref{}, fmt.Errorf("%q: %w", clip(s, 40), ErrToken)
	}
	copy(r[:], b[1:])
	if encodeToken(r) != s {
		return ref{}, fmt.Errorf("%q: %w", s, ErrToken)
	}
	return r, nil
}
