package archive

import (
	"context"
	"path"
)

// Count returns how many submissions All would come upon, errors left aside, by
// their names alone: a fraction of what All takes. The error is the cause of ctx.
func (s *Store) Count(ctx context.Context) (n int, err error) { return s.count(ctx, "") }

func (s *Store) count(ctx context.Context, dir string) (n int, err error) {
	if ctx.Err() != nil {
		return 0, context.Cause(ctx)
	}
	names, _, _ := s.members(dir)
	if isLeaf(dir) {
		return len(names), nil
	}
	for _, name := range names {
		below, err := s.count(ctx, path.Join(dir, name))
		if err != nil {
			return 0, err
		}
		n += below
	}
	return n, nil
}
