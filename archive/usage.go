package archive

import (
	"context"
	"errors"
	"io/fs"
)

// Usage is what an archive takes.
type Usage struct {
	Files int   // every file in its folder, those of revisions and in quarantine included
	Bytes int64 // in them, together
}

// Usage looks at every file of the archive, and calls rest after each folder, so
// that a caller in no hurry can leave the disk to others. What vanishes meanwhile
// does not count. It ends early with the error of rest, or the cause of ctx.
func (s *Store) Usage(ctx context.Context, rest func() error) (u Usage, err error) {
	err = fs.WalkDir(s.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.Is(err, fs.ErrNotExist) && name != ".":
			return nil
		case err != nil:
			return err
		case d.IsDir():
			return rest()
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && info.Mode().IsRegular() {
			u.Files++
			u.Bytes += info.Size()
		}
		return err
	})
	return u, err
}
