package indextest

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"example.com/edgard/edgar"
	"example.com/edgard/parse"
)

// maker makes one filing.
type maker struct {
	*parse.Filing
	p       *Population
	r       *rand.Rand
	w       *lexicon
	company *company
	others  []*company // that file with it
	style   int        // of the agent
	offset  int64      // of the next document
}

// At returns the i-th filing, from 0, as it is recorded: with snippets of its items,
// and without their text.
func (p *Population) At(i int) *parse.Filing {
	at := p.place(i)
	r := rand.New(rand.NewPCG(uint64(i), 4))
	filed := p.Filed(i)
	m := maker{
		Filing: &parse.Filing{
			Schema: parse.SchemaVersion, Parser: parse.ParserVersion, Accession: p.Accession(i), Filed: filed,
			Period: filed.AddDays(-min(int(r.ExpFloat64()*2), 30)), Revision: 1, PrivateToPublic: chance(r, 0.007),
		},
		p: p, r: r, w: p.lexicon, company: p.company(p.issuer(r, at)), style: at.agent % 5, offset: 1300 + int64(r.IntN(400)),
	}
	m.header(at)
	m.items()
	m.documents()
	m.cover()
	m.sign()
	m.warn()
	return m.Filing
}

// header fills what EDGAR writes, and what whoever keeps the submission adds.
func (m *maker) header(at place) {
	m.Form = known(edgar.ParseForm(m.form()))
	m.Amendment = strings.HasSuffix(m.Form.String(), "/A")
	if m.Filed.Year() > 2000 {
		m.Accepted = m.Filed.Midnight().Add(6*time.Hour + time.Duration(m.r.IntN(41_400))*time.Second)
	}
	m.Filers = []parse.Filer{m.company.filer(m.r, m.Filed)}
	for chance(m.r, 0.03) || len(m.others) > 0 && len(m.others) < 8 && chance(m.r, 0.3) {
		o := m.p.company(m.p.issuer(m.r, at))
		if o.cik == m.company.cik {
			break
		}
		m.others = append(m.others, o)
		m.Filers = append(m.Filers, o.filer(m.r, m.Filed))
	}
	m.URL = fmt.Sprintf("https://www.sec.gov%s", edgar.SubmissionPath(m.company.cik, m.Accession))
	m.Seen = m.Filed.Midnight().Add(20*time.Hour + time.Duration(m.r.IntN(7200))*time.Second).UTC()
	m.Recorded = m.Seen.Add(time.Duration(1+m.r.IntN(90)) * time.Second)
	var sum [32]byte
	for i := range sum {
		sum[i] = byte(m.r.Uint32())
	}
	m.SHA256 = hex.EncodeToString(sum[:])
}

func (m *maker) form() string {
	switch u := m.r.Float64(); {
	case u < 0.962:
		return "8-K"
	case u < 0.997:
		return "8-K/A"
	case u < 0.998:
		return "8-K12B"
	case u < 0.9995:
		return "8-K12G3"
	default:
		return "8-K15D5"
	}
}

// sign adds the signatures.
func (m *maker) sign() {
	signed := m.Filed.AddDays(-m.r.IntN(2))
	s := parse.Signature{Company: m.company.printed, Name: m.company.officer, Title: m.company.job, Date: signed}
	if chance(m.r, 0.4) {
		s.Company = strings.ToUpper(s.Company)
	}
	if chance(m.r, 0.3) { // another officer
		s.Name, s.Title = person(m.r, m.w), pick(m.r, m.w.job)
	}
	m.Signatures = append(m.Signatures, s)
	for _, o := range m.others {
		m.Signatures = append(m.Signatures, parse.Signature{Company: o.printed, Name: s.Name, Title: s.Title, Date: signed})
	}
	if chance(m.r, 0.04) {
		s.Name, s.Title = person(m.r, m.w), pick(m.r, m.w.job)
		m.Signatures = append(m.Signatures, s)
	}
}

// warn adds the warnings that parsing leaves on one filing in twenty.
func (m *maker) warn() {
	add := func(c parse.Code, detail string) {
		m.Warnings = append(m.Warnings, parse.Warning{Code: c, Detail: detail})
	}
	switch u := m.r.Float64(); {
	case u < 0.02 && len(m.Items) > 0:
		add(parse.CodeItemMissingInHeader, m.Items[0].Number)
	case u < 0.03 && len(m.Items) > 0:
		add(parse.CodeItemMissingInBody, m.Items[0].Number)
	case u < 0.04:
		add(parse.CodeExhibitNotAttached, "99.1")
	case u < 0.046:
		add(parse.CodeExhibitNotListed, "99.1")
	case u < 0.05:
		add(parse.CodeNoSignature, "")
	}
}

// prose writes a text of about n bytes.
func (m *maker) prose(n int) string {
	var b strings.Builder
	for b.Len() < n {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		switch u := m.r.Float64(); {
		case u < 0.03:
			fmt.Fprintf(&b, "%s %d, %d", m.Period.Month(), m.Period.Day(), m.Period.Year())
		case u < 0.06:
			b.WriteString(m.company.printed)
		case u < 0.08:
			fmt.Fprintf(&b, "$%d.%d", 1+m.r.IntN(400), m.r.IntN(10))
		case u < 0.1:
			b.WriteString(pick(m.r, m.w.family))
		default:
			b.WriteString(pick(m.r, m.w.sentence))
		}
	}
	return b.String()
}
