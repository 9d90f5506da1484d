package edgar_test

import (
	"testing"

	"example.com/edgard/edgar"
)

func TestPathsAreThoseOfEDGAR(t *testing.T) {
	c, a, q := cik(t, "0000320193"), accession(t, "000032019324000001"), quarter(t, "2024Q1")
	for _, tt := range []struct{ got, want string }{
		{edgar.SubmissionPath(c, a), "/Archives/edgar/data/320193/0000320193-24-000001.txt"},
		{edgar.FilingFolder(c, a), "/Archives/edgar/data/320193/000032019324000001/"},
		{edgar.QuarterFolder(q), "/Archives/edgar/full-index/2024/QTR1/"},
		{edgar.DailyFolder(q), "/Archives/edgar/daily-index/2024/QTR1/"},
		{edgar.SubmissionsPath(c), "/submissions/CIK0000320193.json"},
		{edgar.TickersPath(), "/files/company_tickers.json"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
}

func TestDailyNamesAreReadInAllThreeSpellings(t *testing.T) {
	for _, tt := range []struct {
		name, quarter, kind, day string
		gzip                     bool
	}{
		{"company.070194.idx", "1994Q3", "company", "1994-07-01", false}, // MMDDYY
		{"form.123094.idx", "1994Q4", "form", "1994-12-30", false},
		{"master.950103.idx", "1995Q1", "master", "1995-01-03", false}, // YYMMDD
		{"master.980331.idx", "1998Q1", "master", "1998-03-31", false}, // the seam
		{"master.19980401.idx", "1998Q2", "master", "1998-04-01", false},
		{"master.980401.idx", "1998Q2", "master", "1998-04-01", false},
		{"master.19980331.idx", "1998Q1", "master", "1998-03-31", false},
		{"form.20200318.idx", "2020Q1", "form", "2020-03-18", false},
		{"crawler.20230703.idx", "2023Q3", "crawler", "2023-07-03", false},
		{"company.20110701.idx.gz", "2011Q3", "company", "2011-07-01", true},
		{"form.20140402.gz", "2014Q2", "form", "2014-04-02", true},
	} {
		want := edgar.DailyName{Name: tt.name, Kind: tt.kind, Date: date(t, tt.day), Gzip: tt.gzip}
		if got, err := edgar.ParseDailyName(tt.name, quarter(t, tt.quarter)); err != nil || got != want {
			t.Errorf("ParseDailyName(%q, %s) = %v, %v; want %v", tt.name, tt.quarter, got, err, want)
		}
	}
}

func TestOtherNamesAreNoDailyListings(t *testing.T) {
	for _, tt := range []struct{ name, quarter string }{
		{"", "2024Q1"}, {"master", "2024Q1"}, {"master.idx", "2024Q1"}, {"master.gz", "2024Q1"}, {"master.20240131", "2024Q1"},
		{"master.20240131.Z", "2024Q1"}, {"master.20240131.idx.gz.gz", "2024Q1"}, {"master.20240131.idx.idx", "2024Q1"},
		{"Master.20240131.idx", "2024Q1"}, {"sitemap.20240131.xml", "2024Q1"}, {"xbrl.20240131.idx", "2024Q1"},
		{"master.20240230.idx", "2024Q1"}, {"master.2024031.idx", "2024Q1"}, {"master.2024-01-31.idx", "2024Q1"},
		{"master.20240131.idx", "2024Q2"}, // another quarter's
		{"master.20240131.idx", "2023Q1"}, // another year's
		{"company.070194.idx", "1994Q4"},  // MMDDYY of another quarter
		{"../master.20240131.idx", "2024Q1"},
	} {
		if got, err := edgar.ParseDailyName(tt.name, quarter(t, tt.quarter)); err == nil {
			t.Errorf("ParseDailyName(%q, %s) = %v, want an error", tt.name, tt.quarter, got)
		}
	}
}

func FuzzParseDailyName(f *testing.F) {
	for _, s := range []string{"company.070194.idx", "master.980331.idx", "form.20200318.idx.gz", "master.gz"} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, n uint8) {
		q := edgar.FirstQuarter()
		for range n {
			q = q.Next()
		}
		d, err := edgar.ParseDailyName(s, q)
		if err == nil && (!q.Contains(d.Date) || d.Kind == "" || s[:len(d.Kind)+1] != d.Kind+".") {
			t.Errorf("ParseDailyName(%q, %v) = %+v", s, q, d)
		}
	})
}
