package parse

import "testing"

func TestCoverAddresses(t *testing.T) {
	const want = "100 Main Street, Springfield, Ohio 45501"
	head := madeCoverHead + gadgetWorksName
	for name, lines := range map[string]string{
		"caption on the left":                      "<table><tr><td>Address of principal executive offices:</td><td>100 Main Street, Springfield, Ohio 45501</td></tr></table>",
		"bracketed caption on the left":            "<table><tr><td>(Address of principal executive offices)</td><td>100 Main Street, Springfield, Ohio 45501</td></tr></table>",
		"caption on the left, value wraps":         "<table><tr><td>Address of principal executive offices:</td><td>100 Main Street<br>Springfield, Ohio 45501</td></tr></table>",
		"plain caption on the left":                "<p>Address of principal executive offices: 100 Main Street, Springfield, Ohio 45501</p>",
		"caption on the left, a row for each line": "<table><tr><td>(Address of principal executive offices)</td><td>100 Main Street</td></tr><tr><td></td><td>Springfield, Ohio 45501</td></tr></table>",
		"zip between captions":                     "<p>100 Main Street, Springfield, Ohio</p><p>(Address of principal executive offices)</p><p>45501</p><p>(Zip Code)</p>",
		"zip in its own row":                       "<table><tr><td>100 Main Street, Springfield, Ohio</td></tr><tr><td>(Address of principal executive offices)</td></tr><tr><td>45501</td></tr><tr><td>(Zip Code)</td></tr></table>",
		"caption on the left, zip after it":        "<table><tr><td>Address of principal executive offices:</td><td>100 Main Street, Springfield, Ohio</td></tr><tr><td>Zip Code:</td><td>45501</td></tr></table>",
	} {
		c := readMadeCover(t, head+lines+"<p>(937) 555-0100</p><p>(Registrant's telephone number, including area code)</p><p>Item 8.01</p>")
		if c.Address != want || c.Phone != "(937) 555-0100" {
			t.Errorf("%s: got address %q, phone %q, want %q", name, c.Address, c.Phone, want)
		}
	}
}
