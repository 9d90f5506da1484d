package plot

import (
	"encoding/xml"
	"html/template"
	"io"
	"strconv"
	"strings"
	"testing"
)

// element is an element of a drawing, with its attributes and text.
type element struct {
	name  string
	attr  map[string]string
	text  string
	under string // names of the elements around it, outermost first, with slashes
}

func (e element) number(t *testing.T, attr string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(e.attr[attr], 64)
	if err != nil {
		t.Fatalf("%s has %s=%q, not a number", e.name, attr, e.attr[attr])
	}
	return v
}

func (e element) has(class string) bool {
	return strings.Contains(" "+e.attr["class"]+" ", " "+class+" ")
}

// elements reads a figure, which must be well-formed.
func elements(t *testing.T, h template.HTML) (all []element) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(h)))
	d.Entity = xml.HTMLEntity
	var open []int
	for {
		token, err := d.Token()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, h)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attr: map[string]string{}}
			for _, i := range open {
				e.under += all[i].name + "/"
			}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			open = append(open, len(all))
			all = append(all, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				all[open[len(open)-1]].text += string(token)
			}
		}
	}
}

// drawn are the elements of the drawing that have the class.
func drawn(all []element, class string) (found []element) {
	for _, e := range all {
		if strings.Contains(e.under, "div/svg/") && !strings.Contains(e.under, "/pattern/") && e.has(class) {
			found = append(found, e)
		}
	}
	return found
}

// texts are what the elements with the name say.
func texts(all []element, name, under string) (found []string) {
	for _, e := range all {
		if e.name == name && strings.Contains(e.under, under) {
			found = append(found, e.text)
		}
	}
	return found
}
