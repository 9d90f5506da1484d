package parse

import "strings"

// stateCodes are the names of EDGAR's two-character codes of states and of the
// countries that registrants come from most; hidden facts have codes, pages
// names.
//
// Source: EDGAR Filer Manual, State and Country Codes.
var stateCodes = map[string]string{
	"AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
	"FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine",
	"MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
	"NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
	"PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "X1": "United States", "UT": "Utah",
	"VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
	"A0": "Alberta, Canada", "A1": "British Columbia, Canada", "A6": "Ontario, Canada", "A8": "Quebec, Canada", "B0": "Yukon, Canada", "Z4": "Canada",
	"D0": "Bermuda", "D8": "British Virgin Islands", "E9": "Cayman Islands", "F4": "China", "I0": "France", "2M": "Germany", "Y7": "Guernsey", "K3": "Hong Kong", "L2": "Ireland", "L3": "Israel",
	"M0": "Japan", "Y9": "Jersey", "N4": "Luxembourg", "1T": "Marshall Islands", "O5": "Mexico", "P7": "Netherlands", "R1": "Panama", "U0": "Singapore", "V8": "Switzerland", "X0": "United Kingdom",
}

// stateName returns the name of a state for its code, and a name as it is.
func stateName(s string) string {
	if name, ok := stateCodes[s]; ok {
		return name
	}
	return s
}

// fileKey brings file numbers to one form: 1-768 is 001-00768.
func fileKey(s string) string {
	prefix, rest, _ := strings.Cut(s, "-")
	return strings.TrimLeft(digitsOf(prefix), "0") + "-" + strings.TrimLeft(digitsOf(rest), "0")
}

// stateCode brings the name of a state and its code to one form.
func stateCode(s string) string {
	if name, ok := stateCodes[strings.ToUpper(strings.TrimSpace(s))]; ok {
		s = name
	}
	return squash(stateOf(s))
}

// exchangeNames are the names of the codes that hidden facts have for exchanges.
var exchangeNames = map[string]string{
	"NYSE": "New York Stock Exchange", "NASDAQ": "The Nasdaq Stock Market LLC", "NYSEAMER": "NYSE American", "NYSEArca": "NYSE Arca", "NYSENAT": "NYSE National",
	"CboeBZX": "Cboe BZX Exchange", "CboeBYX": "Cboe BYX Exchange", "CHX": "NYSE Chicago", "IEX": "Investors Exchange", "LTSE": "Long-Term Stock Exchange", "MEMX": "MEMX", "BX": "Nasdaq BX", "PHLX": "Nasdaq PHLX",
}

// exchangeName returns the exchange that a fact names: as printed when it is on
// the page, by name when it is a hidden code.
func exchangeName(x *fact) string {
	if x == nil {
		return ""
	}
	v := strings.Join(strings.Fields(x.value), " ")
	if name, ok := exchangeNames[v]; ok && x.hidden {
		return name
	}
	return v
}
