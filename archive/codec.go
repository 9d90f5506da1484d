package archive

import (
	"hash/crc32"
	"os"

	"github.com/klauspost/compress/zstd"
)

// The level was chosen by measurement on 140 real 8-K submissions, 73 MB, of
// which 28 between 100 and 400 KB are the second column (one core; SHA-256
// alone takes 0.1 ms for 200 KB):
//
//	level    ratio  ratio of middling  CPU per 200 KB  memory of an encoder
//	fastest  1.92   4.21               0.34 ms         1.9 MB
//	default  2.05   4.47               0.43 ms         3.3 MB
//	better   2.18   4.62               0.58 ms         6.2 MB
//	best     2.21   4.76               4.97 ms        38   MB
//
// Every download in progress holds an encoder, so memory counts as much as
// time: default, then. Of the window, 1 MiB has all but a hundredth of the gain
// of 8 MiB and 15 MB less memory.
const (
	level      = zstd.SpeedDefault
	windowSize = 1 << 20

	// maxWindow bounds a decoder's memory; any zstd reader copes with 8 MiB.
	maxWindow = 8 << 20
)

// newEncoder makes a *zstd.Encoder that works in the caller's goroutine alone.
func newEncoder() any {
	e, err := zstd.NewWriter(nil,
		zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderLevel(level),
		zstd.WithWindowSize(windowSize),
		zstd.WithLowerEncoderMem(true),
		zstd.WithEncoderCRC(true),
		zstd.WithZeroFrames(true))
	if err != nil {
		panic(err) // constant options
	}
	return e
}

// newDecoder makes a *zstd.Decoder that works in the caller's goroutine alone.
func newDecoder() any {
	d, err := zstd.NewReader(nil,
		zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		panic(err) // constant options
	}
	return d
}

// A frameWriter takes the compressed frame, counts it and sums it up.
type frameWriter struct {
	file  *os.File
	write func(*os.File, []byte) (int, error)
	n     int64
	sum   uint32
}

func (f *frameWriter) Write(p []byte) (int, error) {
	n, err := f.write(f.file, p)
	f.n += int64(n)
	f.sum = crc32.Update(f.sum, castagnoli, p[:n])
	return n, err
}
