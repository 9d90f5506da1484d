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
//	 4   4  length of the rest: 84, in version 2 124
//	 8   6  "edgard"
//	14   2  version: 1, or 2 of a cut copy
//	16   8  accession number, as edgar.Accession.AppendKey writes it
//	24   4  revision, from 1
//	28   4  CRC-32C of the zstd frame before the trailer
//	32   8  length of that frame
//	40   8  size of what the frame holds
//	48   8  time stored, Unix seconds
//	56  32  sha256 of what the frame holds
//	88   8  in version 2: size of the submission as served
//	96  32  in version 2: sha256 of the submission as served
//	 …   4  CRC-32C of all before
const (
	trailerLen    = 92
	trailerLenCut = trailerLen + 40
	trailerMagic  = 0x184D2A5E
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A trailer is what a stored file says about itself.
type trailer struct {
	Info
	frameLen int64
	frameSum uint32
}

func (t trailer) append(b []byte) []byte {
	start, length, version := len(b), trailerLen, uint16(1)
	if t.Cut {
		length, version = trailerLenCut, 2
	}
	b = binary.LittleEndian.AppendUint32(b, trailerMagic)
	b = binary.LittleEndian.AppendUint32(b, uint32(length-8))
	b = append(b, "edgard"...)
	b = binary.BigEndian.AppendUint16(b, version)
	b = t.Accession.AppendKey(b)
	b = binary.BigEndian.AppendUint32(b, uint32(t.Revision))
	b = binary.BigEndian.AppendUint32(b, t.frameSum)
	b = binary.BigEndian.AppendUint64(b, uint64(t.frameLen))
	b = binary.BigEndian.AppendUint64(b, uint64(t.Size))
	b = binary.BigEndian.AppendUint64(b, uint64(t.Stored.Unix()))
	b = append(b, t.SHA256[:]...)
	if t.Cut {
		b = binary.BigEndian.AppendUint64(b, uint64(t.OriginalSize))
		b = append(b, t.OriginalSHA256[:]...)
	}
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b[start:], castagnoli))
}

// lengthOfTrailer returns the length of the trailer that end, the last bytes of a
// file, ends with, if it ends with one.
func lengthOfTrailer(end []byte) int {
	if len(end) >= trailerLenCut {
		b := end[len(end)-trailerLenCut:]
		if binary.LittleEndian.Uint32(b) == trailerMagic && binary.LittleEndian.Uint32(b[4:]) == trailerLenCut-8 {
			return trailerLenCut
		}
	}
	return trailerLen
}

// parseTrailer reads exactly one trailer. It accepts only what append writes; the
// checksum is looked at before anything it covers.
func parseTrailer(b []byte) (trailer, error) {
	if len(b) != trailerLen && len(b) != trailerLenCut {
		return trailer{}, fmt.Errorf("trailer of %d bytes, want %d or %d", len(b), trailerLen, trailerLenCut)
	}
	if binary.LittleEndian.Uint32(b) != trailerMagic || string(b[8:14]) != "edgard" {
		return trailer{}, errors.New("no trailer at the end")
	}
	covered := len(b) - 4
	if crc32.Checksum(b[:covered], castagnoli) != binary.BigEndian.Uint32(b[covered:]) {
		return trailer{}, errors.New("trailer checksum differs")
	}
	cut := len(b) == trailerLenCut
	if v := binary.BigEndian.Uint16(b[14:]); v != 1 && !cut || v != 2 && cut {
		return trailer{}, fmt.Errorf("trailer version %d, want 1 or 2", v)
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
			Cut:       cut,
		},
		frameSum: binary.BigEndian.Uint32(b[28:]),
		frameLen: int64(binary.BigEndian.Uint64(b[32:])),
	}
	if cut {
		t.OriginalSize, t.OriginalSHA256 = int64(binary.BigEndian.Uint64(b[88:])), [32]byte(b[96:128])
	}
	if t.Revision < 1 || t.Size < 0 || t.Size > MaxSize || t.frameLen < 0 || t.OriginalSize < 0 || t.OriginalSize > MaxSize {
		return trailer{}, errors.New("trailer values out of range")
	}
	return t, nil
}
