package main

import (
	"fmt"
	"strings"
	"time"
)

// count writes a number with a comma between thousands.
func count[N int | int64](n N) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// plural counts things: "1 filing", "1,200 filings".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return count(n) + " " + thing + "s"
}

// bar is a share of width columns in eighths of a column; anything short of the
// whole stays visibly short, and what is more than the whole counts as it.
func bar(share float64, width int) string {
	eighths := int(min(max(share, 0), 1) * float64(width) * 8)
	if share > 0 {
		eighths = max(eighths, 1)
	}
	s := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		s += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return s
}

// percent never says 100 of anything less than the whole.
func percent(share float64) string {
	if share >= 1 {
		return "100 %"
	}
	return fmt.Sprintf("%.1f %%", float64(int(share*1000))/10)
}

func blankZero(n int) string {
	if n == 0 {
		return ""
	}
	return count(n)
}

// took is a duration as people read it: "0.4 s", "12 s", "3 m 07 s", "2 h 05 m".
func took(d time.Duration) string {
	if tenths := d.Round(100 * time.Millisecond); tenths < 10*time.Second {
		return fmt.Sprintf("%.1f s", tenths.Seconds())
	}
	switch d = d.Round(time.Second); {
	case d < time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < time.Hour:
		return fmt.Sprintf("%d m %02d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d h %02d m", int(d.Hours()), int(d.Minutes())%60)
}

// size is a number of bytes as people read it.
func size(n int64) string {
	switch f := float64(n); {
	case n < 1e3:
		return fmt.Sprintf("%d bytes", n)
	case f < 999.95e3: // what would round to 1000.0 is one of the next
		return fmt.Sprintf("%.1f kB", f/1e3)
	case f < 999.95e6:
		return fmt.Sprintf("%.1f MB", f/1e6)
	default:
		return fmt.Sprintf("%.1f GB", f/1e9)
	}
}
