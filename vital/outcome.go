package vital

// An Outcome says how a request was answered, judged by the status and the first
// bytes. A body that breaks off later does not change it.
type Outcome string

// The outcomes are these and no others.
const (
	OK         Outcome = "ok"
	Unchanged  Outcome = "unchanged"  // what we have is current
	Redirect   Outcome = "redirect"   // to another address
	Absent     Outcome = "absent"     // there is no such object
	Throttled  Outcome = "throttled"  // we asked too fast
	Undeclared Outcome = "undeclared" // our User-Agent is not accepted
	Fault      Outcome = "fault"      // the server failed, or the status is unknown
	Unanswered Outcome = "unanswered" // no connection, no answer in time, or given up by us
)

// Outcomes returns all of them.
func Outcomes() []Outcome {
	return []Outcome{OK, Unchanged, Redirect, Absent, Throttled, Undeclared, Fault, Unanswered}
}
