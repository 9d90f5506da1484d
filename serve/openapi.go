package serve

import (
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"strings"

	"example.com/edgard/index"
	"example.com/edgard/index/filter"
)

// openAPI describes the API, from the table of routes and the types of their answers.
func (s *Server) openAPI(w http.ResponseWriter, r *http.Request) error {
	a, err := s.description()
	if err != nil {
		return err
	}
	return send(w, r, a)
}

func document(routes []route, build Build) schema {
	ss := newSchemas()
	paths := schema{}
	for _, rt := range routes {
		paths[rt.path] = schema{"get": operationOf(rt, ss)}
	}
	problems := ss.of(reflect.TypeFor[problem]())
	return schema{
		"openapi": "3.0.3",
		"info": schema{
			"title": "edgard", "version": "1", "x-edgard": build,
			"license":     schema{"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
			"description": "An archive of SEC Form 8-K filings, read-only. Answers have an ETag; ask again with If-None-Match. Every path also answers HEAD.",
		},
		"servers":  []schema{{"url": "/"}},
		"security": []schema{{}, {"token": []string{}}, {"password": []string{}}},
		"paths":    paths,
		"components": schema{
			"schemas": ss.named,
			"responses": schema{"Problem": schema{
				"description": "Why the request failed, and what to do (RFC 9457)",
				"content":     schema{"application/problem+json": schema{"schema": problems}},
			}},
			"securitySchemes": schema{
				"token":    schema{"type": "http", "scheme": "bearer", "description": "required where the server listens beyond its own machine"},
				"password": schema{"type": "http", "scheme": "basic", "description": "the token as password, with any name"},
			},
		},
	}
}

func operationOf(rt route, ss *schemas) schema {
	content := schema{}
	if rt.doc.JSON != nil {
		content[mediaJSON] = schema{"schema": ss.of(reflect.TypeOf(rt.doc.JSON))}
	}
	for _, media := range rt.doc.Media {
		content[media] = schema{"schema": schema{"type": "string"}}
	}
	problem := schema{"$ref": "#/components/responses/Problem"}
	answers := schema{
		"200": schema{"description": "As asked", "content": content},
		"304": schema{"description": "The answer is unchanged since the one that If-None-Match names"},
		"400": problem, "404": problem, "default": problem,
	}
	if rt.doc.Ranges {
		answers["206"] = schema{"description": "The part that Range names", "content": content}
		answers["416"] = schema{"description": "There is no such part"}
	}
	out := schema{"operationId": operationID(rt.path), "summary": rt.doc.Summary, "responses": answers}
	if rt.doc.More != "" {
		out["description"] = rt.doc.More
	}
	if ps := parametersOf(rt); len(ps) > 0 {
		out["parameters"] = ps
	}
	return out
}

var inBraces = regexp.MustCompile(`\{(\w+)\}`)

// operationID makes a name of a path: getFilingsByAccessionItemsByNumber.
func operationID(path string) string {
	id := "get"
	for part := range strings.SplitSeq(strings.TrimPrefix(path, "/api/v1/"), "/") {
		if name := inBraces.FindStringSubmatch(part); name != nil {
			id, part = id+"By", name[1]
		}
		id += capital(part)
	}
	return id
}

// inPath are what stands in braces in paths.
var inPath = map[string]schema{
	"accession": {"type": "string", "pattern": `^([0-9]{10}-[0-9]{2}-[0-9]{6}|[0-9]{18})$`, "example": "0000320193-24-000001"},
	"cik":       {"type": "string", "pattern": `^[0-9]{1,10}$`, "example": "320193"},
	"number":    {"type": "string", "example": "2.02"},
}

func parametersOf(rt route) (ps []schema) {
	for _, m := range inBraces.FindAllStringSubmatch(rt.path, -1) {
		s, ok := inPath[m[1]]
		if !ok {
			panic(fmt.Sprintf("%s: no schema for {%s}", rt.path, m[1]))
		}
		ps = append(ps, schema{"name": m[1], "in": "path", "required": true, "schema": s})
	}
	for _, p := range rt.doc.Query {
		ps = append(ps, schema{"name": p.Name, "in": "query", "description": p.Description(), "schema": parameterSchema(p)})
	}
	return ps
}

// parameterSchema describes a value in a URL. A List has its values one by one, or
// between commas.
func parameterSchema(p filter.Parameter) schema {
	switch p.Kind {
	case filter.List:
		return schema{"type": "array", "items": schema{"type": "string"}, "maxItems": index.MaxValues}
	case filter.Switch:
		return schema{"type": "boolean"}
	case filter.Number:
		return schema{"type": "integer", "minimum": 0}
	}
	return schema{"type": "string"}
}
