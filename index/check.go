package index

import (
	"context"
	"fmt"

	"example.com/edgard/index/pages"
)

// CheckPages looks at every page of the index file, key by key, which takes a minute
// for some gigabytes on a disk, and seconds where memory holds them. Writers wait
// meanwhile. progress, which may be nil, is told how many pages have been looked
// at. Damage is ErrDamaged with the page; what stands in values is for other checks.
func (s *Store) CheckPages(ctx context.Context, progress func(read, all uint64)) (pages.Report, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	info, err := s.db.file.Stat()
	if err != nil {
		return pages.Report{}, fmt.Errorf("checking the pages of %s: %w", databaseName, err)
	}
	rep, err := pages.Check(ctx, s.db.file, info.Size(), pages.All, progress)
	if err != nil {
		return rep, fmt.Errorf("checking the pages of %s: %w", databaseName, damageAt(s.db.file.Name(), err))
	}
	return rep, nil
}
