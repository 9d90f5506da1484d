package filter

import (
	"fmt"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// A Bound is one end of a range as somebody gave it, "" when it is open, and where it
// comes from, as messages say it: "--from", "from", "edgard.yaml:3".
type Bound struct{ Text, Origin string }

// Days reads a range of days; an open end is the zero day. What it cannot be read as is
// a *Mistake.
func Days(from, to Bound, now time.Time) (first, last edgar.Date, err error) {
	if first, err = read(from, now, FirstDay); err != nil {
		return first, last, err
	}
	if last, err = read(to, now, LastDay); err != nil {
		return first, last, err
	}
	if !first.IsZero() && !last.IsZero() && last.Before(first) {
		return first, last, nothing(first, from, last, to)
	}
	return first, last, nil
}

// Times reads a range of moments, as Days does one of days.
func Times(from, to Bound, now time.Time) (first, last time.Time, err error) {
	if first, err = read(from, now, FirstMoment); err != nil {
		return first, last, err
	}
	if last, err = read(to, now, LastMoment); err != nil {
		return first, last, err
	}
	if !first.IsZero() && !last.IsZero() && last.Before(first) {
		return first, last, nothing(moment(first), from, moment(last), to)
	}
	return first, last, nil
}

func read[T any](b Bound, now time.Time, as func(string, time.Time) (T, error)) (v T, err error) {
	if b.Text == "" {
		return v, nil
	}
	if v, err = as(b.Text, now); err != nil {
		return v, &Mistake{strings.TrimLeft(b.Origin, "-"), b.Origin, err}
	}
	return v, nil
}

func nothing(first any, from Bound, last any, to Bound) error {
	return &Mistake{strings.TrimLeft(from.Origin, "-"), "", fmt.Errorf("nothing lies between %s (%s) and %s (%s)", first, from.Origin, last, to.Origin)}
}

func (r *Reader) readRanges(w Words, q *index.Query) (err error) {
	bound := func(name string) Bound { return Bound{w.One(name), r.named(name)} }
	if q.From, q.To, err = Days(bound("from"), bound("to"), r.Now); err != nil {
		return err
	}
	if q.PeriodFrom, q.PeriodTo, err = Days(bound("period-from"), bound("period-to"), r.Now); err != nil {
		return err
	}
	q.AcceptedFrom, q.AcceptedTo, err = Times(bound("accepted-from"), bound("accepted-to"), r.Now)
	return err
}
