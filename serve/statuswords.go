package serve

import (
	"fmt"
	"time"
)

// seconds is a time that something took, given in seconds.
func seconds(f float64) string { return tookText(time.Duration(f * float64(time.Second))) }

// tookText is a duration as people read it: "0.4 s", "12 s", "3 min 7 s", "2 h 5 min".
func tookText(d time.Duration) string {
	switch d = max(0, d); {
	case d < 9950*time.Millisecond:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 59500*time.Millisecond:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < time.Hour-time.Second/2:
		d = d.Round(time.Second)
		return fmt.Sprintf("%d min %d s", d/time.Minute, d%time.Minute/time.Second)
	case d < 48*time.Hour:
		d = d.Round(time.Minute)
		return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
	}
	return fmt.Sprintf("%d days", d.Round(24*time.Hour)/(24*time.Hour))
}

// bytesText is a number of bytes as people read it.
func bytesText(n int64) string {
	f := float64(n)
	for _, unit := range []string{"bytes", "kB", "MB", "GB", "TB"} {
		switch {
		case unit == "bytes" && f < 1000:
			return fmt.Sprintf("%.0f bytes", f)
		case f < 999.95 || unit == "TB":
			return fmt.Sprintf("%.1f %s", f, unit)
		}
		f /= 1000
	}
	return ""
}
