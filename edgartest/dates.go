package edgartest

import (
	"fmt"
	"time"

	"example.com/edgard/edgar"
)

// longDate spells a day as quarterly listings do: March 31, 2021.
func longDate(d edgar.Date) string {
	return fmt.Sprintf("%s %d, %d", d.Month(), d.Day(), d.Year())
}

// shortDate spells a day as daily listings do: Oct  3, 2022.
func shortDate(d edgar.Date) string {
	return fmt.Sprintf("%s %2d, %d", d.Month().String()[:3], d.Day(), d.Year())
}

// acceptance spells a moment as 14 digits of Eastern time.
func acceptance(t time.Time) string { return t.In(edgar.Eastern()).Format("20060102150405") }

// at returns the moment of a wall clock's hour and minute on d, Eastern.
func at(d edgar.Date, hour, minute int) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, edgar.Eastern())
}
