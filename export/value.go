package export

import (
	"time"

	"example.com/edgard/edgar"
)

// What may be unknown is a pointer in a row, nil when it is: parquet-go (v0.32.0) takes
// some empty values of an optional column that is none for values.

// text is s, nil for "".
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// positive is n, nil for 0.
func positive(n int) *int32 {
	if n == 0 {
		return nil
	}
	v := int32(n)
	return &v
}

// day is a date as Parquet has it: days since 1 January 1970. Its text is that of
// edgar.Date.
type day int32

const dayLength = 24 * 60 * 60

func dayOf(d edgar.Date) *day {
	if d.IsZero() {
		return nil
	}
	n := day(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Unix() / dayLength)
	return &n
}

// MarshalText implements encoding.TextMarshaler.
func (d day) MarshalText() ([]byte, error) {
	return time.Unix(int64(d)*dayLength, 0).UTC().AppendFormat(nil, time.DateOnly), nil
}

// instant is a time as Parquet has it: microseconds since 1 January 1970 UTC. Its
// text is RFC 3339 in UTC.
type instant int64

func instantOf(t time.Time) *instant {
	if t.IsZero() {
		return nil
	}
	n := instant(t.UnixMicro())
	return &n
}

// MarshalText implements encoding.TextMarshaler.
func (i instant) MarshalText() ([]byte, error) {
	return time.UnixMicro(int64(i)).UTC().AppendFormat(nil, time.RFC3339Nano), nil
}
