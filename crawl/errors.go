package crawl

import (
	"fmt"
	"time"
)

// MisuseError says that the configuration cannot work, and what to do.
type MisuseError struct{ msg string }

func (e *MisuseError) Error() string { return e.msg }

func misusef(format string, args ...any) error {
	return &MisuseError{fmt.Sprintf(format, args...)}
}

// ThrottledError says that SEC found us too fast, or that an earlier process was
// and the cool-down is not over. No request is made before Until.
type ThrottledError struct {
	Host  string
	Until time.Time
	First bool // it was the very first answer: SEC may mean the User-Agent
}

func (e *ThrottledError) Error() string {
	s := fmt.Sprintf("%s says we ask too fast: no request before %s", e.Host, e.Until.UTC().Format("15:04:05 MST on 2 January 2006"))
	if e.First {
		s += "; as this was the first answer, it may mean the User-Agent instead: check that it names you and an e-mail address"
	}
	return s
}

// UndeclaredError says that SEC does not accept the User-Agent.
type UndeclaredError struct{ Host, UserAgent string }

func (e *UndeclaredError) Error() string {
	return fmt.Sprintf("%s takes us for an undeclared automated tool (User-Agent %q): give --user-agent a real name and e-mail address", e.Host, e.UserAgent)
}

// ForbiddenError says that a host's robots.txt closes a path that is needed.
type ForbiddenError struct{ Host, Path, Rule string }

func (e *ForbiddenError) Error() string {
	return fmt.Sprintf("the robots.txt of %s forbids %s by its rule %q", e.Host, e.Path, e.Rule)
}

// StatusError is an answer that is neither what was asked for nor a refusal: an
// object that is not there, or a fault on SEC's side.
type StatusError struct {
	Path   string
	Status int
	Absent bool // EDGAR holds no such object
}

func (e *StatusError) Error() string {
	if e.Absent {
		return fmt.Sprintf("%s is not there (HTTP %d)", e.Path, e.Status)
	}
	return fmt.Sprintf("%s answered HTTP %d", e.Path, e.Status)
}
