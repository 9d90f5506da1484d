package export

import (
	"encoding"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// csvFile writes CSV; doc.go says what it is like.
type csvFile struct {
	w       io.Writer
	columns []reflect.StructField
	rows    func(*filing) []any // pointers to structs that have them
}

// newCSV writes the header of rows like like.
func newCSV(w io.Writer, like any, rows func(*filing) []any) (*csvFile, error) {
	c := &csvFile{w, columns(reflect.TypeOf(like)), rows}
	var names []string
	for _, f := range c.columns {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	_, err := io.WriteString(w, strings.Join(names, ",")+"\r\n")
	return c, err
}

// columns lists the fields of a row, those of embedded structs in their place.
func columns(t reflect.Type) (fields []reflect.StructField) {
	for _, f := range reflect.VisibleFields(t) {
		if !f.Anonymous {
			fields = append(fields, f)
		}
	}
	return fields
}

func (c *csvFile) encode(f *filing) (int, func() error, error) {
	var b []byte
	rows := c.rows(f)
	for _, row := range rows {
		v := reflect.ValueOf(row).Elem()
		for i, col := range c.columns {
			if i > 0 {
				b = append(b, ',')
			}
			var err error
			if b, err = appendField(b, v.FieldByIndex(col.Index)); err != nil {
				return 0, nil, err
			}
		}
		b = append(b, "\r\n"...)
	}
	return len(rows), func() error { return writeAll(c.w, b) }, nil
}

func (c *csvFile) close() error { return nil }

// appendField appends a value as CSV has it.
func appendField(b []byte, v reflect.Value) ([]byte, error) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return b, nil
		}
		v = v.Elem()
	}
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		text, err := m.MarshalText()
		return append(b, text...), err
	}
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool()), nil
	case reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10), nil
	case reflect.String:
		return appendText(b, v.String()), nil
	case reflect.Slice:
		return appendText(b, joinList(v)), nil
	}
	return b, fmt.Errorf("no column can hold %s", v.Type())
}

func joinList(v reflect.Value) string {
	elements := make([]string, v.Len())
	for i := range elements {
		elements[i] = fmt.Sprint(v.Index(i).Interface())
		if strings.ContainsAny(elements[i], `\|`) {
			elements[i] = strings.NewReplacer(`\`, `\\`, `|`, `\|`).Replace(elements[i])
		}
	}
	return strings.Join(elements, "|")
}

// appendText appends text, harmless to a spreadsheet and quoted where it must be.
func appendText(b []byte, s string) []byte {
	if isFormula(s) {
		s = "'" + s
	}
	if !strings.ContainsAny(s, "\",\r\n") && s == strings.TrimSpace(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

// isFormula reports whether a spreadsheet might take s for one, after any
// apostrophes.
func isFormula(s string) bool {
	s = strings.TrimLeft(s, "'")
	for _, begin := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, begin) {
			return true
		}
	}
	return false
}

// paragraphs joins the texts that are not empty with an empty line between.
func paragraphs(texts []string) string {
	var b strings.Builder
	for _, t := range texts {
		if t = strings.TrimRight(t, "\n"); t == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(t)
	}
	return b.String()
}
