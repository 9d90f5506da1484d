package serve

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/harmless"
)

// functions are what templates may call.
func functions() template.FuncMap {
	return template.FuncMap{
		"clock":   clock,
		"eastern": eastern,
		"rfc3339": func(t time.Time) string { return t.Format(time.RFC3339) },
		"count":   count,
		"bytes":   func(n int64) string { return count(int(n)) },
		"size":    bytesText,
		"seconds": seconds,
		"took":    tookText,
		"plain":   harmless.Line,
	}
}

// clock is a time of day in Eastern time, "" when it is not known.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(edgar.Eastern()).Format("15:04")
}

// count writes a number with its thousands apart.
func count(n int) string {
	s := strconv.Itoa(n)
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// eastern is a moment in Eastern time.
func eastern(t time.Time) string { return t.In(edgar.Eastern()).Format("2006-01-02 15:04:05 MST") }
