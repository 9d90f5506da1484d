package vital

// An Outcome is what became of a request: how its answer was judged by status and
// first bytes, as a word. A body that breaks off later was OK all the same.
type Outcome string

// The outcomes are these and no others.
const (
	OK         Outcome = "ok"
	Unchanged  Outcome = "unchanged"  // what we have is still right
	Redirect   Outcome = "redirect"   // to another address
	Absent     Outcome = "absent"     // there is no such object
	Throttled  Outcome = "throttled"  // we were too fast
	Undeclared Outcome = "undeclared" // our User-Agent is not accepted
	Fault      Outcome = "fault"      // of theirs, or a status that nobody knows
	Unanswered Outcome = "unanswered" // no connection, no answer in time, or given up by us
)

// Outcomes returns all of them.
func Outcomes() []Outcome {
	return []Outcome{OK, Unchanged, Redirect, Absent, Throttled, Undeclared, Fault, Unanswered}
}
