package export

import (
	"bytes"
	"testing"

	"example.com/edgard/index"
)

func TestAnEncoderWritesWhatAnExportDoes(t *testing.T) {
	h := demoHouse(t)
	p, err := h.ix.Find(index.Query{OldestFirst: true, Limit: index.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range everyOption() {
		var b bytes.Buffer
		enc, err := NewEncoder(&b, o)
		if o.Format == Parquet || o.Text != NoText {
			if err == nil {
				t.Errorf("%+v is not refused", o)
			}
			continue
		}
		for _, f := range p.Filings {
			if err == nil {
				err = enc.Encode(f)
			}
		}
		if want := h.export(o); err != nil || b.String() != want {
			t.Errorf("%+v: %v\ngot  %s\nwant %s", o, err, b.String(), want)
		}
	}
}
