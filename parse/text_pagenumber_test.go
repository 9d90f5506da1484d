package parse

import "testing"

func TestOnlyPageNumbersAreDropped(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"exhibits", "<p>(d) Exhibits</p><p>2</p><p>Plan of merger</p><p>99</p><p>Press release</p><p>104</p><p>Cover Page Interactive Data File</p>",
			"(d) Exhibits\n2\nPlan of merger\n99\nPress release\n104\nCover Page Interactive Data File"},
		{"votes", "<p>For</p><p>Against</p><p>Abstain</p><p>871</p><p>12</p><p>4</p><p>So be it.</p>", "For\nAgainst\nAbstain\n871\n12\n4\nSo be it."},
		{"small votes", "<p>Against</p><p>2</p><p>3</p><p>So be it.</p>", "Against\n2\n3\nSo be it."},
		{"a figure alone", "<p>Ships:</p><p>17</p><p>So be it.</p>", "Ships:\n17\nSo be it."},
		{"a page's end", "<p>We moved.</p><p>17</p><hr><p>So be it.</p>", "We moved.\nSo be it."},
		{"ascending", "<p>One</p><p>1</p><p>Two</p><p>2</p><p>Three</p><p>3</p><p>Four</p>", "One\nTwo\nThree\nFour"},
		{"in words", "<p>One</p><p>Page 12</p><p>Two</p>", "One\nTwo"},
		{"a page's number under votes", "<p>Against</p><p>87</p><p>1</p><hr><p>So be it.</p>", "Against\n87\nSo be it."},
		{"before the signature", "<p>Exhibit 99.1 Press release</p><p>2</p><p>SIGNATURES</p>", "Exhibit 99.1 Press release\nSIGNATURES"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := flatten([]byte("<html><body>"+tt.body+"<p>End.</p>"), false)
			if got := p.readable(0, len(p.blocks)); got != tt.want+"\nEnd." {
				t.Errorf("text %q, want %q", got, tt.want+"\nEnd.")
			}
		})
	}
}
