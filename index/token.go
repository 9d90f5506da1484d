package index

import (
	"encoding/base64"
	"errors"
	"fmt"
	"hash/crc32"
)

// ErrToken says that an After token did not come from a page in the same order of
// the same kind of list.
var ErrToken = errors.New("not a token to go on from")

// tokenKind is the list in which a token names a place. It is the token's first
// byte; the letters that this gives are the first ones of a token.
type tokenKind byte

const (
	filingsNewest tokenKind = 1 + iota
	filingsOldest
	entriesNewest
	entriesOldest
)

func (k tokenKind) String() string {
	return [...]string{"nothing", "filings, newest first", "filings, oldest first", "entries, newest first", "entries, oldest first"}[k]
}

func filingsToken(oldestFirst bool) tokenKind {
	if oldestFirst {
		return filingsOldest
	}
	return filingsNewest
}

// encodeToken names the place after r: kind, ref and two bytes of its CRC-32, in
// URL-safe base64. Tokens stay valid for as long as the archive exists.
func encodeToken(k tokenKind, r ref) string {
	b := append([]byte{byte(k)}, r[:]...)
	sum := crc32.ChecksumIEEE(b)
	return base64.RawURLEncoding.EncodeToString(append(b, byte(sum>>8), byte(sum)))
}

// decodeToken reads a token of a kind.
func decodeToken(k tokenKind, s string) (r ref, err error) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != 1+refSize+2 {
		return ref{}, fmt.Errorf("%q: %w", clip(s, 40), ErrToken)
	}
	copy(r[:], b[1:])
	is := tokenKind(b[0])
	if is < filingsNewest || is > entriesOldest || encodeToken(is, r) != s {
		return ref{}, fmt.Errorf("%q: %w", s, ErrToken)
	}
	if is != k {
		return ref{}, fmt.Errorf("%q is of a list of %s, and this is one of %s: %w", s, is, k, ErrToken)
	}
	return r, nil
}
