package parse

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"time"
)

// FieldChange is one field in which two readings of a submission differ.
type FieldChange struct {
	Path string // as in JSON, lists without their places: "items[].number", "cover.securities[]"
	Old  string // JSON, "" where that reading has no value
	New  string
}

// Changes compares two readings of the same submission, field by field: all that
// the parser fills, but for the numbers of schema and parser. There are none
// exactly when these are the same in JSON.
//
// In a list, elements that both have are matched first, then those of the same
// name or number, then what is left, in order: an element too many is one
// change, whose path ends in []. So is another order of what was matched, Old
// and New being the names or numbers then.
func Changes(old, new *Filing) []FieldChange {
	var c changes
	a, b := reflect.ValueOf(old).Elem(), reflect.ValueOf(new).Elem()
	for i := range a.NumField() {
		name, optional := jsonField(a.Type().Field(i))
		if !kept(name) {
			c.value(name, a.Field(i), b.Field(i), optional)
		}
	}
	return c
}

// kept tells the fields that the parser does not fill, and those that only number
// the others.
func kept(field string) bool {
	switch field {
	case "schema", "parser", "amends", "withdrawn", "revision", "seen", "recorded", "sha256", "size":
		return true
	}
	return false
}

// jsonField returns the name of a field in JSON, and whether its zero value is left
// out.
func jsonField(f reflect.StructField) (name string, optional bool) {
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name, strings.HasPrefix(options, "omit")
}

type changes []FieldChange

func (c *changes) add(path string, old, new string) {
	*c = append(*c, FieldChange{path, old, new})
}

// value compares two values of one type. An optional one that is zero is absent.
func (c *changes) value(path string, a, b reflect.Value, optional bool) {
	switch k := a.Kind(); {
	case k == reflect.Slice:
		c.list(path+"[]", a, b)
	case k == reflect.Struct && hasFields(a.Type()):
		for i := range a.NumField() {
			if f := a.Type().Field(i); f.IsExported() {
				name, optional := jsonField(f)
				c.value(path+"."+name, a.Field(i), b.Field(i), optional)
			}
		}
	case k == reflect.Pointer && !a.IsNil() && !b.IsNil():
		c.value(path, a.Elem(), b.Elem(), false)
	case !same(a, b):
		c.add(path, shown(a, optional), shown(b, optional))
	}
}

// hasFields tells a struct that is an object in JSON from one that is a value, as a
// date is.
func hasFields(t reflect.Type) bool { return t.NumField() > 0 && t.Field(0).IsExported() }

// same reports whether two values have the same JSON.
func same(a, b reflect.Value) bool {
	if a.Type() == reflect.TypeFor[time.Time]() {
		s, t := a.Interface().(time.Time), b.Interface().(time.Time)
		return s.Equal(t) && s.Format("Z07:00") == t.Format("Z07:00")
	}
	if a.Kind() == reflect.Pointer { // at most one of them is not nil
		return a.IsNil() && b.IsNil()
	}
	return a.Equal(b)
}

// shown is the JSON of a value, "" for one that is absent.
func shown(v reflect.Value, optional bool) string {
	if optional && v.IsZero() || v.Kind() == reflect.Pointer && v.IsNil() {
		return ""
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v.Interface()); err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// list compares two lists, path ending in [].
func (c *changes) list(path string, a, b reflect.Value) {
	m := matchLists(a, b)
	for i := range a.Len() {
		if j := m.of[i]; j < 0 {
			c.add(path, shown(a.Index(i), false), "")
		} else if !m.equal[i] {
			c.value(path, a.Index(i), b.Index(j), false)
		}
	}
	for j := range b.Len() {
		if !m.used[j] {
			c.add(path, "", shown(b.Index(j), false))
		}
	}
	if m.moved() {
		c.add(path, names(a), names(b))
	}
}

func names(list reflect.Value) string {
	all := make([]string, list.Len())
	for i := range all {
		all[i] = elementName(list.Index(i))
	}
	return shown(reflect.ValueOf(all), false)
}

// elementName is what a list's element is called by, "" when nothing tells.
func elementName(v reflect.Value) string {
	switch e := v.Interface().(type) {
	case string:
		return e
	case Item:
		return e.Number
	case Exhibit:
		return e.Number
	case Filer:
		return e.Role + " " + e.CIK.String()
	case Document:
		return e.Type + " " + e.Filename
	case Registrant:
		return e.Name
	case Security:
		return e.Symbol
	case Signature:
		return e.Name
	case FormerName:
		return e.Name
	case Warning:
		return string(e.Code)
	}
	return ""
}
