//go:build !linux && !darwin && !freebsd

package crawl

import "errors"

// freeSpace cannot be told here.
func freeSpace(string) (free, size int64, err error) { return 0, 0, errors.ErrUnsupported }
