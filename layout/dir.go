package layout

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
	"example.com/edgard/parse/content"
)

const window = 64 << 10

// Dir is a directory that filings are laid out in. It belongs to one goroutine.
type Dir struct {
	root    *os.Root
	issuers map[edgar.CIK]string // folders
}

// Issuer is whose folder a filing goes to.
type Issuer struct {
	CIK  edgar.CIK
	Name string // the folder is named for it when it is new; may be ""
}

// Open makes the directory if need be and opens it. Nothing is written outside it.
func Open(dir string) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Dir{root, make(map[edgar.CIK]string)}, nil
}

// Close lets go of the directory.
func (d *Dir) Close() error { return d.root.Close() }

// Lay lays the filing f out in the folder of an issuer and reports whether that
// changed anything. f is as read from the archive, text of items included; open
// gives the bytes of its submission, and is called when they are needed. Documents
// that are not kept make no file.
func (d *Dir) Lay(of Issuer, f *parse.Filing, open func() (io.ReadCloser, error)) (changed bool, err error) {
	folder, err := d.folder(of)
	if err != nil {
		return false, err
	}
	place := path.Join(folder, folderName(f))
	if d.stands(place, f) {
		return false, nil
	}
	tmp := path.Join(folder, ".laying "+f.Accession.String())
	defer func() { err = errors.Join(err, d.root.RemoveAll(tmp)) }()
	if err := d.build(tmp, f, open); err != nil {
		return false, fmt.Errorf("laying out %s: %w", f.Accession, err)
	}
	if err := d.move(tmp, place); err != nil {
		return false, fmt.Errorf("laying out %s: %w", f.Accession, err)
	}
	return true, nil
}

// folderName names the folder of a filing, "2024-02-05 8-K_A 0000900001-24-000007".
func folderName(f *parse.Filing) string {
	return strings.Join(strings.Fields(f.Filed.String()+" "+safeName(f.Form.String(), 20)+" "+f.Accession.String()), " ")
}

// folder returns the folder of an issuer, by whatever name it was made.
func (d *Dir) folder(of Issuer) (string, error) {
	if name, ok := d.issuers[of.CIK]; ok {
		return name, nil
	}
	mark := "(CIK " + of.CIK.String() + ")"
	name := strings.TrimSpace(safeName(of.Name, maxIssuer) + " " + mark)
	list, err := fs.ReadDir(d.root.FS(), ".")
	if err != nil {
		return "", err
	}
	for _, e := range list {
		if e.IsDir() && (strings.HasSuffix(e.Name(), " "+mark) || e.Name() == mark) {
			name = e.Name()
			break
		}
	}
	if err := d.root.MkdirAll(name, 0o755); err != nil {
		return "", err
	}
	d.issuers[of.CIK] = name
	return name, nil
}

// build makes the folder of a filing, whole.
func (d *Dir) build(folder string, f *parse.Filing, open func() (io.ReadCloser, error)) error {
	if err := d.root.RemoveAll(folder); err != nil {
		return err
	}
	if err := d.root.Mkdir(folder, 0o755); err != nil {
		return err
	}
	r, err := open()
	if err != nil {
		return err
	}
	defer r.Close()
	s, used := content.NewReader(r), names{recordName: true, pageName: true}
	var files []File
	for i := range f.Documents {
		if f.Documents[i].Length == 0 || f.Documents[i].Cut != nil {
			continue
		}
		file, err := d.document(s, folder, used, &f.Documents[i], i+1)
		if err != nil {
			return fmt.Errorf("document %d: %w", i+1, err)
		}
		files = append(files, file)
	}
	record, page, err := describe(f, files)
	if err != nil {
		return err
	}
	return errors.Join(d.write(path.Join(folder, recordName), record), d.write(path.Join(folder, pageName), page))
}

// document writes one document as a file. An encoded one whose encoding is broken
// is written as it stands, under a name that says so.
func (d *Dir) document(s *content.Reader, folder string, used names, doc *parse.Document, n int) (File, error) {
	b, err := s.Open(doc)
	if err != nil {
		return File{}, err
	}
	file := File{Document: n, Name: used.take(fileName(doc, n, b.Name))}
	if !b.Encoded {
		file.Size, err = d.create(path.Join(folder, file.Name), b.Undecoded)
		return file, err
	}
	text := used.take(cutName(file.Name, maxName-4) + ".uue")
	_, err = d.create(path.Join(folder, text), func(dst io.Writer) error {
		_, err := fmt.Fprintf(dst, "begin 644 %s\n", file.Name)
		return errors.Join(err, b.Undecoded(dst))
	})
	if err != nil {
		return file, err
	}
	err = d.decode(folder, text, &file)
	return file, err
}

// decode makes the file out of the encoded text beside it, and removes that; or
// the other way around.
func (d *Dir) decode(folder, text string, file *File) error {
	in, err := d.root.Open(path.Join(folder, text))
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	whole := &parse.Document{Length: info.Size()}
	size, err := d.create(path.Join(folder, file.Name), func(dst io.Writer) error { return content.Copy(dst, in, whole) })
	if err == nil {
		file.Size = size
		return d.root.Remove(path.Join(folder, text))
	}
	gone := d.root.Remove(path.Join(folder, file.Name))
	file.Name, file.Size, file.Fault = text, info.Size(), err.Error()
	return gone
}

// create writes a new file and returns how many bytes it has.
func (d *Dir) create(name string, write func(io.Writer) error) (int64, error) {
	f, err := d.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return 0, err
	}
	buf := bufio.NewWriterSize(f, window)
	err = write(buf)
	err = errors.Join(err, buf.Flush())
	info, serr := f.Stat()
	if err = errors.Join(err, serr, f.Close()); err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (d *Dir) write(name string, data []byte) error {
	_, err := d.create(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	return err
}

// move puts the built folder in its place. Where there is one already the files
// that differ are replaced, each at once.
func (d *Dir) move(tmp, place string) error {
	info, err := d.root.Lstat(place)
	if errors.Is(err, fs.ErrNotExist) {
		return d.root.Rename(tmp, place)
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is in the way: move it elsewhere", place)
	}
	list, err := fs.ReadDir(d.root.FS(), tmp)
	for _, e := range list {
		err = errors.Join(err, d.root.Rename(path.Join(tmp, e.Name()), path.Join(place, e.Name())))
	}
	return err
}

// stands reports whether a filing is laid out already, just as it would be now.
func (d *Dir) stands(place string, f *parse.Filing) bool {
	data, err := d.root.ReadFile(path.Join(place, recordName))
	if err != nil {
		return false
	}
	files := filesOf(data)
	for _, file := range files {
		info, err := d.root.Lstat(path.Join(place, file.Name))
		if err != nil || !info.Mode().IsRegular() || info.Size() != file.Size {
			return false
		}
	}
	record, page, err := describe(f, files)
	if err != nil || !bytes.Equal(record, data) {
		return false
	}
	held, err := d.root.ReadFile(path.Join(place, pageName))
	return err == nil && bytes.Equal(held, page)
}
