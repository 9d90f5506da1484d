package crawl

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/edgartest"
	"example.com/edgard/index"
	"example.com/edgard/parse"
)

// amended is a made world of reports and amendments, and what amends what.
type amended struct {
	r      *rand.Rand
	subs   []edgartest.Submission
	truth  map[edgar.Accession]edgar.Accession
	number int
}

// add adds a submission of a company; note stands before its first item.
func (w *amended) add(company int, form string, filed, period edgar.Date, note string, items ...string) edgartest.Submission {
	w.number++
	agent := 900500 + w.r.IntN(3) // who submits it is not always the same
	s := made(fmt.Sprintf("%010d-24-%06d", agent, w.number), form, filed.String(), fmt.Sprint(900600+company))
	s.Items, s.Period = items, period
	s.Accepted = filed.Midnight().Add(9*time.Hour + time.Duration(w.number)*time.Second)
	if w.r.IntN(5) == 0 { // after hours of the day before
		s.Accepted = filed.AddDays(-1).Midnight().Add(18 * time.Hour)
	}
	first := []byte("Item " + items[0] + ".")
	s.Body = bytes.Replace(s.Text(), first, append([]byte(note+"\n\n"), first...), 1)
	w.subs = append(w.subs, s)
	return s
}

// explain is a note by which an amendment may say what it amends.
func (w *amended) explain(s edgartest.Submission, number int) string {
	day := edgar.DateOf(s.Accepted) // as the filer saw it
	long := fmt.Sprintf("%s %d, %d", day.Month(), day.Day(), day.Year())
	switch w.r.IntN(4) {
	case 0:
		return fmt.Sprintf("EXPLANATORY NOTE\n\nOn %s, Tidewater Lens Works, Inc. (the \"Company\") filed a Current Report on\nForm 8-K (the \"Original Report\"). This Amendment No. %d adds to it.", long, number)
	case 1:
		return fmt.Sprintf("This Amendment No. %d amends the Current Report on Form 8-K filed by Tidewater\nLens Works with the Securities and Exchange Commission on %s.", number, long)
	case 2:
		return fmt.Sprintf("This Form 8-K/A amends and restates Item 9.01 of the report on Form 8-K of\nTidewater Lens Works, originally filed on %s, to include an exhibit.", long)
	}
	return fmt.Sprintf("Amendment No. %d", number)
}

// grow adds reports of a company and amendments of them: some of the same event as
// others, some with a period of their own, some amended twice.
func (w *amended) grow(company int) {
	kinds := [][]string{{"2.02", "9.01"}, {"5.02"}, {"1.01", "9.01"}, {"8.01"}, {"2.01", "9.01"}}
	w.r.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	day := edgar.DateOf(time.Date(2024, time.January, 8+w.r.IntN(20), 12, 0, 0, 0, time.UTC))
	var events []edgartest.Submission
	for _, items := range kinds {
		if w.r.IntN(3) > 0 {
			day = day.AddDays(6)
		}
		events = append(events, w.add(company, "8-K", day.AddDays(2), day, "", items...))
	}
	for _, s := range events {
		for n := range w.r.IntN(3) {
			filed := s.Filed.AddDays(3 + 25*n)
			note, period := w.explain(s, n+1), s.Period
			if bytes.Contains([]byte(note), []byte("filed")) && w.r.IntN(3) == 0 {
				period = filed
			}
			w.truth[w.add(company, "8-K/A", filed, period, note, s.Items...).Accession] = s.Accession
		}
	}
}

func newAmended(seed uint64) *amended {
	w := &amended{r: rand.New(rand.NewPCG(seed, 7)), truth: map[edgar.Accession]edgar.Accession{}}
	for company := range 12 {
		w.grow(company)
	}
	return w
}

// amends returns what the index says that each amendment amends.
func amends(t *testing.T, ix *index.Store) map[edgar.Accession]parse.Amends {
	t.Helper()
	got := map[edgar.Accession]parse.Amends{}
	for f, err := range ix.All(index.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Amends != nil {
			got[f.Accession] = *f.Amends
		}
	}
	return got
}

func TestAmendmentsOfAMadeWorldAreLinkedToTheirOriginals(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		w := newAmended(1)
		h := newHouse(t, w.subs...)
		h.sync(all2024())
		got := amends(t, h.ix)
		for acc, original := range w.truth {
			if a := got[acc]; a.Status != parse.AmendsLinked || a.Accession != original {
				t.Errorf("%s: %s %v, want linked to %s: %s", acc, a.Status, a.Accession, original, a.Evidence)
			}
			by, err := h.ix.Amendments(original)
			if err != nil || !slices.ContainsFunc(by, func(f *parse.Filing) bool { return f.Accession == acc }) {
				t.Errorf("%s: amended by %d others, %v, want %s among them", original, len(by), err, acc)
			}
		}
		if len(got) != len(w.truth) || len(got) < 40 {
			t.Errorf("%d amendments, want %d, and many", len(got), len(w.truth))
		}
	})
}

// While the archive grows an original may be listed and not held: then nothing, or
// an earlier amendment, is linked, and never another report.
func TestAnAmendmentWhoseOriginalIsNotHeldIsLinkedToNoOther(t *testing.T) {
	at(t, "2024-06-20 12:00", func(t *testing.T) {
		w := newAmended(2)
		h := newHouse(t, w.subs...)
		for _, s := range w.subs {
			for _, original := range w.truth {
				if s.Accession == original {
					h.world.Script("*/"+original.String()+".txt", edgartest.Always(edgartest.NoSuchKey))
					break
				}
			}
		}
		h.sync(all2024())
		for acc, a := range amends(t, h.ix) {
			if a.Status == parse.AmendsLinked && w.truth[a.Accession] != w.truth[acc] {
				t.Errorf("%s, an amendment of %s: linked to %s: %s", acc, w.truth[acc], a.Accession, a.Evidence)
			}
		}
	})
}
