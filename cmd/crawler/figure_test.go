package main

import (
	"testing"
	"time"
)

func TestFiguresReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{count(0), "0"}, {count(999), "999"}, {count(1000), "1,000"}, {count(1234567), "1,234,567"}, {count(-1234), "-1,234"}, {count(-123), "-123"},
		{plural(1, "filing"), "1 filing"}, {plural(0, "filing"), "0 filings"}, {plural(1200, "request"), "1,200 requests"},
		{size(0), "0 bytes"}, {size(999), "999 bytes"}, {size(1500), "1.5 kB"}, {size(37508005), "37.5 MB"}, {size(2.5e9), "2.5 GB"},
		{took(400 * time.Millisecond), "0.4 s"}, {took(12 * time.Second), "12 s"}, {took(187 * time.Second), "3 m 07 s"}, {took(125 * time.Minute), "2 h 05 m"},
		{size(999_949), "999.9 kB"}, {size(999_950), "1.0 MB"}, {size(999_949_999), "999.9 MB"}, {size(999_950_000), "1.0 GB"},
		{took(9940 * time.Millisecond), "9.9 s"}, {took(9960 * time.Millisecond), "10 s"}, {took(59_400 * time.Millisecond), "59 s"}, {took(59_700 * time.Millisecond), "1 m 00 s"},
		{took(119_600 * time.Millisecond), "2 m 00 s"}, {took(3599_700 * time.Millisecond), "1 h 00 m"},
		{percent(1), "100 %"}, {percent(0.99999), "99.9 %"}, {percent(0.5), "50.0 %"}, {percent(0), "0.0 %"},
		{bar(1, 4), "████"}, {bar(0, 4), ""}, {bar(0.5, 4), "██"}, {bar(0.001, 4), "▏"}, {bar(0.999, 4), "███▉"}, {bar(1.5, 4), "████"}, {bar(-1, 4), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
