package plot

// table is the numbers of a plot: Head is the names of the columns, the first that of
// the rows' names.
type table struct {
	Head []tableCell
	Rows []tableRow
}

type tableRow struct {
	Head  tableCell
	Cells []tableCell
}

type tableCell struct{ Text, Href string }

// newTable fills a table with what value has of each row and column.
func newTable(corner string, columns, rows []tableCell, value func(row, column int) string) table {
	t := table{Head: append([]tableCell{{Text: corner}}, columns...)}
	for i, head := range rows {
		r := tableRow{Head: head}
		for j := range columns {
			r.Cells = append(r.Cells, tableCell{Text: value(i, j)})
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}
