package serve

import (
	"cmp"
	"fmt"

	"example.com/edgard/edgar"
	"example.com/edgard/index"
)

// absentView is a submission that is known and not here.
type absentView struct {
	index.Entry
	Title string
	Why   string
	Do    string // what to do about it
	SEC   string // where sec.gov has it, "" for nowhere known
}

// absentOf says why a submission is not here, and what to do.
func absentOf(e index.Entry) absentView {
	v := absentView{Entry: e, Title: joined(" ", e.Form.String(), cmp.Or(e.Name, e.Accession.String()))}
	if len(e.CIKs) > 0 {
		v.SEC = secWWW + edgar.FilingFolder(e.CIKs[0], e.Accession) + e.Accession.String() + "-index.htm"
	}
	sync := fmt.Sprintf("crawler sync --from %s --to %s", e.Filed, e.Filed)
	switch e.State {
	case index.Discovered:
		v.Why = "It is listed by SEC and not fetched yet."
		v.Do = "The daemon fetches it in its turn; " + sync + " fetches it now."
	case index.Deferred:
		v.Why = fmt.Sprintf("It was asked for %s in vain, the last time because: %s.", times(e.Attempts), cmp.Or(e.Reason, "nobody said why"))
		v.Do = sync + " --retry-now tries at once."
		if !e.Next.IsZero() {
			v.Do = "It is tried again from " + eastern(e.Next) + " on; " + v.Do
		}
	case index.Rejected:
		v.Why = fmt.Sprintf("It was given up: %s.", cmp.Or(e.Reason, "nobody said why"))
		v.Do = sync + " --retry-rejected tries once more."
	case index.Withdrawn:
		v.Why, v.SEC = "SEC listed it once and does so no more; it was gone before it could be fetched.", ""
		v.Do = "Nothing can be done: it is told of here so that it is not missed."
	default:
		v.Why = "It is marked as recorded, and its record is missing."
		v.Do = "crawler verify --repair puts that in order."
	}
	return v
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
