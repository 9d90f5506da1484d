package indextest

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// Population is an invented EDGAR of 8-Ks, 1994 to 2026: as many filings as wanted,
// of invented companies, in the shape and the proportions of real ones. It grows as
// EDGAR did, three hundred filing agents submit for issuers that file 52 times each
// in the mean, a few of them thousands of times. Each filing depends on the size of
// the population and its place alone, and so the methods may be called from many
// goroutines, and give the same whenever they are.
type Population struct {
	n       int
	cells   []cell
	issuers int
	born    []int // issuers there are before each year, and after the last
	lexicon *lexicon
}

// cell holds the filings that an agent submitted in a year: they follow each other
// by accession number.
type cell struct {
	agent, year  int
	first, count int
}

const (
	firstYear = 1994
	lastYear  = 2026
	agents    = 300
	perIssuer = 52 // filings
)

// growth is the number of 8-Ks of each year from 1994 on, in thousands, as EDGAR's
// listings count them; of 2026 nine months.
func growth() []float64 {
	return []float64{6, 11, 18, 23, 26, 28, 34, 42, 55, 68, 93, 119, 109, 103, 92, 83, 81, 81, 78, 77, 78, 77, 73, 71, 68, 66, 72, 74, 70, 72, 68, 67, 50}
}

// NewPopulation returns a population of n filings.
func NewPopulation(n int) *Population {
	p := &Population{n: n, issuers: max(n/perIssuer, 40), lexicon: newLexicon()}
	years, all := growth(), 0.0
	for _, x := range years {
		all += x
	}
	sum := 0.0
	for _, x := range years {
		p.born = append(p.born, int(float64(p.issuers)*sum/all))
		sum += x
	}
	p.born = append(p.born, p.issuers)
	p.fillCells(years, all)
	return p
}

// fillCells shares the filings out among agents and years, exactly.
func (p *Population) fillCells(years []float64, all float64) {
	weights, total := make([]float64, agents), 0.0
	for i := range weights {
		weights[i] = math.Pow(float64(scatter(i, agents)+1), -0.9)
		total += weights[i]
	}
	done, first := 0.0, 0
	for agent, w := range weights {
		for _, year := range yearsOfKeys() {
			done += w / total * years[year-firstYear] / all
			last := min(int(math.Round(done*float64(p.n))), p.n)
			if last > first {
				p.cells = append(p.cells, cell{agent, year, first, last - first})
				first = last
			}
		}
	}
	p.cells[len(p.cells)-1].count += p.n - first
}

// yearsOfKeys are the years in the order of accession numbers, which have two digits
// of them.
func yearsOfKeys() (years []int) {
	for y := 2000; y <= lastYear; y++ {
		years = append(years, y)
	}
	for y := firstYear; y < 2000; y++ {
		years = append(years, y)
	}
	return years
}

// scatter permutes the numbers below n.
func scatter(i, n int) int {
	const step = 104729 // a prime, and so without a divisor in common with n
	return i * step % n
}

// Len returns the number of filings.
func (p *Population) Len() int { return p.n }

// Issuers returns the number of companies.
func (p *Population) Issuers() int { return p.issuers }

// place is where a filing stands.
type place struct {
	*cell
	index, in int // of all, and within the cell
}

func (p *Population) place(i int) place {
	c := sort.Search(len(p.cells), func(c int) bool { return p.cells[c].first > i }) - 1
	return place{&p.cells[c], i, i - p.cells[c].first}
}

// Accession returns the accession number of the i-th filing, from 0. They ascend.
func (p *Population) Accession(i int) edgar.Accession {
	at := p.place(i)
	gap := max(min(900_000/at.count, 11), 1) // agents submit other forms, too
	sequence := 1 + at.in*gap + int(mix(uint64(i), 1)%uint64(gap))
	return known(edgar.ParseAccession(fmt.Sprintf("%010d-%02d-%06d", 900_000+at.agent*4321, at.year%100, sequence)))
}

// Filed returns the day on which the i-th filing was filed. Days ascend with the
// accession numbers of an agent's year.
func (p *Population) Filed(i int) edgar.Date {
	at := p.place(i)
	days := 365
	if at.year == lastYear {
		days = 279
	}
	d := known(edgar.NewDate(at.year, 1, 2)).AddDays((2*at.in + 1) * days / (2 * at.count))
	for !edgar.IsBusinessDay(d) {
		d = d.AddDays(1)
	}
	return d
}

// All yields the filings in the order of their accession numbers.
func (p *Population) All() iter.Seq[*parse.Filing] {
	return func(yield func(*parse.Filing) bool) {
		for i := range p.n {
			if !yield(p.At(i)) {
				return
			}
		}
	}
}

// Arrivals returns the places of all filings in the order in which they came: by day,
// and within a day in that of no agent.
func (p *Population) Arrivals() []int {
	type arrival struct {
		day   edgar.Date
		salt  uint64
		index int
	}
	all := make([]arrival, p.n)
	for i := range all {
		all[i] = arrival{p.Filed(i), mix(uint64(i), 2), i}
	}
	slices.SortFunc(all, func(a, b arrival) int { return cmp.Or(a.day.Compare(b.day), cmp.Compare(a.salt, b.salt)) })
	order := make([]int, p.n)
	for i := range all {
		order[i] = all[i].index
	}
	return order
}

// issuer draws the number of the issuer of a filing: one of those that had come by
// that year, more likely a recent one, and of each year's a few much more often than
// the others.
func (p *Population) issuer(r *rand.Rand, at place) int {
	age := int(r.ExpFloat64() * 7)
	year := at.year - firstYear - age%(at.year-firstYear+1)
	first, after := p.born[year], p.born[year+1]
	for first == after {
		year++
		if year == len(p.born)-1 {
			return p.issuers - 1
		}
		first, after = p.born[year], p.born[year+1]
	}
	u := r.Float64()
	rank := int(u * u * u * float64(after-first))
	return first + (rank+at.agent%7*3)%(after-first)
}

// mix scatters a number.
func mix(i, salt uint64) uint64 {
	x := i*0x9e3779b97f4a7c15 + salt*0xbf58476d1ce4e5b9
	x ^= x >> 31
	x *= 0x94d049bb133111eb
	return x ^ x>>29
}

// chance reports true in p of all cases.
func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }
