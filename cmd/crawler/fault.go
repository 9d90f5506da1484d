package main

import (
	"errors"

	"example.com/edgard/crawl"
	"example.com/edgard/index/filter"
)

// kindOf returns the exit code for an error that a package of ours returned.
func kindOf(err error) int {
	var (
		misused    *crawl.MisuseError
		mistaken   *filter.Mistake
		throttled  *crawl.ThrottledError
		undeclared *crawl.UndeclaredError
		forbidden  *crawl.ForbiddenError
	)
	switch {
	case errors.As(err, &misused), errors.As(err, &mistaken), errors.Is(err, crawl.ErrNotConfirmed):
		return exitMisuse
	case errors.As(err, &throttled), errors.As(err, &undeclared), errors.As(err, &forbidden):
		return exitRefused
	}
	return exitOurs
}
