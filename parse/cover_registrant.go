package parse

import (
	"slices"
	"strings"
)

// registrants returns the registrants that the cover names, in the order in
// which it does.
func (c *cover) registrants(h *Header) []Registrant {
	if rows := c.registrantTable(); len(rows) > 0 {
		return rows
	}
	files, fileBelow := c.valuesOf(fieldFile, fileShape, false)
	eins, einBelow := c.valuesOf(fieldEIN, einShape, false)
	eins = slices.DeleteFunc(eins, func(v place) bool { return standsIn(files, v) })
	states, _ := c.valuesOf(fieldState, stateShape, fileBelow || einBelow)
	for i := range states {
		states[i] = c.wholeState(states[i])
	}
	names := c.names(h, max(len(files), len(eins)), firstLine(files, eins, states))
	n := len(names)
	if n == 0 && len(files)+len(eins)+len(states) > 0 {
		n = max(len(files), len(eins), len(states))
		names = make([]place, n)
	}
	if n == 1 {
		files = c.joinStacked(files)
	}
	out := make([]Registrant, n)
	for i := range out {
		out[i].Name = names[i].text
	}
	share(names, files, nil, func(i int) *string { return &out[i].FileNumber })
	share(names, eins, files, func(i int) *string { return &out[i].EIN })
	share(names, states, files, func(i int) *string { return &out[i].State })
	if len(states) == 1 && n > 1 && names[n-1].line < states[0].line && len(files) == n {
		for i := range out {
			out[i].State = states[0].text // the home of all of them
		}
	}
	return out
}

// wholeState puts a state together that is wrapped in its cell or column:
// Federally Chartered / Corporation.
func (c *cover) wholeState(v place) place {
	if v.cell < 0 && len(c.line(v.line)) == 1 {
		v.cell = 0
	}
	if v.cell < 0 || v.text == "" || isState(v.text) {
		return v
	}
	col := c.line(v.line)[v.cell].col >> 8
	if l := v.line - 1; l >= 0 && c.lines[v.line].row == 0 && !c.lines[v.line].begins && isCompanyKind(v.text) && len(c.line(l)) == 1 && !c.line(l)[0].isCaption() {
		v.text = stateOf(c.line(l)[0].text + " " + v.text)
	}
	if l := v.line + 1; l < len(c.lines) && c.wraps(l) {
		rest, at := c.line(l)[0], c.line(v.line)[v.cell].col
		if rest.col-at < 4 && at-rest.col < 4 && digitsIn(rest.text) == 0 {
			v.text = stateOf(v.text + " " + rest.text)
		}
	}
	for l := v.line - 1; c.sameRow(l, v.line); l-- {
		for _, k := range c.line(l) {
			if s := stateOf(k.text); k.col>>8 == col && s != "" && !k.isCaption() && !isState(s) {
				v.text = stateOf(k.text + " " + v.text)
			}
		}
	}
	return v
}

func isCompanyKind(s string) bool {
	return slices.ContainsFunc(companyKinds[:], func(kind string) bool { return equalFoldString(s, kind) })
}

// joinStacked makes one value of numbers that stand above one another in a cell
// or column.
func (c *cover) joinStacked(values []place) (out []place) {
	for _, v := range values {
		if n := len(out); n > 0 && v.line == out[n-1].line+1 && (c.lines[v.line].row == 0 || c.sameRow(v.line-1, v.line)) && v.text != "" && v.text != out[n-1].text {
			out[n-1].text += ", " + v.text
			out[n-1].line = v.line
			continue
		}
		out = append(out, v)
	}
	return out
}

// share hands values to the registrants. One whose caption names a party is that
// party's. As many values as names stand in the
// same order; otherwise each belongs to the last name printed before it, and the
// first of several is the registrant's own; or to the row of rows that it stands
// in, when there is one for each name.
func share(names, values, rows []place, field func(i int) *string) {
	for i, v := range values {
		to := i
		if j := slices.IndexFunc(names, func(n place) bool { return v.party != "" && n.party == v.party }); j >= 0 {
			to = j
		} else if j := slices.IndexFunc(rows, func(r place) bool { return r.line == v.line }); j >= 0 && len(rows) == len(names) && len(values) != len(names) {
			to = j
		} else if len(values) != len(names) {
			to = 0
			for j := range names {
				if names[j].line <= v.line {
					to = j
				}
			}
		}
		if to < len(names) && *field(to) == "" {
			*field(to) = v.text
		}
	}
}

// firstLine returns the first line that any of the values stands on, -1 when
// there are none.
func firstLine(columns ...[]place) int {
	first := -1
	for _, values := range columns {
		for _, v := range values {
			if first < 0 || v.line < first {
				first = v.line
			}
		}
	}
	return first
}

// valuesOf returns the values under all captions of a field, in reading order,
// and whether they stand below their captions. The second line of a wrapped
// caption finds the values of its first again.
func (c *cover) valuesOf(f fields, of shape, downward bool) (found []place, below bool) {
	for i := range c.lines {
		for k := range c.line(i) {
			if c.line(i)[k].caption&f == 0 || c.line(i)[k].caption&fieldFormer != 0 {
				continue
			}
			for _, v := range c.find(i, k, of, downward) {
				if !standsIn(found, v) {
					v.party = c.party(i, k)
					found = append(found, v)
					below = below || v.line > i
				}
			}
		}
	}
	return found, below
}

func standsIn(places []place, v place) bool {
	for _, p := range places {
		if p.line == v.line && p.cell == v.cell {
			return true
		}
	}
	return false
}

// fileShape takes a file number out of a value, or the whole value when it is
// one that was mangled.
func fileShape(s string, strict bool) string {
	s = plainDashes(s)
	if n := findFileNumber(s); n != "" {
		return n
	}
	s = strings.Trim(s, " ():;,")
	if !strict && isMangledFileNumber(s) && !isEIN(s) && findPhone(s, false) == "" {
		return s
	}
	return ""
}

// einShape does the same for employer identification numbers.
func einShape(s string, strict bool) string {
	s = plainDashes(s)
	if n := findEIN(s); n != "" && n != "00-0000000" {
		return n
	}
	s = strings.Trim(s, " ():;,")
	if strings.Trim(s, "0-") == "" {
		return ""
	}
	if !strict && isMangledEIN(s) && findPhone(s, false) == "" {
		return s
	}
	return ""
}

// plainDashes makes hyphens of the dashes that word processors make of hyphens.
func plainDashes(s string) string {
	if strings.IndexByte(s, 0xe2) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isDash(r) {
			return '-'
		}
		return r
	}, s)
}

// stateShape takes the state out of a value.
func stateShape(s string, strict bool) string {
	v := stateOf(s)
	if strict && !isState(v) {
		return ""
	}
	return v
}
