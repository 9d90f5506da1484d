package serve

import (
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// schema is a JSON Schema as OpenAPI 3.0 has it.
type schema map[string]any

// schemas describes Go types by how encoding/json writes them. Structs that have a name
// are described once, and referred to.
type schemas struct {
	named map[string]schema
	types map[string]reflect.Type
}

func newSchemas() *schemas {
	return &schemas{make(map[string]schema), make(map[string]reflect.Type)}
}

// texts are types that write themselves, and what they write.
var texts = map[reflect.Type]schema{
	reflect.TypeFor[time.Time]():       {"type": "string", "format": "date-time"},
	reflect.TypeFor[edgar.CIK]():       {"type": "integer", "minimum": 0, "maximum": 9999999999, "example": 320193},
	reflect.TypeFor[edgar.Accession](): {"type": "string", "pattern": `^[0-9]{10}-[0-9]{2}-[0-9]{6}$`, "example": "0000320193-24-000001"},
	reflect.TypeFor[edgar.Form]():      {"type": "string", "example": "8-K/A"},
	reflect.TypeFor[edgar.Date]():      {"type": "string", "format": "date"},
	reflect.TypeFor[edgar.Quarter]():   {"type": "string", "pattern": `^[0-9]{4}Q[1-4]$`, "example": "2024Q1"},
}

// sometimes are fields that a type's own MarshalJSON leaves out at times.
var sometimes = map[reflect.Type][]string{
	reflect.TypeFor[parse.Item](): {"offset", "length"},
}

// of describes a type.
func (ss *schemas) of(t reflect.Type) schema {
	if s, ok := texts[t]; ok {
		return s
	}
	if _, own := sometimes[t]; !own && (t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]())) {
		panic(fmt.Sprintf("no schema says how %s is written", t))
	}
	switch t.Kind() {
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return schema{"type": "integer"}
	case reflect.Float32, reflect.Float64:
		return schema{"type": "number"}
	case reflect.String:
		return schema{"type": "string"}
	case reflect.Slice, reflect.Array:
		return schema{"type": "array", "items": ss.of(t.Elem())}
	case reflect.Map:
		return schema{"type": "object", "additionalProperties": ss.of(t.Elem())}
	case reflect.Pointer:
		return ss.of(t.Elem())
	case reflect.Struct:
		return ss.structure(t)
	}
	panic(fmt.Sprintf("no schema for %s", t))
}

// structure describes a struct, by reference when it has a name.
func (ss *schemas) structure(t reflect.Type) schema {
	if t.Name() == "" {
		return ss.fields(t)
	}
	name := ss.name(t)
	if _, done := ss.named[name]; !done {
		ss.named[name] = nil // of a type that has itself in it
		ss.named[name] = ss.fields(t)
	}
	return schema{"$ref": "#/components/schemas/" + name}
}

// name is what a type is called: its own name, with a capital; of another type that has
// it already the package's stands before it.
func (ss *schemas) name(t reflect.Type) string {
	name := capital(t.Name())
	if first, taken := ss.types[name]; taken && first != t {
		name = capital(path.Base(t.PkgPath())) + name
	}
	ss.types[name] = t
	return name
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (ss *schemas) fields(t reflect.Type) schema {
	properties := schema{}
	required := []string{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" || !f.IsExported() || name == "-" || shadowed(t, f) {
			continue
		}
		if name == "" {
			name = f.Name
		}
		optional := strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero") || slices.Contains(sometimes[t], name)
		if properties[name] = ss.of(f.Type); !optional {
			required = append(required, name)
			properties[name] = nullable(f.Type, ss.of(f.Type))
		}
	}
	out := schema{"type": "object", "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// shadowed reports whether another field of that name stands less deep.
func shadowed(t reflect.Type, f reflect.StructField) bool {
	first, ok := t.FieldByName(f.Name)
	return ok && len(first.Index) < len(f.Index)
}

// nullable adds that a value may be null, where nil is written so.
func nullable(t reflect.Type, s schema) schema {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
	default:
		return s
	}
	if s["$ref"] != nil {
		return schema{"allOf": []schema{s}, "nullable": true}
	}
	out := schema{"nullable": true}
	maps.Copy(out, s)
	return out
}
