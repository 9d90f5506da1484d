package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	"example.com/edgard/edgar"
)

// The trailer is a skippable frame of RFC 8878, section 3.1.2. The two words
// that zstd defines are little-endian as it demands, all others big-endian:
//
//	 0   4  magic 0x184D2A5E
//	 4   4  length of the rest, 84
//	 8   6  "edgard"
//	14   2  version, 1
//	16   8  accession number, as edgar.Accession.AppendKey writes it
//	24   4  revision, from 1
//	28   4  CRC-32C of the zstd frame before the trailer
//	32   8  length of that frame
//	40   8  size of the submission
//	48   8  time stored, Unix seconds
//	56  32  sha256 of the submission
//	88   4  CRC-32C of bytes 0 to 87
const (
	trailerLen     = 92
	trailerMagic   = 0x184D2A5E
	trailerVersion = 1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A trailer is what a stored file says about itself.
type trailer struct {
	Info
	frameLen int64
	frameSum uint32
}

func (t trailer) append(b []byte) []byte {
	start := len(b)
	b = binary.LittleEndian.AppendUint32(b, trailerMagic)
	b = binary.LittleEndian.AppendUint32(b, trailerLen-8)
	b = append(b, "edgard"...)
	b = binary.BigEndian.AppendUint16(b, trailerVersion)
	b = t.Accession.AppendKey(b)
	b = binary.BigEndian.AppendUint32(b, uint32(t.Revision))
	b = binary.BigEndian.AppendUint32(b, t.frameSum)
	b = binary.BigEndian.AppendUint64(b, uint64(t.frameLen))
	b = binary.BigEndian.AppendUint64(b, uint64(t.Size))
	b = binary.BigEndian.AppendUint64(b, uint64(t.Stored.Unix()))
	b = append(b, t.SHA256[:]...)
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b[start:], castagnoli))
}

// parseTrailer reads exactly trailerLen bytes. It accepts only what append
// writes; the checksum is looked at before anything it covers.
func parseTrailer(b []byte) (trailer, error) {
	if len(b) != trailerLen {
		return trailer{}, fmt.Errorf("trailer of %d bytes, want %d", len(b), trailerLen)
	}
	if binary.LittleEndian.Uint32(b) != trailerMagic || string(b[8:14]) != "edgard" {
		return trailer{}, errors.New("no trailer at the end")
	}
	if crc32.Checksum(b[:88], castagnoli) != binary.BigEndian.Uint32(b[88:]) {
		return trailer{}, errors.New("trailer checksum differs")
	}
	if v := binary.BigEndian.Uint16(b[14:]); v != trailerVersion {
		return trailer{}, fmt.Errorf("trailer version %d, want %d", v, trailerVersion)
	}
	a, err := edgar.AccessionFromKey(b[16:24])
	if err != nil {
		return trailer{}, fmt.Errorf("trailer: %w", err)
	}
	t := trailer{
		Info: Info{
			Accession: a,
			Revision:  int(binary.BigEndian.Uint32(b[24:])),
			SHA256:    [32]byte(b[56:88]),
			Size:      int64(binary.BigEndian.Uint64(b[40:])),
			Stored:    time.Unix(int64(binary.BigEndian.Uint64(b[48:])), 0).UTC(),
		},
		frameSum: binary.BigEndian.Uint32(b[28:]),
		frameLen: int64(binary.BigEndian.Uint64(b[32:])),
	}
	if t.Revision < 1 || t.Size < 0 || t.Size > MaxSize || t.frameLen < 0 {
		return trailer{}, errors.New("trailer values out of range")
	}
	return t, nil
}
