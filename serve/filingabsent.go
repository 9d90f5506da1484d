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
		v.Do = "A daemon fetches it in its turn; " + sync + " does now, where none runs."
	case index.Deferred:
		v.Why = fmt.Sprintf("It was requested %s without success; the last reason was: %s.", times(e.Attempts), cmp.Or(e.Reason, "no reason is recorded"))
		v.Do = sync + " --retry-now tries it now, where no daemon runs."
		if !e.Next.IsZero() {
			v.Do = "It will be tried again after " + eastern(e.Next) + "; " + v.Do
		}
	case index.Rejected:
		v.Why = fmt.Sprintf("It was given up: %s.", cmp.Or(e.Reason, "no reason is recorded"))
		v.Do = sync + " --retry-rejected tries it again, where no daemon runs."
	case index.Withdrawn:
		v.Why, v.SEC = "SEC once listed it and no longer does; it was gone before it could be fetched.", ""
		v.Do = "Nothing can be done; it is shown here to explain why it is missing."
	default:
		v.Why = "It is marked as recorded, and its record is missing."
		v.Do = "crawler verify --repair restores it."
	}
	return v
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
