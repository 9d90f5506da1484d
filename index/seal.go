package index

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"example.com/edgard/index/pages"
)

// sealSuffix is after the name of a database in that of its seal.
const sealSuffix = ".seal"

// seal is how a database was left by who closed it. While one that is like the file
// lies beside it, nobody wrote since: the process that did ended as it should.
type seal struct {
	Size        int64     `json:"size"`
	Modified    time.Time `json:"modified"`
	Transaction uint64    `json:"transaction"`
}

func (s seal) same(o seal) bool {
	return s.Size == o.Size && s.Transaction == o.Transaction && s.Modified.Equal(o.Modified)
}

// sealOf returns the seal for a file as it is.
func sealOf(file *os.File) (seal, error) {
	info, err := file.Stat()
	if err != nil {
		return seal{}, err
	}
	tx, err := pages.Transaction(file)
	return seal{info.Size(), info.ModTime().UTC(), tx}, err
}

// readSeal returns the seal beside the database at path, false when there is none
// that can be read.
func readSeal(path string) (s seal, ok bool) {
	f, err := os.Open(path + sealSuffix)
	if err != nil {
		return s, false
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, 4096))
	return s, err == nil && json.Unmarshal(data, &s) == nil
}

// seal seals the database that is at path, still held, if d is that one and no
// damage was seen. Without a seal, or with half of one, the next who opens it
// looks at its pages.
func (d *database) seal(path string) error {
	if d.damage.Load() != nil {
		return nil
	}
	held, err := d.file.Stat()
	if err != nil {
		return err
	}
	if now, err := os.Stat(path); err != nil || !os.SameFile(held, now) {
		return nil
	}
	s, err := sealOf(d.file)
	if err != nil {
		return err
	}
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return os.WriteFile(path+sealSuffix, data, 0o600)
}

// unseal takes the seal away. If it should come back, with a loss of power, it is of
// an earlier transaction.
func unseal(path string) error {
	err := os.Remove(path + sealSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
