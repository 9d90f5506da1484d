package index

// Asking has questions put to an index, which it may open for each call anew: a
// check of hours then keeps nobody waiting who wants to write meanwhile, and goes
// on through whoever holds the index. The index is not to be used after the call,
// and ask may be called twice.
type Asking func(ask func(Reader) error) error

// Of is the Asking of an index that is open all the while.
func Of(ix Reader) Asking {
	return func(ask func(Reader) error) error { return ask(ix) }
}
