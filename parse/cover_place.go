package parse

import "strings"

// A place is where a value was found: a cell of a line.
type place struct {
	line int
	text string
	cell int // within the line, negative for the whole line

	party string // whom the caption names that it belongs to, "" for the registrant
}

// A shape tells what a text holds of a kind, "" for nothing. With strict it must
// be beyond doubt.
type shape func(text string, strict bool) string

// reach is how many lines of captions and blanks may lie between a caption and
// its value.
const reach = 6

// find returns the values of the caption in cell k of line i: beside it, above
// it, or, when beyond doubt, below it; with downward below it before above it.
// Above and below there are as many as there are registrants whose values stand
// in one column.
func (c *cover) find(i, k int, of shape, downward bool) (found []place) {
	if v, ok := c.beside(i, k, of); ok {
		return []place{v}
	}
	first, second := c.above, c.below
	if downward {
		first, second = c.below, c.above
	}
	if found = first(i, k, of, false); len(found) > 0 {
		return found
	}
	return second(i, k, of, true)
}

// beside returns the value in the caption's own line. One in brackets may be
// glued to the value before it, "Delaware (State of incorporation)"; one without
// stands before its value, "Commission File Number: 1-6991".
func (c *cover) beside(i, k int, of shape) (place, bool) {
	cells := c.line(i)
	if k+1 < len(cells) && !cells[k+1].isCaption() && !(cells[k].paren && !cells[k+1].glued && c.values(i) > 1) {
		if v := of(cells[k+1].text, false); v != "" {
			return place{line: i, text: v, cell: k + 1}, true
		}
	}
	if k > 0 && cells[k].glued && !cells[k-1].isCaption() {
		if v := of(cells[k-1].text, false); v != "" {
			return place{line: i, text: v, cell: k - 1}, true
		}
	}
	return place{}, false
}

// above looks upward. Captions of other numbers may lie between, as where three
// captions are wrapped unevenly; any other caption belongs to another value.
func (c *cover) above(i, k int, of shape, strict bool) (found []place) {
	for l := i - 1; l >= 0 && l >= i-reach-len(found)*2; l-- {
		if c.lines[l].form {
			break
		}
		if c.values(l) == 0 {
			if c.captionsOf(l)&^(numberFields|fieldFile) != 0 || len(found) > 0 && len(c.line(l)) > 0 {
				break
			}
			continue
		}
		rest := len(found) == 0 && c.wraps(l)
		v, ok := c.pick(l, i, k, of, strict || rest || len(found) > 0)
		if !ok && len(found) == 0 && (rest || c.sameRow(l-1, l)) {
			continue // the end of a taller cell
		}
		if !ok {
			break
		}
		found = append([]place{v}, found...)
		if c.captionsOf(l) != 0 {
			break
		}
	}
	return found
}

// wraps reports whether line l is the rest of one of the columns of plain text
// that stand in the line above it.
func (c *cover) wraps(l int) bool {
	return l > 0 && c.lines[l].row == 0 && !c.lines[l].begins && len(c.line(l)) == 1 && c.values(l) == 1 &&
		c.captionsOf(l-1) == 0 && c.values(l-1) > 1
}

// sameRow reports whether lines a and b are of one row of a table.
func (c *cover) sameRow(a, b int) bool {
	return a >= 0 && c.lines[a].row != 0 && c.lines[a].row == c.lines[b].row
}

// below looks downward, past the rest of the captions' own lines.
func (c *cover) below(i, k int, of shape, strict bool) (found []place) {
	for l, seen := i+1, i; l < len(c.lines) && l <= seen+reach; l++ {
		if c.lines[l].form {
			break
		}
		if c.values(l) == 0 {
			if c.captionsOf(l)&^(numberFields|fieldAddress|fieldPhone|fieldZip|fieldName) != 0 || len(found) > 0 && c.captionsOf(l) != 0 {
				break
			}
			continue
		}
		if v, ok := c.pick(l, i, k, of, strict || len(found) > 0); ok {
			found = append(found, v)
			seen = l
		} else if len(found) == 0 {
			break
		}
	}
	return found
}

// pick returns the value in line l that belongs to the caption in cell k of line
// i: in the same place when both lines have as many, else the nearest that has
// the right shape. Where it says N/A the value is found, and is none.
func (c *cover) pick(l, i, k int, of shape, strict bool) (place, bool) {
	nth, captions := c.ordinal(i, k)
	switch values := c.values(l); {
	case values == captions:
		j := c.nthValue(l, nth)
		text := c.line(l)[j].text
		if v := of(text, strict); v != "" || isNothing(text) {
			return place{line: l, text: v, cell: j}, true
		}
		strict = true // in another order
	case values == 1:
		return c.pickWord(l, nth-captions, of, strict)
	}
	return c.nearest(l, c.line(i)[k].col, of, strict)
}

// pickWord takes a value out of the only cell of line l, in which several stand a
// blank apart: "Delaware 1-1234 12-3456789".
func (c *cover) pickWord(l, cell int, of shape, strict bool) (place, bool) {
	s := c.line(l)[c.nthValue(l, 0)].text
	v := of(s, strict)
	if i := strings.IndexAny(s, "0123456789"); v == "" && i > 0 {
		v = of(s[:i], strict)
	}
	return place{line: l, text: v, cell: cell}, v != ""
}

// nearest returns the value of line l that has the shape and stands nearest to
// the column.
func (c *cover) nearest(l, col int, of shape, strict bool) (place, bool) {
	cells := c.line(l)
	best, found := 0, place{}
	for j := range cells {
		if cells[j].isCaption() {
			continue
		}
		v := of(cells[j].text, strict)
		d := max(cells[j].col-col, col-cells[j].col)
		if v != "" && (found.text == "" || d < best) {
			best, found = d, place{line: l, text: v, cell: j}
		}
	}
	return found, found.text != ""
}
