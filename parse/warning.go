package parse

// Code is the kind of a Warning. The set is closed.
type Code string
