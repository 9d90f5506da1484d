package parse

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"example.com/edgard/edgar"
)

const (
	maxHeadLines = 64 // EDGAR's heads have 7 to 12 lines
	minDashes    = 40 // EDGAR's lines have 80 to 163
	listingBuf   = 64 << 10
)

// listingHead is what stands above the line of dashes.
type listingHead struct {
	description string
	lastData    edgar.Date
}

// start unpacks gzip and reads the head up to the line of dashes.
func (l *Listing) start() error {
	br := bufio.NewReaderSize(l.src, listingBuf)
	magic, err := br.Peek(2)
	if err != nil && err != io.EOF {
		return l.wrap(err)
	}
	if string(magic) == "\x1f\x8b" {
		gz, err := gzip.NewReader(br)
		if err != nil {
			return l.wrap(err)
		}
		br = bufio.NewReaderSize(gz, listingBuf)
	}
	l.lines.br = br
	begin, err := br.Peek(512)
	if err != nil && err != io.EOF {
		return l.wrap(err)
	}
	if hint := looksLike(begin); hint != "" {
		return fmt.Errorf("%w: %s", ErrNotListing, hint)
	}
	return l.readHead()
}

func (l *Listing) readHead() error {
	var first, title string
	for range maxHeadLines {
		line, err := l.lines.next()
		switch {
		case err == io.EOF:
			return fmt.Errorf("%w: text that ends without a line of dashes, begins %q", ErrNotListing, first)
		case err == errLongLine:
			return fmt.Errorf("%w: text with a line of more than %d bytes, begins %q", ErrNotListing, maxListingLine, excerpt(line))
		case err != nil:
			return l.wrap(err)
		}
		if isDashes(line) {
			return l.setLayout(title)
		}
		if len(line) == 0 {
			title = "" // the titles stand between the blank lines and the dashes
			continue
		}
		if first == "" {
			first = excerpt(line)
		}
		if title == "" {
			title = excerpt(line)
		}
		l.head.read(string(line))
	}
	return fmt.Errorf("%w: text without a line of dashes in its first %d lines, begins %q", ErrNotListing, maxHeadLines, first)
}

// setLayout takes the order of the columns, and nothing else, from the first of
// the lines with their titles.
func (l *Listing) setLayout(title string) error {
	switch {
	case strings.HasPrefix(title, "CIK|Company Name|Form Type|"):
		l.split.layout = piped
	case strings.HasPrefix(title, "Form Type "):
		l.split.layout = byForm
	case strings.HasPrefix(title, "Company Name "):
		l.split.layout = byName
	default:
		return fmt.Errorf("%w: text with unknown column titles %q", ErrNotListing, title)
	}
	return nil
}

// read takes the facts from one line of the head.
func (h *listingHead) read(line string) {
	key, value, _ := strings.Cut(line, ":")
	switch key {
	case "Description":
		h.description = decode(strings.TrimSpace(value))
	case "Last Data Received":
		h.lastData = monthDay(value)
	}
}

// monthDay reads "March 31, 2021" of quarterly and "Oct  3, 2022" of daily
// listings, and returns none for anything else.
func monthDay(s string) edgar.Date {
	f := strings.Fields(s)
	if len(f) != 3 || len(f[0]) < 3 {
		return edgar.Date{}
	}
	day, err1 := strconv.Atoi(strings.TrimSuffix(f[1], ","))
	year, err2 := strconv.Atoi(f[2])
	if err1 != nil || err2 != nil {
		return edgar.Date{}
	}
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(m.String(), f[0]) {
			d, _ := edgar.NewDate(year, m, day) // none if there is no such day
			return d
		}
	}
	return edgar.Date{}
}

func isDashes(line []byte) bool {
	return len(line) >= minDashes && bytes.Count(line, []byte("-")) == len(line)
}

// looksLike names what cannot be a listing by its first bytes, "" if it may be one.
func looksLike(b []byte) string {
	switch text := strings.TrimLeft(string(b), " \t\r\n\ufeff"); {
	case text == "":
		return "nothing but blanks"
	case strings.HasPrefix(text, "PK\x03\x04"):
		return "a zip archive"
	case strings.HasPrefix(text, "\x1f\x9d"):
		return "a file packed with compress (.Z)"
	case strings.HasPrefix(text, "\x1f\x8b"):
		return "gzip inside gzip"
	case hasFoldPrefix(text, "<!doctype html"), hasFoldPrefix(text, "<html"):
		return fmt.Sprintf("a page of html, begins %q", excerpt(b))
	case text[0] == '<':
		return fmt.Sprintf("a page of xml, begins %q", excerpt(b))
	}
	return ""
}

func hasFoldPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
