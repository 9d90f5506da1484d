package reading_test

import (
	"fmt"
	"strings"
	"testing"

	"example.com/edgard/serve/reading"
)

// statement is html as programs write it for a press release, rows of figures in
// styled cells, of about n bytes.
func statement(n int) []byte {
	var b strings.Builder
	b.WriteString(`<html><body><table style="border-collapse:collapse;width:100%">`)
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `<tr><td colspan="3" style="background-color:#cceeff;padding:2px 1pt;text-align:left;vertical-align:bottom"><span style="color:#000000;font-family:'Times New Roman',sans-serif;font-size:10pt;font-weight:400;line-height:100%%">Net sales %d</span></td>`+
			`<td colspan="2" style="background-color:#cceeff;padding:2px 0;text-align:right;vertical-align:bottom"><span style="color:#000000;font-size:10pt">%d,%03d</span></td></tr>`, i, i, i%1000)
	}
	b.WriteString("</table></body></html>")
	return []byte(b.String())
}

func BenchmarkHTML(b *testing.B) {
	body := statement(1 << 20)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		reading.HTML(body, pictures)
	}
}

func BenchmarkText(b *testing.B) {
	text := strings.Repeat("Net sales\t$\t1,200\t$\t(34\t)\nThe Company entered into an agreement with its lenders.\n(a)\tExhibits\n", 2000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		reading.Text(text)
	}
}
